"""How is something read or written? In one transaction that begins, is scoped and commits here and nowhere
else."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, text, update

from db import tables
from db.chain import BEGINNING, SEALED, Seal, link
from db.engine import WRITES
from db.errors import AlreadyReplacedError, NotInAgencyError, RefusedActionError, UnknownAgencyError
from db.facts import SCOPE, TABLES, columns_of
from db.queries import loose_files, reminders, standings
from db.records.accounts import AccountAnswer, PilotMember
from db.records.audit import AuditDraft, AuditEntry
from db.records.courses import CourseOffering
from db.records.facts import (
    Agency,
    AgencyId,
    AgencyPack,
    ChannelAccount,
    ContactPoint,
    ContentHold,
    ContentItem,
    DirectoryEntry,
    Disclosure,
    Fact,
    RecordOpening,
    ReportingLine,
    RoleGrant,
    Unit,
)
from db.records.lateral import IntakeRequest, IntakeTaken, RecordRelease, ReleaseWord
from db.records.phones import SharedPhone, TextConsent
from db.records.reminders import ReminderRulesEntry, ReminderWish, StepLeftOut
from db.records.requests import TrainingRequest
from db.records.roll_calls import RollCall, RollCallCovered
from db.records.shifts import ShiftPattern, WorkSpan
from db.records.tickets import Ticket
from db.records.uploads import Upload
from db.row_hash import row_hash
from db.tables.base import COMMON_COLUMNS, IDS_PER_AGENCY

# Facts about a person that no requirement looks at.
_NOT_JUDGED = (
    AccountAnswer,
    ChannelAccount,
    ContactPoint,
    ContentHold,
    ContentItem,
    DirectoryEntry,
    Disclosure,
    PilotMember,
    IntakeRequest,
    IntakeTaken,
    RecordOpening,
    RecordRelease,
    ReleaseWord,
    ReminderRulesEntry,
    ReminderWish,
    ReportingLine,
    RoleGrant,
    RollCall,
    RollCallCovered,
    SharedPhone,
    ShiftPattern,
    StepLeftOut,
    Ticket,
    TextConsent,
    TrainingRequest,
    Upload,
    WorkSpan,
)

_ENTRY = tuple(each.name for each in fields(AuditEntry))
_head = tables.chain_head
# Not FOR UPDATE: rows elsewhere that merely name the agency need not wait for us.
_TAKE_HEAD = select(_head).where(_head.c.agency_id == SCOPE).with_for_update(key_share=True)
_MOVE_HEAD = update(_head).where(_head.c.agency_id == bindparam("moved"))

# Says on a connection which entries may not be written through it: a set of tags.
REFUSED_ACTIONS = "rollcall_refused_actions"
# Says on a connection which account of the machine a command runs for; every entry written through it keeps the name,
# whoever it is written down for.
SYSTEM_USER = "rollcall_system_user"


class Writer:
    """One transaction of one agency. The agency's chain head is locked from the first line to the commit.

    Whoever a recorded, corrected or withdrawn fact is about is marked dirty by the writer itself.
    """

    def __init__(
        self,
        conn: Connection,
        agency_id: AgencyId,
        *,
        at: datetime,
        actor_id: int | None,
        channel: str | None,
        source: str,
    ) -> None:
        self.conn = conn
        self.agency_id = agency_id
        self.at = at
        self.actor_id = actor_id
        self.channel = channel
        self.source = source
        self._dirty: set[int] = set()
        self._everybody_dirty = False
        self._classes_changed = False
        self._seal = Seal()
        head = conn.execute(_TAKE_HEAD, {"agency_id": agency_id}).one_or_none()
        if head is None:
            raise UnknownAgencyError(agency_id)
        self._seq: int = head.seq
        self._entries: int = head.entries
        self._hash: str = head.hash

    @property
    def head_seq(self) -> int:
        """The last sequence number taken, this transaction's own included."""
        return self._seq

    def record(self, *facts: Fact, source: str | None = None) -> list[int]:
        """Keep new facts; their ids, in the order given. ``Unit(unit_id=None)`` becomes a new unit with the
        row's id."""
        rows = [(type(fact), self._row(type(fact), columns_of(fact), source)) for fact in facts]
        for kind, run in groupby(rows, key=lambda pair: pair[0]):
            same_kind = [row for _, row in run]
            self._insert(kind, same_kind)
            self._notice(kind, (row.get("person_id") for row in same_kind))
        return [row["id"] for _, row in rows]

    def correct(self, kept_id: int, fact: Fact, *, source: str | None = None) -> int:
        """Keep ``fact`` in the place of an earlier one of the same kind; its id. AlreadyReplacedError when
        somebody was first."""
        kind = type(fact)
        earlier = self._replaceable(kind, kept_id)
        if isinstance(fact, Unit) and fact.unit_id is None:
            fact = replace(fact, unit_id=earlier["unit_id"])
        return self._replace(kind, earlier, columns_of(fact), void=False, source=source)

    def withdraw(self, kept_id: int, kind: type[Fact], *, source: str | None = None) -> int:
        """Take a fact back: from here on it is not part of the record, before this it was.
        AlreadyReplacedError as above."""
        earlier = self._replaceable(kind, kept_id)
        said = {name: value for name, value in earlier.items() if name not in COMMON_COLUMNS}
        return self._replace(kind, earlier, said, void=True, source=source)

    def audit(self, *entries: AuditDraft) -> None:
        """Append to the agency's chain. Actor and channel default to this writer's."""
        links = [self._link(draft) for draft in entries]
        if links:
            self.conn.execute(
                insert(tables.audit_entry),
                [
                    {"agency_id": self.agency_id} | {name: getattr(entry, name) for name in _ENTRY}
                    for entry in links
                ],
            )

    def settle(self) -> None:
        """Write what waits for the end of the transaction; ``writing`` calls it just before the commit."""
        if self._seal.facts:
            self.audit(AuditDraft(tag=SEALED, data={"facts": self._seal.facts}))
        if self._everybody_dirty:
            standings.mark_everybody_dirty(self.conn, self.agency_id, seq=self._seq, at=self.at)
        if self._classes_changed:
            # Until when something can still be scheduled hangs on the classes that there are.
            reminders.plan_again_whoever_owes(self.conn, self.agency_id)
        standings.mark_dirty(self.conn, self.agency_id, sorted(self._dirty), seq=self._seq, at=self.at)
        head = {"seq": self._seq, "entries": self._entries, "hash": self._hash}
        self.conn.execute(_MOVE_HEAD, {"moved": self.agency_id, **head})

    def _next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def _row(
        self,
        kind: type[Fact],
        said: dict[str, Any],
        source: str | None,
        *,
        replaces_id: int | None = None,
        void: bool = False,
    ) -> dict[str, Any]:
        seq = self._next_seq()
        kept_id = self.agency_id * IDS_PER_AGENCY + seq
        if "unit_id" in said and "parent_unit_id" in said and said["unit_id"] is None:
            said["unit_id"] = kept_id
        row = said | {
            "id": kept_id,
            "agency_id": self.agency_id,
            "seq": seq,
            "recorded_at": self.at,
            "recorded_by": self.actor_id,
            "source": source or self.source,
            "replaces_id": replaces_id,
            "void": void,
        }
        row["hash"] = row_hash(TABLES[kind], row)
        self._seal.add(seq, row["hash"])
        return row

    def _insert(self, kind: type[Fact], rows: Sequence[dict[str, Any]]) -> None:
        objects = [row["sealed_hash"] for row in rows if row.get("sealed_hash") is not None]
        if objects:
            loose_files.named(self.conn, self.agency_id, objects)
        self.conn.execute(insert(TABLES[kind]), list(rows))

    def _replaceable(self, kind: type[Fact], kept_id: int) -> dict[str, Any]:
        table = TABLES[kind]
        found = (
            self.conn.execute(select(table).where(table.c.id == kept_id, table.c.agency_id == self.agency_id))
            .mappings()
            .one_or_none()
        )
        if found is None:
            raise NotInAgencyError(kept_id, self.agency_id)
        later = self.conn.execute(select(table.c.id).where(table.c.replaces_id == kept_id)).first()
        if later is not None or found["void"]:
            raise AlreadyReplacedError(kept_id)
        return dict(found)

    def _replace(
        self,
        kind: type[Fact],
        earlier: dict[str, Any],
        said: dict[str, Any],
        *,
        void: bool,
        source: str | None,
    ) -> int:
        row = self._row(kind, said, source, replaces_id=earlier["id"], void=void)
        self._insert(kind, [row])
        # A completion that moves to the right person changes where two people stand.
        self._notice(kind, (earlier.get("person_id"), row.get("person_id")))
        kept_id: int = row["id"]
        return kept_id

    def _notice(self, kind: type[Fact], person_ids: Iterable[int | None]) -> None:
        if kind is AgencyPack:
            self._everybody_dirty = True
        elif kind is CourseOffering:
            self._classes_changed = True
        elif kind not in _NOT_JUDGED:
            self._dirty.update(person_id for person_id in person_ids if person_id is not None)

    def _link(self, draft: AuditDraft) -> AuditEntry:
        options = self.conn.get_execution_options()
        if str(draft.tag) in options.get(REFUSED_ACTIONS, ()):
            raise RefusedActionError(str(draft.tag))
        system_user = options.get(SYSTEM_USER)
        seq = self._next_seq()
        self._entries += 1
        unsigned = AuditEntry(
            id=self.agency_id * IDS_PER_AGENCY + seq,
            seq=seq,
            position=self._entries,
            at=self.at,
            actor_id=draft.actor_id if draft.actor_id is not None else self.actor_id,
            tag=str(draft.tag),
            subject_id=draft.subject_id,
            channel=draft.channel or self.channel,
            reason=draft.reason,
            data=draft.data if system_user is None else {**draft.data, "system_user": system_user},
            prev_hash=self._hash,
            hash="",
            facts=self._seal.close(),
        )
        self._hash = link(self.agency_id, unsigned)
        return replace(unsigned, hash=self._hash)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read-only snapshot: every statement inside sees the same moment, and no writer waits for it."""
    with engine.connect() as conn:
        conn.execution_options(**{WRITES: False})
        if conn.dialect.name == "postgresql":
            conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with conn.begin():
            yield conn


@contextmanager
def working(engine: Engine) -> Iterator[Connection]:
    """A short write transaction for work state alone (standings, conversations, clock offset): takes no
    sequence."""
    with engine.connect() as conn:
        conn.execution_options(**{WRITES: True})
        with conn.begin():
            yield conn


@contextmanager
def writing(
    engine: Engine,
    agency_id: AgencyId,
    *,
    at: datetime,
    actor_id: int | None = None,
    channel: str | None = None,
    source: str = "rollcall",
) -> Iterator[Writer]:
    """Facts, audit entries and marks of one agency, committed together or not at all.

    ``writer.conn`` may be read from and given to functions that keep work state: they commit with the rest.
    """
    with working(engine) as conn:
        writer = Writer(conn, agency_id, at=at, actor_id=actor_id, channel=channel, source=source)
        yield writer
        writer.settle()


def found_agency(
    engine: Engine,
    agency: Agency,
    *entries: AuditDraft,
    at: datetime,
    channel: str | None = None,
    source: str = "rollcall",
) -> AgencyId:
    """Begin a new agency: its chain, its sequence, the first fact about it, and the entries that tell of it."""
    with working(engine) as conn:
        if conn.dialect.name == "postgresql":
            # Two agencies founded at once must not count to the same number.
            conn.execute(text("LOCK TABLE chain_head IN SHARE ROW EXCLUSIVE MODE"))
        number = conn.execute(
            select(func.coalesce(func.max(tables.chain_head.c.agency_id), 0) + 1)
        ).scalar_one()
        conn.execute(insert(tables.chain_head).values(agency_id=number, seq=0, entries=0, hash=BEGINNING))
        writer = Writer(conn, AgencyId(number), at=at, actor_id=None, channel=channel, source=source)
        writer.record(agency)
        writer.audit(*entries)
        writer.settle()
        return writer.agency_id
