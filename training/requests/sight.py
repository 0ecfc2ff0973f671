"""A request as it stands at one moment, and who has its next word by then: whoever is asked, in whose place that is,
and who hears of it beside them because it waits too long.

Asked anew at every press: nothing about who decides is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, reporting, requests
from db.records.facts import AgencyId, Kept, PersonAtAgency
from db.records.requests import KeptRequest, RequestAct, RequestStep
from messages.ranks import called_short, called_whole
from messages.words import Words
from training.asking import Question
from training.content.reasons import words_of
from training.office import Office, business_now
from training.requests import approvers
from training.requests.approvers import LAST_RESORTS, Approver, Chart, RouteCase, approver_of, charted
from training.requests.budget_lines import BudgetLine, is_over_budget, line_of
from training.requests.delegations import decides
from training.requests.life import Life, RequestStage, life_of
from training.requests.rules import Checks, Decides, RequestRulesVersion, in_force, of_version
from training.requests.way import WayFacts, asks_for_budget, checks_for, facts_of, is_by_text
from training.shifts.hours import hours_in_force

# Whoever decides may do so while it waits, and while they wait for an answer themselves.
DECIDABLE = frozenset({RequestStage.WITH_APPROVER, RequestStage.QUESTION, RequestStage.APPEALED})
# Days of the week on which nobody is counted as late.
WEEKEND = (5, 6)
# A request that waits longer than this is late whatever the calendar says.
MOST_DAYS = 400
# What may be the last act of a request that waits for a decision.
LAST_ACTS = frozenset(
    {
        RequestAct.SUBMITTED,
        RequestAct.APPROVED,
        RequestAct.ASKED,
        RequestAct.ANSWERED,
        RequestAct.HANDED,
        RequestAct.APPEALED,
    }
)


@dataclass(frozen=True)
class Sight:
    """The record of one agency at one moment, read through one connection; what is the same for every request is read
    once."""

    office: Office
    conn: Connection
    agency_id: AgencyId
    now: datetime

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(agencies.agency(self.conn, self.agency_id).fact.time_zone)

    @property
    def here(self) -> datetime:
        """The moment on the agency's wall."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.here.date()

    @cached_property
    def rules(self) -> RequestRulesVersion:
        """The rules in force."""
        return in_force(self.conn, self.agency_id)

    @cached_property
    def holidays(self) -> frozenset[date]:
        return hours_in_force(self.conn, self.agency_id).holidays

    @cached_property
    def _charted(self) -> tuple[Chart, Mapping[int, PersonAtAgency]]:
        return charted(
            self.conn, self.agency_id, self.office.walls, self.rules, now=self.now, today=self.today
        )

    @property
    def people(self) -> Mapping[int, PersonAtAgency]:
        """Everybody by id."""
        return self._charted[1]

    def approver(self, case: RouteCase) -> Approver:
        """Who decides in this case."""
        chart, people = self._charted
        return approver_of(chart, people, case)

    def name(self, person_id: int | None, words: Words) -> str:
        """``Sgt. Okafor``; empty for nobody."""
        person = self.people.get(person_id or 0)
        if person is None:
            return ""
        return called_short(person.employment.fact.rank or "", person.given, person.family, words)

    def whole_name(self, person_id: int, words: Words) -> str:
        """``Ofc. D. Ruiz``."""
        person = self.people.get(person_id)
        if person is None:
            return ""
        return called_whole(person.employment.fact.rank or "", person.given, person.family, words)

    def above(self, person_id: int) -> tuple[int, ...]:
        """Everybody up somebody's line, and then whoever coordinates or commands."""
        chart = self._charted[0]
        found: dict[int, None] = {}
        at = chart.above.get(person_id)
        while at is not None and at not in found:
            found[at] = None
            at = chart.above.get(at)
        roles = (each for role in LAST_RESORTS for each in chart.holders.get(role, ()))
        return (*found, *(each for each in roles if each not in found))

    def unseen_by(self, person_id: int) -> frozenset[int]:
        """People in protected assignments of whom somebody must not learn."""
        may_know = self._charted[0].may_know
        return frozenset(who for who, known in may_know.items() if person_id not in known | {who})

    def units_of(self, person_id: int) -> frozenset[str]:
        """The unit somebody is in, with those around it, by name."""
        lines = reporting.lines_at(self.conn, self.agency_id, self.now)
        line = lines.get(person_id)
        units = {
            each.fact.unit_id or each.id: each.fact for each in agencies.units(self.conn, self.agency_id)
        }
        names: set[str] = set()
        at = None if line is None else line.fact.unit_id
        while at in units and units[at].name not in names:
            names.add(units[at].name)
            at = units[at].parent_unit_id
        return frozenset(names)

    def working_days(self, since: datetime) -> int:
        """How many working days have passed since, the day of it not counted."""
        first = since.astimezone(self.zone).date()
        passed = min((self.today - first).days, MOST_DAYS)
        days = (first + timedelta(days=each) for each in range(1, passed + 1))
        return sum(each.weekday() not in WEEKEND and each not in self.holidays for each in days)

    def said(self, steps: tuple[Kept[RequestStep] | None, ...], *items: int | None) -> Mapping[int, str]:
        """What people wrote with these acts, as far as it is there."""
        found = [each.fact.item_id for each in steps if each is not None]
        wanted = [each for each in (*found, *items) if each is not None]
        return words_of(self.office, self.conn, self.agency_id, wanted)


