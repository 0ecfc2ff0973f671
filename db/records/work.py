"""Work state as queries hand it back: kept standings, open conversations, and the context of one message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.records.facts import AgencyId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStanding:
    """A person's standing as last evaluated; ``body`` is the evaluator's own JSON, None until the first
    evaluation."""

    person_id: int
    as_of: date | None
    word: str | None
    next_change_on: date | None
    pack_hash: str | None
    engine: str | None
    dirty: bool
    body: str | None
    intact: bool  # what lies there is what was judged


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStanding:
    """An evaluation to keep. ``fact_seq`` is the head read in the same snapshot as the facts, so that a write
    in between leaves the person dirty."""

    person_id: int
    as_of: date
    word: str
    next_change_on: date | None
    fact_seq: int
    pack_hash: str
    engine: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The one thing that is open between a person and Rollcall on a channel."""

    topic: str
    payload: Mapping[str, Any]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A grant of a role as it stands, past and to come; no end means until further notice."""

    role: Role
    valid_from: datetime
    valid_to: datetime | None = None

    def runs(self, at: datetime) -> bool:
        """Whether the grant gives the role at this instant; at its end it already gives nothing."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything about the sender that answering one message needs, read in one statement."""

    agency_id: AgencyId
    agency_name: str
    time_zone: str  # the person's own where the roster gives one, else the agency's
    person_id: int
    given: str
    family: str
    badge_number: str
    kind: str
    position: str
    rank: str | None
    status: str
    appointed_on: date | None
    ended_on: date | None
    coordinator: str  # initial and surname of whoever else answers for the record; empty while nobody does
    grants: tuple[HeldRole, ...]
    conversation: Conversation | None  # None when nothing is open or it has expired
    now: datetime  # business time: the instant given, moved by the clock offset
    head_seq: int
    answers_waiting: bool = False  # somebody answered, and no channel could carry it
    outside_pilot: bool = False  # somebody is of the agency's pilot, and this person is not
    reminded: bool = False  # something was said to them to which whatever they say is an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """A page of somebody's own that stands open on a channel; ``shown`` names the standing that it shows."""

    person_id: int
    channel: str
    address: str
    account: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReference:
    """A conversation of a chat tool: ``account`` whose own it is, empty where several read; ``user`` is what the tool
    calls the same person. ``lost`` says why nothing is taken there any more; empty while it is.
    """

    channel: str
    address: str
    conversation: str
    service_url: str
    account: str = ""
    user: str = ""
    lost: str = ""
