"""On which days is somebody reminded of a duty? Steps counted back from the due date, and on while it is overdue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LATE = "overdue"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung. ``days_before`` is negative after the due date; ``again_after`` is 0 for one that comes once."""

    days_before: int
    again_after: int = 0

    @property
    def is_late(self) -> bool:
        """Whether it is about something overdue."""
        return self.days_before < 0

    @property
    def name(self) -> str:
        """How it is called: the days before, or that it is overdue."""
        return LATE if self.is_late else str(self.days_before)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step on its day."""

    day: date
    step: LadderStep


def ladder(days_before: Iterable[int], overdue_from: int, overdue_every: int) -> tuple[LadderStep, ...]:
    """The steps, the earliest first; ``overdue_every`` 0 says nothing of what is overdue."""
    steps = [LadderStep(days) for days in sorted(set(days_before), reverse=True)]
    if overdue_every:
        steps.append(LadderStep(-overdue_from, overdue_every))
    return tuple(steps)


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


def standing_on(steps: Sequence[LadderStep], due_on: date, today: date) -> Rung | None:
    """The step whose turn it is: the last one whose day has come. None before the first."""
    reached = [each for each in rungs(steps, due_on, today) if each.day <= today]
    return max(reached, key=lambda each: each.day, default=None)


def next_on(steps: Sequence[LadderStep], due_on: date, after: date) -> date | None:
    """The first day after this one on which a step comes."""
    days = []
    for step in steps:
        day = due_on - timedelta(days=step.days_before)
        if day <= after and step.again_after:
            day += timedelta(days=((after - day).days // step.again_after + 1) * step.again_after)
        if day > after:
            days.append(day)
    return min(days, default=None)
