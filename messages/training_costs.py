"""Training and money: one request with what was approved, what it cost and what is to be paid back; everybody's; and
the budget of each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from messages import wording
from messages.after_approval import RequestClassFacts, called, class_title, formed
from messages.clauses import Clause, shortened
from messages.forms import FieldError, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    Form,
    Message,
    Note,
    NumberField,
    Paragraph,
    Part,
    Table,
    TextField,
)
from messages.pages import Pages
from messages.replies import Reply, button_clause, buttons, onward, reply_clause
from messages.words import Words, named

CostCode = Literal["tuition", "travel", "lodging", "meals", "backfill", "overtime", "other"]
KINDS: Final[tuple[CostCode, ...]] = (
    "tuition",
    "travel",
    "lodging",
    "meals",
    "backfill",
    "overtime",
    "other",
)
ExcludedCode = Literal["undated", "unnamed", "unshown"]
BudgetCode = Literal["entered", "entered-before", "no-amount", "no-unit", "which-unit"]
UNIT_ROOM = 40
# In the form the agency as a whole; no name of a unit is so short.
WHOLE: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFacts:
    """The amounts of one request; None where nobody named any. ``lines`` are what it cost, by kind; ``alone``: whoever
    it is for entered them, because nobody else could."""

    of: RequestClassFacts
    approved: Decimal | None = None
    actual: Decimal | None = None
    reimbursable: Decimal = Decimal()
    above: Decimal = Decimal()
    lines: tuple[tuple[CostCode, Decimal], ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFormFacts:
    """What was entered so far, by kind and for what the person paid themselves."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfCosts:
    """Everything of a fiscal year, a page of it; what is in no row is counted by its reason."""

    year: int
    begins: date
    at: datetime
    rows: tuple[CostFacts, ...]
    excluded: Mapping[ExcludedCode, int] = field(default_factory=dict)
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRowFacts:
    """One unit; ``unit`` is empty for people of no unit and for the agency as a whole."""

    unit: str
    amount: Decimal | None
    approved: Decimal
    spent: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetsFacts:
    """A fiscal year by unit; ``total`` is the sum of the rows, ``whole`` the agency with a budget of its own."""

    year: int
    begins: date
    at: datetime
    rows: tuple[BudgetRowFacts, ...]
    total: BudgetRowFacts
    whole: BudgetRowFacts | None = None
    excluded: Mapping[ExcludedCode, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDoneFacts:
    """What became of an entered budget: ``budget-done-<code>``. ``units`` are those that could be meant."""

    code: BudgetCode
    unit: str = ""
    year: int = 0
    amount: Decimal = Decimal()
    units: tuple[str, ...] = ()


def cost(facts: CostFacts, words: Words) -> Message:
    """The three amounts, each by its name."""
    head = words.say("cost-head", **_amounts(facts, words))
    lines = [
        words.say("cost-line", kind=words.say(f"cost-kind-{kind}"), amount=wording.dollars(amount))
        for kind, amount in facts.lines
    ]
    above = words.say("cost-above", amount=wording.dollars(facts.above)) if facts.above else ""
    alone = words.say("after-alone") if facts.alone else ""
    more = tuple(each for each in (wording.listed(lines), above, alone) if each)
    request = called(facts.of.number)
    again = Button(
        words.say("cost-form-label"),
        "request-costs",
        str(facts.of.number),
        words.say("cost-form-typed", request=request),
    )
    return Message(
        kind=MessageKind.TRAINING_COSTS,
        title=words.say("after-title", request=request),
        body=(
            Paragraph(head),
            *(Paragraph(wording.sentence(each)) for each in more),
            Note(words.say("cost-rule")),
        ),
        sms=(
            Clause(head),
            *(Clause(each, 1) for each in (above, alone) if each),
            reply_clause((Reply.MENU,), words),
        ),
        actions=(again, *buttons((Reply.MENU,), words)),
    )


def asked_for(facts: CostFacts, estimate: tuple[tuple[CostCode, Decimal], ...], words: Words) -> Message:
    """What a request asks for, line by line with their sum, and what became of it; ``facts`` once it was approved."""
    request = called(facts.of.number)
    lines = [
        words.say("cost-line", kind=words.say(f"cost-kind-{kind}"), amount=wording.dollars(amount))
        for kind, amount in estimate
    ]
    total = wording.dollars(sum((amount for _, amount in estimate), Decimal()))
    text = words.say("cost-asked", request=request, total=total, lines=wording.listed(lines))
    if not estimate:
        text = words.say("cost-asked-nothing", request=request)
    is_known = facts.approved is not None or facts.actual is not None
    since = words.say("cost-head", **_amounts(facts, words)) if is_known else ""
    said = tuple(each for each in (text, since) if each)
    return Message(
        kind=MessageKind.TRAINING_COSTS,
        title=words.say("after-title", request=request),
        body=tuple(Paragraph(each) for each in said),
        sms=(*(Clause(each) for each in said), reply_clause((Reply.MENU,), words)),
        actions=buttons((Reply.MENU,), words),
    )


def _amounts(facts: CostFacts, words: Words) -> dict[str, str]:
    return {
        "request": called(facts.of.number),
        "approved": _said(facts.approved, words),
        "actual": _said(facts.actual, words),
        "reimbursable": wording.dollars(facts.reimbursable),
    }


def _said(amount: Decimal | None, words: Words) -> str:
    return words.say("cost-unnamed") if amount is None else wording.dollars(amount)


def cost_form(facts: CostFacts, entered: CostFormFacts, words: Words) -> Message:
    """Everything that the training cost, by kind, and what of it the person paid themselves."""
    request = called(facts.of.number)
    form = with_errors(
        Form(
            title=words.say("cost-form-label"),
            route="request-costs",
            value=str(facts.of.number),
            submit=words.say("cost-form-submit"),
            fields=(
                ChoiceField(
                    name="request",
                    label=words.say("column-request"),
                    choices=(Choice(str(facts.of.number), request),),
                    value=(str(facts.of.number),),
                ),
                *(_amount_field(kind, words.say(f"cost-kind-{kind}"), entered) for kind in KINDS),
                _amount_field("own", words.say("cost-own"), entered),
            ),
        ),
        entered.errors,
        words,
    )
    head = words.say("cost-head", **_amounts(facts, words))
    how = words.say("cost-form-how", request=request)
    return formed(MessageKind.TRAINING_COSTS, class_title(facts.of, words), head, how, form, words)


def _amount_field(name: str, label: str, entered: CostFormFacts) -> NumberField:
    return NumberField(
        name=name,
        label=label,
        value=entered.amounts.get(name),
        entered=entered.written.get(name, ""),
        required=False,
    )


def year_of_costs(facts: YearOfCosts, words: Words) -> Message:
    """Each request with its three amounts, and their sums."""
    pages = Pages(len(facts.rows), facts.lines, facts.page)
    shown = pages.of(facts.rows)
    sums = [
        wording.dollars(sum(amounts, Decimal()))
        for amounts in (
            [each.approved or Decimal() for each in facts.rows],
            [each.actual or Decimal() for each in facts.rows],
            [each.reimbursable for each in facts.rows],
        )
    ]
    head = words.say_many(
        "costs-head",
        len(facts.rows),
        year=str(facts.year),
        approved=sums[0],
        actual=sums[1],
        reimbursable=sums[2],
    )
    columns = tuple(
        words.say(f"column-{name}")
        for name in ("request", "who", "what", "approved", "spent", "reimbursable")
    )
    rows = tuple(
        (
            called(each.of.number),
            each.of.who,
            class_title(each.of, words),
            _said(each.approved, words),
            _said(each.actual, words),
            wording.dollars(each.reimbursable),
        )
        for each in shown
    )
    out = excluded(facts.excluded, words)
    as_of = _as_of(facts.year, facts.begins, facts.at, words)
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    body: tuple[Part, ...] = (Paragraph(head), *((Table("", columns, rows),) if rows else ()))
    return Message(
        kind=MessageKind.TRAINING_COSTS,
        title=words.say("costs-title"),
        body=(*body, *(Paragraph(each) for each in out), Note(words.say("cost-rule")), Note(as_of)),
        sms=(
            Clause(head),
            *(Clause(words.say("costs-line", request=row[0], actual=row[4]), 3) for row in rows),
            *(Clause(each, 1) for each in out),
            Clause(as_of, 2),
            way.clause,
        ),
        actions=way.actions,
    )


def excluded(reasons: Mapping[ExcludedCode, int], words: Words) -> tuple[str, ...]:
    """What is in no row, and why: nothing is left out in silence."""
    found = [words.say_many(f"costs-excluded-{code}", n) for code, n in reasons.items() if n]
    if not found:
        return ()
    return (words.say("costs-excluded", reasons=wording.listed(found)),)


def _as_of(year: int, begins: date, at: datetime, words: Words) -> str:
    return words.say(
        "costs-as-of",
        year=str(year),
        begins=wording.day_with_year(begins, words),
        when=wording.moment(at, words),
    )


def budgets(facts: BudgetsFacts, words: Words) -> Message:
    """Each unit: the budget, what of it is promised, what is spent, what is left; the sums below."""
    rows = tuple(_budget_row(each, _unit(each.unit, words), words) for each in facts.rows)
    total = _budget_row(facts.total, words.say("budgets-total"), words)
    head = (
        words.say(
            "budgets-head",
            year=str(facts.year),
            amount=total[1],
            approved=total[2],
            spent=total[3],
            left=total[4],
        )
        if rows
        else words.say("budgets-none", year=str(facts.year))
    )
    columns = tuple(words.say(f"column-{name}") for name in ("unit", "budget", "approved", "spent", "left"))
    whole = () if facts.whole is None else (_whole(facts.whole, words),)
    out = (*whole, *excluded(facts.excluded, words))
    as_of = _as_of(facts.year, facts.begins, facts.at, words)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.BUDGETS,
        title=words.say("budgets-title"),
        body=(
            Paragraph(head),
            *((Table("", columns, (*rows, total)),) if rows else ()),
            *(Paragraph(each) for each in out),
            Note(words.say("budgets-rule")),
            Note(as_of),
        ),
        sms=(
            Clause(head),
            *(Clause(words.say("budgets-line", unit=row[0], left=row[4]), 3) for row in rows),
            *(Clause(each, 1) for each in out),
            Clause(as_of, 2),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _whole(row: BudgetRowFacts, words: Words) -> str:
    """What is left for the agency as a whole, on which every row draws."""
    _, amount, _, _, left = _budget_row(row, "", words)
    return words.say("budgets-whole", amount=amount, left=left)


def _unit(name: str, words: Words) -> str:
    return shortened(name, UNIT_ROOM) if name else words.say("budgets-no-unit")


def _budget_row(row: BudgetRowFacts, name: str, words: Words) -> tuple[str, ...]:
    if row.amount is None:
        # Of a budget that nobody entered nothing is overdrawn.
        amount, left = words.say("budgets-unentered"), words.say("budgets-left-unknown")
    else:
        amount, left = wording.dollars(row.amount), wording.dollars(row.left)
    return (name, amount, wording.dollars(row.approved), wording.dollars(row.spent), left)


def budget_form(
    units: Sequence[str], entered: Mapping[str, str], errors: Mapping[str, FieldError], words: Words
) -> Message:
    """What a unit, or the whole agency, may spend in a fiscal year."""
    form = with_errors(
        Form(
            title=words.say("budget-form-title"),
            route="enter-budget",
            submit=words.say("budget-form-submit"),
            fields=(
                ChoiceField(
                    name="unit",
                    label=words.say("column-unit"),
                    choices=(
                        Choice(WHOLE, words.say("budget-of-agency")),
                        *(Choice(each, _unit(each, words)) for each in units),
                    ),
                    value=(entered["unit"],) if entered.get("unit") else (),
                ),
                TextField(name="year", label=words.say("budget-form-year"), value=entered.get("year", "")),
                NumberField(
                    name="amount", label=words.say("column-budget"), entered=entered.get("amount", "")
                ),
            ),
        ),
        errors,
        words,
    )
    how = words.say("budget-form-how")
    return formed(
        MessageKind.BUDGETS, words.say("budget-form-title"), words.say("budget-form-head"), how, form, words
    )


def budget_done(facts: BudgetDoneFacts, words: Words) -> Message:
    """What became of it, ``budget-done-<code>``."""
    known = {
        "unit": shortened(facts.unit, UNIT_ROOM) if facts.unit else words.say("budget-of-agency"),
        "year": str(facts.year),
        "amount": wording.dollars(facts.amount),
        "units": wording.listed([shortened(each, UNIT_ROOM) for each in facts.units]),
    }
    text = words.say(f"budget-done-{facts.code}", **named(words.sentence(f"budget-done-{facts.code}"), known))
    again = Button(words.say("budgets-title"), "budgets", "", words.say("budgets-typed"))
    return Message(
        kind=MessageKind.BUDGETS,
        title=words.say("budgets-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(again, words)),
        actions=(again, *buttons((Reply.MENU,), words)),
    )
