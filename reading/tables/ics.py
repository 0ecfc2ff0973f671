"""Which events does an iCalendar file tell of? Each as rows of a table, of a shift one for each person in it;
repetitions spelled out as far as a year ahead. What the rows mean is decided where those of any other table are."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from reading.tables.cellreader import kebab, read_badge
from reading.tables.cells import MAX_CELL_CHARACTERS, Sheet, SheetRow
from reading.tables.clocks import read_zone
from reading.tables.codes import FileCode, RowCode, TableRefusal
from reading.tables.contents import BLANK, decode
from reading.tables.rows import RowWork
from reading.tables.shifts import KINDS

HEADER = (
    "badge_number",
    "email",
    "kind",
    "shift",
    "date",
    "starts",
    "end_date",
    "ends",
    "time_zone",
    "shift_id",
)
# Repetitions are spelled out from so long ago until so far ahead; a rule without an end has no other end.
SPELLED_BACK, SPELLED_AHEAD = timedelta(days=31), timedelta(days=366)
MAX_BYTES = 4 * 1024 * 1024
MAX_EVENTS = 5_000
MAX_ROWS = 50_000
MAX_PEOPLE = 500  # of one event
MAX_DAYS_OUT = 2_000  # left out of one repetition, or added to it
MAX_COUNT = 2_000
MAX_INTERVAL = 366
LONGEST_LINE = 20_000
LONGEST_EVENT = timedelta(days=1_000)
FIRST_YEAR, LAST_YEAR = 1970, 2200
# The property in which a calendar names whom an event is about, beside the e-mail of an attendee.
BADGE = "X-BADGE-NUMBER"
# Between the calendar's own number of an event and which repetition of it a row is.
OF_SERIES = "/"

_BEGINS = b"BEGIN:VCALENDAR"
_FOLDED = re.compile(r"\r?\n[ \t]")
_MAIL = re.compile(r"mailto:(?P<address>.+)", re.IGNORECASE)
# "#214" or "badge 214" in the words of an event; a bare number is a room or a course as often.
_BADGE_SAID = re.compile(
    r"(?:#|\bbadge\s*(?:no\.?|number)?\s*#?)\s*(?P<badge>[A-Za-z]{0,3}[0-9]{1,8})\b", re.IGNORECASE
)
# Every part of these repetitions comes again soon; of the others some never do, and are looked for until the year 9999.
_PARTS = {"DAILY": frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})}
_PARTS["WEEKLY"] = _PARTS["DAILY"] | {"BYDAY"}
_PERIOD = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(days=7)}
# Words that are of a shift in a list of shifts, and of anything in a calendar.
_ANY_EVENT = frozenset(
    {"class", "comp", "deleted", "detail", "duty", "exchange", "extra", "holiday", "on", "patrol", "personal",
     "regular", "scheduled", "training", "void", "work", "working"}
)  # fmt: skip
_BY_WORDS = {word: kind for word, kind in KINDS.items() if word not in _ANY_EVENT}
# An overtime hearing is a hearing, and a shift that is off is none.
_STRONGEST = (
    RowWork.CANCELLED,
    RowWork.COURT,
    RowWork.OFF,
    RowWork.SWAP,
    RowWork.OVERTIME,
    RowWork.SHIFT,
)


def is_calendar(data: bytes) -> bool:
    """Whether a file is iCalendar, by what it begins with."""
    return data.lstrip(BLANK)[: len(_BEGINS)].upper() == _BEGINS


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTimes:
    """When an event is, as cells of a row; empty where it does not say."""

    day: str = ""
    clock: str = ""
    end_day: str = ""
    end_clock: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table that may come as a calendar: its header, and the rows of one event with its number, cancelled or not."""

    header: tuple[str, ...]
    rows: Callable[[Event, EventTimes, str, bool], Iterator[tuple[str, ...]]]


