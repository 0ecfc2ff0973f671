"""What does a list of personnel actions say about the present employment? Leave, its end, and time out of service.

The newest action at this agency decides whether somebody still works here. Actions of every agency together decide
whether, and how long, somebody was out of a sworn post: an officer who went from one agency to the next never was.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from db.queries import evaluation
from db.records.facts import AgencyId, Employment, Kept, Leave
from db.records.imports import RowFate
from reading.tables.cellreader import RowDraft as ReadDraft
from reading.tables.employment import across_leave
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import LEAVE_ACTIONS, SEPARATIONS, Action, EmploymentRow, LeaveRow
from training.imports.leave import compare_leaves, leave_of
from training.imports.model import PlanCode, PlannedRow, Replace, RowInPlan, why, whys
from training.imports.reconcile import Candidate, Keys, changes_between, draft_of, person_of
from training.imports.register import Register
from training.imports.roster_facts import ACTIVE_STATUS, GONE

OF_LEAVE = LEAVE_ACTIONS | {Action.RETURNED}
# Notes in a state's file that neither begin nor end a job.
NO_JOB = frozenset({Action.INSTRUCTOR_APPROVED, Action.OTHER})
# Who left this agency for another is still in service: no lapse is reckoned from the day of leaving here.
ELSEWHERE = "employed_elsewhere"
BETWEEN_TWO_JOBS = timedelta(days=7)
_CIVILIAN = re.compile(r"\bciv", re.IGNORECASE)


@dataclass(slots=True)
class _Step:
    """One action, with the plan of its row."""

    row: EmploymentRow
    draft: RowInPlan
    fate: RowFate = RowFate.SKIPPED


@dataclass(frozen=True, slots=True)
class _Gap:
    """Time in which nobody employed the person in a sworn post; no ``back`` while it lasts."""

    left: _Step
    back: _Step | None


def plan_employment(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, agency_name: str
) -> tuple[PlannedRow, ...]:
    """Every row's plan: leave as its own facts, the rest as at most one correction of each person's employment."""
    rejected: list[PlannedRow] = []
    leave_rows: list[tuple[AcceptedRow, EmploymentRow]] = []
    people: defaultdict[int, list[_Step]] = defaultdict(list)
    drafts: dict[int, RowInPlan] = {}
    for accepted, row in preview.of(EmploymentRow):
        draft = drafts[accepted.line] = draft_of(accepted, row.badge_number)
        person_id = person_of(register, draft)
        if person_id is None:
            rejected.append(draft.done())
            continue
        if row.action in OF_LEAVE or row.action in SEPARATIONS:
            leave_rows.append((accepted, row))
        people[person_id].append(_Step(row, draft))
    leaves = _leaves(conn, agency_id, leave_rows, register, drafts)
    on_file = evaluation.facts_for(conn, agency_id, sorted(people)) if people else {}
    rows = [*rejected, *leaves]
    planned = {row.line for row in leaves}
    for person_id, steps in people.items():
        _employ(on_file[person_id].employment, steps, agency_name)
        rows += [step.draft.done(_fate(step)) for step in steps if step.draft.line not in planned]
    return tuple(sorted(rows, key=attrgetter("line")))


def _fate(step: _Step) -> RowFate:
    return RowFate.CORRECTED if step.draft.writes else step.fate


def _leaves(
    conn: Connection,
    agency_id: AgencyId,
    found: Sequence[tuple[AcceptedRow, EmploymentRow]],
    register: Register,
    drafts: dict[int, RowInPlan],
) -> list[PlannedRow]:
    """Leaves of the file, paired by the reader as in a table of leave; a separation is only their end."""
    keys = Keys(TableKind.LEAVE)
    outcome = across_leave([ReadDraft(line=accepted.line, cells=(), row=row) for accepted, row in found])
    candidates: list[Candidate[Leave]] = []
    for read in outcome.kept:
        if not isinstance(read.row, LeaveRow):
            continue
        draft = drafts[read.line]
        draft.notes += [*whys(read.doubts), *whys(read.notes)]
        person_id = register.whose(read.row.badge_number)
        if isinstance(person_id, int):
            candidates.append(Candidate(draft, leave_of(read.row, person_id, keys)))
    rows, _ = compare_leaves(conn, agency_id, candidates)
    for read, reason in (*outcome.rejected, *outcome.skipped):
        draft = drafts[read.line]
        if isinstance(read.row, EmploymentRow) and read.row.action in OF_LEAVE:
            draft.because += whys([reason])
            rejected = any(read is each for each, _ in outcome.rejected)
            rows.append(draft.done(RowFate.REJECTED if rejected else RowFate.SKIPPED))
    return rows


def _employ(kept: Kept[Employment], steps: list[_Step], agency_name: str) -> None:
    """Decide what the actions say about the employment, and say of each step what became of it."""
    employment = kept.fact
    steps.sort(key=_order)
    own = [step for step in steps if _is_own(step.row.agency, agency_name)]
    new = employment
    deciding: _Step | None = None
    latest = _last(step for step in own if step.row.action not in NO_JOB)
    hired = _last(step for step in own if step.row.action is Action.HIRED)
    left_on = latest.row.on if latest is not None and latest.row.action in SEPARATIONS else None
    if hired is not None and _appoints(hired.row.on, employment.appointed_on, left_on):
        new = replace(new, appointed_on=hired.row.on)
        deciding = _used(hired, PlanCode.ACTION_APPOINTS)
    if latest is not None and latest.row.action in SEPARATIONS:
        # A roster that calls somebody active knows more than an action from before it was imported.
        if employment.status != ACTIVE_STATUS or latest.row.on > kept.recorded_at.date():
            new = replace(new, ended_on=latest.row.on, status=GONE)
            deciding = _used(latest, PlanCode.ACTION_ENDS)
    elif latest is not None and employment.ended_on is not None and latest.row.on > employment.ended_on:
        new = replace(new, ended_on=None, status=ACTIVE_STATUS)
        deciding = _used(latest, PlanCode.ACTION_APPOINTS)
    gap, in_service = _gap(steps)
    facts = dict(new.facts)
    facts.pop(ELSEWHERE, None)
    if new.ended_on is not None and in_service:
        facts[ELSEWHERE] = True
    if gap is not None:
        facts["separated_on"] = gap.left.row.on.isoformat()
        facts.pop("returned_on", None)
        if gap.back is not None:
            facts["returned_on"] = gap.back.row.on.isoformat()
            _used(gap.back, PlanCode.ACTION_APPOINTS)
        deciding = _used(gap.left, PlanCode.ACTION_ENDS)
    new = replace(new, facts=facts)
    changes = changes_between(employment, new)
    if changes and deciding is not None:
        deciding.draft.changes += changes
        deciding.draft.writes.append(Replace(kept.id, new))
    for step in steps:
        if step.fate is RowFate.SKIPPED:
            elsewhere = not _is_own(step.row.agency, agency_name)
            code = PlanCode.ACTION_ELSEWHERE if elsewhere else PlanCode.ACTION_NOT_USED
            step.draft.because.append(
                why(code, action=step.row.action_text, agency=step.row.agency or agency_name)
            )


def _appoints(hired_on: date, appointed_on: date | None, left_on: date | None) -> bool:
    """Whether the day of hire is news or the record's own; nobody is appointed after having left."""
    if appointed_on is None or appointed_on == hired_on:
        return True
    return left_on is not None and appointed_on > left_on


