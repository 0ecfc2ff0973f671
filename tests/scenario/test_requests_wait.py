"""Requests that wait: reminders in working time, somebody above, cards that follow whoever decides, always a name."""

from datetime import date, timedelta

from db.records.facts import Leave
from db.records.requests import RequestAct, RequestStep, TrainingRequest
from tests.scenario.approval_cast import TORRES, a_desk, asks, goes_on, nothing_is_checked, read, says
from tests.scenario.cast import Agency
from tests.scenario.request_cast import LEE, NAIR, OKAFOR, RUIZ, life
from training.requests.sight import all_that_wait, sight_now

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


# By day: who goes on leave until when, who moves under whom, and who leaves the agency.
LEAVES = {3: (OKAFOR, 12), 21: (TORRES, 40), 24: ("71", 30), 45: (NAIR, 60), 66: ("62", 90)}
MOVES = {6: (RUIZ, "71"), 27: (LEE, "62"), 51: (RUIZ, OKAFOR), 72: (LEE, "71")}
DEPARTURES = {33: "71", 57: OKAFOR, 75: TORRES}


def test_on_every_day_of_a_quarter_every_request_has_a_name_on_it(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    began = date(2027, 3, 2)
    for day in range(0, 90, 3):
        today = began + timedelta(days=day)
        embedded.at(f"{today.isoformat()} 15:00")
        if day in LEAVES:
            who, until = LEAVES[day]
            away(embedded, who, today, began + timedelta(days=until))
        if day in MOVES:
            embedded.moves_under(*MOVES[day], f"{today.isoformat()} 08:00")
        if day in DEPARTURES:
            embedded.leaves(DEPARTURES[day], today - timedelta(days=1))
        for place, badge in enumerate((RUIZ, LEE)):
            sent(embedded, badge, 1001 + day // 3 * 2 + place)
        with embedded.reading() as conn:
            waiting = all_that_wait(sight_now(embedded.office, conn, embedded.agency_id))
            assert len(waiting) == day // 3 * 2 + 2
            for one in waiting:
                person = one.approver.person
                assert person is not None, (today, one.number)
                assert person.person_id != one.requester
                ended = person.employment.fact.ended_on
                assert ended is None or ended >= today, (today, person.family)
                assert one.may_decide(person.person_id)
