"""How do other programs hear what was read from a file? One flat object (`rollcall read certificate`)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from reading.certificates.model import CertificateReading, CourseRead, Read
from reading.certificates.rows import NOT_FINISHED

_Field = Read[str] | Read[date] | Read[Decimal] | None


def as_object(reading: CertificateReading) -> Mapping[str, object]:
    """The values, and how surely each was read; with several courses that of the least sure."""
    fields: list[tuple[str, _Field]] = [("person_name", reading.person_name)]
    # What was begun and not finished is no course that anybody completed.
    courses = [course for course in reading.courses if course.status != NOT_FINISHED]
    fields += [named for course in courses for named in _fields(course)]
    return {
        "kind": reading.kind.value,
        "reason": reading.reason,
        "person_name": _value(reading.person_name),
        "courses": [
            {
                **{name: _value(field) for name, field in _fields(course)},
                "topics": [topic.value for topic in course.topics],
            }
            for course in courses
        ],
        "confidence": _least(fields),
        "pages": reading.pages,
        "seconds": reading.seconds,
    }


def _fields(course: CourseRead) -> Iterable[tuple[str, _Field]]:
    return (
        ("title", course.title),
        ("completed_on", course.completed_on),
        ("started_on", course.started_on),
        ("hours", course.hours),
        ("provider", course.provider),
        ("approval_number", course.approval_number),
    )


def _least(fields: Iterable[tuple[str, _Field]]) -> Mapping[str, float]:
    least: dict[str, float] = {}
    for name, field in fields:
        if field is not None:
            least[name] = min(field.confidence, least.get(name, 1.0))
    return {name: round(confidence, 3) for name, confidence in least.items()}


def _value(field: _Field) -> str | int | float | None:
    if field is None:
        return None
    value = field.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
