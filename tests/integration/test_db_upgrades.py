"""A database of every earlier release, with rows as that release wrote them, comes up to this one with all it held.

The rows are frozen SQL: nothing of today's code writes them, because that code did not exist then.
"""

from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from db.backup import open_backup
from db.engine import make_engine
from db.integrity import check_integrity
from db.migrate import bring_to, migrating, newest_revision, revision_of, upgrade
from db.queries.audit import entries
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, PersonName
from db.restore import restore
from db.unit_of_work import reading, writing
from tests.integration.record_cast import NOON, a_course, an_officer

AT = "2026-05-24 15:30:00.000000"
IDS = 10_000_000_000
Rows = list[tuple[str, dict[str, object]]]

SINCE_0001: Rows = [
    (
        "agency",
        {"name": "Lakemont PD", "short_name": "Lakemont", "state": "MN", "time_zone": "America/Chicago"},
    ),
    ("agency_pack", {"pack": "mn", "starts_on": "1900-01-01", "ends_on": None}),
    ("door", {"channel": "terminal", "address": "1"}),
    ("person", {}),
    (
        "person_name",
        {"person_id": IDS + 4, "kind": "legal", "given": "Zoë", "family": "Ruiz", "valid_from": None},
    ),
    ("contact_point", {"person_id": IDS + 4, "kind": "email", "value": "dana.ruiz@lakemont.example.org"}),
    (
        "employment",
        {
            "person_id": IDS + 4,
            "badge_number": "214",
            "kind": "officer",
            "position": "police-officer",
            "rank": "Officer",
            "status": "active",
            "appointed_on": "2015-04-01",
            "ended_on": None,
            "licensed_on": None,
            "history_complete_from": "2015-01-01",
            "time_zone": None,
            "facts": '{"clearance":"ü"}',
        },
    ),
    ("unit", {"unit_id": IDS + 8, "parent_unit_id": None, "name": "B shift"}),
    (
        "reporting_line",
        {"person_id": IDS + 4, "supervisor_id": None, "unit_id": IDS + 8, "valid_from": AT, "valid_to": None},
    ),
    ("role_grant", {"person_id": IDS + 4, "role": "officer", "valid_from": AT, "valid_to": None}),
]
SINCE_0002: Rows = [
    (
        "credential",
        {
            "person_id": IDS + 4,
            "kind": "license",
            "discipline": None,
            "level": None,
            "state": "MN",
            "number": "12345",
            "status": "active",
            "status_on": None,
            "issued_on": "2015-04-01",
            "expires_on": None,
            "cycle_start": "2024-07-01",
            "cycle_end": "2027-06-30",
            "source_key": "roster:214",
        },
    ),
    (
        "card",
        {
            "person_id": IDS + 4,
            "covers": '["cpr","first-aid"]',
            "valid_from": "2025-02-27",
            "valid_to": "2027-02-27",
            "provider": None,
            "source_key": None,
        },
    ),
    (
        "assignment",
        {
            "person_id": IDS + 4,
            "kind": "sro",
            "starts_on": None,
            "ends_on": None,
            "details": "{}",
            "source_key": None,
        },
    ),
    (
        "leave",
        {
            "person_id": IDS + 4,
            "kind": "military",
            "starts_on": "2025-01-01",
            "ends_on": "2025-03-01",
            "returned_on": None,
            "source_key": None,
        },
    ),
    (
        "exemption",
        {
            "person_id": IDS + 4,
            "requirement": "mn.pursuit",
            "kind": "waiver",
            "window": None,
            "starts_on": None,
            "ends_on": None,
            "new_due": None,
            "reason": "Desk duty since the injury",
            "approved_by": None,
        },
    ),
]
COMPLETION: dict[str, object] = {
    "person_id": IDS + 4,
    "completed_on": "2026-02-09",
    "hours": "2.50",
    "topics": '["use-of-force"]',
    "topic_hours": '{"use-of-force":"2.50"}',
    "title": "Use of force, übung",
    "course_number": None,
    "provider": "Lakemont PD",
    "delivery": None,
    "board_approved": True,
    "credit": "yes",
    "credit_reason": None,
    "score": "88",
    "passed": None,
    "evidence": "{}",
    "topic_reasons": "{}",
    "source_key": "history:1",
}
SINCE_0003: Rows = [
    ("completion", COMPLETION),
    ("completion", COMPLETION | {"hours": "4", "replaces_id": IDS + 16}),
    (
        "import_batch",
        {
            "kind": "history",
            "file_name": "history.csv",
            "file_hash": "ab" * 32,
            "accepted": 1,
            "corrected": 0,
            "rejected": 0,
            "report": '{"rows":[]}',
        },
    ),
]
CASTS = {"DATE": "DATE", "TIMESTAMP": "TIMESTAMP WITH TIME ZONE", "NUMERIC": "NUMERIC"}


