"""What is behind one record: what it says, how it came to be on file, what it replaced, and which duties it serves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from db.queries import one_record
from db.records.facts import Completion, Kept
from db.records.imports import IMPORTED
from db.tables.base import IDS_PER_AGENCY
from rules.evaluate import Evaluation
from rules.finding import Finding
from rules.pack import Requirement
from rules.working import credited, refused
from training.asking import Question
from training.people import display_name
from training.permissions import hidden, may_see
from training.standings.compliance import Judged
from training.standings.judging import judged_for

# The reason only means that a record belongs to other duties: a line for it would bury those that can be mended.
ELSEWHERE = frozenset({"wrong-topic", "other-discipline", "other-item", "no-hours"})
# A larger number is none that a database could even compare.
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """A duty that takes the record today. ``hours`` None: it takes the event, or only what other duties leave over."""

    requirement: Requirement
    window: str | None
    item: str | None
    hours: Decimal | None
    surplus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServesNot:
    """A duty that does not take the record, with the reason code; ``doubtful``: taken both ways until it is settled."""

    requirement: Requirement
    window: str | None
    item: str | None
    reason: str
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRecord:
    """One record that the asker may see at this moment.

    ``before`` and ``after`` are its earlier and later wording, each only while it is on the same person's file;
    ``moved_from`` says that it was on another file before, and nothing about whose.
    ``ended_at``: since when it is replaced, withdrawn or moved. ``judged`` is None for a record that is not in force.
    """

    kept: Kept[Completion]
    person: str
    full_name: str
    before: Kept[Completion] | None = None
    after: Kept[Completion] | None = None
    moved_from: bool = False
    withdrawn: bool = False
    ended_at: datetime | None = None
    file_name: str = ""
    recorded_by: str = ""
    judged: Judged | None = None
    serves: tuple[Serves, ...] = ()
    serves_not: tuple[ServesNot, ...] = ()


def record_number(record_id: int) -> int:
    """The agency's own number of a record: what a person can say aloud."""
    return record_id % IDS_PER_AGENCY


def record_meant(question: Question, written: str) -> int | None:
    """The id that a number means at the asker's agency, in its short or its whole form; None for anything else."""
    figures = written.strip()
    if not (figures.isascii() and figures.isdecimal()) or len(figures) > len(str(_LARGEST_ID)):
        return None
    number = int(figures)
    if 0 < number < IDS_PER_AGENCY:
        return question.agency_id * IDS_PER_AGENCY + number
    return number if number <= _LARGEST_ID and number // IDS_PER_AGENCY == question.agency_id else None


def one_record_of(question: Question, record_id: int) -> OneRecord | None:
    """The record, if the asker may see it now. None for one that is not there and for one that is not theirs to see."""
    found = question.walls.record(question.conn, question.agency_id, record_id, known_at=question.known_at)
    if found is None or not may_see(question, found.kept.fact.person_id):
        return None
    kept = found.kept
    person_id = kept.fact.person_id
    moved_from = found.before is not None and found.before.fact.person_id != person_id
    moved_to = found.after is not None and found.after.fact.person_id != person_id
    known = {
        each.person_id: each
        for each in question.walls.by_ids(
            question.conn,
            question.agency_id,
            sorted({person_id} | ({kept.recorded_by} if kept.recorded_by is not None else set())),
        )
    }
    person, writer = known.get(person_id), known.get(kept.recorded_by or 0)
    if kept.recorded_by in hidden(question):
        writer = None
    name = f"{person.given} {person.family}" if person is not None else ""
    rank = person.employment.fact.rank if person is not None else None
    judged = judged_for(question, person_id) if found.after is None else None
    return OneRecord(
        kept=kept,
        person=person.family if person is not None else "",
        full_name=f"{rank} {name}" if rank else name,
        before=None if moved_from else found.before,
        after=None if moved_to or found.withdrawn else found.after,
        moved_from=moved_from,
        withdrawn=found.withdrawn,
        ended_at=found.after.recorded_at if found.after is not None else None,
        file_name=_file_name(question, kept),
        recorded_by=display_name(writer) if writer is not None else "",
        judged=judged,
        serves=tuple(_serves(judged.evaluation, str(kept.id))) if judged is not None else (),
        serves_not=tuple(_serves_not(judged.evaluation, str(kept.id))) if judged is not None else (),
    )


def _file_name(question: Question, kept: Kept[Completion]) -> str:
    if not kept.source.startswith(IMPORTED):
        return ""
    kind = kept.source.removeprefix(IMPORTED)
    batch = one_record.batch_of(question.conn, question.agency_id, kept, kind)
    return batch.fact.file_name if batch is not None else ""


def _serves(evaluation: Evaluation, ref: str) -> Iterator[Serves]:
    for finding in evaluation.findings:
        for each in credited(finding):
            if each.completion.ref == ref:
                surplus = bool(finding.requirement.counts.surplus_of)
                # What a duty takes that lives on the surplus of others is a sum over records, not a part of this one.
                hours = each.hours if each.hours and finding.hours_required and not surplus else None
                yield Serves(
                    requirement=finding.requirement,
                    window=_window(finding),
                    item=finding.item,
                    hours=hours,
                    surplus=surplus,
                )


def _serves_not(evaluation: Evaluation, ref: str) -> Iterator[ServesNot]:
    """One line a duty, of its last period; a duty that takes the record in one period needs none for the others."""
    served = {each.requirement.id for each in _serves(evaluation, ref)}
    last: dict[tuple[str, str | None], ServesNot] = {}
    for finding in evaluation.findings:
        if finding.requirement.id in served:
            continue
        for each in refused(finding, evaluation.subject_of(finding)):
            if each.completion.ref != ref or each.reason in ELSEWHERE:
                continue
            place = (finding.requirement.id, finding.item)
            earlier = last.get(place)
            if earlier is not None and earlier.doubtful and not each.doubtful:
                continue
            last[place] = ServesNot(
                requirement=finding.requirement,
                window=_window(finding),
                item=finding.item,
                reason=each.reason,
                doubtful=each.doubtful,
            )
    yield from last.values()


def _window(finding: Finding) -> str | None:
    return finding.window.label if finding.window is not None else None
