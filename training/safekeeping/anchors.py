"""What did each agency's chain stand at, day by day, by the word of a second place?

A chain cannot see that its own end was cut off together with its head. Once in an agency's day count and hash are
written to a folder that is not this machine's: one new file, never changed, which holds the hash of the file before it.
A restore writes one more, which says from where the record went on.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from db.queries import agencies
from db.queries.audit import chain_head
from db.records.audit import FindingCode, IntegrityFinding
from db.records.facts import AgencyId
from db.tables import audit_entry
from db.unit_of_work import reading
from training.errors import ErrorCode, RollcallError
from training.office import Office, business_now, local_day

NOTHING_BEFORE = "0" * 64
_AGENCY = re.compile(r"agency-(\d+)")
_FILE = re.compile(r"(\d{6})-(\d{4}-\d\d-\d\d)(-restored)?\.json")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where one agency's chain stood. ``restored``: the record went on from here, and what came after is lost."""

    agency: int
    number: int
    day: date
    at: datetime
    seq: int
    entries: int
    head: str
    restored: bool = False
    before: str  # SHA-256 of the file before it

    @property
    def name(self) -> str:
        """The file's name: its number, its day, and whether a restore wrote it."""
        return f"{self.number:06d}-{self.day.isoformat()}{'-restored' if self.restored else ''}.json"


@dataclass(frozen=True, slots=True)
class _Found:
    """One file as it lies there; no anchor when it cannot be read."""

    name: str
    anchor: Anchor | None
    hash: str


def anchor_all(office: Office, folder: Path) -> tuple[Anchor, ...]:
    """Write today's anchor of every agency that has none yet: those written. May be called as often as one likes, from
    as many places at once. RollcallError when the folder is not there."""
    written = []
    now = business_now(office)
    _must_be_there(folder)
    with reading(office.engine) as conn:
        for agency_id in agencies.agencies(conn):
            day = local_day(now, agencies.agency(conn, agency_id).fact.time_zone)
            names = _names(folder, agency_id)
            if any(_day_of(each) == day.isoformat() for each in names):
                continue
            anchor = _next(conn, folder, agency_id, names, day, now)
            if _write(folder, anchor):
                written.append(anchor)
    return tuple(written)


def anchor_restored(office: Office, folder: Path) -> tuple[Anchor, ...]:
    """Say in the second place that every agency's record was restored and goes on from where it stands now."""
    written = []
    now = business_now(office)
    _must_be_there(folder)
    with reading(office.engine) as conn:
        for agency_id in agencies.agencies(conn):
            day = local_day(now, agencies.agency(conn, agency_id).fact.time_zone)
            anchor = _next(conn, folder, agency_id, _names(folder, agency_id), day, now, restored=True)
            if _write(folder, anchor):
                written.append(anchor)
    return tuple(written)


def anchors_of(folder: Path, agency_id: int) -> tuple[Anchor, ...]:
    """An agency's anchors, oldest first, without those that cannot be read. RollcallError as above."""
    _must_be_there(folder)
    return tuple(each.anchor for each in _files(folder, agency_id) if each.anchor is not None)


def anchors_in(folder: Path) -> int:
    """How many anchors of all agencies can be read there."""
    _must_be_there(folder)
    return sum(len(anchors_of(folder, number)) for number in _agencies_in(folder))


def forks_of(folder: Path) -> tuple[Anchor, ...]:
    """The restores that the second place knows of, which everybody who relies on the record should know of too."""
    _must_be_there(folder)
    return tuple(
        anchor for number in _agencies_in(folder) for anchor in anchors_of(folder, number) if anchor.restored
    )


def check_anchors(engine: Engine, folder: Path) -> tuple[IntegrityFinding, ...]:
    """Whether the record still holds everything the second place has seen.

    Codes: anchor-changed, anchor-gone, anchor-ahead, anchor-differs, anchor-agency.
    """
    _must_be_there(folder)
    with reading(engine) as conn:
        here = set(agencies.agencies(conn))
        return tuple(
            finding
            for number in sorted(set(_agencies_in(folder)) | here)
            for finding in _check(conn, folder, number, known=number in here)
        )


def _check(conn: Connection, folder: Path, number: int, *, known: bool) -> Iterator[IntegrityFinding]:
    found = _files(folder, number)
    yield from _check_files(number, found)
    held = [each.anchor for each in found if each.anchor is not None]
    if not held:
        return
    if not known:
        yield _finding("anchor-agency", agency=number, day=held[-1].day)
        return
    head = chain_head(conn, AgencyId(number))
    valid = _not_lost(held)
    ahead = [each for each in valid if each.entries > head.entries]
    if ahead:
        first, last = ahead[0], ahead[-1]
        yield _finding(
            "anchor-ahead",
            agency=number,
            day=last.day,
            entries=last.entries,
            here=head.entries,
            first=first.day,
        )
    yield from _compare(conn, number, [each for each in valid if 0 < each.entries <= head.entries])


