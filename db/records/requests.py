"""A request for training, every step of its way, who had it before their eyes, and who decides for whom meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.records.facts import Fact, Kept


class RequestAct(StrEnum):
    """What somebody did with a request; the catalogue holds ``request-act-<code>`` for each."""

    BEGUN = "begun"  # it has a number; something is still asked of whoever wants it
    FILLED = "filled"  # a value of it was said, before it was sent
    SUBMITTED = (
        "submitted"  # it goes its way from the first step, with these values; whatever was approved is void
    )
    APPROVED = "approved"  # one step of its way
    DENIED = "denied"
    ASKED = "asked"  # whoever decides wants to know something first
    ANSWERED = "answered"
    HANDED = "handed"  # whoever decides left the decision to somebody else
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"
    SEATED = "seated"  # it has one of our seats
    WAITING_FOR_SEAT = "waiting-for-seat"
    REGISTERED = "registered"  # whoever gives the class knows of it
    CLASS_CANCELLED = "class-cancelled"
    ATTENDED = "attended"
    PARTLY_ATTENDED = "partly-attended"
    NOT_ATTENDED = "not-attended"
    CERTIFICATE_LINKED = "certificate-linked"
    COSTS_ENTERED = "costs-entered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequest(Fact):
    """Somebody wants training. ``number`` is what people say, ``R-1042``; the rest says where answers go.

    ``person_id`` is whom it is for; whoever asked on their behalf is ``recorded_by``.
    """

    person_id: int
    number: int
    channel: str
    address: str = ""
    place: str = ""
    thread: str = ""
    account: str = ""
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStep(Fact):
    """One act. Its person is ``recorded_by``; ``item_id`` is the content item with that person's own words.

    What ``body`` says beside them:

    * ``begun``, ``filled``: ``values``; the words are the requester's reason.
    * ``submitted``: ``values``, ``way`` (the codes of its steps, in order), ``rules`` (their version), ``found``
      (what was shown to be checked). The words are the reason, where it was said anew.
    * ``approved``, ``denied``: ``step`` (its place in the way), ``for`` (in whose place), ``reverses`` (the id of the
      own decision that it undoes), ``confirmed`` and ``typed`` (values that were checked). A denial has words, its
      reason.
    * ``asked``, ``answered``: the words are the question and the answer. ``handed``: ``to``, a person.
    * ``appealed``: ``denial``, the id of the denial; the words say why.
    * ``seated``, ``waiting-for-seat``, ``class-cancelled``: ``offering``, its number; ``batch``, the id of the file
      that was imported, where the file did it and no person.
    * What follows an approval: ``alone`` where whoever it is for noted it, because nobody else of the agency could.
    * ``attended``, ``partly-attended``, ``not-attended``: ``hours`` where it was a part.
    * ``certificate-linked``: ``upload``, its number. ``costs-entered``: ``lines``, all that is known by then.
    """

    request_id: int
    position: int
    act: RequestAct
    body: Mapping[str, Any] = field(default_factory=dict)
    item_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLook(Fact):
    """Somebody had a version of a request before their eyes, whole; ``position`` is that of its submission."""

    request_id: int
    viewer_id: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRequest:
    """A request with every act on it, in order; the first is always that it was begun."""

    kept: Kept[TrainingRequest]
    steps: tuple[Kept[RequestStep], ...]

    @property
    def number(self) -> int:
        return self.kept.fact.number


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDelegation(Fact):
    """Between two instants ``to_id`` decides in the place of ``from_id``; no end means until it is ended."""

    from_id: int
    to_id: int
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingBudget(Fact):
    """What a unit, or the agency where ``unit_id`` is empty, may spend on training in a fiscal year, in dollars.

    ``fiscal_year`` is named after the calendar year in which it ends.
    """

    unit_id: int | None = None
    fiscal_year: int
    amount: Decimal


class RequestRulesWord(StrEnum):
    """What was said to proposed rules."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRules(Fact):
    """A proposed version of the rules by which requests find who decides; ``item_id`` holds the reason."""

    version: int
    rules: Mapping[str, Any]
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRulesDecision(Fact):
    """What a second person said to it, or its proposer who takes it back."""

    rules_id: int
    word: RequestRulesWord
    proposed_by: int
    decided_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCode:
    """A code that lets one person decide one step by text message, once. Only its hash is kept."""

    person_id: int
    request_id: int
    position: int
    code_hash: str
    expires_at: datetime
    tries: int
