"""On which budget does a request draw, and what would be left of it? A fact to check: nothing is refused by it, and it
is asked anew at every look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from db.records.facts import AgencyId
from training.requests import budgets, costs
from training.requests.values import RequestValues


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """The budget of a unit and a year, or of the whole agency where ``unit`` is empty, as it is without this request.

    ``amount`` is None where nobody entered one; ``year`` is None for a class without a day. ``cost`` is what the
    request would take, None where nobody named it. Of ``unnamed`` other requests nobody knows the cost, and
    ``unshown`` are of people of whom the reader learns nothing: neither is in ``taken``.
    """

    unit: str = ""
    year: int | None = None
    amount: Decimal | None = None
    taken: Decimal = Decimal()
    cost: Decimal | None = None
    unnamed: int = 0
    unshown: int = 0

    @property
    def left(self) -> Decimal | None:
        """What is left after it, or before it where its cost is not known; less than nothing where it is exceeded."""
        return None if self.amount is None else self.amount - self.taken - (self.cost or Decimal())

    @property
    def is_exceeded(self) -> bool:
        """Whether the request would take more than is left. What is not known exceeds nothing."""
        return bool(self.cost) and self.left is not None and self.left < 0


def line_of(
    conn: Connection,
    agency_id: AgencyId,
    now: datetime,
    *,
    person_id: int,
    request_id: int,
    values: RequestValues,
    unseen: Collection[int] = (),
) -> BudgetLine | None:
    """The budget that this request would draw on; None for what costs nothing. ``unseen`` are people of whom the reader
    learns nothing."""
    cost, day = values.cost, values.starts_on
    if cost is not None and not cost:
        return None
    if day is None:
        return BudgetLine(cost=cost)
    month = budgets.first_month(conn, agency_id)
    book = budgets.book_of(conn, agency_id, budgets.fiscal_year(day, month), now)
    unit_id = book.counts_in(person_id)
    if unit_id not in book.entered and None in book.entered:
        unit_id = None
    unit = book.name_of(unit_id)
    if unit_id not in book.entered:
        return BudgetLine(unit=unit, year=book.year, cost=cost)
    counted = (each for each in costs.everybodys(conn, agency_id) if each.request.kept.id != request_id)
    # On the budget of the whole agency everything draws.
    drawn = [each for each in book.drawn(counted, month) if unit_id in (None, each.unit_id)]
    shown = [each for each in drawn if each.followed.person_id not in unseen]
    return BudgetLine(
        unit=unit,
        year=book.year,
        amount=book.entered[unit_id],
        taken=sum((each.amount for each in shown if each.amount is not None), Decimal()),
        cost=cost,
        unnamed=sum(each.amount is None for each in shown),
        unshown=len(drawn) - len(shown),
    )


def is_over_budget(
    conn: Connection,
    agency_id: AgencyId,
    now: datetime,
    *,
    person_id: int,
    request_id: int,
    values: RequestValues,
) -> bool:
    """Whether the rules may ask for more because of it: of everybody's requests, whoever reads the figures."""
    found = line_of(conn, agency_id, now, person_id=person_id, request_id=request_id, values=values)
    return found is not None and found.is_exceeded
