"""Story D.4 in Teams, and across Teams and Slack: asked for in one, decided once in the other, and the card says so."""

from tests.scenario.approval_cast import REASON, other_rules
from tests.scenario.cast import Agency
from tests.scenario.request_cast import LEE, OKAFOR, RUIZ, life, request_of
from tests.scenario.slack_cast import delivered as slack_delivered
from tests.scenario.slack_cast import first
from tests.scenario.teams_cast import TeamsDesk, delivered, everything, in_both, in_teams, labels, words_of
from training.requests.life import RequestStage

LABELS = ["Approve", "Deny with reason", "Ask officer", "Hand to Lt. Torres"]
NAIR = "902"
NOT_TAKEN = "I cannot take that as a decision. Press Approve, or reply: approve R-1001 because ..."
# Nobody is asked while they are off duty: the B shift begins at six in the evening.
ON_DUTY = "2027-03-02 18:22"


def asks_for_the_class(desk: TeamsDesk) -> None:
    """Ruiz asks in a sentence, picks the second class and says why."""
    assert "Found 2: (1) Basic Crisis" in words_of(desk.ask(RUIZ, "request crisis negotiation school"))
    assert "Why do you want it? (one line)" in words_of(desk.ask(RUIZ, "2"))
    said = words_of(desk.ask(RUIZ, REASON))
    assert "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost)." in said


def test_the_story_of_a_request(embedded: Agency) -> None:
    agency = embedded
    other_rules(agency, checks={"over_cost": "100000", "over_days": 300}, staffing={"B shift": 6})
    with in_teams(agency, same_clock=True) as desk:
        for badge in (RUIZ, OKAFOR, LEE, NAIR):
            desk.ask(badge, "hello")
        asks_for_the_class(desk)
        agency.at(ON_DUTY)
        card = delivered(desk, OKAFOR, "R-1001 from Ofc. D. Ruiz")
        assert labels(card) == LABELS

        # Whoever can see a card can send its data, from a chat of their own.
        theirs = desk.teams.acts.press(desk.account(OKAFOR), card, "Approve").activity["value"]
        sent = desk.teams.acts.invoke(desk.account(LEE), "adaptiveCard/action", theirs)
        refused = words_of(desk.answer_to(LEE, sent))
        assert "You are not an approver for R-1001. Nothing changed." in refused
        assert "not an approver" not in everything(desk, OKAFOR)
        assert labels(card) == LABELS

        assert NOT_TAKEN in words_of(desk.ask(OKAFOR, "looks good"))
        assert life(agency).stage is RequestStage.WITH_APPROVER

        hands = [desk.teams.acts.press(desk.account(OKAFOR), card, "Approve") for _ in range(2)]
        said = words_of(desk.answer_to(OKAFOR, hands[0]))
        assert (
            "R-1001 step 1 approved by Sgt. Okafor 18:22, with note: staffing at minimum. Next: P. Nair."
            in said
        )
        steps = len(request_of(agency).steps)
        planned = delivered(desk, RUIZ, "step 1 of 2 approved by Sgt. Okafor")
        assert "Nothing changed now." in words_of(desk.answer_to(OKAFOR, hands[1]))
        for _ in range(3):
            desk.service.tick()
        assert len(request_of(agency).steps) == steps
        assert words_of(planned) == words_of(desk.said_to(RUIZ)[-1])
        assert labels(card) == []
        assert card.edited
        assert "R-1001 step 1 approved by Sgt. Okafor" in words_of(card)


def test_what_wants_words_opens_a_dialog_and_comes_back(embedded: Agency) -> None:
    agency = embedded
    other_rules(agency, checks={"over_cost": "100000", "over_days": 300})
    with in_teams(agency, same_clock=True) as desk:
        for badge in (RUIZ, OKAFOR):
            desk.ask(badge, "hello")
        asks_for_the_class(desk)
        agency.at(ON_DUTY)
        card = delivered(desk, OKAFOR, "R-1001 from Ofc. D. Ruiz")
        desk.opens(OKAFOR, card, "Deny with reason")
        empty = desk.send(desk.teams.acts.submit(desk.account(OKAFOR), {"field-words": " "}))
        assert empty.status == 200
        assert life(agency).stage is RequestStage.WITH_APPROVER
        assert "words" in str(desk.teams.acts.dialog(desk.account(OKAFOR)).card)
        said = words_of(desk.fills(OKAFOR, words="no cover in June"))
        assert "R-1001 step 1 denied by Sgt. Okafor" in said
        told = delivered(desk, RUIZ, "R-1001 was denied by Sgt. Okafor")
        assert "no cover in June" in words_of(told)
        assert labels(card) == []


def test_an_officer_in_teams_and_a_sergeant_in_slack(embedded: Agency) -> None:
    agency = embedded
    other_rules(agency, checks={"over_cost": "100000", "over_days": 300})
    with in_both(agency) as (desk, slack):
        slack.ask(OKAFOR, "hello")
        asks_for_the_class(desk)
        agency.at(ON_DUTY)
        card = slack_delivered(slack, OKAFOR, "R-1001 from Ofc. D. Ruiz")
        slack.press(OKAFOR, card, first(card, "approve-request"))
        told = delivered(desk, RUIZ, "step 1 of 2 approved by Sgt. Okafor")
        assert "Next: P. Nair" in words_of(told)
        assert list(card.elements()) == []
