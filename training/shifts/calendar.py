"""When is one person on duty? Rotations, single spans, court and leave, weighed as values; nothing here asks the
record.

A person's own rotation goes before their unit's, a single shift or a day off before both on its day, and court and
leave before everything.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from db.records.shifts import WorkKind
from training.shifts.wall_clock import ONE_DAY, instant, midnight, until_clock

# Two single shifts that lie no further apart than this are of one calendar, and the days between are days off.
OF_ONE_CALENDAR = timedelta(days=14)
# No shift that anybody works is longer; what begins earlier than this is over.
LONGEST = timedelta(days=2)
# What says that the calendar knows a day; overtime and court alone do not.
_SAYS_THE_DAY = frozenset({WorkKind.SHIFT, WorkKind.SWAP, WorkKind.OFF})
_INSTEAD = frozenset({WorkKind.SHIFT, WorkKind.SWAP})
_SPARED = frozenset({WorkKind.COURT, WorkKind.OFF})


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """From one instant to another, the end not included, under the name the calendar gives it."""

    at: datetime
    until: datetime
    name: str = ""

    def holds(self, moment: datetime) -> bool:
        """Whether the moment is in it."""
        return self.at <= moment < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRotation:
    """A rotation: which days of it are worked, counted from 0, and from when to when by the clock."""

    name: str
    zone: ZoneInfo
    anchor: date
    days: int
    works: frozenset[int]
    begins: time
    ends: time
    first: date = date.min
    last: date = date.max

    def covers(self, day: date) -> bool:
        """Whether it holds on a day, worked or not."""
        return self.first <= day <= self.last

    def on(self, day: date) -> Shift | None:
        """What is worked from this day on, over midnight where it ends on the next."""
        if (day - self.anchor).days % self.days not in self.works:
            return None
        begins = instant(day, self.begins, self.zone)
        ends = until_clock(day, self.begins, self.ends, self.zone)
        # Between two clock changes of a strange zone nothing may be left of it.
        return Shift(begins, ends, self.name) if begins < ends else None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person is in a unit between two instants. ``rotations`` are the unit's, then those of the units above it."""

    since: datetime
    until: datetime | None
    rotations: tuple[tuple[ShiftRotation, ...], ...]

    def lasts(self, moment: datetime) -> bool:
        """Whether they are in it at a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Single:
    """One span of a person's calendar."""

    kind: WorkKind
    shift: Shift