def read_calendar(data: bytes, today: date, table: EventTable) -> Sheet | TableRefusal:
    """The events as a sheet of a table, or why the file is refused."""
    if len(data) > MAX_BYTES:
        return TableRefusal(FileCode.TOO_LARGE, (("limit", str(MAX_BYTES // (1024 * 1024))),))
    text, noticed = decode(data)
    lines = list(_without_zones(_FOLDED.sub("", text).splitlines()))
    if any(len(line) > LONGEST_LINE for line in lines):
        return TableRefusal(FileCode.CALENDAR_DAMAGED)
    if sum(1 for line in lines if _bound(line) == ("BEGIN", "VEVENT")) > MAX_EVENTS:
        return _too_many()
    try:
        calendar = Calendar.from_ical("\r\n".join(lines))
        events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError):
        # A parser of a stranger's format has more ways to fail than it names; it asks the system for the zone
        # "America", which is a folder.
        return TableRefusal(FileCode.CALENDAR_DAMAGED)
    reading = _Reading(table, text_of(calendar, "X-WR-TIMEZONE"), text_of(calendar, "METHOD"), today)
    rows: list[SheetRow] = []
    for cells, problem in reading.rows(events):
        if len(rows) == MAX_ROWS:
            return _too_many()
        rows.append(SheetRow(len(rows) + 2, cells, problem))
    return Sheet(header=table.header, header_line=1, rows=rows, noticed=tuple(noticed))


def _without_zones(lines: Iterable[str]) -> Iterator[str]:
    """What a strange file says about a zone is never computed: a zone is a name of the time-zone database."""
    inside = False
    for line in lines:
        bound = _bound(line)
        if bound == ("BEGIN", "VTIMEZONE"):
            inside = True
        if not inside:
            yield line
        if bound == ("END", "VTIMEZONE"):
            inside = False


def _bound(line: str) -> tuple[str, str] | None:
    """What a line begins or ends, whatever else it says about that."""
    word = line[:5].upper()
    if not word.startswith(("BEGIN", "END")):
        return None
    return ("BEGIN" if word == "BEGIN" else "END", line.rpartition(":")[2].strip().upper())


def _too_many() -> TableRefusal:
    return TableRefusal(FileCode.CALENDAR_TOO_MANY, (("events", str(MAX_EVENTS)), ("limit", str(MAX_ROWS))))


@dataclass(frozen=True, slots=True)
class _When:
    """When an event is, by the clock of its zone; ``whole`` days, whose end is the last of them."""

    at: datetime
    until: datetime | None
    zone: str
    whole: bool


class _UnreadError(Exception):
    """An event that is no row; its people and its number are still said."""

    def __init__(self, code: RowCode) -> None:
        super().__init__(code.value)
        self.code = code


Found = tuple[tuple[str, ...], RowCode | None]


class _Reading:
    """Goes through the events of one file, with the repetitions that others of them replace."""

    def __init__(self, table: EventTable, zone: str, method: str, today: date) -> None:
        self._table = table
        self._zone = zone
        self._cancelled = method.casefold() == "cancel"
        self._since = datetime.combine(today - SPELLED_BACK, time())
        self._until = datetime.combine(today + SPELLED_AHEAD, time())

    def rows(self, events: Sequence[Event]) -> Iterator[Found]:
        replaced: dict[str, set[datetime]] = {}
        for event in events:
            if event.get("RECURRENCE-ID") is not None:
                try:
                    replaced.setdefault(text_of(event, "UID"), set()).add(
                        self._moment(event, "RECURRENCE-ID")
                    )
                except _UnreadError:
                    continue
        for event in events:
            try:
                yield from self._event(event, replaced.get(text_of(event, "UID"), set()))
            except _UnreadError as unread:
                yield from self._cells(event, None, text_of(event, "UID"), unread.code)

    def _event(self, event: Event, replaced: set[datetime]) -> Iterator[Found]:
        when, number = self._when(event), text_of(event, "UID")
        rule, original = event.get("RRULE"), event.get("RECURRENCE-ID")
        if original is not None:
            if "RANGE" in original.params:
                raise _UnreadError(RowCode.RECURRENCE_REFUSED)
            yield from self._cells(event, when, _of_series(number, self._moment(event, "RECURRENCE-ID")))
        elif rule is None and event.get("RDATE") is None:
            yield from self._cells(event, when, number)
        else:
            for at in self._repetitions(event, when):
                if at not in replaced:
                    length = None if when.until is None else when.until - when.at
                    once = _When(at, None if length is None else at + length, when.zone, when.whole)
                    yield from self._cells(event, once, _of_series(number, at))

    def _repetitions(self, event: Event, when: _When) -> list[datetime]:
        found = {when.at, *self._days(event, "RDATE", when)}
        if event.get("RRULE") is not None:
            found |= set(self._by_rule(event.get("RRULE"), when))
        out = self._days(event, "EXDATE", when)
        days_out = {each.date() for each in out if each.time() == time()}
        return sorted(
            each
            for each in found
            if self._since <= each < self._until and each not in out and each.date() not in days_out
        )

    def _by_rule(self, rule: Any, when: _When) -> Iterator[datetime]:
        """A rule that comes again within days, from the first time that matters on."""
        if not isinstance(rule, Mapping):
            raise _UnreadError(RowCode.RECURRENCE_REFUSED)
        said = {str(name).upper(): value for name, value in rule.items()}
        often = str(said.get("FREQ", [""])[0]).upper()
        interval, count = int(said.get("INTERVAL", [1])[0]), said.get("COUNT", [None])[0]
        if often not in _PARTS or said.keys() - _PARTS[often] or not 1 <= interval <= MAX_INTERVAL:
            raise _UnreadError(RowCode.RECURRENCE_REFUSED)
        last = self._until
        if "UNTIL" in said:
            last = min(last, _local(said["UNTIL"][0], when.zone, end_of_day=True))
        first = when.at
        if count is None:
            # Whole turns of the rule are skipped: it may have begun long ago.
            turn = _PERIOD[often] * interval
            first += max(timedelta(), (self._since - first) // turn * turn)
        elif not 0 < int(count) <= MAX_COUNT:
            raise _UnreadError(RowCode.RECURRENCE_REFUSED)
        parts = [f"FREQ={often}", f"INTERVAL={interval}"]
        parts += [f"COUNT={int(count)}"] if count is not None else []
        parts += [f"{name}={','.join(map(str, said[name]))}" for name in ("BYDAY", "WKST") if name in said]
        try:
            turns = rrulestr(";".join(parts), dtstart=first)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _UnreadError(RowCode.RECURRENCE_REFUSED) from error
        for at in turns:
            if at > last:
                return
            yield at

    def _days(self, event: Event, name: str, when: _When) -> set[datetime]:
        given = event.get(name)
        found: set[datetime] = set()
        for some in given if isinstance(given, list) else [given]:
            listed = _part(some, "dts") or ()
            if (some is not None and not listed) or len(listed) + len(found) > MAX_DAYS_OUT:
                raise _UnreadError(RowCode.RECURRENCE_REFUSED)
            for each in listed:
                found.add(_local(_part(each, "dt"), when.zone))
        return found

    def _when(self, event: Event) -> _When:
        begins, ends = _value(event, "DTSTART"), _value(event, "DTEND")
        lasts = _value(event, "DURATION")
        if not isinstance(begins, date) or not FIRST_YEAR <= begins.year <= LAST_YEAR:
            raise _UnreadError(RowCode.EVENT_UNREADABLE)
        zone = self._zone_of(event, begins)
        at = _local(begins, zone)
        whole = not isinstance(begins, datetime)
        until: datetime | None = None
        if isinstance(ends, date):
            until = _local(ends, zone)
        elif isinstance(lasts, timedelta):
            until = at + min(max(lasts, timedelta()), LONGEST_EVENT)
        if until is not None and abs(until - at) > LONGEST_EVENT:
            raise _UnreadError(RowCode.EVENT_UNREADABLE)
        if whole:
            # An end of whole days is the day after them.
            until = max(at, (until or at + timedelta(days=1)) - timedelta(days=1))
        return _When(at, until, zone, whole)

    def _moment(self, event: Event, name: str) -> datetime:
        value = _value(event, name)
        begins = _value(event, "DTSTART")
        if not isinstance(value, date) or not isinstance(begins, date):
            raise _UnreadError(RowCode.EVENT_UNREADABLE)
        return _local(value, self._zone_of(event, begins))

    def _zone_of(self, event: Event, begins: date) -> str:
        """The zone of an event: its own, or the calendar's, or empty for wherever the person is."""
        if isinstance(begins, datetime) and begins.tzinfo is not None:
            key = getattr(begins.tzinfo, "key", "")
            return "UTC" if begins.tzinfo is UTC else str(key)
        named = str(event.get("DTSTART").params.get("TZID", "")) or self._zone
        if named and read_zone(named) is None:
            raise _UnreadError(RowCode.EVENT_ZONE_UNKNOWN)
        return named

    def _cells(
        self, event: Event, when: _When | None, number: str, problem: RowCode | None = None
    ) -> Iterator[Found]:
        times = EventTimes() if when is None else _times(when)
        for cells in self._table.rows(event, times, number, self._cancelled):
            yield cells, problem


def _times(when: _When) -> EventTimes:
    until = when.until
    return EventTimes(
        day=when.at.date().isoformat(),
        clock="" if when.whole else f"{when.at:%H:%M}",
        end_day="" if until is None else until.date().isoformat(),
        end_clock="" if when.whole or until is None else f"{until:%H:%M}",
        zone=when.zone,
    )


def _shifts(event: Event, times: EventTimes, number: str, cancelled: bool) -> Iterator[tuple[str, ...]]:
    title = text_of(event, "SUMMARY")
    kind = RowWork.CANCELLED if cancelled else _kind(event, title)
    # A word that nobody knows is told as it stands, and rejects its row.
    said = kind.value if kind is not None else (title or "?")
    when = (times.day, times.clock, times.end_day, times.end_clock, times.zone)
    for badge, email in _people(event, title):
        yield (badge, email, said, title, *when, number)


SHIFTS = EventTable(HEADER, _shifts)


def _kind(event: Event, title: str) -> RowWork | None:
    """What the event's state, its categories or else its own words say that it is; None when they do not."""
    if text_of(event, "STATUS").casefold() == "cancelled":
        return RowWork.CANCELLED
    categories = event.get("CATEGORIES")
    listed = categories if isinstance(categories, list) else [categories]
    words = [kebab(str(each)) for some in listed if some is not None for each in _part(some, "cats") or ()]
    found = {KINDS[word] for word in words if word in KINDS} or {
        _BY_WORDS[phrase] for phrase in _phrases(kebab(title)) if phrase in _BY_WORDS
    }
    return next((kind for kind in _STRONGEST if kind in found), None)


def _phrases(words: str) -> Iterator[str]:
    each = words.split("-")
    for length in (1, 2, 3):
        for at in range(len(each) - length + 1):
            yield "-".join(each[at : at + length])


def _people(event: Event, title: str) -> list[tuple[str, str]]:
    """Whom the event is about: the badges it names, or else the badge in its words, or else its attendees."""
    named = _listed(event, BADGE)
    badges = [each.strip() for some in named for each in some.split(",") if each.strip()]
    badges = badges or [
        badge for match in _BADGE_SAID.finditer(title) if (badge := read_badge(match["badge"]))
    ]
    if badges:
        return [(badge[:MAX_CELL_CHARACTERS], "") for badge in badges[:MAX_PEOPLE]]
    mails = [
        match["address"] for each in _listed(event, "ATTENDEE") if (match := _MAIL.fullmatch(each.strip()))
    ]
    return [("", mail.strip()) for mail in mails[:MAX_PEOPLE]] or [("", "")]


def _listed(component: Any, name: str) -> list[str]:
    value = component.get(name)
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]


def text_of(component: Any, name: str) -> str:
    """What a property says on one line; empty where it is not there."""
    return " ".join(" ".join(_listed(component, name)[:1]).split())[:MAX_CELL_CHARACTERS]


def _value(event: Event, name: str) -> object:
    """The day, instant or length that a property holds; None for one that is broken or said twice."""
    return _part(event.get(name), "dt")


def _part(value: object, name: str) -> Any:
    """What a property holds; None where it is broken or not there."""
    try:
        return getattr(value, name, None)
    except ValueError:
        return None


def _local(value: object, zone: str, *, end_of_day: bool = False) -> datetime:
    """By the clock of the zone, without it."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value
        try:
            return value.astimezone(ZoneInfo(zone) if zone else value.tzinfo).replace(tzinfo=None)
        except OverflowError as error:
            raise _UnreadError(RowCode.EVENT_UNREADABLE) from error
    if isinstance(value, date):
        return datetime.combine(value, time.max if end_of_day else time())
    raise _UnreadError(RowCode.RECURRENCE_REFUSED)


def _of_series(number: str, at: datetime) -> str:
    return f"{number}{OF_SERIES}{at:%Y%m%dT%H%M}" if number else ""
