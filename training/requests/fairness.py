"""How are requests decided, by unit, shift and rank of those who ask: how often, how fast, how hastily?

Numbers alone, and no group of fewer than five who ask and five who decide: a smaller one is joined to the next. Nothing
else about people is looked at; no figure is a finding about anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from db.queries import agencies, reporting, requests
from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct, RequestLook, RequestStep
from messages.request_figures import By
from training.asking import Question
from training.requests.life import RequestStage, life_of
from training.shifts.calendars import calendars, zones_of
from training.shifts.wall_clock import ONE_DAY
from training.standings.team import SMALLEST_GROUP
from training.uploads.figures import HASTE, median_seconds, ninetieth_seconds

A = RequestAct
# Every rotation comes round within so many days.
A_ROTATION = 28
BY: tuple[By, ...] = ("unit", "shift", "rank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One request that was decided: by whom, how, after how long, and how many of its approvals were quick."""

    person_id: int
    approved: bool
    waited: int  # microseconds
    deciders: frozenset[int]
    approvals: int
    quick: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfRequests:
    """One group, or several small ones together, with those of its requests that were decided."""

    names: tuple[str, ...]
    decided: tuple[Decided, ...]

    @property
    def askers(self) -> int:
        return len({each.person_id for each in self.decided})

    @property
    def deciders(self) -> int:
        return len(frozenset[int]().union(*(each.deciders for each in self.decided)))

    @property
    def is_shown(self) -> bool:
        return min(self.askers, self.deciders) >= SMALLEST_GROUP

    @property
    def approved(self) -> int:
        return sum(each.approved for each in self.decided)

    @property
    def quick(self) -> int:
        return sum(each.quick for each in self.decided)

    @property
    def approvals(self) -> int:
        return sum(each.approvals for each in self.decided)

    @property
    def median(self) -> Decimal:
        """Seconds from sending to the decision, of those in the middle."""
        return median_seconds(sorted(each.waited for each in self.decided))

    @property
    def ninetieth(self) -> Decimal:
        """Seconds within which nine of ten were decided."""
        return ninetieth_seconds(sorted(each.waited for each in self.decided))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFigures:
    """Of the requests that came in on a span of days. ``whole`` is None where it is too small for any figure.

    Each list of ``by`` holds everything that ``whole`` does. ``pending``, ``unsent`` and ``unshown`` are in none.
    """

    until: datetime
    whole: GroupOfRequests | None
    by: Mapping[By, tuple[GroupOfRequests, ...]]
    pending: int
    unsent: int
    unshown: int


def figures_of(question: Question, days: int) -> RequestFigures:
    """The figures of the days up to now. What people in protected assignments asked for is in none of them."""
    until = question.asker.now
    came = requests.begun_between(
        question.conn, question.agency_id, until - timedelta(days=days), until + timedelta(microseconds=1)
    )
    shown = [each for each in came if each.kept.fact.person_id not in question.protected]
    looks: dict[int, list[Kept[RequestLook]]] = defaultdict(list)
    for look in requests.looks_of(question.conn, question.agency_id, [each.kept.id for each in shown]):
        looks[look.fact.request_id].append(look)
    decisions = [
        found for each in shown if (found := _decided(each, looks.get(each.kept.id, ()))) is not None
    ]
    waits = (RequestStage.WITH_APPROVER, RequestStage.QUESTION, RequestStage.APPEALED)
    undecided = [each for each in shown if _decision(each) is None]
    pending = sum(life_of(each).stage in waits for each in undecided)
    whole = GroupOfRequests(names=(), decided=tuple(decisions))
    return RequestFigures(
        until=until,
        whole=whole if whole.is_shown else None,
        by=_by(question, decisions) if whole.is_shown else {},
        pending=pending,
        unsent=len(undecided) - pending,
        unshown=len(came) - len(shown),
    )


def _decided(request: KeptRequest, looks: Sequence[Kept[RequestLook]]) -> Decided | None:
    found = _decision(request)
    if found is None:
        return None
    submitted, first, last = found
    since = [each for each in request.steps if each.fact.position > submitted.fact.position]
    deciding = [each for each in since if each.fact.act in (A.APPROVED, A.DENIED)]
    approvals = [each for each in deciding if each.fact.act is A.APPROVED]
    return Decided(
        person_id=request.kept.fact.person_id,
        approved=last.fact.act is A.APPROVED,
        waited=(first.recorded_at - submitted.recorded_at) // timedelta(microseconds=1),
        deciders=frozenset(each.recorded_by for each in deciding if each.recorded_by is not None),
        approvals=len(approvals),
        quick=sum(_is_quick(each, submitted, looks) for each in approvals),
    )


