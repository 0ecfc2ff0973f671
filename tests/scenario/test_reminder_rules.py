"""By which rules people are reminded is a version that a named person entered with a reason; everybody may read it."""

from decimal import Decimal

import pytest

from db.queries import reminders as kept
from db.queries.context import ByBadge
from handlers.interaction import Interaction
from messages.model import Message, TextField
from tests.scenario.cast import SCREEN, Agency, answered
from tests.scenario.upload_cast import NAIR, RUIZ, as_text
from training.reminders.rules import ReminderRules, in_force


def rules_of(agency: Agency) -> ReminderRules:
    with agency.reading() as conn:
        return in_force(conn, agency.agency_id)


def sent(agency: Agency, badge: str = NAIR, value: str = "1", **entries: str) -> Message:
    """The form, with what it begins with where nothing else is entered."""
    form = agency.ask(badge, "enter reminder rules").form
    assert form is not None
    begun = {
        each.name: tuple(getattr(each, "value", "") for _ in "1")
        for each in form.fields
        if isinstance(each, TextField)
    }
    shown = {name: (str(number),) for name, number in NUMBERS.items()}
    chosen = {"lieutenant_on": ("monday",)}
    form_entries = begun | shown | chosen | {name: (text,) for name, text in entries.items()}
    return answered(
        agency,
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            action="enter-reminder-rules",
            value=value,
            form={name: texts for name, texts in form_entries.items() if texts != ("",)},
        ),
    )


NUMBERS = {
    "overdue_from": 1,
    "overdue_every": 7,
    "hold_hours": 72,
    "wait_minutes": 5,
    "list_hours": 24,
    "daily_cap": 3,
    "monthly_segments": 0,
    "burst": 200,
    "later_days": 3,
    "hours_per_month": 4,
    "lead_days": 14,
    "from_days_before": 14,
    "supervisor_after": 3,
    "coordinator_after": 7,
    "roll_call_minutes_before": 30,
    "chief_on": 1,
}


def test_everybody_reads_the_rules_and_only_who_may_is_offered_to_change_them(lakemont: Agency) -> None:
    shown = lakemont.screen(RUIZ, "reminder rules")
    assert "Version 1 of the rules of reminding is in force, as it comes with Rollcall." in shown
    assert "90, 60, 30, 14, 7, 1, 0" in shown
    assert "Escalation: notice was given on" in shown
    assert "off: no notice was given" in shown
    assert "Enter other rules" not in shown
    assert "Enter other rules" in lakemont.screen(NAIR, "rules of reminding")

    refused = lakemont.text(RUIZ, "reminder rules daily cap 9 because I want more")
    assert "entered" not in refused
    assert rules_of(lakemont).version == 1


def test_one_setting_in_words_makes_a_whole_new_version_with_who_when_and_why(lakemont: Agency) -> None:
    said = lakemont.text(NAIR, "reminder rules daily cap 2 because Three were too many.")
    assert said.startswith("Version 2 is entered with your name and reason.")
    rules = rules_of(lakemont)
    assert (rules.version, rules.limits.daily_cap, rules.limits.later_days) == (2, 2, 3)
    shown = lakemont.screen(RUIZ, "reminder rules")
    assert "entered by P. Nair" in shown
    assert "Why: Three were too many" in shown
    assert "Version 1 came with Rollcall." in shown
    (entry,) = lakemont.entries("reminder-rules:entered")
    assert entry.actor_id == lakemont.id_of(NAIR)
    assert entry.data["changed"] == {"daily_cap": ["3", "2"]}
    # What somebody wrote is kept apart, and can go.
    assert "too many" not in str(entry.data)


def test_several_settings_are_entered_at_once(lakemont: Agency) -> None:
    duty = duty_of(lakemont)
    said = (
        f"reminder rules: begin 9 am; ends 5:30 pm; order slack then text; pace 6.5;"
        f" days for {duty} 120 60 30; urgent {duty}; holidays 2027-07-05, 2027-12-24;"
        f" notice on 2027-04-01; only if not empty chief, roll call because It fits us."
    )
    assert "Version 2 is entered" in lakemont.screen(NAIR, said)
    rules = rules_of(lakemont)
    assert (rules.hours.begins.isoformat(), rules.hours.ends.isoformat()) == ("09:00:00", "17:30:00")
    assert rules.turns.order == ("slack", "sms")
    assert rules.pace.hours_per_month == Decimal("6.5")
    assert [each.days_before for each in rules.steps_for(duty)] == [120, 60, 30, -1]
    assert rules.hours.urgent == {duty}
    assert len(rules.hours.holidays) == 2
    assert str(rules.escalation.notice_on) == "2027-04-01"
    assert rules.digests.only_if_not_empty == {"chief", "roll-call"}

    assert "Version 3 is entered" in lakemont.screen(NAIR, "reminder rules notice off because Not yet.")
    assert rules_of(lakemont).escalation.notice_on is None


