"""What if I take this course then? The rules are played through with one supposed record; nothing is written."""

from datetime import date
from decimal import Decimal

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import about, coordinator, finish, overall, status_facts, topic_names
from messages import what_if as say
from messages import wording
from rules.case import plain
from rules.model import Completion
from training import compliance
from training.asking import Outcome, Question


def suppose(question: Question, asked: Asked) -> Answered:
    """TOPIC, HOURS and DATE as far as they were named: today when no date was."""
    topics = asked.topics()
    hours = asked.slot("hours")
    when = _day(asked, question.today)
    if not topics or not isinstance(hours, (Decimal, int)):
        facts = say.WhatIfUnknownFacts(
            name=question.name, supposed=wording.echoed(asked.text), coordinator=coordinator(question, asked)
        )
        return finish(say.what_if_unknown(facts, asked.words), Outcome(kind=""), intent="what_if")
    now = compliance.judge(
        question.conn, question.shelf, question.agency_id, question.asker.person_id, question.today
    )
    then = max(when, question.today)
    record = Completion(
        "supposed", when, Decimal(hours), frozenset(plain(topic) for topic in topics), approved=True
    )
    after = compliance.judge(
        question.conn, question.shelf, question.agency_id, question.asker.person_id, then, extra=(record,)
    )
    if now is None or after is None:
        return overall(question, asked)
    facts_now = status_facts(question, asked, now.standing)
    supposed = asked.words.say(
        "what-if-supposed",
        topic=topic_names(topics, asked.words),
        hours=wording.hours(Decimal(hours), asked.words),
        day=wording.day(when, question.today, asked.words),
    )
    facts_after = say.WhatIfFacts(before=facts_now, after=after.standing, supposed=supposed)
    outcome = Outcome(kind="", data=about(now.standing))
    remembered = {"intent": "what_if", "topic": list(topics), "hours": str(hours)}
    return finish(say.what_if(facts_after, asked.words), outcome, **remembered)


def _day(asked: Asked, today: date) -> date:
    when = asked.slot("date")
    if isinstance(when, date):
        return when
    span = asked.slot("date_range")
    if isinstance(span, tuple) and span and isinstance(span[0], date):
        return span[0]
    return today


ROUTES = (Route(name="what-if", handle=suppose, may_use=everyone, intents=("what_if",), menu="what-if"),)
