"""Which classes can still be taken, for whom it may concern: those with a seat, before their last day to register?"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from db.queries import agencies
from db.records.courses import CourseOffering
from db.records.facts import AgencyId
from messages.lines import STILL_OWED
from rules.standing import Measure, Standing, StandingLine
from training.asking import Question
from training.courses import seats
from training.courses.offerings import numbers_of, upcoming
from training.office import local_day
from training.packs import PackShelf
from training.standings.duties import lines_about


@dataclass(frozen=True, slots=True)
class OpenClass:
    """A class that can be taken; ``left`` are its seats, None where nobody said how many."""

    offering: CourseOffering
    left: int | None


@dataclass(frozen=True, slots=True)
class OpenClasses:
    """All of them, the next one first."""

    classes: tuple[OpenClass, ...]

    def by(self, day: date) -> tuple[OpenClass, ...]:
        """Those that are over by a day."""
        return tuple(each for each in self.classes if each.offering.ends_on <= day)


def open_classes(question: Question) -> OpenClasses:
    """The classes that can still be taken at the moment of a question."""
    return open_at(question.conn, question.agency_id, question.asker.now)


def open_at(conn: Connection, agency_id: AgencyId, now: datetime) -> OpenClasses:
    """The same at an instant, for whoever asks in nobody's name."""
    zone = agencies.agency(conn, agency_id).fact.time_zone
    listed = upcoming(conn, agency_id, now, zone)
    taken = seats.taken(conn, agency_id, numbers_of(listed))
    found = (OpenClass(each.fact, seats.left(each.fact, taken[each.fact.number])) for each in listed)
    today = local_day(now, zone)
    return OpenClasses(tuple(each for each in found if _can_be_taken(each, today)))


def _can_be_taken(each: OpenClass, today: date) -> bool:
    closes = each.offering.register_by
    return each.left != 0 and (closes is None or today <= closes)


def open_lines(shelf: PackShelf, standing: Standing, offering: CourseOffering) -> tuple[StandingLine, ...]:
    """The hours somebody owes of a subject that the class is about. Cards and tests are no hours."""
    return tuple(
        line
        for line in lines_about(shelf, standing, offering.topics)
        if line.state in STILL_OWED and line.measure is Measure.HOURS
    )
