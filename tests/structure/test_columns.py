"""Every column says what it is for: it is of one of the few named kinds, and facts have the columns all facts
have."""

from dataclasses import asdict, fields

import pytest
from sqlalchemy import Float, Table

from db.facts import TABLES
from db.records.facts import Fact
from db.tables import metadata
from db.tables.base import COMMON_COLUMNS, MEANINGS, ColumnKind, append_only_tables
from db.types import ExactDecimal

ALL_TABLES = list(metadata.tables.values())
ALL_COLUMNS = [column for table in ALL_TABLES for column in table.columns]
# Tables that may change. A new one has to be named here, so that nobody makes a mutable table of facts by
# accident.
WORK_STATE = {
    "approval_code",
    "attempt",
    "calendar_address",
    "calendar_entry",
    "calendar_refusal",
    "chain_head",
    "chat_reference",
    "clock_offset",
    "conversation",
    "directory_state",
    "heartbeat",
    "home_page",
    "inbox",
    "link_code",
    "loose_file",
    "message",
    "notification",
    "one_time_link",
    "pause",
    "phone_session",
    "reminder_case",
    "shift_code",
    "standing",
    "text_use",
    "upload_draft",
    "upload_mark",
}
# What belongs to the installation and to nobody in it.
OUTSIDE_THE_WALLS = {"clock_offset", "heartbeat", "pause"}


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_column_is_of_a_named_kind(table: Table) -> None:
    kinds = {column.name: ColumnKind(column.info["kind"]) for column in table.columns}
    assert {column.name: column.info for column in table.columns} == {
        name: {"kind": kind.value, **asdict(MEANINGS[kind])} for name, kind in kinds.items()
    }


@pytest.mark.parametrize("kind", list(ColumnKind))
def test_every_kind_says_where_from_what_for_who_how_long_and_to_whom_it_goes_out(kind: ColumnKind) -> None:
    assert all(asdict(MEANINGS[kind]).values())


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_table_is_of_facts_or_named_as_work_state(table: Table) -> None:
    assert bool(table.info.get("append_only")) != (table.name in WORK_STATE)
    kinds = {column.info["kind"] for column in table.columns}
    allowed = (
        {ColumnKind.KEY, ColumnKind.WORK_STATE}
        if table.name in WORK_STATE
        else set(ColumnKind) - {ColumnKind.WORK_STATE}
    )
    assert kinds <= {kind.value for kind in allowed}


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_table_but_the_installations_own_stands_inside_an_agencys_walls(table: Table) -> None:
    assert ("agency_id" in table.columns) != (table.name in OUTSIDE_THE_WALLS)


@pytest.mark.parametrize("kind", list(TABLES), ids=lambda kind: kind.__name__)
def test_a_record_and_its_table_say_the_same(kind: type[Fact]) -> None:
    said = [each.name for each in fields(kind)]
    assert [column.name for column in TABLES[kind].columns] == [*COMMON_COLUMNS, *said]


def test_every_kind_of_fact_has_a_table_of_its_own() -> None:
    # By name: a class with slots is made twice, and the first draft stays among the subclasses.
    assert {kind.__name__ for kind in TABLES} == {kind.__name__ for kind in Fact.__subclasses__()}
    assert {table.name for table in TABLES.values()} | {"audit_entry"} == {
        table.name for table in append_only_tables()
    }


def test_no_number_is_kept_as_a_float() -> None:
    assert not [column for column in ALL_COLUMNS if isinstance(column.type, Float)]
    hours = [column for column in ALL_COLUMNS if column.name == "hours"]
    assert all(isinstance(column.type, ExactDecimal) for column in hours)
