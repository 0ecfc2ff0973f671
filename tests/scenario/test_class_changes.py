"""A class is cancelled, moved or full, by hand or by a file: whoever asked for it hears of it, once, in that moment."""

from dataclasses import replace
from datetime import date
from typing import Any

from db.records.requests import RequestAct
from messages.trail import entry
from tests.scenario.after_cast import (
    LEE,
    NAIR,
    OKAFOR,
    RUIZ,
    C,
    a_class,
    acting,
    approved,
    cancels,
    does,
    heard,
    kept,
    life,
    sends,
)
from tests.scenario.cast import Agency
from tests.scenario.digest_cast import with_panes
from tests.scenario.import_cast import Desk
from tests.scenario.walls_cast import is_protected
from training.courses import offerings
from training.imports.planning import plan
from training.imports.report import report
from training.log.trail import trail
from training.requests import class_changes
from training.requests.life import RequestStage

NOVAK, WHITMAN = "240", "611"
HEAD = "title,starts_on,ends_on,place,course_id,status\n"
HELD = "Basic Crisis Negotiation,2027-06-07,2027-06-11,St. Cloud,E-7,open\n"


def with_requests(agency: Agency) -> Agency:
    """Two requests for one class of a calendar: Ruiz's is approved, Lee's waits with Okafor."""
    agency = with_panes(agency)
    a_class(agency, ref="E-7")
    approved(agency, RUIZ)
    sends(agency, LEE)
    heard(agency)
    return agency


def brings(agency: Agency, row: str, by: str | None = None) -> str:
    """A calendar is imported, by somebody or by nobody in particular; the report that was read before it."""
    desk = Desk(agency.office, agency.agency_id)
    file = desk.opened("courses", HEAD + row)
    with agency.reading() as conn:
        planned = plan(conn, agency.agency_id, file.preview, desk.today)
    said = "\n".join(line for each in report(planned, file, agency.words) for line in each.after)
    desk.bring("courses", HEAD + row, by=None if by is None else agency.id_of(by))
    return said


def changes(agency: Agency, **values: Any) -> None:
    """The same by hand."""
    with acting(agency, NAIR) as (question, writer):
        found = offerings.by_number(writer.conn, agency.agency_id, C)
        assert found is not None
        writer.audit(*class_changes.changes(question, found, replace(found.fact, **values))(writer))


def test_a_file_that_cancels_a_class_reaches_its_requests_in_the_same_transaction(lakemont: Agency) -> None:
    agency = with_requests(lakemont)
    said = brings(agency, HELD.replace("open", "cancelled"))
    assert "2 people have requests for classes that this file changes" in said
    assert life(agency, 1001).stage is RequestStage.CLASS_CANCELLED
    assert life(agency, 1002).stage is RequestStage.WITH_APPROVER
    said_to = heard(agency)
    assert "R-1001 is not denied" in said_to[RUIZ][0]
    assert "R-1002 waits still" in said_to[LEE][0]
    brings(agency, HELD.replace("open", "cancelled"))
    assert heard(agency) == {}


def test_what_a_file_does_to_requests_has_an_author(embedded: Agency) -> None:
    agency = with_requests(embedded)
    brings(agency, HELD.replace("open", "cancelled"))
    act = kept(agency, 1001).steps[-1]
    assert (act.fact.act, act.recorded_by) == (RequestAct.CLASS_CANCELLED, None)
    assert "class cancelled by the imported file courses.csv" in agency.screen(RUIZ, "R-1001")
    told = [entry(each, agency.words) for each in trail(agency.office, agency.agency_id, limit=9999).entries]
    [line] = [each for each in told if "does not take place" in each.sentence]
    assert line.sentence.startswith(
        "The imported file courses.csv noted that the class of a training request"
    )


def test_whoever_brings_a_file_is_the_author_of_what_it_does(embedded: Agency) -> None:
    agency = with_requests(embedded)
    brings(agency, HELD.replace("open", "cancelled"), by=NAIR)
    assert kept(agency, 1001).steps[-1].recorded_by == agency.id_of(NAIR)
    assert "class cancelled by P. Nair" in agency.screen(RUIZ, "R-1001")


