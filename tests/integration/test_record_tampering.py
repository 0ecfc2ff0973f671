"""Somebody with the file or the owner's rights changes the record: the check names what they touched."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, product, zip_longest
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Engine, Table, select, text

from db import tables
from db.chain import link
from db.integrity import check_integrity
from db.kept_rows import Row, kept_rows
from db.migrate import upgrade
from db.queries.audit import entry_of
from db.records.facts import AgencyId
from db.row_hash import hash_of_kept
from db.tables.base import IDS_PER_AGENCY, append_only_tables, fact_tables
from db.triggers import expected_triggers
from db.types import UtcInstant
from db.unit_of_work import working
from tests.integration.record_cast import NOON
from tests.integration.specimens import found_in, named, tampering, undone

BY_NAME = {table.name: table for table in append_only_tables()}
RECORD = append_only_tables()


def put(conn: Connection, table: Table, row_id: int, column: str, value: object) -> None:
    """Write a value as it lies in the file, past every type."""
    cast = ""
    if conn.dialect.name == "postgresql":
        # By way of text, which the server reads as the column's own kind.
        written = f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
        kind = table.columns[column].type.compile(conn.dialect)
        value, cast = None if value is None else written, f"::text::{kind}"
    statement = f'UPDATE {table.name} SET "{column}" = (:value){cast} WHERE id = :id'  # noqa: S608 names of our own tables
    conn.execute(text(statement), {"value": value, "id": row_id})


def flipped(column: Column[Any], value: Any) -> int | str | bytes:
    """One bit of a kept value; of a number one so high that no other row has it."""
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1)
    if isinstance(value, bytes):
        return value[:-1] + bytes((value[-1] ^ 1,))
    number: int = value
    return number ^ (1 if isinstance(column.type, Boolean) else 1 << 20)


def named_rows(conn: Connection) -> set[tuple[str, str]]:
    """Table and id of every row that is said not to be what was written."""
    findings = found_in(conn)
    return {(tables.audit_entry.name, each["id"]) for each in named(findings, "chain-broken")} | {
        (each["table"], each["id"]) for each in named(findings, "fact-changed")
    }


def is_named(conn: Connection, table: Table, row_id: object) -> bool:
    return (table.name, str(row_id)) in named_rows(conn)


def numbers(span: str) -> range:
    """What a gap is said to be, ``7`` or ``7-9``."""
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def changes(column: Column[Any], value: object) -> list[object]:
    """What somebody might put in its place: another value, nothing, or something where nothing was."""
    if value is None:
        return ["2026-02-03" if isinstance(column.type, Date | UtcInstant) else 1]
    return [flipped(column, value), *([None] if column.nullable else [])]


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one row that somebody exchanges."""

    table: Table
    row: Row
    column: str
    value: object

    def made(self, conn: Connection) -> tuple[str, str]:
        """Make it; the table and the number under which the row lies now."""
        put(conn, self.table, self.row["id"], self.column, self.value)
        return self.table.name, str(self.value if self.column == "id" else self.row["id"])


def changes_of(conn: Connection, table: Table) -> Iterator[Change]:
    """Every change of every column of a full row and a bare one: each other is like one of them."""
    kept = list(kept_rows(conn, table))
    assert len(kept) >= 4
    for row, column in product((kept[0], kept[2]), table.columns):
        for value in changes(column, row[column.name]):
            yield Change(table, row, column.name, value)


def test_every_column_of_every_row_is_held_to_what_was_written(everything: Engine) -> None:
    with tampering(everything) as conn:
        assert found_in(conn) == []
        # One change in each table at a time: every one of them has to be named, and nobody else.
        for together in zip_longest(*[list(changes_of(conn, table)) for table in RECORD]):
            with undone(conn):
                changed = [change.made(conn) for change in together if change is not None]
                assert named_rows(conn) == set(changed), together


SAME_TO_A_READER = [
    ("completion", "hours", "02.50"),
    ("completion", "hours", "2.5"),
    ("completion", "completed_on", "20260211"),
    ("completion", "topics", '["one", "two"]'),
    ("completion", "recorded_at", "2027-03-02 18:00:00"),
    ("completion", "passed", 2),
    ("audit_entry", "data", '{"kind": "Agency", "rows": [1, 2]}'),
    ("audit_entry", "at", "2027-03-02T18:00:00+00:00"),
]


