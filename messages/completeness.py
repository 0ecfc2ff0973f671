"""How whole do the histories look? Counts and years, in words; no score, and nobody is called short by it."""

from dataclasses import dataclass

from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

TEXT_YEARS = 3


@dataclass(frozen=True, slots=True)
class YearFacts:
    """One year of somebody; ``look`` is whole, thin, empty, part or unknown."""

    who: str
    year: int
    records: int
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyYearFacts:
    """One year of everybody: how many look how, and the people whose year is not whole."""

    agency: str
    year: int
    counts: tuple[tuple[str, int], ...]
    rows: tuple[YearFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHistoryFacts:
    """Every year of one person; ``complete_from`` is empty when nobody has said."""

    name: str
    complete_from: str
    whole: bool = False  # all of it, from the beginning
    rows: tuple[YearFacts, ...]


def agency_year(facts: AgencyYearFacts, words: Words) -> Message:
    """Counts first, then a row for each person whose year is not whole."""
    pages = Pages(len(facts.rows), facts.lines, facts.page)
    shown = pages.of(facts.rows)
    n = sum(count for _, count in facts.counts)
    head = (
        words.say_many("completeness-head", n, year=facts.year, agency=facts.agency)
        if n
        else words.say("completeness-nobody", year=facts.year)
    )
    counts = tuple(Fact(words.say(f"completeness-count-{look}"), str(count)) for look, count in facts.counts)
    columns = tuple(words.say(f"completeness-column-{name}") for name in ("person", "look", "records"))
    cells = tuple((row.who, words.say(f"completeness-{row.look}"), str(row.records)) for row in shown)
    parts: list[Part] = [Paragraph(head)]
    if counts:
        parts.append(Facts(counts))
    if cells:
        parts.append(Table(words.say("completeness-not-whole"), columns, cells))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    parts.append(Note(words.say("completeness-meaning")))
    said = [
        words.say("completeness-count", look=words.say(f"completeness-count-{look}"), n=count)
        for look, count in facts.counts
    ]
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.COMPLETENESS,
        title=words.say("completeness-title", year=facts.year),
        body=tuple(parts),
        sms=(
            Clause(head),
            *((Clause(words.say("completeness-counts", counts="; ".join(said)), 1),) if said else ()),
            *(Clause(_line(row, words), 2) for row in shown),
            way.clause,
        ),
        actions=way.actions,
    )


def person_history(facts: PersonHistoryFacts, words: Words) -> Message:
    """Since when it is said to be whole, then each year."""
    head = _since(facts, words)
    columns = tuple(words.say(f"completeness-column-{name}") for name in ("year", "look", "records"))
    cells = tuple(
        (str(row.year), words.say(f"completeness-{row.look}"), str(row.records)) for row in facts.rows
    )
    parts: list[Part] = [Paragraph(head)]
    if cells:
        parts.append(Table("", columns, cells))
    else:
        parts.append(Paragraph(words.say("completeness-no-years")))
    parts.append(Note(words.say("completeness-meaning")))
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.COMPLETENESS,
        title=words.say("completeness-title-person", name=facts.name),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(Clause(_line(row, words), 2) for row in facts.rows[-TEXT_YEARS:]),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _since(facts: PersonHistoryFacts, words: Words) -> str:
    if facts.whole:
        return words.say("completeness-from-always", name=facts.name)
    if facts.complete_from:
        return words.say("completeness-from", name=facts.name, day=facts.complete_from)
    return words.say("completeness-from-unknown", name=facts.name)


def _line(row: YearFacts, words: Words) -> str:
    look = words.say(f"completeness-{row.look}")
    return words.say_many("completeness-line", row.records, who=row.who or str(row.year), look=look)
