"""What is asked for, put together: from a class of the calendar, from somebody's own words, and what cannot be so."""

from dataclasses import replace
from datetime import date

from db.records.courses import CourseOffering
from messages.class_values import ClassValues, class_days
from messages.requests import EffectFacts, ProblemFacts, RequestProblem, change_line
from messages.wording import dollars, hours
from messages.words import Words
from reading.text.wishes import Wish
from reading.titles import match_title
from training.asking import Question
from training.courses import offerings, seats
from training.requests import effects, going
from training.requests.effects import MOST_DAYS, FoundEffects
from training.requests.values import CostKind, CostLine, RequestValues, Session, changed


def of_offering(offering: CourseOffering) -> RequestValues:
    """A class of our calendar, as it is now: what is changed there later changes no request."""
    costs = () if offering.cost is None else (CostLine(CostKind.TUITION, offering.cost),)
    return RequestValues(
        title=offering.title,
        offering=offering.number,
        starts_on=offering.starts_on,
        ends_on=offering.ends_on,
        sessions=tuple(
            Session(date.fromisoformat(each["date"]), each.get("begins", ""), each.get("ends", ""))
            for each in offering.sessions
        ),
        place=offering.place,
        miles=offering.miles,
        miles_source=offering.miles_source or "",
        provider=offering.provider,
        course_number=offering.course_number,
        topics=tuple(offering.topics),
        hours=offering.hours,
        topic_hours=dict(offering.topic_hours),
        delivery=offering.delivery,
        costs=costs,
        register_by=offering.register_by,
    )


def with_wish(values: RequestValues, wish: Wish) -> RequestValues:
    """The values with what was said now. What is not a class of the calendar any more is of none."""
    said = values
    if wish.title:
        found = match_title(wish.title)
        said = replace(said, title=wish.title, topics=tuple(found.topics), topic_hours={})
    if wish.first is not None:
        said = replace(said, starts_on=wish.first, ends_on=wish.last or wish.first, sessions=())
    if wish.place:
        # How far another place is nobody has said.
        said = replace(said, place=wish.place, miles=None, miles_source="")
    if wish.hours is not None:
        said = replace(said, hours=wish.hours)
        if wish.hours != values.hours:
            # How other hours are split nobody has said.
            said = replace(said, topic_hours={})
    if wish.register_by is not None:
        said = replace(said, register_by=wish.register_by)
    if wish.out_of_town is not None:
        said = replace(said, out_of_town=wish.out_of_town)
    # Other costs of a class of the calendar are still that class.
    other_class = values.offering is not None and (wish.title or wish.first is not None or wish.place)
    if other_class:
        said = replace(said, offering=None)
    if wish.costs:
        named = {CostKind(kind): amount for kind, amount in wish.costs}
        kept = tuple(each for each in values.costs if each.kind not in named)
        said = replace(said, costs=(*kept, *(CostLine(kind, amount) for kind, amount in named.items())))
    return said


def says_the_same(before: RequestValues, after: RequestValues) -> bool:
    """Whether nothing that people read of it is another value."""
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("title", "starts_on", "ends_on", "hours", "costs", "register_by", "out_of_town")
    ) and (before.place.casefold() == after.place.casefold())


def class_values(values: RequestValues) -> ClassValues:
    """What is asked for, as messages say it."""
    return ClassValues(
        title=values.title,
        number=values.offering,
        hours=values.hours,
        first=values.starts_on,
        last=values.ends_on,
        place=values.place,
        cost=values.cost,
        register_by=values.register_by,
    )


def impossible(values: RequestValues, today: date) -> RequestProblem | None:
    """Days that cannot be: over already, or with the end before the beginning."""
    if values.starts_on is None:
        return None
    last = values.ends_on or values.starts_on
    if last < values.starts_on or (last - values.starts_on).days > MOST_DAYS:
        return "backwards"
    return "past" if values.starts_on < today else None


def problem_of(values: RequestValues, wish: Wish, today: date) -> ProblemFacts | None:
    """Why a value of these, with what was said now, is asked for once more; None where none is."""
    doubt = wish.doubt
    if doubt is not None:
        return ProblemFacts(code=doubt.code, written=doubt.written, first=doubt.first, last=doubt.last)
    if wish.too_dear:
        return ProblemFacts(code="too-dear")
    code = impossible(values, today)
    return None if code is None else ProblemFacts(code=code, first=values.starts_on, last=values.ends_on)


def without_doubtful(values: RequestValues, problem: ProblemFacts) -> RequestValues:
    """The same without what cannot be, so that it is asked for again."""
    if problem.code == "too-dear":
        return replace(values, costs=())
    if problem.first is not None and problem.first == values.starts_on:
        return replace(values, starts_on=None, ends_on=None, sessions=())
    # What could not be read is in none of them.
    return values


def effects_of(question: Question, person_id: int, values: RequestValues, words: Words) -> FoundEffects:
    """What it does to whoever takes it, as of now."""
    left = None
    if values.offering is not None:
        found = offerings.by_number(question.conn, question.agency_id, values.offering)
        if found is not None:
            held = seats.taken(question.conn, question.agency_id, [values.offering])
            left = seats.left(found.fact, held[values.offering])
    return effects.found(
        question, person_id, values, words, minimums=going.minimums(question), seats_left=left
    )


def effect_facts(found: FoundEffects, values: RequestValues, today: date) -> EffectFacts:
    """The same as its asker reads of it."""
    counts = found.counts_hours
    over = values.register_by is not None and values.register_by < today
    # Of a class whose hours and topics nobody knows it cannot be said what it leaves open.
    is_known = values.ends_on is not None and (values.hours is not None or bool(values.topics))
    return EffectFacts(
        counts=counts,
        toward=found.counts_toward,
        over=counts is not None and found.hours is not None and counts < found.hours,
        closes=found.closes,
        leaves_open=found.leaves_open if is_known else (),
        shifts=found.shifts_hit,
        on_leave=found.on_leave,
        in_court=found.in_court,
        no_seat=found.seats_left == 0,
        closed_on=values.register_by if over else None,
    )


def change_lines(before: RequestValues, after: RequestValues, words: Words) -> tuple[str, ...]:
    """What is another value now, as people read it: each with what it was."""
    names = changed(before, after)
    lines = []
    if "title" in names:
        lines.append(change_line(words.say("request-value-title"), before.title, after.title, words))
    if {"starts_on", "ends_on"} & names.keys():
        was, now = _days(before, words), _days(after, words)
        lines.append(change_line(words.say("request-value-dates"), was, now, words))
    if "place" in names:
        lines.append(change_line(words.say("request-value-place"), before.place, after.place, words))
    if "hours" in names:
        was = "" if before.hours is None else hours(before.hours, words)
        now = "" if after.hours is None else hours(after.hours, words)
        lines.append(change_line(words.say("request-value-hours"), was, now, words))
    if "costs" in names:
        was = "" if before.cost is None else dollars(before.cost)
        now = "" if after.cost is None else dollars(after.cost)
        if was == now:
            was = ""
        lines.append(change_line(words.say("request-value-cost"), was, now, words))
    if not lines:
        lines.append(words.say("request-value-other"))
    return tuple(lines)


def _days(values: RequestValues, words: Words) -> str:
    if values.starts_on is None:
        return ""
    return class_days(values.starts_on, values.ends_on or values.starts_on, words)
