"""Do views, files, reactions and late addresses of the Slack stand-in live and end as Slack's do?"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fakes.clock import MovableClock
from tests.fakes.slack.server import StandIn
from tests.integration.slack_cast import (
    OKAFOR,
    OPEN,
    RUIZ,
    Json,
    ask,
    bearer,
    lakemont,
    read,
    web,
)

MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Request"}, "blocks": []}
HOME = {"type": "home", "blocks": []}


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock(datetime(2027, 3, 2, 20, 10, tzinfo=UTC))


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[StandIn]:
    """A workspace with a few people and channels."""
    with lakemont(clock) as stand_in:
        yield stand_in


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
    headers = bearer(slack)
    got = web("GET", told["url_private_download"], headers=headers)
    assert (got.content, got.headers["content-type"], told["size"]) == (
        b"%PDF-1.7 ...",
        "application/pdf",
        12,
    )
    bare = web("GET", told["url_private_download"], follow_redirects=True)
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
        got = web("POST", url, json=given)
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
    web("POST", url, json={"text": "decided", "replace_original": True})
    assert (card.text, card.blocks) == ("decided", [])
    stale = slack.acts.block_action(OKAFOR, card, "yes", stale=True)
    assert stale.payload["actions"][0]["value"] == "1"
    web("POST", url, json={"delete_original": True})
    assert slack.world.posted(OPEN) == []
