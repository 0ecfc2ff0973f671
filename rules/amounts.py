"""How a pack writes how much is owed: dated lines, or a table of calendar years."""

from datetime import date
from decimal import Decimal

from rules.document import Value
from rules.pack import CalendarYear, Clock, DatedAmount, Reckoned, UnsaidNumber

LONG_STANDING = "long-standing"


def read_amounts(value: Value, clock: Clock) -> tuple[DatedAmount, ...]:
    """The amounts in rising order of the days they begin."""
    return _by_year(value, clock) if value.is_mapping() else _dated(value)


def _dated(value: Value) -> tuple[DatedAmount, ...]:
    amounts: list[DatedAmount] = []
    for each in value.some():
        fields = each.mapping(required=("since", "reckoned"), optional=("hours", "owed", "settled", "ask"))
        if ("hours" in fields) == ("owed" in fields):
            each.refuse("either hours or owed")
        amount: Decimal | UnsaidNumber
        if "hours" in fields:
            amount = fields["hours"].number()
        else:
            word = fields["owed"].text()
            if word != "record":
                fields["owed"].one_of(UnsaidNumber)
            amount = Decimal(0) if word == "record" else UnsaidNumber(word)
        dated = DatedAmount(
            _since(fields["since"]),
            fields["reckoned"].one_of(Reckoned),
            amount,
            fields.read("settled", Value.flag, default=True),
            fields.read("ask", Value.text, ""),
        )
        if amounts and dated.since < amounts[-1].since:
            fields["since"].refuse("dates in rising order")
        amounts.append(dated)
    return tuple(amounts)


def _by_year(value: Value, clock: Clock) -> tuple[DatedAmount, ...]:
    """A year that is not in the table never takes the figure of another one: ``otherwise`` says what holds for it."""
    fields = value.mapping(required=("by_year", "otherwise"), optional=("ask",))
    if not isinstance(clock, CalendarYear):
        value.refuse("a table of years only where the window is a calendar year")
    other = fields["otherwise"].one_of(UnsaidNumber)
    ask = fields.read("ask", Value.text, "")
    amounts = [DatedAmount(date.min, Reckoned.WINDOW_END, other, ask=ask)]
    last: int | None = None
    for name, entry in fields["by_year"].mapping(optional=None).items():
        if not (name.isascii() and name.isdecimal() and len(name) == len("2026")):
            entry.refuse("a year like 2026", repr(name))
        year = int(name)
        if last is not None and year <= last:
            entry.refuse("years in rising order", repr(name))
        if last is not None and year > last + 1:
            amounts.append(_from(last + 1, other, ask))
        last = year
        if entry.text() == "record":
            amounts.append(_from(year, Decimal(0), ""))
        else:
            amounts.append(_from(year, entry.number(), ""))
    if last is not None:
        amounts.append(_from(last + 1, other, ask))
    return tuple(amounts)


def _from(year: int, amount: Decimal | UnsaidNumber, ask: str) -> DatedAmount:
    return DatedAmount(date(year, 1, 1), Reckoned.WINDOW_START, amount, ask=ask)


def _since(value: Value) -> date:
    """When a value took effect; ``long-standing`` where the source says no more than that."""
    return date.min if value.text() == LONG_STANDING else value.day()
