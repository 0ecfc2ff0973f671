"""How does a message look in Teams? As a card that says everything in words, or as words alone when those are all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.drawing import seen, text
from bot.drawing.lines import Lines
from bot.teams import limits
from bot.teams.cards import HEADING, REMARK, TITLE, CardDrawing, CardPiece, CardStyle, heading, pressed_line
from bot.teams.cards import text as text_block
from bot.teams.fitting import FittedCard, fitted_card
from bot.teams.presses import can_be_pressed, pressing
from bot.teams.unmarked import unmarked
from handlers.table import WITH_FORM
from messages import wording
from messages.model import Action, Facts, Message, Paragraph
from messages.replies import Reply, button
from messages.words import Words

# Buttons that have no room in the bar are lines of their own while they are few; many are said as words to type.
MOST_LINES_OF_BUTTONS = 12
ROOM_OF_TYPED = 1_500


@dataclass(frozen=True, slots=True)
class DrawnActivity:
    """A message ready to send. ``text`` goes alone, when there is no card; no client finds Markdown in it."""

    text: str
    summary: str
    card: Mapping[str, Any] | None


def render_message(message: Message, words: Words) -> DrawnActivity:
    """The message as one of Teams'. What has no room is counted, and MORE is offered."""
    said = text.text_lines(message, words, can_be_pressed)
    whole = _plain(said, limits.MESSAGE_TEXT, message, words)
    is_words = not message.actions and message.form is None
    is_words = is_words and all(isinstance(each, Paragraph) for each in message.body)
    summary = seen.cut(" ".join(" ".join(said[:2]).split()), limits.SUMMARY)
    if is_words and text.joined_length(said) <= limits.MESSAGE_TEXT:
        return DrawnActivity(whole, summary or seen.NOTHING, None)
    fallback = _plain(said, limits.FALLBACK, message, words)
    return DrawnActivity(whole, summary or seen.NOTHING, _card(message, words, fallback))


def _plain(said: list[str], most: int, message: Message, words: Words) -> str:
    """The deciding word first, then every line there is room for, then what to reply."""
    reply = seen.cut(text.to_reply(message, words), most // 2)
    lines = [each for line in (*said, reply) for each in line.split("\n") if each]
    kept = text.beginning(
        lines[: len(lines) - bool(reply)],
        most - seen.length(reply) - 2,
        lambda left: text.left_out(left, message, words),
    )
    return "\n".join(unmarked(each) for each in (*kept, reply) if each) or unmarked(seen.NOTHING)


def _card(message: Message, words: Words, fallback: str) -> Mapping[str, Any]:
    """The roomy card where everything has room in it, or the one that leaves least."""
    forms = WITH_FORM if message.form is None else WITH_FORM | {message.form.route}
    drawn = []
    for is_dense in (False, True):
        drawn.append(_fitted(message, words, CardStyle(forms, is_dense), fallback))
        if not drawn[-1].left:
            break
    return min(drawn, key=lambda each: each.left).card


def _fitted(message: Message, words: Words, style: CardStyle, fallback: str) -> FittedCard:
    drawing = CardDrawing(words, style)
    body = [
        *heading(seen.line(message.title), TITLE),
        *drawing.parts(message.body),
        *_lines(drawing, text.unlinked(message, can_be_pressed)),
        *_lines(drawing, text.form_held(message)),
    ]
    actions = [each for each in text.actions_of(message) if can_be_pressed(each)]
    in_bar, others = actions[: limits.ACTIONS_OF_A_CARD], actions[limits.ACTIONS_OF_A_CARD :]
    bar = [CardPiece(pressing(each, style.forms), 1) for each in in_bar]

    def more(left: int) -> list[CardPiece]:
        said = text.left_out(left, message, words)
        note = text_block(said, **REMARK)
        if not text.offers_more(message):
            return [CardPiece(note)]
        return [CardPiece(pressed_line([note], button(Reply.MORE, words), style, said))]

    # A card has to have a body.
    return fitted_card(
        body or [CardPiece(text_block(""))], _others(others, message, drawing, words), bar, more, fallback
    )


def _lines(drawing: CardDrawing, lines: Lines) -> list[CardPiece]:
    drawn = (piece for line in lines.lines for piece in drawing.line(line))
    return [*heading(lines.title, HEADING), *drawn]


def _others(actions: list[Action], message: Message, drawing: CardDrawing, words: Words) -> list[CardPiece]:
    """Buttons that have no room in the bar."""
    typed = text.typed_words(tuple(actions))
    if len(actions) > MOST_LINES_OF_BUTTONS and len(typed) == len(actions):
        facts = (part.rows for part in message.body if isinstance(part, Facts))
        above = {seen.line(row.label) for rows in facts for row in rows}
        options = wording.joined_or(typed, words)
        said = (
            words.say_many("more-to-type-above", len(typed))
            if above.issuperset(typed)
            else words.say_many("more-to-type", len(typed), options=options)
        )
        if seen.length(said) <= ROOM_OF_TYPED:
            return [CardPiece(text_block(said), len(typed))]
    return [drawing.action(each) for each in actions]
