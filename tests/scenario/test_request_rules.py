"""Who decides a request is rules that two persons change, and who stands in for whom is said by name."""

from datetime import date, timedelta

import pytest

from db.queries.request_rules import delegations, versions
from db.records.facts import Disclosure, Leave, Role
from messages.model import Button
from tests.scenario.cast import Agency
from tests.scenario.review_cast import holds, sent
from tests.scenario.upload_cast import LEE, NAIR, RUIZ
from tests.scenario.walls_cast import is_protected
from training.requests.approvers import Approver, ApproverWhy, Reason, may_decide, whom
from training.requests.rules import Decides, in_force, of_version
from training.requests.way import step_of
from training.sealed.sealing import keep_text

OKAFOR = "77"
PROPOSED = "propose request rules command over $2000; by text up to $50 and 1 days because We Grew"


def approver(agency: Agency, badge: str = RUIZ, step: str = "supervisor", entered: str = "") -> Approver:
    with agency.reading() as conn:
        return whom(
            conn,
            agency.agency_id,
            agency.office.walls,
            requester_id=agency.id_of(badge),
            entered_by=agency.id_of(entered or badge),
            step=step_of(step),
            decided_by=frozenset(),
            now=agency.clock.at,
            today=agency.today,
        )


def family(found: Approver) -> str:
    return "" if found.person is None else found.person.family


def test_rules_hold_once_a_second_person_confirms_them_and_what_was_sent_keeps_its_own(
    lakemont: Agency,
) -> None:
    holds(lakemont, LEE, Role.COMMAND)
    assert "Version 1 of the rules of requests is in force" in lakemont.screen(NAIR, "request rules")
    assert lakemont.text(NAIR, PROPOSED).startswith("Version 2 is proposed.")
    assert "waits for a second person" in lakemont.text(NAIR, PROPOSED)
    assert lakemont.text(NAIR, "confirm request rules 2").startswith("Version 2 is your own")
    waits = lakemont.screen(LEE, "request rules")
    assert "Decided by text message: now off; it would be up to $50 and 1 days." in waits
    assert "Why: We Grew" in waits
    with lakemont.reading() as conn:
        assert in_force(conn, lakemont.agency_id).version == 1

    assert "in force from now on" in lakemont.text(LEE, "confirm request rules 2")
    with lakemont.reading() as conn:
        rules = in_force(conn, lakemont.agency_id)
        assert of_version(conn, lakemont.agency_id, 1).way[-1].when.over_days == 5
    assert rules.version == 2
    assert rules.by_text.on
    assert rules.way[-1].when.over_days is None
    (said,) = lakemont.entries("request-rules:confirmed")
    assert said.actor_id == lakemont.id_of(LEE)
    assert said.subject_id == lakemont.id_of(NAIR)
    assert lakemont.text(LEE, "refuse request rules 2").startswith("Version 2 was decided by")


def test_a_proposal_is_taken_back_by_its_own_and_refused_by_another(embedded: Agency) -> None:
    holds(embedded, LEE, Role.COMMAND)
    embedded.text(NAIR, PROPOSED)
    assert embedded.text(NAIR, "refuse request rules 2").startswith("Version 2 is taken back.")
    embedded.text(NAIR, PROPOSED)
    assert embedded.text(LEE, "refuse request rules 3").startswith("You refused version 3.")
    with embedded.reading() as conn:
        assert in_force(conn, embedded.agency_id).version == 1
        assert len(versions(conn, embedded.agency_id)) == 2


@pytest.mark.parametrize("way", ["", "coordinator: any cost", "chief", "supervisor: over ten days"])
def test_a_form_that_would_leave_somebody_without_a_way_is_not_taken(embedded: Agency, way: str) -> None:
    form = embedded.ask(NAIR, "propose request rules").form
    assert form is not None
    entered = {each.name: (str(getattr(each, "value", "")),) for each in form.fields}
    said = sent(embedded, NAIR, "propose-request-rules", {**entered, "way": (way,), "reason": ("Because.",)})
    assert "Nothing was written." in said
    said = sent(embedded, NAIR, "propose-request-rules", {**entered, "reason": ("Because.",)})
    assert said.startswith("Version 2 is proposed.")


def test_who_is_not_of_the_agency_is_no_reviewer_from_outside(embedded: Agency) -> None:
    said = embedded.text(NAIR, "propose request rules outside reviewer 4711 because of us")
    assert "Nothing was written." in said


def test_who_only_asks_for_training_changes_no_rules(embedded: Agency) -> None:
    embedded.text(RUIZ, PROPOSED)
    with embedded.reading() as conn:
        assert versions(conn, embedded.agency_id) == ()


def test_the_supervisor_of_this_moment_decides_and_a_leave_or_a_transfer_moves_it(lakemont: Agency) -> None:
    assert family(approver(lakemont)) == "Okafor"
    with lakemont.writing() as writer:
        writer.record(
            Leave(person_id=lakemont.id_of(OKAFOR), kind="family", starts_on=lakemont.today, ends_on=None)
        )
    away = approver(lakemont)
    assert family(away) != "Okafor"
    assert ApproverWhy.ON_LEAVE in {each.code for each in away.why}
    shown = lakemont.screen(RUIZ, "who is my approver")
    assert "K. Okafor is on leave." in shown
    assert "family" not in shown


def test_whoever_has_left_decides_nothing_from_the_day_after(embedded: Agency) -> None:
    embedded.leaves(OKAFOR, embedded.today - timedelta(days=1))
    found = approver(embedded)
    assert family(found) not in {"", "Okafor"}
    assert not may_decide(embedded.id_of(OKAFOR), found)


