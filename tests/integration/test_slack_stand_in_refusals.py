"""Does the stand-in for Slack refuse what Slack refuses, under the names that Slack gives?"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.fakes.clock import MovableClock
from tests.fakes.slack import faults
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import BOT_SCOPES, Workspace

Json = dict[str, Any]

RUIZ, OKAFOR, GONE, GUEST = "U0RUIZ", "W0OKAFOR", "U0GONE", "U0GUEST"
OPEN, OTHER, PRIVATE = "C0OPEN", "C0OTHER", "G0PRIVATE"
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Request"}, "blocks": []}
HOME = {"type": "home", "blocks": []}
NOTE = {"event_type": "rollcall_message", "event_payload": {"id": "N-1"}}


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock(datetime(2027, 3, 2, 20, 10, tzinfo=UTC))


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[StandIn]:
    """A workspace with a few people and channels."""
    with StandIn(clock=clock) as stand_in:
        world = stand_in.world
        world.add_user(RUIZ, "Dana Ruiz", "ruiz@lakemont.example")
        world.add_user(OKAFOR, "Kim Okafor", "okafor@lakemont.example")
        world.add_user(GONE, "Left", "left@lakemont.example", deleted=True)
        world.add_user(GUEST, "Guest", "guest@lakemont.example", is_ultra_restricted=True)
        world.add_channel(OPEN, RUIZ)
        world.add_channel(OTHER, RUIZ, with_bot=False)
        world.add_channel(PRIVATE, RUIZ, with_bot=False)
        world.add_channel("C0OLD", RUIZ, is_archived=True)
        yield stand_in


def ask(slack: StandIn, method: str, token: str | None = "", **given: Any) -> Json:
    """One call with a JSON body; without a token when it is None."""
    bearer = slack.world.bot.token if token == "" else token
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    got = httpx.post(slack.api_url + method, content=json.dumps(given), headers=headers, trust_env=False)
    return {"status": got.status_code, "retry": got.headers.get("retry-after"), **got.json()}


def read(slack: StandIn, method: str, **given: Any) -> Json:
    """One call with a form, as the reading methods want it."""
    headers = {"Authorization": f"Bearer {slack.world.bot.token}"}
    answer: Json = httpx.post(slack.api_url + method, data=given, headers=headers, trust_env=False).json()
    return answer


# -- tokens, scopes, bodies


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
    assert httpx.get(url, params={"token": token}, trust_env=False).json()["error"] == "not_authed"
    assert httpx.post(url, data={"token": token}, trust_env=False).json()["ok"]


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
    headers = {"Authorization": f"Bearer {slack.world.bot.token}", "Content-Type": kind}
    url = slack.api_url + "chat.postMessage"
    assert httpx.post(url, content=body, headers=headers, trust_env=False).json()["error"] == error


def test_methods_that_read_take_nothing_from_json(slack: StandIn) -> None:
    told = ask(slack, "users.info", user=RUIZ)
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


# -- messages


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
    assert [each.partition(":")[0] for each in slack.world.remarks] == ["text"]


# -- reading back


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


# -- views


def trigger(slack: StandIn, user: str = RUIZ) -> str:
    """A fresh trigger of a command."""
    return str(slack.acts.command(user, "/rollcall").payload["trigger_id"])


def test_a_trigger_opens_one_view_within_three_seconds(slack: StandIn, clock: MovableClock) -> None:
    first = trigger(slack)
    clock.at += timedelta(seconds=3)
    assert ask(slack, "views.open", trigger_id=first, view=MODAL)["view"]["hash"]
    assert ask(slack, "views.open", trigger_id=first, view=MODAL)["error"] == "exchanged_trigger_id"
    late = trigger(slack)
    clock.at += timedelta(seconds=3.5)
    assert ask(slack, "views.open", trigger_id=late, view=MODAL)["error"] == "expired_trigger_id"
    assert ask(slack, "views.open", trigger_id="1.2.3", view=MODAL)["error"] == "invalid_trigger_id"
    assert ask(slack, "views.open", trigger_id=trigger(slack), view=HOME)["error"] == "invalid_arguments"
    large = MODAL | {"private_metadata": "x" * 250_000}
    assert ask(slack, "views.open", trigger_id=trigger(slack), view=large)["error"] == "view_too_large"


def test_a_view_is_replaced_only_by_whom_knows_its_hash(slack: StandIn) -> None:
    shown = ask(slack, "views.open", trigger_id=trigger(slack), view=MODAL)["view"]
    changed = ask(slack, "views.update", view_id=shown["id"], hash=shown["hash"], view=MODAL)["view"]
    assert changed["hash"] != shown["hash"]
    again = ask(slack, "views.update", view_id=shown["id"], hash=shown["hash"], view=MODAL)
    assert again["error"] == "hash_conflict"
    assert ask(slack, "views.update", view_id="V0GONE", view=MODAL)["error"] == "not_found"
    assert ask(slack, "views.update", view=MODAL)["error"] == "invalid_arguments"


def test_three_views_are_stacked_and_no_more(slack: StandIn) -> None:
    ask(slack, "views.open", trigger_id=trigger(slack), view=MODAL)

    def push() -> Json:
        top = slack.world.modal(RUIZ)
        return ask(slack, "views.push", trigger_id=slack.world.trigger(RUIZ, top.id).id, view=MODAL)

    assert push()["view"]["previous_view_id"]
    assert push()["ok"]
    assert push()["error"] == "push_limit_reached"
    assert ask(slack, "views.push", trigger_id=trigger(slack, OKAFOR), view=MODAL)["error"] == "not_found"


def test_a_home_tab_is_each_person_s_own(slack: StandIn) -> None:
    first = ask(slack, "views.publish", user_id=RUIZ, view=HOME)["view"]
    assert ask(slack, "views.publish", user_id=OKAFOR, view=HOME)["view"]["id"] != first["id"]
    assert ask(slack, "views.publish", user_id=RUIZ, view=HOME, hash="1.2")["error"] == "hash_conflict"
    assert ask(slack, "views.publish", user_id="U0NOBODY", view=HOME)["error"] == "user_not_found"
    named = HOME | {"external_id": "home"}
    assert ask(slack, "views.publish", user_id=RUIZ, view=named)["ok"]
    assert ask(slack, "views.publish", user_id=OKAFOR, view=named)["error"] == "duplicate_external_id"
    slack.world.app.home_tab = False
    assert ask(slack, "views.publish", user_id=RUIZ, view=HOME)["error"] == "not_enabled"


def test_blocks_can_be_checked_before_they_are_sent(slack: StandIn) -> None:
    assert ask(slack, "blocks.validate", blocks=[{"type": "divider"}])["ok"]
    wrong = ask(slack, "blocks.validate", blocks=[{"type": "divider"}] * 51)
    assert wrong["error"] == "invalid_blocks"
    assert wrong["errors"][0]["pointer"].startswith("/blocks")
    assert ask(slack, "blocks.validate")["error"] == "invalid_arguments"


# -- reactions, files, late addresses


def test_a_reaction_is_added_once(slack: StandIn) -> None:
    said = slack.events.message(RUIZ, "hello", OPEN).said
    assert said is not None
    here = {"channel": OPEN, "timestamp": said.ts}
    assert ask(slack, "reactions.add", **here, name="eyes")["ok"]
    assert ask(slack, "reactions.add", **here, name="eyes")["error"] == "already_reacted"
    assert ask(slack, "reactions.add", **here, name="Two Eyes")["error"] == "invalid_name"
    assert ask(slack, "reactions.add", channel=OPEN, timestamp="1.000001", name="eyes")["error"] == (
        "message_not_found"
    )


def test_a_file_is_handed_over_for_the_token_and_a_login_page_without(slack: StandIn) -> None:
    shared = slack.events.file_share(RUIZ, "cit.pdf", b"%PDF-1.7 ...", text="here")
    told = read(slack, "files.info", file=shared.payload["event"]["files"][0]["id"])["file"]
    headers = {"Authorization": f"Bearer {slack.world.bot.token}"}
    got = httpx.get(told["url_private_download"], headers=headers, trust_env=False)
    assert (got.content, got.headers["content-type"], told["size"]) == (
        b"%PDF-1.7 ...",
        "application/pdf",
        12,
    )
    bare = httpx.get(told["url_private_download"], follow_redirects=True, trust_env=False)
    assert bare.status_code == 200
    assert bare.headers["content-type"].startswith("text/html")
    assert read(slack, "files.info", file="F0NONE")["error"] == "file_not_found"
    assert slack.events.file_shared(shared).payload["event"]["file_id"] == told["id"]


def test_in_a_shared_channel_an_upload_holds_no_address(slack: StandIn) -> None:
    slack.world.add_channel("C0SHARED", RUIZ, is_ext_shared=True)
    wrapper = slack.events.file_share(RUIZ, "cit.pdf", b"%PDF", channel="C0SHARED").payload
    assert wrapper["is_ext_shared_channel"]
    assert wrapper["event"]["files"][0]["file_access"] == "check_file_info"
    assert "url_private" not in wrapper["event"]["files"][0]


def test_a_late_address_is_good_for_five_uses_in_half_an_hour(slack: StandIn, clock: MovableClock) -> None:
    url = slack.acts.command(RUIZ, "/rollcall").payload["response_url"]

    def use(**given: Any) -> tuple[int, str]:
        got = httpx.post(url, json=given, trust_env=False)
        return got.status_code, got.text

    assert use() == (400, "no_text")
    for _ in range(4):
        assert use(text="only you") == (200, "ok")
    assert use(text="all", response_type="in_channel") == (200, "ok")
    assert use(text="once more")[0] == 404
    assert len(slack.world.whispers(RUIZ)) == 4
    assert [each.text for each in slack.world.said_to(RUIZ) if each.only_for is None] == ["all"]
    url = slack.acts.command(RUIZ, "/rollcall").payload["response_url"]
    clock.at += timedelta(minutes=31)
    status, body = use(text="too late")
    assert (status, json.loads(body)["error"]) == (404, "expired_url")


def test_a_card_is_replaced_and_deleted_by_the_address_that_came_with_a_click(slack: StandIn) -> None:
    button = {
        "type": "button",
        "action_id": "yes",
        "value": "1",
        "text": {"type": "plain_text", "text": "Yes"},
    }
    blocks = [{"type": "actions", "elements": [button]}]
    ask(slack, "chat.postMessage", channel=OPEN, text="card", blocks=blocks)
    (card,) = slack.world.posted(OPEN)
    url = slack.acts.block_action(RUIZ, card, "yes").payload["response_url"]
    httpx.post(url, json={"text": "decided", "replace_original": True}, trust_env=False)
    assert (card.text, card.blocks) == ("decided", [])
    stale = slack.acts.block_action(OKAFOR, card, "yes", stale=True)
    assert stale.payload["actions"][0]["value"] == "1"
    httpx.post(url, json={"delete_original": True}, trust_env=False)
    assert slack.world.posted(OPEN) == []


# -- haste and faults


def test_a_channel_takes_a_short_burst_and_then_a_message_a_second(
    slack: StandIn, clock: MovableClock
) -> None:
    told = [ask(slack, "chat.postMessage", channel=RUIZ, text=str(n)) for n in range(6)]
    assert [each["status"] for each in told] == [200] * 4 + [429] * 2
    assert (told[4]["error"], told[4]["retry"]) == ("ratelimited", "1")
    assert ask(slack, "chat.postMessage", channel=OKAFOR, text="another channel")["ok"]
    clock.at += timedelta(seconds=1)
    assert ask(slack, "chat.postMessage", channel=RUIZ, text="now")["ok"]
    assert ask(slack, "chat.postMessage", channel=RUIZ, text="not yet")["status"] == 429


def test_a_method_is_limited_by_its_tier(slack: StandIn, clock: MovableClock) -> None:
    for _ in range(20):
        assert read(slack, "users.list")["ok"]
    assert read(slack, "users.list")["error"] == "ratelimited"
    clock.at += timedelta(seconds=60)
    assert read(slack, "users.list")["ok"]
    slack.limits = Limits.none()
    assert all(read(slack, "users.list")["ok"] for _ in range(30))


def test_a_slow_call_waits_until_the_test_lets_it_through(slack: StandIn) -> None:
    slow = faults.held(after=True)
    slack.faults.next("auth.test", slow)
    with httpx.Client(trust_env=False, timeout=0.2) as hasty, pytest.raises(httpx.ReadTimeout):
        hasty.post(slack.api_url + "auth.test", headers={"Authorization": f"Bearer {slack.world.bot.token}"})
    slow.gate.wait_reached()
    (call,) = slack.calls_of("auth.test")
    assert call.done
    assert not call.finished
    slow.gate.release()
    slack.journal.until_called("auth.test")


def test_faults_come_in_the_order_of_the_script(slack: StandIn) -> None:
    slack.faults.next(
        "auth.test", None, faults.refused("fatal_error"), faults.failed(after=False, status=503)
    )
    slack.faults.next(faults.ANY, faults.rate_limited(7))
    assert ask(slack, "auth.test")["ok"]
    assert ask(slack, "auth.test")["error"] == "fatal_error"
    headers = {"Authorization": f"Bearer {slack.world.bot.token}"}
    assert httpx.post(slack.api_url + "auth.test", headers=headers, trust_env=False).status_code == 503
    assert ask(slack, "auth.test")["retry"] == "7"
    slack.faults.always("auth.test", faults.page())
    got = httpx.post(slack.api_url + "auth.test", headers=headers, trust_env=False)
    assert (got.status_code, got.headers["content-type"]) == (200, "text/html; charset=utf-8")
    slack.faults.always("auth.test", faults.malformed())
    with pytest.raises(json.JSONDecodeError):
        httpx.post(slack.api_url + "auth.test", headers=headers, trust_env=False).json()
    assert slack.calls[-1].done
    slack.faults.clear()
    assert ask(slack, "auth.test")["ok"]
    assert [call.fault for call in slack.calls_of("auth.test")][1:3] == ["refused", "failed_before"]


# -- what Slack sends


def test_an_event_of_an_organization_names_it(clock: MovableClock) -> None:
    space = Workspace("T0GRID", "Lakemont", "lakemont", enterprise_id="E0CITY", enterprise_name="City")
    with StandIn(clock=clock, workspace=space) as slack:
        slack.world.add_user("W0NAIR", "Priya Nair", "nair@lakemont.example", teams=("T0GRID", "T0FIRE"))
        slack.world.bot.is_enterprise_install = True
        wrapper = slack.events.message("W0NAIR", "hello").payload
        assert (wrapper["team_id"], wrapper["enterprise_id"]) == ("T0GRID", "E0CITY")
        assert wrapper["authorizations"][0]["team_id"] is None
        assert wrapper["authorizations"][0]["is_enterprise_install"]
        pressed = slack.acts.command("W0NAIR", "/rollcall").payload
        assert (pressed["enterprise_id"], pressed["is_enterprise_install"]) == ("E0CITY", "true")
        assert read(slack, "users.info", user="W0NAIR")["user"]["enterprise_user"]["teams"] == [
            "T0GRID",
            "T0FIRE",
        ]
        assert read(slack, "users.list")["error"] == "missing_argument"


def test_edits_deletions_and_other_bots_come_as_slack_sends_them(slack: StandIn) -> None:
    said = slack.events.message(RUIZ, "am i god?").said
    assert said is not None
    edit = slack.events.edit(said, "am i good?").payload["event"]
    assert (edit["subtype"], edit["hidden"]) == ("message_changed", True)
    assert (edit["previous_message"]["text"], edit["message"]["text"]) == ("am i god?", "am i good?")
    assert edit["message"]["edited"]["user"] == RUIZ
    gone = slack.events.delete(said).payload["event"]
    assert (gone["subtype"], gone["deleted_ts"]) == ("message_deleted", said.ts)
    echo = slack.events.by_a_bot("hi", OPEN, ours=True).payload["event"]
    assert (echo["bot_id"], echo["user"]) == (slack.world.bot.bot_id, slack.world.bot.bot_user)
    mention = slack.events.mention(RUIZ, "help", OPEN)
    twin = slack.events.twin(mention)
    assert mention.payload["event"]["type"] == "app_mention"
    assert twin.payload["event"]["channel_type"] == "channel"
    assert twin.payload["event"]["ts"] == mention.payload["event"]["ts"]
    assert twin.payload["event_id"] != mention.payload["event_id"]