def test_a_file_that_moves_a_class_says_what_was_and_what_is_and_decides_nothing(lakemont: Agency) -> None:
    agency = with_requests(lakemont)
    before = [life(agency, number) for number in (1001, 1002)]
    said = brings(agency, HELD.replace("06-07", "06-14").replace("06-11", "06-18"))
    assert "2 people have requests for classes that this file changes" in said
    assert [life(agency, number) for number in (1001, 1002)] == before
    said_to = heard(agency)
    assert set(said_to) == {RUIZ, LEE, OKAFOR, NAIR}
    [to_ruiz] = said_to[RUIZ]
    assert "(R-1001) was 7-11 Jun 2027 and is 14-18 Jun 2027 now." in to_ruiz
    assert f"Type CHANGE R-1001 TO C-{C} to ask for it as it is now, or WITHDRAW R-1001." in to_ruiz
    # Whoever decides hears of what waits with them, whoever registers of what was approved.
    assert "(R-1002 of" in said_to[OKAFOR][0]
    assert "(R-1001 of" in said_to[NAIR][0]
    agency.text(RUIZ, f"change R-1001 to C-{C}")
    assert life(agency, 1001).values.starts_on == date(2027, 6, 14)
    assert life(agency, 1001).stage is RequestStage.WITH_APPROVER


def test_a_change_by_hand_is_told_once_with_what_became_another(embedded: Agency) -> None:
    agency = with_requests(embedded)
    changes(agency, place="Duluth")
    [to_lee] = heard(agency)[LEE]
    assert "was 7-11 Jun 2027, St. Cloud and is 7-11 Jun 2027, Duluth now" in to_lee
    day = {"date": "2027-06-07", "begins": "08:00", "ends": "17:00"}
    changes(agency, sessions=[day])
    assert "time not known and is 7-11 Jun 2027, 08:00 to 17:00 now" in heard(agency)[LEE][0]
    changes(agency, seats=9, hours=None)
    assert heard(agency) == {}


def test_a_class_that_is_full_is_said_to_whoever_has_no_seat_of_it(embedded: Agency) -> None:
    agency = with_requests(embedded)
    assert "1 person has" not in brings(agency, HELD)
    brings(agency, HELD.replace("open", "full"))
    said_to = heard(agency)
    assert set(said_to) == {LEE}
    assert "is full. R-1002 stands" in said_to[LEE][0]
    assert life(agency, 1001).last.fact.act is RequestAct.SEATED


def test_of_fewer_seats_everybody_hears_what_it_is_for_them_and_nobody_loses_one(embedded: Agency) -> None:
    agency = with_panes(embedded)
    a_class(agency, seats=2)
    for badge in (RUIZ, LEE, NOVAK):
        approved(agency, badge)
    sends(agency, WHITMAN)
    before = [life(agency, number) for number in range(1001, 1005)]
    heard(agency)
    changes(agency, seats=1)
    said_to = heard(agency)
    # Whoever was seated first keeps a seat that there is; whoever only asked knew that it was full.
    assert set(said_to) == {LEE, NOVAK, NAIR}
    assert (
        "has 1 seat now, fewer than are held. R-1002 keeps its seat until a person decides" in said_to[LEE][0]
    )
    assert "P. Nair" in said_to[LEE][0]
    assert "has 1 seat now, and none is free. R-1003 stays number 1 in line." in said_to[NOVAK][0]
    [to_nair] = said_to[NAIR]
    assert "has 1 seat now: 2 requests hold one, 1 waits in line." in to_nair
    assert "Beyond its seats: R-1002. Nobody's seat was taken." in to_nair
    assert [life(agency, number) for number in range(1001, 1005)] == before
    changes(agency, seats=1, cost=None)
    changes(agency, seats=3)
    assert heard(agency) == {}


