"""How do the people below somebody stand? Their own line as of now, everybody counted once, also those left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.queries import evaluation
from db.records.facts import PersonAtAgency, PersonFacts
from db.records.work import NewStanding
from rules.standing import Standing
from training.asking import SEPARATED, Question
from training.people import in_view
from training.permissions import hidden, people_in_view
from training.standings.compliance import standings_of
from training.standings.history import file_begins

ON_LEAVE = "on-leave"
# A figure over fewer people than this points at one of them; so does the number of those who are not shown.
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Team:
    """``rows`` are counted; ``on_leave`` people are not, and are said to be left out. ``whole``: the whole agency.

    ``not_yet``: people of whom the file says nothing on the day that was asked about. ``unshown``: people in protected
    assignments who would belong here, 0 where the number would point at them.
    """

    rows: tuple[tuple[PersonAtAgency, Standing], ...]
    on_leave: int
    whole: bool
    keep: tuple[NewStanding, ...]
    unshown: int = 0
    not_yet: int = 0


def team_of(question: Question) -> Team:
    """Everybody the asker answers for at this moment; empty for somebody with nobody below them."""
    _, whole = people_in_view(question)
    found = standing_of_people(question, in_view(question))
    others = _unshown(question, whole=whole)
    small = len(found.rows) + found.on_leave < SMALLEST_GROUP
    return replace(found, whole=whole, unshown=0 if small else others)


def standing_of_people(question: Question, roster: Sequence[PersonAtAgency]) -> Team:
    """Where these people stand today, whoever is on leave counted apart."""
    present = [person for person in roster if person.employment.fact.status != SEPARATED]
    ids = [person.person_id for person in present]
    known = (
        evaluation.facts_for(question.conn, question.agency_id, ids, known_at=question.known_at)
        if ids
        else {}
    )
    away = _on_leave(known, question.day)
    too_early = _too_early(question, known)
    counted = [person for person in present if person.person_id not in away | too_early]
    standings, keep = standings_of(
        question.conn,
        question.shelf,
        question.agency_id,
        [person.person_id for person in counted],
        question.day,
        known_at=question.known_at,
    )
    rows = tuple((person, standings[person.person_id]) for person in counted if person.person_id in standings)
    return Team(rows, len(away - too_early), False, tuple(keep), not_yet=len(too_early))


def _unshown(question: Question, *, whole: bool) -> int:
    unseen = hidden(question)
    if not unseen:
        return 0
    if not whole:
        return len(unseen & question.below)
    return len(unseen)


def _too_early(question: Question, known: Mapping[int, PersonFacts]) -> frozenset[int]:
    """Whom the file cannot speak of on the day; today it can speak of everybody."""
    if question.moment.as_of is None:
        return frozenset()
    begins = {person_id: file_begins(person) for person_id, person in known.items()}
    return frozenset(each for each, first in begins.items() if first is not None and question.day < first)


def _on_leave(known: Mapping[int, PersonFacts], day: date) -> frozenset[int]:
    return frozenset(
        person_id
        for person_id, person in known.items()
        for kept in person.leaves
        if kept.fact.starts_on <= day
        and (kept.fact.returned_on is None or day < kept.fact.returned_on)
        and (kept.fact.ends_on is None or day <= kept.fact.ends_on)
    )
