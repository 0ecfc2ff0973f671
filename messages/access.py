"""What is said of who saw a record, and to whoever may not see one? Who may is decided elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Paragraph, Table
from messages.pages import SCREEN_LINES, Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

TEXT_ROOM = 40


@dataclass(frozen=True, slots=True)
class RefusedPersonFacts:
    """Nothing about the person asked for: the refusal must read the same whether or not they exist.

    ``matter``: the asker's role may see a record once it is said what for.
    """

    coordinator: str
    matter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFacts:
    """One view or export of the asker's record, in the asker's local time."""

    at: datetime
    who: str
    what: str
    door: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSawFacts:
    """Looks, newest first, on the ``days`` from one to another, None for any; pages begin at 1."""

    name: str
    looks: tuple[LookFacts, ...]
    page: int = 1
    lines: int = SCREEN_LINES
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class NotAllowedFacts:
    """Something that belongs to another role; ``who`` may do it."""

    who: str


def refused_person(facts: RefusedPersonFacts, words: Words) -> Message:
    """Neither yes nor no about anybody."""
    text = words.say("refused-person")
    who = words.say("refused-person-next", name=facts.coordinator)
    more = (words.say("refused-person-matter"),) if facts.matter else ()
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.REFUSED_PERSON,
        title=words.say("refused-person-title"),
        body=(Paragraph(text), Paragraph(who), *(Paragraph(each) for each in more)),
        sms=(Clause(text), Clause(who, 1), *(Clause(each, 2) for each in more), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def not_allowed(facts: NotAllowedFacts, words: Words) -> Message:
    """Nothing was done, and who can do it."""
    text = words.say("not-allowed", who=shortened(facts.who, TEXT_ROOM))
    replies = (Reply.MENU, Reply.HUMAN)
    return Message(
        kind=MessageKind.NOT_ALLOWED,
        title=words.say("not-allowed-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def who_saw(facts: WhoSawFacts, words: Words) -> Message:
    """Every look at one's own record, with its purpose when one was given."""
    pages = Pages(len(facts.looks), facts.lines, facts.page)
    shown = pages.of(facts.looks)
    head = _head(facts, words)
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "what", "door", "purpose"))
    rows = tuple(
        (wording.moment(look.at, words), _who(look, words), look.what, look.door, look.purpose)
        for look in shown
    )
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.WHO_SAW,
        title=words.say("who-saw-title", name=facts.name),
        body=(Paragraph(head), *((Table("", columns, rows),) if rows else ())),
        sms=(
            Clause(head),
            *(Clause(_look(look, words), 2) for look in shown),
            way.clause,
        ),
        actions=way.actions,
    )


def _head(facts: WhoSawFacts, words: Words) -> str:
    n = len(facts.looks)
    if facts.days is None:
        return words.say_many("who-saw-found", n) if n else words.say("who-saw-none")
    days = wording.span(*facts.days, words)
    return (
        words.say_many("who-saw-found-days", n, days=days) if n else words.say("who-saw-none-days", days=days)
    )


def _who(look: LookFacts, words: Words) -> str:
    return look.who or words.say("who-saw-unnamed")


def _look(look: LookFacts, words: Words) -> str:
    who, what = shortened(_who(look, words), TEXT_ROOM), shortened(look.what, TEXT_ROOM)
    return words.say("who-saw-line", day=wording.day_with_year(look.at.date(), words), who=who, what=what)
