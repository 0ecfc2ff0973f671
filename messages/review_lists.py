"""What waits for a reviewer, and what officers left lying: lists with count and age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.clauses import Clause
from messages.entry_values import values_text
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Table
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.review import CardFacts
from messages.uploads import called
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFacts:
    """What waits for a reviewer, a page of it; ``oldest`` is how long the first has waited, in days."""

    waiting: tuple[CardFacts, ...]
    unmatched: int = 0
    unmatched_oldest: int = 0
    forgotten: int = 0
    oldest: int = 0
    only_unmatched: bool = False
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenFacts:
    """A draft whose sender was reminded and has not answered."""

    number: int
    who: str
    at: datetime


def queue(facts: QueueFacts, words: Words) -> Message:
    """What waits, oldest first; each row opens its card. Then what matches nobody, and what its sender forgot."""
    pages = Pages(len(facts.waiting), facts.lines, facts.page)
    listed = pages.of(facts.waiting)
    kind = "unmatched" if facts.only_unmatched else "reviews"
    head = (
        words.say_many(f"{kind}-waiting", len(facts.waiting), days=_age(facts.oldest, words))
        if facts.waiting
        else words.say(f"{kind}-none")
    )
    notes = []
    if facts.unmatched and not facts.only_unmatched:
        oldest = _age(facts.unmatched_oldest, words)
        notes.append(words.say_many("reviews-unmatched", facts.unmatched, days=oldest))
    if facts.forgotten:
        notes.append(words.say_many("reviews-forgotten", facts.forgotten))
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "what", "certificate"))
    rows = tuple(
        (
            wording.moment(each.at, words),
            each.who,
            "; ".join(values_text(entry, words) for entry in each.entries[:1]),
            called(each.number),
        )
        for each in listed
    )
    opening = tuple(
        Button(
            called(each.number),
            "review-certificate",
            str(each.number),
            words.say("review-review-typed", upload=called(each.number)),
        )
        for each in listed
    )
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    return Message(
        kind=MessageKind.REVIEWS,
        title=words.say("reviews-title"),
        body=(
            Paragraph(head),
            *((Table("", columns, rows, opening),) if rows else ()),
            *(Note(each) for each in notes),
        ),
        sms=(
            Clause(head),
            *(Clause(words.say("reviews-line", upload=row[3], name=row[1]), 2) for row in rows),
            *(Clause(each, 1) for each in notes),
            *((Clause(words.say("reviews-how"), 1),) if rows else ()),
            way.clause,
        ),
        actions=way.actions,
    )


def _age(days: int, words: Words) -> str:
    """How long something has waited."""
    return wording.days(days, words) if days else words.say("age-today")


def forgotten(found: Sequence[ForgottenFacts], words: Words) -> Message:
    """Drafts that their senders left lying: who, and since when. Nothing of what is in them."""
    head = words.say_many("drafts-forgotten", len(found)) if found else words.say("drafts-none")
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "certificate"))
    rows = tuple((wording.moment(each.at, words), each.who, called(each.number)) for each in found)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REVIEWS,
        title=words.say("drafts-title"),
        body=(Paragraph(head), *((Table("", columns, rows),) if rows else ())),
        sms=(
            Clause(head),
            *(
                Clause(words.say("reviews-line", upload=called(each.number), name=each.who), 2)
                for each in found
            ),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )
