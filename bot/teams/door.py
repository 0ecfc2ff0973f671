"""The Teams door: Microsoft's word is asked for whoever knocks, what came is kept, and only then is it worked on.

A message is answered as soon as it is kept; a pressed button or a form is answered with what came of it, as long as the
client waits ([decision 0049](../../docs/decisions/0049-teams-is-let-in-by-our-own-hand.md)).
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from bot.microsoft.clouds import cloud_of
from bot.microsoft.tokens import BotTokens, MicrosoftTokens
from bot.service.doors import Door
from bot.service.hall import Hall
from bot.teams import invokes
from bot.teams.api import TeamsApi, TeamsPlace
from bot.teams.carrier import TeamsCarrier
from bot.teams.clouds import CHANNEL, connector_of, keys_beside
from bot.teams.events import INVOKES, TeamsIncoming, TeamsKind, read
from bot.teams.keys import KeyRing, KeysUnreachableError
from bot.teams.knock import Doorkeeper, KnockRefusedError, SignedDoorkeeper
from bot.teams.work import TeamsWork
from config.settings import Settings
from db.records.inbox import InWork
from scheduler.jobs import Work
from training import inbox
from training.inbox import Came
from training.ledger.parcels import Carrier

log = logging.getLogger(__name__)

MESSAGES = "/api/messages"
# What a client sends is a card's entries at most; Teams itself takes messages of about 100 KB.
BODY_ROOM = 256 * 1024
BAD_REQUEST, REFUSED, LATER = 400, 401, 503
AGAIN_AFTER = "5"  # seconds
# A client waits ten seconds or a little more for what it asked for.
PATIENCE = 8.0


class TeamsStaff:
    """Everybody who works behind this door, in one process. ``knock`` says who is let in, ``tokens`` lets us in."""

    name = CHANNEL

    def __init__(self, hall: Hall, knock: Doorkeeper | None = None, tokens: BotTokens | None = None) -> None:
        settings = hall.settings.teams
        cloud, connector = cloud_of(settings, hall.settings.graph), connector_of(settings)
        tenant, client = (settings.tenant_id or "").casefold(), settings.client_id or ""
        self._hall = hall
        self._tokens: BotTokens = tokens or MicrosoftTokens(settings, cloud)
        self._api = TeamsApi(self._tokens, cloud.bot_scope, client)
        self._knock: Doorkeeper = knock or SignedDoorkeeper(
            connector=connector,
            issuer=cloud.issuer,
            keys=KeyRing(keys_beside(cloud.openid)),
            client_id=client,
            tenant_id=tenant,
        )
        self._way = TeamsCarrier(self._api, hall.words, hall.office, connector)
        self.carrier: Carrier = self._way
        self._work = TeamsWork(hall.office, hall.words, hall.front_desk, self._api, self.carrier, tenant)
        self._listening = False
        self._typing: set[asyncio.Task[None]] = set()

    async def open(self, *, listening: bool) -> None:
        """Make ready; ``listening``: also fetch the keys that whoever knocks is known by."""
        await self._api.open()
        self._listening = listening
        if listening:
            self._knock.open()

    async def close(self) -> None:
        """Nothing comes in any more."""
        await self._knock.close()
        for each in self._typing:
            each.cancel()
        await asyncio.gather(*self._typing, return_exceptions=True)
        await self._api.close()
        self._tokens.close()

    @property
    def has_keys(self) -> bool | None:
        """Whether anybody can be let in yet; None in a process that lets nobody in."""
        return self._knock.has_keys if self._listening else None

    @property
    def is_unguarded(self) -> bool:
        """Whether whoever is on this machine is let in, unasked."""
        return self._listening and not self._knock.is_guard

    def work(self, work: InWork) -> object:
        """Do what something that came in asks for."""
        return self._work.work(work)

    def give_up(self, work: InWork, error: Exception) -> None:
        """It failed for good."""
        self._work.tell_given_up(work, error)

    def follow(self, _: Work) -> int:
        """Teams has no page of a person's own that stands open."""
        return 0

    async def receive(self, authorization: str, body: bytes) -> Response:
        """Refuse, or keep what came and have it worked on."""
        came_at = monotonic()
        activity = _read(body)
        if activity is None:
            return Response(status_code=BAD_REQUEST)
        try:
            await self._knock.check(authorization, activity)
        except KnockRefusedError as error:
            log.warning("knock-refused", extra={"channel": CHANNEL, "error": error.why})
            return Response(status_code=REFUSED)
        except KeysUnreachableError:
            log.error("keys-unknown", extra={"channel": CHANNEL})  # noqa: TRY400  a trace says no more
            return Response(status_code=LATER, headers={"retry-after": AGAIN_AFTER})
        return await self._let_in(read(activity), body, came_at)

    async def _let_in(self, incoming: TeamsIncoming, body: bytes, came_at: float) -> Response:
        if incoming.kind in (TeamsKind.NOTHING, TeamsKind.STRAY):
            return self._of_no_kind(incoming)
        came = Came(
            channel=CHANNEL,
            event=incoming.event,
            address=incoming.tenant,
            place=incoming.account or incoming.conversation,
            kind=incoming.kind.value,
            body=body,
        )
        kept = await self._hall.keep(lambda: inbox.keep(self._hall.office, came))
        waits = incoming.kind in INVOKES
        if kept is None:
            # Sent again: it is being worked on, or was answered.
            again = invokes.again(incoming, self._hall.words)
            return JSONResponse(dict(again)) if waits else Response(status_code=200)
        if incoming.kind is TeamsKind.MESSAGE:
            self._show_typing(incoming)
        if waits:
            self._work.came[kept.owner] = came_at
        working = self._hall.take_up(self, kept)
        return await self._shown(incoming, working, came_at) if waits else Response(status_code=200)

    def _of_no_kind(self, incoming: TeamsIncoming) -> Response:
        """Nothing that is kept; a client that waits is told what to do instead."""
        if incoming.kind is TeamsKind.NOTHING or not incoming.invoke:
            return Response(status_code=200)
        return JSONResponse(dict(invokes.stray(incoming, self._hall.words)))

    async def _shown(
        self, incoming: TeamsIncoming, working: "asyncio.Future[object]", came_at: float
    ) -> Response:
        left = came_at + PATIENCE - monotonic()
        try:
            found = await asyncio.wait_for(asyncio.shield(working), max(left, 0))
        except TimeoutError:
            found = None
        later = invokes.meanwhile(incoming, self._hall.words)
        return JSONResponse(dict(found if isinstance(found, Mapping) else later))

    def _show_typing(self, incoming: TeamsIncoming) -> None:
        if self._way.pace.is_quiet:
            return
        showing = asyncio.create_task(self._api.typing(TeamsPlace(incoming.service, incoming.conversation)))
        self._typing.add(showing)
        showing.add_done_callback(self._typing.discard)


def _read(body: bytes) -> Mapping[str, Any] | None:
    """The activity; None for anything that is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _mount(web: FastAPI, hall: Hall) -> None:
    @web.post(MESSAGES)
    async def messages(request: Request) -> Response:
        staff = hall.staff_of(CHANNEL)
        assert isinstance(staff, TeamsStaff)  # noqa: S101  the door's own
        return await staff.receive(request.headers.get("authorization", ""), await request.body())


def _is_on(settings: Settings) -> bool:
    return settings.teams.is_on


DOOR = Door(CHANNEL, _is_on, _mount, body_limits={MESSAGES: BODY_ROOM}, staff=TeamsStaff)
