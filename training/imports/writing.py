"""How is a plan written? Everything of one file in one transaction: its facts, what it was, and who brought it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import count
from typing import Any

from db.queries import courses
from db.records.audit import AuditDraft
from db.records.courses import CourseOffering
from db.records.facts import AgencyId, Fact, ImportBatch, Person, Unit
from db.records.imports import IMPORTED, RowFate
from db.unit_of_work import Writer, writing
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.imports.courses import replaced_classes
from training.imports.model import WHEN_WRITTEN, Add, Plan, Replace, Withdraw, Write, WrittenImport
from training.imports.planning import plan as plan_again
from training.office import Office, business_now
from training.requests import class_changes

# Facts in one statement: enough to be quick, few enough that progress moves.
BATCH = 500
NOTHING_WRITTEN = WrittenImport(facts=0, people=0, at=None)

Progress = Callable[[int, int], None]


def write(
    office: Office,
    agency_id: AgencyId,
    plan: Plan,
    *,
    file_name: str,
    file_hash: str,
    actor_id: int | None = None,
    channel: str | None = None,
    effective_at: datetime | None = None,
    on_progress: Progress | None = None,
) -> WrittenImport:
    """Write what a person confirmed, or nothing: CORRECTION_CONFLICT when the record moved since the plan was made.

    New lines of supervision and roles hold, and old ones end, at ``effective_at``; without it at the instant of
    writing. A plan with nothing to write leaves no trace at all.
    """
    if not plan.ready or not plan.writes:
        return NOTHING_WRITTEN
    at = business_now(office)
    source = f"{IMPORTED}{plan.kind}"
    with writing(
        office.engine, agency_id, at=at, actor_id=actor_id, channel=channel, source=source
    ) as writer:
        if writer.head_seq != plan.known_at:
            # Something was written since. Mostly it is somebody's question, and the plan still holds.
            fresh = plan_again(writer.conn, agency_id, plan.preview, plan.today)
            if (fresh.rows, fresh.units) != (plan.rows, plan.units):
                raise RollcallError(ErrorCode.CORRECTION_CONFLICT, record=file_name)
        writes: list[Write] = [unit.write for unit in plan.units]
        writes += [write for row in plan.rows for write in row.writes]
        before = class_changes.standing(writer.conn, agency_id, replaced_classes(plan.rows))
        _Scribe(writer, effective_at or at, len(writes), on_progress).take(writes, plan)
        batch = _batch(plan, file_name, file_hash)
        batch_id = writer.record(batch)[0]
        data = {"kind": plan.kind.value, "file_hash": file_hash, "batch": batch_id, **_counts(plan)}
        writer.audit(AuditDraft(tag=AuditTag.IMPORT_WRITTEN, data=data))
        for each in before:
            writer.audit(*class_changes.followed_up(writer, office, each, batch=batch_id))
    people = len({row.badge_number.casefold() for row in plan.rows if row.writes and row.badge_number})
    return WrittenImport(facts=len(writes), people=people, at=at)


def _batch(plan: Plan, file_name: str, file_hash: str) -> ImportBatch:
    return ImportBatch(
        kind=plan.kind.value,
        file_name=file_name,
        file_hash=file_hash,
        accepted=plan.count(RowFate.ACCEPTED),
        corrected=plan.count(RowFate.CORRECTED),
        rejected=plan.count(RowFate.REJECTED),
        report={
            "counts": _counts(plan),
            "rejected": [
                {"line": row.line, "badge": row.badge_number, "reasons": [each.code for each in row.because]}
                for row in plan.of(RowFate.REJECTED)
            ],
        },
    )


def _counts(plan: Plan) -> dict[str, int]:
    return {fate.value: plan.count(fate) for fate in RowFate}


class _Scribe:
    """Writes facts kind by kind, with the real ids of what the plan could only number itself."""

    def __init__(self, writer: Writer, at: datetime, total: int, on_progress: Progress | None) -> None:
        self._writer = writer
        self._at = at
        self._total = total
        self._done = 0
        self._on_progress = on_progress
        self._people: dict[int, int] = {}
        self._units: dict[int, int] = {}
        self._classes = count(courses.next_number(writer.conn, writer.agency_id))

    def take(self, writes: Sequence[Write], plan: Plan) -> None:
        """Units from the top down, then people, then everything that speaks of them."""
        rest: list[Write] = []
        for write in writes:
            if not isinstance(write, Withdraw) and isinstance(write.fact, Unit):
                self._unit(write)
            elif not (isinstance(write, Add) and isinstance(write.fact, Person)):
                rest.append(write)
        new = [
            -row.line
            for row in plan.rows
            if any(isinstance(write, Add) and isinstance(write.fact, Person) for write in row.writes)
        ]
        for some in _batches(new):
            self._people |= zip(some, self._writer.record(*(Person() for _ in some)), strict=True)
            self._tell(len(some))
        self._facts(rest)

    def _facts(self, writes: Iterable[Write]) -> None:
        added: dict[type[Fact], list[Fact]] = {}
        for write in writes:
            match write:
                case Add(fact):
                    added.setdefault(type(fact), []).append(self._resolved(fact))
                case Replace(kept_id, fact):
                    self._writer.correct(kept_id, self._resolved(fact))
                    self._tell(1)
                case Withdraw(kept_id, kind):
                    self._writer.withdraw(kept_id, kind)
                    self._tell(1)
        for facts in added.values():
            for some in _batches(facts):
                self._writer.record(*some)
                self._tell(len(some))

    def _unit(self, write: Add | Replace) -> None:
        fact = self._resolved(write.fact)
        if isinstance(write, Replace):
            self._writer.correct(write.kept_id, fact)
        else:
            # The plan counts its new units down from -1, in the order in which they are written.
            self._units[-len(self._units) - 1] = self._writer.record(fact)[0]
        self._tell(1)

    def _resolved(self, fact: Fact) -> Fact:
        said: dict[str, Any] = {}
        if isinstance(fact, CourseOffering) and not fact.number:
            said["number"] = next(self._classes)
        for each in fields(fact):
            value = getattr(fact, each.name)
            if value == WHEN_WRITTEN and each.name in {"valid_from", "valid_to"}:
                said[each.name] = self._at
            elif isinstance(value, int) and value < 0 and each.name in {"person_id", "supervisor_id"}:
                said[each.name] = self._people[value]
            elif isinstance(value, int) and value < 0 and each.name in {"unit_id", "parent_unit_id"}:
                said[each.name] = self._units[value]
        return replace(fact, **said) if said else fact

    def _tell(self, written: int) -> None:
        self._done += written
        if self._on_progress is not None:
            self._on_progress(self._done, self._total)


def _batches(things: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (things[at : at + BATCH] for at in range(0, len(things), BATCH))