def sight_of(question: Question, conn: Connection | None = None) -> Sight:
    """What a question looks at; with another connection what a transaction does."""
    return Sight(question.office, conn or question.conn, question.agency_id, question.asker.now)


def sight_now(office: Office, conn: Connection, agency_id: AgencyId) -> Sight:
    """The same where nobody asks."""
    return Sight(office, conn, agency_id, business_now(office))


@dataclass(frozen=True)
class SeenRequest:
    """One request with how it stands and who has the next word."""

    sight: Sight
    request: KeptRequest
    life: Life

    @property
    def number(self) -> int:
        return self.request.number

    @property
    def requester(self) -> int:
        return self.request.kept.fact.person_id

    @property
    def waits(self) -> bool:
        """Whether somebody may decide it."""
        return self.life.stage in DECIDABLE and bool(self.life.waiting_step)

    @property
    def version_at(self) -> int:
        """Which of its acts made the version that is decided."""
        return 0 if self.life.submitted is None else self.life.submitted.fact.position

    @property
    def turn(self) -> int:
        """The act that put it before whoever decides now: what they are asked once."""
        turns = (
            each.fact.position
            for each in self.request.steps
            if each.fact.act in LAST_ACTS - {RequestAct.ASKED}
        )
        return max(turns, default=0)

    @cached_property
    def rules(self) -> RequestRulesVersion:
        """Those by which it was sent."""
        return of_version(self.sight.conn, self.sight.agency_id, self.life.rules)

    @cached_property
    def approver(self) -> Approver:
        """Who is asked now; nobody while nothing is to be decided."""
        if not self.waits:
            return Approver(person=None)
        return self.sight.approver(self._case(self.life.decided_by))

    @cached_property
    def escalated(self) -> Approver | None:
        """Who hears of it beside them and may decide too; None while it does not wait too long."""
        if not self.is_late or self.approver.person is None:
            return None
        asked = {self.approver.person.person_id} | self.approver.may
        found = self.sight.approver(self._case(self.life.decided_by | asked, handed=False))
        above = found.person
        return None if above is None or above.person_id in asked else found

    @property
    def is_late(self) -> bool:
        """Whether it has waited as long as the rules let it, or its registration closes soon."""
        if not self.waits or self.life.stage is RequestStage.QUESTION:
            return False
        waiting = self.sight.rules.waiting
        return self.closes_soon or self.sight.working_days(self.life.since) >= waiting.escalate_after

    @property
    def closes_soon(self) -> bool:
        """Whether the last days of its registration have begun."""
        last = self.life.values.register_by
        return (
            last is not None
            and self.sight.today + timedelta(days=self.sight.rules.waiting.before_deadline) >= last
        )

    @property
    def checks(self) -> Checks | None:
        """What has to be opened, confirmed and typed before it is approved."""
        return checks_for(self.rules.checks, self._facts())

    @property
    def by_text(self) -> bool:
        """Whether it may be decided by text message."""
        return is_by_text(self.rules.by_text, self._facts())

    def may_decide(self, person_id: int) -> bool:
        """Whether somebody's word counts at this moment. Nobody's about what they asked for themselves."""
        if not self.waits or person_id in (self.requester, self.request.kept.recorded_by):
            return False
        above = self.escalated
        return approvers.may_decide(person_id, self.approver) or (
            above is not None and above.person is not None and above.person.person_id == person_id
        )

    def in_place_of(self, person_id: int) -> int | None:
        """In whose place somebody decides; None where it is their own."""
        asked = self.approver
        if asked.person is None or asked.person.person_id != person_id or asked.in_place_of is None:
            return None
        return asked.in_place_of.person_id

    def could_decide(self, person_id: int) -> bool:
        """Whether it could be left to somebody who decides: they would be asked and not somebody else."""
        if not self.waits or person_id in (self.requester, self.request.kept.recorded_by):
            return False
        if not decides(self.sight.conn, self.sight.agency_id, person_id, self.sight.now):
            return False
        found = self.sight.approver(self._case(self.life.decided_by, handed_to=person_id))
        return found.person is not None and found.person.person_id == person_id

    def _facts(self) -> WayFacts:
        return facts_of(
            self.life.values,
            self.sight.units_of(self.requester),
            on_duty=bool(self.life.found.get("shifts_hit")),
            over_budget=asks_for_budget(self.rules) and self._is_over_budget,
        )

    @cached_property
    def _is_over_budget(self) -> bool:
        return is_over_budget(
            self.sight.conn,
            self.sight.agency_id,
            self.sight.now,
            person_id=self.requester,
            request_id=self.request.kept.id,
            values=self.life.values,
        )

    def budget(self, person_id: int) -> BudgetLine | None:
        """What its budget has left after it, as far as somebody may know of it; None for what costs nothing."""
        return line_of(
            self.sight.conn,
            self.sight.agency_id,
            self.sight.now,
            person_id=self.requester,
            request_id=self.request.kept.id,
            values=self.life.values,
            unseen=self.sight.unseen_by(person_id),
        )

    def _case(
        self, decided_by: frozenset[int], *, handed: bool = True, handed_to: int | None = None
    ) -> RouteCase:
        fact = self.request.kept
        denial = self.life.denial if self.life.appeal is not None else None
        return RouteCase(
            requester=self.requester,
            entered_by=self.requester if fact.recorded_by is None else fact.recorded_by,
            step=Decides(self.life.waiting_step),
            decided_by=decided_by,
            denied_by=None if denial is None else denial.recorded_by,
            handed_to=handed_to or (self.life.handed_to if handed else None),
            appeal_to=self.sight.rules.appeal_to,
        )


def seen(sight: Sight, request: KeptRequest) -> SeenRequest:
    """One request at this moment."""
    return SeenRequest(sight, request, life_of(request))


def by_number(sight: Sight, number: int) -> SeenRequest | None:
    """The request that people call by this number."""
    found = requests.by_number(sight.conn, sight.agency_id, number)
    return None if found is None else seen(sight, found)


def by_id(sight: Sight, request_id: int) -> SeenRequest | None:
    """The request of this id as it is by now."""
    found = requests.by_id(sight.conn, sight.agency_id, request_id)
    return None if found is None else seen(sight, found)


def all_that_wait(sight: Sight) -> tuple[SeenRequest, ...]:
    """Every request that waits for a decision, the one that waits longest first."""
    found = (seen(sight, each) for each in requests.last_acts(sight.conn, sight.agency_id, LAST_ACTS))
    return tuple(sorted((each for each in found if each.waits), key=lambda each: each.life.since))
