"""Which way does a request go, and who stands on it? Asked before it is sent, so that its receipt can name them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from db.queries import agencies, reporting
from db.records.facts import PersonAtAgency
from db.records.requests import KeptRequest
from messages.ranks import called_short
from messages.words import Words
from training.asking import Question
from training.requests.approvers import Approver, whom
from training.requests.budget_lines import is_over_budget
from training.requests.life import Life
from training.requests.rules import in_force
from training.requests.values import RequestValues
from training.requests.way import WayStep, WayWhy, asks_for_budget, facts_of, step_of, way_of

_ABOUT_COST = frozenset({WayWhy.COST, WayWhy.COST_NOT_NAMED, WayWhy.OVER_BUDGET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The steps with the version of their rules, and who decides each as of now; None for nobody."""

    steps: tuple[WayStep, ...]
    rules: int
    people: tuple[PersonAtAgency | None, ...]

    @property
    def way(self) -> tuple[str, ...]:
        """The codes of the steps."""
        return tuple(each.code for each in self.steps)

    def names(self, words: Words) -> tuple[str, ...]:
        """Who decides each step, as they are called."""
        return tuple(short_name(each, words) for each in self.people)

    @property
    def for_cost(self) -> tuple[bool, ...]:
        """Which steps are about the money."""
        return tuple(not _ABOUT_COST.isdisjoint(each.why) for each in self.steps)


def short_name(person: PersonAtAgency | None, words: Words) -> str:
    """``Sgt. Okafor``, ``P. Nair``; empty for nobody."""
    if person is None:
        return ""
    return called_short(person.employment.fact.rank or "", person.given, person.family, words)


def ahead(question: Question, request: KeptRequest, values: RequestValues, *, on_duty: bool) -> Ahead:
    """The way of this request with these values, were it sent now. ``on_duty``: the class hits a shift."""
    rules = in_force(question.conn, question.agency_id)
    person_id = request.kept.fact.person_id
    over = asks_for_budget(rules) and is_over_budget(
        question.conn,
        question.agency_id,
        question.asker.now,
        person_id=person_id,
        request_id=request.kept.id,
        values=values,
    )
    units = frozenset(_units(question, person_id))
    facts = facts_of(values, units, on_duty=on_duty, over_budget=over)
    steps = way_of(rules, facts)
    people: list[PersonAtAgency | None] = []
    for step in steps:
        before = frozenset(each.person_id for each in people if each is not None)
        people.append(_whom(question, request, step, before).person)
    return Ahead(steps=steps, rules=rules.version, people=tuple(people))


def deciding(question: Question, request: KeptRequest, life: Life) -> PersonAtAgency | None:
    """Who decides the step that waits, as of now; None where none does, or nobody can."""
    if not life.waiting_step:
        return None
    denied_by = life.denial.recorded_by if life.appealed and life.denial is not None else None
    found = _whom(
        question,
        request,
        step_of(life.waiting_step),
        life.decided_by,
        denied_by=denied_by,
        handed_to=life.handed_to,
    )
    return found.person


def _whom(
    question: Question,
    request: KeptRequest,
    step: WayStep,
    decided_by: frozenset[int],
    *,
    denied_by: int | None = None,
    handed_to: int | None = None,
) -> Approver:
    requester = request.kept.fact.person_id
    return whom(
        question.conn,
        question.agency_id,
        question.walls,
        requester_id=requester,
        entered_by=request.kept.recorded_by or requester,
        step=step,
        decided_by=decided_by,
        now=question.asker.now,
        today=question.today,
        denied_by=denied_by,
        handed_to=handed_to,
    )


def _units(question: Question, person_id: int) -> Iterator[str]:
    """The names of the unit somebody is in, and of those around it."""
    line = reporting.lines_at(question.conn, question.agency_id, question.asker.now).get(person_id)
    units = {each.fact.unit_id: each.fact for each in agencies.units(question.conn, question.agency_id)}
    at = None if line is None else line.fact.unit_id
    while at is not None and at in units:
        unit = units.pop(at)
        yield unit.name
        at = unit.parent_unit_id


def minimums(question: Question) -> Mapping[int, int]:
    """How many of a unit have to work each of its shifts, by unit, as far as the rules say it."""
    staffing = in_force(question.conn, question.agency_id).staffing
    least = {name.casefold(): number for name, number in staffing.items()}
    return {
        each.fact.unit_id: least[each.fact.name.casefold()]
        for each in agencies.units(question.conn, question.agency_id)
        if each.fact.unit_id is not None and each.fact.name.casefold() in least
    }