@pytest.mark.parametrize(("name", "column", "value"), SAME_TO_A_READER)
def test_another_way_to_write_the_same_is_a_change_too(
    sqlite_everything: Engine, name: str, column: str, value: object
) -> None:
    table = BY_NAME[name]
    with tampering(sqlite_everything) as conn:
        row_id = list(kept_rows(conn, table))[2]["id"]
        put(conn, table, row_id, column, value)
        assert is_named(conn, table, row_id)


def test_hours_with_one_digit_less_are_a_change_on_postgresql(postgresql_everything: Engine) -> None:
    with tampering(postgresql_everything) as conn:
        row_id = next(kept_rows(conn, tables.completion))["id"]
        put(conn, tables.completion, row_id, "hours", "2.5")
        assert is_named(conn, tables.completion, row_id)


def test_bytes_that_are_no_text_are_named_and_stop_nothing(sqlite_everything: Engine) -> None:
    with tampering(sqlite_everything) as conn:
        firsts = {table: next(kept_rows(conn, table))["id"] for table in RECORD}
        for value in ("CAST(x'ff61' AS TEXT)", "x'61'", "1.5"):
            with undone(conn):
                for table, row_id in firsts.items():
                    column = "tag" if table is tables.audit_entry else "source"
                    conn.execute(text(f"UPDATE {table.name} SET {column} = {value} WHERE id = {row_id}"))  # noqa: S608  names of our own tables
                assert named_rows(conn) == {(table.name, str(row_id)) for table, row_id in firsts.items()}, (
                    value
                )


def test_a_row_that_is_gone_is_named_by_its_number(everything: Engine) -> None:
    with tampering(everything) as conn:
        kept = {table: list(kept_rows(conn, table)) for table in RECORD}
        # One of each table at a time: every one of them has to be named, and no other.
        for place in (0, 1, -2):
            gone = {table: rows[place] for table, rows in kept.items()}
            with undone(conn):
                for table, row in gone.items():
                    conn.execute(table.delete().where(table.c.id == row["id"]))
                gaps = [each["numbers"] for each in named(found_in(conn), "sequence-gap")]
            assert sorted(chain.from_iterable(map(numbers, gaps))) == sorted(
                row["seq"] for row in gone.values()
            )


def test_two_rows_that_changed_places_are_both_named(everything: Engine) -> None:
    with tampering(everything) as conn:
        pairs = {table: [row["id"] for row in list(kept_rows(conn, table))[1:3]] for table in RECORD}
        for table, (first, second) in pairs.items():
            aside = first + (1 << 20)
            for kept_id, new_id in ((first, aside), (second, first), (aside, second)):
                seq = new_id % IDS_PER_AGENCY
                conn.execute(table.update().where(table.c.id == kept_id).values(id=new_id, seq=seq))
        moved = {(table.name, str(row_id)) for table, both in pairs.items() for row_id in both}
        assert named_rows(conn) >= moved


def test_a_row_that_was_hashed_anew_breaks_the_seal_over_it(everything: Engine) -> None:
    with tampering(everything) as conn:
        for table in fact_tables():
            row = next(kept_rows(conn, table))
            row["source"] = "somebody else"
            with undone(conn):
                conn.execute(
                    table.update()
                    .where(table.c.id == row["id"])
                    .values(source=row["source"], hash=hash_of_kept(table.name, row))
                )
                (broken,) = found_in(conn)
                facts = dict(broken.facts)
                first, _, last = facts["numbers"].partition("-")
                assert broken.code == "seal-broken"
                assert int(first) <= row["seq"] <= int(last or first), table.name


def test_an_entry_that_was_hashed_anew_no_longer_fits_the_next(everything: Engine) -> None:
    entry = tables.audit_entry
    with tampering(everything) as conn:
        third = entry_of(conn.execute(select(entry).where(entry.c.position == 3)).mappings().one())
        forged = replace(third, reason="nothing to see")
        hash_ = link(AgencyId(1), forged)
        conn.execute(entry.update().where(entry.c.position == 3).values(reason=forged.reason, hash=hash_))
        assert [(each.code, dict(each.facts)["position"]) for each in found_in(conn)] == [
            ("chain-order", "4")
        ]


@pytest.mark.parametrize("entries", [1, 2])
def test_an_end_that_was_cut_off_is_named_from_the_head(everything: Engine, entries: int) -> None:
    with tampering(everything) as conn:
        head = conn.execute(select(tables.chain_head)).one()
        kept = conn.execute(
            select(tables.audit_entry.c.seq).where(tables.audit_entry.c.position == head.entries - entries)
        ).scalar_one()
        for table in RECORD:
            conn.execute(table.delete().where(table.c.seq > kept))
        findings = found_in(conn)
    assert named(findings, "chain-cut") == [
        {"agency": "1", "position": str(head.entries - entries), "expected": str(head.entries)}
    ]
    assert named(findings, "sequence-gap") == [{"agency": "1", "numbers": f"{kept + 1}-{head.seq}"}]


