"""Story D.4 at the desk: is a request asked for, decided once by whoever may, and are its cards done for everybody?"""

import re

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

CARD = "R-1001 from Ofc. D. Ruiz: Basic Crisis Negotiation, 40 h, 7-11 Jun 2027, $525."
# Both clicks are on their way before anything comes back.
TWICE = "button => { button.click(); button.click(); }"


def card(visitor: Visitor, seat: str) -> Locator:
    """The request as it came to somebody who decides."""
    return visitor.answers(seat).filter(has_text=CARD)


def says(visitor: Visitor, seat: str, text: str, answer: str) -> None:
    """Something typed, and what is said to it."""
    visitor.says(seat, text)
    expect(visitor.answers(seat).filter(has_text=answer)).to_have_count(1)


def test_a_request_is_decided_by_two_and_registered_and_nothing_is_left_to_press_on_its_cards(
    visitor: Visitor,
) -> None:
    says(visitor, "officer", "request crisis negotiation school", "Found 2: (1) Basic Crisis Negotiation")
    says(visitor, "officer", "2", "Why do you want it? (one line)")
    sent = "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost). I will tell you either way."
    says(visitor, "officer", "negotiator vacancy, want to apply", sent)
    # Nobody is asked while they are off duty.
    visitor.moves("+1 day")
    expect(visitor.page.locator(".clock .now strong")).to_have_text(re.compile(r"Wed Mar 3 2027 14:1\d"))
    expect(visitor.page.locator(".clock")).to_have_attribute("aria-busy", "false")

    first = card(visitor, "sergeant")
    expect(first).to_contain_text("Shifts hit: 4 (7, 8, 10, 11 Jun); minimum staffing 6, planned 6.")
    labels = ["Approve", "Deny with reason", "Ask officer", "Hand to Lt. Torres"]
    expect(first.get_by_role("button")).to_have_text(labels)
    says(visitor, "dispatcher", "approve R-1001", "You are not an approver for R-1001. Nothing changed.")
    says(visitor, "sergeant", "looks good", "I cannot take that as a decision.")
    first.get_by_role("button", name="Approve").evaluate(TWICE)
    expect(visitor.answers("sergeant").filter(has_text="Nothing changed now.")).to_have_count(1)
    expect(first).to_contain_text("R-1001 step 1 approved by Sgt. Okafor 14:1")
    expect(first).to_contain_text("with note: staffing at minimum. Next: P. Nair.")
    expect(first.get_by_role("button")).to_have_count(0)

    second = card(visitor, "coordinator")
    second.get_by_role("button", name="Approve").click()
    expect(second).to_contain_text("R-1001 step 2 approved by P. Nair 14:1")
    expect(second.get_by_role("button")).to_have_count(0)
    # The button that had the focus is gone; a keyboard goes on from the card.
    expect(second).to_be_focused()
    visitor.says("coordinator", "registered R-1001")
    told = visitor.answers("officer")
    expect(told.filter(has_text="R-1001: step 1 of 2 approved by Sgt. Okafor. Next: P. Nair.")).to_have_count(
        1
    )
    registered = "R-1001: you are registered for Basic Crisis Negotiation, 7-11 Jun 2027."
    expect(told.filter(has_text=registered)).to_have_count(1)
