"""Which entries of the log does a question mean: of which days, and as the log stood when?"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.queries import audit
from db.queries.audit import Stretch
from training.asking import Question


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another where the asker is, both included."""

    first: date
    last: date


def written(question: Question, days: Days | None) -> Stretch:
    """What was in the log at the moment of the question, and was written on those days."""
    known = question.moment.known
    last = None if known is None else audit.position_at(question.conn, question.agency_id, known)
    if days is None:
        return Stretch(last)
    return Stretch(last, _begins(days.first, question), _begins(days.last + timedelta(days=1), question))


def _begins(day: date, question: Question) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(question.asker.time_zone))
