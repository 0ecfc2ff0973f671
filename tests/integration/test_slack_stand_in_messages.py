"""Does the stand-in for Slack refuse tokens, messages and reading as Slack does, under its names?"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.fakes.clock import MovableClock
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import BOT_SCOPES, Workspace
from tests.integration.slack_cast import (
    GONE,
    OKAFOR,
    OPEN,
    OTHER,
    PRIVATE,
    RUIZ,
    Json,
    ask,
    bearer,
    lakemont,
    read,
    web,
)

NOTE = {"event_type": "rollcall_message", "event_payload": {"id": "N-1"}}


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock(datetime(2027, 3, 2, 20, 10, tzinfo=UTC))


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[StandIn]:
    """A workspace with a few people and channels."""
    with lakemont(clock) as stand_in:
        yield stand_in


def test_a_token_is_asked_for_and_looked_at(slack: StandIn) -> None:
    assert ask(slack, "auth.test", token=None)["error"] == "not_authed"
    assert ask(slack, "auth.test", "xoxb-somebody-else")["error"] == "invalid_auth"
    assert (
        ask(slack, "chat.postMessage", token=slack.world.app.app_token)["error"] == "not_allowed_token_type"
    )
    told = ask(slack, "auth.test")
    assert (told["team_id"], told["user_id"]) == (slack.world.home_team, slack.world.bot.bot_user)
    assert ask(slack, "chat.dance")["error"] == "unknown_method"
    assert ask(slack, "api.test", token=None, foo="bar")["args"] == {"foo": "bar"}


def test_a_token_in_the_address_is_not_taken_and_one_in_a_form_is(slack: StandIn) -> None:
    token = slack.world.bot.token
    url = slack.api_url + "auth.test"
    assert web("GET", url, params={"token": token}).json()["error"] == "not_authed"
    assert web("POST", url, data={"token": token}).json()["ok"]


@pytest.mark.parametrize(
    ("method", "scope", "given"),
    [
        ("chat.postMessage", "chat:write", {"channel": RUIZ, "text": "hi"}),
        ("conversations.open", "im:write", {"users": RUIZ}),
        ("reactions.add", "reactions:write", {"channel": OPEN, "name": "eyes", "timestamp": "1.000001"}),
    ],
)
def test_a_missing_scope_is_named(slack: StandIn, method: str, scope: str, given: Json) -> None:
    slack.world.bot.scopes = BOT_SCOPES - {scope}
    told = ask(slack, method, **given)
    assert told["error"] == "missing_scope"
    assert scope in told["needed"]
    assert scope not in told["provided"].split(",")


def test_an_address_is_told_only_to_those_who_may_know_it(slack: StandIn) -> None:
    assert read(slack, "users.info", user=RUIZ)["user"]["profile"]["email"] == "ruiz@lakemont.example"
    slack.world.bot.scopes = BOT_SCOPES - {"users:read.email"}
    assert "email" not in read(slack, "users.info", user=RUIZ)["user"]["profile"]
    assert read(slack, "users.lookupByEmail", email="ruiz@lakemont.example")["needed"] == "users:read.email"


def test_a_token_ends_with_the_installation(slack: StandIn) -> None:
    slack.events.tokens_revoked()
    assert ask(slack, "auth.test")["error"] == "token_revoked"
    slack.events.app_uninstalled()
    assert ask(slack, "auth.test")["error"] == "account_inactive"


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        (b"{", "application/json; charset=utf-8", "invalid_json"),
        (b"[]", "application/json; charset=utf-8", "json_not_object"),
        (b"text=x", "text/plain", "invalid_post_type"),
    ],
)
def test_a_body_that_is_no_call_is_refused(slack: StandIn, body: bytes, kind: str, error: str) -> None:
    headers = {**bearer(slack), "Content-Type": kind}
    url = slack.api_url + "chat.postMessage"
    assert web("POST", url, content=body, headers=headers).json()["error"] == error


def test_methods_that_read_take_nothing_from_json(slack: StandIn) -> None:
    told = ask(slack, "users.info", user=RUIZ)
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"text": "hi"}, "invalid_arguments"),
        ({"channel": OPEN}, "no_text"),
        ({"channel": "C0NOWHERE", "text": "hi"}, "channel_not_found"),
        ({"channel": "U0NOBODY", "text": "hi"}, "channel_not_found"),
        ({"channel": "#general", "text": "hi"}, "channel_not_found"),
        ({"channel": PRIVATE, "text": "hi"}, "channel_not_found"),
        ({"channel": GONE, "text": "hi"}, "channel_not_found"),
        ({"channel": OTHER, "text": "hi"}, "not_in_channel"),
        ({"channel": "C0OLD", "text": "hi"}, "is_archived"),
        ({"channel": OPEN, "text": "hi", "thread_ts": "yesterday"}, "invalid_thread_ts"),
        ({"channel": OPEN, "text": "hi", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": OPEN, "text": "hi", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"channel": OPEN, "blocks": [{"type": "markdown", "text": "x" * 13_300}]}, "msg_blocks_too_long"),
        ({"channel": OPEN, "text": "hi", "markdown_text": "hi"}, "markdown_text_conflict"),
        ({"channel": OPEN, "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": OPEN, "text": "hi", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": OPEN, "text": "hi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        (
            {"channel": OPEN, "text": "hi", "metadata": NOTE | {"event_payload": {"x": "y" * 16_000}}},
            "metadata_too_large",
        ),
    ],
)
def test_a_message_that_slack_would_not_post_is_refused(slack: StandIn, given: Json, error: str) -> None:
    assert ask(slack, "chat.postMessage", **given)["error"] == error
    assert slack.world.posted() == []


def test_a_message_to_a_person_tells_the_conversation_it_went_to(slack: StandIn) -> None:
    told = ask(slack, "chat.postMessage", channel=RUIZ, text="hi")
    assert told["channel"].startswith("D")
    assert ask(slack, "conversations.open", users=RUIZ)["channel"]["id"] == told["channel"]
    assert ask(slack, "chat.update", channel=RUIZ, ts=told["ts"], text="no")["error"] == "channel_not_found"
    assert ask(slack, "chat.update", channel=told["channel"], ts=told["ts"], text="yes")["ok"]
    slack.world.app.messages_tab = False
    assert ask(slack, "chat.postMessage", channel=RUIZ, text="hi")["error"] == "messages_tab_disabled"


def test_an_update_keeps_the_blocks_that_it_does_not_mention(slack: StandIn) -> None:
    told = ask(slack, "chat.postMessage", channel=OPEN, text="card", blocks=[{"type": "divider"}])
    here = {"channel": OPEN, "ts": told["ts"]}
    ask(slack, "chat.update", **here, text="decided")
    (said,) = slack.world.posted(OPEN)
    assert (said.text, [each["type"] for each in said.blocks]) == ("decided", ["divider"])
    ask(slack, "chat.update", **here, text="decided", blocks=[])
    assert said.blocks == []
    assert ask(slack, "chat.update", **here)["error"] == "no_text"
    assert ask(slack, "chat.update", **here, text="x" * 4_001)["error"] == "msg_too_long"
    assert ask(slack, "chat.delete", **here)["ok"]
    assert ask(slack, "chat.delete", **here)["error"] == "message_not_found"


def test_only_the_bot_s_own_messages_can_be_changed(slack: StandIn) -> None:
    said = slack.events.message(RUIZ, "mine", OPEN).said
    assert said is not None
    here = {"channel": OPEN, "ts": said.ts}
    assert ask(slack, "chat.update", **here, text="yours")["error"] == "cant_update_message"
    assert ask(slack, "chat.delete", **here)["error"] == "cant_delete_message"


def test_only_a_member_gets_an_ephemeral_message(slack: StandIn) -> None:
    assert ask(slack, "chat.postEphemeral", channel=OPEN, user=RUIZ, text="psst")["message_ts"]
    assert [each.text for each in slack.world.whispers(RUIZ)] == ["psst"]
    assert (
        ask(slack, "chat.postEphemeral", channel=OPEN, user=OKAFOR, text="x")["error"]
        == "user_not_in_channel"
    )
    ts = slack.world.whispers(RUIZ)[0].ts
    assert ask(slack, "chat.update", channel=OPEN, ts=ts, text="x")["error"] == "message_not_found"


def test_blocks_without_a_text_are_posted_and_remarked_on(slack: StandIn) -> None:
    assert ask(slack, "chat.postMessage", channel=OPEN, text="x", blocks=[{"type": "divider"}])["ok"]
    assert slack.world.remarks == []
    assert ask(slack, "chat.postMessage", channel=OPEN, blocks=[{"type": "divider"}])["ok"]
    assert slack.world.posted(OPEN)[1].blocks[0]["block_id"]
    assert ask(slack, "chat.postMessage", channel=OPEN, text="Hello <!channel>")["ok"]
    assert [each.partition(":")[0] for each in slack.world.remarks] == ["text", "alarms"]


def test_a_message_is_found_again_by_its_metadata(slack: StandIn) -> None:
    for number in range(3):
        note = NOTE | {"event_payload": {"id": f"N-{number}"}}
        ask(slack, "chat.postMessage", channel=RUIZ, text=f"m{number}", metadata=note)
    place = slack.world.im(RUIZ).id
    bare = read(slack, "conversations.history", channel=place)["messages"]
    assert [each["metadata"] for each in bare] == [
        {"event_type": "rollcall_message", "event_payload": {}}
    ] * 3
    whole = read(slack, "conversations.history", channel=place, include_all_metadata="true")["messages"]
    assert [each["metadata"]["event_payload"]["id"] for each in whole] == ["N-2", "N-1", "N-0"]
    oldest = whole[2]["ts"]
    later = read(slack, "conversations.history", channel=place, oldest=oldest)["messages"]
    assert [each["text"] for each in later] == ["m2", "m1"]
    assert (
        len(read(slack, "conversations.history", channel=place, oldest=oldest, inclusive="1")["messages"])
        == 3
    )
    assert read(slack, "conversations.history", channel=place, oldest="x")["error"] == "invalid_ts_oldest"


def test_an_event_type_that_slack_does_not_take_is_lost_without_a_word(slack: StandIn) -> None:
    assert ask(slack, "chat.postMessage", channel=RUIZ, text="m", metadata=NOTE | {"event_type": "a.b"})["ok"]
    assert slack.world.said_to(RUIZ)[0].metadata is None


def test_history_comes_in_pages_and_leaves_threads_out(slack: StandIn) -> None:
    first = ask(slack, "chat.postMessage", channel=OPEN, text="m0")["ts"]
    slack.events.message(RUIZ, "in the thread", OPEN, thread_ts=first)
    for number in range(1, 4):
        slack.events.message(RUIZ, f"m{number}", OPEN)
    slack.world.bot.scopes = BOT_SCOPES | {"channels:history"}
    seen, cursor = [], ""
    while True:
        page = read(slack, "conversations.history", channel=OPEN, limit=2, cursor=cursor)
        seen += [each["text"] for each in page["messages"]]
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert seen == ["m3", "m2", "m1", "m0"]
    thread = read(slack, "conversations.replies", channel=OPEN, ts=first)["messages"]
    assert [each["text"] for each in thread] == ["m0", "in the thread"]
    assert read(slack, "conversations.replies", channel=OPEN, ts="1.000001")["error"] == "thread_not_found"
    assert read(slack, "conversations.history", channel=OPEN, cursor="?")["error"] == "invalid_cursor"


def test_a_channel_is_read_only_with_the_scope_of_its_kind(slack: StandIn) -> None:
    assert read(slack, "conversations.history", channel=OPEN)["needed"] == "channels:history"
    slack.world.bot.scopes = BOT_SCOPES | {"channels:history"}
    assert read(slack, "conversations.history", channel=OTHER)["error"] == "not_in_channel"


def test_people_come_in_pages_and_strangers_are_not_found(slack: StandIn) -> None:
    away = slack.world.add_workspace(Workspace("T0AWAY", "Elsewhere", "elsewhere"))
    slack.world.add_user("U0AWAY", "Stranger", "x@away.example", team_id=away.id, is_stranger=True)
    page = read(slack, "users.list", limit=2)
    assert len(page["members"]) == 2
    rest = read(slack, "users.list", limit=100, cursor=page["response_metadata"]["next_cursor"])
    ids = {each["id"] for each in page["members"] + rest["members"]}
    assert {RUIZ, OKAFOR, GONE} <= ids
    assert "U0AWAY" not in ids
    for email in ("x@away.example", "left@lakemont.example", "nobody@lakemont.example"):
        assert read(slack, "users.lookupByEmail", email=email)["error"] == "users_not_found"
    assert read(slack, "users.info", user="U0AWAY")["user"]["is_stranger"]
    assert ask(slack, "conversations.open", users="U0AWAY")["error"] == "user_not_visible"
    assert ask(slack, "conversations.open", users=GONE)["error"] == "user_disabled"
