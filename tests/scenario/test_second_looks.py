"""A drawn share of approvals is looked at twice, by somebody else, and changes nothing; figures name nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.links.kinds import KINDS
from db.queries.review_rules import second_looks
from db.records.facts import Role
from db.records.uploads import Step
from messages.model import Link
from tests.fakes.reader import certificate
from tests.scenario.cast import Agency
from tests.scenario.review_cast import (
    approved,
    confirmed,
    everything_is_drawn,
    holds,
    in_force,
    proposes,
    sent,
)
from tests.scenario.upload_cast import (
    LEE,
    NAIR,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    decides,
    looks_at,
    reading_as,
    submitted,
    upload,
)
from training.links import links, looks
from training.links.looks import OPENING
from training.uploads import review_rules
from training.uploads.figures import median_seconds, ninetieth_seconds


def looks_again(agency: Agency, badge: str, number: int = 3001) -> None:
    """A second reviewer opens the file by the link that they were given, and presses the button on its page."""
    message = agency.ask(badge, f"open second look u-{number}")
    (link,) = [each for each in message.actions if isinstance(each, Link)]
    found = links.found(agency.office, link.href.rpartition("/")[2], OPENING)
    assert found is not None
    seen = looks.use_up(agency.office, found, looks.open_link(agency.office, found, KINDS), KINDS)
    assert seen is not None
    assert seen.shown


def test_a_second_reviewer_compares_and_nothing_changes(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        everything_is_drawn(agency)
        submitted(agency)
        approved(agency)
        before = upload(agency).last.id

        # Whoever approved it is not the second.
        assert "No approval waits" in agency.screen(NAIR, "second looks")
        assert agency.text(NAIR, "second look u-3001 agrees").startswith("No approval by that number")
        assert "U-3001" in agency.screen(LEE, "second looks")
        assert "approved by P. Nair" in agency.screen(LEE, "second look u-3001")

        # Nothing is said of a file that was not opened.
        assert agency.text(LEE, "second look u-3001 agrees").startswith("Open the file of U-3001 first.")
        looks_again(agency, LEE)
        assert agency.text(LEE, "second look u-3001 differs").startswith("Say which values of U-3001 differ")
        said = agency.text(LEE, "second look u-3001 differs in hours and date")
        assert said.startswith("Kept: you found that U-3001 differs in date and hours.")

        assert upload(agency).last.id == before
        assert agency.completions(RUIZ, "autism")[-1].fact.hours == Decimal(4)
        (entry,) = agency.entries("upload:second-look")
        assert entry.actor_id == agency.id_of(LEE)
        (recorded,) = agency.entries("upload:recorded")
        assert entry.data["differs"] == ["completed_on", "hours"]
        assert entry.data["seed"] == recorded.data["draw"]["seed"]
        assert agency.entries("upload:looked")[0].data == {"number": 3001, "look": "second-look"}
        assert "No approval waits" in agency.screen(LEE, "second looks")
        assert agency.text(LEE, "second look u-3001 agrees").startswith(
            "U-3001 had its second look by S. Lee"
        )
        with agency.reading() as conn:
            (kept,) = second_looks(conn, agency.agency_id)
        assert (kept.fact.approved_by, kept.fact.viewer_id) == (agency.id_of(NAIR), agency.id_of(LEE))


def test_the_form_says_the_same_as_the_words(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        everything_is_drawn(agency)
        submitted(agency)
        approved(agency)
        looks_again(agency, LEE)
        form = {"upload": ("3001",), "said": ("agrees",), "differs": ("hours",)}
        assert sent(agency, LEE, "second-look", form).startswith("Say which values")
        assert "Nothing was written." in sent(agency, LEE, "second-look", {"upload": ("3001",)})
        form = {"upload": ("3001",), "said": ("agrees",)}
        assert sent(agency, LEE, "second-look", form).startswith("Kept: you found that U-3001 agrees")


def test_what_the_reviewer_saw_before_the_approval_is_no_second_look(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        everything_is_drawn(agency)
        submitted(agency)
        looks_at(agency, LEE, 3001)
        approved(agency)
        assert agency.text(LEE, "second look u-3001 agrees").startswith("Open the file of U-3001 first.")


def test_nobody_looks_twice_at_their_own_or_without_the_role(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(person="Lee, Sam")}) as agency:
        everything_is_drawn(agency)
        submitted(agency, LEE)
        approved(agency)
        for badge in (LEE, RUIZ, "77"):
            assert "U-3001" not in agency.screen(badge, "second looks")
            for asks in ("second look u-3001", "open second look u-3001", "second look u-3001 agrees"):
                assert agency.text(badge, asks) == agency.text(badge, asks.replace("3001", "3999")), asks
        with agency.reading() as conn:
            assert second_looks(conn, agency.agency_id) == ()


def test_what_was_not_drawn_is_in_no_list_and_nothing_is_said_of_it(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        proposes(agency, percent="0")
        confirmed(agency)
        submitted(agency)
        approved(agency)
        assert "No approval waits" in agency.screen(LEE, "second looks")
        assert agency.text(LEE, "open second look u-3001").startswith("No approval by that number")


def test_what_was_drawn_is_drawn_by_the_rules_of_its_approval(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        everything_is_drawn(agency)
        submitted(agency)
        approved(agency)
        proposes(agency, percent="0")
        assert "in force from now on" in agency.text(LEE, "confirm review rules 3")
        assert "U-3001" in agency.screen(LEE, "second looks")


def test_the_draw_is_the_share_and_the_same_each_time(lakemont: Agency) -> None:
    rules = in_force(lakemont)
    drawn = [each for each in range(3001, 13001) if review_rules.is_drawn(rules, lakemont.agency_id, each)]
    # Of ten thousand draws at one in twenty, 500 and at most five standard deviations.
    assert abs(len(drawn) - 500) <= 109
    assert drawn == [
        each for each in range(3001, 13001) if review_rules.is_drawn(rules, lakemont.agency_id, each)
    ]


def many_approved(agency: Agency, approvers: int) -> None:
    """Five officers send one each; it is approved a minute later, or the first two seconds after it was opened."""
    senders = ("9301", "9302", "9303", "9304", "9305")
    reviewers = ("9401", "9402", "9403", "9404", "9405")[:approvers]
    for badge in (*senders, *reviewers):
        agency.hires(badge, "Robin", f"Person{badge}", roles=(Role.OFFICER,))
    for badge in reviewers:
        holds(agency, badge, Role.COORDINATOR)
    begun = agency.clock.at
    for place, sender in enumerate(senders):
        agency.clock.at = begun + timedelta(hours=place)
        sent_at = agency.clock.at
        submitted(agency, sender, list(READINGS)[place])
        badge, number = reviewers[place % approvers], 3001 + place
        agency.clock.at = sent_at + timedelta(seconds=60 + 10 * place)
        looks_at(agency, badge, number)
        agency.clock.at += timedelta(seconds=2 if place == 0 else 5)
        assert decides(agency, badge, number=str(number)).startswith(f"U-{number} is on record")


READINGS = {PHOTO + (bytes([place]) if place else b""): certificate(person="") for place in range(5)}


def test_figures_of_five_are_shown_exactly_and_name_nobody(lakemont: Agency) -> None:
    with reading_as(lakemont, READINGS) as agency:
        everything_is_drawn(agency)
        many_approved(agency, 5)
        shown = agency.screen(NAIR, "certificate figures")
        assert "5 certificates were approved in the last 30 days." in shown
        # Received to recorded: 62, 75, 85, 95 and 105 seconds.
        assert "half within 1 minute 25 seconds, nine of ten within 1 minute 45 seconds." in shown
        assert "1 of 5 were approved in under five seconds after the file was opened." in shown
        assert "How often second looks differ is shown from 5 approvers on" in shown
        for place in range(5):
            looks_again(agency, NAIR, 3001 + place)
            agency.text(
                NAIR, f"second look u-{3001 + place} {'differs in hours' if place == 4 else 'agrees'}"
            )
        shown = agency.screen(NAIR, "certificate figures")
        assert "1 of 5 second looks differed (20%)." in shown
        assert "Person" not in shown
        agency.clock.at += timedelta(days=3)
        assert "0 certificates were approved in the last 2 days." in agency.screen(
            NAIR, "certificate figures 2 days"
        )


def test_figures_of_fewer_say_why_they_are_not_shown(embedded: Agency) -> None:
    with reading_as(embedded, {OTHER_PHOTO: certificate()}) as agency:
        submitted(agency, RUIZ, OTHER_PHOTO)
        approved(agency)
        shown = agency.screen(NAIR, "certificate figures")
        assert "1 certificate was approved" in shown
        assert "Times are shown from 5 officers on" in shown
        assert "Hasty approvals are counted from 5 approvers on" in shown
        assert "How often second looks differ is shown from 5 approvers on" in shown
        assert upload(agency).step is Step.RECORDED
        assert agency.text(RUIZ, "certificate figures") == agency.text(LEE, "certificate figures")
        assert "1 certificate was" not in agency.text(RUIZ, "certificate figures")


@pytest.mark.parametrize(
    ("waits", "median", "ninetieth"),
    [
        ([1_000_000], "1", "1"),
        ([1_000_000, 2_000_000], "1.5", "2"),
        ([1_000_000, 1_150_000], "1.1", "1.2"),
        (list(range(1_000_000, 11_000_000, 1_000_000)), "5.5", "9"),
        (list(range(1_000_000, 12_000_000, 1_000_000)), "6", "10"),
    ],
)
def test_the_middle_and_nine_of_ten_are_exact(waits: list[int], median: str, ninetieth: str) -> None:
    assert median_seconds(waits) == Decimal(median)
    assert ninetieth_seconds(waits) == Decimal(ninetieth)
