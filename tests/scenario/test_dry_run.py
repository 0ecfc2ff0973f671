"""What goes out tomorrow, asked the day before: the same as what then goes out, and nothing of it happens by asking."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.composition import text_rates
from db.queries import ledger
from db.records.facts import Assignment, Role, RoleGrant
from db.records.ledger import Waits
from scheduler.digests import prepare_roll_calls, say_summaries
from tests.scenario.cast import LAKEMONT, OKAFOR, RUIZ, WHITMAN, Agency
from tests.scenario.reminder_cast import COORDINATOR, Desk, other_rules
from training.dry_run import DryRun, dry_run

CALENDAR = {"coordinators-day", "chiefs-month", "lieutenants-week", "roll-call"}


def tomorrow(agency: Agency) -> DryRun:
    """The dry run of this moment."""
    with agency.reading() as conn:
        return dry_run(agency.office, conn, agency.agency_id, agency.clock.at, agency.words)


def said_on(desk: Desk, day: str) -> list[tuple[datetime, int | None, str]]:
    """What was put into the panes on a day: when, to whom and of which kind."""
    return sorted(
        (at, who, message.kind.value)
        for at, who, message in desk.panes.read
        if at.astimezone(LAKEMONT).date().isoformat() == day
    )


def test_it_is_what_the_next_day_brings(embedded: Agency) -> None:
    other_rules(embedded, escalation={"notice_on": "2027-01-01", "supervisor_after": 2})
    desk = Desk(embedded.at("2027-03-30 14:00"))
    desk.tick()
    desk.until("2027-03-31 20:00", hours=6)
    run = tomorrow(embedded)
    goes = [each for each in run.goes if each.kind not in CALENDAR]
    assert {each.kind for each in goes} == {"reminder", "escalation"}
    # The new steps of the day, what was held for the morning, and what goes past somebody who is silent.
    assert run.day.isoformat() == "2027-04-01"
    assert embedded.id_of(RUIZ) in {each.person_id for each in run.goes}
    desk.until("2027-04-01 23:00", hours=1)
    assert said_on(desk, "2027-04-01") == sorted((each.at, each.person_id, each.kind) for each in goes)


def of_the_calendar(run: DryRun) -> list[tuple[datetime, int | None, str]]:
    """Summaries and roll calls: when, to whom and of which kind."""
    return sorted((each.at, each.person_id, each.kind) for each in run.goes if each.kind in CALENDAR)


def test_summaries_and_roll_calls_are_what_the_next_day_brings(embedded: Agency) -> None:
    desk = Desk(embedded.at("2027-03-31 23:30"), by_shift=True)
    # A Thursday, and the first of a month: the chief's day, and the lieutenants' by the rules of this agency.
    other_rules(embedded, digests={"lieutenant_on": "thursday"})

    def passes(at: datetime) -> None:
        embedded.clock.at = at
        prepare_roll_calls(desk.work)
        say_summaries(desk.work)
        desk.deliver()

    passes(embedded.clock.at)
    expected = of_the_calendar(tomorrow(embedded))
    assert {kind for _, _, kind in expected} == CALENDAR
    for at in sorted({at for at, _, _ in expected}):
        passes(at - timedelta(minutes=1))
        passes(at)
    assert [each for each in said_on(desk, "2027-04-01") if each[2] in CALENDAR] == expected


def test_a_summary_that_stays_away_when_it_is_empty_is_not_in_it(embedded: Agency) -> None:
    Desk(embedded.at("2027-03-31 14:00"))
    assert embedded.id_of(COORDINATOR) in {who for _, who, _ in of_the_calendar(tomorrow(embedded))}
    other_rules(embedded, digests={"only_if_not_empty": ["roll-call", "lieutenant", "chief"]})
    # Nobody's shift is known here, and the coordinator's line comes always.
    assert {kind for _, _, kind in of_the_calendar(tomorrow(embedded))} >= {"coordinators-day"}


def test_the_next_way_is_named_and_comes_where_nothing_says_that_it_arrived(embedded: Agency) -> None:
    other_rules(embedded, turns={"order": ["sms", "desk"], "wait_minutes": 600})
    desk = Desk(embedded.at("2027-04-01 17:30"))
    run = tomorrow(embedded)
    assert {(each.way, each.then) for each in run.goes if each.kind == "reminder"} == {("sms", "desk")}
    # It is texted, and no receipt comes; its next way has its turn in the small hours, and waits for the morning.
    desk.panes.hears_later = True
    desk.tick()
    texted = {who for at, who, message in desk.panes.read if message.kind.value == "reminder"}
    assert texted
    again = [each for each in tomorrow(embedded).goes if each.person_id in texted and each.way == "desk"]
    assert {each.person_id for each in again if each.kind == "reminder"} == texted
    assert {each.at.astimezone(LAKEMONT).hour for each in again if each.kind == "reminder"} == {8}


def test_asking_plans_nothing_and_sends_nothing(embedded: Agency) -> None:
    desk = Desk(embedded.at("2027-03-31 14:00"))
    before = (desk.deliveries(), desk.cases(RUIZ))
    assert "Apr 1: " in embedded.screen(COORDINATOR, "what will go out tomorrow")
    with embedded.reading() as conn:
        planned = ledger.counts(conn)
    assert (desk.deliveries(), desk.cases(RUIZ)) == before
    assert not sum(planned.values())


def test_what_waits_is_shown_with_its_hour_and_goes_with_the_answer_that_clears_it(embedded: Agency) -> None:
    desk = Desk(embedded.at("2027-04-01 19:00"))
    desk.tick()
    waits = [each for each in tomorrow(embedded).goes if each.person_id == embedded.id_of(RUIZ)]
    assert [(each.at.astimezone(LAKEMONT).hour, each.waits) for each in waits] == [(8, Waits.OFF_DUTY)]
    assert [duty.duty for duty in waits[0].duties] == ["Continuing education"]


def test_what_waits_to_go_past_somebody_says_about_whom(embedded: Agency) -> None:
    other_rules(embedded, escalation={"notice_on": "2027-01-01", "supervisor_after": 2})
    desk = Desk(embedded.at("2027-03-30 14:00"))
    desk.tick()
    # Planned as the day begins, it waits for the morning; seen as from the evening before.
    desk.until("2027-04-01 00:10", hours=6)
    embedded.at("2027-03-31 23:50")
    waits = [each for each in tomorrow(embedded).goes if each.kind == "escalation"]
    assert waits
    assert all(each.about not in (None, each.person_id) for each in waits)
    assert ": No answer yet" in embedded.screen(COORDINATOR, "dry run")


def test_more_than_a_person_is_told_in_a_day_is_held_for_the_next(embedded: Agency) -> None:
    other_rules(embedded, limits={"daily_cap": 0})
    Desk(embedded.at("2027-03-31 14:00"))
    run = tomorrow(embedded)
    assert not [each for each in run.goes if each.kind == "reminder"]
    assert {each.waits for each in run.held if each.kind == "reminder"} >= {Waits.DAILY_CAP}


def test_texts_beyond_those_of_the_month_go_on_the_next_way(embedded: Agency) -> None:
    other_rules(embedded, turns={"order": ["sms", "desk"]}, limits={"monthly_segments": 3})
    embedded.office = replace(embedded.office, text_rates=text_rates())
    Desk(embedded.at("2027-03-31 14:00"))
    run = tomorrow(embedded)
    texts = [each for each in run.goes if each.way == "sms"]
    assert 0 < sum(each.segments for each in texts) <= 3
    assert [each for each in run.goes if each.way == "desk" and not each.segments]


def test_a_pause_and_a_great_many_at_once_stand_on_top(embedded: Agency) -> None:
    Desk(embedded.at("2027-03-31 14:00"))
    other_rules(embedded, limits={"burst": 2})
    said = embedded.screen(COORDINATOR, "dry run")
    assert "reminders become due at one moment" in said
    embedded.screen(COORDINATOR, "pause reminders because the phones are being changed")
    assert "Reminders are paused and 0 wait" in embedded.screen(COORDINATOR, "dry run")


def test_who_may_ask_and_whom_they_read_of(embedded: Agency) -> None:
    Desk(embedded.at("2027-03-31 14:00"))
    assert "Officer Ruiz" in embedded.screen(COORDINATOR, "dry run") + embedded.screen(COORDINATOR, "more")
    for badge in (RUIZ, OKAFOR):
        assert "Apr 1" not in embedded.screen(badge, "dry run")
    # An administrator enters the rules, and is shown nobody's record.
    with embedded.writing() as writer:
        writer.record(
            RoleGrant(
                person_id=embedded.id_of(WHITMAN), role=Role.ADMINISTRATOR, valid_from=embedded.clock.at
            )
        )
    said = embedded.screen(WHITMAN, "dry run")
    assert "Apr 1: " in said
    assert "not listed here" in said
    assert "Ruiz" not in said
    with embedded.writing() as writer:
        writer.record(Assignment(person_id=embedded.id_of(RUIZ), kind="undercover", starts_on=embedded.today))
    assert "Ruiz" not in embedded.screen(COORDINATOR, "dry run") + embedded.screen(COORDINATOR, "more")
