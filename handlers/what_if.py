"""What if I take this course then? The rules are played through with one supposed record; nothing is written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from dateutil.relativedelta import relativedelta

from handlers.routing import Answered, Asked, Route, Tense, everyone
from handlers.status import about, coordinator, finish, overall, own_standing, status_facts, topic_names
from messages import what_if as say
from messages import wording
from messages.forms import FieldError
from messages.lines import STILL_OWED
from reading.forms import FieldEntry, read_choice, read_day, read_hours
from rules.case import plain
from rules.model import Completion
from rules.standing import Measure, Standing
from training.asking import Outcome, Question
from training.standings import compliance
from training.standings.duties import lines_about, packs_of, rule_of
from training.standings.judging import judged_for

# Two weeks of eight-hour days, the longest course that comes as one record; more is mostly a point that was forgotten.
LONGEST_CLASS = Decimal(80)
# No shipped duty looks back further than five years, and three licensing cycles ahead is further than anybody plans:
# every real question is inside, and a slip in the figure of a year is mostly outside.
YEARS_AROUND = 10
# What nobody has to repeat to the person who wrote it.
BARE = frozenset({"what if", "whatif"})


def suppose(question: Question, asked: Asked) -> Answered:
    """TOPIC, HOURS and DATE as far as they were named, the day asked about when no date was; else the form to name
    them."""
    if asked.form is not None:
        return _submitted(question, asked, asked.form)
    topics = asked.topics()
    hours = asked.slot("hours")
    when = _day(asked, question.day)
    if not topics or not isinstance(hours, (Decimal, int)):
        return _ask(question, asked, topics, hours)
    return _played(question, asked, topics, Decimal(hours), when, topic_names(topics, asked.words))


def _submitted(question: Question, asked: Asked, form: Mapping[str, tuple[str, ...]]) -> Answered:
    """The form that came back: played through, or shown again with a sentence beside each wrong field."""
    standing, _ = own_standing(question)
    topics = dict(_topics(question, standing))
    topic = read_choice(form.get("topic", ()), topics)
    hours = read_hours(form.get("hours", ()), most=LONGEST_CLASS)
    first, last = _years_from(question.today, -YEARS_AROUND), _years_from(question.today, YEARS_AROUND)
    day = read_day(form.get("day", ()), first=first, last=last)
    errors = dict(chain(_error("topic", topic), _error("hours", hours), _error("day", day)))
    if errors or topic.value is None or hours.value is None or day.value is None:
        entered = replace(
            _a_class(topics),
            topic=topic.value or "",
            hours=hours.value,
            day=day.value,
            errors=errors,
        )
        return _unknown(question, asked, entered if topics else None)
    return _played(question, asked, (topic.value,), hours.value, day.value, topics[topic.value])


def _error(
    name: str, entry: FieldEntry[str] | FieldEntry[Decimal] | FieldEntry[date]
) -> tuple[tuple[str, FieldError], ...]:
    if entry.problem is None:
        return ()
    return ((name, FieldError(code=entry.problem.value, written=entry.written, limit=entry.limit)),)


def _ask(question: Question, asked: Asked, named: tuple[str, ...], hours: object) -> Answered:
    """The form with whatever the sentence did name; without topics to choose from only the words."""
    standing, _ = own_standing(question)
    topics = dict(_topics(question, standing))
    if not topics:
        return _unknown(question, asked, None)
    own = [
        pack.topics.get(plain(topic), plain(topic))
        for topic in named
        for pack in packs_of(question.shelf, standing)
    ]
    entered = replace(
        _a_class(topics),
        topic=next((topic for topic in own if topic in topics), ""),
        hours=Decimal(hours) if isinstance(hours, (Decimal, int)) else None,
        day=_day(asked, question.day),
    )
    return _unknown(question, asked, entered)


def is_bare(text: str) -> bool:
    """Whether nothing but the question itself was typed, as a button would ask it."""
    return " ".join(text.casefold().split()).strip(" ?.!") in BARE


def _a_class(topics: Mapping[str, str]) -> say.ClassFacts:
    return say.ClassFacts(topics=tuple(topics.items()))


def _unknown(question: Question, asked: Asked, a_class: say.ClassFacts | None) -> Answered:
    facts = say.WhatIfUnknownFacts(
        name=question.name,
        supposed=wording.echoed(asked.text),
        coordinator=coordinator(question, asked),
        a_class=a_class,
        is_bare=not asked.text.strip() or is_bare(asked.text),
    )
    return finish(say.what_if_unknown(facts, asked.words), Outcome(), intent="what_if")


def _played(
    question: Question, asked: Asked, topics: tuple[str, ...], hours: Decimal, when: date, named: str
) -> Answered:
    """Where the asker would stand; ``named`` is the topics as a reader says them."""
    now = judged_for(question, question.asker.person_id)
    record = Completion("supposed", when, hours, frozenset(plain(topic) for topic in topics), approved=True)
    after = compliance.judge(
        question.conn,
        question.shelf,
        question.agency_id,
        question.asker.person_id,
        max(when, question.day),
        extra=(record,),
        known_at=question.known_at,
    )
    if now is None or after is None:
        return overall(question, asked)
    facts_now = status_facts(question, asked, now.standing)
    supposed = asked.words.say(
        "what-if-supposed",
        topic=named,
        hours=wording.hours(hours, asked.words),
        day=wording.day(when, question.day, asked.words),
    )
    facts_after = say.WhatIfFacts(before=facts_now, after=after.standing, supposed=supposed)
    outcome = Outcome(data=about(now.standing))
    remembered = {
        "intent": "what_if",
        "topic": list(topics),
        "hours": str(hours),
        "date": when.isoformat(),
    }
    return finish(say.what_if(facts_after, asked.words), outcome, **remembered)


def _topics(question: Question, standing: Standing) -> tuple[tuple[str, str], ...]:
    """Topics of the asker's packs with the packs' own names: what is still owed first, then by name."""
    labels: dict[str, str] = {}
    for pack in packs_of(question.shelf, standing):
        for topic, label in pack.topic_labels.items():
            labels.setdefault(topic, label)
    places = {topic: _place(question, standing, topic) for topic in labels}
    return tuple(sorted(labels.items(), key=lambda pair: (places[pair[0]], pair[1].casefold())))


def _place(question: Question, standing: Standing, topic: str) -> int:
    """Where in the standing the topic is still owed; behind everything when it is not. A card is no class."""
    owed = {
        line.requirement
        for line in lines_about(question.shelf, standing, (topic,))
        if line.state in STILL_OWED and line.measure is not Measure.CARD
    }
    for place, line in enumerate(standing.lines):
        if line.requirement in owed:
            return place
        if line.state in STILL_OWED and _takes_any(question, standing, line.requirement, topic):
            return len(standing.lines)
    return len(standing.lines) + 1


def _takes_any(question: Question, standing: Standing, requirement: str, topic: str) -> bool:
    """Whether hours of no topic in particular are owed, and this is the name for such hours."""
    found = rule_of(question.shelf, standing, requirement)
    return found is not None and found[1].counts.topics is None and found[0].general_topic == topic


def _years_from(day: date, years: int) -> date:
    """The same day so many years on; the last of February where there is no 29th, and never outside the calendar."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day + relativedelta(year=year)


def _day(asked: Asked, today: date) -> date:
    when = asked.slot("date")
    if isinstance(when, date):
        return when
    span = asked.slot("date_range")
    if isinstance(span, tuple) and span and isinstance(span[0], date):
        return span[0]
    return today


ROUTES = (
    Route(
        name="what-if",
        handle=suppose,
        may_use=everyone,
        intents=("what_if",),
        menu="what-if",
        tense=Tense.SUPPOSED,
        own_record=True,
        shows=True,
        has_form=True,
    ),
)
