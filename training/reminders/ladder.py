"""On which days is somebody reminded of a duty? One table, ``ladder.csv``; so far it is only counted."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung. ``again_after`` is 0 for one that comes once."""

    name: str
    days_before: int
    again_after: int = 0

    @property
    def is_late(self) -> bool:
        """Whether it is about something overdue."""
        return self.days_before < 0


@dataclass(frozen=True, slots=True)
class Rung:
    """A step on its day."""

    day: date
    step: LadderStep


def read(lines: Iterable[str]) -> tuple[LadderStep, ...]:
    """The table from its rows, the earliest step first."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    steps = [LadderStep(row["step"], int(row["days_before"]), int(row["again_after"] or 0)) for row in rows]
    return tuple(sorted(steps, key=lambda each: -each.days_before))


@cache
def shipped() -> tuple[LadderStep, ...]:
    """The ladder of this release."""
    return read(files("training.reminders").joinpath("ladder.csv").read_text(encoding="utf-8").splitlines())


def rungs(steps: Iterable[LadderStep], due_on: date, until: date) -> Iterator[Rung]:
    """Every step of a duty on its day, up to and with ``until``, in order of the steps."""
    for step in steps:
        day = due_on - timedelta(days=step.days_before)
        while day <= until:
            yield Rung(day, step)
            if not step.again_after:
                break
            day += timedelta(days=step.again_after)


def still_to_come(steps: Iterable[LadderStep], due_on: date, today: date, until: date) -> tuple[Rung, ...]:
    """What is left of the ladder when nothing was said before today: of the steps that were missed only the last one,
    today, and then each on its day."""
    every = sorted(rungs(steps, due_on, until), key=lambda each: each.day)
    coming = [each for each in every if each.day >= today]
    missed = [each for each in every if each.day < today]
    if missed and not any(each.day == today for each in coming):
        coming.insert(0, Rung(today, missed[-1].step))
    return tuple(coming)
