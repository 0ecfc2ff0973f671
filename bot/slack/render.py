"""How does a message look in Slack? As blocks that say everything in words, with the same beside them as plain text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing import seen, text
from bot.drawing.fitting import Fitted, Room, fitted
from bot.slack import escape, limits
from bot.slack.blocks import Block, BlockPiece, Drawing, Style, can_be_pressed, heading, note
from messages.model import Message
from messages.replies import Reply, button
from messages.words import Words

OF_A_MESSAGE = Room(limits.BLOCKS_OF_A_MESSAGE, limits.BLOCKS_CHARACTERS)
RICH = Style(lists=True, tables=limits.TABLES_OF_A_MESSAGE)
# The same with plain lines, which say more in the same room.
DENSE = Style(lists=False, tables=limits.TABLES_OF_A_MESSAGE)
# What every workspace takes.
PLAIN = Style(lists=False, tables=0)

# What the words to reply with may take of the text beside the blocks; escaped, they take five times as much at most.
REPLY_ROOM = 400


@dataclass(frozen=True, slots=True)
class DrawnMessage:
    """A message ready to send. ``text`` is markup, escaped: for notifications, screen readers, and without blocks."""

    text: str
    blocks: tuple[Block, ...]


def render_message(message: Message, words: Words, *, rich: bool, nonce: str) -> DrawnMessage:
    """The message as one of Slack's. ``nonce`` makes the ids of its blocks new; another one for each drawing.

    ``rich`` is False for a workspace that refuses the newer blocks. What has no room is counted, and MORE is offered.
    """
    styles = (RICH, DENSE, PLAIN) if rich else (PLAIN,)
    return DrawnMessage(plain_text(message, words), best(message, words, styles, OF_A_MESSAGE, nonce))


def best(
    message: Message, words: Words, styles: Sequence[Style], room: Room, nonce: str
) -> tuple[Block, ...]:
    """The blocks of the first style in which everything fits, or of the one that leaves least."""
    drawn = []
    for style in styles:
        drawn.append(_fitted(message, words, style, room, nonce))
        if not drawn[-1].left:
            break
    found = min(drawn, key=lambda each: each.left)
    return tuple(
        {"type": piece.block["type"], "block_id": f"{nonce}.{number}"} | piece.block
        for number, piece in enumerate((*found.body, *found.buttons))
    )


def plain_text(message: Message, words: Words) -> str:
    """The message without blocks: the deciding word first, then every line there is room for, then what to reply."""
    reply = escape.markup(seen.cut(text.to_reply(message, words), REPLY_ROOM))
    said = [escape.markup(each) for each in text.text_lines(message, words, can_be_pressed)]
    room = limits.MESSAGE_TEXT - 1 - seen.length(reply) - 1
    kept = text.beginning(said, room, lambda lines: text.left_out(lines, message, words))
    return "\n".join(filter(None, (*kept, reply))) or seen.NOTHING


def _fitted(message: Message, words: Words, style: Style, room: Room, nonce: str) -> Fitted[BlockPiece]:
    drawing = Drawing(words, style)
    body = [
        *heading(seen.line(message.title)),
        *drawing.parts(message.body),
        *drawing.lines(text.unlinked(message, can_be_pressed)),
        *drawing.lines(text.form_held(message)),
    ]
    buttons = drawing.numbered.rows(text.actions_of(message))
    rest = drawing.numbered.rows([button(Reply.MORE, words)]) if text.offers_more(message) else []

    def more(left: int) -> list[BlockPiece]:
        return [BlockPiece(note(text.left_out(left, message, words))), *rest]

    def size(piece: BlockPiece) -> int:
        sent = json.dumps(piece.block, ensure_ascii=False, separators=(",", ":"))
        return len(sent.encode()) + len(nonce.encode()) + limits.COST_OF_A_BLOCK

    return fitted(body, buttons, more, room, size)
