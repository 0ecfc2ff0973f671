"""Which class does a row of a calendar of classes offer: its days and hours, its seats, its cost, its last day to
register?"""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from reading.tables.cellreader import CellReader, kebab
from reading.tables.clocks import clock_beside, read_clock, read_zone
from reading.tables.codes import RowCode
from reading.tables.history import board_approval
from reading.tables.hours import plain_hours
from reading.tables.rows import CourseRow, ReadSession, RowClassStatus
from reading.tables.topic_hours import fits, read_topic_hours, whole_of

ONE_DAY = timedelta(days=1)
# An academy takes half a year; a later end is a slip of the keyboard.
LONGEST_CLASS = timedelta(days=366)
MOST_SESSIONS = 200
MOST_SEATS = 9_999
MOST_DOLLARS = Decimal(100_000)
MOST_MILES = 9_999

STATUSES: dict[str, RowClassStatus] = {
    word: status
    for status, words in {
        RowClassStatus.OPEN: (
            "open", "scheduled", "confirmed", "tentative", "active", "available", "enrolling", "upcoming", "planned",
            "registration-open", "on", "seats-available",
        ),
        RowClassStatus.FULL: (
            "full", "closed", "waitlist", "waitlisted", "wait-list", "waiting-list", "sold-out", "registration-closed",
            "no-seats",
        ),
        RowClassStatus.CANCELLED: (
            "cancelled", "canceled", "called-off", "postponed", "deleted", "void", "not-held", "withdrawn",
        ),
    }.items()
    for word in words
}  # fmt: skip
# An amount as people write it; what stands behind it is what it is for.
_DOLLARS = re.compile(
    r"\$? ?(?P<amount>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?P<cents>\.[0-9]{1,2})?(?: ?usd)?"
)
_NO_COST = frozenset({"free", "no cost", "no charge", "no fee", "complimentary"})
_NO_SEATS = frozenset({"full", "sold out", "none left", "waitlist", "closed"})
_SEATS = re.compile(r"(?P<seats>[0-9]{1,4})(?:\.0+)?(?: (?:seats?|spots?|openings?|left|available|open))*")
_MILES = re.compile(r"(?P<miles>[0-9]{1,4})(?:\.0+)?(?: ?mi(?:les?)?\.?)?")
_SESSION = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ t]+(?P<begins>[^-\u2013]+?)(?: ?(?:-|\u2013|to) ?(?P<ends>.+))?)?"
)
_BETWEEN_SESSIONS = re.compile(r"\s*[;|\n]\s*")
_WEB = re.compile(r"https?://[^\s<>\"']{3,500}", re.IGNORECASE)


def read_course(cell: CellReader) -> CourseRow | None:
    """One class. Several days with one pair of hours are held on each of them."""
    title = cell.required("title")
    number = cell.text("course_number")
    hours, _minutes = cell.hours()
    split = _topic_hours(cell, hours)
    first, last = cell.day("starts_on"), cell.day("ends_on")
    cell.in_sequence("starts_on", first, "ends_on", last)
    begins, ends = _clock(cell, "begins", "starts_on"), _clock(cell, "ends", "ends_on")
    told = _sessions(cell)
    register_by = cell.day("register_by")
    status = _status(cell)
    zone = _zone(cell)
    seats, cost = _seats(cell), _cost(cell)
    days = _days(cell, first, last, told)
    if cell.problems or days is None or status is None:
        return None
    first, last = days
    if last < cell.today:
        cell.skip(RowCode.CLASS_OVER, on=last.isoformat())
        return None
    cell.likely("starts_on", last)
    return CourseRow(
        title=title,
        starts_on=first,
        ends_on=last,
        sessions=told or _each_day(first, last, begins, ends),
        time_zone=zone,
        place=cell.optional("place"),
        provider=cell.optional("provider"),
        course_number=number,
        topics=tuple(dict.fromkeys((*cell.words("topics"), *split))),
        hours=whole_of(split) if hours is None and split else hours,
        delivery=kebab(cell.text("delivery")) or None,
        seats=seats,
        cost=cost,
        register_by=register_by,
        board_approved=board_approval(cell),
        link=_link(cell),
        status=status,
        course_id=cell.optional("course_id"),
        topic_hours=tuple(split.items()),
        miles=_miles(cell),
        miles_source=cell.optional("miles_source"),
    )


def _topic_hours(cell: CellReader, hours: Decimal | None) -> Mapping[str, Decimal]:
    """Which topic gets which of the hours; what cannot be so is asked about, for it decides what a class closes."""
    text = cell.text("topic_hours")
    split = read_topic_hours(text)
    if split is None:
        cell.problem(RowCode.TOPIC_HOURS_UNREADABLE, value=text[:60])
        return {}
    if not fits(split, hours):
        whole = plain_hours(whole_of(split))
        cell.problem(RowCode.TOPIC_HOURS_TOO_MANY, value=f"{whole:f}", limit=f"{hours:f}")
        return {}
    return split


