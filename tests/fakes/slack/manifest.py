"""What does an app's manifest ask of Slack? Nothing more is allowed to it, or sent to it, from then on."""

from typing import Any

from tests.fakes.slack.world import World

Json = dict[str, Any]


def register(world: World, manifest: Json) -> None:
    """The app is what its manifest says: scopes, events, tabs, commands and shortcuts."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    home = features.get("app_home", {})
    world.app.home_tab = bool(home.get("home_tab_enabled"))
    world.app.messages_tab = bool(home.get("messages_tab_enabled"))
    world.app.commands = frozenset(each["command"] for each in features.get("slash_commands", ()))
    world.app.shortcuts = frozenset(each["callback_id"] for each in features.get("shortcuts", ()))
    world.app.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
    scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
    for each in world.installs.values():
        each.scopes = scopes
