"""Which key opens which item? Kept wrapped under a master key, destroyed for good, and moved to the next master key."""

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, delete, func, insert, inspect, select, text, update

from db.keys import cipher
from db.keys.errors import MasterKeyMissingError, MasterKeyWrongError, UnreadableItemError
from db.keys.masters import Masters
from db.keys.tables import item_key, master_key, metadata
from db.unit_of_work import reading, working

log = logging.getLogger(__name__)

# Any number will do; it only has to be the same in every process.
_ONE_OPENING_AT_A_TIME = 7_270_202
BATCH = 500
# No item has this name: theirs are random numbers.
WORK = "work"
_CURRENT = select(master_key.c.fingerprint).order_by(master_key.c.number.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did; ``resumed``: it finished one that had been interrupted."""

    rewrapped: int
    resumed: bool


class KeyStore:
    """The keys of one installation. Opened when it is first used; every method is one transaction or several."""

    def __init__(self, engine: Engine, masters: Masters) -> None:
        self.engine = engine
        self._masters = masters
        self._known: Mapping[str, bytes] = {}
        self._is_open = False
        self._opening = Lock()
        self._work_key: bytes | None = None

    def open(self) -> None:
        """Make ready what is missing. MasterKeyMissingError or MasterKeyWrongError when nothing could be read."""
        with self._opening:
            if self._is_open:
                return
            _prepare_file(self.engine)
            with working(self.engine) as conn:
                _one_at_a_time(conn)
                metadata.create_all(conn)
                current = _current(conn)
                if current is None:
                    held = self._masters.held()
                    first = held[0] if held else self._masters.first()
                    _admit(conn, first)
                elif not self._masters.held():
                    raise MasterKeyMissingError
                else:
                    self._master(current)
            self._is_open = True

    def is_begun(self) -> bool:
        """Whether any key was ever kept here; nothing is made for asking."""
        place = self.engine.url
        if place.get_backend_name() == "sqlite" and not Path(place.database or "").exists():
            return False
        with reading(self.engine) as conn:
            return inspect(conn).has_table(master_key.name)

    def new_keys(self, refs: Sequence[str]) -> list[bytes]:
        """A new key for each item, in the order given; they are committed when this returns."""
        self.open()
        keys = [cipher.new_key() for _ in refs]
        with working(self.engine) as conn:
            current = _current(conn, lock=True)
            master = self._master(current)
            conn.execute(
                insert(item_key),
                [
                    {"ref": ref, "master": current, "wrapped": cipher.seal(master, key, ref)}
                    for ref, key in zip(refs, keys, strict=True)
                ],
            )
        return keys

    def work_key(self) -> bytes:
        """The one key under which work that waits is closed; what is kept for good has keys of its own.

        Made when it is first asked for; of two processes at once one makes it.
        """
        if self._work_key is None:
            self.open()
            with working(self.engine) as conn:
                current = _current(conn, lock=True)
                _one_at_a_time(conn)
                row = conn.execute(select(item_key).where(item_key.c.ref == WORK)).one_or_none()
                if row is not None:
                    self._work_key = cipher.unseal(self._master(row.master), row.wrapped, WORK)
                else:
                    self._work_key = cipher.new_key()
                    wrapped = cipher.seal(self._master(current), self._work_key, WORK)
                    conn.execute(insert(item_key).values(ref=WORK, master=current, wrapped=wrapped))
        return self._work_key

    def keys_of(self, refs: Sequence[str]) -> Mapping[str, bytes]:
        """The keys of these items; an item whose key was destroyed is not among them."""
        self.open()
        with reading(self.engine) as conn:
            rows = conn.execute(select(item_key).where(item_key.c.ref.in_(refs))).all()
        return {row.ref: cipher.unseal(self._master(row.master), row.wrapped, row.ref) for row in rows}

    def held(self, refs: Sequence[str]) -> frozenset[str]:
        """Which of these items have a key; none is opened for it."""
        self.open()
        with reading(self.engine) as conn:
            return frozenset(conn.execute(select(item_key.c.ref).where(item_key.c.ref.in_(refs))).scalars())

    def unusable(self, refs: Sequence[str]) -> tuple[int, int]:
        """How many of these items have no key, and how many one that is not what was kept; nothing is opened for it."""
        self.open()
        with reading(self.engine) as conn:
            rows = conn.execute(select(item_key).where(item_key.c.ref.in_(refs))).all()
        return len(set(refs) - {row.ref for row in rows}), sum(not self._opens(row) for row in rows)

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with its file, a line for each; PostgreSQL checks a page when it reads it."""
        if self.engine.dialect.name != "sqlite":
            return ()
        with reading(self.engine) as conn:
            said = conn.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        return tuple(str(line) for line in said if line != "ok")

    def _opens(self, row: Row[Any]) -> bool:
        try:
            return len(cipher.unseal(self._master(row.master), row.wrapped, row.ref)) == cipher.KEY_BYTES
        except (MasterKeyWrongError, UnreadableItemError):
            return False

    def destroy(self, refs: Sequence[str]) -> int:
        """Destroy the keys of these items: nothing will ever open them again. How many were still there."""
        self.open()
        with working(self.engine) as conn:
            destroyed = conn.execute(delete(item_key).where(item_key.c.ref.in_(refs))).rowcount
        if destroyed:
            _leave_nothing_behind(self.engine)
        return destroyed

    def rotate(self, on_progress: Callable[[int], None] | None = None) -> Rotation:
        """Wrap every key under the next master key and let go of the one until now.

        Interrupted at any place it is finished by the next call. NextMasterKeyMissingError when the next one has to be
        given from outside and is not.
        """
        self.open()
        with reading(self.engine) as conn:
            several = conn.execute(select(func.count()).select_from(master_key)).scalar_one() > 1
            before = self._master(_current(conn))
        held = self._masters.held()
        # Two rows: interrupted while wrapping. One row and an older key behind it: interrupted just before the end.
        resumed = several or (len(held) > 1 and held[0] == before)
        if not resumed:
            following = self._masters.following(before)
            with working(self.engine) as conn:
                _admit(conn, following)
        rewrapped = 0
        while moved := self._rewrap_some():
            rewrapped += moved
            if on_progress is not None:
                on_progress(rewrapped)
        with working(self.engine) as conn:
            current = _current(conn, lock=True)
            conn.execute(delete(master_key).where(master_key.c.fingerprint != current))
        self._masters.keep_only(self._master(current))
        return Rotation(rewrapped, resumed)

    def _rewrap_some(self) -> int:
        with working(self.engine) as conn:
            current = _current(conn, lock=True)
            rows = conn.execute(select(item_key).where(item_key.c.master != current).limit(BATCH)).all()
            if rows:
                master = self._master(current)
                conn.execute(
                    update(item_key)
                    .where(item_key.c.ref == bindparam("moved"))
                    .values(master=current, wrapped=bindparam("again")),
                    [
                        {
                            "moved": row.ref,
                            "again": cipher.seal(
                                master, cipher.unseal(self._master(row.master), row.wrapped, row.ref), row.ref
                            ),
                        }
                        for row in rows
                    ],
                )
        return len(rows)

    def _master(self, fingerprint: str | None) -> bytes:
        """The master key of this fingerprint; read again when another process has rotated since."""
        if fingerprint not in self._known:
            self._known = {cipher.fingerprint(key): key for key in self._masters.held()}
        if fingerprint is None or fingerprint not in self._known:
            raise MasterKeyWrongError
        return self._known[fingerprint]


def _prepare_file(engine: Engine) -> None:
    """The file and its folder are the owner's alone from the beginning."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)


def _leave_nothing_behind(engine: Engine) -> None:
    """SQLite moves rows about inside its pages, and what it moved them from is not always overwritten.

    Written anew, the file holds what is there and nothing else. Whoever reads at that moment keeps it from happening,
    and the next destruction does it.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        with suppress(sqlite3.OperationalError):
            connection.cursor().execute("VACUUM")
    finally:
        connection.close()


def _one_at_a_time(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_OPENING_AT_A_TIME})


def _current(conn: Connection, *, lock: bool = False) -> str | None:
    """The master key that wraps what is new. Locked, it stays the current one until the commit."""
    if lock and conn.dialect.name == "postgresql":
        # A row added meanwhile would not be seen through a row lock.
        conn.execute(text("LOCK TABLE master_key IN ROW SHARE MODE"))
    return conn.execute(_CURRENT).scalar_one_or_none()


def _admit(conn: Connection, master: bytes) -> None:
    """From this commit on, new keys are wrapped under this master key."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("LOCK TABLE master_key IN EXCLUSIVE MODE"))
    number = conn.execute(select(func.coalesce(func.max(master_key.c.number), 0) + 1)).scalar_one()
    conn.execute(insert(master_key).values(fingerprint=cipher.fingerprint(master), number=number))
