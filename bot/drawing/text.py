"""What does a message say without anything drawn? Its lines, as many as have room, and the words to reply with."""

from collections.abc import Callable

from bot.drawing import seen
from bot.drawing.lines import Line, Lines, form_lines, lines_of
from messages import wording
from messages.model import Action, Button, Link, Message
from messages.replies import GOES_ON, Reply
from messages.words import Words


def actions_of(message: Message) -> tuple[Action, ...]:
    """What can be pressed under a message; a form opens in a window of its own, by the route it goes back to."""
    form = message.form
    opens = () if form is None else (Button(form.title, form.route, form.value),)
    return (*opens, *message.actions)


def offers_more(message: Message) -> bool:
    """Whether MORE would bring the rest of a message that does not offer it itself."""
    offered = any(isinstance(each, Button) and each.route == Reply.MORE for each in message.actions)
    return message.kind in GOES_ON and not offered


def unlinked(message: Message, can_be_pressed: Callable[[Action], bool]) -> Lines:
    """Links that may not be followed, shown as the text they are."""
    links = [each for each in message.actions if isinstance(each, Link) and not can_be_pressed(each)]
    return Lines("", tuple(Line(seen.line(each.label), seen.line(each.href)) for each in links))


def form_held(message: Message) -> Lines:
    """What a form already holds, and what is wrong with it; an empty one is seen when it opens."""
    if message.form is None:
        return Lines("", ())
    return form_lines(message.form_title, message.form)


def left_out(lines: int, message: Message, words: Words) -> str:
    """How many lines had no room, and the word that brings them where there is one."""
    left = words.say_many("more-left", lines)
    return f"{left} {words.say('more')}" if message.kind in GOES_ON else left


def to_reply(message: Message, words: Words) -> str:
    """``Reply WHY or MENU.``, or nothing."""
    typed = typed_words(message.actions)
    return words.say("reply-with", options=wording.joined_or(typed, words)) if typed else ""


def typed_words(actions: tuple[Action, ...]) -> list[str]:
    """What can be typed instead of pressing one of them."""
    return [word for each in actions if isinstance(each, Button) and (word := seen.line(each.typed))]


def text_lines(message: Message, words: Words, can_be_pressed: Callable[[Action], bool]) -> list[str]:
    """Every line of it, the deciding word first."""
    said = [seen.line(message.title)]
    drawn = (lines_of(part, words) for part in message.body)
    for lines in (*drawn, unlinked(message, can_be_pressed), form_held(message)):
        said += [lines.title, *(each.text for each in lines.lines if each.joined)]
    return [each for each in said if each]


def beginning(said: list[str], room: int, left: Callable[[int], str]) -> list[str]:
    """As many lines as fit, and how many do not (``left`` says it); the first one is cut rather than left out."""
    if joined_length(said) <= room:
        return said
    remaining = room - seen.length(left(len(said))) - 1
    kept = [seen.cut(said[0], remaining)] if seen.length(said[0]) > remaining else []
    while len(kept) < len(said) and joined_length([*kept, said[len(kept)]]) <= remaining:
        kept.append(said[len(kept)])
    return [*kept, *([left(len(said) - len(kept))] if len(kept) < len(said) else [])]


def joined_length(lines: list[str]) -> int:
    """The size of the lines, one below the other."""
    return sum(seen.length(each) + 1 for each in lines)
