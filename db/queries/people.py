"""Whom does a badge, an address or a surname point at, inside one agency?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from db import tables
from db.facts import SCOPE, THEN, in_force, in_force_rows, kept_of
from db.records.facts import (
    AgencyId,
    ContactKind,
    ContactPoint,
    Employment,
    Kept,
    NameKind,
    PersonAtAgency,
    PersonName,
)

_employment = tables.employment
_point = tables.contact_point

_EMPLOYED = in_force_rows(Employment, SCOPE)
_EMPLOYED_THEN = in_force_rows(Employment, SCOPE, THEN)
_BY_BADGE = _EMPLOYED.where(_employment.c.badge_number.in_(bindparam("badges", expanding=True)))
_BY_IDS = _EMPLOYED.where(_employment.c.person_id.in_(bindparam("person_ids", expanding=True)))
_BY_CONTACT = _EMPLOYED.where(
    _employment.c.person_id.in_(
        select(_point.c.person_id).where(
            in_force(_point, SCOPE),
            _point.c.kind == bindparam("contact_kind"),
            _point.c.value == bindparam("contact_value"),
        )
    )
)
_IS_LEGAL = tables.person_name.c.kind == NameKind.LEGAL.value
_NAMES = in_force_rows(PersonName, SCOPE).where(_IS_LEGAL)
_NAMES_THEN = in_force_rows(PersonName, SCOPE, THEN).where(_IS_LEGAL)
_NAMES_OF = _NAMES.where(tables.person_name.c.person_id.in_(bindparam("person_ids", expanding=True)))


def by_badge(conn: Connection, agency_id: AgencyId, badge_number: str) -> PersonAtAgency | None:
    """The person whose employment has this badge; a badge handed on points at its present holder. None for
    nobody, and when two people hold it at once."""
    people = _people(conn, agency_id, _BY_BADGE, {"badges": spellings(badge_number)})
    present = [person for person in people if person.employment.fact.ended_on is None]
    if present:
        return present[0] if len(present) == 1 else None
    return max(people, key=lambda person: recency(person.employment), default=None)


def by_contact(
    conn: Connection, agency_id: AgencyId, kind: ContactKind, value: str
) -> tuple[PersonAtAgency, ...]:
    """Everybody with this address; more than one means that it identifies nobody."""
    return _people(conn, agency_id, _BY_CONTACT, {"contact_kind": kind.value, "contact_value": value})


def by_surname(conn: Connection, agency_id: AgencyId, surname: str) -> tuple[PersonAtAgency, ...]:
    """Everybody whose current family name this is, upper and lower case alike."""
    wanted = surname.strip().casefold()
    # Compared here because SQLite folds the case of English letters only.
    found = [
        person_id
        for person_id, name in _current_names(conn, _NAMES, {"agency_id": agency_id}).items()
        if name.fact.family.casefold() == wanted
    ]
    return by_ids(conn, agency_id, found)


def by_ids(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> tuple[PersonAtAgency, ...]:
    """The named people of this agency; anybody else is left out. Ordered by family and given name."""
    return _people(conn, agency_id, _BY_IDS, {"person_ids": person_ids}) if person_ids else ()


def roster(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> tuple[PersonAtAgency, ...]:
    """Everybody the agency has on its roster, the separated included, by family and given name."""
    if known_at is None:
        return _named(conn, _EMPLOYED, _NAMES, {"agency_id": agency_id})
    return _named(conn, _EMPLOYED_THEN, _NAMES_THEN, {"agency_id": agency_id, "known_at": known_at})


def names(conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[Kept[PersonName], ...]:
    """Every name of a person, aliases too, the current legal one first."""
    rows = conn.execute(
        in_force_rows(PersonName, agency_id).where(tables.person_name.c.person_id == person_id)
    )
    return tuple(sorted((kept_of(PersonName, row) for row in rows.mappings()), key=_currency, reverse=True))


def contact_points(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]
) -> tuple[Kept[ContactPoint], ...]:
    """Where these people can be reached, by person."""
    table = tables.contact_point
    statement = (
        in_force_rows(ContactPoint, agency_id)
        .where(table.c.person_id.in_(person_ids))
        .order_by(table.c.person_id, table.c.id)
    )
    return tuple(kept_of(ContactPoint, row) for row in conn.execute(statement).mappings())


def without_address(conn: Connection, agency_id: AgencyId) -> int:
    """How many people who work here nobody can write to: neither a mail address nor a number is on file."""
    employment, point = tables.employment, tables.contact_point
    statement = select(func.count(employment.c.person_id.distinct())).where(
        in_force(employment, agency_id),
        employment.c.ended_on.is_(None),
        ~exists().where(in_force(point, agency_id), point.c.person_id == employment.c.person_id),
    )
    found: int = conn.execute(statement).scalar_one()
    return found


def spellings(badge_number: str) -> tuple[str, ...]:
    """Ways a badge may have been typed, so that an index still finds it."""
    badge = badge_number.strip()
    return tuple(dict.fromkeys((badge, badge.upper(), badge.lower())))


def recency(employment: Kept[Employment]) -> tuple[bool, date, date, int]:
    """Orders employments of one person so that the present one, or else the last one, comes out highest."""
    said = employment.fact
    return (said.ended_on is None, said.ended_on or date.min, said.appointed_on or date.min, employment.id)


def present_employments(employments: Iterable[Kept[Employment]]) -> dict[int, Kept[Employment]]:
    """By person the employment that speaks for them."""
    return {employment.fact.person_id: employment for employment in sorted(employments, key=recency)}


def _people(
    conn: Connection, agency_id: AgencyId, some: Select[Any], asked: Mapping[str, object]
) -> tuple[PersonAtAgency, ...]:
    return _named(conn, some, _NAMES_OF, {"agency_id": agency_id, **asked})


def _named(
    conn: Connection, employed: Select[Any], names: Select[Any], asked: Mapping[str, object]
) -> tuple[PersonAtAgency, ...]:
    rows = conn.execute(employed, asked).mappings()
    employments = present_employments(kept_of(Employment, row) for row in rows)
    named = _current_names(conn, names, {**asked, "person_ids": list(employments)})
    people = [
        PersonAtAgency(
            person_id=person_id,
            given=named[person_id].fact.given,
            family=named[person_id].fact.family,
            employment=employment,
        )
        for person_id, employment in employments.items()
        if person_id in named
    ]
    return tuple(
        sorted(
            people, key=lambda person: (person.family.casefold(), person.given.casefold(), person.person_id)
        )
    )


def _current_names(
    conn: Connection, statement: Select[Any], asked: Mapping[str, object]
) -> dict[int, Kept[PersonName]]:
    found = (kept_of(PersonName, row) for row in conn.execute(statement, asked).mappings())
    return {name.fact.person_id: name for name in sorted(found, key=_currency)}


def _currency(name: Kept[PersonName]) -> tuple[bool, date, int]:
    return (name.fact.kind is NameKind.LEGAL, name.fact.valid_from or date.min, name.id)
