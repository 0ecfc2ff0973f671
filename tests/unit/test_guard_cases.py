"""What an officer types in danger, despair or anger is recognized, and what only sounds like it is left alone."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reading.spills import found_in
from reading.text.understand import understand

CASES = Path(__file__).parents[1] / "cases" / "guards"
NONE = "none"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


EXPECTED = [(row["says"], row["expect"]) for name in ("expected.csv", "later.csv") for row in _rows(name)]
MISSES = {row["says"]: row["found"] for row in _rows("misses.csv")}


def recognized(text: str) -> str:
    """What is done with a message first: danger is answered even where something has to be set aside as well."""
    found = understand(text, channel="slack", role="officer", today=date(2027, 3, 2))
    if found.slots.get("suicide"):
        return "despair"
    if found.slots.get("emergency"):
        return "emergency"
    spill = found_in(text)
    if spill is not None:
        return spill.value
    return "abuse" if found.slots.get("abuse") else NONE


@pytest.mark.parametrize(("text", "expected"), EXPECTED)
def test_each_phrase_is_taken_for_what_it_is(text: str, expected: str) -> None:
    assert recognized(text) == MISSES.get(text, expected)


def test_what_is_missed_is_written_down_and_stays_rare() -> None:
    expected = dict(EXPECTED)
    assert set(MISSES) <= set(expected)
    assert [text for text, found in MISSES.items() if expected[text] == found] == []
    # Despair is never among them, and nothing ordinary is taken for danger more often than this.
    assert [text for text in MISSES if expected[text] == "despair"] == []
    assert len(MISSES) <= len(expected) // 20


def test_there_are_enough_phrases_and_counter_examples() -> None:
    assert len(EXPECTED) == len({text for text, _ in EXPECTED})
    assert len(EXPECTED) >= 300
    assert sum(expected == NONE for _, expected in EXPECTED) >= 100
