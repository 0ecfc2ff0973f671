"""Agencies, people and completions for tests of the record, each in one line."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from db.records.facts import (
    Agency,
    AgencyId,
    Completion,
    ContactKind,
    ContactPoint,
    Employment,
    Person,
    PersonName,
    ReportingLine,
)
from db.unit_of_work import found_agency, writing

NOON = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def an_agency(database: Engine, name: str = "Lakemont PD") -> AgencyId:
    """A new agency in Minnesota."""
    agency = Agency(name=name, short_name=name.partition(" ")[0], state="MN", time_zone="America/Chicago")
    return found_agency(database, agency, at=NOON)


def an_officer(database: Engine, agency_id: AgencyId, badge: str = "4471", family: str = "Ruiz") -> int:
    """A new person with a name, an address and an employment."""
    with writing(database, agency_id, at=NOON) as writer:
        person_id = writer.record(Person())[0]
        writer.record(
            PersonName(person_id=person_id, given="Dana", family=family),
            ContactPoint(person_id=person_id, kind=ContactKind.EMAIL, value=f"{family.lower()}@example.test"),
            employed(person_id, badge),
        )
    return person_id


def employed(person_id: int, badge: str = "4471") -> Employment:
    """An officer's employment."""
    return Employment(
        person_id=person_id,
        badge_number=badge,
        kind="officer",
        position="police-officer",
        status="active",
        appointed_on=date(2015, 4, 1),
    )


def a_course(person_id: int, on: date = date(2026, 2, 9), hours: str = "2") -> Completion:
    """A completed use-of-force course."""
    return Completion(
        person_id=person_id,
        completed_on=on,
        hours=Decimal(hours),
        topics=("use-of-force",),
        topic_hours={"use-of-force": Decimal(hours)},
        title="Use of force update",
    )


def a_completion(database: Engine, agency_id: AgencyId, person_id: int, hours: str = "2") -> int:
    """A kept completion's id."""
    with writing(database, agency_id, at=NOON) as writer:
        return writer.record(a_course(person_id, hours=hours))[0]


def reports_to(database: Engine, agency_id: AgencyId, person_id: int, supervisor_id: int) -> int:
    """A line of supervision since long ago."""
    with writing(database, agency_id, at=NOON) as writer:
        return writer.record(
            ReportingLine(person_id=person_id, supervisor_id=supervisor_id, valid_from=LONG_AGO)
        )[0]
