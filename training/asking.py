"""How one question is answered: who asks, at which moment, and what is written down when the answer is given.

Two reads (the asker's context, then what the answer needs) and one write for everything that follows from it. The keys
of what was said are written before, in one write where keys are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import conversations, standings
from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import ByPerson, Sender, context
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    ContentItem,
    ContentKind,
    ContentQuarantine,
    Fact,
    Kept,
    RecordOpening,
    Role,
    SetAside,
)
from db.records.ledger import Destination
from db.records.work import Context, Conversation, NewStanding
from db.unit_of_work import Writer, reading, writing
from messages.kinds import MessageKind
from training.audit import AuditTag
from training.moments import NOW, Moment
from training.office import Office, business_now, local_day
from training.packs import PackShelf
from training.sealed.sealing import ToSeal, as_bytes, put_away, reference
from training.walls import Walls

# The employment status of somebody who has left.
SEPARATED = "separated"
# Under which name a conversation remembers what was asked last in it: the kept words of a question that only showed
# something.
ASKED = "asked"
# What was said in danger is asked again by nobody.
_NEVER_AGAIN = frozenset({MessageKind.EMERGENCY.value, MessageKind.SPILL.value})
# How long "and taser?" or LIST still means what was just talked about.
REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True)
class Question:
    """A known person asking on a channel. ``conn`` reads the one snapshot that the whole answer is made from.

    ``purpose``: the matter that was stated with the question, empty when none was. ``through``: people whom only an
    opened record lets the asker see, with that opening, as far as the answer has come.
    """

    conn: Connection
    shelf: PackShelf
    asker: Context
    channel: str
    office: Office
    # Where on the channel; each place has a conversation of its own.
    place: str = ""
    # Where an answer goes that comes later; None where the door carries nothing by itself.
    back: Destination | None = None
    moment: Moment = NOW
    walls: Walls = field(default_factory=Walls)
    purpose: str = ""
    through: dict[int, Kept[RecordOpening]] = field(default_factory=dict)

    @property
    def agency_id(self) -> AgencyId:
        return self.asker.agency_id

    @property
    def at(self) -> datetime:
        """The moment at which the file is read, where the asker is: that of the question unless another was named."""
        return self.moment.known or self.asker.now.astimezone(ZoneInfo(self.asker.time_zone))

    @property
    def today(self) -> date:
        return local_day(self.asker.now, self.asker.time_zone)

    @property
    def day(self) -> date:
        """The day that the answer is about; the same as ``today`` unless another was asked for."""
        return self.moment.as_of or self.today

    @property
    def known_at(self) -> int | None:
        """The place in the agency's sequence at which the file is read; None reads everything."""
        return self.moment.seq

    @property
    def name(self) -> str:
        return self.asker.family

    @property
    def serves(self) -> bool:
        """Whether the asker is with the agency today; whoever has left answers for nobody any more."""
        return serves_on(self.asker, self.today)

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


def serves_on(person: Context, day: date) -> bool:
    """Whether somebody is with the agency on a day; whoever has left is so no more from the day after."""
    ended_on = person.ended_on
    return (ended_on is None or day <= ended_on) and (person.status != SEPARATED or ended_on is not None)


def conversation_at(channel: str, place: str) -> str:
    """Under what a conversation is remembered: a channel, or one place on it."""
    return f"{channel} {place}" if place else channel


class OvertakenError(Exception):
    """Something that the answer rests on was done by somebody else meanwhile; nothing is written, ask again."""


class NothingOnFileError(LookupError):
    """Somebody whom the file knows now was not in it yet at the moment that was asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is written when an answer is given.

    ``looked_at`` names people whose records the answer showed; ``keep`` are standings that had to be judged for it;
    ``facts`` are kept and ``entries`` logged with it; ``remember`` replaces what the conversation is about, None leaves
    it as it was. ``spilled``: what was written or sent is set aside at once, for this reason.
    """

    tag: AuditTag = AuditTag.QUESTION_ANSWERED
    looked_at: tuple[int, ...] = ()
    purpose: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    keep: tuple[NewStanding, ...] = ()
    facts: tuple[Fact, ...] = ()
    entries: tuple[AuditDraft, ...] = ()
    remember: Mapping[str, Any] | None = None
    spilled: SetAside | None = None
    # What the answer does to the record, in the transaction of its entries; it gives the entries that say so.
    does: Callable[[Writer], Iterable[AuditDraft]] | None = None
    # The same for the files that came with the question, given as their content items in the order in which they came.
    takes: Callable[[Writer, Sequence[int]], Iterable[AuditDraft]] | None = None
    # Whether it settles the card whose button was pressed.
    decides: bool = True
    # The kept words that were asked first, where this answers them once more.
    stands_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file as it came, and what it is by its content."""

    content: bytes
    type: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was said on both sides, word by word; ``kind`` is the answer's. The log only refers to it."""

    kind: str
    asked: str
    answered: str
    files: tuple[GivenFile, ...] = ()


@contextmanager
def asking(
    office: Office,
    agency_id: AgencyId,
    sender: Sender,
    channel: str,
    place: str = "",
    back: Destination | None = None,
) -> Iterator[Question | None]:
    """A question inside the agency's walls; None when the sender is nobody there."""
    with reading(office.engine) as conn:
        yield asked_by(office, conn, agency_id, sender, channel, place, back)


def asked_by(
    office: Office,
    conn: Connection,
    agency_id: AgencyId,
    sender: Sender,
    channel: str,
    place: str = "",
    back: Destination | None = None,
) -> Question | None:
    """The same on a connection that is there already."""
    now = office.asked_at or office.clock.now()
    fixed = office.fixed or office.asked_at is not None
    asker = context(conn, agency_id, sender, conversation_at(channel, place), now, fixed=fixed)
    if asker is None:
        return None
    return Question(conn, office.shelf, asker, channel, office, place, back, walls=office.walls)


