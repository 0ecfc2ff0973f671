"""Which steps a certificate needs before it goes on record is a rule with a version, changed by two persons."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from db.queries.context import ByBadge
from db.queries.reporting import role_grants
from db.queries.review_rules import versions
from db.records.facts import Role, RoleGrant
from db.records.review_rules import RulesWord
from db.records.uploads import Step
from messages.model import Button
from tests.fakes.reader import UNREADABLE, certificate
from tests.scenario.cast import Agency
from tests.scenario.review_cast import CHECKED, confirmed, holds, in_force, proposes
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
from training.asking import OvertakenError, asking
from training.uploads import review_rules
from training.uploads.review_rules import Evidence

TYPED_SIX: dict[str, Any] = {"typed-hours": "6"}


def test_what_comes_with_rollcall_holds_until_an_agency_says_otherwise(lakemont: Agency) -> None:
    rules = in_force(lakemont)
    assert rules.version == 1
    assert rules.second_looks == 5
    assert {each: steps.confirmed for each, steps in rules.steps.items()} == dict.fromkeys(Evidence, CHECKED)
    shown = lakemont.screen(NAIR, "review rules")
    assert "Version 1 of the rules of review is in force, as it comes with Rollcall." in shown
    assert "Why: Managers approved electronically without reading." in shown
    assert "5% of approvals get a second look" in shown


def test_a_change_holds_once_a_second_person_confirms_it(lakemont: Agency) -> None:
    assert proposes(lakemont).startswith("Version 2 is proposed.")
    assert in_force(lakemont).version == 1
    assert "Version 2 waits for a second person: proposed by P. Nair" in lakemont.screen(NAIR, "review rules")

    # Whoever proposed it confirms nothing, pressed or typed.
    assert lakemont.text(NAIR, "confirm review rules 2").startswith("Version 2 is your own")
    assert in_force(lakemont).version == 1

    confirmed(lakemont)
    rules = in_force(lakemont)
    assert (rules.version, rules.second_looks) == (2, 10)
    shown = lakemont.screen(NAIR, "review rules")
    assert "proposed by P. Nair, confirmed by S. Lee" in shown
    assert "Why: Two copies were found." in shown
    assert "Version 1 came with Rollcall." in shown
    (proposed,) = lakemont.entries("review-rules:proposed")
    (said,) = lakemont.entries("review-rules:confirmed")
    assert proposed.actor_id == lakemont.id_of(NAIR)
    assert said.actor_id == lakemont.id_of(LEE)
    assert proposed.data["version"] == 2
    assert proposed.data["second_looks"] == 10
    assert said.subject_id == lakemont.id_of(NAIR)
    assert said.data == {"version": 2, "proposed_by": lakemont.id_of(NAIR)}
    assert "Two copies" not in str(proposed.data)

    # The first word stands.
    assert lakemont.text(LEE, "refuse review rules 2").startswith("Version 2 was decided by S. Lee")
    assert in_force(lakemont).version == 2


def test_what_is_refused_or_taken_back_never_holds_and_stays_in_the_history(lakemont: Agency) -> None:
    holds(lakemont, LEE, Role.COORDINATOR)
    proposes(lakemont)
    assert "Version 2 waits for a second person." in proposes(lakemont, LEE)
    assert lakemont.text(LEE, "refuse review rules 2").startswith("You refused version 2.")
    proposes(lakemont)
    assert lakemont.text(NAIR, "refuse review rules 3").startswith("Version 3 is taken back.")
    assert in_force(lakemont).version == 1
    assert not lakemont.entries("review-rules:confirmed")
    assert [each.data["version"] for each in lakemont.entries("review-rules:refused")] == [3, 2]
    shown = lakemont.screen(NAIR, "review rules")
    assert "Version 2 was proposed by P. Nair and refused by S. Lee" in shown
    assert "Version 3 was proposed by P. Nair and refused by P. Nair" in shown
    with lakemont.reading() as conn:
        assert [each.kept.fact.version for each in versions(conn, lakemont.agency_id)] == [2, 3]


def test_whoever_only_sets_rules_up_confirms_none_and_nobody_confirms_their_own(embedded: Agency) -> None:
    holds(embedded, LEE, Role.ADMINISTRATOR)
    proposes(embedded)
    for badge in (LEE, NAIR):
        with asking(embedded.office, embedded.agency_id, ByBadge(badge), "terminal") as question:
            assert question is not None
            rules = review_rules.waiting(question.conn, embedded.agency_id)
            assert rules is not None
            does = review_rules.decides(question, rules, RulesWord.CONFIRMED)
        with embedded.writing() as writer, pytest.raises(OvertakenError):
            list(does(writer))
    assert in_force(embedded).version == 1


def test_of_two_who_answer_at_the_same_instant_one_is_first(lakemont: Agency) -> None:
    for badge in (LEE, RUIZ):
        holds(lakemont, badge, Role.COORDINATOR)
    proposes(lakemont)
    words = ((LEE, "confirm review rules 2"), (RUIZ, "refuse review rules 2"))
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda each: lakemont.text(*each), words))
    assert sum("decided by" in each for each in said) == 1, said
    with lakemont.reading() as conn:
        (state,) = versions(conn, lakemont.agency_id)
    assert state.decided is not None
    assert (in_force(lakemont).version == 2) is (state.decided.fact.word is RulesWord.CONFIRMED)


def test_a_role_that_ended_confirms_nothing_although_the_button_is_there(lakemont: Agency) -> None:
    holds(lakemont, LEE, Role.COORDINATOR)
    proposes(lakemont)
    (button,) = [each for each in buttons_of(lakemont, LEE) if each.route == "confirm-review-rules"]
    with lakemont.reading() as conn:
        kept = role_grants(conn, lakemont.agency_id, lakemont.id_of(LEE))
    with lakemont.writing() as writer:
        for each in kept:
            if each.fact.role is Role.COORDINATOR:
                writer.withdraw(each.id, RoleGrant)
    lakemont.press(LEE, button)
    assert in_force(lakemont).version == 1
    # Whoever proposed it has no button for it at all.
    assert "confirm-review-rules" not in {each.route for each in buttons_of(lakemont, NAIR)}


def buttons_of(agency: Agency, badge: str) -> list[Button]:
    """What can be pressed under the rules."""
    return [each for each in agency.ask(badge, "review rules").actions if isinstance(each, Button)]


def test_the_draw_alone_is_changed_in_one_line(lakemont: Agency) -> None:
    said = lakemont.text(NAIR, "Propose review rules 20 percent because Nobody Looked twice")
    assert said.startswith("Version 2 is proposed.")
    confirmed(lakemont)
    assert in_force(lakemont).second_looks == 20
    assert "Why: Nobody Looked twice" in lakemont.screen(NAIR, "review rules")
    assert lakemont.text(NAIR, "propose review rules 101 percent because of it").startswith(
        "For second looks, name a share"
    )


def test_a_form_that_would_confirm_nothing_or_gives_no_reason_is_not_taken(embedded: Agency) -> None:
    assert "Nothing was written." in proposes(embedded, confirmed={"card": ()})
    assert "Nothing was written." in proposes(embedded, reason="")
    assert "Nothing was written." in proposes(embedded, percent="101")
    assert "Nothing was written." in proposes(embedded, percent="-1")
    with embedded.reading() as conn:
        assert versions(conn, embedded.agency_id) == ()


@pytest.mark.parametrize("badge", [LEE, RUIZ, "77"])
def test_who_does_not_review_neither_proposes_nor_confirms(embedded: Agency, badge: str) -> None:
    proposes(embedded)
    proposes(embedded, badge)
    for asks in ("review rules", "confirm review rules 2", "refuse review rules 2"):
        assert "ersion 2" not in embedded.text(badge, asks)
    assert in_force(embedded).version == 1
    with embedded.reading() as conn:
        (waits,) = versions(conn, embedded.agency_id)
    assert waits.decided is None


def test_an_administrator_proposes_and_confirms_nothing(embedded: Agency) -> None:
    holds(embedded, LEE, Role.ADMINISTRATOR)
    assert proposes(embedded, LEE).startswith("Version 2 is proposed.")
    embedded.text(LEE, "confirm review rules 2")
    assert in_force(embedded).version == 1
    assert "in force from now on" in embedded.text(NAIR, "confirm review rules 2")
    proposes(embedded)
    assert "Only somebody who reviews" in embedded.text(LEE, "refuse review rules 3")


def test_hours_that_must_be_typed_are_typed_and_are_the_hours_that_go_on_record(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        proposes(agency, typed={"certificate": ("hours",)})
        confirmed(agency)
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        assert decides(agency).startswith("Type hours as they stand on the paper.")
        assert decides(agency, confirmed=CHECKED, **TYPED_SIX).startswith(
            "Type hours as they stand on the paper."
        )
        assert [each.data["why"] for each in agency.entries("upload:not-approved")] == ["type-first"] * 2
        assert upload(agency).step is Step.SUBMITTED
        assert agency.text(NAIR, "approve u-3001 checked class date hours").startswith("Type hours")

        said = agency.text(NAIR, "approve u-3001 checked class date typed hours 4")
        assert said.startswith("U-3001 is on record")
        step = upload(agency).last.fact
        assert step.confirmed == CHECKED
        assert step.read["rules"] == 2
        (entry,) = agency.entries("upload:recorded")
        assert entry.data["rules"] == 2


def test_each_type_of_evidence_has_its_own_steps(embedded: Agency) -> None:
    card = certificate(title="CPR/AED", hours=None, expires_on=date(2029, 3, 31))
    with reading_as(embedded, {PHOTO: card, OTHER_PHOTO: UNREADABLE}) as agency:
        proposes(agency, confirmed={"card": ("title", "provider")})
        confirmed(agency)
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        said = decides(agency, confirmed=("title",), title="CPR/AED", hours="")
        assert said.startswith("Confirm class and provider against")
        said = decides(agency, confirmed=("title", "provider"), title="CPR/AED", hours="")
        assert said.startswith("U-3001 is on record")


def test_a_form_read_under_other_rules_approves_nothing(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        proposes(agency, confirmed={"certificate": ("title", "completed_on", "hours", "number")})
        confirmed(agency)
        assert decides(agency).startswith("Confirm class, date, hours and course number against the file.")
        assert upload(agency).step is Step.SUBMITTED


def test_a_draw_can_be_repeated_from_what_is_on_record(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        decides(agency)
        (entry,) = agency.entries("upload:recorded")
        draw = entry.data["draw"]
        rules = in_force(agency)
        assert draw["seed"] == rules.seed
        assert draw["drawn"] is review_rules.is_drawn(rules, agency.agency_id, 3001)
