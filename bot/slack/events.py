"""What did Slack hand over? Its own id, whose workspace, who, where, and what is meant to happen; nothing is believed.

Slack's shapes are many and come from outside: whatever is not as documented is of no kind, and is left alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.slack import modal, presses

CHANNEL = "slack"
# The form of a callback that begins with the shortcut's own id in the manifest.
FILE_SHORTCUT = "file-certificate"


class SlackKind(StrEnum):
    """What something asks for."""

    MESSAGE = "message"  # in a direct message with Rollcall
    MENTION = "mention"  # where others read along
    COMMAND = "command"
    PRESS = "press"
    FORM = "form"
    SHORTCUT = "shortcut"
    HOME = "home"
    PROFILE = "profile"  # an account changed
    CLOSED = "closed"  # the app was taken out of the workspace
    CHANGED = (
        "changed"  # a message was edited or deleted: what was said stays kept, and is not answered again
    )
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackIncoming:
    """One thing that came in. ``account`` sent it, being of the workspace or organization ``team``.

    ``bot`` is Rollcall's own account. ``own_in_sight``: the files are the sender's own, and others see them where they
    are. ``addresses`` are the workspace and the organization it came through. ``channel``
    is where it was said, ``thread`` the thread there; ``target`` the message whose button was pressed, with its blocks.
    """

    kind: SlackKind
    event: str
    addresses: tuple[str, ...]
    account: str = ""
    team: str = ""
    bot: str = ""
    by_bot: bool = False
    text: str = ""
    files: tuple[str, ...] = ()
    own_in_sight: bool = False
    channel: str = ""
    direct: bool = False
    thread: str = ""
    trigger: str = ""
    action: str = ""
    value: str = ""
    entered: Mapping[str, tuple[str, ...]] | None = None
    target: str = ""
    blocks: Sequence[Mapping[str, Any]] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)

    @property
    def from_outside(self) -> bool:
        """Whether it comes from another workspace than ours. Inside an organization Slack's own word on it is asked."""
        return bool(self.team) and len(self.addresses) == 1 and self.team not in self.addresses

    @property
    def address(self) -> str:
        """Where the account's id is one person's: the organization where there is one, else the workspace."""
        return self.addresses[-1] if self.addresses else ""


def read(body: Mapping[str, Any]) -> SlackIncoming:
    """What came in, from the body as it was sent."""
    match body.get("type"):
        case "event_callback":
            return _event(body, _map(body.get("event")))
        case "block_actions":
            return _press(body)
        case "view_submission":
            return _form(body)
        case "message_action":
            return _shortcut(body)
        case _ if isinstance(body.get("command"), str):
            return _command(body)
        case _:
            return SlackIncoming(kind=SlackKind.NOTHING, event=_own_id(body), addresses=())


def _event(body: Mapping[str, Any], event: Mapping[str, Any]) -> SlackIncoming:
    addresses = _of_event(body)
    base = SlackIncoming(
        kind=SlackKind.NOTHING,
        event=_text(body.get("event_id")) or _own_id(body),
        addresses=addresses,
        account=_text(event.get("user")),
        team=_text(event.get("user_team")) or _text(event.get("team")) or _text(body.get("team_id")),
        bot=_bot(body),
        by_bot=bool(event.get("bot_id") or event.get("bot_profile")),
        text=_text(event.get("text")),
        files=_ids(event.get("files")),
        channel=_text(event.get("channel")),
        thread=_text(event.get("thread_ts")),
    )
    match event.get("type"):
        case "message" if event.get("channel_type") == "im":
            return _said(base, event)
        case "app_mention":
            return replace(base, kind=SlackKind.MENTION, own_in_sight=bool(base.files))
        case "app_home_opened" if event.get("tab") == "home":
            return replace(base, kind=SlackKind.HOME)
        case "user_change":
            return _changed_profile(base, _map(event.get("user")))
        case "app_uninstalled" | "tokens_revoked":
            return replace(base, kind=SlackKind.CLOSED)
        case _:
            return base


def _said(base: SlackIncoming, event: Mapping[str, Any]) -> SlackIncoming:
    match event.get("subtype"):
        case None | "file_share" | "thread_broadcast":
            return replace(base, kind=SlackKind.MESSAGE, direct=True)
        case "message_changed" | "message_deleted":
            return replace(base, kind=SlackKind.CHANGED, direct=True)
        case _:
            return base