@pytest.mark.parametrize(
    ("column", "code"), [("seq", "sequence"), ("entries", "chain-cut"), ("hash", "head-changed")]
)
@pytest.mark.parametrize("step", [1, -1])
def test_a_head_that_was_changed_is_named(everything: Engine, column: str, code: str, step: int) -> None:
    head = tables.chain_head
    with tampering(everything) as conn:
        value = "0" * 64 if column == "hash" else head.c[column] + step
        conn.execute(head.update().values({column: value}))
        assert [each.code.startswith(code) for each in found_in(conn)] == [True]


@pytest.mark.parametrize("column", ["seq", "entries"])
def test_a_head_that_is_no_number_is_named_and_stops_nothing(sqlite_everything: Engine, column: str) -> None:
    with tampering(sqlite_everything) as conn:
        conn.execute(text(f"UPDATE chain_head SET {column} = 'many'"))  # noqa: S608 a name of our own table
        assert [each.code for each in found_in(conn)] == ["head-changed"]


def test_a_fact_that_nobody_sealed_is_named(everything: Engine) -> None:
    door, head = tables.door, tables.chain_head
    with tampering(everything) as conn:
        seq = conn.execute(select(head.c.seq)).scalar_one() + 1
        row = next(kept_rows(conn, door)) | {"id": IDS_PER_AGENCY + seq, "seq": seq}
        row["hash"] = hash_of_kept("door", row)
        values = dict(row, recorded_at=NOON, void=False)
        conn.execute(door.insert().values(values))
        conn.execute(head.update().values(seq=seq))
        assert [(each.code, dict(each.facts)["numbers"]) for each in found_in(conn)] == [
            ("facts-unsealed", str(seq))
        ]


def test_an_agency_whose_rows_or_whose_head_are_gone_is_named(everything: Engine) -> None:
    with tampering(everything) as conn:
        with undone(conn):
            for table in RECORD:
                conn.execute(table.delete())
            assert {each.code for each in found_in(conn)} == {"sequence-gap", "chain-cut"}
        if conn.dialect.name == "sqlite":
            conn.execute(tables.chain_head.delete())
            assert [each.code for each in found_in(conn)] == ["head-missing"]


def test_every_guard_that_is_taken_away_or_added_is_named(everything: Engine) -> None:
    with working(everything) as conn:
        guards = expected_triggers(conn)
        for guard in guards:
            on = f" ON {guard.table}" if conn.dialect.name == "postgresql" else ""
            conn.execute(text(f"DROP TRIGGER {guard.name}{on}"))
        if conn.dialect.name == "postgresql":
            call = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        else:
            call = "BEGIN SELECT 1; END"
        conn.execute(text(f"CREATE TRIGGER quiet AFTER INSERT ON standing {call}"))
    missing = {
        dict(each.facts)["trigger"] for each in check_integrity(everything) if each.code == "trigger-missing"
    }
    unknown = [each.facts for each in check_integrity(everything) if each.code == "trigger-unknown"]
    assert missing == {guard.name for guard in guards}
    assert unknown == [(("trigger", "quiet"),)]


def test_a_condition_that_was_taken_away_is_named(postgresql_database: Engine) -> None:
    with working(postgresql_database) as conn:
        conn.execute(text("ALTER TABLE completion DROP CONSTRAINT ck_completion_credit"))
    (finding,) = check_integrity(postgresql_database)
    assert (finding.code, dict(finding.facts)["difference"]) == (
        "schema-differs",
        "add_constraint ck_completion_credit",
    )


def test_more_than_anybody_reads_is_cut_short_and_said(everything: Engine) -> None:
    with working(everything) as conn:
        for guard in expected_triggers(conn):
            on = f" ON {guard.table}" if conn.dialect.name == "postgresql" else ""
            conn.execute(text(f"DROP TRIGGER {guard.name}{on}"))
        conn.execute(tables.completion.update().values(source="elsewhere"))
    upgrade(everything)
    assert [each.code for each in check_integrity(everything, most=2)] == [
        "fact-changed",
        "fact-changed",
        "more",
    ]
