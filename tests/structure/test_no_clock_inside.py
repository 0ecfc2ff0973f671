"""Does a room below the doors ask the machine for the time? It is handed down, so any day can be asked."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, where

ASKS_THE_MACHINE = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
)
ASKS_ON_PURPOSE = {"scheduler/ticker.py": "wakes the tick, which asks the record what is due"}
LAST_WORDS = {asks.rpartition(".")[2] for asks in ASKS_THE_MACHINE}


def clock_readings(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Where the machine's clock is read, or taken out of its module under a name of its own."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute():
                path = ast.unparse(node) if node.attr in LAST_WORDS else ""
                if any(path == asks or path.endswith(f".{asks}") for asks in ASKS_THE_MACHINE):
                    yield node
            case ast.ImportFrom(module="time", names=names):
                if {f"time.{alias.name}" for alias in names} & set(ASKS_THE_MACHINE):
                    yield node
            case ast.ImportFrom(module="datetime", names=names) | ast.Import(names=names):
                # Under another name it would not be found above.
                if any(alias.asname and alias.name in {"date", "datetime", "time"} for alias in names):
                    yield node
            case _:
                continue


def test_no_room_below_the_doors_reads_a_clock() -> None:
    rooms_below = ("rules", "reading", "messages", "db", "training", "handlers", "scheduler")
    found = [
        where(path, node)
        for path, tree in modules(*rooms_below)
        if path.as_posix() not in ASKS_ON_PURPOSE
        for node in clock_readings(tree)
    ]
    assert not found, f"pass the clock or the day in: {found}"


@pytest.mark.parametrize(
    "offender",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "field(default_factory=date.today)",
        "time.time()",
        "from time import time",
        "from datetime import datetime as dt",
    ],
)
def test_a_clock_reading_is_caught(offender: str) -> None:
    assert list(clock_readings(ast.parse(offender)))


@pytest.mark.parametrize("allowed", ["clock.now()", "today(clock, zone)", "time.perf_counter()"])
def test_a_clock_that_was_handed_in_is_not(allowed: str) -> None:
    assert not list(clock_readings(ast.parse(allowed)))