def _not_lost(held: Sequence[Anchor]) -> list[Anchor]:
    """Without what a later restore left behind: it is no longer part of the record, and was said at the time."""
    valid = []
    kept: int | None = None
    for each in reversed(held):
        if kept is None or each.entries <= kept:
            valid.append(each)
        if each.restored:
            kept = each.entries if kept is None else min(kept, each.entries)
    return valid[::-1]


def _compare(conn: Connection, number: int, anchors: Sequence[Anchor]) -> Iterator[IntegrityFinding]:
    for start in range(0, len(anchors), _AT_ONCE):
        some = anchors[start : start + _AT_ONCE]
        rows = conn.execute(
            select(audit_entry.c.position, audit_entry.c.hash).where(
                audit_entry.c.agency_id == number, audit_entry.c.position.in_([each.entries for each in some])
            )
        )
        hashes = {row.position: row.hash for row in rows}
        for each in some:
            if hashes.get(each.entries) != each.head:
                yield _finding("anchor-differs", agency=number, day=each.day, position=each.entries)


def _check_files(number: int, found: Sequence[_Found]) -> Iterator[IntegrityFinding]:
    before = NOTHING_BEFORE
    for at, each in enumerate(found, start=1):
        numbered = int(each.name[:6])
        if numbered > at and (at == 1 or numbered - int(found[at - 2].name[:6]) != 1):
            yield _finding("anchor-gone", agency=number, file=each.name)
        elif each.anchor is None or each.anchor.before != before:
            yield _finding("anchor-changed", agency=number, file=each.name)
        before = each.hash


def _next(
    conn: Connection,
    folder: Path,
    agency_id: AgencyId,
    names: Sequence[str],
    day: date,
    now: datetime,
    *,
    restored: bool = False,
) -> Anchor:
    head = chain_head(conn, agency_id)
    return Anchor(
        agency=agency_id,
        number=int(names[-1][:6]) + 1 if names else 1,
        day=day,
        at=now,
        seq=head.seq,
        entries=head.entries,
        head=head.hash,
        restored=restored,
        before=_read(_place(folder, agency_id) / names[-1], agency_id).hash if names else NOTHING_BEFORE,
    )


def _write(folder: Path, anchor: Anchor) -> bool:
    """A new file, or nothing when somebody else was first."""
    said = {each.name: getattr(anchor, each.name) for each in fields(Anchor)}
    said |= {"day": anchor.day.isoformat(), "at": anchor.at.isoformat()}
    place = _place(folder, anchor.agency)
    try:
        place.mkdir(exist_ok=True)
        descriptor = os.open(place / anchor.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    except FileExistsError:
        return False
    except OSError as error:
        raise RollcallError(ErrorCode.ANCHOR_FOLDER, folder=str(folder)) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(json.dumps(said, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def _files(folder: Path, number: int) -> list[_Found]:
    place = _place(folder, number)
    return [_read(place / name, number) for name in _names(folder, number)]


def _names(folder: Path, number: int) -> list[str]:
    """In the order of their numbers; reading them all on every tick would be a lot of a share."""
    try:
        return sorted(each.name for each in _place(folder, number).iterdir() if _FILE.fullmatch(each.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RollcallError(ErrorCode.ANCHOR_FOLDER, folder=str(folder)) from error


def _place(folder: Path, number: int) -> Path:
    return folder / f"agency-{number}"


def _read(path: Path, number: int) -> _Found:
    data = path.read_bytes()
    anchor = None
    with suppress(ValueError, TypeError, KeyError):
        said = json.loads(data)
        anchor = Anchor(
            **(said | {"day": date.fromisoformat(said["day"]), "at": datetime.fromisoformat(said["at"])})
        )
        if anchor.name != path.name or anchor.agency != number:
            anchor = None
    return _Found(path.name, anchor, sha256(data).hexdigest())


def _day_of(name: str) -> str:
    """The day of an ordinary anchor; a restore does not stand in for the day's."""
    match = _FILE.fullmatch(name)
    return match[2] if match is not None and match[3] is None else ""


def _agencies_in(folder: Path) -> list[int]:
    return sorted(int(match[1]) for each in folder.iterdir() if (match := _AGENCY.fullmatch(each.name)))


def _must_be_there(folder: Path) -> None:
    # A share that is not mounted must not become a folder on this very machine.
    if not folder.is_dir():
        raise RollcallError(ErrorCode.ANCHOR_FOLDER, folder=str(folder))


def _finding(code: FindingCode, **facts: object) -> IntegrityFinding:
    return IntegrityFinding(code, tuple((name, str(value)) for name, value in facts.items()))
