"""How one question is answered: who asks, at which moment, and what is written down when the answer is given.

Two reads (the asker's context, then what the answer needs) and one write for everything that follows from it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import conversations, standings
from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import Sender, context
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Fact, Kept, RecordOpening, Role
from db.records.work import Context, Conversation, NewStanding
from db.unit_of_work import reading, writing
from training.audit import AuditTag
from training.office import Office, local_day
from training.packs import PackShelf
from training.walls import Walls

# The employment status of somebody who has left.
SEPARATED = "separated"
# How long "and taser?" or LIST still means what was just talked about.
REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True)
class Question:
    """A known person asking on a channel. ``conn`` reads the one snapshot that the whole answer is made from.

    ``purpose``: the matter that was stated with the question, empty when none was. ``through``: people whom only an
    opened record lets the asker see, with the id of the opening, as far as the answer has come.
    """

    conn: Connection
    shelf: PackShelf
    asker: Context
    channel: str
    walls: Walls = field(default_factory=Walls)
    purpose: str = ""
    through: dict[int, int] = field(default_factory=dict)

    @property
    def agency_id(self) -> AgencyId:
        return self.asker.agency_id

    @property
    def at(self) -> datetime:
        """The moment of the question where the asker is."""
        return self.asker.now.astimezone(ZoneInfo(self.asker.time_zone))

    @property
    def today(self) -> date:
        return local_day(self.asker.now, self.asker.time_zone)

    @property
    def name(self) -> str:
        return self.asker.family

    @property
    def serves(self) -> bool:
        """Whether the asker is with the agency today; whoever has left answers for nobody any more."""
        ended_on = self.asker.ended_on
        return (ended_on is None or self.today <= ended_on) and (
            self.asker.status != SEPARATED or ended_on is not None
        )

    def has(self, *roles: Role) -> bool:
        """Whether the asker serves and holds any of these roles at this moment."""
        return self.serves and not self.roles.isdisjoint(roles)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The asker's roles at this moment."""
        return self.walls.roles(self.asker)

    @cached_property
    def below(self) -> frozenset[int]:
        """Everybody below the asker in the line as of now."""
        return self.walls.people_below(self.conn, self.asker)

    @cached_property
    def protected(self) -> frozenset[int]:
        """Everybody in a protected assignment today; asked once however many people an answer is about."""
        return self.walls.protected(self.conn, self.agency_id, self.today)

    @cached_property
    def disclosed(self) -> frozenset[int]:
        """Protected people whom a decision shows to the asker."""
        return self.walls.disclosed(self.conn, self.asker)

    @cached_property
    def openings(self) -> tuple[Kept[RecordOpening], ...]:
        """Records that stand open to the asker at this moment."""
        return self.walls.openings(self.conn, self.asker)

    def purpose_for(self, person_id: int) -> str:
        """What a look at this person is for: as stated now, or with the question that this one follows."""
        if self.purpose:
            return self.purpose
        stated = self.remembered().get("purpose")
        return stated if isinstance(stated, str) and self.remembered().get("about") == person_id else ""

    def stating(self, purpose: str) -> "Question":
        """The same question for a stated matter."""
        return replace(self, purpose=purpose)

    def remembered(self) -> Mapping[str, Any]:
        """What this conversation was last about; empty when nothing is or it was too long ago."""
        return self.asker.conversation.payload if self.asker.conversation else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is written when an answer is given.

    ``looked_at`` names people whose records the answer showed; ``keep`` are standings that had to be judged for it;
    ``facts`` are kept and ``entries`` logged with it; ``remember`` replaces what the conversation is about, None leaves
    it as it was.
    """

    kind: str
    tag: AuditTag = AuditTag.QUESTION_ANSWERED
    looked_at: tuple[int, ...] = ()
    purpose: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    keep: tuple[NewStanding, ...] = ()
    facts: tuple[Fact, ...] = ()
    entries: tuple[AuditDraft, ...] = ()
    remember: Mapping[str, Any] | None = None


@contextmanager
def asking(office: Office, agency_id: AgencyId, sender: Sender, channel: str) -> Iterator[Question | None]:
    """A question inside the agency's walls; None when the sender is nobody there."""
    now = office.asked_at or office.clock.now()
    fixed = office.fixed or office.asked_at is not None
    with reading(office.engine) as conn:
        asker = context(conn, agency_id, sender, channel, now, fixed=fixed)
        yield None if asker is None else Question(conn, office.shelf, asker, channel, office.walls)


def settle(office: Office, question: Question, outcome: Outcome) -> None:
    """Write the exchange, every look at somebody's record, and what the conversation is now about, together."""
    asker = question.asker
    supposed = office.asked_at is not None
    at = office.clock.now() if supposed else asker.now
    with writing(
        office.engine, asker.agency_id, at=at, actor_id=asker.person_id, channel=question.channel
    ) as writer:
        data = {"kind": outcome.kind, **outcome.data}
        entries = [AuditDraft(tag=outcome.tag, subject_id=asker.person_id, data=data)]
        entries += _looks(question, outcome, data)
        writer.audit(*entries, *outcome.entries)
        writer.record(*outcome.facts)
        # What would be true on another day is nobody's present standing.
        if outcome.keep and not supposed:
            standings.keep(writer.conn, asker.agency_id, outcome.keep)
        remember = outcome.remember
        if remember is not None:
            about = remember.get("about")
            if isinstance(about, int) and (purpose := question.purpose_for(about)):
                remember = {**remember, "purpose": purpose}
            conversations.keep(
                writer.conn,
                asker.agency_id,
                asker.person_id,
                question.channel,
                Conversation(topic=outcome.kind, payload=remember, expires_at=asker.now + REMEMBERED),
                at=asker.now,
            )


def _looks(question: Question, outcome: Outcome, data: Mapping[str, Any]) -> Iterator[AuditDraft]:
    """One entry about one person; of a list one entry for all, which names them in its data."""
    others = sorted({each for each in outcome.looked_at if each != question.asker.person_id})
    if len(others) > 1:
        shown = {**data, PEOPLE_SHOWN: others}
        yield AuditDraft(tag=AuditTag.LIST_VIEWED, reason=question.purpose or None, data=shown)
        return
    for person_id in others:
        opening = question.through.get(person_id)
        yield AuditDraft(
            tag=AuditTag.RECORD_VIEWED,
            subject_id=person_id,
            reason=outcome.purpose or question.purpose_for(person_id) or _reason_of(question, opening),
            data=data if opening is None else {**data, "opening": opening},
        )


def _reason_of(question: Question, opening: int | None) -> str | None:
    """A look through an opened record is for the reason that it was opened for."""
    return (
        next((each.fact.reason for each in question.openings if each.id == opening), None)
        if opening
        else None
    )
