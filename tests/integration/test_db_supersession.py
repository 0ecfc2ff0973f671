"""Corrections and what was known when: nothing earlier is lost, and an old answer never changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from db import tables
from db.errors import AlreadyReplacedError, NotInAgencyError
from db.queries.agencies import head_seq
from db.queries.evaluation import completion, completions_for, stream_completions
from db.queries.people import by_ids, by_surname, names
from db.records.facts import AgencyId, Completion, PersonName, Unit
from db.tables.base import IDS_PER_AGENCY
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import NOON, a_completion, a_course, an_agency, an_officer


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.fixture
def ruiz(database: Engine, lakemont: AgencyId) -> int:
    return an_officer(database, lakemont)


def hours_of(
    database: Engine, agency_id: AgencyId, person_id: int, known_at: int | None = None
) -> list[Decimal | None]:
    with reading(database) as conn:
        found = completions_for(conn, agency_id, [person_id], known_at=known_at)
    return [kept.fact.hours for kept in found.get(person_id, ())]


def head_of(database: Engine, agency_id: AgencyId) -> int:
    with reading(database) as conn:
        return head_seq(conn, agency_id)


def test_a_correction_stands_in_the_place_of_what_it_corrects(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = a_completion(database, lakemont, ruiz, hours="2")
    before = head_of(database, lakemont)
    with writing(database, lakemont, at=NOON, actor_id=ruiz) as writer:
        second = writer.correct(first, a_course(ruiz, hours="2.5"))
    assert hours_of(database, lakemont, ruiz) == [Decimal("2.5")]
    assert hours_of(database, lakemont, ruiz, known_at=before) == [Decimal(2)]
    with reading(database) as conn:
        kept = completion(conn, lakemont, second)
        assert kept is not None
        assert (kept.replaces_id, kept.recorded_by) == (first, ruiz)
        assert completion(conn, lakemont, first) is not None


def test_a_withdrawn_completion_counts_before_and_not_after(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = a_completion(database, lakemont, ruiz)
    before = head_of(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        gone = writer.withdraw(first, Completion)
    assert hours_of(database, lakemont, ruiz) == []
    assert hours_of(database, lakemont, ruiz, known_at=before) == [Decimal(2)]
    with reading(database) as conn:
        assert list(stream_completions(conn, lakemont)) == []
        assert completion(conn, lakemont, gone) is None


def test_the_second_corrector_is_told_that_somebody_was_first(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = a_completion(database, lakemont, ruiz)
    with writing(database, lakemont, at=NOON) as writer:
        writer.correct(first, a_course(ruiz, hours="3"))
    with pytest.raises(AlreadyReplacedError), writing(database, lakemont, at=NOON) as writer:
        writer.correct(first, a_course(ruiz, hours="4"))
    with pytest.raises(AlreadyReplacedError), writing(database, lakemont, at=NOON) as writer:
        writer.withdraw(first, Completion)
    assert hours_of(database, lakemont, ruiz) == [Decimal(3)]


def test_two_correctors_at_once_cannot_both_win(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    first = a_completion(database, lakemont, ruiz)

    def correct(hours: str) -> bool:
        try:
            with writing(database, lakemont, at=NOON) as writer:
                writer.correct(first, a_course(ruiz, hours=hours))
        except AlreadyReplacedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(correct, ["3", "4", "5", "6"]))
    assert won.count(True) == 1
    assert len(hours_of(database, lakemont, ruiz)) == 1


def test_the_database_itself_refuses_a_second_row_for_one_correction(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = a_completion(database, lakemont, ruiz)
    with writing(database, lakemont, at=NOON) as writer:
        second = writer.correct(first, a_course(ruiz, hours="3"))
    with working(database) as conn:
        row = dict(
            conn.execute(select(tables.completion).where(tables.completion.c.id == second)).mappings().one()
        )
    row |= {"id": row["id"] + 1, "seq": row["seq"] + 1}
    with pytest.raises(IntegrityError), working(database) as conn:
        conn.execute(insert(tables.completion).values(row))


def test_an_answer_known_at_a_place_stays_the_same_when_a_slow_writer_commits_later(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    a_completion(database, lakemont, ruiz, hours="2")
    inside, go_on = Event(), Event()

    def write_slowly() -> None:
        with writing(database, lakemont, at=NOON) as writer:
            writer.record(a_course(ruiz, hours="8"))
            inside.set()
            go_on.wait(10)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(write_slowly)
        assert inside.wait(10)
        place = head_of(database, lakemont)
        before = hours_of(database, lakemont, ruiz, known_at=place)
        go_on.set()
        slow.result()
    a_completion(database, lakemont, ruiz, hours="1")
    assert before == [Decimal(2)]
    assert hours_of(database, lakemont, ruiz, known_at=place) == before
    assert hours_of(database, lakemont, ruiz) == [Decimal(2), Decimal(8), Decimal(1)]


def test_a_correction_must_be_of_a_fact_of_the_same_kind(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    with pytest.raises(NotInAgencyError), writing(database, lakemont, at=NOON) as writer:
        writer.correct(ruiz, a_course(ruiz))


def test_a_row_whose_id_and_sequence_disagree_is_refused(database: Engine, lakemont: AgencyId) -> None:
    row = {"id": lakemont * IDS_PER_AGENCY + 900, "agency_id": lakemont, "seq": 901, "recorded_at": NOON}
    row |= {"recorded_by": None, "source": "by hand", "replaces_id": None, "void": False}
    with pytest.raises(IntegrityError), working(database) as conn:
        conn.execute(insert(tables.person).values(row))


def test_an_officer_who_marries_is_found_by_the_new_name_and_keeps_the_old_one(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(
            PersonName(person_id=ruiz, given="Dana", family="Ruiz-Öberg", valid_from=date(2026, 6, 1))
        )
    with reading(database) as conn:
        assert [person.person_id for person in by_surname(conn, lakemont, "RUIZ-ÖBERG")] == [ruiz]
        assert by_surname(conn, lakemont, "Ruiz") == ()
        assert [name.fact.family for name in names(conn, lakemont, ruiz)] == ["Ruiz-Öberg", "Ruiz"]
        assert [person.family for person in by_ids(conn, lakemont, [ruiz])] == ["Ruiz-Öberg"]


def test_a_renamed_unit_stays_the_same_unit(database: Engine, lakemont: AgencyId) -> None:
    with writing(database, lakemont, at=NOON) as writer:
        unit_id = writer.record(Unit(name="Patrol"))[0]
        renamed = writer.correct(unit_id, Unit(name="Patrol, days"))
    with reading(database) as conn:
        row = conn.execute(select(tables.unit).where(tables.unit.c.id == renamed)).mappings().one()
    assert row["unit_id"] == unit_id


def test_what_is_read_back_can_be_handed_in_again_as_a_correction(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = a_completion(database, lakemont, ruiz)
    with reading(database) as conn:
        kept = completion(conn, lakemont, first)
    assert kept is not None
    assert kept.fact == a_course(ruiz)
    with writing(database, lakemont, at=NOON) as writer:
        writer.correct(kept.id, replace(kept.fact, title="Use of force, 2026"))
    with reading(database) as conn:
        assert [each.fact.title for each in completions_for(conn, lakemont)[ruiz]] == ["Use of force, 2026"]
