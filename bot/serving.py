"""How is a web app served on this machine? One port of a loopback address, taken before anything is promised."""

import signal
import socket
from collections.abc import Callable
from ipaddress import ip_address
from types import FrameType

import uvicorn
from fastapi import FastAPI

from training.errors import ErrorCode, RollcallError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# The process that reads files takes more of a processor to start than all the rest, and nobody sends one that early.
READER_AFTER = 20.0  # seconds


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def take_port(host: str, port: int) -> socket.socket:
    """The port, ours from here on. PORT_TAKEN when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        raise RollcallError(ErrorCode.PORT_TAKEN, port=port, other=port + 1) from error
    return place


class SayingServer(uvicorn.Server):
    """Says when it is there."""

    def __init__(self, config: uvicorn.Config, on_open: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_open = on_open

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_open()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def serve(web: FastAPI, place: socket.socket, on_open: Callable[[], None]) -> None:
    """Answer on the port until the process is told to stop."""
    # Whoever stops us politely gets what Ctrl+C gets: the demo's folder goes with it.
    signal.signal(signal.SIGTERM, _stop)
    # Access lines would name records by their addresses; what matters is in the audit log.
    config = uvicorn.Config(web, log_level="warning", access_log=False, server_header=False)
    SayingServer(config, on_open).run(sockets=[place])
