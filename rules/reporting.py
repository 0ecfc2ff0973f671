"""Which reports does an agency owe beside a person's duties, and by when? The agency's clock, never a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.credit import credit_refused
from rules.model import Completion
from rules.pack import Reporting
from rules.periods import Length, calendar_year, calendar_years
from rules.subject import Subject


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report: of a record, or of a calendar year named by its ``window``."""

    report: Reporting
    due_on: date
    due_on_alternatives: tuple[date, ...] = ()
    record: Completion | None = None
    window: str | None = None


def reports_due(subject: Subject) -> tuple[ReportDue, ...]:
    """Every report of the pack for the years in question, oldest first."""
    found = [
        due
        for report in subject.pack.reporting
        for due in (_of_years(report, subject) if report.yearly else _of_records(report, subject))
    ]
    return tuple(sorted(found, key=lambda due: due.due_on))


def _of_years(report: Reporting, subject: Subject) -> Iterator[ReportDue]:
    running = calendar_year(subject.as_of.year)
    window = subject.cycle.window if subject.cycle is not None else running
    for year in calendar_years(window.start, min(window.end, running.end)):
        dated = next((each for each in reversed(report.yearly) if each.since <= year.end), None)
        if dated is None or year.end.year == date.max.year:
            continue
        due_on, *others = (
            date(year.end.year + 1, month, day)
            for month, day in ((dated.month, dated.day), *dated.alternatives)
        )
        yield ReportDue(report, due_on, tuple(others), window=year.label)


def _of_records(report: Reporting, subject: Subject) -> Iterator[ReportDue]:
    left = subject.facts.day("separated_on")
    for record in subject.records:
        on = record.on
        if on is None or on < report.since or on > subject.as_of or credit_refused(record):
            continue
        days = [Length(days=report.record_days or 0).after(on)]
        if report.separated_days is not None and left is not None and left >= on:
            days.append(Length(days=report.separated_days).after(left))
        yield ReportDue(report, min(days), record=record)
