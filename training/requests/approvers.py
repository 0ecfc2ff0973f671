"""Who decides a step of somebody's request at this moment, and why it is they? Never whoever asks, never nobody whom
the agency has.

What is on file is read first; whom it makes the approver is decided by values alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from db.queries import protection, reporting, request_rules, shifts
from db.records.facts import AgencyId, PersonAtAgency, Role
from training.people import is_serving
from training.requests.rules import AppealTo, Decides, RequestRulesVersion, in_force
from training.requests.way import WayStep
from training.shifts.calendars import leave_days_of
from training.walls import Walls

# The employment status of somebody whose account or duty is suspended without their having left.
INACTIVE = "inactive"
# Who decides where nobody of the step can, in this order.
LAST_RESORTS = (Role.COORDINATOR, Role.COMMAND, Role.RECORDS)
# Whoever holds one of these roles at this moment.
HOLDERS: Mapping[Decides, Role] = {
    Decides.COORDINATOR: Role.COORDINATOR,
    Decides.COMMAND: Role.COMMAND,
    Decides.RECORDS: Role.RECORDS,
    Decides.LEGAL: Role.LEGAL,
    Decides.ADMINISTRATOR: Role.ADMINISTRATOR,
}


class ApproverWhy(StrEnum):
    """Why it is somebody else, or who it is; the catalogue holds ``approver-why-<code>`` for each."""

    VACANT = "vacant"  # nobody has the place
    ON_LEAVE = "on-leave"
    SELF = "self"  # it is their own request
    ENTERED_IT = "entered-it"  # they asked on somebody's behalf
    CIRCLE = "circle"  # the line comes back to where it was
    LEFT = "left"
    DEACTIVATED = "deactivated"
    DECIDED_BEFORE = "decided-before"
    DENIED_IT = "denied-it"  # an appeal goes to another person
    NOT_DISCLOSED = "not-disclosed"  # nobody may show them who asks
    DELEGATE = "delegate"  # of the one before
    HANDED = "handed"  # whoever was asked left it to them
    OUTSIDE = "outside"  # the agency's reviewer from outside
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a chain, and of whom it is said; None where the place is empty."""

    code: ApproverWhy
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Who stands where at one instant: supervisors, roles, who serves and is here, and who decides for whom.

    ``may_know`` holds for everybody in a protected assignment who may be shown their name.
    """

    above: Mapping[int, int] = field(default_factory=dict)
    holders: Mapping[Role, tuple[int, ...]] = field(default_factory=dict)
    serving: frozenset[int] = frozenset()
    inactive: frozenset[int] = frozenset()
    on_leave: frozenset[int] = frozenset()
    delegates: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    may_know: Mapping[int, frozenset[int]] = field(default_factory=dict)
    outside: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCase:
    """What is decided: whose request it is, who entered it, and who has had a say.

    ``denied_by``: it is an appeal against that person's decision. ``handed_to``: whoever was asked left it to them.
    """

    requester: int
    entered_by: int
    step: Decides
    decided_by: frozenset[int] = frozenset()
    denied_by: int | None = None
    handed_to: int | None = None
    appeal_to: tuple[AppealTo, ...] = tuple(AppealTo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who decides, by id, with the chain of reasons; ``may`` is everybody whose word counts for this step now."""

    person_id: int | None
    why: tuple[Reason, ...] = ()
    in_place_of: int | None = None
    may: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Who decides. Nobody only where the whole agency has nobody who may: then the next step is to name a reviewer
    from outside in the rules of requests."""

    person: PersonAtAgency | None
    why: tuple[Reason, ...] = ()
    in_place_of: PersonAtAgency | None = None
    may: frozenset[int] = frozenset()
    names: Mapping[int, PersonAtAgency] = field(default_factory=dict)  # of everybody in ``why``


def whom(
    conn: Connection,
    agency_id: AgencyId,
    walls: Walls,
    *,
    requester_id: int,
    entered_by: int,
    step: WayStep,
    decided_by: frozenset[int],
    now: datetime,
    today: date,
    denied_by: int | None = None,
    handed_to: int | None = None,
    rules: RequestRulesVersion | None = None,
) -> Approver:
    """Who decides this step now. With ``denied_by`` an appeal against their decision; with ``handed_to`` whom it was
    left to, as long as they can."""
    rules = rules or in_force(conn, agency_id)
    case = RouteCase(
        requester=requester_id,
        entered_by=entered_by,
        step=step.who,
        decided_by=decided_by,
        denied_by=denied_by,
        handed_to=handed_to,
        appeal_to=rules.appeal_to,
    )
    chart, people = charted(conn, agency_id, walls, rules, now=now, today=today)
    return approver_of(chart, people, case)


def may_decide(person_id: int, approver: Approver) -> bool:
    """Whether somebody's word counts for the step: whoever is asked, in whose place that is, or who holds the role."""
    return person_id in approver.may


