"""Who and what is at Twilio: the account, its numbers and services, phones out there, messages and media."""

import itertools
import re
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from tests.fakes.slack.clock import Clock

Json = dict[str, Any]
NumberKind = Literal["long_code", "toll_free", "short_code"]

PUBLIC = "https://rollcall.lakemont.example"
"""Where the app is for the world; a proxy in front of it carries everything to where it really listens."""


class Fate(StrEnum):
    """What becomes of a message to a phone, once it left."""

    DELIVERED = "delivered"
    SILENT = "silent"
    """It arrives, and the carrier never says so: `sent` stays the last word."""
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    LANDLINE = "landline"
    FILTERED = "filtered"
    UNEXPLAINED = "unexplained"


CODE_OF = {
    Fate.UNREACHABLE: 30003,
    Fate.BLOCKED: 30004,
    Fate.UNKNOWN: 30005,
    Fate.LANDLINE: 30006,
    Fate.FILTERED: 30007,
    Fate.UNEXPLAINED: 30008,
}


@dataclass(slots=True)
class Account:
    """The account, its secrets and its state."""

    sid: str = f"AC{'0' * 31}1"
    auth_token: str = "b2a6f0c1d4e84f7f9a3c5d7e9f1a3b5c"  # noqa: S105  made up
    api_keys: dict[str, str] = field(default_factory=lambda: {f"SK{'0' * 31}1": "made-up-api-key-secret"})
    status: Literal["active", "suspended", "closed"] = "active"
    regions: frozenset[str] = frozenset({"1"})
    """Country codes that messages may go to."""


@dataclass(slots=True)
class Number:
    """A number of the account."""

    number: str
    sid: str
    kind: NumberKind = "long_code"
    sms: bool = True
    mms: bool = True
    registered: bool = True
    """Part of an approved campaign, or verified, as its kind demands."""
    ours: bool = True
    """False for a number of another account."""
    sms_url: str = f"{PUBLIC}/sms/messages"
    sms_method: str = "POST"
    waits: int = 0
    """Segments in its queue that were not written by the test's messages."""


@dataclass(slots=True)
class Service:
    """A Messaging Service: a pool of numbers under one name."""

    sid: str
    senders: list[str] = field(default_factory=list)
    sms_url: str = ""
    """Instead of that of the number, when there is one."""
    status_callback: str = ""
    campaign: Literal["", "PENDING", "IN_PROGRESS", "VERIFIED", "FAILED"] = "VERIFIED"
    """How the registration of its long codes stands; nothing when there is none."""
    advanced_opt_out: bool = False
    stop_text: str = "Lakemont PD: You are unsubscribed and get no more texts. Reply START to come back."
    start_text: str = "Lakemont PD: You are subscribed again. Reply STOP to end."
    help_text: str = "Lakemont PD training desk. Reply STOP to end."


@dataclass(frozen=True, slots=True)
class Text:
    """What a person sees on a phone. ``automatic`` is Twilio's own answer to a keyword, or a carrier's."""

    sender: str
    body: str
    media: int = 0
    automatic: bool = False


@dataclass(slots=True)
class Phone:
    """A phone out there. ``refusal`` is the code with which Twilio refuses at once, such as 21614 or 21612."""

    number: str
    fate: Fate = Fate.DELIVERED
    refusal: int = 0
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    texts: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class Media:
    """One file of a message."""

    sid: str
    message: str
    content: bytes
    content_type: str
    created: datetime
    deleted: bool = False


@dataclass(slots=True)
class Message:
    """One message, inbound or outbound. ``deleted`` keeps it for asserts although nobody can fetch it."""

    sid: str
    direction: str
    to: str
    sender: str | None
    body: str
    status: str
    created: datetime
    updated: datetime
    service: str | None = None
    sent: datetime | None = None
    segments: int = 0
    error_code: int | None = None
    media: list[str] = field(default_factory=list)
    media_urls: list[str] = field(default_factory=list)
    status_callback: str = ""
    validity: int = 36_000
    arrived: bool = False
    """The person has it, whether or not anybody was told."""
    deleted: bool = False
    history: list[str] = field(default_factory=list)
    """Every status it ever had, in order."""

    @property
    def is_outbound(self) -> bool:
        """Written by the app, through the interface or as an answer."""
        return self.direction != "inbound"


@dataclass(frozen=True, slots=True)
class Alert:
    """What Twilio's debugger would show."""

    code: int
    text: str
    sid: str = ""


