"""What a person can answer next: the same short list as buttons in a chat and as words to type in a text."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Button
from messages.words import Words


class Reply(StrEnum):
    """Routes that a message may offer; the catalogue holds the button and the word to type for each."""

    STATUS = "status"
    NEXT = "next"
    WHY = "why"
    LIST = "list"
    MORE = "more"
    DEADLINES = "deadlines"
    HISTORY = "history"
    MISSING = "missing"
    WHAT_IF = "what-if"
    PICTURE = "picture"
    TEAM = "team"
    WHO_SAW = "who-saw"
    DUPLICATES = "duplicates"
    HELP = "help"
    MENU = "menu"
    HUMAN = "human"
    SNOOZE = "snooze"
    DONE = "done"


def typed(reply: Reply, words: Words) -> str:
    """The word to type, in capitals as it stands in a text."""
    return words.say(f"reply-{reply.value}-typed")


def button(reply: Reply, words: Words, value: str = "") -> Button:
    """The same reply as a button; ``value`` names the requirement, page or person it is about."""
    return Button(words.say(f"reply-{reply.value}-label"), reply.value, value, typed(reply, words))


def buttons(replies: Sequence[Reply], words: Words, value: str = "") -> tuple[Button, ...]:
    """Buttons in the order offered; the first one is the next step."""
    return tuple(button(reply, words, value) for reply in replies)


def button_clause(offered: Button, words: Words) -> Clause:
    """``Reply REVIEWS.``: the same for a button of its own, as it is typed."""
    return Clause(words.say("reply-with", options=offered.typed.upper()))


# A status, its WHY (the records behind it), and what is shown page by page: what had no room comes with MORE. After
# anything else MORE would bring a list that nobody was reading.
GOES_ON = frozenset(
    {
        MessageKind.ACCOUNTS,
        MessageKind.APPROVALS,
        MessageKind.COMPLETENESS,
        MessageKind.CONTENT_LIST,
        MessageKind.DRY_RUN,
        MessageKind.DUPLICATES,
        MessageKind.HELP,
        MessageKind.HISTORY,
        MessageKind.INTAKES,
        MessageKind.JOBS,
        MessageKind.LIST,
        MessageKind.LOG,
        MessageKind.MENU,
        MessageKind.MISSING,
        MessageKind.MY_TICKETS,
        MessageKind.OPEN_TEMPLATES,
        MessageKind.PERSON,
        MessageKind.PRESENCE,
        MessageKind.REGISTRATIONS,
        MessageKind.RELEASES,
        MessageKind.REQUESTS,
        MessageKind.REVIEWS,
        MessageKind.SECOND_LOOKS,
        MessageKind.SHARED_PHONES,
        MessageKind.STATUS,
        MessageKind.TEAM,
        MessageKind.TEXTS,
        MessageKind.TICKETS,
        MessageKind.TRAINING_COSTS,
        MessageKind.UNDELIVERED,
        MessageKind.UPLOADS,
        MessageKind.WHO_SAW,
        MessageKind.WHY,
    }
)


def the_rest(kind: MessageKind, words: Words) -> str:
    """Said where something had no room: the word that brings it, or only that something is left out."""
    return words.say("more" if kind in GOES_ON else "more-nowhere")


def reply_clause(replies: Sequence[Reply], words: Words) -> Clause:
    """``Reply NEXT, WHY or MENU.``: always kept, because every answer ends with a next step."""
    options = wording.joined_or([typed(reply, words) for reply in replies], words)
    return Clause(words.say("reply-with", options=options))


class Onward(NamedTuple):
    """What leads on from one page of a list."""

    clause: Clause
    actions: tuple[Button, ...]


def onward(
    page: int, words: Words, *, is_last: bool, then: Sequence[Reply] = (Reply.STATUS, Reply.MENU)
) -> Onward:
    """MORE of the next page while there is one, and the first of ``then``; all of ``then`` on the last page."""
    replies = tuple(then) if is_last else (Reply.MORE, then[0])
    pressed = (button(each, words, str(page + 1) if each is Reply.MORE else "") for each in replies)
    return Onward(reply_clause(replies, words), tuple(pressed))
