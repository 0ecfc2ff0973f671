"""What does a person see on Rollcall's Home tab? Where they stand, in the order of the status, and as of when."""

from dataclasses import replace

from bot.drawing.fitting import Room
from bot.slack import limits
from bot.slack.blocks import Block, Style
from bot.slack.render import best
from messages.model import Message, Note
from messages.trouble import UnknownSenderFacts, unknown_sender
from messages.words import Words

# Its own fields besides the blocks take some of a view's size as well.
OF_A_VIEW = Room(limits.BLOCKS_OF_A_VIEW, limits.VIEW_BYTES - 1_000)
# Slack's own tables are for messages only.
RICH = Style(lists=True, tables=0)
PLAIN = Style(lists=False, tables=0)


def render_home(
    message: Message | None, words: Words, *, as_of: str, agency: str, nonce: str, rich: bool = True
) -> Block:
    """The view to publish. Without a message it is for somebody who is nobody here: nothing about anybody.

    ``as_of`` is the moment as it reads; a Home tab stays as it is until the next time it is published.
    """
    shown = (
        unknown_sender(UnknownSenderFacts(agency), words)
        if message is None
        else _dated(message, as_of, words)
    )
    styles = (RICH, PLAIN) if rich else (PLAIN,)
    return {"type": "home", "blocks": list(best(shown, words, styles, OF_A_VIEW, nonce))}


def _dated(message: Message, as_of: str, words: Words) -> Message:
    """The moment stands first, so that it is there however long the rest is."""
    note = Note(words.say("home-as-of", moment=as_of))
    return replace(message, body=(note, *message.body))
