"""Does the stand-in for Slack behave as the service does, tried with Slack's own SDK and Bolt?"""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes import loop
from tests.fakes.slack import faults
from tests.fakes.slack.server import StandIn
from tests.integration.slack_bolt_app import client, over_http, over_sockets

RUIZ = "U0RUIZ"
OKAFOR = "W0OKAFOR"


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace with an officer and a sergeant."""
    with StandIn() as stand_in:
        stand_in.world.add_user(RUIZ, "Dana Ruiz", "ruiz@lakemont.example")
        stand_in.world.add_user(OKAFOR, "Kim Okafor", "okafor@lakemont.example")
        yield stand_in


def refusal(work: Any) -> str:
    """The error with which a call is refused."""
    with pytest.raises(SlackApiError) as refused:
        loop.run(work)
    return str(refused.value.response["error"])


# -- an app that answers


def test_a_person_asks_and_a_bolt_app_answers_over_http(slack: StandIn) -> None:
    with over_http(slack) as url:
        door = slack.door(url)
        assert slack.events.message(RUIZ, "am i good?").to(door).status == 200
        slack.journal.until_called("chat.postMessage")
        (said,) = slack.world.said_to(RUIZ)
        assert said.text == "You said am i good?"
        assert slack.acts.block_action(RUIZ, said, "yes").to(door).ok
        slack.journal.until_called("chat.update")
        assert (said.text, said.blocks) == ("Decided", [])


def test_a_command_opens_a_form_that_shows_its_errors_and_closes(slack: StandIn) -> None:
    with over_http(slack) as url:
        door = slack.door(url)
        assert slack.acts.command(RUIZ, "/rollcall", "a class").to(door).ok
        slack.journal.until_called("response_url")
        assert [each.text for each in slack.world.whispers(RUIZ)] == ["Opened for a class"]
        wrong = slack.acts.view_submission(RUIZ, {"amount": "many"}).to(door)
        assert wrong.json() == {"response_action": "errors", "errors": {"hours": "Hours are a number."}}
        assert slack.world.modals[RUIZ]
        assert slack.acts.view_submission(RUIZ, {"amount": "8"}).to(door).ok
        assert not slack.world.modals[RUIZ]
        with pytest.raises(AssertionError, match="nothing to click"):
            slack.acts.block_action(RUIZ, slack.world.whispers(RUIZ)[0], "yes")


def test_a_form_that_lacks_what_it_needs_never_leaves_the_client(slack: StandIn) -> None:
    with over_http(slack) as url:
        slack.acts.command(RUIZ, "/rollcall").to(slack.door(url))
        slack.journal.until_called("views.open")
        with pytest.raises(AssertionError, match="must be filled in"):
            slack.acts.view_submission(RUIZ, {})


def test_the_home_tab_is_published_when_it_is_opened(slack: StandIn) -> None:
    with over_http(slack) as url:
        slack.events.app_home_opened(RUIZ).to(slack.door(url))
        slack.journal.until_called("views.publish")
        assert slack.world.homes[RUIZ].blocks[0]["text"]["text"] == "Hello"


def test_bolt_refuses_what_slack_did_not_sign(slack: StandIn) -> None:
    with over_http(slack) as url:
        door = slack.door(url)
        parcel = slack.events.message(RUIZ, "am i good?")
        wrong = [
            parcel.forged(),
            parcel.replayed(301),
            parcel.altered("am i good", "is she good"),
            parcel.without("X-Slack-Signature"),
            parcel.without("X-Slack-Request-Timestamp"),
        ]
        assert [each.to(door).status for each in wrong] == [401] * len(wrong)
        assert slack.events.challenge("abc").to(door).json() == {"challenge": "abc"}
        assert not slack.calls_of("chat.postMessage")


def test_an_event_comes_again_under_its_own_id(slack: StandIn) -> None:
    first = slack.events.message(RUIZ, "am i good?")
    second = first.again().again("http_error")
    assert first.payload == second.payload
    assert first.payload["event_id"].startswith("Ev")
    headers = second.headers("secret")
    assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("2", "http_error")


# -- Socket Mode


def test_a_bolt_app_answers_over_socket_mode_and_each_delivery_goes_to_one_connection(slack: StandIn) -> None:
    with over_sockets(slack, connections=2):
        slack.sockets.until_connected(2)
        door = slack.socket_door()
        for number in range(4):
            assert slack.events.message(RUIZ, f"question {number}").to(door).ok
        slack.journal.until_called("chat.postMessage", 4)
        assert [len(each.envelopes) for each in slack.sockets.connections] == [2, 2]
        assert slack.acts.command(RUIZ, "/rollcall").to(door).ok
        slack.journal.until_called("views.open")
        answer = slack.acts.view_submission(RUIZ, {"amount": "many"}).to(door)
        assert answer.json()["response_action"] == "errors"
        assert not slack.sockets.strange


def test_an_app_connects_anew_when_slack_asks_or_the_line_breaks(slack: StandIn) -> None:
    with over_sockets(slack):
        slack.sockets.until_connected()
        slack.sockets.refresh(slack.sockets.connections[0])
        slack.sockets.until_connected(ever=2)
        slack.sockets.cut(slack.sockets.connections[-1])
        slack.sockets.until_connected(ever=3)
        assert slack.events.message(RUIZ, "still there?").to(slack.socket_door()).ok


def test_only_the_app_s_own_token_opens_a_connection(slack: StandIn) -> None:
    assert refusal(client(slack).apps_connections_open(app_token=slack.world.bot.token)) == (
        "not_allowed_token_type"
    )
    assert refusal(client(slack).api_call("auth.test", headers=_bearer(slack.world.app.app_token))) == (
        "not_allowed_token_type"
    )


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


# -- the three faults of the facts


async def _post(slack: StandIn, handlers: list[Any] | None) -> None:
    token = slack.world.bot.token
    web = AsyncWebClient(token=token, base_url=slack.api_url) if handlers is None else client(slack, handlers)
    await web.chat_postMessage(channel=RUIZ, text="CPR expires on 27 Feb.")


def _outcome(slack: StandIn, fault: faults.Fault, handlers: list[Any] | None) -> tuple[str, int]:
    slack.faults.next("chat.postMessage", fault)
    try:
        loop.run(_post(slack, handlers))
    except Exception as error:  # noqa: BLE001  the SDK lets many kinds through
        return type(error).__name__, len(slack.world.said_to(RUIZ))
    return "sent", len(slack.world.said_to(RUIZ))


def test_a_lost_connection_is_answered_by_the_default_handler_with_a_second_message(slack: StandIn) -> None:
    assert _outcome(slack, faults.dropped(after=True), None) == ("sent", 2)


def test_without_handlers_a_lost_connection_is_an_error_and_one_message(slack: StandIn) -> None:
    outcome, messages = _outcome(slack, faults.dropped(after=True), [])
    assert (outcome != "sent", messages) == (True, 1)
    assert slack.calls[-1].done
    assert slack.calls[-1].status == 0


@pytest.mark.parametrize(
    ("handlers", "expected"),
    [
        (None, ("SlackApiError", 1)),
        ([], ("SlackApiError", 1)),
        ([AsyncRateLimitErrorRetryHandler(), AsyncServerErrorRetryHandler()], ("sent", 2)),
    ],
)
def test_a_server_error_after_the_work_is_repeated_only_by_its_own_handler(
    slack: StandIn, handlers: list[Any] | None, expected: tuple[str, int]
) -> None:
    assert _outcome(slack, faults.failed(after=True), handlers) == expected


@pytest.mark.parametrize(
    ("handlers", "expected"),
    [
        ([AsyncConnectionErrorRetryHandler()], ("SlackApiError", 0)),
        ([], ("SlackApiError", 0)),
        ([AsyncRateLimitErrorRetryHandler()], ("sent", 1)),
    ],
)
def test_too_many_calls_are_waited_out_only_by_their_own_handler(
    slack: StandIn, handlers: list[Any], expected: tuple[str, int]
) -> None:
    assert _outcome(slack, faults.rate_limited(1), handlers) == expected


# -- an app that does not accept


def test_slack_insists_three_times_and_then_gives_up(slack: StandIn) -> None:
    nobody = slack.door("http://127.0.0.1:9/slack/events")
    answers = slack.events.message(RUIZ, "anybody?").insist(nobody)
    assert [each.failure for each in answers] == ["connection_failed"] * 4


def test_an_event_that_no_listener_takes_counts_as_a_failure(slack: StandIn) -> None:
    with over_http(slack) as url:
        answers = slack.events.user_change(RUIZ, deleted=True).insist(slack.door(url))
    assert [each.status for each in answers] == [404] * 4
    assert slack.world.users[RUIZ].deleted


def test_an_event_that_is_not_acknowledged_in_an_envelope_is_a_timeout(slack: StandIn) -> None:
    with over_sockets(slack):
        slack.sockets.until_connected()
        parcel = slack.events.user_change(RUIZ, display_name="Dana")
        assert parcel.to(slack.socket_door(patience=0.2)).failure == "timeout"
        assert slack.events.message(RUIZ, "still there?").to(slack.socket_door()).ok


def test_a_body_can_be_no_json_too_large_or_under_another_name(slack: StandIn) -> None:
    parcel = slack.events.message(RUIZ, "am i good?")
    with over_http(slack) as url:
        door = slack.door(url)
        # Bolt reads the body before it looks at the signature: an app needs its own guard in front.
        assert parcel.with_body(b"not json").forged().to(door).status == 500
        assert parcel.oversized(2_000_000).to(door).status == 200
        assert parcel.oversized(2_000_000).forged().to(door).status == 401
        assert parcel.labelled("text/plain").headers("secret")["Content-Type"] == "text/plain"