def approver_of(chart: Chart, people: Mapping[int, PersonAtAgency], case: RouteCase) -> Approver:
    """The same from a chart that was read once for many requests."""
    chosen = choose(chart, case)
    named = {each.person_id for each in chosen.why if each.person_id is not None}
    return Approver(
        person=None if chosen.person_id is None else people.get(chosen.person_id),
        why=chosen.why,
        in_place_of=None if chosen.in_place_of is None else people.get(chosen.in_place_of),
        may=chosen.may,
        names={each: people[each] for each in named if each in people},
    )


def alone(
    conn: Connection,
    agency_id: AgencyId,
    walls: Walls,
    rules: RequestRulesVersion,
    *,
    now: datetime,
    today: date,
) -> bool:
    """Whether somebody serves here whose own request nobody may decide."""
    chart, _ = charted(conn, agency_id, walls, rules, now=now, today=today)
    step = rules.way[0].who
    cases = (RouteCase(requester=who, entered_by=who, step=step) for who in sorted(chart.serving))
    return any(choose(chart, case).person_id is None for case in cases)


def charted(
    conn: Connection,
    agency_id: AgencyId,
    walls: Walls,
    rules: RequestRulesVersion,
    *,
    now: datetime,
    today: date,
) -> tuple[Chart, Mapping[int, PersonAtAgency]]:
    """What is on file at this moment, and everybody by id."""
    people = {each.person_id: each for each in walls.roster(conn, agency_id)}
    serving = frozenset(who for who, each in people.items() if is_serving(each, today))
    holders = {role: reporting.holders_of(conn, agency_id, role, now) for role in HOLDERS.values()}
    delegates: dict[int, tuple[int, ...]] = {}
    for each in request_rules.delegations(conn, agency_id, now):
        if each.fact.starts_at <= now:
            delegates[each.fact.from_id] = (*delegates.get(each.fact.from_id, ()), each.fact.to_id)
    lines = reporting.lines_at(conn, agency_id, now)
    may_know = _may_know(conn, agency_id, walls, frozenset(holders[Role.RECORDS]), now=now, today=today)
    outside = walls.by_badge(conn, agency_id, rules.outside_reviewer) if rules.outside_reviewer else None
    chart = Chart(
        above={
            who: line.fact.supervisor_id for who, line in lines.items() if line.fact.supervisor_id is not None
        },
        holders=holders,
        serving=serving,
        inactive=frozenset(who for who in serving if people[who].employment.fact.status == INACTIVE),
        on_leave=frozenset(
            leave.person_id
            for leave in shifts.leaves(conn, agency_id, sorted(serving))
            if leave_days_of(leave).holds(today)
        ),
        delegates=delegates,
        may_know=may_know,
        outside=None if outside is None else outside.person_id,
    )
    return chart, people


def _may_know(
    conn: Connection,
    agency_id: AgencyId,
    walls: Walls,
    keepers: frozenset[int],
    *,
    now: datetime,
    today: date,
) -> Mapping[int, frozenset[int]]:
    protected = walls.protected(conn, agency_id, today)
    if not protected:
        return {}
    viewers = protection.viewers_of(conn, agency_id, now)
    return {each: keepers | viewers.get(each, frozenset()) for each in protected}


@dataclass(frozen=True, slots=True)
class _Place:
    """Somebody in the order, or a place that is empty or leads round. ``why`` says how they come into it."""

    person_id: int | None
    why: ApproverWhy | None = None


# From which round on a bar keeps nobody from deciding any more; every other bar always does. Whoever decided an earlier
# step can decide this one, and whoever is away can once they are back: both are better than nobody.
_FALLS: Mapping[ApproverWhy, int] = {
    ApproverWhy.DECIDED_BEFORE: 1,
    ApproverWhy.ON_LEAVE: 2,
    ApproverWhy.DEACTIVATED: 2,
}
_ROUNDS = 3
# What keeps somebody from deciding and not whoever decides in their place.
_THEIRS_ALONE = frozenset({ApproverWhy.ON_LEAVE, ApproverWhy.DEACTIVATED, ApproverWhy.NOT_DISCLOSED})


def choose(chart: Chart, case: RouteCase) -> Chosen:
    """The first in order who can; where nobody can, the first whom only a bar that falls keeps from it."""
    order = tuple(_in_order(chart, case))
    passed: tuple[Reason, ...] = ()
    for round_ in range(_ROUNDS):
        passed = ()
        for place in order:
            found = _at(chart, case, place, round_)
            if found is not None:
                may = found.may | _of_the_role(chart, case, round_)
                return replace(found, why=(*passed, *found.why), may=may)
            passed += _passed(chart, case, place)
    return Chosen(person_id=None, why=(*passed, Reason(ApproverWhy.NOBODY)))


