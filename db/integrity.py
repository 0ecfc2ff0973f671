"""Is the database what we think it is? Triggers, schema, sequence and audit chain, each compared with what it
must be."""

from contextlib import closing

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, func, inspect, select

from db.chain import BEGINNING, link
from db.migrate import newest_revision, revision_of
from db.queries.agencies import agencies
from db.queries.audit import chain, chain_head, entries
from db.records.audit import IntegrityFinding
from db.records.facts import AgencyId
from db.tables.base import append_only_tables, metadata
from db.triggers import expected_triggers, installed_triggers
from db.unit_of_work import reading


def check_integrity(engine: Engine) -> tuple[IntegrityFinding, ...]:
    """Everything that is wrong; nothing found is an empty tuple.

    Codes: revision-differs, schema-differs, trigger-missing, trigger-changed, trigger-unknown,
    sequence-behind, sequence-gap, chain-gap, chain-broken, chain-cut. A chain whose tail was cut together
    with its head looks whole: only an anchor outside sees that.
    """
    with reading(engine) as conn:
        revision = revision_of(conn)
        if revision != newest_revision():
            # The rest would only repeat it in other words, and may ask for tables that are not there yet.
            facts = (("found", str(revision)), ("expected", str(newest_revision())))
            return (IntegrityFinding("revision-differs", facts),)
        findings = [*_schema(conn), *broken_triggers(conn)]
        if set(metadata.tables) <= set(inspect(conn).get_table_names()):
            for agency_id in agencies(conn):
                findings += [*_sequence(conn, agency_id), *_chain(conn, agency_id)]
        return tuple(findings)


def _schema(conn: Connection) -> list[IntegrityFinding]:
    migration = MigrationContext.configure(conn, opts={"compare_type": True})
    return [
        IntegrityFinding("schema-differs", (("difference", _in_words(difference)),))
        for difference in compare_metadata(migration, metadata)
    ]


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
            code = "trigger-missing"
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
        head = chain_head(conn, agency_id)
        last = entries(conn, agency_id, limit=1)
        position, hash_ = (last[0].position, last[0].hash) if last else (0, BEGINNING)
        if (head.entries, head.hash) != (position, hash_):
            facts = (("agency", str(agency_id)), ("position", str(position)), ("expected", str(head.entries)))
            findings.append(IntegrityFinding("chain-cut", facts))
    return findings


def _sequence(conn: Connection, agency_id: AgencyId) -> list[IntegrityFinding]:
    kept = 0
    newest = 0
    for table in append_only_tables():
        count, last = conn.execute(
            select(func.count(), func.coalesce(func.max(table.c.seq), 0)).where(
                table.c.agency_id == agency_id
            )
        ).one()
        kept += count
        newest = max(newest, last)
    head = chain_head(conn, agency_id).seq
    facts = (("agency", str(agency_id)), ("kept", str(kept)), ("newest", str(newest)), ("head", str(head)))
    if newest > head:
        return [IntegrityFinding("sequence-behind", facts)]
    # Every number was given to exactly one row, so a row that is gone leaves the count short.
    return [IntegrityFinding("sequence-gap", facts)] if kept != head else []


def _chain(conn: Connection, agency_id: AgencyId) -> list[IntegrityFinding]:
    position = 0
    before = BEGINNING
    with closing(chain(conn, agency_id)) as links:
        for entry in links:
            position += 1
            facts = (("agency", str(agency_id)), ("position", str(position)), ("seq", str(entry.seq)))
            if entry.position != position:
                return [IntegrityFinding("chain-gap", facts)]
            if entry.prev_hash != before or entry.hash != link(agency_id, entry):
                return [IntegrityFinding("chain-broken", facts)]
            before = entry.hash
    head = chain_head(conn, agency_id)
    if (head.entries, head.hash) != (position, before):
        facts = (("agency", str(agency_id)), ("position", str(position)), ("expected", str(head.entries)))
        return [IntegrityFinding("chain-cut", facts)]
    return []
