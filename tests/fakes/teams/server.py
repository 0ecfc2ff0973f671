"""The stand-in as it runs: Entra, the signing keys, the connector and the drive on loopback, in a thread."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fakes.loopback import Loopback
from tests.fakes.slack.clock import Clock, SteppedClock
from tests.fakes.teams import faults
from tests.fakes.teams.acts import Acts
from tests.fakes.teams.authority import Authority
from tests.fakes.teams.connector import Connector
from tests.fakes.teams.delivery import HttpDoor, machine_time
from tests.fakes.teams.errors import CONNECTOR, ENTRA, OF_STATUS, ConnectorError, EntraError
from tests.fakes.teams.faults import PATIENCE, Fault, Kind
from tests.fakes.teams.journal import Call
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.world import App, World

Json = dict[str, Any]
Work = Callable[[Connector, Json], web.Response]

GRAPH = "https://graph.microsoft.com"
GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
LARGEST_REQUEST = 4 * 1024 * 1024
JSON = "application/json"


class StandIn(Loopback[Call]):
    """Microsoft on loopback. Use as ``with StandIn() as teams``; the package's own words tell how."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        app: App | None = None,
        cloud: str = "public",
        port: int = 0,
    ) -> None:
        super().__init__("teams")
        self.clock = clock or SteppedClock()
        self.world = World(self.clock, app, cloud)
        self.limits = limits or Limits()
        self.authority = Authority(
            {self.world.tenant},
            self.world.app.client_id,
            self.world.app.client_secret,
            {self.world.cloud.issuer, GRAPH},
        )
        self._port = port

    # -- what a test holds

    @property
    def authority_url(self) -> str:
        """The value for ``ROLLCALL_TEAMS_AUTHORITY_URL``."""
        return self.world.base

    @property
    def openid_url(self) -> str:
        """The value for ``ROLLCALL_TEAMS_OPENID_URL``."""
        return f"{self.world.base}/v1/.well-known/openidconfiguration"

    @property
    def service_url(self) -> str:
        """The connector, as every activity names it."""
        return self.world.service_url

    @property
    def acts(self) -> Acts:
        """Writes what people's doings send."""
        return Acts(self.world)

    def door(self, url: str, patience: float = PATIENCE, **given: Any) -> HttpDoor:
        """The app's messaging address; ``given`` may be a ``client`` of the test's own, and ``now`` for the tokens."""
        return HttpDoor(url, self.world, patience, **{"now": machine_time, **given})

    # -- how it runs

    def _listens(self, addresses: list[str]) -> None:
        [self.world.base] = addresses

    def _sites(self) -> list[tuple[web.Application, int]]:
        site = web.Application(client_max_size=LARGEST_REQUEST)
        router, chats = site.router, "/{region}/v3/conversations"
        router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        router.add_get("/v1/.well-known/openidconfiguration", self._openid)
        router.add_get("/v1/.well-known/keys", self._keys)
        router.add_post(chats, self._create)
        router.add_post(f"{chats}/{{chat}}/activities", self._send)
        router.add_post(f"{chats}/{{chat}}/activities/{{message}}", self._send)
        router.add_put(f"{chats}/{{chat}}/activities/{{message}}", self._update)
        router.add_delete(f"{chats}/{{chat}}/activities/{{message}}", self._delete)
        router.add_get(f"{chats}/{{chat}}/members", self._members)
        router.add_get(f"{chats}/{{chat}}/members/{{member}}", self._member)
        for spelled in ("pagedMembers", "pagedmembers"):
            router.add_get(f"{chats}/{{chat}}/{spelled}", self._page)
        router.add_get("/download/{file}", self._download)
        router.add_get("/{region}/v3/attachments/{file}/views/original", self._picture)
        router.add_route("*", "/{elsewhere:.*}", self._elsewhere)
        return [(site, self._port)]

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        """An address that Microsoft does not have."""
        call = Call(faults.ELSEWHERE, {"verb": request.method, "path": request.path}, self.clock.now())
        call.reason = f"nothing is at {request.path}"
        return await self._answer(request, call, lambda: web.Response(status=404))

    # -- tokens and keys

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        shown = {name: value for name, value in form.items() if name != "client_secret"}
        call = Call(faults.TOKEN, shown | {"tenant": request.match_info["tenant"]}, self.clock.now())

        def work() -> web.Response:
            try:
                with self.world.lock:
                    told = self.authority.grant(request.match_info["tenant"], form, self.clock.now())
            except EntraError as error:
                return self._entra(call, error)
            call.done, call.answer = True, {name: value for name, value in told.items() if name[0] != "a"}
            return web.json_response(told, headers={"Cache-Control": "no-store, no-cache"})

        return await self._answer(request, call, work)

    def _entra(self, call: Call, error: EntraError) -> web.Response:
        call.answer, call.reason = error.body(self.clock.now()), error.reason
        return web.json_response(call.answer, status=error.status)

    async def _openid(self, request: web.Request) -> web.StreamResponse:
        told = {
            "issuer": self.world.cloud.issuer,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{self.world.base}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
        return await self._tell(request, faults.OPENID, told)

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        return await self._tell(request, faults.KEYS, self.world.keys.document())

    async def _tell(self, request: web.Request, method: str, told: Json) -> web.StreamResponse:
        call = Call(method, {}, self.clock.now())

        def work() -> web.Response:
            call.done, call.answer = True, told
            return web.json_response(told)

        return await self._answer(request, call, work)

    # -- the connector

    async def _create(self, request: web.Request) -> web.StreamResponse:
        return await self._connect(
            request, faults.CREATE, lambda each, given: web.json_response(each.create(given), status=201)
        )

    async def _send(self, request: web.Request) -> web.StreamResponse:
        chat, answered = request.match_info["chat"], request.match_info.get("message", "")
        body = _read(await request.read())
        if body.get("type") == "typing":
            return await self._connect(
                request,
                faults.TYPING,
                lambda each, given: web.json_response(each.type(chat, given), status=202),
            )
        return await self._connect(
            request,
            faults.SEND,
            lambda each, given: web.json_response(each.send(chat, given, answered), status=201),
        )

    async def _update(self, request: web.Request) -> web.StreamResponse:
        chat, message = request.match_info["chat"], request.match_info["message"]
        return await self._connect(
            request, faults.UPDATE, lambda each, given: web.json_response(each.update(chat, message, given))
        )

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        chat, message = request.match_info["chat"], request.match_info["message"]

        def work(each: Connector, _: Json) -> web.Response:
            each.delete(chat, message)
            return web.Response(status=200)

        return await self._connect(request, faults.DELETE, work)

    async def _member(self, request: web.Request) -> web.StreamResponse:
        chat, member = request.match_info["chat"], request.match_info["member"]
        return await self._connect(
            request, faults.MEMBER, lambda each, _: web.json_response(each.member(chat, member))
        )

    async def _members(self, request: web.Request) -> web.StreamResponse:
        chat = request.match_info["chat"]
        return await self._connect(
            request, faults.MEMBERS, lambda each, _: web.json_response(each.members(chat))
        )

    async def _page(self, request: web.Request) -> web.StreamResponse:
        chat = request.match_info["chat"]
        return await self._connect(
            request, faults.MEMBERS, lambda each, _: web.json_response(each.page(chat, request.query))
        )

    async def _connect(self, request: web.Request, method: str, what: Work) -> web.StreamResponse:
        """One call of the connector: its token is checked, its body read, its work done."""
        body = await request.read()
        call = Call(
            method,
            _read(body),
            self.clock.now(),
            _bearer(request),
            request.match_info.get("chat", ""),
            request.match_info.get("message", ""),
        )

        def work() -> web.Response:
            try:
                with self.world.lock:
                    self._authorize(call)
                    self._check_place(request)
                    if body:
                        _check_json(request, call)
                    response = what(Connector(self.world, self.limits), call.parameters)
            except ConnectorError as error:
                return self._refused(call, error)
            call.done = True
            if isinstance(response.body, bytes) and response.body:
                told = json.loads(response.body)
                call.answer = told if isinstance(told, dict) else {"members": told}
            return response

        return await self._answer(request, call, work)

    def _authorize(self, call: Call) -> None:
        if trouble := self.authority.trouble_with(call.token, self.world.cloud.issuer, self.clock.now()):
            raise ConnectorError("Unauthorized", trouble)

    def _check_place(self, request: web.Request) -> None:
        if request.match_info["region"] != self.world.region:
            raise ConnectorError("InvalidBotApiHost", f"the connector is at {self.service_url}")

    def _refused(self, call: Call, error: ConnectorError) -> web.Response:
        call.answer, call.reason = error.body(), error.reason or error.code
        waits = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
        return web.json_response(call.answer, status=error.status, headers=waits)

    # -- files

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """The address holds all that is needed; a token beside it is refused, as SharePoint does."""
        call = Call(faults.DOWNLOAD, {"path": request.path}, self.clock.now(), _bearer(request))

        def work() -> web.Response:
            shared = self.world.files.get(request.match_info["file"])
            if shared is None:
                return web.Response(status=404)
            if "Authorization" in request.headers:
                call.reason = "a token beside an address that needs none"
                return web.Response(status=401)
            if request.query.get("tempauth") != shared.id[:8] or self.world.now() >= shared.expires:
                call.reason = "the address is over"
                return web.Response(status=401)
            call.done = True
            return web.Response(body=shared.content, content_type=shared.mimetype)

        return await self._answer(request, call, work)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        call = Call(faults.PICTURE, {"path": request.path}, self.clock.now(), _bearer(request))

        def work() -> web.Response:
            try:
                self._authorize(call)
            except ConnectorError as error:
                return self._refused(call, error)
            shared = self.world.files.get(request.match_info["file"])
            if shared is None:
                return web.Response(status=404)
            call.done = True
            return web.Response(body=shared.content, content_type=shared.mimetype)

        return await self._answer(request, call, work)

    # -- what fails as told

    def _failed(self, call: Call, fault: Fault) -> web.Response:
        match fault.kind:
            case Kind.RATE_LIMITED:
                return self._refused(call, ConnectorError("Throttled", retry_after=fault.retry_after))
            case Kind.REFUSED if fault.error in ENTRA:
                return self._entra(call, EntraError(fault.error))
            case Kind.REFUSED:
                assert fault.error in CONNECTOR, f"no such refusal: {fault.error}"
                return self._refused(call, ConnectorError(fault.error))
            case Kind.PAGE:
                return web.Response(text=GATEWAY_PAGE, content_type="text/html", status=fault.status)
            case _:
                return self._server_error(call, fault)

    def _server_error(self, call: Call, fault: Fault, /) -> web.Response:
        code = OF_STATUS.get(fault.status)
        if code is None:
            return web.Response(status=fault.status)
        call.answer = ConnectorError(code).body()
        return web.json_response(call.answer, status=fault.status)


def _read(body: bytes) -> Json:
    """The object that a body is, or nothing."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _check_json(request: web.Request, call: Call) -> None:
    if request.content_type != JSON:
        raise ConnectorError("BadSyntax", f"sent as {request.content_type}")
    if not call.parameters:
        raise ConnectorError("BadSyntax", "no JSON object")


def _bearer(request: web.Request) -> str | None:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return given.strip() or None if kind.lower() == "bearer" else None
