"""Does SQLite's write-ahead log break off before its end? After a crash SQLite takes in what comes before the first
broken page and drops the rest without a word, whole transactions among it.

The form of the file is at https://www.sqlite.org/fileformat2.html#walformat.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from db.records.audit import IntegrityFinding
from db.unit_of_work import working

_HEADER, _FRAME = 32, 24
_BIG_ENDIAN_SUMS = 1
_WORD = 0xFFFFFFFF
_PAGE_SIZES = frozenset(1 << power for power in range(9, 17))


@dataclass(frozen=True, slots=True)
class _Sum:
    """SQLite's running sum over pairs of words."""

    first: int = 0
    second: int = 0

    def over(self, data: bytes, order: str) -> "_Sum":
        """The sum after so much more."""
        words = struct.unpack(f"{order}{len(data) // 4}I", data)
        first, second = self.first, self.second
        for at in range(0, len(words), 2):
            first = (first + words[at] + second) & _WORD
            second = (second + words[at + 1] + first) & _WORD
        return _Sum(first, second)

    def is_in(self, data: bytes) -> bool:
        """Whether these eight bytes say the same."""
        return struct.unpack(">II", data) == (self.first, self.second)


def check_log(engine: Engine) -> Iterator[IntegrityFinding]:
    """One finding when commits lie behind a break: log-broken."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or name is None:
        return
    log = Path(f"{name}-wal")
    if not _lost(log):
        return
    # Whoever is writing at this moment may be about to set its sums right.
    try:
        with working(engine):
            lost = _lost(log)
    except DatabaseError:
        lost = _lost(log)
    if lost:
        facts = {"file": log.name, "commits": str(lost), "copy": _kept(log)}
        yield IntegrityFinding("log-broken", tuple(facts.items()))


def _kept(log: Path) -> str:
    """A copy of the log under another name: SQLite removes it when the last who has it open is done."""
    copy = log.with_name(f"{log.name}-broken")
    # The first one is the evidence. Where nothing can be written, SQLite removes nothing either.
    with suppress(OSError):
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(log.read_bytes())
    return copy.name


def _lost(log: Path) -> int:
    """How many commits lie behind the first page that is not what was written."""
    try:
        with log.open("rb") as file:
            return _commits_behind_a_break(file)
    except FileNotFoundError:
        return 0


def _commits_behind_a_break(file: BinaryIO) -> int:
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        return 0
    magic, _, page_size = struct.unpack(">III", header[:12])
    order = ">" if magic & _BIG_ENDIAN_SUMS else "<"
    running = _Sum().over(header[:24], order)
    whole = running.is_in(header[24:])
    if page_size not in _PAGE_SIZES:
        # Nothing can be counted in such a file; SQLite takes in none of it.
        return 1
    salt = header[16:24] if whole else None
    lost = 0
    while len(frame := file.read(_FRAME + page_size)) == _FRAME + page_size:
        # What an earlier round through the file left behind has another salt.
        salt = salt or frame[8:16]
        if frame[8:16] == salt and not whole:
            lost += frame[4:8] != bytes(4)
        elif whole:
            running = running.over(frame[:8], order).over(frame[_FRAME:], order)
            whole = frame[8:16] == salt and running.is_in(frame[16:24])
            lost += not whole and frame[8:16] == salt and frame[4:8] != bytes(4)
    return lost
