"""What would a training history add to the record? One completion a row, its credit and topics with their reasons."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from db.queries import evaluation
from db.queries.imports import source_keys
from db.records.facts import AgencyId, Completion, Credit, Kept
from reading.tables.cellreader import kebab
from reading.tables.codes import RowCode, RowReason
from reading.tables.history import NO, YES
from reading.tables.keys import same_title
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import HistoryRow, PartTaken
from reading.tables.rows import RowCredit as ReadCredit
from reading.titles import TitleMatch, match_title
from training.imports.completeness import YearOfHistory, years_of
from training.imports.model import PlanCode, PlannedRow, why
from training.imports.reconcile import Candidate, Keys, draft_of, keeping, person_of, reconcile
from training.imports.register import Register

INSTRUCTOR = "instructor"
BOOKKEEPING = "bookkeeping"
ONE_DAY = timedelta(days=1)

# What the rules call the reasons for which a row is no credit at all.
NO_CREDIT: Mapping[RowCode, str] = {
    RowCode.BOOKKEEPING: BOOKKEEPING,
    RowCode.NOT_PASSED: "not-passed",
    RowCode.NOT_FINISHED: "status-not-finished",
}
# Doubts that the reader only noted because somebody who taught gets no credit by its own reckoning.
TAUGHT_AND_DOUBTED = frozenset({RowCode.DUPLICATE_SUSPECTED, RowCode.MARKED_FOR_DELETION})
PASSED_WORDS = frozenset({"passed", "pass", "p"})
FAILED_WORDS = frozenset({"failed", "fail", "f", "not-passed"})

# Columns the reader does not know and the rules have a word for.
RECORD_FACTS = frozenset(
    {
        "completed", "test_passed", "active_participation", "disciplines", "applied_to_window", "never_counts",
        "score_percent", "session_hours", "instruction_minutes", "approved_emergency_absence_hours",
        "college_semester_credit_hours", "used_for_salary_incentive_degree", "participation",
    }
)  # fmt: skip
PASSED_COLUMN = "passed"

# Which column of a file each field comes from: without the column the file says nothing about the field.
COLUMN_OF: Mapping[str, str] = {
    "hours": "hours",
    "provider": "provider",
    "delivery": "delivery",
    "board_approved": "board_approved",
    "course_number": "course_number",
    "score": "score",
}


def plan_history(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register
) -> tuple[tuple[PlannedRow, ...], tuple[YearOfHistory, ...], int]:
    """Every row's plan, how complete each person's years are, and how many imported records the file lacks."""
    keys = Keys(TableKind.HISTORY)
    candidates = [_candidate(accepted, row, register, keys) for accepted, row in preview.of(HistoryRow)]
    person_ids = sorted({each.fact.person_id for each in candidates if each.fact is not None})
    on_file = evaluation.completions_for(conn, agency_id, person_ids)
    kept = [each for person_id in person_ids for each in on_file.get(person_id, ())]
    known = source_keys(conn, agency_id, Completion, person_ids)
    _doubt_twins(candidates, kept, known)
    said = frozenset(use.column for use in preview.columns) | {
        _plain(header) for header in preview.extra_headers
    }
    rows, not_in_file = reconcile(
        candidates, kept, known, same_class, lambda earlier, new: _merged(earlier, new, said)
    )
    years = years_of((each.draft.badge_number, each.fact) for each in candidates if each.fact is not None)
    return tuple(rows), years, not_in_file


def same_class(completion: Completion) -> Hashable:
    """What makes two records one class: taking and teaching it on one day are two things."""
    return (
        completion.completed_on,
        completion.course_number or "",
        same_title(completion.title),
        completion.evidence.get("role") == INSTRUCTOR,
    )


def _candidate(
    accepted: AcceptedRow, row: HistoryRow, register: Register, keys: Keys
) -> Candidate[Completion]:
    draft = draft_of(accepted, row.badge_number)
    person_id = person_of(register, draft)
    if row.completed_on is None:
        draft.because.append(why(PlanCode.DATE_NEEDED, column="completed_on"))
    if draft.because or person_id is None or row.completed_on is None:
        return Candidate(draft, None)
    match = None if row.topics else _match(row.course_title)
    topics, reasons = _topics(row, match)
    if match is not None and topics:
        draft.notes.append(why(PlanCode.TOPICS_FROM_TITLE, topics=", ".join(topics)))
    credit, reason = _credit(accepted, row, match)
    draft.doubtful = credit is Credit.DOUBTFUL
    fact = Completion(
        person_id=person_id,
        completed_on=row.completed_on,
        hours=row.hours,
        topics=topics,
        title=row.course_title or row.course_number,
        course_number=row.course_number or None,
        provider=row.provider,
        delivery=row.delivery,
        board_approved=row.board_approved,
        credit=credit,
        credit_reason=reason,
        score=_score(row),
        passed=_passed(accepted, row),
        evidence=_evidence(accepted, row),
        topic_reasons=reasons,
        source_key=keys.key(row, person_id),
    )
    return Candidate(draft, fact)


@lru_cache(maxsize=8_192)  # the same few hundred titles come again for everybody
def _match(title: str) -> TitleMatch:
    return match_title(title)


def _topics(row: HistoryRow, match: TitleMatch | None) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """Topics as given; else those that the title names, each with the words that say so."""
    if match is None:
        return row.topics, {}
    topics = tuple(kebab(topic) for topic in match.topics)
    reasons = {
        kebab(reason.topic): {"phrase": reason.phrase, "written": reason.written}
        for reason in match.reasons
        if reason.topic in match.topics
    }
    return topics, reasons


def _credit(accepted: AcceptedRow, row: HistoryRow, match: TitleMatch | None) -> tuple[Credit, str | None]:
    noted = {note.code for note in accepted.notes}
    doubted = {doubt.code for doubt in accepted.doubts}
    # A row the state means to delete may still be a class; one it keeps its books with is none.
    if match is not None and match.bookkeeping and RowCode.MARKED_FOR_DELETION not in noted | doubted:
        return Credit.NO, BOOKKEEPING
    refused = next((reason for code, reason in NO_CREDIT.items() if code in noted), None)
    if row.credit is ReadCredit.NO and (refused or row.part is not PartTaken.INSTRUCTOR):
        return Credit.NO, refused or "not-passed"
    # Whether teaching counts is for the rules to say, which see the part the person had.
    doubts: list[RowReason] = [*accepted.doubts]
    if row.part is PartTaken.INSTRUCTOR:
        doubts += [note for note in accepted.notes if note.code in TAUGHT_AND_DOUBTED]
    if row.credit is ReadCredit.DOUBTFUL or doubts:
        return Credit.DOUBTFUL, doubts[0].code.value if doubts else "credit-doubtful"
    return Credit.YES, None


def _score(row: HistoryRow) -> Decimal | None:
    """The score as a number. States write zero where nothing was scored; only a failed test keeps it."""
    if row.score is None:
        return None
    score = _number(row.score)
    if score is not None and not score and kebab(row.status or "") not in FAILED_WORDS:
        return None
    return score


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _passed(accepted: AcceptedRow, row: HistoryRow) -> bool | None:
    for header, cell in accepted.extra:
        if _plain(header) == PASSED_COLUMN:
            return _yes_or_no(cell)
    word = kebab(row.status or "")
    return True if word in PASSED_WORDS else False if word in FAILED_WORDS else None


def _evidence(accepted: AcceptedRow, row: HistoryRow) -> Mapping[str, Any]:
    evidence: dict[str, Any] = {}
    if row.part is PartTaken.INSTRUCTOR:
        evidence["role"] = INSTRUCTOR
    if row.firearm_type is not None:
        evidence["firearm_type"] = row.firearm_type
    if row.status is not None:
        evidence["status_given"] = row.status
    if row.minutes is not None:
        evidence["instruction_minutes"] = f"{row.minutes:f}"
    if row.score is not None and _number(row.score) is None:
        evidence["score_given"] = row.score
    for header, cell in accepted.extra:
        name = _plain(header)
        if name in RECORD_FACTS:
            truth = _yes_or_no(cell)
            evidence[name] = cell.strip() if truth is None else truth
    return evidence


def _plain(header: str) -> str:
    return kebab(header).replace("-", "_")


def _yes_or_no(cell: str) -> bool | None:
    word = " ".join(cell.casefold().split())
    return True if word in YES else False if word in NO else None


def _merged(kept: Completion, new: Completion, said: frozenset[str]) -> Completion:
    absent = [name for name, column in COLUMN_OF.items() if column not in said]
    if "topics" not in said and kept.topics:
        absent += ["topics", "topic_reasons"]
    if "status" not in said:
        # Without a status nobody has said anew whether it was passed; a new doubt about the row still holds.
        if PASSED_COLUMN not in said:
            absent.append("passed")
        if new.credit is Credit.YES:
            absent += ["credit", "credit_reason"]
    evidence = {**kept.evidence, **new.evidence} if kept.evidence != new.evidence else kept.evidence
    return replace(keeping(kept, new, absent), evidence=evidence)


def _doubt_twins(
    candidates: Sequence[Candidate[Completion]], kept: Sequence[Kept[Completion]], known: frozenset[str]
) -> None:
    """Doubt a new record that repeats one on file under another number, as the reader does within a file."""
    on_file: defaultdict[Hashable, list[Completion]] = defaultdict(list)
    for each in kept:
        on_file[_look(each.fact)].append(each.fact)
    for candidate in candidates:
        fact = candidate.fact
        if fact is None or fact.credit is not Credit.YES or fact.source_key in known:
            continue
        if any(_twins(fact, other) for other in on_file.get(_look(fact), ())):
            reason = RowCode.DUPLICATE_SUSPECTED.value
            candidate.fact = replace(fact, credit=Credit.DOUBTFUL, credit_reason=reason)
            candidate.draft.doubtful = True
            candidate.draft.notes.insert(0, why(PlanCode.DUPLICATE_ON_FILE))


def _look(fact: Completion) -> Hashable:
    return (fact.person_id, same_title(fact.title), fact.hours, fact.evidence.get("role"))


def _twins(new: Completion, kept: Completion) -> bool:
    if kept.credit is Credit.NO or new.course_number == kept.course_number:
        return False
    if new.completed_on == kept.completed_on:
        return True
    return abs(new.completed_on - kept.completed_on) == ONE_DAY and bool(
        new.course_number and kept.course_number
    )