def insert(conn: Connection, table: str, row: Mapping[str, object]) -> None:
    types = {each["name"]: str(each["type"]) for each in inspect(conn).get_columns(table)}
    cast = CASTS if conn.dialect.name == "postgresql" else {}
    values = [f"CAST(:{name} AS {cast[types[name]]})" if types[name] in cast else f":{name}" for name in row]
    names = ", ".join(f'"{name}"' for name in row)
    conn.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(values)})"), row)  # noqa: S608  names of our own tables


def fact(seq: int, said: Mapping[str, object]) -> dict[str, object]:
    common: dict[str, object] = {
        "id": IDS + seq,
        "agency_id": 1,
        "seq": seq,
        "recorded_at": AT,
        "recorded_by": None,
        "source": "import",
        "replaces_id": None,
        "void": False,
    }
    return common | dict(said)


def entry(seq: int, position: int, before: str) -> dict[str, object]:
    """An entry with its link, as releases until 0004 reckoned it."""
    said: dict[str, Any] = {
        "id": IDS + seq,
        "agency_id": 1,
        "seq": seq,
        "position": position,
        "at": "2026-05-24T15:30:00+00:00",
        "actor_id": None,
        "tag": "import:written",
        "subject_id": None,
        "channel": "import",
        "reason": None,
        "data": {"rows": 1, "was": "ü"},
        "prev_hash": before,
    }
    hash_ = sha256(
        dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()
    return said | {"at": AT, "data": '{"rows":1,"was":"ü"}', "hash": hash_}


def as_released(conn: Connection, revision: str) -> None:
    """The agency's record as a release of that revision left it."""
    conn.execute(text("INSERT INTO chain_head VALUES (1, 0, 0, :hash)"), {"hash": "0" * 64})
    facts = (
        SINCE_0001 + (SINCE_0002 if revision >= "0002" else []) + (SINCE_0003 if revision >= "0003" else [])
    )
    # The person first: others point at them.
    rows = [(table, fact(seq, said)) for seq, (table, said) in enumerate(facts, start=1)]
    for table, row in sorted(rows, key=lambda each: each[0] != "person"):
        insert(conn, table, row)
    seq, position, head = len(facts), 0, "0" * 64
    if revision >= "0003":
        for position in (1, 2):
            seq += 1
            said = entry(seq, position, head)
            head = str(said["hash"])
            insert(conn, "audit_entry", said)
    if revision >= "0004":
        standing = {
            "agency_id": 1,
            "person_id": IDS + 4,
            "as_of": "2026-05-24",
            "word": "YES",
            "next_change_on": None,
            "fact_seq": seq,
            "pack_hash": "a",
            "engine": "1",
            "dirty_seq": None,
            "marked_at": None,
            "body": "{}",
        }
        insert(conn, "standing", standing)
    conn.execute(
        text("UPDATE chain_head SET seq = :seq, entries = :entries, hash = :hash"),
        {"seq": seq, "entries": position, "hash": head},
    )


# Columns that no earlier release had; two of the names stood elsewhere before.
ADDED_SINCE = ("facts", "hash", "reason_item_id", "digest", "unplanned")


def content(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything that was kept, but for what this release adds and for its own heads."""
    tables = [
        name
        for name in sorted(inspect(conn).get_table_names())
        if name not in ("alembic_version", "chain_head")
    ]
    found = {}
    for table in tables:
        names = [each["name"] for each in inspect(conn).get_columns(table) if each["name"] not in ADDED_SINCE]
        names += ["facts"] if table == "employment" else ["hash"] if table == "audit_entry" else []
        listed = ", ".join(f'"{name}"' for name in sorted(names))
        where = " WHERE tag <> 'record:sealed'" if table == "audit_entry" else ""
        key = "person_id" if table == "standing" else "1"
        rows = conn.execute(text(f"SELECT {listed} FROM {table}{where} ORDER BY {key}"))  # noqa: S608  names of our own tables
        if found_rows := [tuple(row) for row in rows]:
            found[table] = found_rows
    return found


RELEASES = ["0001", "0002", "0003", "0004"]


@pytest.mark.parametrize("revision", RELEASES)
def test_a_record_of_an_earlier_release_comes_up_whole_and_sealed_and_work_goes_on(
    empty_database: Engine, revision: str
) -> None:
    with migrating(empty_database) as conn:
        bring_to(conn, revision)
        as_released(conn, revision)
        before = content(conn)
    assert len(before) >= 10

    upgrade(empty_database)

    with reading(empty_database) as conn:
        assert revision_of(conn) == newest_revision()
        assert content(conn) == before
        seals = entries(conn, AgencyId(1), tags=["record:sealed"])
    assert check_integrity(empty_database) == ()
    facts = sum(len(rows) for table, rows in before.items() if table not in ("audit_entry", "standing"))
    assert [(each.data["facts"], each.facts is not None) for each in seals] == [(facts, True)]

    lee = an_officer(empty_database, AgencyId(1), badge="231", family="Lee")
    with writing(empty_database, AgencyId(1), at=NOON) as writer:
        writer.record(a_course(lee))
        writer.correct(IDS + 5, PersonName(person_id=IDS + 4, given="Dana", family="Ruiz"))
        writer.audit(AuditDraft(tag="record:viewed", subject_id=IDS + 4))
    assert check_integrity(empty_database) == ()


def test_every_step_of_the_way_may_be_a_stop(empty_database: Engine) -> None:
    with migrating(empty_database) as conn:
        bring_to(conn, RELEASES[-1])
        as_released(conn, RELEASES[-1])
        before = content(conn)
    for number in range(int(RELEASES[-1]) + 1, int(newest_revision() or 0) + 1):
        with migrating(empty_database) as conn:
            bring_to(conn, f"{number:04}")
            assert content(conn) == before
    assert check_integrity(empty_database) == ()


def test_a_hundred_agencies_are_sealed_one_by_one(empty_database: Engine) -> None:
    with migrating(empty_database) as conn:
        bring_to(conn, "0004")
        for number in range(1, 101):
            conn.execute(
                text("INSERT INTO chain_head VALUES (:number, 1, 0, :hash)"),
                {"number": number, "hash": "0" * 64},
            )
            row = fact(
                1,
                {"channel": "terminal", "address": str(number), "agency_id": number, "id": number * IDS + 1},
            )
            insert(conn, "door", row)
    upgrade(empty_database)
    assert check_integrity(empty_database) == ()
    with reading(empty_database) as conn:
        assert conn.execute(text("SELECT count(*) FROM audit_entry")).scalar_one() == 100


def test_the_demos_clock_is_the_clock_of_the_seal(empty_database: Engine) -> None:
    with migrating(empty_database) as conn:
        bring_to(conn, "0004")
        as_released(conn, "0004")
        conn.execute(text("INSERT INTO clock_offset VALUES (1, 315360000)"))
    upgrade(empty_database)
    with reading(empty_database) as conn:
        (seal,) = entries(conn, AgencyId(1), tags=["record:sealed"])
    assert seal.at.year >= 2036


def test_a_backup_of_an_earlier_release_is_restored_and_brought_up(
    empty_database: Engine, empty_sqlite: Engine, tmp_path: Path
) -> None:
    with migrating(empty_sqlite) as conn:
        bring_to(conn, "0004")
        as_released(conn, "0004")
        before = content(conn)
        path = tmp_path / "old.zip"
        backup_as_it_was(conn, path)
    target = (
        make_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
        if empty_database is empty_sqlite
        else empty_database
    )
    with open_backup(path) as backup:
        restore(target, backup, NOON)
    assert check_integrity(target) == ()
    with reading(target) as conn:
        after = content(conn)
    assert {table: len(rows) for table, rows in after.items()} == {
        table: len(rows) for table, rows in before.items()
    }
    target.dispose()


def backup_as_it_was(conn: Connection, path: Path) -> None:
    """An archive in the form of docs/record.md, by hand; SQLite holds values as the archive does."""
    order = ["chain_head", "person", "agency", "unit"]
    names = set(inspect(conn).get_table_names()) - {"alembic_version", *order}
    tables = []
    with ZipFile(path, "w") as archive:
        for table in (*order, *sorted(names)):
            columns = [each["name"] for each in inspect(conn).get_columns(table)]
            listed = ", ".join(f'"{name}"' for name in columns)
            rows = conn.execute(text(f"SELECT {listed} FROM {table}")).all()  # noqa: S608 names of our own tables
            data = "".join(dumps(list(row)) + "\n" for row in rows).encode()
            archive.writestr(f"rows/{table}.jsonl", data)
            sum_ = sha256(data).hexdigest()
            tables.append({"table": table, "columns": columns, "rows": len(rows), "sha256": sum_})
        said = {"format": "rollcall-backup", "version": 1, "revision": "0004", "taken_at": NOON.isoformat()}
        archive.writestr("manifest.json", dumps(said | {"heads": [], "tables": tables}))


def test_what_was_kept_in_the_record_stays_there(empty_database: Engine) -> None:
    item = {
        "person_id": IDS + 4,
        "about": "[]",
        "kind": "file",
        "retention": "sent-file",
        "media_type": "image/jpeg",
        "size": 3,
        "keyed_hash": "0" * 64,
        "ref": "0" * 32,
        "ciphertext": bytes(range(256)),
        "hash": "as it was",
    }
    with migrating(empty_database) as conn:
        bring_to(conn, "0004")
        as_released(conn, "0004")
        bring_to(conn, "0015")
        seq = conn.execute(text("SELECT max(seq) + 1 FROM audit_entry")).scalar_one()
        insert(conn, "content_item", fact(seq, item))
        (before,) = [dict(row) for row in conn.execute(text("SELECT * FROM content_item")).mappings()]
        bring_to(conn)
        (after,) = [dict(row) for row in conn.execute(text("SELECT * FROM content_item")).mappings()]
    assert after == before | {"sealed_hash": None}


def test_what_waits_for_somebody_s_hours_goes_on_waiting(empty_database: Engine) -> None:
    message = {
        "message_id": "m",
        "agency_id": 1,
        "person_id": IDS + 4,
        "kind": "review",
        "about": "",
        "created_at": AT,
    }
    attempt = {
        **dict.fromkeys(("channel", "address", "place", "thread", "account", "target", "ref", "sent_in"), ""),
        "message_id": "m",
        "agency_id": 1,
        "way": "post",
        "tries": 0,
        "due_at": AT,
        "created_at": AT,
    }
    errors = [
        ("ready", "off-duty"),
        ("ready", "another-try"),
        ("ready", "30003"),
        ("ready", ""),
        ("done", "on-leave"),
    ]
    with migrating(empty_database) as conn:
        bring_to(conn, "0004")
        as_released(conn, "0004")
        bring_to(conn, "0020")
        insert(conn, "message", message)
        for number, (state, error) in enumerate(errors):
            ends = {"attempt_id": f"a{number}", "number": number, "state": state, "error": error}
            insert(conn, "attempt", attempt | ends)
        bring_to(conn)
        found = conn.execute(text("SELECT error, waits FROM attempt ORDER BY number")).all()
    assert [tuple(each) for each in found] == [
        ("off-duty", "off-duty"), ("another-try", "another-try"), ("30003", None), ("", None), ("on-leave", None)
    ]  # fmt: skip
    assert check_integrity(empty_database) == ()
