"""How does a form open over the conversation, and how does a settled card lose its buttons? Slack's own windows."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.drawing import seen
from bot.slack import limits
from bot.slack.api import SlackApi
from bot.slack.blocks import plain, section
from bot.slack.events import SlackIncoming
from bot.slack.modal import render_modal
from messages.model import Message
from messages.plain import plain_text
from messages.words import Words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """One that is open: its id, and the state that an update of it replaces."""

    view_id: str
    hash: str


def open_waiting(api: SlackApi, trigger: str, words: Words) -> OpenWindow | None:
    """A window that says that the form is coming; None when Slack does not open one any more."""
    view = _saying(words.say("opening-form-title"), words.say("opening-form"))
    answer = api.write("views.open", trigger_id=trigger, view=view)
    made = answer.data.get("view")
    if not answer.ok or not isinstance(made, Mapping):
        return None
    return OpenWindow(str(made.get("id") or ""), str(made.get("hash") or ""))


def fill(api: SlackApi, window: OpenWindow, message: Message, thread: str, words: Words) -> None:
    """What was being waited for: the form, or the words when there is none."""
    if message.form is None:
        said = plain_text(message, "slack").splitlines()
        view = _saying(message.title or said[0], "\n".join(said))
    else:
        view = render_modal(message.form, words, callback=message.form.route, private_metadata=thread)
    answer = api.write("views.update", view_id=window.view_id, hash=window.hash, view=view)
    if not answer.ok:
        # The person closed it, or it is slow: the button is still there to be pressed again.
        log.warning("window-not-filled", extra={"error": answer.error})


def waiting_still(words: Words) -> dict[str, Any]:
    """What a form turns into when its answer takes longer than Slack waits."""
    return _saying(words.say("opening-form-title"), words.say("answer-comes-in-chat"))


def take_buttons_away(api: SlackApi, incoming: SlackIncoming) -> None:
    """The card on which something was decided, with nothing left to press for that; a list keeps its other buttons."""
    left = [kept for each in incoming.blocks if (kept := _without_decided(each, incoming.value)) is not None]
    answer = api.write(
        "chat.update", channel=incoming.channel, ts=incoming.target, blocks=left, text=_text_of(left)
    )
    if not answer.ok:
        log.warning("buttons-left", extra={"error": answer.error})


def _without_decided(block: Mapping[str, Any], value: str) -> dict[str, Any] | None:
    """The block without the buttons that carry this id; without any button where the decision had none."""
    if _is_decided(block.get("accessory"), value):
        return {name: each for name, each in block.items() if name != "accessory"}
    if block.get("type") != "actions":
        return dict(block)
    left = [each for each in block.get("elements") or () if not _is_decided(each, value)]
    return {**block, "elements": left} if left else None


def _is_decided(element: object, value: str) -> bool:
    if not isinstance(element, Mapping) or element.get("type") != "button":
        return False
    return not value or element.get("value") == value


def _text_of(blocks: list[dict[str, Any]]) -> str:
    texts = [each["text"]["text"] for each in blocks if isinstance(each.get("text"), Mapping)]
    return seen.cut("\n".join(texts), limits.MESSAGE_TEXT) or seen.NOTHING


def _saying(title: str, text: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain(seen.line(title), limits.VIEW_TITLE),
        "blocks": [section(seen.line(text))],
    }
