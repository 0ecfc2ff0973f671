"""A row of everything that can be kept, made from the kinds of fact themselves: a new kind is covered by itself."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import CheckConstraint, Column, Connection, Engine, text

from db.engine import WRITES
from db.facts import TABLES
from db.kept_rows import bytes_that_are_no_text
from db.queries import loose_files
from db.record_check import check_rows
from db.records.audit import AuditDraft, IntegrityFinding
from db.records.facts import AgencyId, ContentItem, Fact, Person
from db.tables.base import append_only_tables, metadata
from db.triggers import installed_triggers
from db.unit_of_work import writing
from tests.integration.record_cast import NOON, an_agency

# What a row points at is there before it.
KINDS = sorted(TABLES, key=lambda kind: metadata.sorted_tables.index(TABLES[kind]))
# Where a row must say at least one of several things, this one.
SAID_ALSO_WHEN_BARE = {
    "content_hold": "item_id",
    "content_item": "sealed_hash",
    "shift_pattern": "unit_id",
}
# Where it may say only one of two things, the one that is said when it is bare.
SAID_ONLY_WHEN_BARE = {"content_item": "sealed_hash", "shift_pattern": "unit_id"}
# Ids of the rows made so far, by table: what a row may point at.
Made = dict[str, list[int]]


def an_agency_with_everything(database: Engine) -> AgencyId:
    """Two full rows and a bare one of every kind, and an entry for each."""
    agency_id = an_agency(database)
    with writing(database, agency_id, at=NOON, channel="terminal") as writer:
        person_id, other_id = writer.record(Person(), Person())
        writer.audit(
            AuditDraft(tag="person:begun", actor_id=person_id, subject_id=person_id, reason="why not")
        )
    # The head of a chain is no fact: a row that names an agency names this one.
    made: Made = {"person": [person_id, other_id], "chain_head": [agency_id] * 4}
    for kind in KINDS:
        with writing(database, agency_id, at=NOON, actor_id=person_id, channel="terminal") as writer:
            rows = writer.record(*(specimen(kind, made, number) for number in (1, 2)))
            bare = specimen(kind, made, 3, bare=True)
            if isinstance(bare, ContentItem) and bare.sealed_hash is not None:
                loose_files.begin(writer.conn, agency_id, [bare.sealed_hash], NOON)
            rows += writer.record(bare)
            rows.append(writer.correct(rows[0], specimen(kind, made, 4)))
            made.setdefault(TABLES[kind].name, rows)
            data = {"kind": kind.__name__, "rows": [1, 2]}
            writer.audit(
                AuditDraft(
                    tag="person:changed",
                    actor_id=person_id,
                    subject_id=person_id,
                    reason="because",
                    data=data,
                )
            )
    return agency_id


def specimen(kind: type[Fact], made: Made, number: int, *, bare: bool = False) -> Fact:
    """A fact with something in every field, or with nothing where nothing may be."""
    hints = get_type_hints(kind)
    table = TABLES[kind]
    said: dict[str, Any] = {}
    for each in fields(kind):
        column = table.columns[each.name]
        left_out = column.nullable and SAID_ALSO_WHEN_BARE.get(table.name) != each.name
        if left_out if bare else SAID_ONLY_WHEN_BARE.get(table.name) == each.name:
            said[each.name] = None
        elif column.foreign_keys:
            said[each.name] = _pointed_at(column, made, number)
        else:
            said[each.name] = _value(hints[each.name], each.name, number)
    return kind(**said)


def _pointed_at(column: Column[Any], made: Made, number: int) -> int:
    (link,) = column.foreign_keys
    rows = made[link.column.table.name]
    if link.column.table.name == "person":
        # The second of two persons is another one.
        return rows[column.name in ("approved_by", "confirmed_by", "decided_by", "to_id")]
    return rows[number - 1]


def _value(hint: Any, name: str, number: int) -> object:
    if get_origin(hint) in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    origin = get_origin(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if origin is tuple:
        return ("one", "two")
    if origin is Sequence:
        return (number,)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"ethics": Decimal("1.50")} if get_args(hint)[1] is Decimal else {"told": ["ü", number]}
    values: dict[Any, object] = {
        bool: True,
        int: number,
        str: f"{name} {number} é",
        bytes: bytes((number, 255, 0)),
        date: date(2026, 2, 10 + number),
        # What ends does so after it began.
        datetime: NOON + timedelta(hours=1) if name.startswith("ends") else NOON,
        Decimal: Decimal("2.50"),
    }
    return values[hint]


@contextmanager
def tampering(database: Engine) -> Iterator[Connection]:
    """A transaction in which nothing guards the record, as for whoever has the file; undone at the end."""
    with database.connect() as conn:
        conn.execution_options(**{WRITES: True})
        with conn.begin() as transaction:
            _take_the_guards_away(conn)
            yield conn
            transaction.rollback()


@contextmanager
def undone(conn: Connection) -> Iterator[None]:
    """One change inside it that is taken back again."""
    with conn.begin_nested() as change:
        yield
        change.rollback()


def _take_the_guards_away(conn: Connection) -> None:
    on_postgresql = conn.dialect.name == "postgresql"
    for trigger in installed_triggers(conn):
        conn.execute(text(f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if on_postgresql else "")))
    if not on_postgresql:
        conn.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return
    conn.execute(text("SET LOCAL session_replication_role = replica"))
    for table in append_only_tables():
        for each in table.constraints:
            if isinstance(each, CheckConstraint):
                conn.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT {each.name}"))


def found_in(conn: Connection) -> list[IntegrityFinding]:
    """What a look at every row finds inside the tampering transaction."""
    with bytes_that_are_no_text(conn):
        return list(check_rows(conn))


def named(findings: list[IntegrityFinding], code: str) -> list[dict[str, str]]:
    """The facts of the findings of one code."""
    return [dict(each.facts) for each in findings if each.code == code]
