"""About which day is an answer, and what did the file say when? Resolved once for a question, kept with the talk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries.agencies import seq_at
from db.queries.set_backs import came_again
from db.records.facts import AgencyId
from reading.text.model import AskedMoment

# A record shown with 14:10 was there at 14:10, whatever its seconds.
_WITHIN_THE_MINUTE = timedelta(minutes=1) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """``as_of`` None: today. ``known`` None: everything on file; else the instant, with ``seq`` as its place in the
    agency's sequence. ``doubtful``: a clock was set back over that instant, so what was on file is not sure."""

    as_of: date | None = None
    known: datetime | None = None
    seq: int | None = None
    doubtful: bool = False

    @property
    def is_now(self) -> bool:
        """Whether the answer is simply today's."""
        return self.as_of is None and self.known is None

    def to_json(self) -> dict[str, str]:
        """What a talk remembers of it and the log keeps."""
        kept = {"as_of": self.as_of, "known": self.known.astimezone(UTC) if self.known else None}
        return {name: value.isoformat() for name, value in kept.items() if value is not None}


NOW = Moment()


def asked_moment(
    conn: Connection, agency_id: AgencyId, asked: AskedMoment, zone: str, now: datetime
) -> Moment | None:
    """The moment that the words mean where the asker is; None for a file of a time that is still to come."""
    if asked.known_on is None:
        return Moment(asked.as_of)
    here = ZoneInfo(zone)
    day = asked.known_on
    if asked.known_at is None:
        known = datetime.combine(day + timedelta(days=1), time(), here) - timedelta(microseconds=1)
    else:
        # Where the clock was set back, the minute that came twice ends with the second; one that was skipped is none.
        minute = datetime.combine(day, asked.known_at, here).replace(fold=1)
        if minute.astimezone(UTC).astimezone(here).time() != asked.known_at:
            return None
        known = minute + _WITHIN_THE_MINUTE
    if day > now.astimezone(here).date() or (asked.known_at is not None and known - _WITHIN_THE_MINUTE > now):
        return None
    return known_moment(conn, agency_id, asked.as_of or day, min(known, now), here)


def remembered_moment(conn: Connection, agency_id: AgencyId, kept: Mapping[str, Any], zone: str) -> Moment:
    """The moment a talk has been about; now for anything that is no moment."""
    said = kept.get("moment")
    if not isinstance(said, dict):
        return NOW
    as_of = date.fromisoformat(said["as_of"]) if "as_of" in said else None
    if "known" not in said:
        return Moment(as_of)
    return known_moment(conn, agency_id, as_of, datetime.fromisoformat(said["known"]), ZoneInfo(zone))


def known_moment(
    conn: Connection, agency_id: AgencyId, as_of: date | None, known: datetime, here: ZoneInfo
) -> Moment:
    """The file as it was at an instant, said where the agency is."""
    seq, doubtful = seq_at(conn, agency_id, known), came_again(conn, agency_id, known)
    return Moment(as_of, known.astimezone(here), seq, doubtful)
