"""A byte of the file is not what it was: it is named, or it lies where nobody reads."""

import io
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select, text, update

from bot.commands.setup import check_database
from bot.composition import KEYS_FILE, MASTER_FILE, keys_in
from db import tables
from db.clock import set_offset_seconds
from db.engine import make_engine
from db.integrity import check_integrity
from db.keys.tables import item_key
from db.postgresql_pages import page_notes
from db.queries import conversations, heartbeats, standings
from db.queries.agencies import agencies
from db.queries.context import ByPerson, context
from db.records.facts import ContentItem
from db.records.work import Conversation, NewStanding
from db.unit_of_work import reading, working, writing
from messages.words import load
from tests.fakes.clock import MovableClock
from tests.integration.flips import content, flips
from tests.integration.record_cast import NOON, an_agency, an_officer
from tests.integration.specimens import an_agency_with_everything, specimen
from tests.integration.sqlite_places import UNREAD, Place, Places
from training.content.key_check import check_keys
from training.office import Office
from training.packs import PackShelf

OF_EACH_KIND = 2
# Beside those of the specimens, which all have a tombstone.
KEPT_ITEMS = (11, 12, 13)
OPEN = Conversation(topic="status", payload={"about": 3, "shown": 5}, expires_at=NOON + timedelta(hours=1))


def a_standing(person_id: int) -> NewStanding:
    return NewStanding(
        person_id=person_id,
        as_of=NOON.date(),
        word="NOT YET",
        next_change_on=None,
        fact_seq=1,
        pack_hash="p",
        engine="e",
        body='{"word": "NOT YET"}',
    )


def codes(engine: Engine) -> list[str]:
    return [finding.code for finding in check_integrity(engine)]


@pytest.fixture
def whole_file(sqlite_everything: Engine) -> Path:
    """A record with everything in it, work state, a long row and free pages, all of it in the one file."""
    with reading(sqlite_everything) as conn:
        (agency_id,) = agencies(conn)
    person_id = an_officer(sqlite_everything, agency_id)
    with working(sqlite_everything) as conn:
        standings.keep(conn, agency_id, [replace(a_standing(person_id), body="long " * 2_000)])
        conversations.keep(conn, agency_id, person_id, "terminal", OPEN, at=NOON)
        heartbeats.beat(conn, "tick")
        set_offset_seconds(conn, 86_400)
        conn.exec_driver_sql("CREATE TABLE scratch AS SELECT * FROM completion, card, person")
    with working(sqlite_everything) as conn:
        conn.exec_driver_sql("DROP TABLE scratch")
    path = Path(sqlite_everything.url.database or "")
    sqlite_everything.dispose()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.mark.long
def test_a_flipped_byte_is_named_or_lies_where_nobody_reads(whole_file: Path) -> None:
    sound = make_engine(f"sqlite:///{whole_file}")
    assert check_integrity(sound) == ()
    sound.dispose()
    chance = random.Random(2027)  # noqa: S311 the same bytes in every run, and nothing is protected by them
    kinds = Places(whole_file).by_kind()
    assert set(kinds) >= set(Place) - {Place.FRAGMENT, Place.SLACK}
    # What a clock or a heartbeat says has no hash: docs/record.md says so.
    chosen = [
        (kind, at)
        for kind, held in sorted(kinds.items())
        if kind is not Place.WORK_ROW
        for at in chance.sample(held, 1 if kind in UNREAD else OF_EACH_KIND)
    ]
    done = list(flips(whole_file, chosen, chance))
    assert [each for each in done if each.unnoticed and each.kind not in UNREAD] == []
    assert [each for each in done if each.unnoticed and not each.same] == []
    assert sum(not each.unnoticed for each in done) >= OF_EACH_KIND * 8


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("table completion", "'doubtful'", "'doubtfuL'"),
        ("table completion", "CREATE TABLE", "CREATE/*TABLE*/ TABLE"),
        ("table standing", "dirty_seq INTEGER", "dirty_seq INTEGEr"),
        ("index uq_completion_replaces_id", "replaces_id IS NOT NULL", "replaces_id IS NOT NULl"),
    ],
)
def test_a_letter_of_a_table_or_an_index_that_is_another_is_named(
    whole_file: Path, name: str, was: str, now: str
) -> None:
    with closing(sqlite3.connect(whole_file, isolation_level=None)) as file:
        file.execute("PRAGMA writable_schema = ON")
        changed = file.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type || ' ' || name = ?",
            (was, now, name),
        )
        assert changed.rowcount == 1
    found = check_integrity(make_engine(f"sqlite:///{whole_file}"))
    assert {each.code for each in found} <= {"schema-text", "schema-differs"}
    assert name.split()[1] in str(found[0].facts)


