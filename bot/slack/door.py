"""The Slack door: by HTTP, or by a line that we open where nothing may come in. Whatever comes is kept, then worked on.

Slack is answered as soon as it is kept. The library checks who knocks; nothing else of it runs before that
([decision 0024](../../docs/decisions/0024-slack-is-answered-when-it-is-kept.md)).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response

from bot.service.doors import Door
from bot.service.hall import Hall
from bot.service.staff import ChannelLine
from bot.slack import windows
from bot.slack.api import SlackApi
from bot.slack.events import CHANNEL, SlackKind, read
from bot.slack.work import FormErrors, SlackWork
from config.settings import Settings, Slack
from db.records.inbox import InWork
from scheduler.jobs import Work
from training import inbox
from training.inbox import Came
from training.ledger.parcels import Carrier

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
BAD_REQUEST = 400
# Slack waits three seconds for what a form is answered with.
FORM_PATIENCE = 2.6
# Until the line to Slack is tried again.
LINE_PATIENCE = 10.0


class SlackStaff:
    """Everybody who works behind this door, in one process."""

    name = CHANNEL

    def __init__(self, hall: Hall) -> None:
        settings = hall.settings.slack
        self._hall = hall
        self._api = SlackApi(_secret(settings, "bot_token"), settings.api_url)
        self._work = SlackWork(hall.office, hall.words, hall.front_desk, self._api)
        self.carrier: Carrier = self._work.carrier
        self.app = _app(settings, self.receive)
        self._line: AsyncSocketModeHandler | None = None
        self._dialing: asyncio.Task[None] | None = None
        self._heard: float | None = None

    async def open(self, *, listening: bool) -> None:
        """Make ready; ``listening``: also open the line to Slack where the settings name its token."""
        await self._api.open()
        if listening and self._hall.settings.slack.app_token is not None:
            self._dialing = asyncio.create_task(self._dial())

    async def close(self) -> None:
        """Nothing comes in any more."""
        if self._dialing is not None:
            self._dialing.cancel()
        if self._line is not None:
            await self._line.close_async()  # type: ignore[no-untyped-call]  # the library types all but this
        await self._api.close()

    def work(self, work: InWork) -> FormErrors | None:
        """Do what something that came in asks for."""
        return self._work.work(work)

    def give_up(self, work: InWork, error: Exception) -> None:
        """It failed for good."""
        self._work.tell_given_up(work, error)

    def follow(self, _: Work) -> int:
        """Bring open pages up to date."""
        return self._work.pages.follow()

    async def line(self) -> ChannelLine | None:
        """How the line to Slack is; None where Slack calls us."""
        if self._hall.settings.slack.app_token is None or self._dialing is None:
            return None
        is_open = self._line is not None and await self._line.client.is_connected()
        silent = None if self._heard is None else timedelta(seconds=monotonic() - self._heard)
        return ChannelLine(is_open, silent)

    async def receive(self, body: dict[str, Any]) -> BoltResponse:
        """Keep what came, and have it worked on. The acknowledgement says that it is kept, and no more."""
        self._heard = monotonic()
        incoming = read(body)
        if incoming.by_bot or not incoming.addresses:
            return BoltResponse(status=200)
        came = Came(
            channel=CHANNEL,
            event=incoming.event,
            address=incoming.address,
            place=incoming.account or incoming.channel,
            kind=incoming.kind.value,
            body=json.dumps(body).encode(),
        )
        came_at = monotonic()
        kept = await self._hall.keep(lambda: inbox.keep(self._hall.office, came))
        if kept is None:
            return BoltResponse(status=200)
        self._work.came[kept.owner] = came_at
        working = self._hall.take_up(self, kept)
        if incoming.kind is SlackKind.COMMAND and not incoming.direct:
            # Said by Slack itself to whoever typed it, also where Rollcall is no member.
            return BoltResponse(status=200, body=self._hall.words.say("answered-privately-soon"))
        if incoming.kind is not SlackKind.FORM:
            return BoltResponse(status=200)
        return _form_answer(await self._shown(working, came_at), self._hall)

    async def _shown(self, working: "asyncio.Future[object]", came_at: float) -> object:
        left = came_at + FORM_PATIENCE - monotonic()
        try:
            return await asyncio.wait_for(asyncio.shield(working), max(left, 0))
        except TimeoutError:
            return working

    async def _dial(self) -> None:
        while self._line is None:
            line = AsyncSocketModeHandler(self.app, _secret(self._hall.settings.slack, "app_token"))
            try:
                await line.connect_async()  # type: ignore[no-untyped-call]  # the same
            except Exception as error:  # noqa: BLE001  whatever keeps the line from opening, it is tried again
                log.warning("line-not-open", extra={"error": type(error).__name__})
                await line.client.close()  # type: ignore[no-untyped-call]  # the same
                await asyncio.sleep(LINE_PATIENCE)
            else:
                self._line = line


def _form_answer(found: object, hall: Hall) -> BoltResponse:
    if isinstance(found, FormErrors):
        said = {"response_action": "errors", "errors": dict(found.errors)}
    elif isinstance(found, asyncio.Future):
        said = {"response_action": "update", "view": windows.waiting_still(hall.words)}
    else:
        said = {"response_action": "clear"}
    return BoltResponse(
        status=200, body=json.dumps(said), headers={"content-type": ["application/json; charset=utf-8"]}
    )


def _app(settings: Slack, receive: Callable[[dict[str, Any]], Awaitable[BoltResponse]]) -> AsyncApp:
    """The library, for what it knows better: signatures, its own address check, and the line."""

    async def keep(req: AsyncBoltRequest, next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:  # noqa: A002  the library gives it by this name
        if req.body.get("type") == "url_verification":
            return await next()
        return await receive(dict(req.body))

    async def nobody(**_: object) -> AuthorizeResult:
        # Asked only on the way to the answer to the address check: nothing of ours is authorized by it.
        return AuthorizeResult(enterprise_id=None, team_id=None)

    secret = settings.signing_secret
    return AsyncApp(
        client=AsyncWebClient(base_url=settings.api_url, retry_handlers=[]),
        # Without one everything that comes by HTTP is refused.
        signing_secret=None if secret is None else secret.get_secret_value(),
        before_authorize=keep,
        authorize=nobody,
        ignoring_self_events_enabled=False,
    )


def _request_of(request: Request, body: bytes) -> AsyncBoltRequest | None:
    """The request as the library reads it; None for what it falls over, which it reads before the signature."""
    try:
        asked = to_async_bolt_request(request, body)
        if not asked.body:
            # A form with the word "payload" anywhere in it is taken for one that holds a payload, and read as empty.
            asked.body = dict(parse_qsl(asked.raw_body, keep_blank_values=True))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None
    return asked


def _mount(web: FastAPI, hall: Hall) -> None:
    if hall.settings.slack.signing_secret is None:
        return

    @web.post(EVENTS)
    async def events(request: Request) -> Response:
        staff = hall.staff_of(CHANNEL)
        assert isinstance(staff, SlackStaff)  # noqa: S101  the door's own
        asked = _request_of(request, await request.body())
        if asked is None:
            return Response(status_code=BAD_REQUEST)
        return to_starlette_response(await staff.app.async_dispatch(asked))


def _secret(settings: Slack, name: str) -> str:
    given = getattr(settings, name)
    return "" if given is None else str(given.get_secret_value())


def _is_on(settings: Settings) -> bool:
    return settings.slack.is_on


DOOR = Door(CHANNEL, _is_on, _mount, staff=SlackStaff)
