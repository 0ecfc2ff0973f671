"""Which class of the calendar is meant: one of those that were shown, or which of those that are named? Nothing is
chosen for anybody."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.request_acts import in_days
from handlers.request_views import offering_values
from handlers.routing import Answered, Asked
from handlers.status import finish
from messages import requests as say
from messages.pages import choices_for
from messages.requests import ProblemFacts
from reading.text.picking import Compared, compared, is_odd_number, is_undecided, place_meant
from reading.text.requests import is_elsewhere, wants_another
from reading.text.several import asked_one_by_one, each_names_a_class
from reading.text.wishes import days_meant, wished
from training.asking import Outcome, Question
from training.courses import offerings
from training.courses.offerings import Offering, WantedClasses

# What is asked next, as the conversation remembers it.
DESCRIBING = "describing"
# So many classes of one answer are chosen from where a list has no room for more.
LEAST_CHOICES = 3


def meant(question: Question, asked: Asked, remembered: Mapping[str, object]) -> int | Answered | None:
    """The number of the class that is meant: by its number or place, or by words that only one of them answers to. The
    list once more where none is; None where the words choose nothing."""
    numbers = remembered.get("classes")
    if not isinstance(numbers, list) or not numbers:
        return None
    is_number = asked.understood.command == "pick" and not is_odd_number(asked.text)
    choice = asked.slot("choice") if is_number else None
    place = place_meant(asked.text, len(numbers)) or choice
    if isinstance(place, int) and 0 < place <= len(numbers):
        return int(numbers[place - 1])
    if remembered.get("asks") != DESCRIBING:
        return None
    shown = offerings.by_numbers(question.conn, question.agency_id, [int(each) for each in numbers])
    by = compared(asked.text)
    number = None if by is None else _told_apart(shown, by)
    if number is None and (by is not None or is_undecided(asked.text) or choice is not None):
        return _again(asked, shown, str(remembered.get("request_for", "")))
    if number is not None or wants_another(asked.text):
        return number
    is_other = asked.understood.command is not None or is_elsewhere(asked.text, asked.understood)
    return None if is_other else _narrowed(question, asked, shown)


def _told_apart(shown: Sequence[Offering], by: Compared) -> int | None:
    """The one that is cheaper, dearer, earlier or later than every other; None where two are as much so."""
    if by in ("cheapest", "dearest"):
        costs = [(each.fact.cost, each) for each in shown]
        known = [(cost, each) for cost, each in costs if cost is not None]
        if len(known) < len(shown):
            # Of one nobody knows what it costs.
            return None
        best = (min if by == "cheapest" else max)(cost for cost, _ in known)
        found = [each for cost, each in known if cost == best]
    else:
        day = (min if by == "earliest" else max)(each.fact.starts_on for each in shown)
        found = [each for each in shown if each.fact.starts_on == day]
    return found[0].fact.number if len(found) == 1 else None


def _again(asked: Asked, shown: Sequence[Offering], whom: str) -> Answered:
    """The same classes once more: one request is for one of them."""
    facts = say.FoundFacts(classes=tuple(offering_values(each.fact) for each in shown), again=True)
    return _which_class(asked, facts, shown, whom)


def _narrowed(question: Question, asked: Asked, shown: tuple[Offering, ...]) -> int | None:
    """The one class of these that words or days fit."""
    days = days_meant(asked.text, today=question.today)
    if days is not None:
        shown = tuple(each for each in shown if in_days(each, days))
        return shown[0].fact.number if len(shown) == 1 else None
    found = offerings.search(shown, WantedClasses(text=asked.text))
    return found[0].fact.number if len(found) == 1 and len(shown) > 1 else None


def first_of_several(text: str, upcoming: Sequence[Offering], today: date) -> tuple[str, tuple[str, ...]]:
    """The class that is asked for first, and the others that are named beside it; without others all of the words."""
    pieces = asked_one_by_one(text)
    if not pieces or _titled(text, upcoming, today):
        return text, ()
    found = [_titled(each, upcoming, today) for each in pieces]
    apart = all(found) and len({number for each in found for number in each}) == sum(map(len, found))
    return (pieces[0], pieces[1:]) if apart or each_names_a_class(pieces) else (text, ())


def _titled(text: str, upcoming: Sequence[Offering], today: date) -> frozenset[int]:
    """Which classes of the calendar are named."""
    title = wished(text, today=today, begins=True).title
    found = offerings.search(upcoming, WantedClasses(text=title)) if title else ()
    return frozenset(each.fact.number for each in found)


def shown_of(
    question: Question,
    asked: Asked,
    found: tuple[Offering, ...],
    whom: str,
    problem: ProblemFacts | None = None,
) -> Answered:
    """The classes that may be meant; ``problem`` is why the day that was named is not looked for."""
    most = max(choices_for(question.channel), LEAST_CHOICES)
    shown = found[:most]
    facts = say.FoundFacts(
        classes=tuple(offering_values(each.fact) for each in shown),
        more=len(found) - len(shown),
        problem=problem,
    )
    return _which_class(asked, facts, shown, whom)


def _which_class(asked: Asked, facts: say.FoundFacts, shown: Sequence[Offering], whom: str) -> Answered:
    return finish(
        say.found(facts, asked.words),
        Outcome(decides=False),
        intent="course_search",
        classes=[each.fact.number for each in shown],
        asks=DESCRIBING,
        request_for=whom,
    )
