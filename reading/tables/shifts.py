"""When does somebody work, as a table of shifts or of rotations says it? Clock times stay as they are on the wall."""

from datetime import date, datetime, time, timedelta

from reading.tables.cellreader import CellReader, kebab
from reading.tables.clocks import (
    LONGEST_ROTATION,
    WEEK,
    clock_beside,
    read_clock,
    read_days,
    read_weekdays,
    read_zone,
)
from reading.tables.codes import RowCode
from reading.tables.rows import PatternRow, RowWork, ShiftRow

ONE_DAY = timedelta(days=1)
# What lies further off is nobody's next shift.
KEPT_BACK, KEPT_AHEAD = timedelta(days=400), timedelta(days=800)
# Nobody works longer at a stretch; a trial or days off may last.
LONGEST_SHIFT, LONGEST_OTHER = timedelta(days=2), timedelta(days=366)
# Any Monday: a week has no first week.
A_MONDAY = date(2024, 1, 1)

# Words for what a span is, in kebab-case. Why somebody is off is not kept.
KINDS: dict[str, RowWork] = {
    word: kind
    for kind, words in {
        RowWork.SHIFT: (
            "shift", "regular", "regular-shift", "work", "working", "on", "on-duty", "duty", "scheduled",
            "patrol", "training", "class", "in-service",
        ),
        RowWork.SWAP: ("swap", "swapped", "shift-swap", "trade", "traded", "shift-trade", "exchange"),
        RowWork.OVERTIME: (
            "overtime", "ot", "extra", "extra-duty", "special-detail", "detail", "callback", "call-back",
            "callout", "call-out", "holdover", "hold-over",
        ),
        RowWork.COURT: (
            "court", "court-appearance", "court-date", "subpoena", "testimony", "hearing", "grand-jury",
            "trial",
        ),
        RowWork.OFF: (
            "off", "day-off", "days-off", "off-duty", "rdo", "regular-day-off", "vacation", "pto", "holiday",
            "sick", "comp", "comp-time", "leave", "personal", "not-working",
        ),
        RowWork.CANCELLED: ("cancelled", "canceled", "deleted", "called-off", "void"),
    }.items()
    for word in words
}  # fmt: skip
_MAY_BE_WHOLE_DAYS = frozenset({RowWork.COURT, RowWork.OFF, RowWork.CANCELLED})


def read_shift(cell: CellReader) -> ShiftRow | None:
    """One span of one person."""
    badge = cell.badge() if cell.text("badge_number") or not cell.has("email") else ""
    email = cell.text("email").casefold() or None
    if not badge and email is None and not cell.problems:
        cell.problem(RowCode.VALUE_MISSING, column="badge_number" if cell.has("badge_number") else "email")
    kind = _kind(cell)
    day, end_day = cell.day("date", required=True), cell.day("end_date")
    begins, ends = _clock(cell, "starts", "date"), _clock(cell, "ends", "end_date")
    row_zone = _zone(cell)
    if cell.problems or cell.skipped or day is None or kind is None:
        return None
    if not cell.today - KEPT_BACK <= day <= cell.today + KEPT_AHEAD:
        cell.skip(RowCode.SHIFT_FAR, on=day.isoformat())
        return None
    span = _span(cell, kind, day, begins, end_day, ends)
    if span is None:
        return None
    return ShiftRow(
        badge_number=badge,
        email=email,
        kind=kind,
        starts=span[0],
        ends=span[1],
        time_zone=row_zone,
        # Beside a day off or court the name of the shift would say why.
        name=None if kind in _MAY_BE_WHOLE_DAYS else cell.optional("shift"),
        shift_id=cell.optional("shift_id"),
    )


def _kind(cell: CellReader) -> RowWork | None:
    text = cell.text("kind")
    if not text:
        # A list of shifts says OFF or COURT where the name of the shift stands.
        return KINDS.get(kebab(cell.text("shift")), RowWork.SHIFT)
    kind = KINDS.get(kebab(text))
    if kind is None:
        cell.problem(RowCode.WORK_UNKNOWN, kind=text[:40])
    return kind


def _clock(cell: CellReader, column: str, day_column: str) -> time | None:
    text = cell.text(column)
    said = text or clock_beside(cell.text(day_column))
    clock = read_clock(said) if said else None
    if said and clock is None:
        cell.problem(RowCode.TIME_UNREADABLE, column=column, value=said[:40])
    return clock


