"""Which days belong together: licensing cycles, calendar years and rolling periods, without a gap or an overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from rules.model import Window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Length:
    """A span of calendar time. From 29 February a whole number of years leads to 28 February where there is no 29th."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The same day of the month this much later; the last day of a shorter month."""
        return _moved(day, self.years, self.months, self.days)

    def before(self, day: date) -> date:
        return _moved(day, -self.years, -self.months, -self.days)

    @property
    def whole_years(self) -> int | None:
        """How many years, when it is nothing else."""
        return self.years if self.years and not self.months and not self.days else None


@lru_cache(maxsize=65_536)  # the same few days come again for everybody on a roster
def _moved(day: date, years: int, months: int, days: int) -> date:
    try:
        return day + relativedelta(years=years, months=months, days=days)
    except (OverflowError, ValueError):
        return date.min if years + months + days < 0 else date.max


def day_after(day: date) -> date:
    return day + ONE_DAY if day < date.max else day


def span_label(start: date, end: date) -> str:
    return f"{start.isoformat()}/{end.isoformat()}"


def calendar_year(year: int) -> Window:
    """One calendar year; its label is the year."""
    end = date(year, 12, 31)
    return Window(str(year), date(year, 1, 1), end, end)


def calendar_years(first: date, last: date) -> Iterator[Window]:
    """Every calendar year that begins from ``first`` to ``last``, oldest first."""
    start = first.year if (first.month, first.day) == (1, 1) else first.year + 1
    for year in range(start, last.year + 1):
        yield calendar_year(year)


def span(start: date, end: date) -> Window:
    """A window by its days; its label is ``start/end``."""
    return Window(span_label(start, end), start, end, end)


def half_year_cycle(certified_on: date, as_of: date, years: int) -> Window:
    """The cycle of calendar years that holds ``as_of`` for a certificate of the first or second half of a year.

    Certified 1 January to 30 June: the first cycle starts on 1 January of that year; later: of the next year
    (OAR 259-008-0065(5)(b),(c)). Before the first cycle begins, the first cycle is the answer.
    """
    first = certified_on.year if certified_on.month <= 6 else min(certified_on.year + 1, date.max.year)
    elapsed = max(as_of.year - first, 0) // years
    start = first + elapsed * years
    return span(date(start, 1, 1), date(min(start + years - 1, date.max.year), 12, 31))


def cycle_after(last_end: date, as_of: date, years: int) -> Window:
    """The cycle that holds ``as_of`` when cycles of so many years follow one another after ``last_end``."""
    length = Length(years=years)
    start = day_after(last_end)
    while length.after(start) <= as_of:
        start = length.after(start)
    return span(start, length.after(start) - ONE_DAY)
