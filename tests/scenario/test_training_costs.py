"""What training costs: approved, spent and to be paid back kept apart; budgets whose sums are those of their rows."""

from datetime import date
from decimal import Decimal

import pytest

from db.records.requests import RequestAct
from messages.model import Table
from tests.scenario.after_cast import (
    LEE,
    NAIR,
    OKAFOR,
    RUIZ,
    a_class,
    approved,
    does,
    life,
    sends,
    sent,
    values_for,
)
from tests.scenario.approval_cast import BRANDT, a_desk, asks, nothing_is_checked, read
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
            "Basic Crisis Negotiation, 7-11 Jun 2027",
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
        "Nothing changed: B shift has $9,000 for fiscal year 2027 already"
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


def test_whoever_decides_reads_what_the_budget_has_left_after_it(embedded: Agency) -> None:
    """On the card, in the whole request and in the answer, until it would be exceeded; nothing is refused by it."""
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    a_class(embedded)
    approved(embedded, LEE)
    number = asks(embedded, cost="300")
    assert "Budget of B shift, 2027: not known, none was entered." in read(desk, OKAFOR)[-1]
    embedded.text(NAIR, "budget b shift 2027 1000")
    left = "Budget of B shift, 2027: $175 of $1,000 left after this."
    assert left in embedded.screen(OKAFOR, f"open R-{number}")
    embedded.text(NAIR, "budget b shift 2027 800")
    over = "Budget of B shift, 2027: exceeded, $25 over the $800 after this."
    assert over in embedded.screen(OKAFOR, f"approve R-{number}")
    assert life(embedded, number).at == 1
    assert over in read(desk, NAIR)[-1]
    # What costs nothing draws on nothing; of what nobody has priced only what is left before it is known.
    free = sends(embedded, RUIZ, values_for(costs=(CostLine(CostKind.TUITION, Decimal(0)),)))
    assert "Budget" not in embedded.screen(OKAFOR, f"open R-{free}")
    unpriced = sends(embedded, RUIZ, values_for(costs=()))
    said = embedded.screen(OKAFOR, f"open R-{unpriced}")
    assert "$275 of $800 left before this; what it costs is not known." in said


def test_a_budget_of_the_whole_agency_is_used_where_a_unit_has_none(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, LEE)
    number = sends(embedded, RUIZ)
    assert embedded.text(NAIR, "budget agency 2027 2000").startswith(
        "Kept: the whole agency may spend $2,000"
    )
    assert "Budget of the whole agency, 2027: $950 of $2,000 left after this." in embedded.screen(
        OKAFOR, f"open R-{number}"
    )
    said = embedded.screen(NAIR, "budgets 2027")
    assert "Whole agency: budget $2,000, left $1,475." in said
    # It is no row, and no part of the sum of the rows.
    assert {each[1] for each in rows(embedded, "budgets 2027")} == {"not entered"}
    sent(embedded, NAIR, "enter-budget", unit="*", year="2027", amount="3000")
    assert "Whole agency: budget $3,000, left $2,475." in embedded.screen(NAIR, "budgets 2027")
    embedded.text(NAIR, "budget b shift 2027 1100")
    assert "Budget of B shift, 2027: $50 of $1,100 left after this." in embedded.screen(
        OKAFOR, f"open R-{number}"
    )


def test_a_request_counts_in_the_nearest_unit_around_its_person_that_has_a_budget(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, LEE)
    embedded.text(NAIR, "budget patrol 2027 900")
    assert ("Patrol", "$900", "$525", "$0", "$375") in rows(embedded, "budgets 2027")
    number = sends(embedded, RUIZ)
    assert "Budget of Patrol, 2027: exceeded, $150 over the $900 after this." in embedded.screen(
        OKAFOR, f"open R-{number}"
    )


def test_rules_can_ask_for_more_where_a_budget_is_exceeded(embedded: Agency) -> None:
    embedded.text(
        NAIR,
        "propose request rules command over budget; checked over budget; confirm budget because it is short",
    )
    assert "in force from now on" in embedded.text(BRANDT, "confirm request rules 2")
    assert "more than its budget has left" in embedded.screen(RUIZ, "who is my approver")
    a_desk(embedded)
    within = asks(embedded, cost="300")
    assert life(embedded, within).way == ("supervisor", "coordinator"), "nobody entered a budget"
    embedded.text(NAIR, "budget b shift 2027 500")
    assert "step 1 approved" in embedded.screen(OKAFOR, f"approve R-{within}")
    # Until it is approved nothing is promised.
    assert "That was the last step" in embedded.screen(NAIR, f"approve R-{within}")
    over = asks(embedded, number=951, cost="300")
    assert life(embedded, over).way == ("supervisor", "coordinator", "command")
    assert f"Open R-{over} first" in embedded.screen(OKAFOR, f"approve R-{over}")
    embedded.screen(OKAFOR, f"open R-{over}")
    assert "budget" in embedded.screen(OKAFOR, f"approve R-{over}")
    assert life(embedded, over).at == 0
    embedded.screen(OKAFOR, f"approve R-{over} checked budget")
    assert life(embedded, over).at == 1


def test_of_protected_people_only_the_count_is_said(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, RUIZ)
    is_protected(embedded, RUIZ)
    said = embedded.screen(NAIR, "budgets 2027")
    assert "Not counted: 1 in a protected assignment." in said
    assert "$525" not in said
    embedded.text(NAIR, "budget b shift 2027 1000")
    number = sends(embedded, LEE)
    assert "$475 of $1,000 left after this. Not counted: 1 in a protected assignment." in embedded.screen(
        OKAFOR, f"open R-{number}"
    )


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
