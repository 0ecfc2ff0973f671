"""One recorded completion as a reader sees it, with the reason when it does not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.model import Button
from messages.remarks import remark_sentence
from messages.words import Words
from rules.standing import Remark

TITLE_ROOM = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """A completion with whichever of hours, score and result exist; ``counted`` is what a rule took of it.

    ``number`` is the agency's own number of it, short enough to say; without one it is known by ``ref``.
    """

    ref: str
    on: date | None
    title: str
    hours: Decimal | None = None
    counted: Decimal | None = None
    score: Decimal | None = None
    passed: bool | None = None
    evidence: str = ""
    reasons: tuple[Remark, ...] = ()
    number: str = ""

    @property
    def said(self) -> str:
        """What to call it by."""
        return self.number or self.ref


def measures(record: RecordFacts, words: Words) -> tuple[str, ...]:
    """Hours, score, result and evidence, only those on file."""
    found = []
    if record.hours is not None:
        found.append(wording.hours(record.hours, words))
    if record.score is not None:
        found.append(words.say("record-score", score=wording.number(record.score)))
    if record.passed is not None:
        found.append(words.say("record-passed") if record.passed else words.say("record-not-passed"))
    if record.evidence:
        found.append(record.evidence)
    return tuple(found)


def record_date(record: RecordFacts, words: Words) -> str:
    """``Feb 9 2026``; a record without a date says so."""
    return words.say("record-no-date") if record.on is None else wording.day_with_year(record.on, words)


def reasons(record: RecordFacts, today: date, words: Words) -> str:
    """Every reason why a record does not count."""
    return " ".join(remark_sentence(remark, today, words) for remark in record.reasons)


def record_clause(record: RecordFacts, priority: int, words: Words) -> Clause:
    """``Feb 9 2026 Autism Response 4 h;``: one line of a text."""
    title = shortened(record.title, TITLE_ROOM)
    found = measures(record, words)
    if not found:
        return Clause(words.say("record-line-plain", day=record_date(record, words), title=title), priority)
    text = words.say(
        # Every line of a page must fit, so a text has the first measure only; a screen has them all.
        "record-line",
        day=record_date(record, words),
        title=title,
        measures=found[0],
    )
    return Clause(text, priority)


def record_rows(records: Sequence[RecordFacts], words: Words) -> tuple[tuple[str, ...], ...]:
    """Date, title, what exists of it, number."""
    return tuple(
        (record_date(record, words), record.title, wording.listed(measures(record, words)), record.said)
        for record in records
    )


def record_button(record: RecordFacts, label: str, words: Words) -> Button:
    """Opens one record; ``record 1202`` is what to type instead."""
    return Button(label, "record", record.ref, words.say("record-typed", number=record.said))


def record_buttons(records: Sequence[RecordFacts], words: Words) -> tuple[Button, ...]:
    """One for each row of a table whose last cell is the record's number."""
    return tuple(record_button(record, record.said, words) for record in records)


def how_to_open(records: Sequence[RecordFacts], words: Words) -> str:
    """What to type to see one of these records whole."""
    return words.say("record-how-to-open", typed=words.say("record-typed", number=records[0].said))