def _clock(cell: CellReader, column: str, day_column: str) -> str:
    text = cell.text(column)
    said = text or clock_beside(cell.text(day_column))
    clock = read_clock(said) if said else None
    if said and clock is None:
        cell.problem(RowCode.TIME_UNREADABLE, column=column, value=said[:40])
    return _shown(clock)


def _shown(clock: time | None) -> str:
    return "" if clock is None else f"{clock:%H:%M}"


def _sessions(cell: CellReader) -> tuple[ReadSession, ...]:
    """``2027-04-12 0800-1700; 2027-04-13 0800-1200``: each day with its year first, so that nothing is guessed."""
    text = cell.text("sessions")
    parts = [part for part in _BETWEEN_SESSIONS.split(text.casefold()) if part]
    found = [_session(part) for part in parts]
    sessions = [each for each in found if each is not None]
    if len(sessions) < len(found) or len(found) > MOST_SESSIONS:
        cell.problem(RowCode.SESSIONS_UNREADABLE, value=text[:60])
        return ()
    return tuple(sorted(sessions, key=lambda each: (each.day, each.begins)))


def _session(part: str) -> ReadSession | None:
    match = _SESSION.fullmatch(part)
    if match is None:
        return None
    clocks = [read_clock(said) if (said := match[name]) else None for name in ("begins", "ends")]
    if any(match[name] and clock is None for name, clock in zip(("begins", "ends"), clocks, strict=True)):
        return None
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        return None
    return ReadSession(day, *map(_shown, clocks))


def _days(
    cell: CellReader, first: date | None, last: date | None, told: tuple[ReadSession, ...]
) -> tuple[date, date] | None:
    """The first day and the last; sessions say them where nothing else does, and lie between them otherwise."""
    if cell.problems:
        return None
    if first is None and not told:
        cell.problem(RowCode.VALUE_MISSING, column="starts_on" if cell.has("starts_on") else "sessions")
        return None
    first = first or told[0].day
    last = last or max((each.day for each in told), default=first)
    outside = next((each.day for each in told if not first <= each.day <= last), None)
    if outside is not None:
        cell.problem(
            RowCode.SESSION_OUTSIDE, on=outside.isoformat(), start=first.isoformat(), end=last.isoformat()
        )
        return None
    if last - first > LONGEST_CLASS:
        cell.problem(RowCode.CLASS_TOO_LONG, days=str((last - first).days), limit=str(LONGEST_CLASS.days))
        return None
    return first, last


def _each_day(first: date, last: date, begins: str, ends: str) -> tuple[ReadSession, ...]:
    """A class with hours and no sessions is held on each of its days; without hours nobody knows more than the days."""
    if not begins:
        return ()
    days = ((last - first).days) + 1
    if days > MOST_SESSIONS:
        return ()
    return tuple(ReadSession(first + count * ONE_DAY, begins, ends) for count in range(days))


def _status(cell: CellReader) -> RowClassStatus | None:
    text = cell.text("status")
    if not text:
        return RowClassStatus.OPEN
    status = STATUSES.get(kebab(text))
    if status is None:
        cell.problem(RowCode.CLASS_STATUS_UNKNOWN, status=text[:40])
    return status


def _zone(cell: CellReader) -> str | None:
    text = cell.text("time_zone")
    zone = read_zone(text) if text else None
    if text and zone is None:
        cell.problem(RowCode.TIME_ZONE_UNKNOWN, value=text[:60])
    return zone


def _seats(cell: CellReader) -> int | None:
    text = cell.text("seats")
    said = " ".join(text.casefold().split())
    if said in _NO_SEATS:
        return 0
    match = _SEATS.fullmatch(said)
    if match is not None and int(match["seats"]) <= MOST_SEATS:
        return int(match["seats"])
    if text:
        cell.correct("seats", text[:60], "", RowCode.SEATS_LEFT_OUT)
    return None


def _miles(cell: CellReader) -> int | None:
    text = cell.text("miles")
    match = _MILES.fullmatch(" ".join(text.casefold().split()))
    if match is not None and int(match["miles"]) <= MOST_MILES:
        return int(match["miles"])
    if text:
        cell.correct("miles", text[:60], "", RowCode.MILES_LEFT_OUT)
    return None


def _cost(cell: CellReader) -> Decimal | None:
    text = cell.text("cost")
    said = " ".join(text.casefold().split())
    if said in _NO_COST:
        return Decimal(0)
    match = _DOLLARS.fullmatch(said)
    amount = None if match is None else Decimal(match["amount"].replace(",", "") + (match["cents"] or ""))
    if amount is not None and amount <= MOST_DOLLARS:
        return amount
    if text:
        cell.correct("cost", text[:60], "", RowCode.COST_LEFT_OUT)
    return None


def _link(cell: CellReader) -> str | None:
    text = cell.text("link")
    if not text:
        return None
    if _WEB.fullmatch(text):
        return text
    cell.correct("link", text[:60], "", RowCode.LINK_LEFT_OUT)
    return None