def test_whoever_is_registered_stays_in_front_when_seats_go(embedded: Agency) -> None:
    agency = with_panes(embedded)
    a_class(agency, seats=2)
    approved(agency, RUIZ)
    approved(agency, LEE)
    does(agency, NAIR, 1002, RequestAct.REGISTERED)
    heard(agency)
    changes(agency, seats=1)
    assert "R-1001 keeps its seat" in heard(agency)[RUIZ][0]


def test_the_last_free_seat_that_goes_is_said_to_whoever_asked_and_before_a_file_does_it(
    embedded: Agency,
) -> None:
    agency = with_requests(embedded)
    fewer = HELD.replace(",open", ",open,1")
    desk = Desk(agency.office, agency.agency_id)
    head = HEAD.replace("status", "status,seats")
    with agency.reading() as conn:
        file = desk.opened("courses", head + fewer)
        planned = plan(conn, agency.agency_id, file.preview, desk.today)
    said = "\n".join(line for each in report(planned, file, agency.words) for line in each.after)
    assert "1 person has a request for a class that this file changes" in said
    desk.bring("courses", head + fewer)
    said_to = heard(agency)
    assert set(said_to) == {LEE}
    assert "is full. R-1002 stands" in said_to[LEE][0]


def test_whoever_entered_it_hears_that_it_was_taken_back_moved_or_cancelled(embedded: Agency) -> None:
    agency = with_panes(embedded)
    a_class(agency, 950, title="Report Writing", topics=())
    agency.text(OKAFOR, "request C-950 for Lee")
    agency.text(OKAFOR, "he is next in line")
    heard(agency)
    with acting(agency, NAIR) as (question, writer):
        found = offerings.by_number(writer.conn, agency.agency_id, 950)
        assert found is not None
        moved = class_changes.changes(question, found, replace(found.fact, place="Duluth"))
        writer.audit(*moved(writer))
    said_to = heard(agency)
    assert "(R-1001 of S. Lee) was" in said_to[OKAFOR][0]
    assert "and is 7-11 Jun 2027, Duluth now." in said_to[OKAFOR][0]
    cancels(agency, 950)
    said_to = heard(agency)
    assert "does not take place. You entered R-1001 for S. Lee, who was told" in said_to[OKAFOR][0]
    agency.text(LEE, "withdraw R-1001")
    said_to = heard(agency)
    assert set(said_to) & {LEE, OKAFOR} == {OKAFOR}
    assert "R-1001, which you entered for S. Lee, was taken back by Ofc. Lee" in said_to[OKAFOR][0]
    assert heard(agency) == {}


def test_whom_it_is_for_hears_that_whoever_entered_it_took_it_back(embedded: Agency) -> None:
    agency = with_panes(embedded)
    a_class(agency, 950, title="Report Writing", topics=())
    agency.text(OKAFOR, "request C-950 for Lee")
    agency.text(OKAFOR, "withdraw R-1001")
    assert LEE not in heard(agency), "what was not sent is nobody else's yet"
    agency.text(OKAFOR, "request C-950 for Lee")
    agency.text(OKAFOR, "he is next in line")
    heard(agency)
    agency.text(OKAFOR, "withdraw R-1002")
    assert "R-1002 was taken back by Sgt. Okafor" in heard(agency)[LEE][0]


def test_whoever_entered_it_hears_no_more_of_somebody_they_may_not_know(embedded: Agency) -> None:
    agency = with_panes(embedded)
    a_class(agency, 950, title="Report Writing", topics=())
    agency.text(OKAFOR, "request C-950 for Lee")
    agency.text(OKAFOR, "he is next in line")
    is_protected(agency, LEE)
    heard(agency)
    cancels(agency, 950)
    assert OKAFOR not in heard(agency)


def test_nobody_hears_of_a_class_that_is_over(embedded: Agency) -> None:
    agency = with_requests(embedded)
    agency.at("2027-07-01 09:00")
    changes(agency, place="Duluth")
    assert heard(agency) == {}
