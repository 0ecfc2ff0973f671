"""How complete is the history of each person and year, once titles have been read for topics?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from db.records.facts import Completion, Credit

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfHistory:
    """How complete one person's records of one year are; ``year`` is None for records without a date."""

    badge_number: str
    year: int | None
    records: int
    credited: int
    doubtful: int
    hours: Decimal  # of the credited records
    hours_doubtful: Decimal
    lacking_topic: int  # both are counted among credited and doubtful records
    lacking_hours: int

    @property
    def complete_percent(self) -> int | None:
        """Share of the facts that are there, floored; 100 only when none is lacking."""
        # Topic, day and hours of each; a class without a day never comes this far.
        wanted = 3 * (self.credited + self.doubtful)
        if not wanted:
            return None
        lacking = self.lacking_topic + self.lacking_hours
        return (wanted - lacking) * 100 // wanted


class _Year:
    __slots__ = (
        "credited",
        "doubtful",
        "hours",
        "hours_doubtful",
        "lacking_hours",
        "lacking_topic",
        "records",
    )

    def __init__(self) -> None:
        self.records = self.credited = self.doubtful = self.lacking_topic = self.lacking_hours = 0
        self.hours = self.hours_doubtful = NONE

    def add(self, fact: Completion) -> None:
        self.records += 1
        if fact.credit is Credit.NO:
            return
        if fact.credit is Credit.YES:
            self.credited += 1
            self.hours += fact.hours or NONE
        else:
            self.doubtful += 1
            self.hours_doubtful += fact.hours or NONE
        self.lacking_topic += not fact.topics
        self.lacking_hours += fact.hours is None


def years_of(records: Iterable[tuple[str, Completion]]) -> tuple[YearOfHistory, ...]:
    """By badge, every year from a person's first to the last, those without a record included."""
    people: dict[str, dict[int, _Year]] = {}
    for badge, fact in records:
        people.setdefault(badge, {}).setdefault(fact.completed_on.year, _Year()).add(fact)
    found: list[YearOfHistory] = []
    for badge, years in people.items():
        # A slip such as 1901 must not open a century of empty years.
        ordered = sorted(years)
        gaps = {
            year
            for before, after in pairwise(ordered)
            if after - before <= LONGEST_GAP
            for year in range(before + 1, after)
        }
        found += [_year(badge, year, years.get(year, _Year())) for year in sorted(gaps | set(ordered))]
    return tuple(found)


LONGEST_GAP = 20


def _year(badge: str, year: int, sums: _Year) -> YearOfHistory:
    return YearOfHistory(
        badge_number=badge,
        year=year,
        records=sums.records,
        credited=sums.credited,
        doubtful=sums.doubtful,
        hours=sums.hours,
        hours_doubtful=sums.hours_doubtful,
        lacking_topic=sums.lacking_topic,
        lacking_hours=sums.lacking_hours,
    )
