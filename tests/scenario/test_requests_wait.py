"""Requests that wait: reminders in working time, somebody above, cards that follow whoever decides, always a name."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

import pytest

from db.queries import requests
from db.queries.context import ByPerson
from db.records.facts import Leave, PersonAtAgency
from db.records.requests import ApprovalDelegation, RequestAct, RequestStep, TrainingRequest
from db.unit_of_work import writing
from scheduler.approvals import follow_requests
from tests.scenario.approval_cast import TORRES, a_desk, asks, goes_on, nothing_is_checked, read, says
from tests.scenario.cast import Agency, counted
from tests.scenario.reminder_cast import Desk
from tests.scenario.request_cast import LEE, NAIR, OKAFOR, RUIZ, life
from training.asking import asked_by
from training.requests.life import Owner, RequestStage
from training.requests.sight import all_that_wait, seen, sight_now
from training.uploads import reviewers

A = RequestAct


def away(agency: Agency, badge: str, starts_on: date, ends_on: date | None) -> None:
    """Somebody is on leave on these days."""
    with agency.writing() as writer:
        writer.record(
            Leave(person_id=agency.id_of(badge), kind="leave", starts_on=starts_on, ends_on=ends_on)
        )


def test_a_reminder_comes_by_working_days_once_and_by_day(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    # Tuesday; two working days later is Thursday, in the hours of the day.
    for moment in ("2027-03-03 10:00", "2027-03-04 03:00"):
        embedded.at(moment)
        goes_on(desk)
        assert not [each for each in read(desk, OKAFOR) if "waits for your decision" in each], moment
    embedded.at("2027-03-04 10:00")
    goes_on(desk)
    goes_on(desk)
    reminders = [each for each in read(desk, OKAFOR) if "waits for your decision since" in each]
    assert len(reminders) == 1
    embedded.at("2027-03-07 12:00")
    assert goes_on(desk) == 0
    assert life(embedded).last.fact.act is A.SUBMITTED


def test_a_minute_in_which_nothing_is_to_be_said_takes_no_lock(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    for at in range(5):
        asks(embedded, number=950 + at)
    says(embedded, OKAFOR, "deny R-1002 because no cover")
    follow_requests(desk.work)
    with counted(embedded.office.engine) as cost:
        assert follow_requests(desk.work) == 0
    # The two that wait for a list ask for it once, together.
    assert cost.write_transactions <= 1


def test_what_waits_too_long_or_closes_soon_goes_past_whoever_has_it(lakemont: Agency) -> None:
    nothing_is_checked(lakemont)
    desk = a_desk(lakemont)
    asks(lakemont, register_by="2027-03-08")
    assert "You are not an approver" in says(lakemont, TORRES, "approve R-1001 because fine")
    lakemont.at("2027-03-05 10:00")
    goes_on(desk)
    goes_on(desk)
    told = [each for each in read(desk, TORRES) if "R-1001 from Ofc. D. Ruiz" in each]
    assert len(told) == 1
    assert "It waits with Sgt. Okafor since Mar 2 2027 14:10; you may decide it too." in told[0]
    assert "Registration closes Mar 8 2027." in told[0]
    assert says(lakemont, TORRES, "approve R-1001 because fine").startswith(
        "R-1001 step 1 approved by Lt. Torres"
    )


def test_nothing_is_decided_by_waiting(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded, register_by="2027-03-20")
    embedded.at("2027-06-20 10:00")
    goes_on(desk)
    assert life(embedded).last.fact.act is A.SUBMITTED
    assert says(embedded, OKAFOR, "approve R-1001 because fine").startswith("R-1001 step 1 approved")


def test_a_card_follows_whoever_decides_and_comes_back_with_them(lakemont: Agency) -> None:
    nothing_is_checked(lakemont)
    desk = a_desk(lakemont)
    asks(lakemont)
    assert "R-1001 from" in read(desk, OKAFOR)[-1]
    away(lakemont, OKAFOR, date(2027, 3, 3), date(2027, 3, 5))
    lakemont.at("2027-03-03 10:00")
    goes_on(desk)
    goes_on(desk)
    assert sum("R-1001 from" in each for each in read(desk, TORRES)) == 1
    assert "R-1001 is now with Lt. Torres. Nothing changed now." in says(
        lakemont, OKAFOR, "deny R-1001 because no"
    )
    lakemont.at("2027-03-06 12:00")
    goes_on(desk)
    assert sum("R-1001 from" in each for each in read(desk, OKAFOR)) == 2
    assert "R-1001 is now with Sgt. Okafor" in says(lakemont, TORRES, "approve R-1001 because fine")


def test_more_than_three_a_day_come_as_one_list(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    for number in range(950, 956):
        asks(embedded, number=number)
    assert sum(" from Ofc. D. Ruiz" in each for each in read(desk, OKAFOR)) == 3
    goes_on(desk)
    assert sum(" from Ofc. D. Ruiz" in each for each in read(desk, OKAFOR)) == 3
    embedded.at("2027-03-02 16:30")
    goes_on(desk)
    goes_on(desk)
    [listed] = [each for each in read(desk, OKAFOR) if "3 more requests wait for your decision:" in each]
    assert all(f"R-{number}" in listed for number in (1004, 1005, 1006))
    assert says(embedded, OKAFOR, "approve R-1005 because fine").startswith("R-1005 step 1 approved")


def sent(agency: Agency, badge: str, number: int) -> None:
    """A request as it is kept once it was sent."""
    person_id = agency.id_of(badge)
    values = {"title": "Report writing", "starts_on": "2027-12-20", "costs": [["tuition", "100"]]}
    with agency.writing() as writer:
        (request_id,) = writer.record(
            TrainingRequest(person_id=person_id, number=number, channel="desk", received_at=writer.at)
        )
        body = {"values": values, "way": ["supervisor", "coordinator"], "rules": 2}
        writer.record(
            RequestStep(request_id=request_id, position=1, act=A.BEGUN, body={"values": values}),
            RequestStep(request_id=request_id, position=2, act=A.SUBMITTED, body=body),
        )


SUPERVISORS = (OKAFOR, TORRES, "71", "62")
BEGAN = date(2027, 3, 2)


@dataclass
class Quarter:
    """Days of one agency on which anything may happen to whoever asks and whoever decides, by one seed."""

    agency: Agency
    desk: Desk
    chance: Random
    ids: dict[str, int]
    # The job reads and writes much; who has what is asked on each day.
    job_every: int = 1
    asked: int = 0
    gone: set[str] = field(default_factory=set)
    delegated: dict[int, tuple[int, ApprovalDelegation]] = field(default_factory=dict)

    def passes(self, days: int, *, of_requests: int) -> None:
        for day in range(days):
            today = BEGAN + timedelta(days=day)
            self.agency.at(f"{today.isoformat()} 15:00")
            self.people_change(today)
            while self.asked < of_requests and self.asked * days <= day * of_requests:
                sent(self.agency, (RUIZ, LEE)[self.asked % 2], 1001 + self.asked)
                self.asked += 1
            self.somebody_acts()
            before = self.owners(today)
            if day % self.job_every == 0:
                follow_requests(self.desk.work)
                assert follow_requests(self.desk.work) == 0, today
                assert self.owners(today) == before, today

    def people_change(self, today: date) -> None:
        """Leave and return, another supervisor, a delegation or its end, a departure; each on some days."""
        here = [each for each in SUPERVISORS if each not in self.gone]
        if self.chance.random() < 0.15:
            until = today + timedelta(days=self.chance.randint(1, 20))
            away(self.agency, self.chance.choice([*here, NAIR]), today, until)
        if self.chance.random() < 0.1:
            above = self.chance.choice(SUPERVISORS)
            self.agency.moves_under(self.chance.choice((RUIZ, LEE)), above, f"{today.isoformat()} 08:00")
        if self.chance.random() < 0.1:
            self.delegates(*self.chance.sample(SUPERVISORS, 2))
        # Two leave for good; whoever keeps the records, and one who decides, stay.
        if self.chance.random() < 0.04 and len(here) > 2:
            leaver = self.chance.choice(here)
            self.agency.leaves(leaver, today - timedelta(days=1))
            self.gone.add(leaver)

    def delegates(self, from_: str, to: str) -> None:
        who = self.ids[from_]
        with self.agency.writing() as writer:
            if who in self.delegated:
                kept_id, fact = self.delegated.pop(who)
                writer.correct(kept_id, replace(fact, ends_at=writer.at))
                return
            fact = ApprovalDelegation(from_id=who, to_id=self.ids[to], starts_at=writer.at)
            self.delegated[who] = (writer.record(fact)[0], fact)

    def somebody_acts(self) -> None:
        """Whoever has the next word of a request that waits says one, on half of the days."""
        with self.agency.reading() as conn:
            waiting = all_that_wait(sight_now(self.agency.office, conn, self.agency.agency_id))
            if not waiting or self.chance.random() < 0.5:
                return
            one = self.chance.choice(waiting)
            holder = one.approver.person
        assert holder is not None, one.number
        act, who = self.chance.choice((A.APPROVED, A.APPROVED, A.DENIED, A.ASKED)), holder.person_id
        if one.life.stage is RequestStage.QUESTION:
            act, who = A.ANSWERED, one.requester
        step = RequestStep(
            request_id=one.request.kept.id,
            position=one.request.steps[-1].fact.position + 1,
            act=act,
            body={"step": one.life.at},
        )
        agency = self.agency
        with writing(agency.office.engine, agency.agency_id, at=agency.clock.at, actor_id=who) as writer:
            writer.record(step)

    def owners(self, today: date) -> dict[int, frozenset[int]]:
        """By open request whoever has it: each a named person who serves."""
        agency, found = self.agency, {}
        with agency.reading() as conn:
            sight = sight_now(agency.office, conn, agency.agency_id)
            question = asked_by(agency.office, conn, agency.agency_id, ByPerson(self.ids[RUIZ]), "test")
            assert question is not None
            for request in requests.last_acts(conn, agency.agency_id, list(A)):
                one = seen(sight, request)
                if one.life.is_over:
                    continue
                people: tuple[PersonAtAgency | None, ...] = ()
                match one.life.owner:
                    case Owner.REQUESTER:
                        people = (sight.people[one.requester],)
                    case Owner.APPROVER:
                        people = (one.approver.person,)
                    case Owner.COORDINATOR:
                        people = reviewers.whom(question, one.requester).people
                assert people, (today, one.number)
                for person in people:
                    assert person is not None, (today, one.number)
                    assert person.family, (today, one.number)
                    ended = person.employment.fact.ended_on
                    assert ended is None or ended >= today, (today, one.number, person.family)
                if one.life.owner is Owner.APPROVER:
                    assert one.requester not in {each.person_id for each in people if each}, one.number
                found[one.number] = frozenset(each.person_id for each in people if each)
        return found


def quarter(agency: Agency, seed: int) -> Quarter:
    nothing_is_checked(agency)
    ids = {badge: agency.id_of(badge) for badge in (*SUPERVISORS, RUIZ, LEE, NAIR)}
    return Quarter(agency, a_desk(agency), Random(seed), ids)  # noqa: S311  a story, and no secret


@pytest.mark.long
def test_on_every_day_of_a_quarter_every_request_has_a_name_on_it(embedded: Agency) -> None:
    one = replace(quarter(embedded, 20270302), job_every=30)
    one.passes(90, of_requests=60)
    assert one.asked == 60
    # The story had what it is about.
    assert one.gone
    assert one.delegated


def test_on_every_day_of_a_week_too_whatever_the_database(lakemont: Agency) -> None:
    one = quarter(lakemont, 7)
    one.passes(7, of_requests=6)
    assert one.asked == 6