def test_a_view_that_nobody_made_is_named(sqlite_database: Engine) -> None:
    with working(sqlite_database) as conn:
        conn.exec_driver_sql("CREATE VIEW quiet AS SELECT 1")
    assert [each.facts for each in check_integrity(sqlite_database)] == [(("name", "view quiet"),)]


@pytest.mark.parametrize("number", ["user_version", "application_id"])
def test_a_number_in_the_head_of_the_file_that_is_not_ours_is_named(
    sqlite_database: Engine, number: str
) -> None:
    with working(sqlite_database) as conn:
        conn.exec_driver_sql(f"PRAGMA {number} = 5")
    assert codes(sqlite_database) == ["file-damaged"]


def test_a_link_to_a_column_that_is_not_there_is_a_finding_and_stops_nothing(whole_file: Path) -> None:
    with closing(sqlite3.connect(whole_file)) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'chain_head (agency_id)', 'chain_head (agenby_id)')"
            " WHERE name = 'leave'"
        )
        assert file.total_changes == 1
        file.commit()
    engine = make_engine(f"sqlite:///{whole_file}")
    try:
        assert "unreadable" in {finding.code for finding in check_integrity(engine)}
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("column", "value"), [("word", "YES"), ("body", '{"word": "YES"}'), ("fact_seq", 99)]
)
def test_a_kept_standing_that_is_not_what_was_judged_is_named_and_is_no_answer(
    database: Engine, column: str, value: object
) -> None:
    agency_id = an_agency(database)
    person_id = an_officer(database, agency_id)
    with working(database) as conn:
        standings.keep(conn, agency_id, [a_standing(person_id)])
    assert check_integrity(database) == ()
    with working(database) as conn:
        conn.execute(update(tables.standing).values({column: value}))
    assert codes(database) == ["standing-changed"]
    with reading(database) as conn:
        found = standings.standing(conn, agency_id, person_id)
    assert found is not None
    assert not found.intact


@pytest.mark.parametrize("mark", [{"dirty_seq": 1_000_000}, {"dirty_seq": None}, {"marked_at": None}])
def test_a_mark_that_no_write_left_is_named(sqlite_database: Engine, mark: dict[str, object]) -> None:
    agency_id = an_agency(sqlite_database)
    person_id = an_officer(sqlite_database, agency_id)
    with working(sqlite_database) as conn:
        standings.mark_dirty(conn, agency_id, [person_id], seq=3, at=NOON)
    assert check_integrity(sqlite_database) == ()
    with working(sqlite_database) as conn:
        conn.execute(update(tables.standing).where(tables.standing.c.person_id == person_id).values(mark))
    assert codes(sqlite_database) == ["mark-changed"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("topic", "history"), ("payload", {"about": 4, "shown": 5}), ("expires_at", NOON + timedelta(days=400))],
)
def test_an_open_conversation_that_is_not_what_was_kept_is_named_and_counts_as_closed(
    sqlite_database: Engine, column: str, value: object
) -> None:
    agency_id = an_agency(sqlite_database)
    person_id = an_officer(sqlite_database, agency_id)
    with working(sqlite_database) as conn:
        conversations.keep(conn, agency_id, person_id, "sms", OPEN, at=NOON)
    assert check_integrity(sqlite_database) == ()
    table = tables.conversation
    with working(sqlite_database) as conn:
        if column == "payload":
            value = conn.execute(select(table.c.payload)).scalar_one() | value
        conn.execute(update(table).values({column: value}))
    assert codes(sqlite_database) == ["conversation-changed"]
    with reading(sqlite_database) as conn:
        asker = context(conn, agency_id, ByPerson(person_id), "sms", NOON)
    assert asker is not None
    assert asker.conversation is None


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("heartbeat", "succeeded_at", "2027-03-0218:00:00.000000"),
        ("heartbeat", "succeeded_at", "2027-13-02 18:00:00.000000"),
        ("heartbeat", "job", b"tick"),
        ("clock_offset", "seconds", "many"),
        ("conversation", "payload", '{"about": 3}'),
        ("conversation", "updated_at", 5),
    ],
)
def test_work_state_that_rollcall_never_writes_is_named(
    whole_file: Path, table: str, column: str, value: object
) -> None:
    with closing(sqlite3.connect(whole_file, isolation_level=None)) as file:
        file.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 names of our own tables
    found = [dict(each.facts) for each in check_integrity(make_engine(f"sqlite:///{whole_file}"))]
    assert {"table": table, "column": column}.items() <= found[-1].items()