def _changed_profile(base: SlackIncoming, user: Mapping[str, Any]) -> SlackIncoming:
    return replace(
        base,
        kind=SlackKind.PROFILE,
        account=_text(user.get("id")),
        team=_text(user.get("team_id")),
        profile=dict(user),
    )


def _press(body: Mapping[str, Any]) -> SlackIncoming:
    actions = body.get("actions")
    action = _map(actions[0]) if isinstance(actions, list) and actions else {}
    pressed = presses.press(action.get("action_id"), action.get("value"))
    message, container = _map(body.get("message")), _map(body.get("container"))
    channel = _text(_map(body.get("channel")).get("id")) or _text(container.get("channel_id"))
    blocks = message.get("blocks")
    return replace(
        _interaction(body, SlackKind.NOTHING if pressed is None else SlackKind.PRESS),
        channel=channel,
        direct=_map(body.get("channel")).get("name") == "directmessage",
        thread=_text(message.get("thread_ts")),
        action="" if pressed is None else pressed[0],
        value="" if pressed is None else pressed[1],
        target=_text(message.get("ts")) or _text(container.get("message_ts")),
        blocks=tuple(_map(each) for each in blocks) if isinstance(blocks, list) else (),
    )


def _form(body: Mapping[str, Any]) -> SlackIncoming:
    view = _map(body.get("view"))
    route = presses.press(f"{_text(view.get('callback_id'))}:0", None)
    # Only what stands in a thread of a direct message leaves a thread with its form.
    thread = _text(view.get("private_metadata"))
    return replace(
        _interaction(body, SlackKind.NOTHING if route is None else SlackKind.FORM),
        action="" if route is None else route[0],
        entered=modal.entered(_map(view.get("state")).get("values")),
        thread=thread,
        direct=bool(thread),
    )


def _shortcut(body: Mapping[str, Any]) -> SlackIncoming:
    message = _map(body.get("message"))
    known = body.get("callback_id") == FILE_SHORTCUT
    return replace(
        _interaction(body, SlackKind.SHORTCUT if known else SlackKind.NOTHING),
        channel=_text(_map(body.get("channel")).get("id")),
        text=_text(message.get("text")),
        files=_ids(message.get("files")),
        own_in_sight=bool(_ids(message.get("files")))
        and _text(message.get("user")) == _text(_map(body.get("user")).get("id"))
        and _map(body.get("channel")).get("name") != "directmessage",
    )


def _command(body: Mapping[str, Any]) -> SlackIncoming:
    return SlackIncoming(
        kind=SlackKind.COMMAND,
        event=_text(body.get("trigger_id")) or _own_id(body),
        addresses=_addresses(_text(body.get("team_id")), _text(body.get("enterprise_id"))),
        account=_text(body.get("user_id")),
        team=_text(body.get("team_id")),
        text=_text(body.get("text")),
        channel=_text(body.get("channel_id")),
        direct=body.get("channel_name") == "directmessage",
        trigger=_text(body.get("trigger_id")),
    )


def _interaction(body: Mapping[str, Any], kind: SlackKind) -> SlackIncoming:
    user, team, enterprise = (_map(body.get(name)) for name in ("user", "team", "enterprise"))
    return SlackIncoming(
        kind=kind,
        event=_text(body.get("trigger_id")) or _own_id(body),
        addresses=_addresses(_text(team.get("id")), _text(enterprise.get("id"))),
        account=_text(user.get("id")),
        team=_text(user.get("team_id")) or _text(team.get("id")),
        trigger=_text(body.get("trigger_id")),
    )


def _of_event(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the app is installed, not where a shared channel's sender comes from."""
    installed = body.get("authorizations")
    first = _map(installed[0]) if isinstance(installed, list) and installed else body
    return _addresses(
        _text(first.get("team_id")) or _text(body.get("team_id")),
        _text(first.get("enterprise_id")) or _text(body.get("enterprise_id")),
    )


def _bot(body: Mapping[str, Any]) -> str:
    installed = body.get("authorizations")
    first = _map(installed[0]) if isinstance(installed, list) and installed else {}
    return _text(first.get("user_id")) if first.get("is_bot") else ""


def _addresses(team: str, enterprise: str) -> tuple[str, ...]:
    return tuple(each for each in (team, enterprise) if each)


def _own_id(body: Mapping[str, Any]) -> str:
    """For whatever has no id: the same thing again has the same name."""
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _ids(files: object) -> tuple[str, ...]:
    if not isinstance(files, list):
        return ()
    return tuple(found for each in files if (found := _text(_map(each).get("id"))))


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
