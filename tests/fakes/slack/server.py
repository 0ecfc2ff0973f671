"""The stand-in as it runs: HTTP and WebSocket on loopback, in a thread with a loop of its own."""

import asyncio
from typing import Any

from aiohttp import web

from tests.fakes.loopback import Loopback
from tests.fakes.slack import api, arguments, response_urls
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.clock import Clock, SteppedClock
from tests.fakes.slack.delivery import HttpDoor, SocketDoor
from tests.fakes.slack.errors import RateLimitedError, SlackError
from tests.fakes.slack.events import Events
from tests.fakes.slack.faults import PATIENCE, Fault, Kind
from tests.fakes.slack.interactions import Interactions
from tests.fakes.slack.journal import Call
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


class StandIn(Loopback[Call]):
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
        super().__init__("slack")
        self.clock = clock or SteppedClock()
        self.world = World(self.clock, workspace, app)
        self.limits = limits or Limits()
        self.sockets = Hub(self.world)
        self.base = ""
        self._port = port

    # -- what a test holds

    @property
    def api_url(self) -> str:
        """The value for ``SLACK_API_URL``."""
        return f"{self.base}/api/"

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

    # -- how it runs

    def _listens(self, addresses: list[str]) -> None:
        [self.base] = addresses

    def _sites(self) -> list[tuple[web.Application, int]]:
        self.sockets.use(asyncio.get_running_loop())
        web_app = web.Application(client_max_size=LARGEST_REQUEST)
        web_app.router.add_route("*", "/api/{method}", self._method)
        web_app.router.add_get("/link/", self.sockets.serve)
        web_app.router.add_post("/response/{name}", self._late)
        web_app.router.add_get("/files-pri/{where}/{name}", self._file)
        web_app.router.add_get("/files-pri/{where}/download/{name}", self._file)
        web_app.router.add_get("/login", self._login)
        return [(web_app, self._port)]

    async def _close(self) -> None:
        await self.sockets.close()

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

    def _failed(self, call: Call, fault: Fault) -> web.Response:
        match fault.kind:
            case Kind.RATE_LIMITED:
                call.answer = {"ok": False, "error": "ratelimited"}
                waits = {"Retry-After": str(fault.retry_after)}
                return web.json_response(call.answer, status=429, headers=waits)
            case Kind.REFUSED:
                call.answer = {"ok": False, "error": fault.error}
                return web.json_response(call.answer)
            case Kind.PAGE:
                return web.Response(text=GATEWAY_PAGE, content_type="text/html", status=fault.status)
            case _:
                return self._server_error(call, fault)

    def _server_error(self, _: Call, fault: Fault) -> web.Response:
        return web.Response(text="Internal Server Error", status=fault.status)

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
