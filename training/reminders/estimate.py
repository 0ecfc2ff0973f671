"""How many text segments will the reminders of the next twelve months take, before any is sent?

For whoever would be texted now, and as if every mobile on the roster were linked. Nobody is named in it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection

from db.queries import accounts, agencies, people, phones
from db.records.facts import AgencyId, ContactKind
from messages.estimate import EstimateFacts, ForecastFacts, MonthFacts
from messages.model import Message
from messages.reminder import Reminded, ReminderFacts, reminder
from messages.words import Words
from rules.standing import Standing
from training.packs import PackShelf
from training.people import is_serving
from training.phones.phones import CHANNEL
from training.ports import TextRates
from training.reminders import cases, ladder
from training.reminders.cases import Duty
from training.reminders.reminded import reminded
from training.reminders.rules import ReminderRules, in_force
from training.standings import compliance

MONTHS = 12


@dataclass(slots=True)
class _Month:
    """What adds up in one month."""

    people: set[int] = field(default_factory=set)
    steps: int = 0
    texts: int = 0
    segments: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class _Day:
    """One text to one person: what it reminds of, and whether of overdue duties alone."""

    day: date
    duties: tuple[Reminded, ...]
    late: bool


def estimate(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, today: date, words: Words, rates: TextRates
) -> EstimateFacts:
    """The year that begins with this month, from standings as they are today."""
    rules = in_force(conn, agency_id)
    agency = agencies.agency(conn, agency_id).fact.name
    serving = [each for each in people.roster(conn, agency_id) if is_serving(each, today)]
    ids = [each.person_id for each in serving]
    mobiles = _with_mobile(conn, agency_id, ids)
    linked = _linked(conn, agency_id) & set(ids)
    count = _counter(agency, words, rates.segments)
    months = tuple(_months(today))
    until = _next(months[-1]) - timedelta(days=1)
    everybody = _Tally(months)
    now = _Tally(months)
    for person_id, standing in _standings(conn, shelf, agency_id, sorted(mobiles | linked), today):
        duties = [each for each in cases.duties(standing, today) if each.dated]
        for tally, whose in ((everybody, mobiles), (now, linked)):
            if person_id in whose:
                tally.duties += len(duties)
        for each in _texts(duties, rules, today, until, words):
            segments = count(each)
            for tally, whose in ((everybody, mobiles), (now, linked)):
                if person_id in whose:
                    tally.add(person_id, each, segments)
    return EstimateFacts(
        agency=agency,
        serving=len(serving),
        linked=now.facts(len(linked)),
        everybody=everybody.facts(len(mobiles)),
        steps=tuple(each.name for each in rules.steps if not each.again_after),
        every=next((each.again_after for each in rules.steps if each.again_after), 0),
        price=rates.price,
        source=rates.source,
    )


class _Tally:
    """The months of some people."""

    def __init__(self, months: Sequence[date]) -> None:
        self.duties = 0
        self._months = {month: _Month() for month in months}

    def add(self, person_id: int, text: _Day, segments: int) -> None:
        """One text more."""
        month = self._months[text.day.replace(day=1)]
        month.people.add(person_id)
        month.steps += len(text.duties)
        month.texts += 1
        month.segments += segments
        month.late += segments if text.late else 0

    def facts(self, people_: int) -> ForecastFacts:
        """What is said of them."""
        return ForecastFacts(
            people=people_,
            duties=self.duties,
            months=tuple(
                MonthFacts(begins, len(each.people), each.steps, each.texts, each.segments, each.late)
                for begins, each in self._months.items()
            ),
        )


def _texts(
    duties: Iterable[Duty],
    rules: ReminderRules,
    today: date,
    until: date,
    words: Words,
) -> Iterator[_Day]:
    """What falls on one day is one text."""
    by_day: dict[date, list[tuple[Reminded, bool]]] = {}
    for duty in duties:
        for rung in ladder.still_to_come(rules.steps_for(duty.line.requirement), duty.due_on, today, until):
            by_day.setdefault(rung.day, []).append((reminded(duty, duty.due_on, words), rung.step.is_late))
    for day, found in sorted(by_day.items()):
        yield _Day(day, tuple(each for each, _ in found), all(late for _, late in found))


def _counter(agency: str, words: Words, segments: Callable[[Message, Words], int]) -> Callable[[_Day], int]:
    """Counts the real text. Nobody is named in one, so the same duties on the same day are counted once for all."""
    known: dict[tuple[date, tuple[Reminded, ...]], int] = {}

    def count(each: _Day) -> int:
        place = (each.day, each.duties)
        if place not in known:
            known[place] = segments(reminder(ReminderFacts(agency, each.day, each.duties), words), words)
        return known[place]

    return count


def _standings(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, ids: Sequence[int], today: date
) -> Iterator[tuple[int, Standing]]:
    for at in range(0, len(ids), compliance.BATCH):
        found, _ = compliance.standings_of(conn, shelf, agency_id, ids[at : at + compliance.BATCH], today)
        yield from found.items()


def _with_mobile(conn: Connection, agency_id: AgencyId, ids: Sequence[int]) -> set[int]:
    points = people.contact_points(conn, agency_id, ids) if ids else ()
    return {each.fact.person_id for each in points if each.fact.kind is ContactKind.MOBILE}


def _linked(conn: Connection, agency_id: AgencyId) -> set[int]:
    unwanted = phones.without_consent(conn, agency_id)
    links = accounts.everybodys(conn, agency_id)
    return {
        each.fact.person_id
        for each in links
        if each.fact.channel == CHANNEL and each.fact.account not in unwanted
    }


def _months(today: date) -> Iterator[date]:
    begins = today.replace(day=1)
    for _ in range(MONTHS):
        yield begins
        begins = _next(begins)


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
