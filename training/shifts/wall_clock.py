"""Which instant is it when a clock on a wall shows a day and a time? Both clock changes have one written answer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MIDNIGHT = time()
_CLOSE = timedelta(milliseconds=1)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant in UTC. A time that a clock change leaves out is the first instant after it; of a time that comes
    twice it is the first."""
    shown = datetime.combine(day, clock, zone)
    found = shown.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return found
    # The change lies between the two readings of a time that never was.
    before, after = shown.replace(fold=1).astimezone(UTC), found
    new = after.astimezone(zone).utcoffset()
    while after - before > _CLOSE:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == new:
            after = middle
        else:
            before = middle
    # Changes happen on whole seconds, and the search ends just behind one.
    return after.replace(microsecond=0)


def until_clock(day: date, begins: time, ends: time, zone: ZoneInfo) -> datetime:
    """The end of what begins on a day: an end that is not after the beginning is on the next day."""
    return instant(day if begins < ends else day + ONE_DAY, ends, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins there."""
    return instant(day, MIDNIGHT, zone)
