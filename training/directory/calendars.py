"""What stands in somebody's own calendar for a class, and how is it kept there? As the directory's service does it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One day of a class, or all of them. ``begins`` and ``ends`` are clock times of ``zone``, as ISO writes them; for
    whole days midnight, the last day's at its end."""

    title: str
    note: str
    place: str
    begins: str
    ends: str
    zone: str
    whole_days: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether it lies in the past."""
        return datetime.fromisoformat(self.ends).replace(tzinfo=ZoneInfo(self.zone)) <= now

    def kept(self) -> str:
        """As work state keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def entry_of(kept: str) -> CalendarEntry:
    """The entry again."""
    return CalendarEntry(**json.loads(kept))


class AgencyCalendars(Protocol):
    """People's own calendars, by their ids of the directory. Called from worker threads, never from the event loop;
    what goes wrong is a RollcallError."""

    def enter(self, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
        """Make an entry; by what the calendar knows it. With the same transaction and the same entry there is one,
        however often it is asked for. None for somebody without a calendar."""
        ...

    def change(self, object_id: str, event_id: str, entry: CalendarEntry) -> bool:
        """It says this now; False where it is not there any more."""
        ...

    def remove(self, object_id: str, event_id: str) -> None:
        """It is not there any more, whoever took it away."""
        ...
