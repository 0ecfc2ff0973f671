"""How is it said that a class was moved or is full: what was, what is, and what whoever asked for it can do?"""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.class_values import class_days
from messages.clauses import shortened
from messages.words import Words

PLACE_ROOM = 40
# Of many requests so many are named.
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTimes:
    """When and where a class of the calendar is; times and place are empty where nobody said."""

    number: int
    first: date
    last: date
    begins: str = ""
    ends: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A class as it was and as it is now."""

    was: ClassTimes
    now: ClassTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsNow:
    """The seats of a class that has fewer than it had: how many hold one, how many wait for one, and the numbers of the
    requests that hold one beyond those there are. ``is_full``: it says so, whatever its seats."""

    seats: int
    held: int
    waiting: int = 0
    is_full: bool = False
    beyond: tuple[int, ...] = ()


def seats_known(facts: SeatsNow, words: Words) -> dict[str, str]:
    """The same as a sentence takes it."""
    full = facts.is_full and not facts.beyond
    return {
        "has": words.say("after-has-none") if full else words.say_many("after-has-seats", facts.seats),
        "held": words.say_many("after-hold-one", facts.held),
        "waiting": words.say_many("after-wait-for-one", facts.waiting),
    }


def beyond(facts: SeatsNow, words: Words) -> tuple[str, ...]:
    """Which requests hold a seat beyond those there are, and what there is to do."""
    numbers = wording.first_of([f"R-{each}" for each in facts.beyond], SHOWN, words)
    return (words.say("after-beyond", beyond=numbers),) if facts.beyond else ()


def was_and_is(move: Move, words: Words) -> dict[str, str]:
    """The days, and of the rest what became another."""
    was, now = move.was, move.now
    clock = (was.begins, was.ends) != (now.begins, now.ends)
    where = was.place != now.place
    return {name: _times(each, words, clock, where) for name, each in (("was", was), ("now", now))}


def _times(facts: ClassTimes, words: Words, clock: bool, where: bool) -> str:
    said = [class_days(facts.first, facts.last, words)]
    if clock:
        hours = words.say("after-times", begins=facts.begins, ends=facts.ends) if facts.begins else ""
        said.append(hours or words.say("after-times-unknown"))
    if where:
        said.append(shortened(facts.place, PLACE_ROOM) if facts.place else words.say("after-place-unknown"))
    return wording.listed(said)


def then(code: str, move: Move | None, request: str, words: Words) -> tuple[str, ...]:
    """The one thing to do for whoever asked, and that nothing was done for them."""
    if code == "full":
        return (words.say("after-full-then", request=request),)
    undecided = words.say("after-moved-undecided")
    if code != "moved" or move is None:
        return (undecided,)
    return (words.say("after-moved-then", request=request, number=f"C-{move.now.number}"), undecided)
