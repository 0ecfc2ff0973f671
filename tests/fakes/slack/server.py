"""The stand-in as it runs: HTTP and WebSocket on loopback, in a thread with a loop of its own."""

import asyncio
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack import api, arguments, response_urls
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.clock import Clock, SteppedClock
from tests.fakes.slack.delivery import HttpDoor, SocketDoor
from tests.fakes.slack.errors import RateLimitedError, SlackError
from tests.fakes.slack.events import Events
from tests.fakes.slack.faults import PATIENCE, Fault, Kind, Script
from tests.fakes.slack.interactions import Interactions
from tests.fakes.slack.journal import Call, Journal
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.socket_mode import Hub
from tests.fakes.slack.world import App, Workspace, World

Json = dict[str, Any]

RESPONSE_URL = "response_url"
DOWNLOAD = "download"
"""How the journal and the faults name what is no method."""
LOGIN_PAGE = (
    "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Lakemont</body></html>"
)
GATEWAY_PAGE = "<html><head><title>Bad gateway</title></head><body>We will be back soon.</body></html>"
LARGEST_REQUEST = 4 * 1024 * 1024
STATUS_OF_LATE_ERRORS = {"used_url": 404, "expired_url": 404, "invalid_url": 404, "no_text": 400}
CUT = (Kind.DROPPED_BEFORE, Kind.DROPPED_AFTER)
HANDLED_BEFORE = (Kind.RATE_LIMITED, Kind.FAILED_BEFORE, Kind.DROPPED_BEFORE, Kind.PAGE, Kind.REFUSED)


