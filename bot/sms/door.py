"""The door for text messages: what Twilio hands over is checked, kept, acknowledged with nothing, and then worked on.

An answer goes out by itself, so that what was kept is never said twice by a repeated request.
"""

import json
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException, Request
from starlette.responses import Response
from twilio.twiml.messaging_response import MessagingResponse

from bot.service.doors import Door
from bot.service.hall import Hall
from bot.serving import is_loopback
from bot.sms.api import TwilioApi
from bot.sms.carrier import SmsCarrier
from bot.sms.events import CHANNEL, REF, TextKind, read, read_status, sender_of
from bot.sms.signatures import Signatures, form_of, is_json
from bot.sms.work import SmsWork
from config.settings import Settings
from db.records.inbox import InWork
from scheduler.jobs import Work
from training import inbox
from training.inbox import Came
from training.ledger.parcels import Carrier
from training.phones.shared_phones import end_what_is_over

log = logging.getLogger(__name__)

NAME = "twilio"
INBOUND, STATUS = "/sms/inbound", "/sms/status"
FORBIDDEN, NO_CONTENT = 403, 204
EMPTY = str(MessagingResponse())
XML = "text/xml"


class SmsStaff:
    """Everybody who works behind this door, in one process."""

    name = CHANNEL

    def __init__(self, hall: Hall) -> None:
        settings = hall.settings.twilio
        self._hall = hall
        self._api = TwilioApi(settings)
        callback = _callback(hall.settings.public_url)
        self.carrier: Carrier = SmsCarrier(
            self._api, hall.words, hall.office, callback, settings.monthly_segments
        )
        self._sender = settings.messaging_service_sid or settings.from_number or ""
        self._work = SmsWork(hall.office, hall.words, hall.front_desk, self._api, self.carrier, self._sender)
        self._is_open = False

    async def open(self, *, listening: bool) -> None:  # noqa: ARG002  nothing is listened to but the routes
        """Make ready."""
        await self._api.open()

    async def close(self) -> None:
        """Nothing comes in any more."""
        await self._api.close()

    def work(self, work: InWork) -> None:
        """Do what something that came in asks for."""
        self._work.work(work)

    def give_up(self, work: InWork, error: Exception) -> None:
        """It failed for good."""
        self._work.tell_given_up(work, error)

    def follow(self, work: Work) -> int:
        """Whoever had a shared phone long enough is logged out; and whose our number is has to be known before anybody
        asks for a code."""
        if not self._is_open:
            self._is_open = self._work.open_door()
        return end_what_is_over(work.office)

    async def receive(self, fields: Mapping[str, str]) -> None:
        """Keep a text, and have it worked on."""
        incoming = read(fields, self._sender)
        if incoming.kind is TextKind.NOTHING:
            log.warning("text-left-alone", extra={"channel": CHANNEL})
            return
        await self._keep(incoming.event, incoming.address, incoming.number, incoming.kind, fields)

    async def receive_status(self, fields: Mapping[str, str], attempt: str) -> None:
        """Keep what became of a text."""
        status = read_status(fields, attempt)
        if status.sid:
            address = sender_of(fields, self._sender)
            known = {**fields, REF: attempt}
            await self._keep(status.event, address, status.sid, TextKind.RECEIPT, known)

    async def _keep(
        self, event: str, address: str, place: str, kind: TextKind, fields: Mapping[str, str]
    ) -> None:
        came = Came(
            channel=CHANNEL,
            event=event,
            address=address,
            place=place,
            kind=kind.value,
            body=json.dumps(dict(fields)).encode(),
        )
        kept = await self._hall.keep(lambda: inbox.keep(self._hall.office, came))
        if kept is not None:
            self._hall.take_up(self, kept)


def _callback(public_url: str) -> str:
    """Where Twilio calls back; nowhere while nobody outside knows this machine, for it would refuse every text."""
    host = urlsplit(public_url).hostname or ""
    return f"{public_url.rstrip('/')}{STATUS}" if "." in host and not is_loopback(host) else ""


def _mount(web: FastAPI, hall: Hall) -> None:
    signatures = Signatures(hall.settings.twilio, hall.settings.public_url)

    async def signed(request: Request) -> Mapping[str, str]:
        """What came, once it is sure that Twilio sent it. Refused before anything is asked of the record."""
        body = await request.body()
        if not signatures.are_on(request, body):
            log.warning("unsigned", extra={"channel": CHANNEL})
            raise HTTPException(FORBIDDEN)
        if not is_json(request):
            return form_of(body)
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            said = None
        return {name: str(value) for name, value in said.items()} if isinstance(said, dict) else {}

    def staff() -> SmsStaff:
        found = hall.staff_of(NAME)
        assert isinstance(found, SmsStaff)  # noqa: S101  the door's own
        return found

    @web.post(INBOUND)
    async def inbound(request: Request) -> Response:
        await staff().receive(await signed(request))
        return Response(EMPTY, media_type=XML)

    @web.post(STATUS)
    async def status(request: Request) -> Response:
        fields = await signed(request)
        await staff().receive_status(fields, request.query_params.get(REF, ""))
        return Response(status_code=NO_CONTENT)


def _is_on(settings: Settings) -> bool:
    return settings.twilio.is_on


DOOR = Door(NAME, _is_on, _mount, staff=SmsStaff)
