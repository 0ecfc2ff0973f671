"""Story D.4 in Slack: asked for there, decided once from the card by whoever may, and the card says so in its place."""

from tests.fakes.slack.world import Message
from tests.scenario.approval_cast import REASON, asks, nothing_is_checked, other_rules
from tests.scenario.cast import Agency
from tests.scenario.request_cast import LEE, OKAFOR, RUIZ, life, request_of
from tests.scenario.slack_cast import (
    SlackDesk,
    delivered,
    everything,
    first,
    in_slack,
    shown,
    window,
    words_of,
)
from training.requests.life import RequestStage

LABELS = ["Approve", "Deny with reason", "Ask officer", "Hand to Lt. Torres"]
TORRES, NAIR = "31", "902"
NOT_TAKEN = "I cannot take that as a decision. Press Approve, or reply: approve R-1001 because ..."
# Nobody is asked while they are off duty: the B shift begins at six in the evening.
ON_DUTY = "2027-03-02 18:22"


def labels(card: Message) -> list[str]:
    """What can be pressed on a card as it stands."""
    return [each["text"]["text"] for _, each in card.elements()]


def writes(desk: SlackDesk, badge: str, entries: dict[str, str], answer: str) -> None:
    """The window before somebody sent with these entries, and what they read then."""
    sent = desk.slack.acts.view_submission(desk.account(badge), entries)
    assert answer in words_of(desk.answer_to(badge, sent))


def test_the_story_of_a_request(embedded: Agency) -> None:
    agency = embedded
    other_rules(agency, checks={"over_cost": "100000", "over_days": 300}, staffing={"B shift": 6})
    with in_slack(agency, same_clock=True) as desk:
        for badge in (RUIZ, OKAFOR, LEE, NAIR):
            desk.ask(badge, "hello")
        assert "Found 2: (1) Basic Crisis" in words_of(desk.ask(RUIZ, "request crisis negotiation school"))
        assert "Why do you want it? (one line)" in words_of(desk.ask(RUIZ, "2"))
        said = words_of(desk.ask(RUIZ, REASON))
        assert "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost)." in said
        agency.at(ON_DUTY)
        card = delivered(desk, OKAFOR, "R-1001 from Ofc. D. Ruiz")
        assert labels(card) == LABELS
        assert "Shifts hit: 4 (7, 8, 10, 11 Jun); minimum staffing 6, planned 6." in words_of(card)

        pressed = desk.slack.acts.block_action(desk.account(LEE), card, first(card, "approve-request"))
        refused = desk.answer_to(LEE, pressed)
        assert "You are not an approver for R-1001. Nothing changed." in words_of(refused)
        assert "not an approver" not in everything(desk, OKAFOR)
        assert labels(card) == LABELS

        assert NOT_TAKEN in words_of(desk.ask(OKAFOR, "looks good", thread_ts=card.ts))
        assert life(agency).stage is RequestStage.WITH_APPROVER

        hands = [
            desk.slack.acts.block_action(desk.account(OKAFOR), card, first(card, "approve-request"))
            for _ in range(2)
        ]
        said = words_of(desk.answer_to(OKAFOR, hands[0]))
        assert (
            "R-1001 step 1 approved by Sgt. Okafor 18:22, with note: staffing at minimum. Next: P. Nair."
            in said
        )
        decided = len(request_of(agency).steps)
        planned = delivered(desk, RUIZ, "step 1 of 2 approved by Sgt. Okafor")
        again = words_of(desk.answer_to(OKAFOR, hands[1]))
        assert "Nothing changed now." in again
        for _ in range(3):
            desk.service.tick()
        assert len(request_of(agency).steps) == decided
        assert words_of(planned) == words_of(desk.said_to(RUIZ)[-1])
        assert labels(card) == []
        assert "R-1001 step 1 approved by Sgt. Okafor" in words_of(card)


def test_what_wants_words_opens_a_window_and_comes_back(embedded: Agency) -> None:
    agency = embedded
    nothing_is_checked(agency)
    agency.at(ON_DUTY)
    with in_slack(agency, same_clock=True) as desk:
        for badge in (RUIZ, OKAFOR, TORRES):
            desk.ask(badge, "hello")
        asks(agency)
        card = delivered(desk, OKAFOR, "R-1001 from Ofc. D. Ruiz")
        assert "R-1001" in shown(window(desk, OKAFOR, card, "ask-request").blocks)
        writes(desk, OKAFOR, {"words": "who covers the night?"}, "Ofc. D. Ruiz gets your question")
        asked = delivered(desk, RUIZ, "Sgt. Okafor asks about R-1001")
        window(desk, RUIZ, asked, "request-answer")
        writes(desk, RUIZ, {"words": "Lee does"}, "R-1001")
        again = delivered(desk, OKAFOR, 'Answer: "Lee does"')
        assert labels(again) == LABELS
        assert labels(card) == []

        window(desk, OKAFOR, again, "deny-request")
        empty = desk.slack.acts.view_submission(desk.account(OKAFOR), {"words": " "})
        assert "words" in desk.send(empty).json()["errors"]
        assert life(agency).stage is RequestStage.WITH_APPROVER
        writes(desk, OKAFOR, {"words": "no cover in June"}, "R-1001 step 1 denied by Sgt. Okafor")
        told = delivered(desk, RUIZ, "R-1001 was denied by Sgt. Okafor")
        assert "no cover in June" in words_of(told)
        assert labels(again) == []

        window(desk, RUIZ, told, "request-appeal")
        writes(desk, RUIZ, {"words": "two others are free"}, "R-1001")
        agency.at("2027-03-03 10:00")
        appeal = delivered(desk, TORRES, "Denied by Sgt. Okafor")
        hands = first(appeal, "hand-request")
        assert "R-1001 handed to" in words_of(desk.press(TORRES, appeal, hands))
        desk.service.tick()
        assert labels(appeal) == []
