"""Is every row what was written, in its place, and sealed? All rows in the order of their sequence, once through,
holding on to nothing but where each agency stands."""

import heapq
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from db import tables
from db.chain import BEGINNING, Seal, link
from db.kept_rows import Row, kept_rows
from db.records.audit import AuditEntry, ChainHead, FindingCode, IntegrityFinding
from db.records.facts import AgencyId
from db.row_hash import hash_of_kept, kept_instant
from db.tables.base import IDS_PER_AGENCY, fact_tables
from db.types import canonical_json

Findings = Iterator[IntegrityFinding]


@dataclass(slots=True)
class _Standing:
    """How far one agency's record has been read."""

    number: int
    seq: int = 0
    position: int = 0
    hash: str = BEGINNING
    broken: bool = False  # the last entry is not what was written, so what follows it cannot be compared
    sealed: bool = False
    first_unsealed: int = 0
    named: bool = False  # something since the last seal was named already, so the seal has nothing to add
    seal: Seal = field(default_factory=Seal)

    def finding(self, code: FindingCode, **facts: object) -> IntegrityFinding:
        said = {"agency": self.number} | facts
        return IntegrityFinding(code, tuple((name, str(value)) for name, value in said.items()))


def check_rows(conn: Connection) -> Findings:
    """Everything that is wrong with facts, entries, sequence and chain, agency by agency."""
    heads = {
        row.agency_id: ChainHead(seq=row.seq, entries=row.entries, hash=row.hash)
        for row in conn.execute(select(tables.chain_head))
    }
    standing: _Standing | None = None
    for kept_id, table, row in _by_sequence(conn):
        agency, seq = divmod(kept_id, IDS_PER_AGENCY)
        if standing is None or standing.number != agency:
            if standing is not None:
                yield from _end(standing, heads.pop(standing.number, None))
            standing = _Standing(agency)
        yield from _place(standing, seq, table)
        yield from _entry(standing, row) if table == "audit_entry" else _fact(standing, seq, table, row)
    if standing is not None:
        yield from _end(standing, heads.pop(standing.number, None))
    for number, head in sorted(heads.items()):
        yield from _end(_Standing(number), head)


def _by_sequence(conn: Connection) -> Iterator[tuple[int, str, Row]]:
    def of(name: str, rows: Generator[Row]) -> Iterator[tuple[int, str, Row]]:
        return ((row["id"], name, row) for row in rows)

    streams = [of(table.name, kept_rows(conn, table)) for table in (*fact_tables(), tables.audit_entry)]
    return heapq.merge(*streams, key=lambda each: each[:2])


def _place(standing: _Standing, seq: int, table: str) -> Findings:
    """Every number was given to exactly one row."""
    if seq > standing.seq + 1:
        standing.named = True
        yield standing.finding("sequence-gap", numbers=_span(standing.seq + 1, seq - 1))
    elif seq <= standing.seq:
        standing.named = True
        yield standing.finding("sequence-twice", seq=seq, table=table)
    standing.seq = max(seq, standing.seq)


def _fact(standing: _Standing, seq: int, table: str, row: Row) -> Findings:
    if not standing.seal.facts:
        standing.first_unsealed = seq
    standing.seal.add(seq, str(row["hash"]))
    if hash_of_kept(table, row) != row["hash"]:
        standing.named = True
        yield standing.finding("fact-changed", table=table, id=row["id"])


def _entry(standing: _Standing, row: Row) -> Findings:
    entry = _as_written(standing.number, row)
    if entry is None:
        # Its place is not to be trusted either: it is taken for the next.
        standing.position += 1
        standing.broken = standing.named = True
        yield standing.finding("chain-broken", position=standing.position, id=row["id"])
    else:
        expected = standing.position + 1
        if entry.position > expected:
            yield standing.finding("chain-gap", positions=_span(expected, entry.position - 1))
        elif entry.position < expected or (entry.prev_hash != standing.hash and not standing.broken):
            yield standing.finding("chain-order", position=entry.position, id=entry.id)
        standing.position = entry.position
        standing.broken = False
    standing.hash = str(row["hash"])
    yield from _seal(standing, row)


def _seal(standing: _Standing, row: Row) -> Findings:
    if row["facts"] is None and not (standing.sealed and standing.seal.facts):
        # Entries from before facts were sealed; the first seal takes in what they left.
        return
    facts = standing.seal.facts
    if standing.seal.close() != row["facts"] and not standing.named:
        numbers = _span(standing.first_unsealed, row["id"] % IDS_PER_AGENCY - 1) if facts else "-"
        yield standing.finding("seal-broken", numbers=numbers, position=standing.position)
    standing.sealed = True
    standing.named = False


def _as_written(agency: int, row: Row) -> AuditEntry | None:
    """The entry, when row and hash agree to the last byte."""
    try:
        at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
        said: dict[str, Any] = row | {"at": at, "data": json.loads(row["data"])}
        del said["agency_id"]
        entry = AuditEntry(**said)
        hash_ = link(AgencyId(agency), entry)
        same = canonical_json(entry.data) == row["data"] and kept_instant(at) == row["at"]
    except (TypeError, ValueError):
        return None
    whole = _is_number(entry.position) and row["agency_id"] == agency
    return entry if whole and same and hash_ == entry.hash else None


def _end(standing: _Standing, head: ChainHead | None) -> Findings:
    if standing.seal.facts and not standing.named:
        yield standing.finding("facts-unsealed", numbers=_span(standing.first_unsealed, standing.seq))
    if head is None:
        yield standing.finding("head-missing")
        return
    if not (_is_number(head.seq) and _is_number(head.entries)):
        yield standing.finding("head-changed", position=standing.position)
        return
    if head.seq > standing.seq:
        yield standing.finding("sequence-gap", numbers=_span(standing.seq + 1, head.seq))
    elif head.seq < standing.seq:
        yield standing.finding("sequence-behind", head=head.seq, newest=standing.seq)
    if head.entries != standing.position:
        yield standing.finding("chain-cut", position=standing.position, expected=head.entries)
    elif head.hash != standing.hash and not standing.broken:
        yield standing.finding("head-changed", position=standing.position)


def _is_number(value: object) -> bool:
    """SQLite keeps what it is given; only tampering gives a column of numbers something else."""
    return isinstance(value, int)


def _span(first: int, last: int) -> str:
    return str(first) if first >= last else f"{first}-{last}"
