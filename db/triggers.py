"""What makes the database itself refuse to change or lose a fact, and is it still in place?

Moving a table, as migrations on SQLite must, silently drops its triggers, so they are all put back after
every migration.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Index, Table, inspect, text

from db.tables.base import append_only_tables

REFUSAL = "the record is only added to: correct it with a new row"

_POSTGRESQL_FUNCTION = f"\nBEGIN\n  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';\nEND;\n"

# pg_trigger.tgtype: before (2), delete (8), update (16) and truncate (32), once for each statement.
_POSTGRESQL_EVENTS = 2 | 8 | 16 | 32


@dataclass(frozen=True, slots=True)
class Trigger:
    """One guard of one table; ``definition`` is what the database must hold to be believed."""

    name: str
    table: str
    definition: str


def install_triggers(conn: Connection) -> None:
    """Put every guard in place, whatever was there before."""
    if conn.dialect.name == "postgresql":
        conn.execute(
            text(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$refuse${_POSTGRESQL_FUNCTION}$refuse$"
            )
        )
    for trigger in expected_triggers(conn):
        if conn.dialect.name == "postgresql":
            conn.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"))
            conn.execute(
                text(
                    f"CREATE TRIGGER {trigger.name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {trigger.table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )
            )
            # Otherwise a session that plays replica walks past it.
            conn.execute(text(f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}"))
        else:
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name}")
            conn.exec_driver_sql(trigger.definition)


def expected_triggers(conn: Connection) -> tuple[Trigger, ...]:
    """Guards that tables present in the database must have."""
    present = set(inspect(conn).get_table_names())
    guarded = [table for table in append_only_tables() if table.name in present]
    if conn.dialect.name == "postgresql":
        return tuple(_postgresql_trigger(table) for table in guarded)
    return tuple(trigger for table in guarded for trigger in _sqlite_triggers(table))


def installed_triggers(conn: Connection) -> tuple[Trigger, ...]:
    """Triggers that the database has on any table."""
    if conn.dialect.name == "postgresql":
        rows = conn.execute(
            text(
                "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, "
                "CASE WHEN t.tgqual IS NULL THEN 'always' END, p.prosrc "
                "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
            )
        )
        return tuple(Trigger(row[0], row[1], _in_words(*row[2:])) for row in rows)
    rows = conn.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return tuple(Trigger(*row) for row in rows)


def _postgresql_trigger(table: Table) -> Trigger:
    definition = _in_words(_POSTGRESQL_EVENTS, "A", "always", _POSTGRESQL_FUNCTION)
    return Trigger(f"{table.name}_refuses_change", table.name, definition)


def _in_words(*parts: object) -> str:
    # PostgreSQL keeps no text of a trigger, so what its catalogue says of it is written down as one.
    return " ".join(str(part) for part in parts)


def _sqlite_triggers(table: Table) -> list[Trigger]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    name = table.name
    taken = " OR ".join(_taken(table, index) for index in _unique_keys(table))
    guards = {
        "update": f"BEFORE UPDATE ON {name} {refuse}",
        "delete": f"BEFORE DELETE ON {name} {refuse}",
        # INSERT OR REPLACE deletes the row in its way, and on a connection without recursive_triggers no
        # delete trigger hears of it. So a row that would be in the way is refused here.
        "overwrite": f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} WHERE {taken}) {refuse}",  # noqa: S608 names of our own tables
    }
    return [
        Trigger(f"{name}_refuses_{event}", name, f"CREATE TRIGGER {name}_refuses_{event} {guard}")
        for event, guard in guards.items()
    ]


def _unique_keys(table: Table) -> list[Index | None]:
    return [
        None,
        *sorted((index for index in table.indexes if index.unique), key=lambda index: str(index.name)),
    ]


def _taken(table: Table, index: Index | None) -> str:
    if index is None:
        return f"{table.name}.id = NEW.id"
    same = [f"{table.name}.{column.name} = NEW.{column.name}" for column in index.columns]
    where = index.dialect_options["sqlite"]["where"]
    # Only columns of the condition that the key itself does not compare can differ between the two rows.
    if where is not None and "replaces_id IS NULL" in str(where):
        same += [f"{table.name}.replaces_id IS NULL", "NEW.replaces_id IS NULL"]
    return f"({' AND '.join(same)})"
