"""What is everybody to get, as it was written down, and in what do the answers differ from it?"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.scenario.walls_cast import NOT_FOUND, REFUSED, SHOWN, Answer
from tests.scenario.walls_queries import OTHERS, UNKNOWN

EXPECTED = Path(__file__).parents[1] / "cases" / "walls" / "expected.csv"

Expected = Mapping[tuple[str, str, str], str]


def expected() -> Expected:
    """The grid as it was written down."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    grid = {(row["role"], row["query"], row["target"]): row["expected"] for row in rows}
    assert len(grid) == len(rows), "a row stands twice"
    return grid


def differences(answers: Iterator[Answer], grid: Expected) -> Iterator[str]:
    """Everything in which the answers are not as written down, the words of a refusal included."""
    refusals: dict[tuple[str, str], dict[str, str]] = {}
    for answer in answers:
        place = f"{answer.role}, {answer.query}, {answer.target}"
        wanted = grid.get((answer.role, answer.query, answer.target), "no row")
        if answer.found != wanted:
            yield f"{place}: {answer.found}, expected {wanted}"
        for each in sorted(answer.named):
            if SHOWN not in {
                grid.get((answer.role, query, each))
                for query in ("person", "person-for-a-matter", answer.query)
            }:
                yield f"{place}: names the person of {each}"
        if answer.found in {REFUSED, NOT_FOUND} and answer.target in OTHERS:
            refusals.setdefault((answer.role, answer.query), {})[answer.target] = answer.words
    for (role, query), by_target in refusals.items():
        of_nobody = by_target.get(UNKNOWN)
        for target, words in by_target.items():
            if of_nobody is not None and words != of_nobody:
                yield f"{role}, {query}, {target}: a refusal in other words than for nobody"
