"""What has been done? Completions by year, by page, with whichever of hours, score and result exist."""

from dataclasses import dataclass
from decimal import Decimal

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Table
from messages.pages import SCREEN_LINES, Pages
from messages.records import RecordFacts, how_to_open, record_buttons, record_clause, record_rows
from messages.replies import onward
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFacts:
    """Records newest first; ``asked`` is the year or range in words, empty for everything; pages begin at 1.

    ``undated`` counts records that cannot be put in any year.
    """

    name: str
    records: tuple[RecordFacts, ...]
    asked: str = ""
    page: int = 1
    lines: int = SCREEN_LINES
    undated: int = 0
    complete_from: str = ""


def history(facts: HistoryFacts, words: Words) -> Message:
    """One page of completions; hours are added up only from records that have them."""
    asked = facts.asked or words.say("history-all")
    pages = Pages(len(facts.records), facts.lines, facts.page)
    shown = pages.of(facts.records)
    head = _head(facts, asked, words)
    if pages.count > 1:
        head = words.say("history-page", head=head, page=pages.page, pages=pages.count)
    columns = tuple(words.say(f"column-{name}") for name in ("date", "title", "measures", "record"))
    table = (Table("", columns, record_rows(shown, words), record_buttons(shown, words)),) if shown else ()
    notes = _notes(facts, words)
    opening = (Note(how_to_open(shown, words)),) if shown else ()
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.HISTORY,
        title=words.say("history-title", name=facts.name, asked=asked),
        body=(Paragraph(head), *table, *(Note(text) for text in notes), *opening),
        sms=(
            Clause(head),
            *(record_clause(record, 2, words) for record in shown),
            *(Clause(text, 3) for text in notes),
            way.clause,
        ),
        actions=way.actions,
    )


def _head(facts: HistoryFacts, asked: str, words: Words) -> str:
    if not facts.records:
        return words.say("history-none", asked=asked)
    known = [record.hours for record in facts.records if record.hours is not None]
    if not known:
        return words.say_many("history-found", len(facts.records), asked=asked)
    total = wording.hours(sum(known, Decimal(0)), words)
    return words.say_many("history-found-hours", len(facts.records), asked=asked, total=total)


def _notes(facts: HistoryFacts, words: Words) -> tuple[str, ...]:
    without = sum(record.hours is None for record in facts.records)
    notes = []
    if without and without < len(facts.records):
        notes.append(words.say_many("history-without-hours", without))
    if facts.undated:
        notes.append(words.say_many("history-undated", facts.undated))
    if facts.complete_from:
        notes.append(words.say("history-complete-from", day=facts.complete_from))
    return tuple(notes)
