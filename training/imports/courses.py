"""What would a calendar of classes add? One class a row; what changed about it takes the place of what was on file,
under the number that people know it by."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from db.queries import courses
from db.queries.imports import source_keys
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import AgencyId, Kept
from db.records.imports import RowFate
from reading.tables.keys import same_title, source_key
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import CourseRow
from reading.tables.topic_hours import fits
from training.courses.offerings import topics_of
from training.imports.model import Add, PlanCode, PlannedRow, Replace, why
from training.imports.reconcile import ANY_KEY, Candidate, draft_of, keeping, reconcile, with_free_keys

AT_A_TIME = 500
# What a file says nothing about when it has no column for it, or nothing in that column at all.
SAID = (
    "place", "provider", "course_number", "topics", "hours", "topic_hours", "delivery", "board_approved", "seats",
    "cost", "register_by", "link", "status", "miles", "miles_source",
)  # fmt: skip
# What no file says: a class keeps the number that people know it by.
_OURS = ("number",)


def plan_courses(
    conn: Connection, agency_id: AgencyId, preview: Preview, zone: str, today: date
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported classes that are to come the file lacks. ``zone`` is the agency's."""
    seen: dict[str, int] = {}
    candidates = [_candidate(accepted, row, zone, seen) for accepted, row in preview.of(CourseRow)]
    facts = [each.fact for each in candidates if each.fact is not None]
    absent = [name for name in SAID if not _is_said(name, preview)]
    rows, not_in_file = reconcile(
        candidates,
        list(_on_file(conn, agency_id, facts, today)),
        ANY_KEY,
        _same_class,
        lambda earlier, new: _merged(earlier, new, absent),
    )
    known = source_keys(conn, agency_id, CourseOffering)
    return with_free_keys([_without_news_of_none(row) for row in rows], known), not_in_file


def replaced_classes(rows: Iterable[PlannedRow]) -> tuple[CourseOffering, ...]:
    """Classes that take the place of what is on file, as they would be."""
    return tuple(
        each.fact
        for row in rows
        for each in row.writes
        if isinstance(each, Replace) and isinstance(each.fact, CourseOffering)
    )


def _candidate(
    accepted: AcceptedRow, row: CourseRow, zone: str, seen: dict[str, int]
) -> Candidate[CourseOffering]:
    draft = draft_of(accepted, "")
    topics = row.topics or topics_of(row.title)
    if topics and not row.topics:
        draft.notes.append(why(PlanCode.TOPICS_FROM_TITLE, topics=", ".join(topics)))
    elif not topics:
        draft.notes.append(why(PlanCode.CLASS_WITHOUT_TOPIC))
    fact = CourseOffering(
        number=0,  # given when it is written
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        sessions=[
            {"date": each.day.isoformat(), "begins": each.begins, "ends": each.ends} for each in row.sessions
        ],
        zone=row.time_zone or zone,
        place=row.place or "",
        provider=row.provider or "",
        course_number=row.course_number,
        topics=topics,
        hours=row.hours,
        topic_hours=dict(row.topic_hours),
        delivery=row.delivery or "",
        board_approved=row.board_approved,
        seats=row.seats,
        cost=row.cost,
        register_by=row.register_by,
        link=row.link or "",
        miles=row.miles,
        miles_source=row.miles_source,
        status=OfferingStatus(row.status.value),
        ref=row.course_id or "",
        source_key=source_key(TableKind.COURSES, row, seen),
    )
    return Candidate(draft, fact)


def _on_file(
    conn: Connection, agency_id: AgencyId, facts: Sequence[CourseOffering], today: date
) -> Iterator[Kept[CourseOffering]]:
    """What may be about the same: whatever is not over, and what has one of these numbers of another calendar."""
    found = {kept.id: kept for kept in courses.ending_from(conn, agency_id, today)}
    refs = sorted({each.ref for each in facts if each.ref})
    for at in range(0, len(refs), AT_A_TIME):
        found |= {kept.id: kept for kept in courses.named(conn, agency_id, refs[at : at + AT_A_TIME])}
    return iter(found.values())


def _same_class(offering: CourseOffering) -> Hashable:
    """A class that moved is known by its calendar's number of it; without one it is the title on its first day."""
    return offering.ref or (same_title(offering.title), offering.course_number, offering.starts_on)


def _merged(kept: CourseOffering, new: CourseOffering, absent: Sequence[str]) -> CourseOffering:
    # Topics that somebody gave the class stay, unless another title tells of others.
    other = new.title != kept.title and bool(new.topics)
    merged = keeping(kept, new, [*_OURS, *(name for name in absent if name != "topics" or not other)])
    # A split that somebody gave the class stays while it is one of the class as the file tells of it now.
    still = fits(merged.topic_hours, merged.hours) and set(merged.topic_hours) <= set(merged.topics)
    return merged if still else replace(merged, topic_hours={})


def _is_said(name: str, preview: Preview) -> bool:
    column = any(use.column == name for use in preview.columns)
    return column and any(getattr(row, name) not in (None, "", ()) for _, row in preview.of(CourseRow))


def _without_news_of_none(row: PlannedRow) -> PlannedRow:
    """That a class is cancelled which was never on file is nothing to keep."""
    of_none = any(
        isinstance(each, Add)
        and isinstance(each.fact, CourseOffering)
        and each.fact.status is OfferingStatus.CANCELLED
        for each in row.writes
    )
    if not of_none:
        return row
    return replace(row, fate=RowFate.SKIPPED, because=(why(PlanCode.CLASS_NOT_ON_FILE),), notes=(), writes=())