def _at(chart: Chart, case: RouteCase, place: _Place, round_: int) -> Chosen | None:
    """Who decides at this place of the order: whoever stands in for its person, or else that person."""
    who = place.person_id
    if who is None:
        return None
    can = _can(chart, case, who, round_)
    how = () if place.why is None else (Reason(place.why, who),)
    stand_in = _stand_in(chart, case, who, round_)
    if stand_in is not None:
        both = frozenset({stand_in, who} if can else {stand_in})
        why = (*how, *_passed(chart, case, place), Reason(ApproverWhy.DELEGATE, stand_in))
        return Chosen(person_id=stand_in, why=why, in_place_of=who, may=both)
    return Chosen(person_id=who, why=how, may=frozenset({who})) if can else None


def _stand_in(chart: Chart, case: RouteCase, who: int, round_: int) -> int | None:
    """Who decides in somebody's place. Nobody does where that somebody may not decide, whoever is here."""
    bars = [each for each in _bars(chart, case, who) if each not in _THEIRS_ALONE]
    if any(_FALLS.get(each, _ROUNDS) > round_ for each in bars):
        return None
    return next((each for each in chart.delegates.get(who, ()) if _can(chart, case, each, round_)), None)


def _of_the_role(chart: Chart, case: RouteCase, round_: int) -> frozenset[int]:
    """Of several who hold the role of a step, each one's word counts."""
    if case.step not in HOLDERS or case.denied_by is not None or case.handed_to is not None:
        return frozenset()
    holders = chart.holders.get(HOLDERS[case.step], ())
    return frozenset(each for each in holders if _can(chart, case, each, round_))


def _can(chart: Chart, case: RouteCase, who: int, round_: int) -> bool:
    return all(_FALLS.get(each, _ROUNDS) <= round_ for each in _bars(chart, case, who))


def _passed(chart: Chart, case: RouteCase, place: _Place) -> tuple[Reason, ...]:
    if place.person_id is None:
        return (Reason(place.why or ApproverWhy.VACANT),)
    return tuple(Reason(each, place.person_id) for each in _bars(chart, case, place.person_id))


def _bars(chart: Chart, case: RouteCase, who: int) -> Iterator[ApproverWhy]:
    """What keeps somebody from deciding, the firmest first."""
    if who == case.requester:
        yield ApproverWhy.SELF
    elif who == case.entered_by:
        yield ApproverWhy.ENTERED_IT
    if who == case.denied_by:
        yield ApproverWhy.DENIED_IT
    if who not in chart.serving:
        yield ApproverWhy.LEFT
    if case.requester in chart.may_know and who not in chart.may_know[case.requester]:
        yield ApproverWhy.NOT_DISCLOSED
    if who in chart.inactive:
        yield ApproverWhy.DEACTIVATED
    if who in chart.on_leave:
        yield ApproverWhy.ON_LEAVE
    if who in case.decided_by and who != case.denied_by:
        yield ApproverWhy.DECIDED_BEFORE


def _in_order(chart: Chart, case: RouteCase) -> Iterator[_Place]:
    """Everybody who could be asked, nobody twice: those of the step, then the last resorts."""
    seen: set[int] = set()
    for place in (*_of_the_step(chart, case), *_last_resorts(chart)):
        if place.person_id is None:
            yield place
        elif place.person_id not in seen:
            seen.add(place.person_id)
            yield place


def _of_the_step(chart: Chart, case: RouteCase) -> Iterator[_Place]:
    if case.handed_to is not None:
        yield _Place(case.handed_to, ApproverWhy.HANDED)
    if case.denied_by is not None:
        for heard_by in case.appeal_to:
            if heard_by is AppealTo.ABOVE:
                yield from _line(chart, case.denied_by)
            else:
                yield from _holding(chart, Role(heard_by.value))
    elif case.step is Decides.SUPERVISOR:
        yield from _line(chart, case.requester)
    elif case.step is Decides.SECOND_SUPERVISOR:
        yield from tuple(_line(chart, case.requester))[1:] or (_Place(None, ApproverWhy.VACANT),)
    else:
        role = HOLDERS[case.step]
        yield from _holding(chart, role)
        for each in chart.holders.get(role, ()):
            # Where their line ends is nobody's news.
            yield from (place for place in _line(chart, each) if place.person_id is not None)


def _last_resorts(chart: Chart) -> Iterator[_Place]:
    for role in LAST_RESORTS:
        yield from (_Place(each) for each in chart.holders.get(role, ()))
    if chart.outside is not None:
        yield _Place(chart.outside, ApproverWhy.OUTSIDE)


def _holding(chart: Chart, role: Role) -> Iterator[_Place]:
    holders = chart.holders.get(role, ())
    yield from (_Place(each) for each in holders) if holders else (_Place(None, ApproverWhy.VACANT),)


def _line(chart: Chart, start: int) -> Iterator[_Place]:
    """Upwards from somebody as far as it goes; where it comes round again it says so and ends."""
    seen, at = {start}, chart.above.get(start)
    if at is None:
        yield _Place(None, ApproverWhy.VACANT)
    while at is not None:
        if at in seen:
            yield _Place(None, ApproverWhy.CIRCLE)
            return
        seen.add(at)
        yield _Place(at)
        at = chart.above.get(at)
