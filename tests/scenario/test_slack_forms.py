"""A form asked for in words comes with a button in Slack, which opens the window about the same thing."""

from db.records.roll_calls import RollCall, RollCallCovered
from handlers.table import WITH_FORM
from tests.fakes.reader import certificate
from tests.scenario.approval_cast import asks, nothing_is_checked
from tests.scenario.cast import OKAFOR, Agency
from tests.scenario.review_cast import approved, everything_is_drawn
from tests.scenario.slack_cast import COORDINATOR, OFFICER, in_slack, shown, window, words_of
from tests.scenario.upload_cast import (
    LEE,
    OTHER_PHOTO,
    PHOTO,
    THIRD_PHOTO,
    reading_as,
    sends,
    submitted,
)

# Who asks for each form in which words, and what the window is about.
ASKED_FOR = {
    "answer-ticket": (COORDINATOR, "answer h-1", "H-1"),
    "ask-request": (OKAFOR, "ask r-1001", "Question"),
    "certificate-correct": (OFFICER, "correct u-3003", "U-3003"),
    "class-form": (COORDINATOR, "change c-3", "C-3"),
    "delegate": (OKAFOR, "delegate", "Who decides meanwhile"),
    "deny-request": (OKAFOR, "deny r-1001", "R-1001"),
    "enter-budget": (COORDINATOR, "enter budget", "Fiscal year"),
    "enter-reminder-rules": (COORDINATOR, "enter reminder rules", "Steps, days before it is due"),
    "open-request": (OKAFOR, "open r-1001", "Note, or the reason of a denial"),
    "propose-request-rules": (COORDINATOR, "propose request rules", "Who decides, in order"),
    "propose-review-rules": (COORDINATOR, "propose review rules", "Second looks, percent of approvals"),
    "request-answer": (OFFICER, "answer r-1002", "R-1002"),
    "request-appeal": (OFFICER, "appeal r-1003", "R-1003"),
    "request-costs": (COORDINATOR, "r-1004 costs", "R-1004"),
    "request-form": (OFFICER, "request form", "Class of the calendar"),
    "request-presence": (COORDINATOR, "presence of r-1004", "R-1004"),
    "request-reason": (LEE, "reason r-1005", "R-1005"),
    "review-certificate": (COORDINATOR, "review u-3002", "U-3002"),
    "roll-call-hours": (OKAFOR, "add hours", "Minutes"),
    "second-look": (LEE, "second look u-3001", "U-3001"),
    "set-my-reminders": (OFFICER, "set my reminders", "Ways, in order"),
    "share-phone": (COORDINATOR, "share phone", "Number"),
    "what-if": (OFFICER, "what if", "Topic"),
}


def requests_at_every_stage(agency: Agency) -> None:
    """One waits, one was asked about, one is denied, one is approved, and one is not sent yet."""
    nothing_is_checked(agency)
    for at in range(4):
        asks(agency, number=950 + at)
    agency.text(OKAFOR, "ask R-1002 who covers Friday?")
    agency.screen(OKAFOR, "deny R-1003 because no cover")
    agency.screen(OKAFOR, "approve R-1004 because fine")
    agency.text(LEE, "request C-953")


def test_every_form_opens_a_window_about_what_it_was_asked_of(embedded: Agency) -> None:
    assert set(ASKED_FOR) == WITH_FORM
    readings = dict.fromkeys((PHOTO, OTHER_PHOTO, THIRD_PHOTO), certificate())
    with reading_as(embedded, readings) as agency:
        everything_is_drawn(agency)
        submitted(agency)
        approved(agency)
        submitted(agency, photo=OTHER_PHOTO)
        sends(agency, OFFICER, THIRD_PHOTO)
        with agency.writing() as writer:
            whose = agency.id_of(OKAFOR)
            (call,) = writer.record(
                RollCall(person_id=whose, shift="B shift", starts_at=writer.at, items=1, present=())
            )
            writer.record(RollCallCovered(roll_call_id=call, person_id=whose))
        agency.ask(OFFICER, "i need to talk to somebody about my range score")
        requests_at_every_stage(agency)
        with in_slack(agency, same_clock=True) as desk:
            found = {
                route: shown(window(desk, badge, desk.ask(badge, text), route).blocks)
                for route, (badge, text, _) in ASKED_FOR.items()
            }
            # What is said of a second look is taken from the window as from words.
            said = desk.slack.acts.view_submission(desk.account(LEE), {"said": "agrees"})
            assert "Open the file of U-3001 first." in words_of(desk.answer_to(LEE, said))
    for route, (_, _, about) in ASKED_FOR.items():
        assert about in found[route], (route, found[route])
