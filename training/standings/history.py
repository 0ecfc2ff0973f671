"""What has a person completed, as the record has it, credit or not?"""

from dataclasses import dataclass
from datetime import date

from db.queries import evaluation
from db.records.facts import Completion, Kept, PersonFacts
from training.asking import Question


@dataclass(frozen=True, slots=True)
class History:
    """Completions newest first; ``complete_from``: since when the record is known to be whole."""

    completions: tuple[Kept[Completion], ...]
    complete_from: date | None


def file_begins(person: PersonFacts) -> date | None:
    """The first day of which the file can say where somebody stood: whole by then, and appointed. None: as far as is
    known it always could."""
    appointed = [each.fact.appointed_on for each in person.employments]
    begins = [person.employment.fact.history_complete_from]
    begins += [] if None in appointed else [min(each for each in appointed if each is not None)]
    return max((each for each in begins if each is not None), default=None)


def history(question: Question, person_id: int, first: date | None, last: date | None) -> History:
    """Everything on file between two days, both included; None leaves a side open."""
    facts = evaluation.facts_for(
        question.conn, question.agency_id, [person_id], known_at=question.known_at
    ).get(person_id)
    kept = evaluation.completions_for(
        question.conn, question.agency_id, [person_id], known_at=question.known_at
    ).get(person_id, ())
    as_of = question.moment.as_of
    within = tuple(
        each
        for each in reversed(kept)
        if (first is None or each.fact.completed_on >= first)
        and (last is None or each.fact.completed_on <= last)
        and (as_of is None or each.fact.completed_on <= as_of)
    )
    return History(within, facts.employment.fact.history_complete_from if facts else None)