def at_the_writing(writer: Writer, question: Question) -> Question:
    """The same question in the transaction that acts on it, with who the asker is by then: a role may have ended while
    it waited. OvertakenError when they are nobody here any more."""
    asker = question.asker
    office = question.office
    now = context(
        writer.conn,
        asker.agency_id,
        ByPerson(asker.person_id),
        conversation_at(question.channel, question.place),
        office.asked_at or office.clock.now(),
        fixed=office.fixed or office.asked_at is not None,
    )
    if now is None:
        raise OvertakenError
    return replace(question, conn=writer.conn, asker=now)


def _only_as_answered(writer: Writer, question: Question) -> None:
    """OvertakenError when the asker is not any more what the answer took them for."""
    now = at_the_writing(writer, question)
    if (now.serves, now.roles) != (question.serves, question.roles):
        raise OvertakenError


def settle(
    office: Office,
    question: Question,
    outcome: Outcome,
    exchange: Exchange,
    then: Callable[[Writer], None] | None = None,
) -> None:
    """Write the exchange, every look at somebody's record, and what the conversation is now about, together.

    ``then`` adds what the door has to keep with it, in the same transaction.
    """
    asker = question.asker
    supposed = office.asked_at is not None
    items = put_away(office, asker.agency_id, _drafts(asker.person_id, outcome, exchange))
    with writing(
        office.engine,
        asker.agency_id,
        at=written_at(office, question),
        actor_id=asker.person_id,
        channel=question.channel,
    ) as writer:
        if (outcome.does is not None or outcome.facts or outcome.takes is not None) and not supposed:
            _only_as_answered(writer, question)
        data = {"kind": exchange.kind, **outcome.data}
        said, file_ids = _keep(writer, items, outcome, exchange)
        writer.record(*outcome.facts)
        entries = [AuditDraft(tag=outcome.tag, subject_id=asker.person_id, data=data | said)]
        entries += _looks(question, outcome, data)
        writer.audit(*entries, *outcome.entries)
        # A question about another day changes nothing.
        if outcome.does is not None and not supposed:
            writer.audit(*outcome.does(writer))
        if outcome.takes is not None and not supposed:
            writer.audit(*outcome.takes(writer, file_ids))
        # What would be true on another day is nobody's present standing.
        if outcome.keep and not supposed:
            standings.keep(writer.conn, asker.agency_id, outcome.keep)
        remember = outcome.remember
        if remember is not None:
            about = remember.get("about")
            if isinstance(about, int) and (purpose := question.purpose_for(about)):
                remember = {**remember, "purpose": purpose}
            remember = _with_question(remember, outcome, exchange.kind, said)
            conversations.keep(
                writer.conn,
                asker.agency_id,
                asker.person_id,
                conversation_at(question.channel, question.place),
                Conversation(topic=exchange.kind, payload=remember, expires_at=asker.now + REMEMBERED),
                at=asker.now,
            )
        if then is not None:
            then(writer)


def written_at(office: Office, question: Question) -> datetime:
    """The instant that is written down: business time, also while answers are given for another one."""
    return business_now(office) if office.asked_at is not None else question.asker.now


def _with_question(
    remember: Mapping[str, Any], outcome: Outcome, kind: str, said: Mapping[str, Any]
) -> dict[str, Any]:
    """What the conversation is about, with what was asked: by its item, so that the words can go."""
    bare = {name: value for name, value in remember.items() if name != ASKED}
    if outcome.stands_for is not None:
        return {**bare, ASKED: outcome.stands_for}
    acts = outcome.does is not None or outcome.facts or outcome.spilled is not None
    return bare if acts or kind in _NEVER_AGAIN else {**bare, ASKED: said["asked"]["item"]}


def _drafts(person_id: int, outcome: Outcome, exchange: Exchange) -> list[ToSeal]:
    others = tuple(each for each in outcome.looked_at if each != person_id)
    return [
        ToSeal(kind=ContentKind.MESSAGE, person_id=person_id, content=as_bytes(exchange.asked)),
        ToSeal(
            kind=ContentKind.ANSWER, person_id=person_id, content=as_bytes(exchange.answered), about=others
        ),
        *(
            ToSeal(
                kind=ContentKind.FILE, person_id=person_id, content=each.content, media_type=each.media_type
            )
            for each in exchange.files
        ),
    ]


def _keep(
    writer: Writer, items: list[ContentItem], outcome: Outcome, exchange: Exchange
) -> tuple[dict[str, Any], list[int]]:
    """The items are recorded, in the order of the drafts; how the log speaks of them, and which are the files."""
    ids = writer.record(*items)
    asked, answered, *sent = (reference(item_id, item) for item_id, item in zip(ids, items, strict=True))
    if outcome.spilled is not None:
        spilled = [ids[0], *ids[2:]]
        writer.record(*(ContentQuarantine(item_id=item_id, reason=outcome.spilled) for item_id in spilled))
    said: dict[str, Any] = {"asked": asked, "answered": answered}
    if sent:
        said["files"] = [
            {"type": file.type, "bytes": len(file.content), **item}
            for file, item in zip(exchange.files, sent, strict=True)
        ]
    return said, ids[2:]


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
            reason=outcome.purpose or question.purpose_for(person_id) or None,
            # A look through an opened record is for the reason that it was opened for.
            data=data
            if opening is None
            else {**data, "opening": opening.id, "why": opening.fact.reason_item_id},
        )
