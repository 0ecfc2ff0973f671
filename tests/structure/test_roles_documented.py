"""Does docs/roles.md say of every question and every role what the table of permissions says?"""

from collections.abc import Iterator

import pytest

from db.records.facts import Role
from tests.structure.checkout import ROOT
from training.permission_table import ANYBODY, Ask, Permission, shipped

SAID = {
    Permission.YES: "yes",
    Permission.NO: "",
    Permission.PURPOSE: "with a matter",
    Permission.STAND_IN: "while nobody holds records",
}


def documented(page: str) -> Iterator[tuple[Ask, str, str]]:
    """Ask, column and what the page says of it; a cell of two roles is said of both."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.partition("## The table")[2].splitlines()
        if line.startswith("|")
    ]
    head, _, *rows = lines
    for _, names, *cells in rows:
        for ask in names.replace("`", "").split(", "):
            for columns, cell in zip(head[2:], cells, strict=True):
                yield from ((Ask(ask), column.replace(" ", "_"), cell) for column in columns.split(", "))


PAGE = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")


def test_every_question_has_its_row_and_every_role_its_column() -> None:
    found = [(ask, column) for ask, column, _ in documented(PAGE)]
    assert sorted(found) == sorted((ask, column) for ask in Ask for column in (ANYBODY, *Role))


@pytest.mark.parametrize("ask", list(Ask))
def test_the_page_says_what_the_table_decides(ask: Ask) -> None:
    table = shipped()
    said = {column: cell for row, column, cell in documented(PAGE) if row is ask}
    assert said == {column: SAID[table.cells[column, ask]] for column in (ANYBODY, *Role)}


def test_a_cell_that_was_turned_is_caught() -> None:
    row = "## The table\n| | row | anybody | officer, civilian |\n| - | - | - | - |\n| it | `log` | | yes |\n"
    assert list(documented(row)) == [
        (Ask.LOG, ANYBODY, ""),
        (Ask.LOG, "officer", "yes"),
        (Ask.LOG, "civilian", "yes"),
    ]
