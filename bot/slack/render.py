"""How does a message look in Slack? As blocks that say everything in words, with the same beside them as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack import escape, limits
from bot.slack.blocks import Block, BlockPiece, Drawing, Style, can_be_pressed, heading, note
from bot.slack.fitting import FittedBlocks, Room, fitted
from bot.slack.lines import Lines, SlackLine, form_lines, lines_of
from messages import wording
from messages.model import Action, Button, Link, Message
from messages.replies import GOES_ON, Reply, button
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
    return DrawnMessage(plain_text(message, words), best(message, words, styles, OF_A_MESSAGE, nonce).blocks)


def best(message: Message, words: Words, styles: Sequence[Style], room: Room, nonce: str) -> FittedBlocks:
    """The first style in which everything fits, or the one that leaves least."""
    drawn = []
    for style in styles:
        drawn.append(_fitted(message, words, style, room, nonce))
        if not drawn[-1].left:
            break
    return min(drawn, key=lambda each: each.left)


def plain_text(message: Message, words: Words) -> str:
    """The message without blocks: the deciding word first, then every line there is room for, then what to reply."""
    reply = _reply(message, words)
    said = [escape.markup(each) for each in _text_lines(message, words)]
    room = limits.MESSAGE_TEXT - 1 - limits.length(reply) - 1
    kept = said if _joined_length(said) <= room else _beginning(said, room, message, words)
    return "\n".join(filter(None, (*kept, reply))) or escape.NOTHING


def _beginning(said: list[str], room: int, message: Message, words: Words) -> list[str]:
    """As many lines as fit, and how many do not; the first one is cut rather than left out."""
    note = _left(len(said), message, words)
    left = room - limits.length(note) - 1
    kept = [escape.cut(said[0], left)] if limits.length(said[0]) > left else []
    while len(kept) < len(said) and _joined_length([*kept, said[len(kept)]]) <= left:
        kept.append(said[len(kept)])
    return [*kept, *([_left(len(said) - len(kept), message, words)] if len(kept) < len(said) else [])]


def _joined_length(lines: list[str]) -> int:
    return sum(limits.length(each) + 1 for each in lines)


def _fitted(message: Message, words: Words, style: Style, room: Room, nonce: str) -> FittedBlocks:
    drawing = Drawing(words, style)
    body = [
        *heading(escape.line(message.title)),
        *drawing.parts(message.body),
        *drawing.lines(_unlinked(message)),
        *drawing.lines(_form(message)),
    ]
    buttons = drawing.numbered.rows(actions_of(message))
    offered = any(isinstance(each, Button) and each.route == Reply.MORE for each in message.actions)
    goes_on = message.kind in GOES_ON and not offered
    rest = drawing.numbered.rows([button(Reply.MORE, words)]) if goes_on else []

    def more(left: int) -> list[BlockPiece]:
        return [BlockPiece(note(_left(left, message, words))), *rest]

    return fitted(body, buttons, more, room, nonce)


def actions_of(message: Message) -> tuple[Action, ...]:
    """What can be pressed under a message; a form opens in a window of its own, by the route it goes back to."""
    form = message.form
    opens = () if form is None else (Button(form.title, form.route, form.value),)
    return (*opens, *message.actions)


def _unlinked(message: Message) -> Lines:
    """Links that may not be followed, shown as the text they are."""
    links = [each for each in message.actions if isinstance(each, Link) and not can_be_pressed(each)]
    return Lines("", tuple(SlackLine(escape.line(each.label), escape.line(each.href)) for each in links))


def _form(message: Message) -> Lines:
    """What a form already holds, and what is wrong with it; an empty one is seen when it opens."""
    if message.form is None:
        return Lines("", ())
    lines = form_lines(message.form_title, message.form)
    return lines if any(each.rest for each in lines.lines) else Lines("", ())


def _left(lines: int, message: Message, words: Words) -> str:
    left = words.say_many("more-left", lines)
    return f"{left} {words.say('more')}" if message.kind in GOES_ON else left


def _reply(message: Message, words: Words) -> str:
    buttons = (each for each in message.actions if isinstance(each, Button))
    typed = [word for each in buttons if (word := escape.line(each.typed))]
    if not typed:
        return ""
    said = words.say("reply-with", options=wording.joined_or(typed, words))
    return escape.markup(escape.cut(said, REPLY_ROOM))


def _text_lines(message: Message, words: Words) -> list[str]:
    said = [escape.line(message.title)]
    for lines in (*(lines_of(part, words) for part in message.body), _unlinked(message), _form(message)):
        said += [lines.title, *(each.text for each in lines.lines if each.joined)]
    return [each for each in said if each]
