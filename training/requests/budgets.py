"""What may each unit spend on training in a fiscal year, what of it is promised, what is spent, what is left?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from db.queries import agencies, budgets, reporting
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.requests import TrainingBudget
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.requests import costs
from training.requests.after import Does
from training.requests.following import Followed
from training.requests.rules import in_force

# Nobody gives a unit more than this for training, and one figure too many is a slip.
MOST = Decimal("10000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """One unit, or no unit where the name is empty; ``amount`` is None where nobody entered one."""

    unit_id: int | None
    unit: str
    amount: Decimal | None
    approved: Decimal = Decimal()
    spent: Decimal = Decimal()

    @property
    def left(self) -> Decimal:
        return (self.amount or Decimal()) - self.approved - self.spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """A fiscal year. ``unnamed`` requests have no cost that anybody named, ``undated`` no day and so no year, and of
    ``unshown`` the asker learns nothing: none of these is in a row."""

    year: int
    begins: date
    rows: tuple[BudgetRow, ...]
    unnamed: int
    undated: int
    unshown: int

    @property
    def total(self) -> BudgetRow:
        """The sums of the rows."""
        amounts = [each.amount for each in self.rows if each.amount is not None]
        return BudgetRow(
            unit_id=None,
            unit="",
            amount=sum(amounts, Decimal()) if amounts else None,
            approved=sum((each.approved for each in self.rows), Decimal()),
            spent=sum((each.spent for each in self.rows), Decimal()),
        )


def first_month(conn: Connection, agency_id: AgencyId) -> int:
    """In which month the agency's fiscal year begins."""
    return in_force(conn, agency_id).fiscal_year_month


def fiscal_year(day: date, month: int) -> int:
    """The fiscal year of a day, named after the calendar year in which it ends."""
    return day.year + 1 if month > 1 and day.month >= month else day.year


def begins(year: int, month: int) -> date:
    """The first day of a fiscal year."""
    return date(year if month == 1 else year - 1, month, 1)


def budgets_of(question: Question, year: int, month: int) -> Budgets:
    """Each unit that has a budget, a promise or an expense in the year; a request counts where its person is by now."""
    names = _units(question)
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    rows: dict[int | None, BudgetRow] = {}
    for kept in budgets.of_year(question.conn, question.agency_id, year):
        unit_id = kept.fact.unit_id
        rows[unit_id] = BudgetRow(unit_id=unit_id, unit=names.get(unit_id, ""), amount=kept.fact.amount)
    counted, unshown = costs.with_costs(question)
    unnamed = undated = 0
    approved: dict[int | None, Decimal] = defaultdict(Decimal)
    spent: dict[int | None, Decimal] = defaultdict(Decimal)
    for each in counted:
        day = costs.day_of(each)
        if day is None:
            undated += 1
            continue
        if fiscal_year(day, month) != year:
            continue
        line = lines.get(each.person_id)
        unit_id = None if line is None else line.fact.unit_id
        found = costs.costs_of(each)
        if found.actual is not None:
            spent[unit_id] += found.actual
        elif found.approved is not None:
            approved[unit_id] += found.approved
        else:
            unnamed += 1
    for unit_id in (*approved, *spent):
        row = rows.get(unit_id, BudgetRow(unit_id=unit_id, unit=names.get(unit_id, ""), amount=None))
        rows[unit_id] = replace(row, approved=approved[unit_id], spent=spent[unit_id])
    return Budgets(
        year=year,
        begins=begins(year, month),
        rows=tuple(sorted(rows.values(), key=lambda each: (each.unit == "", each.unit))),
        unnamed=unnamed,
        undated=undated,
        unshown=unshown,
    )


def unit_named(question: Question, name: str) -> tuple[tuple[int, str], ...]:
    """The units that are meant by a name: the one of this very name, or those whose name holds it."""
    wanted = " ".join(name.split()).casefold()
    known = [(unit_id, unit) for unit_id, unit in _units(question).items() if unit_id is not None]
    same = tuple(each for each in known if each[1].casefold() == wanted)
    return same or tuple(each for each in known if wanted and wanted in each[1].casefold())


def enters(unit_id: int | None, year: int, amount: Decimal) -> Does:
    """What may be spent from now on; an amount that was entered before is corrected by it."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        before = {
            each.fact.unit_id: each for each in budgets.of_year(writer.conn, writer.agency_id, year)
        }.get(unit_id)
        budget = TrainingBudget(unit_id=unit_id, fiscal_year=year, amount=amount)
        if before is None:
            writer.record(budget)
        elif before.fact.amount != amount:
            writer.correct(before.id, budget)
        else:
            raise OvertakenError
        yield AuditDraft(
            tag=AuditTag.BUDGET_ENTERED,
            data={
                "unit": unit_id,
                "year": year,
                "amount": f"{amount:f}",
                **({} if before is None else {"before": f"{before.fact.amount:f}"}),
            },
        )

    return does


def amount_of(question: Question, unit_id: int | None, year: int) -> Decimal | None:
    """What was entered for a unit and a year."""
    found = budgets.of_year(question.conn, question.agency_id, year)
    return next((each.fact.amount for each in found if each.fact.unit_id == unit_id), None)


def year_of(followed: Followed, month: int) -> int | None:
    """The fiscal year of a request; None where its class has no day."""
    day = costs.day_of(followed)
    return None if day is None else fiscal_year(day, month)


def _units(question: Question) -> dict[int | None, str]:
    return {each.fact.unit_id: each.fact.name for each in agencies.units(question.conn, question.agency_id)}
