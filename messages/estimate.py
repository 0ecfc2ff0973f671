"""How many text segments will the reminders of a year take? Month by month, factor by factor, with what it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Message, Note, Paragraph, Part, Table
from messages.replies import Reply, buttons, reply_clause
from messages.wording import month
from messages.words import Words

COLUMNS = ("month", "people", "steps", "texts", "segments", "overdue-segments")
Whom = Literal["everybody", "linked"]
ASSUMPTIONS = ("nothing-done", "windows", "merged", "first-day", "unlinked", "answers")


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One month: who is reminded, of how many steps, in how many texts of how many segments. ``late``: of these, the
    segments of texts about overdue duties alone."""

    begins: date
    people: int
    steps: int
    texts: int
    segments: int
    late: int


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """The months for some people, with how many people they are and how many duties they have a date for."""

    people: int
    duties: int
    months: tuple[MonthFacts, ...]

    @property
    def segments(self) -> int:
        """Of all months."""
        return sum(each.segments for each in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateFacts:
    """The estimate for the phones that are linked, and for every mobile on the roster. ``source`` is of the price."""

    agency: str
    serving: int
    linked: ForecastFacts
    everybody: ForecastFacts
    steps: tuple[str, ...]
    every: int
    price: Decimal | None = None
    source: str = ""


def estimate(facts: EstimateFacts, words: Words) -> Message:
    """What it comes to, then the months, then what it rests on."""
    replies = (Reply.STATUS, Reply.MENU)
    head = _head(facts, words)
    parts: list[Part] = [Paragraph(head)]
    parts += [_table(name, each, words) for name, each in _named(facts) if each.segments]
    parts.append(_factors(facts, words))
    price = _price(facts, words)
    parts += [Paragraph(text) for text in price]
    parts += [Note(words.say(f"estimate-assumes-{name}")) for name in ASSUMPTIONS]
    return Message(
        kind=MessageKind.ESTIMATE,
        title=words.say("estimate-title"),
        body=tuple(parts),
        sms=(Clause(head), *(Clause(text, 1) for text in price), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _head(facts: EstimateFacts, words: Words) -> str:
    agency, mobiles, most = facts.agency, str(facts.everybody.people), str(facts.everybody.segments)
    if not facts.linked.people:
        return words.say("estimate-none-linked", agency=agency, mobiles=mobiles, all=most)
    return words.say(
        "estimate",
        agency=agency,
        segments=str(facts.linked.segments),
        people=str(facts.linked.people),
        all=most,
        mobiles=mobiles,
    )


def not_counted(words: Words) -> Message:
    """Where no door knows how a text is cut into segments."""
    text = words.say("estimate-not-counted")
    return Message(
        kind=MessageKind.ESTIMATE,
        title=words.say("estimate-title"),
        body=(Paragraph(text),),
        sms=(Clause(text),),
    )


def _named(facts: EstimateFacts) -> tuple[tuple[Whom, ForecastFacts], ...]:
    return (("linked", facts.linked), ("everybody", facts.everybody))


def _table(name: Whom, forecast: ForecastFacts, words: Words) -> Table:
    rows = tuple(
        (
            month(each.begins, words),
            *(str(n) for n in (each.people, each.steps, each.texts, each.segments, each.late)),
        )
        for each in forecast.months
    )
    columns = tuple(words.say(f"column-{column}") for column in COLUMNS)
    return Table(words.say(f"estimate-of-{name}"), columns, rows)


def _factors(facts: EstimateFacts, words: Words) -> Facts:
    rows = [Fact(words.say("estimate-serving"), str(facts.serving))]
    for name, each in _named(facts):
        text = words.say("estimate-people-duties", people=str(each.people), duties=str(each.duties))
        rows.append(Fact(words.say(f"estimate-of-{name}"), text))
    ladder = words.say("estimate-ladder", steps=", ".join(facts.steps), every=str(facts.every))
    return Facts((*rows, Fact(words.say("estimate-ladder-label"), ladder)), words.say("estimate-factors"))


def _price(facts: EstimateFacts, words: Words) -> list[str]:
    if facts.price is None:
        return []
    return [
        words.say(
            "estimate-price",
            price=f"{facts.price:f}",
            source=facts.source,
            linked=f"{facts.price * facts.linked.segments:f}",
            all=f"{facts.price * facts.everybody.segments:f}",
        )
    ]
