"""What may each unit, and the whole agency, spend on training in a fiscal year, what of it is promised, what is spent,
what is left?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
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
# How the agency as a whole is named where a unit could be.
THE_AGENCY = frozenset({"agency", "the agency", "whole agency", "the whole agency", "all", "everybody"})


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
    """A fiscal year. ``whole``: what was entered for the agency as a whole, None for nothing. ``unnamed`` requests have
    no cost that anybody named, ``undated`` no day and so no year, and of ``unshown`` the asker learns nothing: none of
    these is in a row."""

    year: int
    begins: date
    rows: tuple[BudgetRow, ...]
    whole: Decimal | None
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

    @property
    def of_agency(self) -> BudgetRow | None:
        """The agency as a whole, on which every row draws."""
        return None if self.whole is None else replace(self.total, amount=self.whole)


@dataclass(frozen=True, slots=True)
class Draw:
    """What one request takes of a budget: promised, or spent once what it cost is known; None where nobody named it."""

    followed: Followed
    unit_id: int | None  # whose budget it counts in
    promised: Decimal | None = None
    spent: Decimal | None = None

    @property
    def amount(self) -> Decimal | None:
        return self.promised if self.spent is None else self.spent


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
    book = book_of(question.conn, question.agency_id, year, question.asker.now)
    whole = book.entered.get(None)
    rows: dict[int | None, BudgetRow] = {
        unit_id: BudgetRow(unit_id=unit_id, unit=book.name_of(unit_id), amount=amount)
        for unit_id, amount in book.entered.items()
        if unit_id is not None
    }
    counted, unshown = costs.with_costs(question)
    approved: dict[int | None, Decimal] = defaultdict(Decimal)
    spent: dict[int | None, Decimal] = defaultdict(Decimal)
    unnamed = 0
    for each in book.drawn(counted, month):
        if each.spent is not None:
            spent[each.unit_id] += each.spent
        elif each.promised is not None:
            approved[each.unit_id] += each.promised
        else:
            unnamed += 1
    for unit_id in (*approved, *spent):
        row = rows.get(unit_id, BudgetRow(unit_id=unit_id, unit=book.name_of(unit_id), amount=None))
        rows[unit_id] = replace(row, approved=approved[unit_id], spent=spent[unit_id])
    return Budgets(
        year=year,
        begins=begins(year, month),
        rows=tuple(sorted(rows.values(), key=lambda each: (each.unit == "", each.unit))),
        whole=whole,
        unnamed=unnamed,
        undated=sum(costs.day_of(each) is None for each in counted),
        unshown=unshown,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetBook:
    """The budgets of a fiscal year as they were entered, by unit and by None for the agency as a whole; who is in which
    unit, and which unit is in which."""

    year: int
    entered: Mapping[int | None, Decimal]
    names: Mapping[int, str]
    above: Mapping[int, int | None]
    unit_of: Mapping[int, int | None]  # by person

    def name_of(self, unit_id: int | None) -> str:
        """How a unit is called; empty for no unit and for the agency as a whole."""
        return "" if unit_id is None else self.names.get(unit_id, "")

    def counts_in(self, person_id: int) -> int | None:
        """In which unit's budget a request of somebody counts: that of their own unit, or of the nearest around it that
        has one; their own where none has."""
        own = at = self.unit_of.get(person_id)
        seen: set[int] = set()
        while at is not None and at not in seen:
            if at in self.entered:
                return at
            seen.add(at)
            at = self.above.get(at)
        return own

    def drawn(self, counted: Iterable[Followed], month: int) -> Iterator[Draw]:
        """What each request of the year takes. One without a day is of no year."""
        for each in counted:
            day = costs.day_of(each)
            if day is None or fiscal_year(day, month) != self.year:
                continue
            found = costs.costs_of(each)
            yield Draw(each, self.counts_in(each.person_id), promised=found.approved, spent=found.actual)


def book_of(conn: Connection, agency_id: AgencyId, year: int, now: datetime) -> BudgetBook:
    """What is on file of a fiscal year."""
    units = {each.fact.unit_id or each.id: each.fact for each in agencies.units(conn, agency_id)}
    lines = reporting.lines_at(conn, agency_id, now)
    return BudgetBook(
        year=year,
        entered={each.fact.unit_id: each.fact.amount for each in budgets.of_year(conn, agency_id, year)},
        names={unit_id: unit.name for unit_id, unit in units.items()},
        above={unit_id: unit.parent_unit_id for unit_id, unit in units.items()},
        unit_of={person_id: line.fact.unit_id for person_id, line in lines.items()},
    )


def unit_named(question: Question, name: str) -> tuple[tuple[int | None, str], ...]:
    """The units that are meant by a name: the one of this very name, or those whose name holds it; None, without a
    name, is the agency as a whole, where no unit is called so."""
    wanted = " ".join(name.split()).casefold()
    known = [(unit_id, unit) for unit_id, unit in _units(question).items() if unit_id is not None]
    same = tuple(each for each in known if each[1].casefold() == wanted)
    if not same and wanted in THE_AGENCY:
        return ((None, ""),)
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
