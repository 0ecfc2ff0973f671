"""How does the service run and end? Told once it finishes what it is at and leaves with 0; told twice, at once."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.service.hall import PATIENCE_WITH_REQUESTS, Hall
from bot.serving import SayingServer

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
CUT_SHORT = 1


class _Server(SayingServer):
    """The same; signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # The library would end the process by the signal it was given, which is no clean end to whoever watches.
        yield


def run(web: ASGIApp, hall: Hall, place: socket.socket, on_open: Callable[[], None]) -> int:
    """Answer and tick until the process is told to stop; the exit code."""
    config = uvicorn.Config(
        web,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=int(PATIENCE_WITH_REQUESTS.total_seconds()),
    )
    asyncio.run(_run(_Server(config, on_open), hall, place))
    if not hall.ended_well:
        # Every job leaves the record whole wherever it is cut; waiting for its thread would keep the process.
        leave_at_once()
    return 0


async def _run(server: _Server, hall: Hall, place: socket.socket) -> None:
    told = 0

    def stop(number: int) -> None:
        nonlocal told
        told += 1
        log.info("told-to-stop", extra={"signal": signal.Signals(number).name, "count": told})
        if told > 1:
            leave_at_once()
        hall.stop()
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for each in SIGNALS:
        loop.add_signal_handler(each, stop, each)
    await server.serve(sockets=[place])


def leave_at_once() -> None:
    """End the process without waiting for anything."""
    logging.shutdown()
    os._exit(CUT_SHORT)
