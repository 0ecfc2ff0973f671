"""The stand-in as it runs: the interface and a media host on loopback, in a thread with a loop of its own."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fakes.loopback import Loopback
from tests.fakes.slack.clock import Clock, SteppedClock
from tests.fakes.twilio import carrier, registration, resources, sending, shapes
from tests.fakes.twilio.delivery import HttpDoor, Parcel, SharedKey
from tests.fakes.twilio.errors import TwilioError, not_found
from tests.fakes.twilio.faults import PATIENCE, Fault, Kind
from tests.fakes.twilio.journal import Call
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.requests import Requests
from tests.fakes.twilio.world import PUBLIC, Account, Message, Service, World

Json = dict[str, Any]
Given = dict[str, list[str]]

GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
ONE_MECHANISM = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>InvalidArgument</Code><Message>Only one auth mechanism'
    " allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization"
    " header should be specified</Message></Error>"
)
LARGEST_REQUEST = 1024 * 1024
HOME = "/2010-04-01/Accounts/{account}"
SERVICE = "/v1/Services/{service}"
CONTENT = "media.content"
"""How the journal and the faults name the fetch from the other host."""


class StandIn(Loopback[Call]):
    """Twilio on loopback. Use as ``with StandIn() as twilio``; ``twilio.api_url`` is what the app is pointed at."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        account: Account | None = None,
        public: str = PUBLIC,
        port: int = 0,
    ) -> None:
        super().__init__("twilio")
        self.clock = clock or SteppedClock()
        self.world = World(self.clock, account, public)
        self.limits = limits or Limits()
        self.api_url = ""
        self.media_host = ""
        self._port = port

    # -- what a test holds

    @property
    def requests(self) -> Requests:
        """Writes what Twilio posts to the app."""
        return Requests(self.world, self.limits, self.api_url)

    def door(
        self, local: str, shared_key: SharedKey | None = None, patience: float = PATIENCE, client: Any = None
    ) -> HttpDoor:
        """The app, whose public address a proxy carries to where it really listens."""
        return HttpDoor(local, self.world.public, self.world.account.auth_token, shared_key, patience, client)

    def text(self, phone: str, body: str = "", *media: tuple[bytes, str], **more: Any) -> Parcel:
        """A person texts; see ``Requests.text``."""
        return self.requests.text(phone, body, *media, **more)

    def step(self, sid: str) -> Parcel | None:
        """One status further: the callback, when there is one to carry."""
        message = self.world.messages[sid]
        with self.world.lock:
            if not carrier.step(self.world, message) or not message.status_callback:
                return None
            return self.requests.status(message)

    def end(self, sid: str, status: str, code: int | None = None) -> Parcel | None:
        """An end that no phone has, such as 30001 or 30047: the callback, when there is one to carry."""
        message = self.world.messages[sid]
        with self.world.lock:
            carrier.end(self.world, message, status, code)
            return self.requests.status(message) if message.status_callback else None

    def deliver(self, sid: str) -> list[Parcel]:
        """To the end of its way: all callbacks, in the order in which they came to be."""
        message, parcels = self.world.messages[sid], []
        with self.world.lock:
            while carrier.step(self.world, message):
                if message.status_callback:
                    parcels.append(self.requests.status(message))
        return parcels

    def deliver_all(self) -> list[Parcel]:
        """Everything that is under way, to the end of its way."""
        return [parcel for sid in list(self.world.messages) for parcel in self.deliver(sid)]

    # -- how it runs

    def _listens(self, addresses: list[str]) -> None:
        self.api_url, self.media_host = addresses

    def _sites(self) -> list[tuple[web.Application, int]]:
        api = web.Application(client_max_size=LARGEST_REQUEST)
        messages, one = f"{HOME}/Messages.json", f"{HOME}/Messages/{{message}}"
        api.router.add_route("*", f"{HOME}.json", self._account)
        api.router.add_route("*", f"{HOME}/IncomingPhoneNumbers.json", self._numbers)
        api.router.add_route("*", messages, self._messages)
        api.router.add_route("*", f"{one}/Media.json", self._files)
        api.router.add_route("*", f"{one}/Media/{{media}}.json", self._file)
        api.router.add_route("*", f"{one}/Media/{{media}}", self._download)
        api.router.add_route("*", f"{one}.json", self._message)
        api.router.add_route("*", "/v1/Services", self._services)
        api.router.add_route("*", f"{SERVICE}", self._service)
        api.router.add_route("*", f"{SERVICE}/PhoneNumbers", self._senders)
        api.router.add_route("*", f"{SERVICE}/Compliance/Usa2p", self._campaigns)
        api.router.add_route("*", "/v1/Tollfree/Verifications", self._verifications)
        api.router.add_route("*", "/{anything:.*}", self._nothing)
        media = web.Application()
        media.router.add_get("/{media}", self._content)
        return [(api, self._port), (media, 0)]

    # -- the interface

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            return await self._call(request, "messages.create", self._create)
        return await self._call(request, "messages.list", self._list, "GET")

    def _create(self, _: web.Request, given: Given) -> web.Response:
        made = sending.create(self.world, self.limits, given)
        return web.json_response(shapes.message(self.world, made), status=201)

    def _list(self, request: web.Request, given: Given) -> web.Response:
        return web.json_response(resources.messages(self.world, request.path, given))

    async def _message(self, request: web.Request) -> web.StreamResponse:
        match request.method:
            case "POST":
                return await self._call(request, "messages.update", self._update)
            case "DELETE":
                return await self._call(request, "messages.delete", self._delete)
            case _:
                return await self._call(request, "messages.fetch", self._fetch, "GET")

    def _fetch(self, request: web.Request, _: Given) -> web.Response:
        return web.json_response(shapes.message(self.world, self._asked(request)))

    def _update(self, request: web.Request, given: Given) -> web.Response:
        return web.json_response(resources.update(self.world, self._asked(request), given))

    def _delete(self, request: web.Request, _: Given) -> web.Response:
        resources.delete(self.world, self._asked(request))
        return web.Response(status=204)

    def _asked(self, request: web.Request) -> Message:
        found = self.world.message(request.match_info["message"])
        if found is None:
            raise not_found(request.path)
        return found

    async def _files(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, given: Given) -> web.Response:
            return web.json_response(resources.files(self.world, request.path, self._asked(request), given))

        return await self._call(request, "media.list", work, "GET")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        def fetch(request: web.Request, _: Given) -> web.Response:
            where = request.match_info
            found = resources.media(self.world, request.path, where["message"], where["media"])
            return web.json_response(shapes.media(self.world, found))

        def delete(request: web.Request, _: Given) -> web.Response:
            where = request.match_info
            resources.media(self.world, request.path, where["message"], where["media"]).deleted = True
            return web.Response(status=204)

        if request.method == "DELETE":
            return await self._call(request, "media.delete", delete)
        return await self._call(request, "media.fetch", fetch, "GET")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            where = request.match_info
            found = resources.media(self.world, request.path, where["message"], where["media"])
            to = f"{self.media_host}/{found.sid}?Expires=14400&Signature=made-up"
            return web.Response(status=307, headers={"Location": to})

        return await self._call(request, "media.download", work, "GET")

    async def _account(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            # An API key may not ask for the account itself, unless it is a main key.
            if _credentials(request)[0] != self.world.account.sid:
                raise TwilioError(20003)
            return web.json_response(shapes.account(self.world))

        return await self._call(request, "accounts.fetch", work, "GET")

    async def _numbers(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, given: Given) -> web.Response:
            wanted = given["PhoneNumber"][0] if given.get("PhoneNumber") else ""
            found = [
                shapes.number(self.world, each)
                for each in self.world.numbers.values()
                if each.ours and wanted in {"", each.number}
            ]
            told = {"page": 0, "next_page_uri": None, "incoming_phone_numbers": found}
            return web.json_response(told)

        return await self._call(request, "numbers.list", work, "GET")

    async def _service(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            return web.json_response(registration.one(self.world, self._asked_service(request)))

        return await self._call(request, "services.fetch", work, "GET")

    async def _services(self, request: web.Request) -> web.StreamResponse:
        def work(_: web.Request, __: Given) -> web.Response:
            return web.json_response(registration.all_services(self.world))

        return await self._call(request, "services.list", work, "GET")

    async def _senders(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            return web.json_response(registration.senders(self.world, self._asked_service(request)))

        return await self._call(request, "services.numbers", work, "GET")

    async def _campaigns(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            return web.json_response(registration.campaigns(self.world, self._asked_service(request)))

        return await self._call(request, "services.campaigns", work, "GET")

    async def _verifications(self, request: web.Request) -> web.StreamResponse:
        def work(_: web.Request, given: Given) -> web.Response:
            wanted = given["TollfreePhoneNumberSid"][0] if given.get("TollfreePhoneNumberSid") else ""
            return web.json_response(registration.verifications(self.world, wanted))

        return await self._call(request, "tollfree.list", work, "GET")

    def _asked_service(self, request: web.Request) -> Service:
        return registration.service(self.world, request.path, request.match_info["service"])

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        def work(request: web.Request, _: Given) -> web.Response:
            raise not_found(request.path)

        return await self._call(request, "nothing", work)

    async def _content(self, request: web.Request) -> web.StreamResponse:
        """The other host: it knows the signed address, and takes no credentials."""
        call = self._written(request, CONTENT, {})

        def work() -> web.Response:
            if call.has_credentials:
                return web.Response(text=ONE_MECHANISM, status=400, content_type="application/xml")
            found = self.world.media.get(request.match_info["media"])
            if found is None or found.deleted or "Signature" not in request.query:
                return web.Response(status=403)
            call.done = True
            return web.Response(body=found.content, headers={"Content-Type": found.content_type})

        return await self._answer(request, call, work)

    # -- how each call is handled

    def _written(self, request: web.Request, method: str, given: Given) -> Call:
        user, _ = _credentials(request)
        shown = {name: told if name == "MediaUrl" else told[0] for name, told in given.items()}
        return Call(
            method,
            shown,
            self.clock.now(),
            path=request.path,
            user=user,
            has_credentials="Authorization" in request.headers,
        )

    async def _call(
        self,
        request: web.Request,
        method: str,
        work: Callable[[web.Request, Given], web.Response],
        only: str = "",
    ) -> web.StreamResponse:
        given = await _given(request)
        call = self._written(request, method, given)

        def answered() -> web.Response:
            try:
                with self.world.lock:
                    self._let_in(request, only)
                    told = work(request, given)
            except TwilioError as error:
                return _refusal(call, error)
            call.done = True
            return told

        return await self._answer(request, call, answered)

    def _let_in(self, request: web.Request, only: str) -> None:
        """The account by its token or one of its keys, and nothing of other accounts."""
        user, secret = _credentials(request)
        account = self.world.account
        known = {account.sid: account.auth_token, **account.api_keys}
        if user not in known or not hmac.compare_digest(known[user].encode(), secret.encode()):
            raise TwilioError(20003)
        if request.match_info.get("account", account.sid) != account.sid:
            raise not_found(request.path)
        self.limits.request(self.journal.under_way())
        if only and request.method != only:
            raise TwilioError(20004)

    def _failed(self, call: Call, fault: Fault) -> web.Response:
        match fault.kind:
            case Kind.RATE_LIMITED:
                return _refusal(call, TwilioError(20429), **{"Retry-After": str(fault.retry_after)})
            case Kind.REFUSED:
                return _refusal(call, TwilioError(int(fault.error), status=fault.status))
            case Kind.PAGE:
                return web.Response(text=GATEWAY_PAGE, content_type="text/html", status=fault.status)
            case _:
                return self._server_error(call, fault)

    def _server_error(self, call: Call, fault: Fault) -> web.Response:
        return _refusal(call, TwilioError(20503 if fault.status == 503 else 20500, status=fault.status))


async def _given(request: web.Request) -> Given:
    """The parameters: of the form when there is one, otherwise of the query."""
    given: Given = {}
    source = await request.post() if request.method == "POST" else request.query
    for name, told in source.items():
        assert isinstance(told, str)
        given.setdefault(name, []).append(told)
    return given


def _credentials(request: web.Request) -> tuple[str, str]:
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        user, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, secret


def _refusal(call: Call, error: TwilioError, **headers: str) -> web.Response:
    call.answer = error.body()
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return web.json_response(call.answer, status=error.status, headers=headers)
