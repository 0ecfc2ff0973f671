"""Whom does a question mean? Names and badges are resolved only among the people the asker may see."""

from dataclasses import dataclass
from datetime import date

from db.records.facts import PersonAtAgency
from training.asking import SEPARATED, Question
from training.permissions import hidden, may_see, people_in_view


@dataclass(frozen=True, slots=True)
class Named:
    """Who was meant: one person, several to choose from, or nobody the asker may see (which may be nobody at all)."""

    found: tuple[PersonAtAgency, ...]


def named(question: Question, asked: str) -> Named:
    """People of this surname, full name or badge whom the asker may see.

    An unknown person and somebody else's officer give the same empty answer.
    """
    return Named(tuple(each for each in _meant(question, asked) if may_see(question, each.person_id)))


def in_reach(question: Question, asked: str) -> tuple[PersonAtAgency, ...]:
    """People of this name or badge whose record could be opened to the asker: everybody who is not hidden."""
    unseen = hidden(question)
    return tuple(each for each in _meant(question, asked) if each.person_id not in unseen)


def _meant(question: Question, asked: str) -> list[PersonAtAgency]:
    words = [word.strip(".,'?").removesuffix("'s") for word in asked.split()]
    words = [word for word in words if word]
    if not words:
        return []
    walls, conn = question.walls, question.conn
    by_badge = walls.by_badge(conn, question.agency_id, words[-1])
    candidates = (
        [by_badge] if by_badge is not None else list(walls.by_surname(conn, question.agency_id, words[-1]))
    )
    given = [word.casefold() for word in words[:-1] if word.casefold() not in TITLES]
    if by_badge is not None and set(given) - BESIDE_A_BADGE - {
        by_badge.given.casefold(),
        by_badge.family.casefold(),
    }:
        # "As of Dec 31" ends in a number and names nobody.
        return []
    if by_badge is None and given:
        candidates = [each for each in candidates if each.given.casefold().startswith(given[0])]
    if not candidates and len(words) == 1:
        # A first name means somebody only among the asker's own people.
        candidates = [each for each in in_view(question) if each.given.casefold() == words[0].casefold()]
    return candidates


def in_view(question: Question) -> tuple[PersonAtAgency, ...]:
    """The people the asker may ask about: their line as of now, or the agency for a role of the whole agency."""
    below, whole = people_in_view(question)
    if whole:
        unseen = hidden(question)
        everybody = question.walls.roster(question.conn, question.agency_id)
        return tuple(each for each in everybody if each.person_id not in unseen)
    return question.walls.by_ids(question.conn, question.agency_id, sorted(below))


def names_in_view(question: Question) -> tuple[str, ...]:
    """Their names, so that one in lower case is known for a name."""
    return tuple({name for person in in_view(question) for name in (person.family, person.given) if name})


# Ranks in front of a name, as people type them.
TITLES = frozenset(
    {"officer", "ofc", "sgt", "sergeant", "lt", "lieutenant", "chief", "capt", "captain", "det", "detective", "deputy",
     "dispatcher", "cpl", "corporal", "trooper", "mr", "mrs", "ms"}
)  # fmt: skip


BESIDE_A_BADGE = frozenset({"badge", "number", "no", "of", "for", "officer", "#"})


def display_name(person: PersonAtAgency) -> str:
    """Rank, when there is one, and surname."""
    rank = person.employment.fact.rank
    return f"{rank} {person.family}" if rank else person.family


def is_serving(person: PersonAtAgency, day: date) -> bool:
    """Whether somebody is with the agency on a day; whoever has left is so no more from the day after."""
    said = person.employment.fact
    return (said.ended_on is None or day <= said.ended_on) and (
        said.status != SEPARATED or said.ended_on is not None
    )


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whose record an answer is about; ``looked_at`` is empty for the asker's own."""

    person_id: int
    name: str
    looked_at: tuple[int, ...]


def oneself(question: Question) -> Concerned:
    """The asker."""
    return Concerned(question.asker.person_id, question.name, ())


def talked_about(question: Question) -> Concerned | None:
    """Whom the conversation is about: after a look at somebody it is them, if the asker may still see them."""
    about = question.remembered().get("about")
    return oneself(question) if about is None else concerned(question, about)


def concerned(question: Question, person_id: object) -> Concerned | None:
    """Somebody a conversation was about, if the asker may still see them at this moment; else None."""
    if not isinstance(person_id, int) or not may_see(question, person_id):
        return None
    if person_id == question.asker.person_id:
        return oneself(question)
    found = question.walls.by_ids(question.conn, question.agency_id, [person_id])
    return Concerned(person_id, found[0].family, (person_id,)) if found else None
