"""What happens to each request around its route? A limit, a number, a count and a line; no trace gets out."""

import logging
from collections.abc import Mapping
from secrets import token_hex
from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from bot.service.metrics import Metrics
from training.errors import place_of

log = logging.getLogger(__name__)

# What a chat tool posts is far smaller; a door that takes files says how much more it takes, and where.
BODY_ROOM = 1024 * 1024
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNKNOWN = "unknown"
TOO_LARGE, FAILED = 413, 500
REQUEST_ID = b"x-request-id"
NOSNIFF = (b"x-content-type-options", b"nosniff")


class BodyTooLargeError(Exception):
    """More was sent than the route takes; the rest is not read."""


class Gate:
    """Stands around the whole app."""

    def __init__(self, app: ASGIApp, metrics: Metrics, body_limits: Mapping[str, int]) -> None:
        self._app = app
        self._metrics = metrics
        self._limits = dict(body_limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(self._room(scope["path"]), receive, send)
        began = perf_counter()
        with bound_contextvars(request_id=passage.number):
            try:
                await self._pass(passage, scope)
            finally:
                route = getattr(scope.get("route"), "path", UNKNOWN)
                method = scope["method"] if scope["method"] in METHODS else UNKNOWN
                self._metrics.requested(method, route, passage.status)
                facts = {"method": method, "route": route, "status": passage.status}
                # Whoever watches asks every few seconds; that is worth a line to nobody.
                level = logging.DEBUG if passage.status < FAILED and method == "GET" else logging.INFO
                milliseconds = round((perf_counter() - began) * 1000)
                log.log(level, "request", extra={**facts, "duration_ms": milliseconds})

    async def _pass(self, passage: "_Passage", scope: Scope) -> None:
        try:
            passage.look_at(Headers(scope=scope))
            await self._app(scope, passage.receive, passage.send)
        except BodyTooLargeError:
            await passage.refuse(TOO_LARGE)
        except Exception as error:  # noqa: BLE001  the last place at which a failure can be kept from getting out
            facts = {"error": type(error).__name__, "place": place_of(error)}
            log.error("request-failed", extra=facts)  # noqa: TRY400  a trace may hold what somebody wrote
            await passage.refuse(FAILED)

    def _room(self, path: str) -> int:
        return next((room for start, room in self._limits.items() if path.startswith(start)), BODY_ROOM)


class _Passage:
    """One request on its way through: what was read of its body, and what was answered."""

    def __init__(self, room: int, receive: Receive, send: Send) -> None:
        self.number = token_hex(8)
        self.status = FAILED
        self._room = room
        self._read = 0
        self._answered = False
        self._receive = receive
        self._send = send

    def look_at(self, headers: Headers) -> None:
        """Refuse what says itself that it is too large, before any of it is read."""
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._room:
            raise BodyTooLargeError

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            if self._read > self._room:
                raise BodyTooLargeError
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._answered = True
            headers = [*message.get("headers", ()), (REQUEST_ID, self.number.encode())]
            if NOSNIFF not in headers:
                headers.append(NOSNIFF)
            message = {**message, "headers": headers}
        await self._send(message)

    async def refuse(self, status: int) -> None:
        """An answer without words, unless one is on its way already."""
        if self._answered:
            return
        # What is left of the body is not read, so the connection cannot be used again.
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": b""})
