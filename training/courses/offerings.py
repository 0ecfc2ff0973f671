"""Which classes are on the agency's calendar, by number, to come, or as somebody describes them?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import courses
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import AgencyId, Kept
from reading.tables.cellreader import kebab
from reading.text.courses import names_class, words_for_class
from reading.titles import match_title
from training.shifts.wall_clock import instant

ONLINE = frozenset({"online", "virtual", "webinar", "e-learning", "elearning", "self-paced", "distance"})
PREFIX = "C-"
Offering = Kept[CourseOffering]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedClasses:
    """What somebody looks for. ``text`` is their own words; every part that is empty asks for nothing."""

    topics: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    online: bool = False
    text: str = ""


def by_number(
    conn: Connection, agency_id: AgencyId, number: int, *, known_at: int | None = None
) -> Offering | None:
    """The class of a number as it was last corrected, cancelled or over as it may be; None for no class of ours."""
    return next(iter(courses.by_numbers(conn, agency_id, (number,), known_at)), None)


def by_numbers(conn: Connection, agency_id: AgencyId, numbers: Sequence[int]) -> tuple[Offering, ...]:
    """The classes of these numbers, in the order in which they are asked for."""
    found = {each.fact.number: each for each in courses.by_numbers(conn, agency_id, numbers)}
    return tuple(found[number] for number in numbers if number in found)


def upcoming(
    conn: Connection, agency_id: AgencyId, at: datetime, zone: str, *, known_at: int | None = None
) -> tuple[Offering, ...]:
    """Classes that take place and have not begun at an instant, the next one first. ``zone`` is the agency's."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return tuple(
        each
        for each in courses.ending_from(conn, agency_id, day, known_at)
        if each.fact.status is not OfferingStatus.CANCELLED and not has_begun(each.fact, at)
    )


def search(offerings: Sequence[Offering], wanted: WantedClasses) -> tuple[Offering, ...]:
    """Those that are meant, in the order given. What the words name by title goes before what they name by topic."""
    kept = [each for each in offerings if _fits(each.fact, wanted)]
    words = words_for_class(wanted.text)
    titled = [each for each in kept if words and names_class(words, said_of(each.fact))]
    if titled:
        return tuple(titled)
    topics = frozenset(wanted.topics)
    if topics:
        return tuple(each for each in kept if topics.intersection(each.fact.topics))
    return () if words else tuple(kept)


def _fits(offering: CourseOffering, wanted: WantedClasses) -> bool:
    if wanted.online and not is_online(offering):
        return False
    if wanted.first is not None and offering.starts_on < wanted.first:
        return False
    return wanted.last is None or offering.starts_on <= wanted.last


def said_of(offering: CourseOffering) -> str:
    """What a class can be asked for by."""
    return " ".join((offering.title, offering.place, offering.provider, offering.course_number))


def is_online(offering: CourseOffering) -> bool:
    """Whether nobody has to go anywhere for it."""
    return offering.delivery in ONLINE


def days_of(offering: CourseOffering) -> tuple[date, ...]:
    """The days on which it is held, as far as they are known: those of its sessions, or its first and last."""
    days = {date.fromisoformat(each["date"]) for each in offering.sessions}
    return tuple(sorted(days or {offering.starts_on, offering.ends_on}))


def begins(offering: CourseOffering) -> str:
    """When it begins on its first day, ``HH:MM``; empty where nobody said."""
    return next((each["begins"] for each in offering.sessions), "")


def ends(offering: CourseOffering) -> str:
    """When it ends on its first day, ``HH:MM``; empty where nobody said."""
    return next((each["ends"] for each in offering.sessions), "")


def starts_at(offering: CourseOffering) -> datetime:
    """The instant at which it begins; without a time of day, the end of its first day at the latest counts."""
    clock = begins(offering)
    said = time.fromisoformat(clock) if clock else time(23, 59)
    return instant(offering.starts_on, said, ZoneInfo(offering.zone))


def has_begun(offering: CourseOffering, at: datetime) -> bool:
    """Whether it is too late to go to it from its beginning."""
    return starts_at(offering) <= at


def topics_of(title: str) -> tuple[str, ...]:
    """The topics that a title names."""
    return tuple(kebab(topic) for topic in match_title(title).topics)


def called(number: int) -> str:
    """``C-12``."""
    return f"{PREFIX}{number}"


def numbers_of(offerings: Collection[Offering]) -> tuple[int, ...]:
    """The numbers of these classes."""
    return tuple(each.fact.number for each in offerings)