class World:
    """Everything there is. The server's thread and the test's both use it, under one lock."""

    def __init__(self, clock: Clock, account: Account | None = None, public: str = PUBLIC) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.account = account or Account()
        self.public = public.rstrip("/")
        self.numbers: dict[str, Number] = {}
        self.services: dict[str, Service] = {}
        self.phones: dict[str, Phone] = {}
        self.messages: dict[str, Message] = {}
        self.media: dict[str, Media] = {}
        self.opted_out: set[tuple[str, str]] = set()
        """Sender (a number, or a service for all its numbers) and phone."""
        self.alerts: list[Alert] = []
        self.remarks: list[str] = []
        """What the service let pass although it should not be sent so."""
        self.unannounced: dict[str, str] = {"ChannelMetadata": '{"type":"sms"}', "Unannounced": ""}
        """Fields that Twilio adds to every request without notice."""
        # An app that outlives the stand-in must not take the next one's messages for repetitions.
        self._numbers = itertools.count(secrets.randbits(64) << 32)
        self.number = self.add_number("+16125550100")

    # -- who is there

    def now(self) -> datetime:
        """The instant."""
        return self.clock.now()

    def new_sid(self, prefix: str) -> str:
        """An id of a kind that was never given before."""
        with self.lock:
            return f"{prefix}{next(self._numbers):032x}"

    def add_number(self, number: str, kind: NumberKind = "long_code", **given: Any) -> Number:
        """One more number of the account; ``given`` are fields of a number."""
        given.setdefault("sms_url", f"{self.public}/sms/messages")
        made = Number(number, self.new_sid("PN"), kind, **given)
        self.numbers[number] = made
        return made

    def add_service(self, *senders: str, **given: Any) -> Service:
        """A Messaging Service with these numbers, or the account's first one."""
        made = Service(self.new_sid("MG"), list(senders) or [self.number.number], **given)
        self.services[made.sid] = made
        return made

    def add_phone(self, number: str, fate: Fate = Fate.DELIVERED, **given: Any) -> Phone:
        """A phone out there; one that was never added is an unknown handset."""
        made = Phone(number, fate, **given)
        self.phones[number] = made
        return made

    def phone(self, number: str) -> Phone:
        """A phone, known or not."""
        return self.phones.get(number) or Phone(number, Fate.UNKNOWN)

    def service_of(self, number: str) -> Service | None:
        """The service that a number belongs to."""
        return next((each for each in self.services.values() if number in each.senders), None)

    def add_media(self, message: str, content: bytes, content_type: str) -> Media:
        """A file of a message."""
        made = Media(self.new_sid("ME"), message, content, content_type, self.now())
        self.media[made.sid] = made
        return made

    # -- consent

    def is_opted_out(self, sender: str, phone: str) -> bool:
        """This phone said STOP to this number or service."""
        return (self.list_of(sender), phone) in self.opted_out

    def list_of(self, sender: str) -> str:
        """Whose list holds for a sender: that of its service, or its own."""
        service = self.service_of(sender)
        return service.sid if service else sender

    # -- what was said

    def message(self, sid: str) -> Message | None:
        """A message that can still be fetched."""
        found = self.messages.get(sid)
        return found if found is not None and not found.deleted else None

    def sent_to(self, phone: str) -> list[Message]:
        """What the app asked to send to a phone, in order, whatever became of it."""
        with self.lock:
            return [each for each in self.messages.values() if each.is_outbound and each.to == phone]

    def seen_by(self, phone: str) -> list[Text]:
        """What arrived on a phone, in order."""
        return list(self.phones[phone].texts) if phone in self.phones else []

    def alert(self, code: int, text: str, sid: str = "") -> Alert:
        """Write something into the debugger."""
        made = Alert(code, text, sid)
        self.alerts.append(made)
        return made


E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", re.ASCII)
SHORT_CODE = re.compile(r"[0-9]{5,6}", re.ASCII)
ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 _&+-]{1,11}", re.ASCII)


def is_phone(number: str) -> bool:
    """Written as E.164, and possible in North America where it is there."""
    if not E164.fullmatch(number):
        return False
    return not number.startswith("+1") or NORTH_AMERICAN.fullmatch(number) is not None


def is_sender(number: str) -> bool:
    """What may stand in From."""
    return any((is_phone(number), SHORT_CODE.fullmatch(number), ALPHANUMERIC.fullmatch(number)))
