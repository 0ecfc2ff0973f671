"""What may be twice or wrong in the record? One line each with its reason and two choices; people decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part
from messages.pages import SCREEN_CHOICES, TEXT_CHOICES, Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

TEXT_ROOM = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateProposalFacts:
    """One proposal. ``what`` and ``other`` are ready to read; ``stays`` and ``goes`` are record numbers.

    ``subject`` is people, completions, date or early; ``reasons`` are codes of ``likeness-<code>``.
    """

    key: str
    subject: str
    what: str
    other: str = ""
    reasons: tuple[str, ...]
    stays: str = ""
    goes: str = ""
    records: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesFacts:
    """All that waits, and the page that is shown. ``settled``: what was just answered is not open any more.

    ``is_past``: it is what waited at another moment, and nothing of it is decided from there.
    """

    proposals: tuple[DuplicateProposalFacts, ...]
    page: int = 1
    lines: int = SCREEN_CHOICES
    settled: bool = False
    is_past: bool = False


def duplicates(facts: DuplicatesFacts, words: Words) -> Message:
    """The number that wait, then a page of them, each with two buttons."""
    pages = Pages(len(facts.proposals), facts.lines, facts.page)
    shown = pages.of(facts.proposals)
    n = len(facts.proposals)
    head = words.say_many("duplicates-found", n) if n else words.say("duplicates-none")
    parts: list[Part] = [Paragraph(words.say("duplicates-settled"))] if facts.settled else []
    parts.append(Paragraph(head))
    parts += [Paragraph(line(number, each, words)) for number, each in numbered(pages, shown)]
    note = words.say("duplicates-waited" if facts.is_past else "duplicates-nothing-changed")
    if n:
        parts.append(Note(note))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    to_decide = [] if facts.is_past else numbered(pages, shown)
    pressed = [each for number, one in to_decide for each in _choices(number, one, words)]
    clauses = [Clause(head)]
    # A choice without the line it is about would be a trap: a text has both, of one proposal.
    for number, each in numbered(pages, shown)[:TEXT_CHOICES]:
        clauses.append(Clause(shortened(line(number, each, words), TEXT_ROOM)))
        clauses.append(Clause(note, 1) if facts.is_past else Clause(_typed(number, each, words)))
    return Message(
        kind=MessageKind.DUPLICATES,
        title=words.say("duplicates-title"),
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=(*pressed, *way.actions),
    )


def numbered(
    pages: Pages, shown: Sequence[DuplicateProposalFacts]
) -> list[tuple[int, DuplicateProposalFacts]]:
    """Proposals with the number under which they are answered, the same on every page."""
    return list(enumerate(shown, (pages.page - 1) * pages.lines + 1))


def line(number: int, facts: DuplicateProposalFacts, words: Words) -> str:
    """One proposal in words: what, why, and what follows."""
    if facts.subject == "early":
        return words.say_many("duplicates-early", facts.records, number=number, who=facts.what)
    why = wording.joined_and([words.say(f"likeness-{each}") for each in facts.reasons], words)
    if facts.subject == "people":
        return words.say("duplicates-people", number=number, one=facts.what, other=facts.other, why=why)
    if facts.subject == "date":
        return words.say("duplicates-date", number=number, record=facts.what, why=why)
    return words.say(
        "duplicates-completions",
        number=number,
        one=facts.what,
        other=facts.other,
        why=why,
        goes=facts.goes,
        stays=facts.stays,
    )


def _is_a_pair(facts: DuplicateProposalFacts) -> bool:
    return facts.subject in ("people", "completions")


def _choices(number: int, facts: DuplicateProposalFacts, words: Words) -> tuple[Button, ...]:
    if not _is_a_pair(facts):
        right = words.say("duplicates-right-label", number=number)
        return (Button(right, "not-same", facts.key, words.say("duplicates-right-typed", number=number)),)
    return (
        Button(
            words.say("duplicates-same-label", number=number),
            "same",
            facts.key,
            words.say("duplicates-same-typed", number=number),
        ),
        Button(
            words.say("duplicates-not-same-label", number=number),
            "not-same",
            facts.key,
            words.say("duplicates-not-same-typed", number=number),
        ),
    )


def _typed(number: int, facts: DuplicateProposalFacts, words: Words) -> str:
    if _is_a_pair(facts):
        return words.say("duplicates-type-pair", number=number)
    return words.say("duplicates-type-date", number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecidedFacts:
    """What was decided and how many proposals are left."""

    subject: str
    same: bool
    goes: str = ""
    stays: str = ""
    left: int = 0


def not_ones_own(words: Words) -> Message:
    """Nobody decides about what is their own."""
    return _said(words.say("duplicates-not-ones-own"), (), words)


def decided(facts: DuplicateDecidedFacts, words: Words) -> Message:
    """What is on file now, and what a person has to do."""
    if facts.same and facts.subject == "completions":
        text = words.say("duplicates-withdrawn", goes=facts.goes, stays=facts.stays)
    elif facts.same:
        text = words.say("duplicates-same-person")
    elif facts.subject in ("date", "early"):
        text = words.say("duplicates-date-right")
    else:
        text = words.say("duplicates-kept-apart")
    left = words.say_many("duplicates-left", facts.left) if facts.left else words.say("duplicates-none-left")
    return _said(text, (left,), words)


def _said(text: str, more: tuple[str, ...], words: Words) -> Message:
    replies = (Reply.DUPLICATES, Reply.MENU)
    return Message(
        kind=MessageKind.DUPLICATE_DECIDED,
        title=words.say("duplicates-decided-title"),
        body=(Paragraph(text), *(Paragraph(each) for each in more)),
        sms=(Clause(text), *(Clause(each, 1) for each in more), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )
