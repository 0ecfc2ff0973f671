"""Roll calls: what was read aloud is noted, hours are asked for, and whoever keeps the training records decides."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.queries.roll_calls import AskedHours
from db.records.facts import Kept
from db.records.roll_calls import RollCall
from handlers.routing import Answered, Asked, Route, coordinates, leads
from handlers.status import coordinator, finish
from messages import roll_call as say
from training.asking import Outcome, Question
from training.digests import covering
from training.people import display_name
from training.uploads.reviewers import name_of

MOST_TOPIC = 80
ONESELF = frozenset({"me", "myself", "i"})


def covered(question: Question, asked: Asked) -> Answered:
    """COVERED: noted for whoever was on the roster of the shift. Nobody gets hours by it."""
    call = covering.latest(question)
    if call is None:
        return _done(asked, say.CoveredFacts(code="none"))
    if covering.is_covered(question, call):
        return _done(asked, _facts(question, call, "already"))
    outcome = Outcome(does=covering.covers(question, call), data={"roll_call": call.id})
    return _done(asked, _facts(question, call, "covered"), outcome)


def _facts(question: Question, call: Kept[RollCall], code: say.RollCallCode) -> say.CoveredFacts:
    return say.CoveredFacts(
        code=code,
        at=_local(question, call.fact.starts_at),
        items=call.fact.items,
        present=len(call.fact.present),
        absent=len(call.fact.absent),
    )


def hours(question: Question, asked: Asked) -> Answered:
    """10 MIN PURSUIT POLICY, ME; or the form for it. A draft, whatever it says."""
    call = covering.latest(question)
    if call is None:
        return _done(asked, say.CoveredFacts(code="none"))
    if not covering.is_covered(question, call):
        return _done(asked, _facts(question, call, "late-asked"))
    own = _own_name(question)
    if asked.form is not None:
        topic, minutes, who = (_entered(asked.form, each) for each in ("topic", "minutes", "instructor"))
    else:
        topic, minutes, who = (str(asked.slot(each) or "") for each in ("topic", "minutes", "who"))
        if not topic and not minutes:
            return finish(say.hours_form(own, asked.words), Outcome(decides=False))
    number = int(minutes) if minutes.isascii() and minutes.isdecimal() and len(minutes) <= 3 else 0
    if not topic or not who or not 0 < number <= covering.MOST_MINUTES:
        return _done(asked, _facts(question, call, "no-minutes"))
    title = topic[:MOST_TOPIC].strip()
    title = title[:1].upper() + title[1:]
    instructor = own if who.casefold() in ONESELF else who[:MOST_TOPIC]
    facts = say.CoveredFacts(
        code="asked",
        at=_local(question, call.fact.starts_at),
        present=len(call.fact.present),
        absent=len(call.fact.absent),
        topic=title,
        minutes=number,
        instructor=instructor,
        reviewer=coordinator(question, asked),
    )
    does = covering.asks_hours(question, call, title, number, instructor)
    return _done(asked, facts, Outcome(does=does, data={"roll_call": call.id}))


def _own_name(question: Question) -> str:
    found = question.walls.by_ids(question.conn, question.agency_id, [question.asker.person_id])
    return display_name(found[0]) if found else question.name


def _entered(form: Mapping[str, Sequence[str]], name: str) -> str:
    return " ".join(" ".join(form.get(name, ())).split())


def listed(question: Question, asked: Asked) -> Answered:
    """Every draft that waits for a decision."""
    waiting = covering.waiting(question)
    facts = say.AskedHoursList(tuple(_line(question, each) for each in waiting))
    people = {person for each in waiting for person in (*each.call.fact.present, *each.call.fact.absent)}
    return finish(say.asked_hours(facts, asked.words), Outcome(looked_at=tuple(people)))


def _line(question: Question, draft: AskedHours) -> say.AskedHoursFacts:
    call, training = draft.call.fact, draft.asked.fact
    return say.AskedHoursFacts(
        number=covering.number_of(draft),
        who=name_of(question, draft.asked.recorded_by),
        shift=call.shift,
        at=_local(question, call.starts_at),
        topic=training.topic,
        minutes=training.minutes,
        instructor=training.instructor,
        present=_names(question, call.present),
        absent=_names(question, call.absent),
    )


def _names(question: Question, ids: Sequence[int]) -> tuple[str, ...]:
    found = question.walls.by_ids(question.conn, question.agency_id, list(ids))
    return tuple(sorted(each.family for each in found))


def record(question: Question, asked: Asked) -> Answered:
    """On record for everybody who was there."""
    return _decided(question, asked, recorded=True)


def refuse(question: Question, asked: Asked) -> Answered:
    """Nobody gets anything by it."""
    return _decided(question, asked, recorded=False)


def _decided(question: Question, asked: Asked, *, recorded: bool) -> Answered:
    said = asked.value or str(asked.slot("number") or "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) <= len("999999999") else 0
    draft = covering.found(question, number) if number else None
    if draft is None or covering.is_decided(question, draft):
        return _done(asked, say.CoveredFacts(code="no-draft"))
    if covering.is_own(question, draft):
        return _done(asked, say.CoveredFacts(code="own"))
    training = draft.asked.fact
    facts = say.CoveredFacts(
        code="recorded" if recorded else "refused",
        at=_local(question, draft.call.fact.starts_at),
        present=len(draft.call.fact.present),
        absent=len(draft.call.fact.absent),
        topic=training.topic,
        minutes=training.minutes,
    )
    does = covering.decides(question, draft, recorded=recorded)
    return _done(asked, facts, Outcome(does=does, data={"training": draft.asked.id}))


def _local(question: Question, at: datetime) -> datetime:
    return at.astimezone(question.at.tzinfo)


def _done(asked: Asked, facts: say.CoveredFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(name="roll-call-covered", handle=covered, may_use=leads, commands=("roll-call-covered",)),
    Route(name="roll-call-hours", handle=hours, may_use=leads, commands=("roll-call-hours",), has_form=True),
    Route(name="roll-calls", handle=listed, may_use=coordinates, commands=("roll-calls",)),
    Route(name="record-roll-call", handle=record, may_use=coordinates, commands=("record-roll-call",)),
    Route(name="refuse-roll-call", handle=refuse, may_use=coordinates, commands=("refuse-roll-call",)),
)