class StandIn:
    """Slack on loopback. Use as ``with StandIn() as slack``; ``slack.api_url`` is what the app is pointed at."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        workspace: Workspace | None = None,
        app: App | None = None,
        port: int = 0,
    ) -> None:
        self.clock = clock or SteppedClock()
        self.world = World(self.clock, workspace, app)
        self.limits = limits or Limits()
        self.faults = Script()
        self.journal = Journal()
        self.sockets = Hub(self.world)
        self.base = ""
        self._port = port
        self._started: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="slack-stand-in", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    # -- what a test holds

    @property
    def api_url(self) -> str:
        """The value for ``SLACK_API_URL``."""
        return f"{self.base}/api/"

    @property
    def calls(self) -> list[Call]:
        """Everything the app asked for, in order."""
        return self.journal.calls

    def calls_of(self, method: str) -> list[Call]:
        """What it asked of one method."""
        return self.journal.of(method)

    @property
    def events(self) -> Events:
        """Writes what the Events API sends."""
        return Events(self.world, self.base)

    @property
    def acts(self) -> Interactions:
        """Writes what people's commands, clicks and forms send."""
        return Interactions(self.world, self.base)

    def door(self, url: str, patience: float = PATIENCE) -> HttpDoor:
        """The app's address for events, as registered; everything to it is signed."""
        return HttpDoor(url, self.world.app.signing_secret, patience)

    def socket_door(self, patience: float = PATIENCE) -> SocketDoor:
        """The app by Socket Mode."""
        return SocketDoor(self.sockets, patience)

    def __enter__(self) -> Self:
        """Start, and wait until it listens."""
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._started.result(PATIENCE)}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; whatever waits at a gate goes on first."""
        self.faults.clear()
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        if error is None and self.journal.broken:
            raise AssertionError("the stand-in itself is broken") from self.journal.broken[0]

    # -- the thread

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.sockets.use(self._loop)
        web_app = web.Application(client_max_size=LARGEST_REQUEST)
        web_app.router.add_route("*", "/api/{method}", self._method)
        web_app.router.add_get("/link/", self.sockets.serve)
        web_app.router.add_post("/response/{name}", self._late)
        web_app.router.add_get("/files-pri/{where}/{name}", self._file)
        web_app.router.add_get("/files-pri/{where}/download/{name}", self._file)
        web_app.router.add_get("/login", self._login)
        runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._started.set_result(runner.addresses[0][1])
        await self._stop.wait()
        await self.sockets.close()
        await runner.cleanup()

    # -- the Web API

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await request.read()
        form = dict(await request.post()) if request.content_type in arguments.FORMS else {}
        bearer = _bearer(request)
        call = Call(method, {}, self.clock.now(), bearer)
        refusal: SlackError | None = None
        given = Arguments({}, bearer, is_json=False)
        try:
            kind = request.content_type if "Content-Type" in request.headers else ""
            given = arguments.read(kind, request.charset, request.query, form, body, bearer)
            call.parameters, call.token = dict(given.given), given.token
        except SlackError as error:
            refusal = error

        def work() -> web.Response:
            try:
                if refusal is not None:
                    raise refusal
                with self.world.lock:
                    told = api.answer(
                        self.world,
                        self.limits,
                        self.base,
                        lambda: self.sockets.ticket(self.base),
                        method,
                        given,
                    )
                call.done = True
            except RateLimitedError as error:
                call.answer = error.body()
                return web.json_response(
                    call.answer, status=429, headers={"Retry-After": str(error.retry_after)}
                )
            except SlackError as error:
                told = error.body()
            call.answer = told
            return web.json_response(told, headers=self._scopes(given.token))

        return await self._answer(request, call, work)

    def _scopes(self, token: str | None) -> dict[str, str]:
        install = self.world.installs.get(token or "")
        return {"X-OAuth-Scopes": ",".join(sorted(install.scopes))} if install else {}

    async def _answer(self, request: web.Request, call: Call, work: Any) -> web.StreamResponse:
        """Do the work and answer, or fail as the script says."""
        self.journal.add(call)
        fault = self.faults.take(call.method)
        call.fault = fault.kind if fault else None
        try:
            if fault is not None and fault.kind is Kind.HELD_BEFORE:
                await fault.gate.hold()
            if fault is not None and fault.kind in HANDLED_BEFORE:
                response = _failure(request, call, fault)
            else:
                response = work()
                if fault is not None:
                    response = await _spoilt(request, response, fault)
            call.status = 0 if fault is not None and fault.kind in CUT else response.status
        except Exception as error:
            self.journal.broken.append(error)
            raise
        else:
            return response
        finally:
            self.journal.finish(call)

    # -- late addresses and files

    async def _late(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        call = Call(RESPONSE_URL, {}, self.clock.now())

        def work() -> web.Response:
            try:
                call.parameters = arguments.read_json(body)
                with self.world.lock:
                    call.answer = response_urls.use(self.world, request.match_info["name"], call.parameters)
            except SlackError as error:
                call.answer = error.body()
                status = STATUS_OF_LATE_ERRORS.get(error.error, 400)
                if status == 404:
                    return web.json_response(call.answer, status=status)
                return web.Response(text=error.error, status=status)
            call.done = True
            return web.Response(text="ok")

        return await self._answer(request, call, work)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        call = Call(DOWNLOAD, {"path": request.path}, self.clock.now(), _bearer(request))

        def work() -> web.Response:
            install = self.world.installs.get(call.token or "")
            if install is None or install.revoked or "files:read" not in install.scopes:
                return web.Response(
                    status=302, headers={"Location": f"{self.base}/login?redir={request.path}"}
                )
            shared = self.world.files.get(request.match_info["where"].rpartition("-")[2])
            if shared is None or shared.deleted:
                return web.Response(status=404)
            call.done = True
            return web.Response(body=shared.content, content_type=shared.mimetype)

        return await self._answer(request, call, work)

    async def _login(self, _: web.Request) -> web.Response:
        return web.Response(text=LOGIN_PAGE, content_type="text/html")


def _bearer(request: web.Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if kind.lower() == "bearer" else None


def _failure(request: web.Request, call: Call, fault: Fault) -> web.Response:
    """How a call fails of which nothing was done."""
    match fault.kind:
        case Kind.RATE_LIMITED:
            call.answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(call.answer, status=429, headers={"Retry-After": str(fault.retry_after)})
        case Kind.REFUSED:
            call.answer = {"ok": False, "error": fault.error}
            return web.json_response(call.answer)
        case Kind.PAGE:
            return web.Response(text=GATEWAY_PAGE, content_type="text/html", status=fault.status)
        case Kind.DROPPED_BEFORE:
            return _cut(request)
        case _:
            return web.Response(text="Internal Server Error", status=fault.status)


async def _spoilt(request: web.Request, response: web.Response, fault: Fault) -> web.Response:
    """What becomes of an answer whose work is done."""
    match fault.kind:
        case Kind.HELD_AFTER:
            await fault.gate.hold()
        case Kind.DROPPED_AFTER:
            return _cut(request)
        case Kind.FAILED_AFTER:
            return web.Response(text="Internal Server Error", status=fault.status)
        case Kind.MALFORMED:
            whole = response.body if isinstance(response.body, bytes) else b""
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
        case _:
            pass
    return response


def _cut(request: web.Request) -> web.Response:
    """The line breaks; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