def _used(step: _Step, code: PlanCode) -> _Step:
    if step.fate is RowFate.SKIPPED:
        step.fate = RowFate.UNCHANGED
        step.draft.notes.append(why(code, on=step.row.on.isoformat()))
    return step


def _order(step: _Step) -> tuple[date, bool]:
    # Who leaves one agency for another on one day leaves first.
    return (step.row.on, step.row.action not in SEPARATIONS)


def _is_own(agency: str | None, agency_name: str) -> bool:
    return agency is None or " ".join(agency.casefold().split()) == " ".join(agency_name.casefold().split())


def _last(steps: Iterable[_Step]) -> _Step | None:
    found = None
    for found in steps:  # noqa: B007  only the last one is wanted
        pass
    return found


def _gap(steps: Sequence[_Step]) -> tuple[_Gap | None, bool]:
    """The last time out of every sworn post at once, longer than what lies between two jobs; whether in one now."""
    employers: set[str] = set()
    gap: _Gap | None = None
    over: _Gap | None = None
    for _, on_one_day in groupby(steps, key=lambda step: step.row.on):
        left: _Step | None = None
        back: _Step | None = None
        was_employed = bool(employers)
        for step in on_one_day:
            if step.row.action in NO_JOB or _CIVILIAN.search(step.row.rank or ""):
                continue
            agency = (step.row.agency or "").casefold()
            if step.row.action in SEPARATIONS:
                employers.discard(agency)
                left = step
            else:
                employers.add(agency)
                back = back or step
        if left is not None and not employers:
            gap = _Gap(left, None)
        elif back is not None and not was_employed and gap is not None and gap.back is None:
            away = back.row.on - gap.left.row.on
            gap = over = _Gap(gap.left, back) if away > BETWEEN_TWO_JOBS else over
    return gap, bool(employers)
