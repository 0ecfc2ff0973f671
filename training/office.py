"""What every use case is given: the record, the clock and the rules of one installation."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from db.clock import moved_now, offset_seconds
from db.files.port import FileStore, Nowhere
from db.keys.store import KeyStore
from db.unit_of_work import reading
from training.packs import PackShelf
from training.ports import CertificateReader, Clock, Scan, TextRates, unscanned
from training.walls import Walls


@dataclass(frozen=True, slots=True)
class PayNote:
    """What the agency says about pay for a class on a day off, in its own words, and where that is written."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """Composed once at the edge. ``keys`` open what people wrote and sent, and lie apart from the record; ``files`` is
    where sent files lie, sealed. ``scan`` asks an outside program whether a file is infected.

    ``clock`` gives the process's instant; the record may move it (demo and tests).

    ``fixed``: the clock is business time already, and the record's offset does not move it. ``asked_at``: every
    question is answered as of this instant, while what is written down keeps the instant it was written at. ``walls``:
    what decides how far a question reaches. ``anchors``: the second place to which each day's end of the chains goes;
    None where nobody named one. ``peer_support`` and ``answer_time`` are the agency's own words for how to reach it and
    when a person answers; empty where it says nothing. ``day_off_pay``: the same about pay for a class on a day off.
    ``links_at``: the address under which people's browsers reach us; empty where nobody named one, and no link can be
    made. ``text_rates``: how a message is counted as a text; None where no door sends any. ``reader`` reads what is
    sent; without one every file waits. ``local_desk``: panes of this process are where people without an account are
    told something. ``without_files``: the channels on which nobody can send a file.
    """

    engine: Engine
    clock: Clock
    shelf: PackShelf
    keys: KeyStore
    fixed: bool = False
    asked_at: datetime | None = None
    anchors: Path | None = None
    peer_support: str = ""
    answer_time: str = ""
    day_off_pay: PayNote | None = None
    links_at: str = ""
    without_files: frozenset[str] = frozenset()
    text_rates: TextRates | None = None
    walls: Walls = field(default_factory=Walls)
    reader: CertificateReader | None = None
    local_desk: bool = False
    files: FileStore = field(default_factory=Nowhere)
    scan: Scan = unscanned


def business_now(office: Office) -> datetime:
    """The instant it is for the agency: the clock's, moved as the record's own clock is unless it was fixed."""
    now = office.clock.now()
    if office.fixed:
        return now
    with reading(office.engine) as conn:
        return now + timedelta(seconds=offset_seconds(conn))


def shared_now(office: Office, conn: Connection) -> datetime:
    """The instant for leases and for what is due: the database's, which all processes share, moved as business time is.

    ``conn`` reads or writes work state. A clock that was fixed stands still here too.
    """
    if office.fixed:
        return office.clock.now()
    return moved_now(conn)


def moved_by(office: Office, conn: Connection) -> timedelta:
    """How far ``shared_now`` is from the instant that other services have."""
    return timedelta() if office.fixed else timedelta(seconds=offset_seconds(conn))


def unmoved_now(office: Office, conn: Connection) -> datetime:
    """The instant that other services have: for what must not come sooner because the demo's clock was moved."""
    return shared_now(office, conn) - moved_by(office, conn)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of an instant in a zone: due dates are days where the agency is."""
    return at.astimezone(ZoneInfo(zone)).date()
