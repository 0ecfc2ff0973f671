"""Is the database what we think it is? Version, schema, triggers and every row, each compared with what it must be."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, inspect, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from db.chain import BEGINNING
from db.kept_rows import bytes_that_are_no_text, kept_rows
from db.migrate import newest_revision, revision_of
from db.postgresql_pages import check_indexes
from db.queries import conversations
from db.queries.agencies import agencies
from db.queries.audit import chain_head as head_of
from db.queries.audit import entries
from db.queries.standings import digest_of
from db.record_check import check_rows
from db.records.audit import FindingCode, IntegrityFinding
from db.schema_text import changed_texts
from db.sqlite_log import check_log
from db.tables import chain_head, conversation, standing
from db.tables.base import metadata
from db.triggers import expected_triggers, installed_triggers
from db.unit_of_work import reading
from db.work_check import check_work

# A list that nobody reads to its end hides what stands in it.
MOST = 500
# A torn page brings a line for every row behind it.
_MOST_OF_A_FILE = 20
# Numbers in the head of the file that are there for applications; this one uses none.
_UNUSED = ("user_version", "application_id")


def check_integrity(engine: Engine, most: int = MOST) -> tuple[IntegrityFinding, ...]:
    """What is wrong, at most ``most`` things and one that says that there is more; nothing found is an empty tuple.

    Codes: log-broken, file-damaged, index-damaged, unreadable, revision-differs, schema-differs, schema-text,
    trigger-missing, trigger-changed, trigger-unknown, fact-changed, seal-broken, facts-unsealed, sequence-gap,
    sequence-twice, sequence-behind, chain-broken, chain-gap, chain-order, chain-cut, head-changed, head-missing,
    standing-changed, mark-changed, conversation-changed, work-changed, more. A chain whose tail was cut together with
    its head looks whole: only an anchor outside sees that.
    """
    try:
        log = tuple(check_log(engine))
        with reading(engine) as conn, bytes_that_are_no_text(conn):
            found = tuple(islice(chain(log, _as_far_as_it_can_be_read(conn)), most + 1))
    except UnicodeDecodeError as error:
        # The driver cannot even read what SQLite says of the file.
        return (IntegrityFinding("unreadable", (("problem", type(error).__name__),)),)
    return found if len(found) <= most else (*found[:most], IntegrityFinding("more", (("most", str(most)),)))


def _as_far_as_it_can_be_read(conn: Connection) -> Iterator[IntegrityFinding]:
    """What a damaged file lets nobody read is a finding like any other."""
    yield from _file(conn)
    try:
        yield from _findings(conn)
    except (SQLAlchemyError, ValueError) as error:
        # Not the driver alone: a table's own text that names what is not there stops the reading of the schema.
        yield IntegrityFinding("unreadable", (("problem", type(error).__name__),))


def _file(conn: Connection) -> Iterator[IntegrityFinding]:
    """Whether the database finds its own pages and indexes in order; PostgreSQL checks a page when it reads it."""
    if conn.dialect.name != "sqlite":
        yield from check_indexes(conn)
        return
    try:
        said = [
            *conn.exec_driver_sql(f"PRAGMA integrity_check({_MOST_OF_A_FILE})").scalars(),
            *(f"{name} is set" for name in _UNUSED if conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()),
        ]
    except DatabaseError as error:
        said = [type(error).__name__]
    for line in said:
        if line != "ok":
            yield IntegrityFinding("file-damaged", (("problem", str(line)),))


def _standings(conn: Connection) -> Iterator[IntegrityFinding]:
    """Kept standings are work state, and are read as answers: what is not what was judged is named."""
    newest = {row.agency_id: row.seq for row in conn.execute(select(chain_head))}
    for row in kept_rows(conn, standing):
        facts = (("agency", str(row["agency_id"])), ("person", str(row["person_id"])))
        if row["digest"] is not None and row["digest"] != digest_of(row):
            yield IntegrityFinding("standing-changed", facts)
        elif not _is_mark(row["dirty_seq"], row["marked_at"], newest.get(row["agency_id"], 0)):
            yield IntegrityFinding("mark-changed", facts)


def _is_mark(seq: object, at: object, newest: object) -> bool:
    """Whether a standing is marked by a write that there was, or not at all. What is no number is named by its form."""
    if seq is None or at is None:
        return seq is at
    return not (isinstance(seq, int) and isinstance(newest, int)) or 0 < seq <= newest


def _conversations(conn: Connection) -> Iterator[IntegrityFinding]:
    """What is open with somebody says what the next answer is about."""
    for row in kept_rows(conn, conversation):
        try:
            payload, until = json.loads(row["payload"]), row["expires_at"]
            expires_at = None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC)
            # Those of an earlier release have no hash and are taken for closed.
            found = conversations.kept(row["topic"], payload, expires_at)
            whole = found is not None or conversations.HASH not in payload
        except (TypeError, ValueError):
            whole = False
        if not whole:
            names = ("agency", "agency_id"), ("person", "person_id"), ("channel", "channel")
            facts = tuple((name, str(row[column])) for name, column in names)
            yield IntegrityFinding("conversation-changed", facts)


def _findings(conn: Connection) -> Iterator[IntegrityFinding]:
    revision = revision_of(conn)
    if revision != newest_revision():
        # The rest would only repeat it in other words, and may ask for tables that are not there yet.
        facts = (("found", str(revision)), ("expected", str(newest_revision())))
        yield IntegrityFinding("revision-differs", facts)
        return
    yield from _schema(conn)
    yield from broken_triggers(conn)
    if _readable(conn):
        yield from check_rows(conn)
        yield from _standings(conn)
        yield from _conversations(conn)
        yield from check_work(conn)


def _readable(conn: Connection) -> bool:
    """Whether every column that the rest reads is there; what is missing was named."""
    present = inspect(conn)
    names = set(present.get_table_names())
    return all(
        table.name in names
        and {column.name for column in table.columns}
        <= {column["name"] for column in present.get_columns(table.name)}
        for table in metadata.sorted_tables
    )


def _schema(conn: Connection) -> list[IntegrityFinding]:
    """What the tables mean; on SQLite their text, too, and where no letter is another, nothing means another thing."""
    # PostgreSQL keeps what a definition means and no text.
    has_texts = conn.dialect.name == "sqlite"
    names = changed_texts(conn) if has_texts else []
    if has_texts and not names:
        return []
    texts = [IntegrityFinding("schema-text", (("name", name),)) for name in names]
    # A table that means something else has another text, too.
    return [*_meanings(conn), *_constraints(conn)] or texts


def _meanings(conn: Connection) -> list[IntegrityFinding]:
    migration = MigrationContext.configure(conn, opts={"compare_type": True})
    return [
        IntegrityFinding("schema-differs", (("difference", _in_words(difference)),))
        for difference in compare_metadata(migration, metadata)
    ]


def _constraints(conn: Connection) -> list[IntegrityFinding]:
    """Conditions that a row must meet; alembic does not look at them."""
    present = inspect(conn)
    there = set(present.get_table_names())
    findings = []
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        expected = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        found = {str(each["name"]) for each in present.get_check_constraints(table.name)}
        findings += [
            IntegrityFinding("schema-differs", (("difference", f"{verb} {name}"),))
            for verb, names in (("add_constraint", expected - found), ("remove_constraint", found - expected))
            for name in sorted(names)
        ]
    return findings


def _in_words(difference: object) -> str:
    # Alembic answers with nested lists of tuples whose parts have names.
    if isinstance(difference, list | tuple):
        return " ".join(_in_words(part) for part in difference if part is not None)
    return str(getattr(difference, "name", difference))


def broken_triggers(conn: Connection) -> list[IntegrityFinding]:
    """Guards that are missing, changed or of unknown origin."""
    expected = {trigger.name: trigger for trigger in expected_triggers(conn)}
    installed = {trigger.name: trigger for trigger in installed_triggers(conn)}
    findings = []
    for name in sorted(expected.keys() | installed.keys()):
        if name not in installed:
            code: FindingCode = "trigger-missing"
        elif name not in expected:
            # A strange trigger could change what is being written.
            code = "trigger-unknown"
        elif installed[name] != expected[name]:
            code = "trigger-changed"
        else:
            continue
        findings.append(IntegrityFinding(code, (("trigger", name),)))
    return findings


def broken_heads(conn: Connection) -> list[IntegrityFinding]:
    """Audit chains whose last entry is not the one their head names: quick, and blind to what lies before it."""
    findings = []
    for agency_id in agencies(conn):
        head = head_of(conn, agency_id)
        last = entries(conn, agency_id, limit=1)
        position, hash_ = (last[0].position, last[0].hash) if last else (0, BEGINNING)
        if (head.entries, head.hash) != (position, hash_):
            facts = (("agency", str(agency_id)), ("position", str(position)), ("expected", str(head.entries)))
            findings.append(IntegrityFinding("chain-cut", facts))
    return findings
