"""How somebody is reminded is theirs to choose, inside the agency's limits, and nothing but STOP turns anything off."""

from datetime import time

from db.queries import reminders as kept
from db.queries.context import ByBadge
from db.records.reminders import ReminderWish
from handlers.interaction import Interaction
from messages.model import Message
from tests.scenario.cast import RUIZ, SCREEN, Agency, answered
from tests.scenario.upload_cast import NAIR
from training.reminders import wishes
from training.reminders.rules import in_force
from training.reminders.wishes import Manner


def how(agency: Agency, badge: str = RUIZ) -> Manner:
    with agency.reading() as conn:
        wish = wishes.wish_of(conn, agency.agency_id, agency.id_of(badge))
        return wishes.manner(in_force(conn, agency.agency_id), wish)


def wish(agency: Agency) -> ReminderWish:
    with agency.reading() as conn:
        return wishes.wish_of(conn, agency.agency_id, agency.id_of(RUIZ))


def test_my_reminders_shows_what_holds_before_anything_was_said(embedded: Agency) -> None:
    shown = embedded.screen(RUIZ, "my reminders")
    assert "text, Slack, Teams, the desk, e-mail" in shown
    assert "08:00 to 18:00" in shown
    assert "90, 60, 30, 14, 7, 1, 0 days before" in shown
    assert "is told nothing" in shown
    assert "STOP in a text ends texts to that phone" in shown
    assert embedded.text(RUIZ, "my reminders").startswith("Reminders: text, Slack")


def test_ways_and_hours_in_ones_own_words_hold_and_are_logged(embedded: Agency) -> None:
    assert embedded.text(RUIZ, "text me last").startswith("Done.")
    assert how(embedded).order == ("slack", "teams", "desk", "email", "sms")
    assert embedded.text(RUIZ, "remind me only on slack first").startswith("It is like that already.")
    assert embedded.text(RUIZ, "remind me by email").startswith("Done.")
    assert how(embedded).order == ("email", "slack", "teams", "desk", "sms")
    assert embedded.text(RUIZ, "quiet after 5 pm").startswith("Done.")
    assert how(embedded).ends == time(17)
    assert wish(embedded).channels[0] == "email"

    newest, _, first = embedded.entries("reminder-wish:entered", about=RUIZ)
    assert first.actor_id == embedded.id_of(RUIZ)
    assert newest.data["changed"] == {"ends": ["", "17:00"]}

    assert embedded.text(RUIZ, "reset my reminders").startswith("Done.")
    assert wish(embedded) == ReminderWish(person_id=embedded.id_of(RUIZ))


def test_an_hour_is_not_guessed_and_two_hours_of_the_agencys_stay(lakemont: Agency) -> None:
    assert "Say am or pm" in lakemont.text(RUIZ, "quiet after 5")
    assert "Leave at least two hours between 08:00 and 18:00" in lakemont.text(RUIZ, "quiet after 9:30 am")
    assert lakemont.text(RUIZ, "quiet after 10 am").startswith("Done.")
    assert "Leave at least two hours" in lakemont.text(RUIZ, "remind me only after 8:30 am")
    assert (how(lakemont).begins, how(lakemont).ends) == (time(8), time(10))


def test_where_the_agencys_hours_move_away_theirs_hold_again(embedded: Agency) -> None:
    embedded.text(RUIZ, "quiet after 10 am")
    embedded.text(NAIR, "reminder rules begins 9:30 am because Briefing is at nine.")
    assert (how(embedded).begins, how(embedded).ends) == (time(9, 30), time(18))


def test_steps_can_be_left_out_but_the_sixty_day_step_only_with_a_reason_on_record(lakemont: Agency) -> None:
    assert lakemont.text(RUIZ, "skip the 14 day step").startswith("Done.")
    assert 14 not in how(lakemont).steps
    assert "unless you say why" in lakemont.text(RUIZ, "skip 60")
    assert 60 in how(lakemont).steps

    said = lakemont.text(RUIZ, "skip 60 because I book in January")
    assert "without the 60-day step; your reason is on record" in said
    assert 60 not in how(lakemont).steps
    (entry,) = lakemont.entries("reminder-step:left-out", about=RUIZ)
    with lakemont.reading() as conn:
        line = kept.left_out_by(conn, lakemont.agency_id, lakemont.id_of(RUIZ))
        assert kept.agency_left_out(conn, lakemont.agency_id) == ()
    assert line is not None
    assert entry.data["why"] == line.fact.item_id
    assert "60, 14: I book in January" in lakemont.screen(RUIZ, "my reminders")

    assert "The agency has no such step" in lakemont.text(RUIZ, "skip 45")
    assert "One step has to stay" in lakemont.text(RUIZ, "skip 90 30 7 1 0")
    assert lakemont.text(RUIZ, "put back 60").startswith("Done.")
    assert how(lakemont).steps == (90, 60, 30, 7, 1, 0)


def test_nothing_is_paused_added_or_turned_off_by_a_word(embedded: Agency) -> None:
    for said in ("pause reminders til january", "remind me 45 days before", "only text me on duty days"):
        assert "Nothing changed" in embedded.text(RUIZ, said)
    assert wish(embedded) == ReminderWish(person_id=embedded.id_of(RUIZ))


def sent(agency: Agency, **entries: tuple[str, ...]) -> Message:
    return answered(
        agency,
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(RUIZ),
            channel=SCREEN,
            action="set-my-reminders",
            form=entries,
        ),
    )


def test_the_form_says_beside_each_field_what_is_wrong_and_keeps_what_was_entered(lakemont: Agency) -> None:
    begun = lakemont.ask(RUIZ, "set my reminders").form
    assert begun is not None
    refused = sent(lakemont, order=("slack, pigeon",), ends=("dawn",), without=("60",))
    assert refused.form is not None
    assert [name for name, _ in refused.form.errors] == ["order", "ends"]
    unsaid = sent(lakemont, order=("slack",), without=("60", "30"))
    assert unsaid.form is not None
    assert dict(unsaid.form.errors) == {"reason": "The 60-day step stays unless you say why."}
    assert wish(lakemont) == ReminderWish(person_id=lakemont.id_of(RUIZ))

    sent(lakemont, order=("slack",), ends=("5 pm",), without=("60", "30"), reason=("I book in January.",))
    assert how(lakemont).order[0] == "slack"
    assert how(lakemont).ends == time(17)
    assert how(lakemont).without == (60, 30)
    shown = lakemont.ask(RUIZ, "set my reminders").form
    assert shown is not None
    assert {each.name: getattr(each, "value", "") for each in shown.fields}["without"] == ("60", "30")
