"""Kept standings: who must be looked at again, and what a race with the sweep leaves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from db.queries import standings
from db.queries.agencies import head_seq
from db.records.facts import AgencyId, AgencyPack, ContactKind, ContactPoint
from db.records.work import NewStanding
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import NOON, a_completion, an_agency, an_officer

TODAY = date(2027, 3, 2)


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.fixture
def ruiz(database: Engine, lakemont: AgencyId) -> int:
    return an_officer(database, lakemont)


def evaluated(database: Engine, agency_id: AgencyId, person_id: int) -> NewStanding:
    with reading(database) as conn:
        seq = head_seq(conn, agency_id)
    return NewStanding(
        person_id=person_id,
        as_of=TODAY,
        word="NOT YET",
        next_change_on=date(2027, 4, 1),
        fact_seq=seq,
        pack_hash="p1",
        engine="e1",
        body="{}",
    )


def keep(database: Engine, agency_id: AgencyId, *new: NewStanding) -> None:
    with working(database) as conn:
        standings.keep(conn, agency_id, new)


def due(database: Engine, agency_id: AgencyId, today: date = TODAY) -> tuple[int, ...]:
    with reading(database) as conn:
        return standings.due(conn, agency_id, today, 10)


def test_a_new_officer_is_due_and_an_evaluated_one_is_not_until_the_day_it_changes(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    assert due(database, lakemont) == (ruiz,)
    keep(database, lakemont, evaluated(database, lakemont, ruiz))
    assert due(database, lakemont) == ()
    assert due(database, lakemont, date(2027, 3, 31)) == ()
    assert due(database, lakemont, date(2027, 4, 1)) == (ruiz,)
    with reading(database) as conn:
        kept = standings.standing(conn, lakemont, ruiz)
    assert kept is not None
    assert (kept.word, kept.body, kept.dirty) == ("NOT YET", "{}", False)


def test_a_recorded_completion_makes_its_officer_due_and_a_new_telephone_does_not(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    ortiz = an_officer(database, lakemont, badge="2", family="Ortiz")
    keep(database, lakemont, *(evaluated(database, lakemont, person_id) for person_id in (ruiz, ortiz)))
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(ContactPoint(person_id=ortiz, kind=ContactKind.MOBILE, value="+15550100"))
    a_completion(database, lakemont, ruiz)
    assert due(database, lakemont) == (ruiz,)


def test_an_officer_whose_facts_changed_during_the_evaluation_stays_due(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    slow = evaluated(database, lakemont, ruiz)
    a_completion(database, lakemont, ruiz)
    keep(database, lakemont, slow)
    assert due(database, lakemont) == (ruiz,)
    keep(database, lakemont, replace(evaluated(database, lakemont, ruiz), word="YES"))
    assert due(database, lakemont) == ()
    keep(database, lakemont, slow)
    with reading(database) as conn:
        kept = standings.standing(conn, lakemont, ruiz)
    assert kept is not None
    assert kept.word == "YES"


def test_taking_up_a_pack_makes_everybody_due(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    keep(database, lakemont, evaluated(database, lakemont, ruiz))
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(AgencyPack(pack="lkm-2027.1", starts_on=TODAY))
    assert due(database, lakemont) == (ruiz,)


def test_those_judged_by_an_older_pack_or_evaluator_are_found_after_a_release(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    ortiz = an_officer(database, lakemont, badge="2", family="Ortiz")
    never = an_officer(database, lakemont, badge="3", family="Vang")
    keep(
        database,
        lakemont,
        evaluated(database, lakemont, ruiz),
        replace(evaluated(database, lakemont, ortiz), engine="e0"),
    )
    with reading(database) as conn:
        assert standings.outdated(conn, lakemont, ["p1"], "e1", 10) == (ortiz, never)
        assert standings.outdated(conn, lakemont, ["p2"], "e1", 2) == (ruiz, ortiz)


def test_the_longest_waiting_come_first_and_only_as_many_as_asked_for(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    ortiz = an_officer(database, lakemont, badge="2", family="Ortiz")
    keep(database, lakemont, *(evaluated(database, lakemont, person_id) for person_id in (ruiz, ortiz)))
    with writing(database, lakemont, at=NOON) as writer:
        standings.mark_dirty(writer.conn, lakemont, [ortiz], seq=writer.head_seq, at=writer.at)
    with writing(database, lakemont, at=NOON + timedelta(hours=1)) as writer:
        standings.mark_dirty(writer.conn, lakemont, [ruiz, ortiz], seq=writer.head_seq, at=writer.at)
    with reading(database) as conn:
        assert standings.due(conn, lakemont, TODAY, 10) == (ortiz, ruiz)
        assert standings.due(conn, lakemont, TODAY, 1) == (ortiz,)


def test_somebody_whom_nothing_can_be_said_about_is_dropped(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    with working(database) as conn:
        standings.forget(conn, lakemont, [ruiz])
    assert due(database, lakemont) == ()
