"""Does the Slack stand-in limit haste, fail on demand, and send what Slack sends?"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.fakes.clock import MovableClock
from tests.fakes.slack import faults
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.manifest import register
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import Workspace
from tests.integration.slack_cast import (
    OKAFOR,
    OPEN,
    RUIZ,
    ask,
    bearer,
    lakemont,
    plainly,
    read,
    web,
)


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock(datetime(2027, 3, 2, 20, 10, tzinfo=UTC))


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[StandIn]:
    """A workspace with a few people and channels."""
    with lakemont(clock) as stand_in:
        yield stand_in


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
    with plainly(0.2) as hasty, pytest.raises(httpx.ReadTimeout):
        hasty.post(slack.api_url + "auth.test", headers=bearer(slack))
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
    headers = bearer(slack)
    assert web("POST", slack.api_url + "auth.test", headers=headers).status_code == 503
    assert ask(slack, "auth.test")["retry"] == "7"
    slack.faults.always("auth.test", faults.page())
    got = web("POST", slack.api_url + "auth.test", headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (200, "text/html; charset=utf-8")
    slack.faults.always("auth.test", faults.malformed())
    with pytest.raises(json.JSONDecodeError):
        web("POST", slack.api_url + "auth.test", headers=headers).json()
    assert slack.calls[-1].done
    slack.faults.clear()
    assert ask(slack, "auth.test")["ok"]
    assert [call.fault for call in slack.calls_of("auth.test")][1:3] == ["refused", "failed_before"]


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


def test_a_stranger_in_a_shared_channel_carries_another_team(slack: StandIn) -> None:
    away = slack.world.add_workspace(Workspace("T0AWAY", "Elsewhere", "elsewhere"))
    slack.world.add_user("U0AWAY", "Stranger", team_id=away.id, is_stranger=True)
    slack.world.add_channel("C0SHARED", RUIZ, "U0AWAY", is_ext_shared=True)
    wrapper = slack.events.mention("U0AWAY", "is Ruiz good?", "C0SHARED").payload
    assert wrapper["is_ext_shared_channel"]
    assert (wrapper["team_id"], wrapper["event"]["user_team"]) == (slack.world.home_team, "T0AWAY")
    pressed = slack.acts.command("U0AWAY", "/rollcall", channel="C0SHARED").payload
    assert pressed["team_id"] == slack.world.home_team


def test_an_app_gets_only_what_its_manifest_asks_for(slack: StandIn) -> None:
    register(
        slack.world,
        {
            "features": {
                "app_home": {"home_tab_enabled": True, "messages_tab_enabled": False},
                "slash_commands": [{"command": "/rollcall"}],
                "shortcuts": [{"type": "message", "callback_id": "file_certificate"}],
            },
            "oauth_config": {"scopes": {"bot": ["chat:write"]}},
            "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
        },
    )
    said = slack.events.message(RUIZ, "hello").said
    assert said is not None
    assert slack.acts.message_action(RUIZ, "file_certificate", said).payload["message_ts"] == said.ts
    assert read(slack, "users.info", user=RUIZ)["error"] == "missing_scope"
    assert ask(slack, "chat.postMessage", channel=RUIZ, text="hi")["error"] == "messages_tab_disabled"
    with pytest.raises(AssertionError, match=r"did not subscribe to message\.channels"):
        slack.events.message(RUIZ, "hello", OPEN)
    with pytest.raises(AssertionError, match="no command /other"):
        slack.acts.command(RUIZ, "/other")
    with pytest.raises(AssertionError, match="no shortcut other"):
        slack.acts.shortcut(RUIZ, "other")
