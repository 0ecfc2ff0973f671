"""How complete is what we were given about each person's year? Counted over the kept rows of a history."""

from collections.abc import Iterable
from decimal import Decimal

from reading.tables.preview import AcceptedRow, YearOfHistory
from reading.tables.rows import Credit, HistoryRow


class _Year:
    """The running figures of one person and year."""

    __slots__ = (
        "credited",
        "date",
        "doubtful",
        "hours",
        "hours_doubtful",
        "hours_lacking",
        "records",
        "topic",
    )

    def __init__(self) -> None:
        self.records = self.credited = self.doubtful = 0
        self.topic = self.date = self.hours_lacking = 0
        self.hours = self.hours_doubtful = Decimal(0)

    def add(self, row: HistoryRow) -> None:
        self.records += 1
        if row.credit is Credit.NO:
            return
        if row.credit is Credit.YES:
            self.credited += 1
            self.hours += row.hours or 0
        else:
            self.doubtful += 1
            self.hours_doubtful += row.hours or 0
        self.topic += not row.topics
        self.date += row.completed_on is None
        self.hours_lacking += row.hours is None


def years_of_history(rows: Iterable[AcceptedRow]) -> tuple[YearOfHistory, ...]:
    """One figure for each person and year, by badge number, the records without a date last."""
    years: dict[tuple[str, int | None], _Year] = {}
    for accepted in rows:
        row = accepted.row
        if isinstance(row, HistoryRow):
            year = row.completed_on.year if row.completed_on else None
            years.setdefault((row.badge_number, year), _Year()).add(row)
    ordered = sorted(years.items(), key=lambda item: (item[0][0], item[0][1] is None, item[0][1] or 0))
    return tuple(
        YearOfHistory(
            badge_number=badge,
            year=year,
            records=sums.records,
            credited=sums.credited,
            doubtful=sums.doubtful,
            hours=sums.hours,
            hours_doubtful=sums.hours_doubtful,
            lacking_topic=sums.topic,
            lacking_date=sums.date,
            lacking_hours=sums.hours_lacking,
        )
        for (badge, year), sums in ordered
    )
