"""Does the app's manifest ask for exactly what the code uses: no scope, event, command or shortcut more or less?"""

import re
from typing import Any

import yaml

from bot.slack import scopes
from bot.slack.events import FILE_SHORTCUT, SlackKind, read
from tests.fakes.slack import access
from tests.fakes.slack.manifest import register
from tests.fakes.slack.server import StandIn
from tests.structure.checkout import ROOT

MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "slack-manifest.yaml").read_text("utf-8"))
# A method of the Web API as it stands in the code; what is called by a name put together is named in ``scopes``.
METHOD = re.compile(r'"((?:auth|chat|conversations|files|reactions|users|views)\.[a-zA-Z]+)"')


# Called or handled with any token.
WITHOUT_A_SCOPE = {
    "app_home_opened",
    "app_uninstalled",
    "auth.test",
    "tokens_revoked",
    "views.open",
    "views.publish",
    "views.update",
}


def called() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "bot" / "slack").glob("*.py"):
        if path.name not in {"scopes.py", "api.py"}:
            found |= set(METHOD.findall(path.read_text("utf-8")))
    return found


def named() -> set[str]:
    return {use for uses in scopes.SCOPES.values() for use in uses} | WITHOUT_A_SCOPE


def test_the_manifest_asks_for_the_scopes_that_are_needed_and_for_none_more() -> None:
    asked = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert asked == sorted(scopes.SCOPES)


def test_every_method_that_is_called_has_its_scope_and_every_scope_its_use() -> None:
    assert called() <= named(), called() - named()
    unused = {use for use in named() if "." in use and use != "message.im"} - called()
    assert unused == set()


def test_the_scopes_are_those_that_slack_wants_for_the_methods() -> None:
    for scope, uses in scopes.SCOPES.items():
        for use in uses:
            assert access.NEEDED.get(use, scope) == scope


def test_the_events_are_those_that_are_handled() -> None:
    asked = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert asked == sorted(scopes.EVENTS)
    assert named() >= scopes.EVENTS
    for name in asked:
        kind, _, place = name.partition(".")
        event = {
            "type": kind,
            "channel_type": place,
            "tab": "home",
            "user": {} if kind == "user_change" else "U1",
        }
        assert read({"type": "event_callback", "event": event}).kind is not SlackKind.NOTHING, name


def test_command_shortcut_and_tabs_are_there() -> None:
    features = MANIFEST["features"]
    assert [each["command"] for each in features["slash_commands"]] == [scopes.COMMAND]
    assert [each["callback_id"] for each in features["shortcuts"]] == [FILE_SHORTCUT]
    home = features["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_the_page_gives_a_reason_for_each_scope() -> None:
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z_.:]+)` \|", page, re.MULTILINE)) == set(scopes.SCOPES)


def test_the_stand_in_takes_it() -> None:
    with StandIn() as slack:
        register(slack.world, MANIFEST)
        assert slack.world.bot.scopes == frozenset(scopes.SCOPES)
