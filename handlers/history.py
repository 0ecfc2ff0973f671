"""What have I completed? By year or span of days, a page at a time, with only what is on file."""

from datetime import date
from decimal import Decimal
from typing import Any

from db.records.facts import Completion, Credit, Kept
from handlers.routing import Answered, Asked, Route, Tense, everyone, page_after
from handlers.status import finish
from handlers.team import refuse
from messages import history as say
from messages.pages import lines_for
from messages.records import RecordFacts
from messages.wording import day_with_year
from rules.standing import Remark
from training.asking import Outcome, Question
from training.people import Concerned, concerned, named, oneself
from training.standings.history import history
from training.transcripts.records import record_number

# A history that is whole is kept as complete since before anybody worked; no reader wants that day.
WHOLE = date(1900, 1, 1)
SINCE = frozenset({"since", "from", "after", "starting", "beginning"})
UNTIL = frozenset({"until", "till", "through", "thru", "before", "by", "to"})


def completed(question: Question, asked: Asked) -> Answered:
    """History of the year or span named, or all of it, newest first."""
    whom = oneself(question)
    name = asked.slot("person")
    if isinstance(name, str) and name:
        found = named(question, name).found
        whom_named = concerned(question, found[0].person_id) if len(found) == 1 else None
        if whom_named is None:
            return refuse(question, asked)
        whom = whom_named
    first, last = _span(asked)
    return _page(question, asked, whom, first, last, page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of the history last shown."""
    remembered = question.remembered()
    about = remembered.get("about")
    whom = oneself(question) if about is None else concerned(question, about)
    if whom is None:
        return refuse(question, asked)
    return _page(
        question,
        asked,
        whom,
        _day(remembered.get("first")),
        _day(remembered.get("last")),
        page=page_after(question),
    )


def _page(
    question: Question, asked: Asked, whom: Concerned, first: date | None, last: date | None, page: int
) -> Answered:
    found = history(question, whom.person_id, first, last)
    facts = say.HistoryFacts(
        name=whom.name,
        records=tuple(_record(kept) for kept in found.completions),
        asked=_asked(first, last),
        page=page,
        lines=lines_for(question.channel),
        complete_from=day_with_year(found.complete_from, asked.words)
        if found.complete_from is not None and found.complete_from > WHOLE
        else "",
    )
    outcome = Outcome(looked_at=whom.looked_at, data={"records": len(found.completions)})
    return finish(
        say.history(facts, asked.words),
        outcome,
        intent="training_history",
        first=first.isoformat() if first is not None else None,
        last=last.isoformat() if last is not None else None,
        page=page,
        pages_of="history",
        about=whom.person_id if whom.looked_at else None,
    )


def _record(kept: Kept[Completion]) -> RecordFacts:
    fact = kept.fact
    reasons = () if fact.credit is Credit.YES else (Remark(fact.credit_reason or "not-passed"),)
    return RecordFacts(
        ref=str(kept.id),
        number=str(record_number(kept.id)),
        on=fact.completed_on,
        title=fact.title,
        hours=fact.hours if fact.hours else None,
        counted=fact.hours if fact.credit is Credit.YES else Decimal(0),
        score=fact.score,
        passed=fact.passed,
        evidence=str(fact.evidence.get("firearm_type", "")).replace("-", " "),
        reasons=reasons,
    )


def _span(asked: Asked) -> tuple[date | None, date | None]:
    span = asked.slot("date_range")
    if isinstance(span, tuple) and len(span) == 2:
        first, last = span
        if isinstance(first, date) and isinstance(last, date):
            return first, last
    day = asked.slot("date")
    if not isinstance(day, date):
        return None, None
    # A day alone is that day; only its words make it the first or the last of many.
    words = set(asked.text.casefold().split())
    if words & SINCE:
        return day, None
    return (None, day) if words & UNTIL else (day, day)


def _asked(first: date | None, last: date | None) -> str:
    if first is None or first == last:
        return "" if last is None else last.isoformat()
    if last is not None and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    return f"{first.isoformat()}/{last.isoformat()}" if last is not None else first.isoformat()


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else None


ROUTES = (
    Route(
        name="history",
        handle=completed,
        may_use=everyone,
        intents=("training_history",),
        menu="history",
        tense=Tense.EITHER,
        shows=True,
        next_page=next_page,
    ),
)
