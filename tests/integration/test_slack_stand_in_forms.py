"""Do forms on the Slack stand-in do what an app answers, and show a person trouble where Slack would?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fakes.clock import MovableClock
from tests.fakes.slack.delivery import Answer, Parcel
from tests.fakes.slack.methods.views import show
from tests.fakes.slack.server import StandIn
from tests.integration.slack_cast import RUIZ, Json, ask, lakemont

BUTTON = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
WHO = {
    "type": "input",
    "block_id": "who",
    "optional": True,
    "label": {"type": "plain_text", "text": "Who"},
    "element": {"type": "external_select", "action_id": "officer", "min_query_length": 2},
}


def _option(name: str) -> Json:
    return {"text": {"type": "plain_text", "text": name}, "value": name}


def _input(block_id: str, element: Json, *, optional: bool = False) -> Json:
    label = {"type": "plain_text", "text": block_id}
    return {"type": "input", "block_id": block_id, "label": label, "element": element, "optional": optional}


FORM = {
    "type": "modal",
    "callback_id": "request",
    "title": {"type": "plain_text", "text": "Request"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        _input("hours", {"type": "plain_text_input", "action_id": "amount", "max_length": 4}),
        _input("day", {"type": "datepicker", "action_id": "date", "initial_date": "2027-03-02"}),
        _input(
            "kind",
            {"type": "static_select", "action_id": "topic", "options": [_option("cit"), _option("cpr")]},
        ),
        _input(
            "also",
            {"type": "checkboxes", "action_id": "extras", "options": [_option("lodging"), _option("car")]},
            optional=True,
        ),
        {"type": "actions", "block_id": "more", "elements": [BUTTON]},
    ],
}
FILLED = {"amount": "8", "topic": "cit"}


@dataclass(frozen=True, slots=True)
class Scripted:
    """An app that always answers the same."""

    answer: Answer
    carried: list[Parcel] = field(default_factory=list)

    def carry(self, parcel: Parcel) -> Answer:
        """The answer, whatever it is asked."""
        self.carried.append(parcel)
        return self.answer


def answering(body: Any = None, status: int = 200) -> Scripted:
    """An app with this answer."""
    words = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return Scripted(Answer(status, words, "" if status == 200 else "http_error"))


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """An officer with a form in front of them."""
    with lakemont(MovableClock(datetime(2027, 3, 2, 20, 10, tzinfo=UTC))) as stand_in:
        trigger = stand_in.world.trigger(RUIZ).id
        assert ask(stand_in, "views.open", trigger_id=trigger, view=FORM)["ok"]
        yield stand_in


def test_what_was_filled_in_comes_as_slack_s_client_reports_it(slack: StandIn) -> None:
    given = slack.acts.view_submission(RUIZ, FILLED | {"extras": ["car"]}).payload
    assert given["view"]["state"]["values"] == {
        "hours": {"amount": {"type": "plain_text_input", "value": "8"}},
        "day": {"date": {"type": "datepicker", "selected_date": "2027-03-02"}},
        "kind": {"topic": {"type": "static_select", "selected_option": _option("cit")}},
        "also": {"extras": {"type": "checkboxes", "selected_options": [_option("car")]}},
    }


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"topic": "cit"}, "amount must be filled in"),
        ({"amount": "8"}, "topic must be filled in"),
        (FILLED | {"date": None}, "date must be filled in"),
        (FILLED | {"amount": "10000"}, "takes no such length"),
        (FILLED | {"topic": "autism"}, "offers no 'autism'"),
        (FILLED | {"reason": "x"}, "no such input"),
    ],
)
def test_what_slack_s_client_holds_back_fails_the_test(slack: StandIn, values: Json, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        slack.acts.view_submission(RUIZ, values)


def test_an_empty_answer_closes_the_form_and_errors_keep_it(slack: StandIn) -> None:
    errors = {"response_action": "errors", "errors": {"hours": "Too many."}}
    assert slack.acts.view_submission(RUIZ, FILLED).to(answering(errors)).ok
    assert len(slack.world.modals[RUIZ]) == 1
    assert slack.acts.view_submission(RUIZ, FILLED).to(answering()).ok
    assert slack.world.modals[RUIZ] == []


def test_an_answer_replaces_the_form_puts_another_on_top_or_clears_all(slack: StandIn) -> None:
    done = {"type": "modal", "title": {"type": "plain_text", "text": "Done"}, "blocks": []}
    before = slack.world.modal(RUIZ)
    shown = before.hash
    update = {"response_action": "update", "view": FORM | {"private_metadata": "R-1"}}
    assert slack.acts.view_submission(RUIZ, FILLED).to(answering(update)).ok
    assert before.payload["private_metadata"] == "R-1"
    assert before.hash != shown
    push = {"response_action": "push", "view": done}
    assert slack.acts.view_submission(RUIZ, FILLED).to(answering(push)).ok
    assert [each.payload["title"]["text"] for each in slack.world.modals[RUIZ]] == ["Request", "Done"]
    slack.world.modals[RUIZ].pop()
    assert slack.acts.view_submission(RUIZ, FILLED).to(answering({"response_action": "clear"})).ok
    assert slack.world.modals[RUIZ] == []


@pytest.mark.parametrize(
    "answer",
    [
        answering(b"thank you"),
        answering("thank you"),
        answering({"response_action": "thank"}),
        answering({"response_action": "errors", "errors": {"amount": "is an action, not a block"}}),
        answering({"response_action": "errors", "errors": {"more": "is no input"}}),
        answering({"response_action": "errors", "errors": {}}),
        answering({"response_action": "update", "view": {"type": "home", "blocks": []}}),
        answering(status=500),
    ],
)
def test_an_answer_of_no_use_shows_trouble_and_keeps_the_form(slack: StandIn, answer: Scripted) -> None:
    told = slack.acts.view_submission(RUIZ, FILLED).to(answer)
    assert told.trouble.startswith("We had some trouble connecting")
    assert len(slack.world.modals[RUIZ]) == 1


def test_a_click_in_a_form_says_which_form_and_can_put_one_on_top(slack: StandIn) -> None:
    form = slack.world.modal(RUIZ)
    clicked = slack.acts.block_action(RUIZ, form, "more").payload
    assert clicked["container"] == {"type": "view", "view_id": form.id}
    assert clicked["view"]["hash"] == form.hash
    assert clicked["view"]["state"]["values"]["day"]["date"]["selected_date"] == "2027-03-02"
    assert "channel" not in clicked
    assert ask(slack, "views.push", trigger_id=clicked["trigger_id"], view=FORM)["ok"]


def test_a_menu_asks_the_app_for_its_options(slack: StandIn) -> None:
    form = show(slack.world, RUIZ, slack.world.home_team, FORM | {"blocks": [WHO]})
    parcel = slack.acts.options(RUIZ, form, "officer", "ru")
    assert (parcel.payload["type"], parcel.payload["value"]) == ("block_suggestion", "ru")
    assert parcel.to(answering({"options": [_option("Dana Ruiz")]})).ok
    assert parcel.to(answering({"options": [_option(str(n)) for n in range(101)]})).trouble
    assert parcel.to(answering()).trouble
    with pytest.raises(AssertionError, match="so few letters"):
        slack.acts.options(RUIZ, form, "officer", "r")


def test_a_form_that_is_closed_says_so_where_it_asked_to(slack: StandIn) -> None:
    told = slack.acts.view_closed(RUIZ).payload
    assert (told["type"], told["view"]["callback_id"]) == ("view_closed", "request")
    assert slack.world.modals[RUIZ] == []


def test_a_command_s_answer_is_shown_to_the_person_or_to_all(slack: StandIn) -> None:
    command = slack.acts.command(RUIZ, "/rollcall")
    assert command.to(answering(b"only you")).ok
    assert command.to(answering({"text": "all", "response_type": "in_channel"})).ok
    assert [each.text for each in slack.world.whispers(RUIZ)] == ["only you"]
    assert [each.text for each in slack.world.said_to(RUIZ) if each.only_for is None] == ["all"]
    assert command.to(answering({"blocks": [{"type": "divider"}] * 51})).trouble == "invalid_blocks"
    assert command.to(answering(status=500)).trouble == "failed with the error dispatch_failed"
