"""Values go in and come out the same on both databases, or are refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, StatementError

from db import tables
from db.records.facts import AgencyId, ReportingLine
from db.types import canonical_json
from db.unit_of_work import reading, writing
from tests.integration.record_cast import NOON, a_course, an_agency, an_officer


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.mark.parametrize("hours", ["0.1", "0.10", "40", "1E+1", "0.000001", "1234567890.123456789"])
def test_hours_are_kept_to_the_last_digit(database: Engine, lakemont: AgencyId, hours: str) -> None:
    ruiz = an_officer(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(a_course(ruiz, hours=hours))
    with reading(database) as conn:
        kept = conn.execute(select(tables.completion.c.hours)).scalar_one()
    assert f"{kept:f}" == f"{Decimal(hours):f}"
    assert isinstance(kept, Decimal)


def test_instants_come_back_in_utc_to_the_microsecond(database: Engine, lakemont: AgencyId) -> None:
    ruiz = an_officer(database, lakemont)
    chicago = datetime(2027, 11, 7, 1, 30, 0, 123456, tzinfo=ZoneInfo("America/Chicago"), fold=1)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(ReportingLine(person_id=ruiz, valid_from=chicago))
    with reading(database) as conn:
        kept = conn.execute(select(tables.reporting_line.c.valid_from)).scalar_one()
    assert kept == datetime(2027, 11, 7, 7, 30, 0, 123456, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Engine, lakemont: AgencyId) -> None:
    ruiz = an_officer(database, lakemont)
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError, match="time zone"), writing(database, lakemont, at=NOON) as writer:
        writer.record(ReportingLine(person_id=ruiz, valid_from=naive))


def test_a_link_to_nobody_is_refused(database: Engine, lakemont: AgencyId) -> None:
    with pytest.raises(IntegrityError), writing(database, lakemont, at=NOON) as writer:
        writer.record(a_course(404))


def test_values_that_are_equal_are_kept_as_one_text(database: Engine) -> None:
    value = {"b": (Decimal("1.50"), date(2027, 1, 2)), "a": {"ü": None, "n": 1}}
    assert canonical_json(value) == '{"a":{"n":1,"ü":null},"b":["1.50","2027-01-02"]}'


@pytest.mark.parametrize("value", [1.5, {"hours": [2.0]}, float("nan")])
def test_a_float_is_refused_wherever_it_hides(value: object) -> None:
    with pytest.raises(TypeError, match="Decimal"):
        canonical_json(value)
