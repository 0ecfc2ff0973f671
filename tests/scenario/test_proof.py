"""What became of a reminder: from the ledger and the log alone, and never in a word that no channel said."""

from dataclasses import replace

import pytest

from bot.sms.render import render as as_text
from db.queries.context import ByBadge
from db.records.ledger import Receipt
from messages.model import Button, Link, Message
from messages.plain import plain_text
from tests.scenario.cast import Agency
from tests.scenario.turns_cast import RUIZ, Ways
from training.asking import asking
from training.links.looks import Look
from training.reminders.proof import REMINDER_PROOF

SERGEANT, COORDINATOR, OFFICER = "77", "902", "231"
AUTISM = "mn-mlo-autism-4"
RECEIVED = ("received", "was told", "has read", "knows")


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    """Ruiz has a linked phone and Slack."""
    return Ways(embedded.at("2027-03-02 17:58")).link("sms", "slack")


def screen(message: Message) -> str:
    return plain_text(message, "terminal")


def said(ways: Ways, badge: str, text: str) -> str:
    return screen(ways.agency.ask(badge, text))


def goes_its_way(ways: Ways) -> None:
    """A text that shows no receipt, a chat message that waits for the morning, an answer."""
    ways.remind(AUTISM, due="2027-06-30", step="90")
    ways.tick()
    ways.after("2027-03-02 18:03").after("2027-03-03 08:00")


def test_every_step_is_told_in_order_with_why_and_until(ways: Ways) -> None:
    goes_its_way(ways)
    told = said(ways, RUIZ, "proof autism")
    in_order = [
        "1 reminder of Autism was planned for you",
        "Autism, due Jun 30 2027: 90 days before",
        "Planned: text message",
        "Handed over: text message",
        "Next way: Slack (no receipt came). Held until Mar 3 2027 08:00 (off duty)",
        "Handed over: Slack",
    ]
    places = [told.index(each) for each in in_order]
    assert places == sorted(places), told
    assert "Only what a carrier said to have arrived, arrived." in told


def test_no_word_claims_more_than_a_channel_said(ways: Ways) -> None:
    goes_its_way(ways)
    told = said(ways, RUIZ, "proof autism")
    assert "rrived, says" not in told
    assert not [each for each in RECEIVED if each in told.casefold()]
    ways.remind(AUTISM, due="2027-06-30", step="60")
    ways.after("2027-03-03 08:01")
    ways.carrier_says(Receipt.DELIVERED)
    assert "Arrived, says the carrier: text message" in said(ways, RUIZ, "proof autism")


def test_an_answer_is_told_with_where_it_was_given(ways: Ways) -> None:
    goes_its_way(ways)
    ways.agency.ask(RUIZ, "am I good?")
    assert "Answered: terminal" in said(ways, RUIZ, "proof autism")


def test_what_was_stopped_says_why(ways: Ways) -> None:
    ways.remind(AUTISM, due="2027-06-30", step="90")
    ways.tick()
    ways.after("2027-03-02 18:03")
    ways.carrier_says(Receipt.DELIVERED)
    assert "Stopped before it was sent: Slack (it arrived on another way)" in said(ways, RUIZ, "proof autism")


def test_of_another_duty_nothing_is_told_and_without_a_duty_everything(ways: Ways) -> None:
    goes_its_way(ways)
    assert "No reminder of that was planned for you." in said(ways, RUIZ, "proof taser")
    assert "1 reminder of Autism was planned for you" in said(ways, RUIZ, "proof")


def test_whoever_may_see_the_record_may_see_it_and_the_look_is_an_entry(ways: Ways) -> None:
    goes_its_way(ways)
    for badge in (SERGEANT, COORDINATOR):
        assert "1 reminder of Autism was planned for Officer Ruiz" in said(ways, badge, "proof ruiz autism")
        assert ways.agency.entries("record:viewed", about=RUIZ)[0].data["kind"] == "proof"
    looks = len(ways.agency.entries("record:viewed", about=RUIZ))
    for badge in (OFFICER,):
        refused = said(ways, badge, "proof ruiz autism")
        assert "Autism" not in refused
        assert refused == said(ways, badge, "proof nobody autism").replace("nobody", "ruiz")
    assert len(ways.agency.entries("record:viewed", about=RUIZ)) == looks


def test_the_pages_go_on(ways: Ways) -> None:
    goes_its_way(ways)
    for step in ("60", "30"):
        ways.remind(AUTISM, due="2027-06-30", step=step)
        ways.tick()
    first = said(ways, SERGEANT, "proof ruiz autism")
    second = said(ways, SERGEANT, "more")
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert "90 days before" in second + first


def test_by_text_it_is_two_segments_of_plain_letters(ways: Ways) -> None:
    goes_its_way(ways)
    text = as_text(ways.agency.ask(RUIZ, "proof autism", "sms"), ways.agency.words)
    assert text.isascii()
    assert len(text) <= 306


def test_a_file_of_it_is_behind_a_link_for_whoever_may_take_it_away(ways: Ways) -> None:
    goes_its_way(ways)
    office = replace(ways.agency.office, links_at="https://desk.lakemont.example")
    ways.agency.office = office
    shown = ways.agency.ask(RUIZ, "proof autism")
    [button] = [each for each in shown.actions if isinstance(each, Button) and each.route == "proof-file"]
    given = ways.agency.press(RUIZ, button)
    [link] = [each for each in given.actions if isinstance(each, Link)]
    assert "/f/" in link.href
    assert ways.agency.entries("export:made", about=RUIZ)
    # A sergeant sees it, and takes no file of it away.
    shown = ways.agency.ask(SERGEANT, "proof ruiz autism")
    assert not [each for each in shown.actions if isinstance(each, Button) and each.route == "proof-file"]
    refused = ways.agency.press(SERGEANT, replace(button, value="214|,autism"))
    assert not [each for each in refused.actions if isinstance(each, Link)]
    given = ways.agency.ask(COORDINATOR, "proof file ruiz autism")
    assert [each for each in given.actions if isinstance(each, Link)]


def test_the_file_opens_for_whoever_may_take_it_away_at_that_moment(ways: Ways) -> None:
    look = Look(kind="reminder-proof", name="", title="", about=ways.agency.id_of(RUIZ))
    for badge, may in ((COORDINATOR, True), (RUIZ, True), (SERGEANT, False), (OFFICER, False)):
        with asking(ways.agency.office, ways.agency.agency_id, ByBadge(badge), "link") as question:
            assert question is not None
            assert REMINDER_PROOF.may(question, look) is may
