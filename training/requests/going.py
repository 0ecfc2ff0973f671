"""Which way does a request go, and who stands on it? Asked before it is sent, so that its receipt can name them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from db.queries import reporting
from db.records.facts import PersonAtAgency
from db.records.requests import KeptRequest
from messages.ranks import called_short
from messages.words import Words
from training.asking import Question
from training.requests.life import Life, RequestStage, life_of
from training.requests.values import RequestValues
from training.uploads import reviewers

# The step that is about the money.
COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The codes of the steps with the version of their rules, and who decides each as of now; None for nobody."""

    way: tuple[str, ...]
    rules: int
    people: tuple[PersonAtAgency | None, ...]

    def names(self, words: Words) -> tuple[str, ...]:
        """Who decides each step, as they are called."""
        return tuple(short_name(each, words) for each in self.people)

    @property
    def for_cost(self) -> tuple[bool, ...]:
        """Which steps are about the money."""
        return tuple(COST in each for each in self.way)


def short_name(person: PersonAtAgency | None, words: Words) -> str:
    """``Sgt. Okafor``, ``P. Nair``; empty for nobody."""
    if person is None:
        return ""
    return called_short(person.employment.fact.rank or "", person.given, person.family, words)


def ahead(question: Question, request: KeptRequest, values: RequestValues) -> Ahead:
    """The way of this request with these values, were it sent now."""
    way = ("supervisor", COST) if values.cost else ("supervisor",)
    life = replace(
        life_of(request), stage=RequestStage.WITH_APPROVER, values=values, way=way, rules=1, approvals={}
    )
    people = tuple(deciding(question, request, replace(life, at=at)) for at in range(len(way)))
    return Ahead(way=way, rules=1, people=people)


def deciding(question: Question, request: KeptRequest, life: Life) -> PersonAtAgency | None:
    """Who decides the step that waits, as of now."""
    person_id = request.kept.fact.person_id
    if life.waiting_step == COST:
        return next(iter(reviewers.whom(question, person_id).people), None)
    line = reporting.lines_at(question.conn, question.agency_id, question.asker.now).get(person_id)
    supervisor = None if line is None else line.fact.supervisor_id
    if supervisor is None or supervisor == request.kept.recorded_by:
        return next(iter(reviewers.whom(question, person_id).people), None)
    return next(iter(question.walls.by_ids(question.conn, question.agency_id, [supervisor])), None)


def minimums(question: Question) -> Mapping[int, int]:
    """How many of a unit have to work each of its shifts, by unit, as far as the rules say it."""
    return {}
