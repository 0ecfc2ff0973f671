"""Duties owed before somebody comes back after a break: how long the break was picks which one."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rules.finding import Finding, not_applicable
from rules.judges.windows import judge_window
from rules.logic import every
from rules.model import KnownFacts, Truth, Window
from rules.pack import BeforeReturn, Requirement
from rules.periods import Length, day_after, span_label
from rules.standing import Remark
from rules.subject import Subject


class Break(NamedTuple):
    """Out from the day after ``left`` until ``back``, the first day of duty; ``appointed`` may come before that."""

    left: date
    back: date
    appointed: date


def judge_before_return(
    requirement: Requirement, clock: BeforeReturn, subject: Subject, applies: Truth, _: object
) -> Iterator[Finding]:
    """One finding for each break whose length, as far as it is settled, brings this duty."""
    listed = False
    for out in breaks(subject.facts):
        owed = every((applies, _brings(clock, out)))
        if owed is False:
            continue
        listed = True
        start = day_after(out.left)
        window = Window(span_label(start, out.back), start, out.back, out.back)
        found = judge_window(requirement, subject, window, owed, {})
        if applies is True and owed is None and found.satisfied is not True:
            found = found._replace(
                remarks=(
                    *(each for each in found.remarks if each.code != "applies-unknown"),
                    Remark("break-not-settled"),
                ),
                unsettled=True,
            )
        remark = Remark("before-return", (("on", out.back.isoformat()),))
        yield found._replace(remarks=(*found.remarks, remark))
    if not listed:
        yield not_applicable(subject, requirement, Remark("no-return"), None)


def breaks(facts: KnownFacts) -> list[Break]:
    """Every time without an appointment that ended, from the appointments; else from the last separation and return.

    Who worked for another agency in between was never out.
    """
    if facts.values.get("employed_elsewhere") is True:
        return []
    returned = facts.day("returned_on")
    found = []
    end: date | None = None
    spans = sorted(facts.appointments, key=lambda span: span.start)
    for before, after in pairwise(spans):
        if before.end is None:
            break
        end = before.end if end is None else max(end, before.end)
        if after.start > day_after(end):
            later = returned if returned is not None and returned >= after.start else after.start
            if after.end is not None and later > after.end:
                later = after.start
            found.append(Break(end, later, after.start))
    left = facts.day("separated_on")
    if spans and all(span.end is not None for span in spans):
        left = max(span.end for span in spans if span.end is not None)
    covered = any(out.left < returned <= out.back for out in found) if returned is not None else True
    if left is not None and returned is not None and returned > day_after(left) and not covered:
        found.append(Break(left, returned, returned))
    return found


def _brings(clock: BeforeReturn, out: Break) -> Truth:
    """Whether a break of this length, with this return, brings the duty.

    How it is counted to the day was not seen: from the last day of duty or from the day after it.
    """
    if out.back < clock.since:
        return False
    long = _long(clock, out)
    return None if long is True and out.appointed < clock.since else long


def _long(clock: BeforeReturn, out: Break) -> Truth:
    """Long enough, and not surely for the next length: where that is in doubt, this one is owed at least."""
    if clock.shorter_than is not None and _reaches(clock.shorter_than, out) is True:
        return False
    return _reaches(clock.at_least, out)


def _reaches(length: Length, out: Break) -> Truth:
    readings = {length.after(first) <= out.back for first in (out.left, day_after(out.left))}
    return readings.pop() if len(readings) == 1 else None
