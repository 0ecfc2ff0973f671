"""A nudge is looked at before it is sent: who is reminded of what, who is passed over and why; then it is pressed."""

from dataclasses import replace

import pytest

from db.records.facts import ChannelAccount, Leave, MatchedBy
from db.records.phones import ConsentBy, ConsentWord, TextConsent
from messages.model import Button, Message
from tests.scenario.cast import NOVAK, OKAFOR, RUIZ, Agency
from tests.scenario.digest_cast import read, told, with_panes
from tests.scenario.upload_cast import LEE, NAIR


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont in the middle of B shift."""
    return with_panes(lakemont).at("2027-03-03 21:00")


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_panes(embedded).at("2027-03-03 21:00")


def press(agency: Agency, badge: str, message: Message) -> str:
    (button,) = [each for each in message.actions if isinstance(each, Button) and each.route == "nudge-send"]
    return read(agency.press(badge, button))


def line(agency: Agency, badge: str, who: str) -> str:
    """What the preview says of one person."""
    return next(each for each in agency.screen(badge, "nudge").splitlines() if who in each)


def test_the_preview_sends_nothing_and_the_press_sends_what_was_shown(agency: Agency) -> None:
    shown = agency.ask(OKAFOR, "nudge")
    text = read(shown)
    assert "1 person would be reminded now. Nothing is sent yet." in text
    assert "Officer Novak | CPR, Feb 27" in text
    assert "Ruiz" not in text  # nothing of theirs is due within a month
    assert told(agency) == []

    assert press(agency, OKAFOR, shown).startswith("Nudge\n1 person is reminded")
    [(place, message)] = told(agency)
    assert place == NOVAK
    assert "CPR" in read(message)
    (entry,) = agency.entries("reminder:nudged")
    assert (entry.actor_id, entry.subject_id) == (agency.id_of(OKAFOR), agency.id_of(NOVAK))


def test_nobody_is_nudged_twice_on_a_day_whoever_presses(agency: Agency) -> None:
    shown = agency.ask(OKAFOR, "nudge")
    press(agency, OKAFOR, shown)
    told(agency)
    assert "no: reminded today already" in line(agency, OKAFOR, "Novak")
    assert "no: reminded today already" in line(agency, NAIR, "Novak")
    # A second press of what was shown before sends nothing more.
    press(agency, OKAFOR, shown)
    assert told(agency) == []
    assert "when you press" in line(agency.at("2027-03-06 21:00"), OKAFOR, "Novak")


def test_off_duty_nobody_is_nudged(small: Agency) -> None:
    assert "no: off duty" in line(small.at("2027-03-03 10:00"), OKAFOR, "Novak")
    assert "Nobody would be reminded now." in small.text(OKAFOR, "nudge")


def test_somebody_on_leave_is_counted_and_not_nudged(small: Agency) -> None:
    with small.writing() as writer:
        writer.record(Leave(person_id=small.id_of(NOVAK), kind="medical", starts_on=small.today))
    said = small.screen(OKAFOR, "nudge")
    assert "Novak" not in said
    assert "on leave" in said
    assert "medical" not in said


def test_whoever_wants_no_texts_and_has_no_other_way_is_passed_over(small: Agency) -> None:
    phone = "+16125550177"
    agency = replace(small, office=replace(small.office, local_desk=False))
    with agency.writing() as writer:
        writer.record(
            ChannelAccount(
                person_id=agency.id_of(NOVAK),
                channel="sms",
                address="+16125550100",
                account=phone,
                matched_by=MatchedBy.CODE,
            ),
            TextConsent(
                person_id=agency.id_of(NOVAK),
                number=phone,
                word=ConsentWord.WITHDRAWN,
                how=ConsentBy.CARRIER,
                shown="STOP",
            ),
        )
    assert "wants no texts, and has no other way" in line(agency, OKAFOR, "Novak")
    assert "nothing reaches them" in line(agency.at("2027-03-03 10:00"), NAIR, "Warsame")


def test_one_person_by_name_and_nobody_elses_people(small: Agency) -> None:
    assert "Novak" in small.screen(OKAFOR, "nudge novak")
    assert "Officer Lee: no: nothing is due within 30 days." in small.text(OKAFOR, "nudge lee")
    refused = small.text(OKAFOR, "nudge warsame")
    assert "Warsame" not in refused
    assert small.text(OKAFOR, "nudge nobody") == refused
    assert "reminded" not in small.text(LEE, "nudge")
    assert small.text(RUIZ, "nudge novak") == small.text(RUIZ, "nudge nobody")


def test_what_came_between_the_preview_and_the_press_is_respected(small: Agency) -> None:
    shown = small.ask(OKAFOR, "nudge")
    with small.writing() as writer:
        writer.record(Leave(person_id=small.id_of(NOVAK), kind="court", starts_on=small.today))
    assert "Nobody was reminded. 1 of those shown was not" in press(small, OKAFOR, shown)
    assert told(small) == []