def _zone(cell: CellReader) -> str | None:
    text = cell.text("time_zone")
    zone = read_zone(text) if text else None
    if text and zone is None:
        cell.problem(RowCode.TIME_ZONE_UNKNOWN, value=text[:60])
    return zone


def _span(
    cell: CellReader, kind: RowWork, day: date, begins: time | None, end_day: date | None, ends: time | None
) -> tuple[datetime, datetime] | None:
    if begins is None and ends is None and kind in _MAY_BE_WHOLE_DAYS:
        at, until = datetime.combine(day, time()), datetime.combine((end_day or day) + ONE_DAY, time())
    elif begins is None or ends is None:
        cell.problem(RowCode.VALUE_MISSING, column="starts" if begins is None else "ends")
        return None
    else:
        at, until = datetime.combine(day, begins), datetime.combine(end_day or day, ends)
        if end_day is None and until <= at:
            until += ONE_DAY
    if until <= at:
        cell.problem(
            RowCode.WINDOW_REVERSED,
            start_column="date",
            start=f"{at:%Y-%m-%d %H:%M}",
            end_column="end_date",
            end=f"{until:%Y-%m-%d %H:%M}",
        )
        return None
    limit = LONGEST_OTHER if kind in _MAY_BE_WHOLE_DAYS else LONGEST_SHIFT
    if until - at > limit:
        cell.problem(
            RowCode.SHIFT_TOO_LONG,
            hours=str((until - at) // timedelta(hours=1)),
            limit=str(limit // timedelta(hours=1)),
        )
        return None
    return at, until


def read_pattern(cell: CellReader) -> PatternRow | None:
    """One rotation, or one part of it with hours of its own, and whose it is."""
    badge = cell.badge() if cell.text("badge_number") or not cell.has("unit") else ""
    unit = cell.optional("unit") if not badge else None
    if not badge and unit is None and not cell.problems:
        cell.problem(RowCode.VALUE_MISSING, column="unit")
    begins, ends = _clock(cell, "starts", ""), _clock(cell, "ends", "")
    for column, clock in (("starts", begins), ("ends", ends)):
        if clock is None and not cell.text(column):
            cell.problem(RowCode.VALUE_MISSING, column=column)
    rotation = _rotation(cell)
    starts_on, ends_on = cell.day("starts_on"), cell.day("ends_on")
    cell.in_sequence("starts_on", starts_on, "ends_on", ends_on)
    zone = _zone(cell)
    if cell.problems or cell.skipped or rotation is None or begins is None or ends is None:
        return None
    first_day, cycle_days, works = rotation
    return PatternRow(
        badge_number=badge,
        unit=unit,
        pattern=cell.title("pattern") or unit or "",
        first_day=first_day,
        cycle_days=cycle_days,
        works=works,
        starts=f"{begins:%H:%M}",
        ends=f"{ends:%H:%M}",
        starts_on=starts_on,
        ends_on=ends_on,
        time_zone=zone,
    )


def _rotation(cell: CellReader) -> tuple[date, int, tuple[str, ...]] | None:
    """Its first day, its length and the days that are worked: of the week by name, of any other by number."""
    text, said = cell.required("works"), cell.text("cycle_days")
    first_day = cell.day("first_day")
    if not text:
        return None
    weekdays = read_weekdays(text)
    if weekdays is not None:
        if said not in {"", str(WEEK)}:
            cell.problem(RowCode.WORKS_UNREADABLE, value=text[:40])
        return A_MONDAY, WEEK, tuple(str(day) for day in weekdays)
    length = int(said) if said.isdecimal() and len(said) <= 3 else 0
    if not 1 <= length <= LONGEST_ROTATION:
        cell.problem(RowCode.CYCLE_UNREADABLE, value=said[:40], limit=str(LONGEST_ROTATION))
        return None
    days = read_days(text, length)
    if days is None:
        cell.problem(RowCode.WORKS_UNREADABLE, value=text[:40])
    if first_day is None:
        if not cell.text("first_day"):
            cell.problem(RowCode.VALUE_MISSING, column="first_day")
        return None
    return first_day, length, tuple(str(day) for day in days or ())
