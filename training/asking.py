"""How one question is answered: who asks, at which moment, and what is written down when the answer is given.

Two reads (the asker's context, then what the answer needs) and one write for everything that follows from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import conversations, standings
from db.queries.context import Sender, context
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Role
from db.records.work import Context, Conversation, NewStanding
from db.unit_of_work import Writer, reading, writing
from training.audit import AuditTag
from training.office import Office, local_day
from training.packs import PackShelf

# The employment status of somebody who has left.
SEPARATED = "separated"
# How long "and taser?" or LIST still means what was just talked about.
REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Question:
    """A known person asking on a channel. ``conn`` reads the one snapshot that the whole answer is made from."""

    conn: Connection
    shelf: PackShelf
    asker: Context
    channel: str

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
        return self.serves and not self.asker.roles.isdisjoint(roles)

    def remembered(self) -> Mapping[str, Any]:
        """What this conversation was last about; empty when nothing is or it was too long ago."""
        return self.asker.conversation.payload if self.asker.conversation else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is written when an answer is given.

    ``looked_at`` names people whose records the answer showed; ``keep`` are standings that had to be judged for it;
    ``remember`` replaces what the conversation is about, None leaves it as it was.
    """

    kind: str
    tag: AuditTag = AuditTag.QUESTION_ANSWERED
    looked_at: tuple[int, ...] = ()
    purpose: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    keep: tuple[NewStanding, ...] = ()
    remember: Mapping[str, Any] | None = None
    # What the answer does to the record, in the transaction of its entries; it gives the entries that say so.
    does: Callable[[Writer], Iterable[AuditDraft]] | None = None


@contextmanager
def asking(office: Office, agency_id: AgencyId, sender: Sender, channel: str) -> Iterator[Question | None]:
    """A question inside the agency's walls; None when the sender is nobody there."""
    now = office.asked_at or office.clock.now()
    fixed = office.fixed or office.asked_at is not None
    with reading(office.engine) as conn:
        asker = context(conn, agency_id, sender, channel, now, fixed=fixed)
        yield None if asker is None else Question(conn, office.shelf, asker, channel)


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
        entries += [
            AuditDraft(
                tag=AuditTag.RECORD_VIEWED, subject_id=person_id, reason=outcome.purpose or None, data=data
            )
            for person_id in outcome.looked_at
            if person_id != asker.person_id
        ]
        writer.audit(*entries)
        # A question about another day changes nothing.
        if outcome.does is not None and not supposed:
            writer.audit(*outcome.does(writer))
        # What would be true on another day is nobody's present standing.
        if outcome.keep and not supposed:
            standings.keep(writer.conn, asker.agency_id, outcome.keep)
        if outcome.remember is not None:
            conversations.keep(
                writer.conn,
                asker.agency_id,
                asker.person_id,
                question.channel,
                Conversation(topic=outcome.kind, payload=outcome.remember, expires_at=asker.now + REMEMBERED),
                at=asker.now,
            )