def test_a_supervisor_who_entered_it_does_not_decide_it(embedded: Agency) -> None:
    found = approver(embedded, entered=OKAFOR)
    assert family(found) not in {"", "Okafor"}
    assert found.why[0].code is ApproverWhy.ENTERED_IT


def test_a_protected_officers_request_goes_only_to_whoever_may_know_of_it(lakemont: Agency) -> None:
    is_protected(lakemont, RUIZ)
    found = approver(lakemont)
    assert Reason(ApproverWhy.NOT_DISCLOSED, lakemont.id_of(OKAFOR)) in found.why
    assert family(found) == "Park"
    with lakemont.writing() as writer:
        why = keep_text(writer, lakemont.office.keys, lakemont.id_of(RUIZ), "their sergeant")
        writer.record(
            Disclosure(
                person_id=lakemont.id_of(RUIZ),
                viewer_id=lakemont.id_of(OKAFOR),
                reason_item_id=why,
                valid_from=writer.at,
            )
        )
    assert family(approver(lakemont)) == "Okafor"


def test_approvals_are_handed_over_until_a_day_and_taken_back(lakemont: Agency) -> None:
    said = lakemont.text(OKAFOR, "Nair decides for me until Friday")
    assert said.startswith("Handed over. P. Nair decides for K. Okafor from")
    found = approver(lakemont)
    assert family(found) == "Nair"
    assert found.in_place_of is not None
    assert found.in_place_of.family == "Okafor"
    assert may_decide(lakemont.id_of(OKAFOR), found)
    assert "P. Nair decides as supervisor for K. Okafor" in lakemont.screen(RUIZ, "who is my approver")

    # Said again with another end it is the same one, and a question hands nothing over.
    lakemont.text(OKAFOR, "Nair decides for me until 3/20")
    lakemont.text(OKAFOR, "can Nair approve for me next week?")
    with lakemont.reading() as conn:
        (kept,) = delegations(conn, lakemont.agency_id, lakemont.clock.at)
    assert kept.fact.ends_at is not None
    assert kept.fact.ends_at.date() >= date(2027, 3, 20)

    lakemont.clock.at += timedelta(hours=1)
    assert lakemont.text(OKAFOR, "end delegation").startswith("Ended. P. Nair decides for K. Okafor no more.")
    assert family(approver(lakemont)) == "Okafor"
    assert lakemont.text(OKAFOR, "end delegation").startswith("There is nothing of yours to end.")
    (begun, again) = lakemont.entries("delegation:begun")
    assert begun.subject_id == again.subject_id == lakemont.id_of(OKAFOR)
    assert [each.data["to"] for each in lakemont.entries("delegation:ended")] == [lakemont.id_of(NAIR)]


def test_a_delegation_ends_by_itself(embedded: Agency) -> None:
    embedded.text(OKAFOR, "Nair decides for me until tomorrow")
    embedded.clock.at += timedelta(days=2)
    assert family(approver(embedded)) == "Okafor"


def test_a_request_of_the_delegate_s_own_stays_with_whoever_named_them(embedded: Agency) -> None:
    holds(embedded, RUIZ, Role.SUPERVISOR)
    assert embedded.text(OKAFOR, "Ruiz decides for me until Friday").startswith("Handed over.")
    assert family(approver(embedded)) == "Okafor"


@pytest.mark.parametrize(
    ("badge", "says", "answer"),
    [
        (OKAFOR, "Ruiz decides for me until Friday", "D. Ruiz cannot decide requests"),
        (OKAFOR, "Zorro decides for me until Friday", "I find nobody called"),
        (RUIZ, "Nair decides for me until Friday", "No requests come to"),
        (OKAFOR, "Nair decides for Ruiz until Friday", "Only a coordinator or an administrator"),
        (NAIR, "Nair decides for Okafor until Friday", "Name somebody else"),
        # The speaker would decide, or the day is past and would be that of another year: a form asks.
        (NAIR, "delegate Okafor's approvals to me", "Say who decides requests"),
        (OKAFOR, "Nair decides for me from March 12 until March 5", "Say who decides requests"),
    ],
)
def test_what_cannot_be_handed_over_changes_nothing(
    embedded: Agency, badge: str, says: str, answer: str
) -> None:
    assert embedded.text(badge, says).startswith(answer)
    with embedded.reading() as conn:
        assert delegations(conn, embedded.agency_id, embedded.clock.at) == ()


def test_whoever_coordinates_hands_over_for_somebody_who_is_away_and_ends_it_with_a_button(
    embedded: Agency,
) -> None:
    holds(embedded, LEE, Role.COMMAND)
    assert embedded.text(NAIR, "Lee decides for Okafor until Friday").startswith("Handed over.")
    assert family(approver(embedded)) == "Lee"
    listed = embedded.ask(NAIR, "delegations")
    (button,) = [
        each for each in listed.actions if isinstance(each, Button) and each.route == "end-delegation"
    ]
    # Nobody else's word ends it, also with the button in their hand.
    embedded.press(RUIZ, button)
    assert family(approver(embedded)) == "Lee"
    embedded.press(NAIR, button)
    assert family(approver(embedded)) == "Okafor"


def test_a_form_hands_over_and_says_what_is_wrong_with_it(embedded: Agency) -> None:
    last = embedded.today + timedelta(days=3)
    said = sent(embedded, OKAFOR, "delegate", {"to": ("",), "last": ("yesterday",)})
    assert "Nothing was written." in said
    said = sent(embedded, OKAFOR, "delegate", {"to": ("Nair",), "last": (last.isoformat(),)})
    assert said.startswith("Handed over.")
    assert step_of("supervisor").who is Decides.SUPERVISOR
