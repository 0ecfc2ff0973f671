"""What training costs: approved, spent and to be paid back kept apart; budgets whose sums are those of their rows."""

from datetime import date
from decimal import Decimal

import pytest

from db.records.requests import RequestAct
from messages.model import Table
from tests.scenario.after_cast import LEE, NAIR, OKAFOR, RUIZ, a_class, approved, does, life, sent, values_for
from tests.scenario.cast import Agency
from tests.scenario.walls_cast import is_protected
from training.requests.budgets import begins, fiscal_year
from training.requests.values import CostKind, CostLine

A = RequestAct


def rows(agency: Agency, text: str) -> list[tuple[str, ...]]:
    """The rows of the table that answers."""
    table = next(each for each in agency.ask(NAIR, text).body if isinstance(each, Table))
    return list(table.rows)


def amounts(cells: tuple[str, ...]) -> list[Decimal]:
    return [Decimal(each.replace("$", "").replace(",", "")) for each in cells if "$" in each]


def test_approved_spent_and_paid_back_are_three_amounts(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded)
    assert embedded.text(NAIR, "R-1001 cost 540, 120 own").startswith(
        "R-1001: approved $525, spent $540, to pay back $120."
    )
    assert life(embedded).costs == (CostLine(CostKind.TUITION, Decimal(540)),)
    # Above what was approved nobody is promised anything.
    assert "$35 that they paid is above what was approved" in embedded.text(NAIR, "R-1001 cost 560, 560 own")
    assert rows(embedded, "training costs 2027") == [
        (
            "R-1001",
            "D. Ruiz",
            "Basic Crisis Negotiation, Jun 7 2027 to Jun 11 2027",
            "$525",
            "$560",
            "$525",
        )
    ]
    assert [each.actor_id for each in embedded.entries("request:costs-entered")] == [embedded.id_of(NAIR)] * 2


def test_costs_are_entered_by_kind_in_a_form(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded)
    wrong = sent(embedded, NAIR, "request-costs", request="1001", tuition="525", own="600")
    assert wrong.form is not None
    assert [name for name, _ in wrong.form.errors] == ["own"]
    sent(embedded, NAIR, "request-costs", request="1001", tuition="525", meals="80.50", own="80.50")
    assert life(embedded).costs == (
        CostLine(CostKind.TUITION, Decimal(525)),
        CostLine(CostKind.MEALS, Decimal("80.50")),
    )


@pytest.mark.parametrize("badge", [RUIZ, OKAFOR, LEE])
def test_nobody_else_enters_costs_and_nobody_for_themselves(embedded: Agency, badge: str) -> None:
    a_class(embedded)
    approved(embedded)
    embedded.text(badge, "R-1001 cost 540")
    assert life(embedded).costs is None
    approved(embedded, NAIR)
    embedded.text(NAIR, "R-1002 cost 540")
    assert life(embedded, 1002).costs is None


def test_a_budget_is_promised_then_spent_and_the_sums_are_those_of_the_rows(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, RUIZ)
    approved(embedded, LEE)
    approved(embedded, "240", values_for(None, costs=()))
    approved(embedded, "611", values_for(None, starts_on=None, ends_on=None))
    assert embedded.text(NAIR, "budget b shift 2027 12000").startswith("Kept: B shift may spend $12,000")
    embedded.text(NAIR, "R-1001 cost 540")
    *units, total = rows(embedded, "budgets 2027")
    assert ("B shift", "$12,000", "$525", "$540", "$10,935") in units
    sums = [sum(column) for column in zip(*(amounts(each)[-3:] for each in units), strict=True)]
    assert sums == amounts(total)[-3:]
    said = embedded.screen(NAIR, "budgets 2027")
    assert "Not counted: 1 without a cost that anybody named, 1 whose class has no day." in said
    # What is taken back promises nothing any more.
    does(embedded, LEE, 1002, A.WITHDRAWN)
    *units, _ = rows(embedded, "budgets 2027")
    assert ("B shift", "$12,000", "$0", "$540", "$11,460") in units


def test_a_budget_is_corrected_and_the_log_knows_both(embedded: Agency) -> None:
    embedded.text(NAIR, "budget b shift 2027 $12,000")
    embedded.text(NAIR, "budget b shift 2027 9000")
    assert embedded.text(NAIR, "budget b shift 2027 9000").startswith(
        "B shift has $9,000 for fiscal year 2027 already"
    )
    assert [
        (each.data["amount"], each.data.get("before")) for each in embedded.entries("budget:entered")
    ] == [
        ("9000", "12000"),
        ("12000", None),
    ]
    assert "Several units could be meant" in embedded.text(NAIR, "budget shift 2027 1")
    assert "No unit of that name" in embedded.text(NAIR, "budget mounted 2027 1")
    assert embedded.entries("budget:entered")[0].data["amount"] == "9000"


def test_of_protected_people_only_the_count_is_said(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, RUIZ)
    is_protected(embedded, RUIZ)
    said = embedded.screen(NAIR, "budgets 2027")
    assert "Not counted: 1 in a protected assignment." in said
    assert "$525" not in said


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        (date(2027, 6, 30), 7, 2027),
        (date(2027, 7, 1), 7, 2028),
        (date(2027, 12, 31), 1, 2027),
        (date(2028, 1, 1), 1, 2028),
        (date(2027, 9, 30), 10, 2027),
        (date(2027, 10, 1), 10, 2028),
    ],
)
def test_a_fiscal_year_is_named_after_the_year_in_which_it_ends(day: date, month: int, year: int) -> None:
    assert fiscal_year(day, month) == year
    assert begins(year, month) <= day < begins(year + 1, month)
