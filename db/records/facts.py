"""What may be kept about agencies and their people: one frozen class for each kind of fact, the same going in
and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, NewType, TypeVar

# A wall is worth a type: a person's id can never be passed where the agency's scope belongs.
AgencyId = NewType("AgencyId", int)


class ContactKind(StrEnum):
    """Ways a person is matched and reached."""

    EMAIL = "email"
    MOBILE = "mobile"


class MatchedBy(StrEnum):
    """What made an account of a chat tool a person's own."""

    EMAIL = "email"  # the account's verified address is one person's on the roster
    COORDINATOR = "coordinator"  # somebody who keeps the roster said so
    CODE = "code"  # a code that travelled by another door


class NameKind(StrEnum):
    """What a name is used for."""

    LEGAL = "legal"  # printed on certificates and sent to the board
    ALIAS = "alias"  # a former or familiar name that certificates may still carry


class Role(StrEnum):
    """What a person may be at an agency."""

    OFFICER = "officer"
    CIVILIAN = "civilian"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    COMMAND = "command"
    RECORDS = "records"
    LEGAL = "legal"
    AUDITOR = "auditor"
    UNION_OBSERVER = "union_observer"
    ADMINISTRATOR = "administrator"


class ExemptionKind(StrEnum):
    """Why a requirement asks less, or later, of one person."""

    EXEMPTION = "exemption"  # by rule
    WAIVER = "waiver"  # by decision
    EXTENSION = "extension"  # by more time


class Credit(StrEnum):
    """Whether a completion counts at all."""

    YES = "yes"
    NO = "no"
    DOUBTFUL = "doubtful"  # taken both ways: the verdict is unknown only where the two differ


class ContentKind(StrEnum):
    """What a content item is."""

    MESSAGE = "message"  # what a person wrote or pressed
    ANSWER = "answer"  # what Rollcall said to it
    FILE = "file"
    FREE_TEXT = "free-text"  # the reason for a decision, in somebody's own words


class Retention(StrEnum):
    """Which line of the agency's schedule a content item falls under."""

    CONVERSATION = "conversation"
    SENT_FILE = "sent-file"
    DECISION = "decision"


class SetAside(StrEnum):
    """Why a content item is not shown."""

    BY_HAND = "by-hand"
    SOCIAL_SECURITY = "social-security"
    PAYMENT_CARD = "payment-card"
    CRIMINAL_JUSTICE = "criminal-justice"
    HEALTH = "health"


class DisposalCode(StrEnum):
    """What allows a content item to go; there is no other reason."""

    RETENTION_SCHEDULE = "retention-schedule"
    SPILL = "spill"


class LikenessOf(StrEnum):
    """What may be the same, or may be wrong."""

    PEOPLE = "people"
    COMPLETIONS = "completions"
    DATE = "date"  # of one completion
    EARLY = "early"  # the records of one person from before the appointment


