"""A request for training from a phone that has only texts: asked for, followed and taken back at the signed door."""

from bot.sms.render import segments
from tests.scenario.approval_cast import nothing_is_checked
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import nobodys_shifts_are_known
from tests.scenario.request_cast import OKAFOR, RUIZ, life, request_of
from tests.scenario.sms_cast import by_text
from training.requests.life import RequestStage


def test_a_request_is_asked_for_followed_and_taken_back_by_text(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    nobodys_shifts_are_known(embedded)
    with by_text(embedded) as desk:
        number = desk.link(RUIZ)
        assert desk.ask(RUIZ, "request crisis negotiation school").startswith(
            "Found 2: (1) Basic Crisis Negotiation, 40 h, 12-16 Apr 2027, Duluth, $595; (2) same, 7-11 Jun 2027,"
        )
        assert desk.ask(RUIZ, "2").startswith("Request R-1001: Basic Crisis Negotiation, 40 h, 7-11 Jun 2027")
        assert desk.ask(RUIZ, "negotiator vacancy, want to apply").startswith(
            "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost)."
        )
        assert desk.ask(RUIZ, "R-1001").startswith("R-1001: With Sgt. Okafor since Mar 2 2027")
        # What comes to the address without Twilio's signature is nobody's word.
        assert desk.send(desk.twilio.text(number, "withdraw R-1001").forged()).status == 403
        desk.until_quiet()
        assert life(embedded).stage is RequestStage.WITH_APPROVER
        # What becomes of it is said on the phone that asked.
        assert request_of(embedded).kept.fact.channel == "sms"
        embedded.screen(OKAFOR, "approve R-1001")
        desk.service.tick()
        assert desk.said_to(number)[-1].startswith(
            "R-1001: step 1 of 2 approved by Sgt. Okafor. Next: P. Nair."
        )
        assert desk.ask(RUIZ, "my requests").startswith("1 request, newest first. R-1001: ")
        assert "R-1001 is withdrawn" in desk.ask(RUIZ, "withdraw R-1001")
        assert life(embedded).stage is RequestStage.WITHDRAWN
        assert all(each.isascii() and segments(each) <= 2 for each in desk.said_to(number))
