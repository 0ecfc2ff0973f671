"""The audit chain and the sequence under it: whoever tampers leaves a mark that the check finds."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select, text

from db import tables
from db.integrity import check_integrity
from db.migrate import upgrade
from db.queries.agencies import agencies
from db.queries.audit import chain_head, entries, views_of
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.tables.base import append_only_tables
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import NOON, a_completion, a_course, an_agency, an_officer


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    agency_id = an_agency(database)
    with writing(database, agency_id, at=NOON, channel="terminal") as writer:
        writer.audit(*(AuditDraft(tag="record:viewed", data={"line": number}) for number in range(5)))
    return agency_id


def tamper(database: Engine, *statements: str) -> list[str]:
    """Do what only somebody with the owner's rights could, and put the guards back as they would."""
    with working(database) as conn:
        for name in [table.name for table in append_only_tables()]:
            if database.dialect.name == "postgresql":
                conn.execute(text(f"DROP TRIGGER {name}_refuses_change ON {name}"))
            else:
                for event in ("update", "delete", "overwrite"):
                    conn.execute(text(f"DROP TRIGGER {name}_refuses_{event}"))
        for statement in statements:
            conn.exec_driver_sql(statement)
    upgrade(database)
    return sorted(finding.code for finding in check_integrity(database))


def test_an_untouched_chain_has_nothing_to_find(database: Engine, lakemont: AgencyId) -> None:
    assert check_integrity(database) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET reason = 'nothing to see' WHERE position = 3",
        "UPDATE audit_entry SET data = '{\"line\":7}' WHERE position = 3",
        "UPDATE audit_entry SET tag = 'record:changed' WHERE position = 5",
        "UPDATE audit_entry SET hash = prev_hash WHERE position = 2",
    ],
)
def test_a_changed_entry_breaks_the_chain(database: Engine, lakemont: AgencyId, change: str) -> None:
    assert tamper(database, change) == ["chain-broken"]


def test_an_entry_that_is_gone_from_the_middle_is_found(database: Engine, lakemont: AgencyId) -> None:
    assert tamper(database, "DELETE FROM audit_entry WHERE position = 3") == ["chain-gap", "sequence-gap"]


def test_entries_in_another_order_are_found(database: Engine, lakemont: AgencyId) -> None:
    assert tamper(
        database,
        "UPDATE audit_entry SET position = 99 WHERE position = 2",
        "UPDATE audit_entry SET position = 2 WHERE position = 3",
        "UPDATE audit_entry SET position = 3 WHERE position = 99",
    ) == ["chain-broken", "chain-broken"]


def test_a_tail_that_was_cut_off_is_found_while_the_head_remembers_it(
    database: Engine, lakemont: AgencyId
) -> None:
    assert tamper(database, "DELETE FROM audit_entry WHERE position = 6") == ["chain-cut", "sequence-gap"]


def test_a_completion_that_is_gone_leaves_a_gap_in_the_sequence(database: Engine, lakemont: AgencyId) -> None:
    a_completion(database, lakemont, an_officer(database, lakemont))
    assert tamper(database, "DELETE FROM completion") == ["sequence-gap"]


def test_writers_at_once_share_one_sequence_without_a_gap_and_one_chain(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)

    def work(number: int) -> list[int]:
        with writing(database, lakemont, at=NOON) as writer:
            writer.audit(AuditDraft(tag="completion:recorded", subject_id=ruiz, data={"number": number}))
            return writer.record(a_course(ruiz), a_course(ruiz))

    with ThreadPoolExecutor(8) as pool:
        ids = [kept_id for pair in pool.map(work, range(24)) for kept_id in pair]
    assert len(set(ids)) == 48
    with reading(database) as conn:
        seqs = [seq for table in append_only_tables() for seq in conn.execute(select(table.c.seq)).scalars()]
        head = chain_head(conn, lakemont)
    assert sorted(seqs) == list(range(1, head.seq + 1))
    # The founding, the five views, the officer, and each writer's own entry with the seal of its two facts.
    assert head.entries == 1 + 5 + 1 + 24 * 2
    assert check_integrity(database) == ()


def test_agencies_founded_at_once_get_numbers_of_their_own(database: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = list(
            pool.map(lambda name: an_agency(database, name), ["Lakemont", "Ashby", "Fergus", "Ely"])
        )
    assert sorted(numbers) == [1, 2, 3, 4]
    with reading(database) as conn:
        assert list(agencies(conn)) == [1, 2, 3, 4]


def test_an_officer_sees_who_looked_at_their_record_and_not_their_own_looks(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    ortiz = an_officer(database, lakemont, badge="3102", family="Ortiz")
    for viewer in (ruiz, ortiz):
        with writing(database, lakemont, at=NOON, actor_id=viewer, channel="slack") as writer:
            writer.audit(AuditDraft(tag="record:viewed", subject_id=ruiz, reason="audit"))
    with reading(database) as conn:
        views = views_of(conn, lakemont, ruiz, ["record:viewed"])
        assert [(view.actor_id, view.channel, view.reason) for view in views] == [(ortiz, "slack", "audit")]
        assert len(entries(conn, lakemont, subject_id=ruiz)) == 2
        assert [entry.position for entry in entries(conn, lakemont, limit=2)] == [10, 9]
        stored = conn.execute(select(tables.chain_head.c.hash)).scalar_one()
        assert stored == entries(conn, lakemont, limit=1)[0].hash