@pytest.mark.parametrize("place", [5, 30, 40, 32 + 24 + 4096 + 500])
def test_a_write_ahead_log_that_breaks_off_is_named_before_its_end_is_lost(
    sqlite_database: Engine, tmp_path: Path, place: int
) -> None:
    for _ in range(2):
        an_agency(sqlite_database)
    crashed, file = tmp_path / "crashed.sqlite", Path(sqlite_database.url.database or "")
    for end in ("", "-wal"):
        shutil.copyfile(f"{file}{end}", f"{crashed}{end}")
    sound = make_engine(f"sqlite:///{crashed}")
    assert check_integrity(sound) == ()
    sound.dispose()
    for end in ("", "-wal"):
        shutil.copyfile(f"{file}{end}", f"{crashed}{end}")
    log = Path(f"{crashed}-wal")
    whole = log.read_bytes()
    log.write_bytes(whole[:place] + bytes((whole[place] ^ 8,)) + whole[place + 1 :])
    broken = log.read_bytes()
    assert codes(make_engine(f"sqlite:///{crashed}"))[0] == "log-broken"
    # SQLite removes the log as soon as nobody has the file open.
    assert Path(f"{log}-broken").read_bytes() == broken


@pytest.fixture
def kept_words(sqlite_database: Engine, tmp_path: Path) -> Office:
    """An agency whose items have their keys."""
    agency_id = an_agency_with_everything(sqlite_database)
    with reading(sqlite_database) as conn:
        people = list(conn.execute(select(tables.person.c.id)).scalars())
    with writing(sqlite_database, agency_id, at=NOON) as writer:
        writer.record(*(specimen(ContentItem, {"person": people}, number) for number in KEPT_ITEMS))
    store = keys_in(tmp_path / "keys")
    with reading(sqlite_database) as conn:
        store.new_keys(conn.execute(select(tables.content_item.c.ref)).scalars().all())
    return Office(sqlite_database, MovableClock(NOON), PackShelf(), store)


def test_keys_that_are_lost_or_changed_are_counted(kept_words: Office, tmp_path: Path) -> None:
    assert check_keys(kept_words) == ()
    with reading(kept_words.engine) as conn:
        refs = (
            conn.execute(select(tables.content_item.c.ref).order_by(tables.content_item.c.id)).scalars().all()
        )
    disposed, (first, second, third) = refs[: -len(KEPT_ITEMS)], refs[-len(KEPT_ITEMS) :]
    with working(kept_words.keys.engine) as conn:
        conn.execute(delete(item_key).where(item_key.c.ref.in_((*disposed, first, second))))
        conn.execute(update(item_key).where(item_key.c.ref == third).values(wrapped=b"x" * 60))
    assert [(each.code, dict(each.facts)["count"]) for each in check_keys(kept_words)] == [
        ("key-missing", "2"),
        ("key-changed", "1"),
    ]
    out = io.StringIO()
    assert check_database(kept_words.engine, load(), out, keys_of=kept_words) == 1
    assert "2 of the kept messages and files have no key" in out.getvalue()
    # A restored copy is checked without the keys of this place.
    assert check_database(kept_words.engine, load(), out) == 0


@pytest.mark.parametrize("name", [KEYS_FILE, MASTER_FILE])
def test_a_file_of_keys_that_is_damaged_is_named(kept_words: Office, tmp_path: Path, name: str) -> None:
    path = tmp_path / "keys" / name
    data = bytearray(path.read_bytes())
    for place in range(20, len(data), 100):
        data[place] ^= 1
    path.write_bytes(data)
    again = replace(kept_words, keys=keys_in(tmp_path / "keys"))
    assert check_keys(again)[0].code.startswith("keys-")


def test_the_command_says_what_is_damaged_and_what_to_do(whole_file: Path) -> None:
    at = Places(whole_file).by_kind()[Place.ROW][-1]
    whole = whole_file.read_bytes()
    whole_file.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
    out = io.StringIO()
    assert check_database(make_engine(f"sqlite:///{whole_file}"), load(), out) == 1
    first, *named = out.getvalue().splitlines()
    assert first == f"{len(named)} thing is wrong:"
    assert "is not what was" in named[0]
    assert "backup" in named[0] or "judged again" in named[0]


def test_postgresql_says_who_looks_after_its_pages(postgresql_database: Engine) -> None:
    an_agency(postgresql_database)
    assert page_notes(postgresql_database) == ("checksums-on", "indexes-not-compared")
    with working(postgresql_database) as conn:
        # The server of the tests has no amcheck; this stands in its place and finds one index wanting.
        conn.execute(
            text(
                "CREATE FUNCTION bt_index_check(named regclass, heap boolean) RETURNS void LANGUAGE plpgsql AS "
                "$$BEGIN IF named::text = 'pk_person' THEN RAISE 'a row is not in it'; END IF; END$$"
            )
        )
    assert page_notes(postgresql_database)[1] == "indexes-compared"
    out = io.StringIO()
    assert check_database(postgresql_database, load(), out) == 1
    assert "The index pk_person does not match its table: a row is not in it." in out.getvalue()
    assert "data checksums are on" in out.getvalue()


def test_nothing_that_can_be_read_is_left_out_of_the_comparison(whole_file: Path) -> None:
    assert set(content(make_engine(f"sqlite:///{whole_file}"))) == set(tables.metadata.tables)
