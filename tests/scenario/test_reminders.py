"""A deadline comes near: who hears of it, on which day, how often, and what happens when it changes meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from db.queries import reminders, reporting
from db.records.courses import OfferingStatus
from db.records.facts import Card, Completion, Leave, Role
from db.records.ledger import Receipt
from db.records.reminders import CaseEnd
from messages.model import Button
from messages.plain import plain_text
from scheduler.reminders import plan_reminders
from scheduler.standings import judge_again
from tests.scenario.after_cast import approved, values_for
from tests.scenario.cast import LAKEMONT, NOVAK, OKAFOR, RUIZ, WHITMAN, Agency
from tests.scenario.course_cast import corrected
from tests.scenario.reminder_cast import Desk, other_rules
from training.ledger.routes import DESK_CHANNEL
from training.reminders.safe_dates import CALENDAR_AHEAD

BRANDT, NAIR, PARK, LEE = "1", "902", "905", "231"
# Classes of the demo agency.
BIAS, AUTISM_IN_MAY = 5, 6
CPR = "lkm-cpr-telecommunicator"


def days(desk: Desk, badge: str) -> list[date]:
    return [day for day, _ in desk.heard(badge)]


def renews(agency: Agency, badge: str, until: str) -> None:
    """A new card is recorded."""
    person_id = agency.id_of(badge)
    with agency.writing() as writer:
        writer.record(
            Card(
                person_id=person_id,
                covers=("first-aid-cpr", "cpr"),
                valid_from=agency.today,
                valid_to=date.fromisoformat(until),
            )
        )


def test_a_deadline_is_first_spoken_of_on_its_day_once_and_without_anybody_asking(embedded: Agency) -> None:
    embedded.at("2027-03-31 14:00")
    desk = Desk(embedded)
    desk.tick()
    assert desk.heard(RUIZ) == []
    desk.until("2027-04-01 16:00", hours=1)
    assert [
        (day, "Continuing education is due Jun 30 (90 days)" in text) for day, text in desk.heard(RUIZ)
    ] == [(date(2027, 4, 1), True)]
    # The day begins at midnight, and nobody is written to before the day's hours.
    at = desk.panes.read[-1][0]
    assert (at.hour, at.minute) == (13, 0)


def test_the_steps_of_a_card_that_runs_out_and_is_not_renewed(embedded: Agency) -> None:
    desk = Desk(embedded)
    desk.tick()
    desk.until("2027-04-04 14:10", hours=24)
    # Eighteen days are left when it begins: of the steps that were missed only the last one.
    assert days(desk, WHITMAN) == [
        date(2027, month, day)
        for month, day in ((3, 2), (3, 6), (3, 13), (3, 19), (3, 20), (3, 21), (3, 28), (4, 4))
    ]
    texts = [text for _, text in desk.heard(WHITMAN)]
    assert "CPR runs out Mar 20 (7 days)" in texts[2]
    assert "CPR ran out Mar 20 (1 day ago)" in texts[5]


def test_it_is_said_on_the_shift_of_whoever_works_at_night(embedded: Agency) -> None:
    embedded.at("2027-04-01 14:00")
    desk = Desk(embedded, by_shift=True)
    desk.tick()
    desk.until("2027-04-03 14:00", hours=2)
    ((at, text),) = [
        (at.astimezone(LAKEMONT), plain_text(message, DESK_CHANNEL))
        for at, person_id, message in desk.panes.read
        if person_id == embedded.id_of(RUIZ)
    ]
    assert at.hour >= 18 or at.hour < 6
    # In the words of the night on which it is read.
    left = (date(2027, 6, 30) - at.date()).days
    assert f"is due Jun 30 ({left} days)" in text


def test_what_is_on_the_urgent_list_is_said_off_duty_and_each_use_is_in_the_log(embedded: Agency) -> None:
    embedded.at("2027-03-06 03:00")
    other_rules(embedded, hours={"urgent": [CPR]})
    desk = Desk(embedded)
    desk.tick()
    assert days(desk, WHITMAN) == [date(2027, 3, 6)]
    planned = [each.data for each in embedded.entries("message:planned", about=WHITMAN)]
    assert [each.get("off_duty") for each in planned] == [True]
    # Nobody else is written to at that hour.
    assert {person_id for _, person_id, _ in desk.panes.read} == {embedded.id_of(WHITMAN)}


def test_what_waits_longer_than_the_agency_holds_anything_is_marked(embedded: Agency) -> None:
    with embedded.writing() as writer:
        writer.record(
            Leave(
                person_id=embedded.id_of(NOVAK),
                kind="family",
                starts_on=date(2027, 3, 1),
                ends_on=date(2027, 3, 20),
            )
        )
    desk = Desk(embedded)
    desk.tick()
    (planned,) = embedded.entries("message:planned", about=NOVAK)
    assert planned.data["over_cap"] is True
    assert planned.data["waits"] == "on-leave"


def test_what_is_met_meanwhile_is_not_said_any_more(lakemont: Agency) -> None:
    lakemont.at("2027-03-06 00:30")
    desk = Desk(lakemont)
    desk.tick()
    held = desk.deliveries()[0]
    assert held.receipt is None
    for each in desk.deliveries():
        if each.person_id == lakemont.id_of(WHITMAN):
            held = each
    renews(lakemont, WHITMAN, "2029-03-05")
    desk.until("2027-03-06 09:00", hours=1)
    assert desk.heard(WHITMAN) == []
    after = next(each for each in desk.deliveries() if each.attempt_id == held.attempt_id)
    assert (after.receipt, after.error) == (Receipt.CANCELLED, "cleared")
    ended = [
        each.closed for each in desk.cases(WHITMAN) if each.key.subject == CPR and each.closed is not None
    ]
    assert ended == [CaseEnd.MET]


def test_what_is_recorded_in_the_second_before_it_is_sent_is_looked_at_first(embedded: Agency) -> None:
    embedded.at("2027-03-06 07:59")
    desk = Desk(embedded)
    desk.tick()
    renews(embedded, WHITMAN, "2029-03-05")
    embedded.at("2027-03-06 08:00")
    # Nobody has judged her again yet.
    desk.deliver()
    assert desk.heard(WHITMAN) == []
    desk.until("2027-03-06 08:02", hours=1)
    assert desk.heard(WHITMAN) == []


def test_a_duty_that_opens_again_is_another_episode(lakemont: Agency) -> None:
    lakemont.at("2027-04-01 09:00")
    desk = Desk(lakemont)
    desk.tick()
    assert len(desk.heard(RUIZ)) == 1
    done = lakemont.completes(RUIZ, "2027-04-01", "16.5", "autism", "A long week")
    lakemont.at("2027-04-01 10:00")
    desk.tick()
    with lakemont.writing() as writer:
        writer.withdraw(done, Completion)
    lakemont.at("2027-04-01 11:00")
    desk.tick()
    desk.tick()
    assert len(desk.heard(RUIZ)) == 2
    total = [each for each in desk.cases(RUIZ) if each.key.subject == "mn-ce-total-48"]
    assert [(each.key.episode, each.closed is None) for each in total] == [(0, False), (1, True)]


def test_what_falls_together_is_one_message(embedded: Agency) -> None:
    embedded.at("2027-06-30 00:10")
    desk = Desk(embedded)
    desk.tick()
    desk.until("2027-06-30 08:30", hours=1)
    for badge in embedded.badges():
        assert len(desk.heard(badge)) <= 1
    assert any(
        text.count(" is due Jun 30 (today)") > 1
        for badge in embedded.badges()
        for _, text in desk.heard(badge)
    )


def test_what_waits_through_a_leave_is_said_together_after_it_and_in_the_words_of_that_day(
    lakemont: Agency,
) -> None:
    person_id = lakemont.id_of(NOVAK)
    with lakemont.writing() as writer:
        writer.record(
            Leave(person_id=person_id, kind="family", starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 9))
        )
    desk = Desk(lakemont)
    desk.tick()
    desk.until("2027-03-10 14:10", hours=24)
    ((day, text),) = desk.heard(NOVAK)
    assert day == date(2027, 3, 10)
    assert "CPR ran out Feb 27 (11 days ago)" in text


def test_later_puts_the_next_one_off_and_moves_no_due_date(lakemont: Agency) -> None:
    lakemont.at("2027-03-06 09:00")
    desk = Desk(lakemont)
    desk.tick()
    assert days(desk, WHITMAN) == [date(2027, 3, 6)]
    assert lakemont.text(WHITMAN, "LATER").startswith("NOTED. I will remind you again Mar 9: CPR.")
    desk.until("2027-03-13 09:00", hours=24)
    assert days(desk, WHITMAN) == [date(2027, 3, 6), date(2027, 3, 9), date(2027, 3, 13)]
    assert [each.key.due_on for each in desk.cases(WHITMAN) if each.key.subject == CPR] == [date(2027, 3, 20)]
    entry = lakemont.entries("reminder:put-off", about=WHITMAN)[0]
    assert entry.data["duties"][0]["until"] == "2027-03-09"


def test_later_never_goes_past_the_due_date_and_not_beyond_today(embedded: Agency) -> None:
    embedded.at("2027-03-19 09:00")
    desk = Desk(embedded)
    desk.tick()
    assert "again Mar 20" in embedded.text(WHITMAN, "later")
    desk.until("2027-03-20 09:00", hours=24)
    assert len(desk.heard(WHITMAN)) == 2
    assert embedded.text(WHITMAN, "later").startswith("NOTHING to put off")


def test_what_waits_for_somebodys_hours_cannot_be_put_off_before_it_is_said(embedded: Agency) -> None:
    embedded.at("2027-03-06 03:00")
    desk = Desk(embedded)
    desk.tick()
    assert embedded.text(WHITMAN, "later").startswith("NOTHING to put off")
    desk.until("2027-03-06 08:00", hours=5)
    assert days(desk, WHITMAN) == [date(2027, 3, 6)]


def test_a_button_of_an_old_message_still_finds_its_duty(embedded: Agency) -> None:
    embedded.at("2027-03-06 09:00")
    desk = Desk(embedded)
    desk.tick()
    pressed = next(
        each
        for _, person_id, message in desk.panes.read
        if person_id == embedded.id_of(WHITMAN)
        for each in message.actions
        if isinstance(each, Button) and each.route == "snooze"
    )
    embedded.at("2027-03-11 09:00")
    desk.tick()
    embedded.press(WHITMAN, pressed)
    assert [each.later_on for each in desk.cases(WHITMAN) if each.key.subject == CPR] == [date(2027, 3, 14)]


def test_whoever_has_left_is_reminded_of_nothing(embedded: Agency) -> None:
    embedded.at("2027-03-05 23:00")
    desk = Desk(embedded)
    desk.tick()
    embedded.leaves(WHITMAN, date(2027, 3, 5))
    desk.until("2027-03-14 12:00", hours=12)
    assert desk.heard(WHITMAN) == []
    assert [each.closed for each in desk.cases(WHITMAN) if each.closed is None] == []


def test_a_late_tick_or_many_plan_the_same_rows(lakemont: Agency) -> None:
    lakemont.at("2027-03-06 09:00")
    desk = Desk(lakemont)
    desk.tick()
    before = [(each.message_id, each.person_id) for each in desk.deliveries()]
    for _ in range(3):
        assert desk.tick() == 0
    assert [(each.message_id, each.person_id) for each in desk.deliveries()] == before


def test_several_at_once_plan_what_one_would(served: Agency) -> None:
    served.at("2027-06-30 09:00")
    desk = Desk(served)
    judge_again(desk.work)
    with ThreadPoolExecutor(3) as processes:
        told = list(processes.map(lambda _: plan_reminders(desk.work), range(3)))
    whom = [each.person_id for each in desk.deliveries() if each.kind == "reminder"]
    assert len(whom) == len(set(whom)) == sum(told) > 3


def test_time_that_runs_short_is_said_once(embedded: Agency) -> None:
    # At eight hours a month 16.5 hours take 63 days: the last day to begin is Apr 28, and it is said two weeks before.
    corrected(embedded, BIAS, status=OfferingStatus.CANCELLED)
    embedded.at("2027-04-02 09:00")
    desk = Desk(embedded)
    desk.tick()
    desk.until("2027-04-30 09:00", hours=24)
    said = [(day, text) for day, text in desk.heard(RUIZ) if "fits only if it begins by Apr 28" in text]
    assert [day for day, _ in said] == [date(2027, 4, 14)]


def safe_on(desk: Desk, badge: str) -> list[date]:
    """On which day somebody is told that time runs short, of what is open."""
    return [each.safe_on for each in desk.cases(badge) if each.closed is None and each.safe_on is not None]


def test_the_last_class_in_time_is_said_where_it_comes_before_the_pace(embedded: Agency) -> None:
    embedded.at("2027-04-01 09:00")
    desk = Desk(embedded)
    desk.tick()
    # Of the hour of bias crimes the calendar has one class: Apr 22, to be asked for by Apr 20.
    assert safe_on(desk, RUIZ) == [date(2027, 4, 6)]
    embedded.at("2027-04-05 14:00")
    desk.tick()
    assert not any("last class" in text for _, text in desk.heard(RUIZ))
    embedded.at("2027-04-06 14:00")
    desk.tick()
    assert "The last class for Bias crimes that comes in time is on Apr 22: ask for it by Apr 20." in next(
        text for day, text in desk.heard(RUIZ) if day == date(2027, 4, 6)
    )


def test_of_what_is_due_in_years_the_calendar_of_this_spring_says_nothing_yet(embedded: Agency) -> None:
    desk = Desk(embedded)
    desk.tick()
    today = embedded.today
    with embedded.reading() as conn:
        everybody = [each.person_id for each in embedded.office.walls.roster(conn, embedded.agency_id)]
        known = reminders.cases(conn, embedded.agency_id, everybody)
    far = [
        each
        for theirs in known.values()
        for each in theirs
        if each.safe_on is not None and each.key.due_on > today + CALENDAR_AHEAD
    ]
    assert far
    # The last class that is on it now is in June; whoever has years is told by the pace alone.
    assert all(each.safe_on is not None and each.safe_on > date(2027, 7, 1) for each in far)
    # It is looked at again once the calendar can know.
    assert all(each.next_on is not None and each.next_on <= each.key.due_on - CALENDAR_AHEAD for each in far)


def test_another_calendar_moves_the_day_on_which_time_runs_short(embedded: Agency) -> None:
    embedded.at("2027-04-01 09:00")
    desk = Desk(embedded)
    desk.tick()
    assert not plan_reminders(desk.work)
    # A later class: from then on the pace is what runs short first.
    later = date(2027, 6, 1)
    corrected(embedded, BIAS, starts_on=later, ends_on=later, sessions=(), register_by=later)
    desk.tick()
    assert safe_on(desk, RUIZ) == [date(2027, 4, 14)]
    # The last seat of the last class in time goes: the one before it is the last.
    corrected(embedded, AUTISM_IN_MAY, seats=1)
    corrected(
        embedded, 3, starts_on=date(2027, 4, 8), ends_on=date(2027, 4, 8), register_by=None, sessions=()
    )
    desk.tick()
    assert safe_on(desk, RUIZ) == [date(2027, 4, 14)]
    approved(embedded, LEE, values_for(AUTISM_IN_MAY))
    desk.tick()
    assert safe_on(desk, RUIZ) == [date(2027, 3, 25)]


def test_what_waits_to_be_said_names_no_class_that_is_cancelled_meanwhile(embedded: Agency) -> None:
    embedded.at("2027-04-06 03:00")
    desk = Desk(embedded)
    desk.tick()
    waiting = [each for each in desk.deliveries() if each.person_id == embedded.id_of(RUIZ)]
    assert waiting
    corrected(embedded, BIAS, status=OfferingStatus.CANCELLED)
    desk.tick()
    embedded.at("2027-04-06 14:00")
    desk.tick()
    texts = [text for _, text in desk.heard(RUIZ)]
    assert texts
    assert not any("last class" in text for text in texts)


def raised(agency: Agency) -> list[tuple[str, int]]:
    return [(each.data["level"], each.data["to"]) for each in reversed(agency.entries("reminder:raised"))]


def gives_notice(agency: Agency, on: date) -> None:
    """The agency gave notice that unanswered reminders go on."""
    other_rules(agency, escalation={"notice_on": on.isoformat()})


def test_nothing_goes_past_anybody_before_the_agency_gave_notice_of_it(embedded: Agency) -> None:
    embedded.at("2027-03-06 09:00")
    desk = Desk(embedded)
    desk.tick()
    desk.until("2027-03-26 09:00", hours=24)
    assert raised(embedded) == []


def test_what_nobody_answers_goes_to_the_supervisor_and_then_to_whoever_coordinates(lakemont: Agency) -> None:
    lakemont.at("2027-03-06 09:00")
    gives_notice(lakemont, date(2027, 3, 1))
    desk = Desk(lakemont)
    desk.tick()
    novak = lakemont.id_of(NOVAK)
    desk.until("2027-03-08 09:00", hours=24)
    assert raised(lakemont) == []
    desk.until("2027-03-09 09:00", hours=24)
    ours = list(reversed(lakemont.entries("reminder:raised", about=NOVAK)))
    assert [(each.data["level"], each.data["to"]) for each in ours] == [
        ("supervisor", lakemont.id_of(OKAFOR))
    ]
    text = next(text for _, text in desk.heard(OKAFOR) if "Novak" in text)
    assert "NO ANSWER yet from Officer Novak: CPR was due Feb 27 (10 days ago)." in text
    assert "Reminders went out Mar 6 and Mar 7." in text
    desk.until("2027-03-16 09:00", hours=24)
    ours = list(reversed(lakemont.entries("reminder:raised", about=NOVAK)))
    assert [(each.data["level"], each.data["to"]) for each in ours] == [
        ("supervisor", lakemont.id_of(OKAFOR)),
        ("coordinator", lakemont.id_of(NAIR)),
    ]
    assert novak not in [each.data["to"] for each in ours]


def test_whoever_has_left_keeps_it_from_nobody_who_is_there(embedded: Agency) -> None:
    embedded.at("2027-03-06 09:00")
    gives_notice(embedded, date(2027, 3, 1))
    for badge in (NAIR, PARK):
        embedded.leaves(badge, date(2027, 3, 5))
    desk = Desk(embedded)
    desk.tick()
    desk.until("2027-03-16 09:00", hours=24)
    told = {
        each.data["to"]
        for each in embedded.entries("reminder:raised", about=NOVAK)
        if each.data["level"] == "coordinator"
    }
    with embedded.reading() as conn:
        command = reporting.holders_of(conn, embedded.agency_id, Role.COMMAND, embedded.clock.at)
    assert told == set(command)
    assert embedded.id_of(BRANDT) in told


def test_an_answer_keeps_it_between_the_two(embedded: Agency) -> None:
    embedded.at("2027-03-06 09:00")
    gives_notice(embedded, date(2027, 3, 1))
    desk = Desk(embedded)
    desk.tick()
    embedded.ask(NOVAK, "later")
    desk.until("2027-03-08 09:00", hours=24)
    embedded.ask(NOVAK, "status")
    desk.until("2027-03-09 12:00", hours=24)
    assert embedded.entries("reminder:raised", about=NOVAK) == ()


def test_a_lost_license_is_told_to_whoever_coordinates_and_to_command_on_the_day(embedded: Agency) -> None:
    embedded.at("2027-06-30 09:00")
    desk = Desk(embedded)
    desk.tick()
    assert raised(embedded) == []
    desk.until("2027-07-01 12:00", hours=24)
    ours = embedded.entries("reminder:raised", about=RUIZ)
    with embedded.reading() as conn:
        command = reporting.holders_of(conn, embedded.agency_id, Role.COMMAND, embedded.clock.at)
    assert embedded.id_of(BRANDT) in command
    assert {(each.data["level"], each.data["to"]) for each in ours} == {
        ("lapsed", each) for each in (embedded.id_of(NAIR), *command)
    }
    desk.until("2027-07-03 12:00", hours=24)
    assert len(embedded.entries("reminder:raised", about=RUIZ)) == len(ours)
