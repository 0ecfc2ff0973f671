"""Who answers for whom and who may do what, at an instant."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.queries.reporting import (
    holders_of,
    is_below,
    lines_at,
    people_below,
    role_grants,
)
from db.records.facts import AgencyId, ReportingLine, Role, RoleGrant
from db.unit_of_work import reading, writing
from tests.integration.record_cast import LONG_AGO, NOON, an_agency, an_officer, reports_to

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


def test_a_chief_is_above_everybody_down_the_line_and_nobody_is_below_themselves(
    database: Engine, lakemont: AgencyId
) -> None:
    chief, sergeant, ruiz = (an_officer(database, lakemont, badge=str(badge)) for badge in range(3))
    reports_to(database, lakemont, ruiz, sergeant)
    reports_to(database, lakemont, sergeant, chief)
    with reading(database) as conn:
        assert is_below(conn, lakemont, ruiz, chief, NOON)
        assert not is_below(conn, lakemont, chief, ruiz, NOON)
        assert not is_below(conn, lakemont, ruiz, ruiz, NOON)
        assert not is_below(conn, lakemont, ruiz, chief, LONG_AGO - timedelta(days=1))
        assert people_below(conn, lakemont, chief, NOON) == {sergeant, ruiz}


def test_a_circular_line_ends(database: Engine, lakemont: AgencyId) -> None:
    first, second, third = (an_officer(database, lakemont, badge=str(badge)) for badge in range(3))
    for person_id, supervisor_id in ((first, second), (second, third), (third, first)):
        reports_to(database, lakemont, person_id, supervisor_id)
    with reading(database) as conn:
        assert people_below(conn, lakemont, first, NOON) == {second, third}
        assert is_below(conn, lakemont, first, third, NOON)
        assert not is_below(conn, lakemont, first, first, NOON)


def test_a_transfer_counts_from_its_instant_and_the_old_line_until_then(
    database: Engine, lakemont: AgencyId
) -> None:
    old, new, ruiz = (an_officer(database, lakemont, badge=str(badge)) for badge in range(3))
    line_id = reports_to(database, lakemont, ruiz, old)
    with reading(database) as conn:
        line = lines_at(conn, lakemont, NOON)[ruiz]
    assert line.id == line_id
    with writing(database, lakemont, at=NOON) as writer:
        before = writer.head_seq
        writer.correct(line.id, replace(line.fact, valid_to=LATER))
        writer.record(ReportingLine(person_id=ruiz, supervisor_id=new, valid_from=LATER))
    with reading(database) as conn:
        assert is_below(conn, lakemont, ruiz, old, LATER - timedelta(microseconds=1))
        assert not is_below(conn, lakemont, ruiz, old, LATER)
        assert is_below(conn, lakemont, ruiz, new, LATER)
        assert is_below(conn, lakemont, ruiz, old, LATER, known_at=before)
        assert people_below(conn, lakemont, old, LATER, known_at=before) == {ruiz}
        assert lines_at(conn, lakemont, LATER)[ruiz].fact.supervisor_id == new


def test_a_role_is_held_between_two_instants(database: Engine, lakemont: AgencyId) -> None:
    ortiz = an_officer(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(
            RoleGrant(person_id=ortiz, role=Role.SUPERVISOR, valid_from=LONG_AGO),
            RoleGrant(person_id=ortiz, role=Role.COORDINATOR, valid_from=NOON, valid_to=LATER),
        )
    with reading(database) as conn:
        assert holders_of(conn, lakemont, Role.SUPERVISOR, NOON) == (ortiz,)
        assert holders_of(conn, lakemont, Role.SUPERVISOR, LATER) == (ortiz,)
        assert holders_of(conn, lakemont, Role.COORDINATOR, NOON) == (ortiz,)
        assert holders_of(conn, lakemont, Role.COORDINATOR, LATER) == ()
        assert [grant.fact.valid_to for grant in role_grants(conn, lakemont, ortiz)] == [None, LATER]
