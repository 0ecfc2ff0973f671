"""How whole does each person's history look, year by year? Told from what is on file; nobody is judged short by it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from sqlalchemy import Connection

from db.queries import evaluation, likeness, people
from db.records.facts import AgencyId, PersonAtAgency, PersonFacts

# A median over fewer people than this is about one of them.
SMALLEST_GROUP = 5
# Less than half of what is usual at the agency in that year.
THIN_BELOW = 2
# A slip such as 1901 must not open a century of years.
EARLIEST_YEAR = 1950


class YearLook(StrEnum):
    """How a year of a history looks."""

    WHOLE = "whole"
    THIN = "thin"
    EMPTY = "empty"
    PART = "part"  # not employed the whole year, or it is not over
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class YearOfPerson:
    """One year: how many records may count, and how that looks."""

    year: int
    records: int
    look: YearLook


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonYears:
    """One person's years from the first to this one. ``complete_from``: since when somebody said it is whole."""

    person: PersonAtAgency
    complete_from: date | None
    years: tuple[YearOfPerson, ...]

    def of(self, year: int) -> YearOfPerson | None:
        """One of them."""
        return next((each for each in self.years if each.year == year), None)


@dataclass(frozen=True, slots=True)
class EmploymentSpan:
    """From when to when somebody was employed; no start when one employment does not say."""

    start: date | None
    end: date

    def covers(self, year: int) -> bool:
        """Whether all of a year lies in it."""
        return self.start is not None and self.start <= date(year, 1, 1) and date(year, 12, 31) <= self.end


def completeness(
    conn: Connection, agency_id: AgencyId, day: date, *, known_at: int | None = None
) -> tuple[PersonYears, ...]:
    """Everybody of the agency by name, each with every year of theirs up to a day: nothing later is looked at."""
    counts = _counts(conn, agency_id, day, known_at)
    facts = evaluation.facts_for(conn, agency_id, known_at=known_at)
    spans = {person_id: span_of(each, day) for person_id, each in facts.items()}
    usual = _usual(spans, counts, day)
    return tuple(
        PersonYears(
            person=person,
            complete_from=facts[person.person_id].employment.fact.history_complete_from,
            years=years_of(
                spans[person.person_id],
                counts[person.person_id],
                facts[person.person_id].employment.fact.history_complete_from,
                usual,
                day,
            ),
        )
        for person in people.roster(conn, agency_id, known_at=known_at)
        if person.person_id in facts
    )


def last_whole_year(day: date) -> int:
    """The last year that is over by the end of a day."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _counts(
    conn: Connection, agency_id: AgencyId, day: date, known_at: int | None
) -> defaultdict[int, Counter[int]]:
    counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for look in likeness.completion_looks(conn, agency_id, known_at=known_at):
        if look.completed_on > day:
            continue
        counts[look.person_id][look.completed_on.year] += 1
    return counts


def span_of(facts: PersonFacts, today: date) -> EmploymentSpan:
    """The first day of the first employment to the last of the last, or today."""
    starts = [each.fact.appointed_on for each in facts.employments]
    ends = [each.fact.ended_on for each in facts.employments]
    known = [day for day in starts if day is not None]
    ended = [day for day in ends if day is not None]
    return EmploymentSpan(
        start=min(known) if known and len(known) == len(starts) else None,
        end=min(max(ended), today) if len(ended) == len(ends) else today,
    )


def _usual(
    spans: Mapping[int, EmploymentSpan], counts: Mapping[int, Mapping[int, int]], today: date
) -> Mapping[int, float]:
    """By year the median number of records of everybody who was there all of it; nothing about a small group."""
    found = {}
    for year in range(EARLIEST_YEAR, last_whole_year(today) + 1):
        there = [
            counts.get(person_id, {}).get(year, 0) for person_id, span in spans.items() if span.covers(year)
        ]
        if len(there) >= SMALLEST_GROUP:
            found[year] = median(there)
    return found


def years_of(
    span: EmploymentSpan,
    counts: Mapping[int, int],
    complete_from: date | None,
    usual: Mapping[int, float],
    today: date,
) -> tuple[YearOfPerson, ...]:
    """Every year of the span and of the records."""
    with_records = [year for year, n in counts.items() if n and EARLIEST_YEAR <= year <= today.year]
    firsts = [*with_records, *([max(span.start.year, EARLIEST_YEAR)] if span.start is not None else [])]
    if not firsts:
        return ()
    years: Iterable[int] = range(min(firsts), max([span.end.year, *with_records]) + 1)
    return tuple(
        YearOfPerson(year, counts.get(year, 0), _look(year, counts.get(year, 0), span, complete_from, usual))
        for year in years
    )


def _look(
    year: int, records: int, span: EmploymentSpan, complete_from: date | None, usual: Mapping[int, float]
) -> YearLook:
    if span.start is None:
        said = complete_from is not None and complete_from <= date(year, 1, 1)
        return YearLook.WHOLE if said and records else YearLook.UNKNOWN
    if not span.covers(year):
        outside = year < span.start.year or year > span.end.year
        return YearLook.UNKNOWN if outside else YearLook.PART
    if not records:
        return YearLook.EMPTY
    if complete_from is not None and complete_from <= date(year, 1, 1):
        return YearLook.WHOLE
    if year not in usual:
        return YearLook.UNKNOWN
    return YearLook.THIN if records * THIN_BELOW < usual[year] else YearLook.WHOLE


def tally(people_years: Sequence[PersonYears], year: int) -> Mapping[YearLook, int]:
    """How many people's year looks how; people with no such year are not counted."""
    found = Counter(each.look for one in people_years if (each := one.of(year)) is not None)
    return {look: found[look] for look in YearLook if found[look]}
