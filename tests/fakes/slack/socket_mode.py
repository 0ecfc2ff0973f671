"""How does Slack reach an app that takes no requests? Over WebSockets that the app opened, each delivery over one."""

import asyncio
import json
import secrets
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.faults import PATIENCE
from tests.fakes.slack.world import World

Json = dict[str, Any]

MOST_CONNECTIONS = 10


@dataclass(slots=True, eq=False)
class Connection:
    """One WebSocket. One that is ``leaving`` gets nothing more."""

    number: int
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    leaving: bool = False
    envelopes: list[str] = field(default_factory=list)


class Hub:
    """All connections of the app, and the envelopes that wait for an acknowledgement."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tickets: set[str] = set()
        self._acks: dict[str, Future[Json]] = {}
        self._changed = threading.Condition()
        self._turn = 0
        self.connections: list[Connection] = []
        self.opened = 0
        """How many connections there ever were."""
        self.strange: list[str] = []
        """What the app sent that acknowledges nothing."""

    # -- on the loop of the service

    def use(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop on which the sockets live."""
        self._loop = loop

    def ticket(self, base: str) -> str:
        """An address that is good for one connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"{base.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._world.app.id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection from its hello to its end."""
        ticket = request.query.get("ticket", "")
        transport = request.transport
        if ticket not in self._tickets or not isinstance(transport, asyncio.Transport):
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(self.opened, socket, transport)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections) + 1,
                "debug_info": {"host": "applink-1", "build_number": 10, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self._world.app.id},
            }
        )
        with self._changed:
            self.opened += 1
            self.connections.append(connection)
            self._changed.notify_all()
        try:
            async for received in socket:
                if received.type is WSMsgType.TEXT:
                    self._received(received.data)
        finally:
            with self._changed:
                self.connections.remove(connection)
                self._changed.notify_all()
        return socket

    async def close(self) -> None:
        """The service goes down."""
        for each in list(self.connections):
            await each.socket.close()

    def _received(self, words: str) -> None:
        try:
            given = json.loads(words)
        except ValueError:
            given = None
        waiting = self._acks.pop(given.get("envelope_id", ""), None) if isinstance(given, dict) else None
        if waiting is None:
            self.strange.append(words)
        else:
            waiting.set_result(given.get("payload") or {})

    async def _send(self, connection: Connection, what: Json) -> None:
        await connection.socket.send_json(what)

    async def _leave(self, connection: Connection) -> None:
        await self._send(connection, _disconnect("refresh_requested"))
        await connection.socket.close()

    async def _cut(self, connection: Connection) -> None:
        connection.transport.abort()

    # -- from the thread of the test

    def deliver(self, kind: str, payload: Json, retry_num: int = 0, retry_reason: str = "") -> Future[Json]:
        """An envelope over one connection; what comes back is the payload of its acknowledgement."""
        here = [each for each in self.connections if not each.leaving]
        assert here, "the app holds no connection"
        connection = here[self._turn % len(here)]
        self._turn += 1
        envelope_id = f"{secrets.token_hex(4)}-{secrets.token_hex(2)}-{secrets.token_hex(6)}"
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry_num, "retry_reason": retry_reason}
        ack: Future[Json] = Future()
        self._acks[envelope_id] = ack
        connection.envelopes.append(envelope_id)
        self._run(self._send(connection, envelope))
        return ack

    def refresh(self, connection: Connection) -> None:
        """Slack asks for a new connection and closes this one."""
        connection.leaving = True
        self._run(self._leave(connection))

    def cut(self, connection: Connection) -> None:
        """The line breaks without a word."""
        connection.leaving = True
        self._run(self._cut(connection))

    def until_connected(self, count: int = 1, ever: int = 0, patience: float = PATIENCE) -> None:
        """Go on once the app holds so many connections, and made so many ever."""

        def so() -> bool:
            return sum(not each.leaving for each in self.connections) >= count and self.opened >= ever

        with self._changed:
            assert self._changed.wait_for(so, patience), "the app did not connect"

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
