"""Of which days is a question about what was written down, and of which was the answer that MORE goes on with?"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handlers.routing import Answered, Asked, Handler, page_after
from training.asking import Question
from training.log.stretches import Days


def named_days(asked: Asked) -> Days | None:
    """The day or the days that the words name; None for any day."""
    day, span = asked.slot("date"), asked.slot("date_range")
    if isinstance(day, date):
        return Days(day, day)
    if isinstance(span, tuple) and len(span) == 2:
        first, last = span
        if isinstance(first, date) and isinstance(last, date):
            return Days(first, last)
    return None


def kept_days(days: Days | None) -> dict[str, object]:
    """What a talk remembers of them."""
    return {} if days is None else {"days": [days.first.isoformat(), days.last.isoformat()]}


def remembered_days(kept: Mapping[str, Any]) -> Days | None:
    """The days that a talk has been about."""
    days = kept.get("days")
    return Days(*map(date.fromisoformat, days)) if isinstance(days, list) else None


def following_days(listing: Callable[[Question, Asked, int, Days | None], Answered]) -> Handler:
    """MORE of a list that is found again by its page and its days."""

    def next_page(question: Question, asked: Asked) -> Answered:
        return listing(question, asked, page_after(question), remembered_days(question.remembered()))

    return next_page
