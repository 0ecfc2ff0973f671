"""What a budget has left after a request, in a sentence: a fact to check for whoever decides, and no advice."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from messages import wording
from messages.clauses import shortened
from messages.training_costs import UNIT_ROOM, excluded
from messages.words import Words, named

BudgetLineCode = Literal["exceeded", "left", "no-cost", "no-year", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLineFacts:
    """The budget of a unit and a year; ``unit`` is empty for the whole agency. ``left`` is what is left after the
    request, less than nothing where it is exceeded; ``cost`` is None where nobody named it, and then ``left`` is
    without it. ``unnamed`` and ``unshown`` requests are not in it."""

    unit: str = ""
    year: int | None = None
    amount: Decimal | None = None
    left: Decimal | None = None
    cost: Decimal | None = None
    unnamed: int = 0
    unshown: int = 0


def is_exceeded(facts: BudgetLineFacts | None) -> bool:
    """Whether it is what matters most of a request."""
    return facts is not None and _code(facts) == "exceeded"


def budget_text(facts: BudgetLineFacts, words: Words) -> str:
    """``Budget of B shift, 2027: $10,410 of $12,000 left after this.``"""
    code, left = _code(facts), facts.left or Decimal()
    known: dict[str, object] = {
        "unit": shortened(facts.unit, UNIT_ROOM) if facts.unit else words.say("budget-of-agency"),
        "year": facts.year,
        "amount": wording.dollars(facts.amount or Decimal()),
        "left": wording.dollars(max(left, Decimal())),
        "over": wording.dollars(max(-left, Decimal())),
    }
    said = words.say(f"budget-line-{code}", **named(words.sentence(f"budget-line-{code}"), known))
    return " ".join((said, *excluded({"unnamed": facts.unnamed, "unshown": facts.unshown}, words)))


def _code(facts: BudgetLineFacts) -> BudgetLineCode:
    if facts.year is None:
        return "no-year"
    if facts.amount is None or facts.left is None:
        return "unknown"
    if facts.left < 0:
        return "exceeded"
    return "no-cost" if facts.cost is None else "left"
