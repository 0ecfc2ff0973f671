"""Story D.4 from the supervisor's card on: facts to check, one decision, by whoever may at the moment of the press."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from db.queries import ledger
from db.records.requests import ApprovalDelegation, RequestAct
from db.records.shifts import WorkKind
from messages.kinds import MessageKind
from messages.plain import plain_text
from scheduler.digests import prepare_roll_calls
from tests.scenario.approval_cast import (
    REASON,
    TORRES,
    a_desk,
    asks,
    button,
    card,
    goes_on,
    nothing_is_checked,
    other_rules,
    presses,
    read,
    says,
    sends,
)
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import span
from tests.scenario.reminder_cast import Desk
from tests.scenario.request_cast import LEE, NAIR, OKAFOR, RUIZ, acts_of, life, request_of
from training.ledger.routes import DESK_CHANNEL
from training.requests.life import RequestStage

A = RequestAct
LABELS = ["Approve", "Deny with reason", "Ask officer", "Hand to Lt. Torres"]


def story(agency: Agency) -> str:
    """The school in June, on four nights of a unit that has just enough people."""
    other_rules(
        agency,
        checks={"over_cost": "100000", "over_days": 300},
        staffing={"B shift": 6},
    )
    agency.text(RUIZ, "request crisis negotiation school")
    agency.text(RUIZ, "2")
    return agency.text(RUIZ, REASON)


def test_the_story_of_the_card(embedded: Agency) -> None:
    agency = embedded
    desk = a_desk(agency)
    assert "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost)" in story(agency)
    before = card(desk, OKAFOR)
    assert [each.label for each in before.actions] == LABELS
    said = read(desk, OKAFOR)[-1]
    assert (
        "R-1001 from Ofc. D. Ruiz: Basic Crisis Negotiation, 40 h, 7-11 Jun 2027, $525. Shifts hit:" in said
    )
    assert f"Officer's reason: \"{REASON}\". Officer's open items: Autism 4 h, Bias crimes 1 h." in said
    approve = button(before, "Approve")

    # A colleague, shown the card.
    assert presses(agency, LEE, approve) == "You are not an approver for R-1001. Nothing changed."
    [refused] = agency.entries("request:refused")
    assert refused.data == {"number": 1001, "act": "approved"}
    assert presses(agency, RUIZ, approve) == "You are not an approver for R-1001. Nothing changed."

    not_taken = "I cannot take that as a decision. Press Approve, or reply: approve R-1001 because ..."
    for words in ("looks good", "ok", "yes", "Approved", "\U0001f44d"):
        assert not_taken in agency.screen(OKAFOR, words), words
    assert life(agency).stage is RequestStage.WITH_APPROVER

    agency.at("2027-03-02 14:22")
    decision = "R-1001 step 1 approved by Sgt. Okafor 14:22. Next: P. Nair."
    assert presses(agency, OKAFOR, approve) == decision
    sequence = len(request_of(agency).steps)
    said_before = len(desk.deliveries())
    assert presses(agency, OKAFOR, approve) == f"{decision} Nothing changed now."
    assert len(request_of(agency).steps) == sequence
    assert len(desk.deliveries()) == said_before
    desk.deliver()
    assert (
        read(desk, RUIZ)[-1].splitlines()[1] == "R-1001: step 1 of 2 approved by Sgt. Okafor. Next: P. Nair."
    )
    assert "R-1001 from Ofc. D. Ruiz" in read(desk, NAIR)[-1]

    # Each card says in its place what became of it, and nothing is left to press.
    decided = card(desk, OKAFOR)
    assert decided.actions == ()
    assert decision in read(desk, OKAFOR)[-1]
    presses(agency, NAIR, button(card(desk, NAIR), "Approve"))
    desk.deliver()
    cards = [each for _, _, each in desk.panes.read if each.kind is MessageKind.APPROVAL_CARD]
    assert [each.actions for each in cards] == [(), ()]
    assert cards[0] == decided
    assert "R-1001 step 2 approved by P. Nair 14:22" in plain_text(cards[1], DESK_CHANNEL)


def test_a_card_says_the_same_for_whoever_it_went_on_to_and_whoever_had_it(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    presses(embedded, OKAFOR, button(card(desk, OKAFOR), "Hand to Lt. Torres"))
    assert "R-1001 handed to Lt. Torres by Sgt. Okafor" in read(desk, OKAFOR)[-1]
    assert [each.label for each in card(desk, TORRES).actions][:1] == ["Approve"]
    embedded.text(RUIZ, "withdraw R-1001")
    for badge in (OKAFOR, TORRES):
        assert card(desk, badge).actions == ()
    assert "R-1001 was taken back 14:10. Nothing is left to decide." in read(desk, TORRES)[-1]


def test_a_yes_under_a_card_is_no_decision_also_when_other_things_came_with_it(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = Desk(embedded, by_shift=True)
    asks(embedded)
    # Off duty until six; the roll call is planned after the card.
    embedded.at("2027-03-02 17:30")
    assert prepare_roll_calls(desk.work)
    embedded.at("2027-03-02 18:10")
    desk.deliver()
    with embedded.reading() as conn:
        said = ledger.said_to(conn, embedded.agency_id, embedded.id_of(OKAFOR), DESK_CHANNEL, limit=2)
    assert [each.kind for each in said] == [MessageKind.ROLL_CALL.value, MessageKind.APPROVAL_CARD.value]
    assert "I cannot take that as a decision." in embedded.screen(OKAFOR, "looks good")
    assert life(embedded).last.fact.act is A.SUBMITTED


def test_words_that_decide_carry_their_note(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    a_desk(embedded)
    asks(embedded)
    embedded.at("2027-03-02 14:22")
    said = says(embedded, OKAFOR, "approve R-1001 because staffing at minimum")
    assert said.startswith(
        "R-1001 step 1 approved by Sgt. Okafor 14:22, with note: staffing at minimum. That was the last step."
    )
    assert life(embedded).stage is RequestStage.APPROVED


def test_of_two_at_the_same_instant_one_decides(lakemont: Agency) -> None:
    nothing_is_checked(lakemont)
    asks(lakemont)
    with lakemont.writing() as writer:
        writer.record(
            ApprovalDelegation(
                from_id=lakemont.id_of(OKAFOR), to_id=lakemont.id_of(TORRES), starts_at=lakemont.clock.at
            )
        )
    lakemont.screen(OKAFOR, "hello")
    lakemont.screen(TORRES, "hello")
    words = {OKAFOR: "approve R-1001 because fine", TORRES: "deny R-1001 because no cover"}
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda who: says(lakemont, who, words[who]), words))
    acts = [each.fact.act for each in request_of(lakemont).steps if each.fact.act in (A.APPROVED, A.DENIED)]
    assert len(acts) == 1, said
    assert sum("Nothing changed" in each for each in said) == 1, said


def test_who_decides_for_another_is_named_with_them(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    with embedded.writing() as writer:
        writer.record(
            ApprovalDelegation(
                from_id=embedded.id_of(OKAFOR), to_id=embedded.id_of(TORRES), starts_at=embedded.clock.at
            )
        )
    asks(embedded)
    assert "You decide in the place of Sgt. Okafor." in read(desk, TORRES)[-1]
    said = says(embedded, TORRES, "approve R-1001 because fine")
    assert "approved by Lt. Torres for Sgt. Okafor" in said
    assert acts_of(embedded, A.APPROVED)[-1].fact.body["for"] == embedded.id_of(OKAFOR)
    desk.deliver()
    assert "Lt. Torres for Sgt. Okafor decided the last step." in read(desk, RUIZ)[-1]


def test_a_denial_has_words_that_the_officer_reads_and_an_appeal_goes_to_another(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    deny = button(card(desk, OKAFOR), "Deny with reason")
    assert "Why is R-1001 denied?" in presses(embedded, OKAFOR, deny)
    form = {"request": (deny.value,), "words": ("",)}
    assert "needs another look" in sends(embedded, OKAFOR, "deny-request", form)
    assert "Please say why" in sends(embedded, OKAFOR, "deny-request", {**form, "words": (".",)})
    assert life(embedded).stage is RequestStage.WITH_APPROVER
    sends(embedded, OKAFOR, "deny-request", {**form, "words": ("<!channel> no cover in June",)})
    desk.deliver()
    told = read(desk, RUIZ)[-1]
    assert "R-1001 was denied by Sgt. Okafor" in told
    assert "no cover in June" in told
    assert "<!" not in told
    assert "reply APPEAL R-1001" in told

    embedded.text(RUIZ, "appeal R-1001 because two others are free")
    said = read(desk, TORRES)[-1]
    assert "Denied by Sgt. Okafor, Mar 2 2027 14:10" in said
    assert 'Appeal: "two others are free".' in said
    assert "Nothing changed" in says(embedded, OKAFOR, "deny R-1001 because no")
    says(embedded, TORRES, "deny R-1001 because it stays so")
    assert life(embedded).stage is RequestStage.DENIED
    desk.deliver()
    assert "denied after your appeal by Lt. Torres" in read(desk, RUIZ)[-1]


def test_a_decision_is_undone_only_by_another_of_the_same_person_with_a_reason(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    says(embedded, OKAFOR, "deny R-1001 because no cover")
    said = says(embedded, OKAFOR, "approve R-1001")
    assert said.startswith(
        'R-1001 step 1 denied by Sgt. Okafor 14:10: "no cover". It is decided, and nothing changed.'
    )
    assert "takes its place, with its reason: approve R-1001 because ..." in said
    assert "Nothing changed" in says(embedded, TORRES, "approve R-1001 because I say so")
    said = says(embedded, OKAFOR, "approve R-1001 because Lee covers")
    assert "It takes the place of an earlier decision." in said
    assert "It is decided, and nothing changed." in says(embedded, OKAFOR, "deny R-1001")
    (denied,), (approved,) = (acts_of(embedded, each) for each in (A.DENIED, A.APPROVED))
    assert approved.fact.body["reverses"] == denied.id
    desk.deliver()
    assert "It takes the place of an earlier decision." in read(desk, RUIZ)[-1]
    embedded.at("2027-06-21 09:00")
    assert "so the decision about R-1001 stands" in says(embedded, OKAFOR, "deny R-1001 because late")
    assert life(embedded).stage is RequestStage.APPROVED


def test_a_question_comes_back_with_its_answer(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    assert "Ofc. D. Ruiz gets your question" in says(embedded, OKAFOR, "ask R-1001 who covers Friday?")
    desk.deliver()
    assert 'Sgt. Okafor asks about R-1001: "who covers Friday?".' in read(desk, RUIZ)[-1]
    assert life(embedded).stage is RequestStage.QUESTION
    embedded.text(RUIZ, "answer R-1001 Lee does")
    said = read(desk, OKAFOR)[-1]
    assert 'Asked: "who covers Friday?". Answer: "Lee does".' in said
    assert says(embedded, OKAFOR, "approve R-1001 because fine").startswith("R-1001 step 1 approved")


def test_it_is_left_to_somebody_who_may_decide_and_to_nobody_else(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    for name in ("Ruiz", "Nobody", "Lee", "Whitman"):
        assert "I found nobody of that name" in says(embedded, OKAFOR, f"hand R-1001 to {name}"), name
    hand = button(card(desk, OKAFOR), "Hand to Lt. Torres")
    assert "R-1001 handed to Lt. Torres by Sgt. Okafor" in presses(embedded, OKAFOR, hand)
    assert "R-1001 from Ofc. D. Ruiz" in read(desk, TORRES)[-1]
    assert "handed to Lt. Torres" in says(embedded, OKAFOR, "approve R-1001 because fine")
    assert says(embedded, TORRES, "approve R-1001 because fine").startswith(
        "R-1001 step 1 approved by Lt. Torres"
    )


def test_what_has_to_be_checked_is_refused_and_logged_until_it_was(lakemont: Agency) -> None:
    other_rules(
        lakemont,
        checks={"over_cost": "500", "over_days": 3, "confirm": ["dates", "staffing"], "type": ["cost"]},
    )
    asks(lakemont, cost="525")
    assert "Nothing was approved. Open R-1001 first" in says(lakemont, OKAFOR, "approve R-1001 because fine")
    lakemont.screen(OKAFOR, "open R-1001")
    [looked] = lakemont.entries("request:looked")
    assert looked.data["number"] == 1001
    assert "Type cost as R-1001 says it" in lakemont.text(
        OKAFOR, "approve R-1001 confirmed dates and staffing because fine"
    )
    assert "Confirm staffing of R-1001 first" in lakemont.text(
        OKAFOR, "approve R-1001 confirmed dates typed cost 525 because fine"
    )
    whys = [each.data["why"] for each in lakemont.entries("request:not-approved")]
    assert whys == ["confirm-first", "type-first", "open-first"]
    version = life(lakemont).submitted
    assert version is not None
    sends(
        lakemont,
        OKAFOR,
        "open-request",
        {
            "request": (f"1001/{version.fact.position}",),
            "decision": ("approve",),
            "confirmed": ("dates", "staffing"),
            "typed-cost": ("$525",),
        },
    )
    body = request_of(lakemont).steps[-1].fact.body
    assert (body["confirmed"], body["typed"]) == (["dates", "staffing"], {"cost": "525"})


def test_a_card_of_an_older_version_decides_nothing(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    old = button(card(desk, OKAFOR), "Approve")
    embedded.text(RUIZ, "change R-1001 to place Duluth")
    assert life(embedded).version == 2
    assert "R-1001 was changed since that card. Nothing was decided." in presses(embedded, OKAFOR, old)
    assert life(embedded).stage is RequestStage.WITH_APPROVER
    assert "Changed since the version before: place: Lakemont -> Duluth" in read(desk, OKAFOR)[-1]


def test_a_change_after_the_first_step_asks_again(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asks(embedded, cost="100")
    says(embedded, OKAFOR, "approve R-1001 because fine")
    assert life(embedded).at == 1
    embedded.text(RUIZ, "change R-1001 to place Duluth")
    assert (life(embedded).at, life(embedded).approvals) == (0, {})


def test_of_a_leave_only_that_it_is_one_is_said(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    with embedded.writing() as writer:
        writer.record(span(embedded, RUIZ, WorkKind.COURT, "2027-06-21 09:00", "2027-06-21 12:00", "case 77"))
    asks(embedded)
    said = read(desk, OKAFOR)[-1]
    assert "In court: 21 Jun." in said
    assert "case 77" not in said


@pytest.mark.parametrize("on", [False, True])
def test_by_text_only_what_is_little_and_only_with_its_code(embedded: Agency, on: bool) -> None:
    other_rules(
        embedded,
        checks={"over_cost": "100000", "over_days": 300},
        by_text={"on": on, "up_to_cost": "50", "up_to_days": 1},
    )
    asks(embedded)
    first = embedded.text(OKAFOR, "YES")
    assert life(embedded).stage is RequestStage.WITH_APPROVER, first
    asked = embedded.text(OKAFOR, "approve R-1001 because fine")
    if not on:
        # The door of this story stands for a telephone.
        assert "cannot be decided by text message" in asked
        assert life(embedded).stage is RequestStage.WITH_APPROVER
        return
    code = asked.partition("add code ")[2][:4]
    assert code.isdecimal(), asked
    other = f"{(int(code) + 1) % 10000:04d}"
    for _ in range(2):
        assert "That code does not hold" in embedded.text(OKAFOR, f"approve R-1001 code {other}")
    assert embedded.text(OKAFOR, f"approve R-1001 code {code} because fine").startswith(
        "R-1001 step 1 approved"
    )
    asks(embedded, number=951)
    code = embedded.text(OKAFOR, "approve R-1002").partition("add code ")[2][:4]
    other = f"{(int(code) + 1) % 10000:04d}"
    for _ in range(3):
        embedded.text(OKAFOR, f"approve R-1002 code {other}")
    assert "That code does not hold" in embedded.text(OKAFOR, f"approve R-1002 code {code}")
    assert life(embedded, 1002).stage is RequestStage.WITH_APPROVER


def test_what_waits_is_listed_with_its_age_and_for_whoever_coordinates_with_whom(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    a_desk(embedded)
    asks(embedded, register_by="2027-05-01")
    asks(embedded, LEE, number=951)
    embedded.at("2027-03-05 10:00")
    own = embedded.screen(OKAFOR, "what waits for me")
    assert "2 requests wait for you, half of them 2 days or longer." in own
    assert "May 1 2027" in own
    assert "Nothing waits for your decision." in embedded.screen(RUIZ, "approvals")
    all_of_them = embedded.screen(NAIR, "approvals")
    assert "2 requests wait with somebody else." in all_of_them
    assert "Sgt. Okafor" in all_of_them
    assert goes_on(a_desk(embedded)) >= 0