def duty_of(agency: Agency) -> str:
    return next(line.requirement for line in agency.standing(RUIZ).lines if line.due_on is not None)


def test_the_sixty_day_step_goes_only_with_a_reason_that_is_a_line_of_its_own(lakemont: Agency) -> None:
    refused = lakemont.text(NAIR, "reminder rules days 90 30 7 because We are few.")
    assert "A ladder has no 60." in refused
    assert rules_of(lakemont).version == 1

    said = "reminder rules days 90 30 7 because We are few, without 60 because Classes are monthly here."
    assert "without the 60-day step" in lakemont.text(NAIR, said)
    assert [each.days_before for each in rules_of(lakemont).steps] == [90, 30, 7, -1]
    (entry,) = lakemont.entries("reminder-step:left-out")
    assert entry.data["version"] == 2
    with lakemont.reading() as conn:
        (line,) = kept.agency_left_out(conn, lakemont.agency_id)
    assert line.fact.item_id == entry.data["why"]
    assert "The 60-day step is left out: Classes are monthly here" in lakemont.screen(RUIZ, "reminder rules")

    # A ladder of one requirement alone may not lose it either.
    own = lakemont.text(NAIR, f"reminder rules days 90 60 7; days for {duty_of(lakemont)} 30 7 because Back.")
    assert "A ladder has no 60." in own


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("daily cap 0", "Enter more than 0."),
        ("daily cap many", '"many" is not a number'),
        ("order text, pigeon", '"pigeon" is not a way to reach people'),
        ("urgent mn-nothing", '"mn-nothing" is no requirement of this agency'),
        ("holidays 12/24/2027", "is not a date"),
        ("begins 17:00; ends 9:00", "is not after the beginning"),
        ("ends 25:00", "is not a time"),
        ("days soon", "is not a list of days"),
        ("lieutenant on someday", "is not in the list"),
        ("chief on 31", "Enter 28 or less."),
        ("colour blue", "I know no setting in"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_nothing_changes(
    lakemont: Agency, said: str, told: str
) -> None:
    assert told in lakemont.text(NAIR, f"reminder rules {said} because I say so")
    assert rules_of(lakemont).version == 1


def test_a_reason_is_asked_for(lakemont: Agency) -> None:
    assert "Why, for everybody who asks: This is still empty." in lakemont.text(NAIR, "reminder rules cap 2")
    assert rules_of(lakemont).version == 1


def test_the_form_begins_with_what_is_in_force_and_keeps_what_was_entered(lakemont: Agency) -> None:
    message = sent(lakemont, days_before="90, 60, 30", daily_cap="four", reason="Fewer steps.")
    form = message.form
    assert form is not None
    assert dict(form.errors) == {"daily_cap": '"four" is not a number. Write figures, such as 4 or 2.5.'}
    entered = {each.name: each for each in form.fields}
    assert getattr(entered["days_before"], "value", "") == "90, 60, 30"
    assert getattr(entered["daily_cap"], "entered", "") == "four"
    assert getattr(entered["reason"], "value", "") == "Fewer steps."

    text = as_text(lakemont, sent(lakemont, days_before="90, 60, 30", daily_cap="4", reason="Fewer steps."))
    assert text.startswith("Version 2 is entered")
    assert rules_of(lakemont).limits.daily_cap == 4


def test_of_two_who_enter_rules_the_second_sees_that_there_is_another_version(lakemont: Agency) -> None:
    sent(lakemont, daily_cap="2", reason="Fewer.")
    late = sent(lakemont, value="1", daily_cap="5", reason="More.")
    assert "Version 2 was entered meanwhile. Nothing was written" in as_text(lakemont, late)
    assert late.form is not None
    assert late.form.value == "2"
    assert {each.name: getattr(each, "value", "") for each in late.form.fields}["reason"] == "More."
    assert rules_of(lakemont).limits.daily_cap == 2