@dataclass(frozen=True, slots=True)
class LeaveDays:
    """A leave: its first day, and the first day back; None when nobody knows yet."""

    first: date
    back: date | None

    def holds(self, day: date) -> bool:
        """Whether it runs on a day."""
        return self.first <= day and (self.back is None or day < self.back)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Everything that is known about when one person works; ``zone`` is where they are."""

    zone: ZoneInfo
    own: tuple[ShiftRotation, ...] = ()
    units: tuple[Membership, ...] = ()
    singles: tuple[Single, ...] = ()
    leaves: tuple[LeaveDays, ...] = field(default=())

    def day_of(self, moment: datetime) -> date:
        """The day on the person's own wall."""
        return moment.astimezone(self.zone).date()

    def knows(self, day: date) -> bool:
        """Whether the calendar says anything about a day, be it that nobody works."""
        return bool(self._rotations_on(day)) or self._between_singles(day)

    def on_leave(self, day: date) -> bool:
        """Whether a leave runs on a day."""
        return any(each.holds(day) for each in self.leaves)

    def by_rotation(self, day: date) -> tuple[Shift, ...]:
        """What the rotation alone would have them work from this day on."""
        found = []
        for each, member in self._rotations_on(day):
            shift = each.on(day)
            if shift is not None and (member is None or member.lasts(shift.at)):
                found.append(shift)
        return tuple(dict.fromkeys(found))

    def meant(self, day: date) -> tuple[Shift, ...]:
        """What they are meant to work from this day on, before days off, court and leave are taken out."""
        singles = self._singles_on(day)
        instead = [each.shift for each in singles if each.kind in _INSTEAD]
        beside = [each.shift for each in singles if each.kind is WorkKind.OVERTIME]
        return (*(instead or self.by_rotation(day)), *beside)

    def worked(self, day: date) -> tuple[Shift, ...]:
        """What is worked of it, in pieces where court or a day off lies inside."""
        if self.on_leave(day):
            return ()
        begins, ends = midnight(day, self.zone), midnight(day + ONE_DAY, self.zone)
        whole = any(
            each.kind is WorkKind.OFF and each.shift.at <= begins and ends <= each.shift.until
            for each in self.singles
        )
        kept = () if whole else self.meant(day)
        return tuple(piece for shift in kept for piece in self.without_spared(shift))

    def without_spared(self, shift: Shift) -> Iterator[Shift]:
        """A shift without court, without hours off, and without what reaches into a day of leave."""
        pieces = [shift]
        for spared in self._spared(shift):
            pieces = [rest for piece in pieces for rest in _minus(piece, spared)]
        return iter(pieces)

    def in_court(self, moment: datetime) -> bool:
        """Whether they are in court then."""
        return any(each.kind is WorkKind.COURT and each.shift.holds(moment) for each in self.singles)

    def on_duty(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """When they are known to be on duty between two instants, in order; cut at both ends."""
        days = days_between(self.day_of(since - LONGEST), self.day_of(until))
        return tuple(
            sorted(
                Shift(max(each.at, since), min(each.until, until), each.name)
                for day in days
                for each in self.worked(day)
                if each.at < until and since < each.until
            )
        )

    def _spared(self, shift: Shift) -> Iterator[Shift]:
        yield from (each.shift for each in self.singles if each.kind in _SPARED)
        for each in self.leaves:
            # A shift reaches no further than a day or two.
            for day in days_between(self.day_of(shift.at), self.day_of(shift.until)):
                if each.holds(day):
                    yield Shift(midnight(day, self.zone), midnight(day + ONE_DAY, self.zone))

    def _rotations_on(self, day: date) -> list[tuple[ShiftRotation, Membership | None]]:
        own = [each for each in self.own if each.covers(day)]
        if own:
            return [(each, None) for each in _newest(own)]
        begins, ends = midnight(day, self.zone), midnight(day + ONE_DAY, self.zone)
        found: list[tuple[ShiftRotation, Membership | None]] = []
        for member in self.units:
            if member.since < ends and (member.until is None or begins < member.until):
                covering = ([each for each in some if each.covers(day)] for some in member.rotations)
                nearest = next((some for some in covering if some), [])
                found += [(each, member) for each in _newest(nearest)]
        return found

    def _singles_on(self, day: date) -> list[Single]:
        return [each for each in self.singles if self.day_of(each.shift.at) == day]

    @cached_property
    def _said_days(self) -> tuple[date, ...]:
        return tuple(
            sorted({self.day_of(each.shift.at) for each in self.singles if each.kind in _SAYS_THE_DAY})
        )

    def _between_singles(self, day: date) -> bool:
        place = bisect_left(self._said_days, day)
        if place < len(self._said_days) and self._said_days[place] == day:
            return True
        if not 0 < place < len(self._said_days):
            return False
        return self._said_days[place] - self._said_days[place - 1] <= OF_ONE_CALENDAR


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the one to the other, both included."""
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _newest(rotations: Sequence[ShiftRotation]) -> Iterable[ShiftRotation]:
    """Of rotations that hold on one day those that began last: a new one ends the one before it."""
    began = max((each.first for each in rotations), default=date.min)
    return (each for each in rotations if each.first == began)


def _minus(piece: Shift, spared: Shift) -> Iterator[Shift]:
    if spared.until <= piece.at or piece.until <= spared.at:
        yield piece
        return
    if piece.at < spared.at:
        yield Shift(piece.at, spared.at, piece.name)
    if spared.until < piece.until:
        yield Shift(spared.until, piece.until, piece.name)
