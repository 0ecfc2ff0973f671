"""What is each byte of an SQLite file for? Written from https://www.sqlite.org/fileformat2.html, for sound files that
nobody has open."""

import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from enum import StrEnum
from pathlib import Path

HEAD_OF_FILE = 100


class Place(StrEnum):
    """The kinds of place. Those of ``UNREAD`` hold nothing that anybody relies on; docs/record.md names them."""

    HEAD_READ = "head of the file: what SQLite works with"
    HEAD_COUNTERS = "head of the file: counters, versions, reserve"
    PAGE_HEAD = "head of a page, and where its rows are"
    POINTER = "interior page: number of the page below"
    DIVIDER = "interior page of a table: where it divides"
    INDEX_ROW = "row of an index"
    ROW = "row of a table"
    WORK_ROW = "row of the clock or of a heartbeat"
    ROW_LENGTH = "length and number of a row of a table"
    OWN_NUMBER = "row of a table: form of its own number, which stands before it"
    SCHEMA_ROW = "row of the schema"
    SCHEMA_NUMBER = "row of the schema: length and number"
    OVERFLOW = "rest of a long row"
    GAP = "free: between the places and the rows of a page"
    FREE_BLOCK = "free: where a row was"
    FREE_HEAD = "free: how much, and where the next is"
    FRAGMENT = "free: less than four bytes between rows"
    SLACK = "free: behind the end of a long row"
    FREE_PAGE = "free: a whole page"
    FREE_LIST = "free: rest of a page that lists free pages"


UNREAD = frozenset(
    {
        Place.HEAD_COUNTERS,
        Place.DIVIDER,
        Place.OWN_NUMBER,
        Place.SCHEMA_NUMBER,
        Place.GAP,
        Place.FREE_BLOCK,
        Place.FRAGMENT,
        Place.SLACK,
        Place.FREE_PAGE,
        Place.FREE_LIST,
    }
)
# Forms of writing and reading, which are set anew when the file is opened; change counter, schema cookie, form of the
# schema, size of the cache, encoding (of which two bits count), reserve, version of the library.
_COUNTERS = (18, 19, *range(24, 28), *range(40, 52), *range(56, 60), *range(72, 100))
_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_TABLE = 2, 5, 13
_SCHEMA = "sqlite_schema"
_WITHOUT_HASH = frozenset({"clock_offset", "heartbeat"})
_AT_LEAST = 4


class Places:
    """The places of one file."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.size = struct.unpack(">H", self.data[16:18])[0]
        self.kinds: list[Place | None] = [None] * len(self.data)
        self.pages = len(self.data) // self.size
        with closing(sqlite3.connect(path)) as file:
            roots = file.execute("SELECT rootpage, name FROM sqlite_master WHERE rootpage > 0").fetchall()
        for root, name in ((1, _SCHEMA), *roots):
            self._tree(root, name)
        self._free_pages()
        self._mark(0, HEAD_OF_FILE, Place.HEAD_READ)
        for at in _COUNTERS:
            self.kinds[at] = Place.HEAD_COUNTERS

    def by_kind(self) -> Mapping[Place, list[int]]:
        """Every byte under what it is for."""
        found: dict[Place, list[int]] = {}
        for at, kind in enumerate(self.kinds):
            assert kind is not None, f"byte {at} of page {at // self.size + 1} is for nothing"
            found.setdefault(kind, []).append(at)
        return found

    def _mark(self, first: int, after: int, kind: Place) -> None:
        self.kinds[first:after] = [kind] * (after - first)

    def _number(self, at: int) -> int:
        number: int = struct.unpack(">I", self.data[at : at + 4])[0]
        return number

    def _varint(self, at: int) -> tuple[int, int]:
        value = 0
        for length in range(9):
            byte = self.data[at + length]
            if length == 8:
                return value << 8 | byte, at + 9
            value = value << 7 | byte & 127
            if byte < 128:
                return value, at + length + 1
        raise AssertionError

    def _tree(self, root: int, name: str) -> None:
        waiting = [root]
        while waiting:
            waiting += self._page(waiting.pop(), name)

    def _page(self, number: int, name: str) -> Iterator[int]:
        """Everything in one page of a tree; the pages below."""
        start = (number - 1) * self.size
        head = start + (HEAD_OF_FILE if number == 1 else 0)
        kind, free, rows, content, _ = struct.unpack(">BHHHB", self.data[head : head + 8])
        interior = kind in (_INTERIOR_INDEX, _INTERIOR_TABLE)
        places = head + (12 if interior else 8)
        self._mark(start + (content or 65536), start + self.size, Place.FRAGMENT)
        self._mark(places + 2 * rows, start + (content or 65536), Place.GAP)
        self._mark(head, places + 2 * rows, Place.PAGE_HEAD)
        while free:
            following, length = struct.unpack(">HH", self.data[start + free : start + free + 4])
            self._mark(start + free, start + free + length, Place.FREE_BLOCK)
            self._mark(start + free, start + free + 4, Place.FREE_HEAD)
            free = following
        for (place,) in struct.iter_unpack(">H", self.data[places : places + 2 * rows]):
            yield from self._row(start + place, kind, name)
        if interior:
            self._mark(head + 8, head + 12, Place.POINTER)
            yield self._number(head + 8)

    def _row(self, at: int, kind: int, name: str) -> Iterator[int]:
        if kind in (_INTERIOR_INDEX, _INTERIOR_TABLE):
            yield self._number(at)
            self._mark(at, at + 4, Place.POINTER)
            at += 4
        if kind == _INTERIOR_TABLE:
            self._mark(at, self._varint(at)[1], Place.DIVIDER)
            return
        length, body = self._varint(at)
        if kind == _LEAF_TABLE:
            body = self._varint(body)[1]
        most = self.size - 35 if kind == _LEAF_TABLE else (self.size - 12) * 64 // 255 - 23
        least = (self.size - 12) * 32 // 255 - 23
        here = length
        if length > most:
            here = least + (length - least) % (self.size - 4)
            here = here if here <= most else least
            self._mark(body + here, body + here + 4, Place.OVERFLOW)
            self._overflow(self._number(body + here), length - here)
        if kind != _LEAF_TABLE:
            self._mark(at, body + max(here, _AT_LEAST - (body - at)), Place.INDEX_ROW)
            return
        if name == _SCHEMA:
            self._mark(at, body, Place.SCHEMA_NUMBER)
            self._mark(body, body + here, Place.SCHEMA_ROW)
            return
        self._mark(at, body, Place.ROW_LENGTH)
        self._mark(body, body + here, Place.WORK_ROW if name in _WITHOUT_HASH else Place.ROW)
        if self.data[body + 1] == 0:
            # A number that is the row's own is not kept again among its values.
            self.kinds[body + 1] = Place.OWN_NUMBER

    def _overflow(self, number: int, left: int) -> None:
        while number:
            start = (number - 1) * self.size
            here = min(left, self.size - 4)
            self._mark(start, start + 4 + here, Place.OVERFLOW)
            self._mark(start + 4 + here, start + self.size, Place.SLACK)
            left -= here
            number = self._number(start)

    def _free_pages(self) -> None:
        trunk = self._number(32)
        while trunk:
            start = (trunk - 1) * self.size
            leaves = self._number(start + 4)
            self._mark(start, start + self.size, Place.FREE_LIST)
            self._mark(start, start + 8 + 4 * leaves, Place.FREE_HEAD)
            for at in range(leaves):
                leaf = (self._number(start + 8 + 4 * at) - 1) * self.size
                self._mark(leaf, leaf + self.size, Place.FREE_PAGE)
            trunk = self._number(start)
