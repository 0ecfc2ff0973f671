"""How does a class come onto the calendar, change and end by hand? A correction is a new row; the number stays."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from db.queries import agencies, courses
from db.records.audit import AuditDraft
from db.records.courses import CourseOffering, OfferingStatus
from db.unit_of_work import Writer
from reading.tables.topic_hours import whole_of
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.courses.offerings import Offering, begins, by_number, ends, topics_of

ONE_DAY = timedelta(days=1)
Does = Callable[[Writer], Iterable[AuditDraft]]
# Text that is empty where nobody said anything; everything else that was left empty is not known.
_TEXTS = ("place", "provider", "course_number", "delivery", "link")
_UNKNOWN = ("hours", "seats", "cost", "register_by", "board_approved", "miles", "miles_source")


def next_number(question: Question) -> int:
    """The number that a class entered now gets."""
    return courses.next_number(question.conn, question.agency_id)


def of_values(question: Question, values: Mapping[str, Any], before: CourseOffering | None) -> CourseOffering:
    """The class that was entered. Its sessions stay as they are known while days and hours are the same."""
    first: date = values["starts_on"]
    last: date = values["ends_on"] or first
    title: str = values["title"]
    split: Mapping[str, Decimal] = values["topic_hours"] or {}
    said = {
        "title": title,
        "starts_on": first,
        "ends_on": last,
        "topics": tuple(dict.fromkeys((*(values["topics"] or (() if split else topics_of(title))), *split))),
        "topic_hours": split,
        "status": OfferingStatus(values["status"] or OfferingStatus.OPEN),
        **{name: values[name] or "" for name in _TEXTS},
        **{name: values[name] for name in _UNKNOWN},
    }
    if said["hours"] is None and split:
        said["hours"] = whole_of(split)
    clock = (values["begins"] or "", values["ends"] or "")
    if before is None:
        zone = agencies.agency(question.conn, question.agency_id).fact.time_zone
        return CourseOffering(
            number=next_number(question), zone=zone, sessions=_each_day(first, last, *clock), **said
        )
    same = (before.starts_on, before.ends_on, begins(before), ends(before)) == (first, last, *clock)
    sessions = before.sessions if same else _each_day(first, last, *clock)
    return replace(before, sessions=sessions, **said)


def _each_day(first: date, last: date, from_: str, until: str) -> list[Mapping[str, str]]:
    if not from_:
        return []
    days = (first + count * ONE_DAY for count in range((last - first).days + 1))
    return [{"date": day.isoformat(), "begins": from_, "ends": until} for day in days]


def enters(offering: CourseOffering) -> Does:
    """A new class. OvertakenError when another one took its number first."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if courses.next_number(writer.conn, writer.agency_id) != offering.number:
            raise OvertakenError
        writer.record(offering)
        yield AuditDraft(tag=AuditTag.CLASS_ENTERED, data={"class": offering.number})

    return does


def changes(kept: Offering, offering: CourseOffering) -> Does:
    """The same class as it is now. OvertakenError when somebody changed it meanwhile."""
    cancelled = (
        offering.status is OfferingStatus.CANCELLED and kept.fact.status is not OfferingStatus.CANCELLED
    )
    tag = AuditTag.CLASS_CANCELLED if cancelled else AuditTag.CLASS_CHANGED

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = by_number(writer.conn, writer.agency_id, kept.fact.number)
        if now is None or now.id != kept.id:
            raise OvertakenError
        writer.correct(kept.id, offering)
        yield AuditDraft(tag=tag, data={"class": offering.number})

    return does


def cancels(kept: Offering) -> Does:
    """The class does not take place."""
    return changes(kept, replace(kept.fact, status=OfferingStatus.CANCELLED))
