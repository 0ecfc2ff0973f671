"""Is the question about another day, or about what the file said once? Then the answer says so, and follow-ups stay on
it."""

from collections.abc import Iterable
from dataclasses import replace

from db.queries.hindsight import Hindsight, hindsight
from handlers.routing import Answered, Asked, Route
from handlers.status import finish
from messages.moment import (
    MomentFacts,
    NothingOnFileFacts,
    UnreadDayFacts,
    at_moment,
    nothing_was_on_file,
    unread_day,
)
from reading.text.model import AskedMoment
from training.asking import Outcome, Question
from training.moments import NOW, Moment, asked_moment, remembered_moment

# What continues an answer and so stays on its moment; anything else is a new question, about now.
CONTINUES = frozenset({"why", "list", "more", "missing", "picture", "record", "pick"})
# What can be answered for another moment at all.
HAS_MOMENTS = CONTINUES | {
    "status",
    "status-topic",
    "hours",
    "expiry",
    "next-deadline",
    "deadlines",
    "history",
    "person",
    "team",
    "overdue",
    "at-risk",
}


def meant(question: Question, asked: Asked, route: Route | None) -> Moment | None:
    """The moment that a typed message is about; None when its words name no single day that can be answered for."""
    words = asked.understood.moment
    if words is None:
        follows = asked.understood.follow_up and route is not None and route.name in HAS_MOMENTS
        return remembered(question) if follows else continued(question, route)
    if route is None or route.name not in HAS_MOMENTS:
        return NOW
    if words.unread:
        return None
    asker = question.asker
    return asked_moment(question.conn, question.agency_id, words, asker.time_zone, asker.now)


def continued(question: Question, route: Route | None) -> Moment:
    """The moment of the answer that this continues; now for a new question."""
    return remembered(question) if route is not None and route.name in CONTINUES else NOW


def remembered(question: Question) -> Moment:
    """What the talk has been about."""
    return remembered_moment(
        question.conn, question.agency_id, question.remembered(), question.asker.time_zone
    )


def unread(question: Question, asked: Asked) -> Answered:
    """Which day, or that the file of a day to come is not written; never an answer about another day instead."""
    words = asked.understood.moment or AskedMoment()
    to_come = not words.unread and words.known_on is not None
    written = words.known_on.isoformat() if words.known_on is not None and to_come else words.unread
    facts = UnreadDayFacts(written=written, to_come=to_come)
    return finish(unread_day(facts, asked.words), Outcome(kind=""), **_still(question))


def nothing_on_file(question: Question, asked: Asked) -> Answered:
    """UNKNOWN, because the file did not know the person yet; never the answer of another moment instead."""
    facts = NothingOnFileFacts(agency=question.asker.agency_name, known=question.at)
    message = nothing_was_on_file(facts, asked.words)
    return finish(message, Outcome(kind="", data={"moment": question.moment.to_json()}), **_still(question))


def at_its_moment(question: Question, asked: Asked, answered: Answered) -> Answered:
    """The answer with its moment said in it, written down with it, and kept for what continues it."""
    moment = question.moment
    if moment.is_now:
        return answered
    outcome = answered.outcome
    looked_at = outcome.looked_at or (question.asker.person_id,)
    since = _since(question, looked_at)
    facts = MomentFacts(
        day=question.day,
        today=question.today,
        known=moment.known,
        recorded_later=since.recorded_later,
        changed=since.changed,
    )
    said = moment.to_json() | ({} if moment.seq is None else {"known_at": moment.seq})
    return Answered(
        at_moment(answered.message, facts, asked.words),
        replace(
            outcome,
            # What is true of another moment is nobody's present standing.
            keep=(),
            data={**outcome.data, "moment": said},
            remember={**(outcome.remember or {}), "moment": moment.to_json()},
        ),
    )


def _since(question: Question, looked_at: Iterable[int]) -> Hindsight:
    """Of one person's answer; a list of many says of whom it is a list and no more."""
    people = tuple(looked_at)
    if question.known_at is None or len(people) != 1:
        return Hindsight()
    return hindsight(question.conn, question.agency_id, people[0], question.day, question.known_at)


def _still(question: Question) -> dict[str, object]:
    return {name: value for name, value in question.remembered().items() if name != "failures"}