class LikenessVerdict(StrEnum):
    """What somebody decided about a proposal."""

    SAME = "same"
    DIFFERENT = "different"  # of a date: it is right as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Anything that is said once and never changed: a correction is another fact that names the one it
    replaces."""


FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Fact):
    """An employer. Its number is the scope of every question asked inside its walls."""

    name: str
    short_name: str
    state: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPack(Fact):
    """A pack, with its release, that an agency is judged by in a span of days."""

    pack: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Fact):
    """Where messages come in: a Slack workspace, a Teams tenant, a telephone number, or this terminal."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    """Somebody with a training record. Everything that can change about a person is a fact of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Fact):
    """A name and since when it is used; None means as far back as we know."""

    person_id: int
    kind: NameKind = NameKind.LEGAL
    given: str
    family: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint(Fact):
    """An address as the matching compares it: an e-mail in lower case, a number with its country."""

    person_id: int
    kind: ContactKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAccount(Fact):
    """An account of a chat tool that is this person's; ``address`` is the workspace or tenant that gave it its id."""

    person_id: int
    channel: str
    address: str
    account: str
    matched_by: MatchedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryEntry(Fact):
    """The entry of the agency's Microsoft directory that is this person's, by the id that never changes."""

    person_id: int
    object_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment(Fact):
    """One person at one agency. ``kind`` is officer or civilian; ``status`` and ``facts`` use the evaluator's
    names."""

    person_id: int
    badge_number: str
    kind: str
    position: str
    rank: str | None = None
    status: str
    appointed_on: date | None = None
    ended_on: date | None = None
    licensed_on: date | None = None
    history_complete_from: date | None = None
    time_zone: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Fact):
    """A squad, shift or division. ``unit_id`` stays when the unit is renamed; None asks for a new one."""

    unit_id: int | None = None
    parent_unit_id: int | None = None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine(Fact):
    """Who a person reports to and in which unit, between two instants; no end means until further notice."""

    person_id: int
    supervisor_id: int | None = None
    unit_id: int | None = None
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant(Fact):
    """A role somebody holds between two instants."""

    person_id: int
    role: Role
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Fact):
    """A license or certification of a board, with the licensing cycle it is in."""

    person_id: int
    kind: str
    discipline: str | None = None
    level: str | None = None
    state: str | None = None
    number: str | None = None
    status: str | None = None
    status_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    cycle_start: date | None = None
    cycle_end: date | None = None
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Fact):
    """A card that runs out, such as first aid or CPR; ``covers`` names what it proves."""

    person_id: int
    covers: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    provider: str | None = None
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Fact):
    """Special duty that brings requirements of its own; ``ends_on`` is its last day."""

    person_id: int
    kind: str
    starts_on: date | None = None
    ends_on: date | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Fact):
    """Time away. ``ends_on`` is the last day of leave, ``returned_on`` the first day of duty after it."""

    person_id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    returned_on: date | None = None
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Fact):
    """Less, or later, for one person under one requirement; ``window`` as the evaluator prints it.

    ``reason_item_id`` is the content item with the reason in somebody's own words; earlier rows have it in ``reason``.
    """

    person_id: int
    requirement: str
    kind: ExemptionKind
    window: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    new_due: date | None = None
    reason: str = ""
    approved_by: int | None = None
    reason_item_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion(Fact):
    """A person finished a course on a day. Topics keep the words they came in; ``board_approved`` None is
    unknown."""

    person_id: int
    completed_on: date
    hours: Decimal | None = None  # None: the record does not say, and nobody invents them
    topics: tuple[str, ...] = ()
    topic_hours: Mapping[str, Decimal] = field(default_factory=dict)
    title: str
    course_number: str | None = None
    provider: str | None = None
    delivery: str | None = None
    board_approved: bool | None = None
    credit: Credit = Credit.YES
    credit_reason: str | None = None
    score: Decimal | None = None
    passed: bool | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    topic_reasons: Mapping[str, Any] = field(default_factory=dict)
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessDecision(Fact):
    """Somebody looked at what may be the same or wrong and decided. A completion is named by its first wording."""

    subject: LikenessOf
    one_id: int
    other_id: int  # equal to ``one_id`` where only one thing is meant
    verdict: LikenessVerdict
    withdrawn_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch(Fact):
    """One file that was imported: what it was and what became of its rows."""

    kind: str
    file_name: str
    file_hash: str
    accepted: int
    corrected: int
    rejected: int
    report: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentItem(Fact):
    """Words or a file, closed under a key of their own that is kept elsewhere.

    ``person_id`` wrote or received it, ``about`` are others whose record it shows; ``ref`` names its key. Words are
    here as ``ciphertext``; a file is an object in the file store, named by the SHA-256 of its sealed bytes.
    """

    person_id: int
    about: Sequence[int] = ()
    kind: ContentKind
    retention: Retention
    media_type: str
    size: int
    keyed_hash: str
    ref: str
    ciphertext: bytes | None = None
    sealed_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentQuarantine(Fact):
    """A content item is not shown until this is withdrawn."""

    item_id: int
    reason: SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentHold(Fact):
    """Nothing of this may be disposed of until this is withdrawn: one item, or a person's, or days of one or all."""

    item_id: int | None = None
    person_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentHoldLift(Fact):
    """Somebody asks for a hold to be lifted; a second person does it."""

    hold_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDisposal(Fact):
    """Somebody asks for a content item to be disposed of; a second person does it."""

    item_id: int
    code: DisposalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentTombstone(Fact):
    """A content item is gone for good: who asked, who did it, under which code, and what stands in its place."""

    item_id: int
    disposal_id: int
    proposed_by: int
    confirmed_by: int
    code: DisposalCode
    keyed_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpening(Fact):
    """One record opened to one viewer who may not see it otherwise, for the stated reason and for so long."""

    person_id: int
    viewer_id: int
    reason_item_id: int
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningSeen(Fact):
    """A custodian signed that they know of an opening."""

    opening_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Fact):
    """Somebody decided by name that one viewer may see one person in a protected assignment."""

    person_id: int
    viewer_id: int
    reason_item_id: int
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[FactT]):
    """A fact as it is kept: what it says, and how we came to know it."""

    id: int
    agency_id: AgencyId
    seq: int  # place in the agency's one sequence; "as known at" is a comparison with it
    recorded_at: datetime
    recorded_by: int | None  # None: Rollcall itself, not a person
    source: str
    replaces_id: int | None
    fact: FactT


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Everything but completions that judging one person at one agency needs."""

    person_id: int
    employment: Kept[Employment]  # the present one, or else the last
    employments: tuple[Kept[Employment], ...]  # earlier ones too: appointments can decide what is owed
    credentials: tuple[Kept[Credential], ...]
    cards: tuple[Kept[Card], ...]
    assignments: tuple[Kept[Assignment], ...]
    leaves: tuple[Kept[Leave], ...]
    exemptions: tuple[Kept[Exemption], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAtAgency:
    """Who a badge, an address or a surname points at: the current name and employment."""

    person_id: int
    given: str
    family: str
    employment: Kept[Employment]
