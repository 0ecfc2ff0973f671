"""What did Teams hand over? Its own id, whose tenant, who, in which conversation, and what is meant to happen.

Whoever knocked was asked before (``knock.py``); what somebody wrote, pressed or is called is still believed by nobody.
Whatever is not as documented is of no kind, and is left alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.teams import dialogs, presses
from bot.teams.knock import tenants_in

FILE_INFO = "application/vnd.microsoft.teams.file.download.info"
PICTURES = "image/"
PERSONAL = "personal"
# An id is a few hundred characters at most; whatever is longer is none.
LONGEST_ID = 1_000


class TeamsKind(StrEnum):
    """What something asks for."""

    MESSAGE = "message"  # in the personal chat with Rollcall
    MENTION = "mention"  # where others read along
    PRESS = "press"
    OPEN = "open"  # a dialog is to be filled
    FORM = "form"  # a dialog was filled in
    STRAY = "stray"  # asked for by the client, and nothing that we offer
    INSTALLED = "installed"
    REMOVED = "removed"
    CHANGED = (
        "changed"  # a message was edited or deleted: what was said stays kept, and is not answered again
    )
    NOTHING = "nothing"


# What the client waits for an answer to.
INVOKES = frozenset({TeamsKind.PRESS, TeamsKind.OPEN, TeamsKind.FORM, TeamsKind.STRAY})


@dataclass(frozen=True, slots=True)
class SentAttachment:
    """A file that came along: where it lies, and whether it is asked for with our own token."""

    name: str
    address: str
    with_token: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsIncoming:
    """One thing that came in. ``account`` sent it: the directory's own id; ``user`` is what Teams calls the same one.

    ``tenant`` is the agency's, ``conversation`` where it was said and ``service`` where answers to it go. ``invoke``
    names what the client waits for; ``target`` is the message whose button was pressed. ``mentioned`` gives each
    mention of ``text`` in its order, as written, with what Teams calls whoever is meant: empty for Rollcall itself.
    """

    kind: TeamsKind
    event: str
    tenant: str
    account: str = ""
    user: str = ""
    bot: str = ""
    conversation: str = ""
    service: str = ""
    direct: bool = False
    text: str = ""
    mentioned: Sequence[tuple[str, str]] = ()
    files: tuple[SentAttachment, ...] = ()
    invoke: str = ""
    action: str = ""
    value: str = ""
    entered: Mapping[str, tuple[str, ...]] | None = None
    target: str = ""


def read(activity: Mapping[str, Any]) -> TeamsIncoming:
    """What came in, from the activity as it was sent."""
    base = _base(activity)
    match activity.get("type"):
        case "message":
            return _said(base, activity)
        case "invoke":
            return _invoked(base, activity)
        case "installationUpdate":
            gone = activity.get("action") in ("remove", "remove-upgrade")
            return replace(base, kind=TeamsKind.REMOVED if gone else TeamsKind.INSTALLED)
        case "messageUpdate" | "messageDelete":
            return replace(base, kind=TeamsKind.CHANGED)
        case _:
            return base


def _base(activity: Mapping[str, Any]) -> TeamsIncoming:
    sender, bot = _map(activity.get("from")), _map(activity.get("recipient"))
    conversation = _map(activity.get("conversation"))
    tenants = tenants_in(activity)
    place = _id(conversation.get("id"))
    return TeamsIncoming(
        kind=TeamsKind.NOTHING,
        event=_event(activity, place),
        tenant=tenants[0].casefold() if tenants else "",
        account=_id(sender.get("aadObjectId")).casefold(),
        user=_id(sender.get("id")),
        bot=_id(bot.get("id")),
        conversation=place,
        service=_text(activity.get("serviceUrl")).rstrip("/"),
        direct=conversation.get("conversationType") == PERSONAL,
    )


def _said(base: TeamsIncoming, activity: Mapping[str, Any]) -> TeamsIncoming:
    pressed = presses.press(activity.get("value"))
    if pressed is not None:
        # An old client's button: a message that says nothing.
        target = _id(activity.get("replyToId"))
        return replace(base, kind=TeamsKind.PRESS, action=pressed[0], value=pressed[1], target=target)
    mentioned = tuple(_mentions(base, activity.get("entities")))
    if not base.direct and not any(not who for _, who in mentioned):
        # Said among people, and not to Rollcall.
        return base
    return replace(
        base,
        kind=TeamsKind.MESSAGE if base.direct else TeamsKind.MENTION,
        text=_text(activity.get("text")),
        mentioned=mentioned,
        files=tuple(_files(activity.get("attachments"))),
    )


def _invoked(base: TeamsIncoming, activity: Mapping[str, Any]) -> TeamsIncoming:
    name, value = _text(activity.get("name")), _map(activity.get("value"))
    base = replace(base, kind=TeamsKind.STRAY, invoke=name, target=_id(activity.get("replyToId")))
    match name:
        case "adaptiveCard/action":
            pressed = presses.press(_map(value.get("action")).get("data"))
            kind = TeamsKind.PRESS
        case "task/fetch":
            pressed = presses.press(value.get("data"))
            kind = TeamsKind.OPEN
        case "task/submit":
            pressed = presses.press(value.get("data"))
            kind = TeamsKind.FORM
            base = replace(base, entered=dialogs.entered(value.get("data")))
        case _:
            return base
    if pressed is None:
        return replace(base, entered=None)
    return replace(base, kind=kind, action=pressed[0], value=pressed[1])


def _mentions(base: TeamsIncoming, entities: object) -> Iterator[tuple[str, str]]:
    for each in entities if isinstance(entities, Sequence) and not isinstance(entities, str) else ():
        entity = _map(each)
        if entity.get("type") == "mention" and (written := _text(entity.get("text"))):
            who = _id(_map(entity.get("mentioned")).get("id"))
            yield written, "" if who == base.bot else who


def _files(attachments: object) -> Iterator[SentAttachment]:
    for each in attachments if isinstance(attachments, list) else ():
        attached = _map(each)
        kind, name = _text(attached.get("contentType")), _text(attached.get("name"))
        if kind == FILE_INFO:
            yield SentAttachment(name, _text(_map(attached.get("content")).get("downloadUrl")))
        elif kind.startswith(PICTURES):
            yield SentAttachment(name, _text(attached.get("contentUrl")), with_token=True)


def _event(activity: Mapping[str, Any], conversation: str) -> str:
    """Teams' own id of it, which is its own only within a conversation; an edit has the id of what it edits."""
    own = _id(activity.get("id"))
    kind = activity.get("type")
    if not own or kind not in ("message", "invoke"):
        said = json.dumps(activity, sort_keys=True, default=str)
        return sha256(said.encode()).hexdigest()
    return sha256(f"{kind}\n{conversation}\n{own}".encode()).hexdigest()


def _id(value: object) -> str:
    said = _text(value)
    return said if len(said) <= LONGEST_ID and said.isprintable() else ""


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