def _decision(request: KeptRequest) -> tuple[Kept[RequestStep], Kept[RequestStep], Kept[RequestStep]] | None:
    """The last version that was decided: how it was sent, what decided it first, and what holds by now."""
    submitted = first = last = None
    steps_of_way = 0
    for step in request.steps:
        if step.fact.act is A.SUBMITTED:
            submitted, first, last = step, None, None
            steps_of_way = len(step.fact.body.get("way", ()))
        ends = step.fact.act is A.DENIED or (
            step.fact.act is A.APPROVED and step.fact.body.get("step", 0) + 1 >= steps_of_way
        )
        if ends:
            first, last = first or step, step
    if submitted is None or first is None or last is None:
        return None
    return submitted, first, last


def _is_quick(
    approval: Kept[RequestStep], submitted: Kept[RequestStep], looks: Sequence[Kept[RequestLook]]
) -> bool:
    """Whether less than five seconds lay between the first look at this version and its approval."""
    times = [
        each.recorded_at
        for each in looks
        if each.fact.viewer_id == approval.recorded_by
        and each.fact.position == submitted.fact.position
        and each.seq < approval.seq
    ]
    return bool(times) and approval.recorded_at - min(times) < HASTE


def _by(question: Question, decisions: Sequence[Decided]) -> Mapping[By, tuple[GroupOfRequests, ...]]:
    """The same requests three times, each time under what is true of their people as of now."""
    ids = sorted({each.person_id for each in decisions})
    names: Mapping[By, Mapping[int, str]] = {
        "unit": _units(question),
        "shift": _shifts(question, ids),
        "rank": _ranks(question, ids),
    }
    return {by: _groups(decisions, names[by]) for by in BY}


def _groups(decided: Iterable[Decided], names: Mapping[int, str]) -> tuple[GroupOfRequests, ...]:
    by_name: dict[str, list[Decided]] = defaultdict(list)
    for each in decided:
        by_name[names.get(each.person_id, "")].append(each)
    return merged(GroupOfRequests(names=(name,), decided=tuple(found)) for name, found in by_name.items())


def merged(groups: Iterable[GroupOfRequests]) -> tuple[GroupOfRequests, ...]:
    """The same requests in groups of at least five who ask and five who decide; none where only one is left, for
    that is everything once more."""
    waiting = sorted(groups, key=lambda each: (each.is_shown, each.askers, each.names))
    while len(waiting) > 1 and not waiting[0].is_shown:
        first, second, *rest = waiting
        joined = GroupOfRequests(
            names=tuple(sorted((*first.names, *second.names))), decided=(*first.decided, *second.decided)
        )
        waiting = sorted((joined, *rest), key=lambda each: (each.is_shown, each.askers, each.names))
    return tuple(sorted(waiting, key=lambda each: each.names)) if len(waiting) > 1 else ()


def _units(question: Question) -> Mapping[int, str]:
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    names = {each.fact.unit_id: each.fact.name for each in agencies.units(question.conn, question.agency_id)}
    return {person_id: names.get(line.fact.unit_id, "") for person_id, line in lines.items()}


def _ranks(question: Question, ids: Sequence[int]) -> Mapping[int, str]:
    found = question.walls.by_ids(question.conn, question.agency_id, ids)
    return {each.person_id: each.employment.fact.rank or "" for each in found}


def _shifts(question: Question, ids: Sequence[int]) -> Mapping[int, str]:
    """By which name the calendar calls the next shift of each."""
    zones = zones_of(question.conn, question.agency_id, ids)
    found: dict[int, str] = {}
    for person_id, calendar in calendars(
        question.conn, question.agency_id, zones, question.asker.now
    ).items():
        first = calendar.day_of(question.asker.now)
        days = (first + ONE_DAY * count for count in range(A_ROTATION))
        names = (shift.name for day in days for shift in calendar.by_rotation(day))
        found[person_id] = next((name for name in names if name), "")
    return found
