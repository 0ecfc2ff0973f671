"""How do the people below somebody stand? Their own line as of now, everybody counted once, also those left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.queries import evaluation
from db.records.facts import PersonAtAgency
from db.records.work import NewStanding
from rules.standing import Standing
from training.asking import SEPARATED, Question
from training.compliance import standings_of
from training.people import in_view
from training.permissions import hidden, people_in_view

ON_LEAVE = "on-leave"
# A figure over fewer people than this points at one of them; so does the number of those who are not shown.
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Team:
    """``rows`` are counted; ``on_leave`` people are not, and are said to be left out. ``whole``: the whole agency.

    ``unshown``: people in protected assignments who would belong here, 0 where the number would point at them.
    """

    rows: tuple[tuple[PersonAtAgency, Standing], ...]
    on_leave: int
    whole: bool
    keep: tuple[NewStanding, ...]
    unshown: int = 0


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
    away = _on_leave(question, [person.person_id for person in present], question.day)
    counted = [person for person in present if person.person_id not in away]
    standings, keep = standings_of(
        question.conn,
        question.shelf,
        question.agency_id,
        [person.person_id for person in counted],
        question.day,
        known_at=question.known_at,
    )
    rows = tuple((person, standings[person.person_id]) for person in counted if person.person_id in standings)
    return Team(rows, len(away), False, tuple(keep))


def _unshown(question: Question, *, whole: bool) -> int:
    unseen = hidden(question)
    if not unseen:
        return 0
    if not whole:
        return len(unseen & question.below)
    return len(unseen)


def _on_leave(question: Question, person_ids: list[int], day: date) -> frozenset[int]:
    if not person_ids:
        return frozenset()
    facts = evaluation.facts_for(question.conn, question.agency_id, person_ids, known_at=question.known_at)
    return frozenset(
        person_id
        for person_id, person in facts.items()
        for kept in person.leaves
        if kept.fact.starts_on <= day
        and (kept.fact.returned_on is None or day < kept.fact.returned_on)
        and (kept.fact.ends_on is None or day <= kept.fact.ends_on)
    )
