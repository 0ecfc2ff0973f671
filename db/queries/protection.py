"""Who is in a protected assignment, to whom were they disclosed by name, and which records stand open for a while?"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Text, bindparam, cast, exists, or_, select

from db import tables
from db.facts import SCOPE, in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept, RecordOpening

# Marks any kind of assignment as protected: the canonical text of {"protected": true} inside its details.
PROTECTED_DETAIL = '"protected":true'


_assignment = tables.assignment
_disclosure = tables.disclosure
_opening = tables.record_opening
_seen = tables.opening_seen

_PROTECTED = (
    select(_assignment.c.person_id)
    .distinct()
    .where(
        in_force(_assignment, SCOPE),
        or_(_assignment.c.starts_on.is_(None), _assignment.c.starts_on <= bindparam("day")),
        or_(_assignment.c.ends_on.is_(None), _assignment.c.ends_on >= bindparam("day")),
        or_(
            _assignment.c.kind.in_(bindparam("kinds", expanding=True)),
            cast(_assignment.c.details, Text).like(f"%{PROTECTED_DETAIL}%"),
        ),
    )
)
_DISCLOSURES = select(_disclosure.c.person_id, _disclosure.c.viewer_id).where(
    in_force(_disclosure, SCOPE),
    _disclosure.c.valid_from <= bindparam("at"),
    or_(_disclosure.c.valid_to.is_(None), _disclosure.c.valid_to > bindparam("at")),
)
_DISCLOSED = _DISCLOSURES.where(_disclosure.c.viewer_id == bindparam("viewer_id"))
_OPEN = (
    in_force_rows(RecordOpening, SCOPE)
    .where(
        _opening.c.viewer_id == bindparam("viewer_id"),
        _opening.c.valid_from <= bindparam("at"),
        _opening.c.valid_to > bindparam("at"),
    )
    .order_by(_opening.c.id)
)
_UNSEEN = (
    in_force_rows(RecordOpening, SCOPE)
    .where(~exists().where(in_force(_seen, SCOPE), _seen.c.opening_id == _opening.c.id))
    .order_by(_opening.c.id)
)


def protected_people(
    conn: Connection, agency_id: AgencyId, day: date, kinds: Collection[str]
) -> frozenset[int]:
    """Everybody whose assignment is protected on a day, by its kind or by a mark of its own."""
    asked = {"agency_id": agency_id, "day": day, "kinds": sorted(kinds)}
    return frozenset(conn.execute(_PROTECTED, asked).scalars())


def disclosed_to(conn: Connection, agency_id: AgencyId, viewer_id: int, at: datetime) -> frozenset[int]:
    """Protected people whom a decision shows to this viewer at an instant."""
    asked = {"agency_id": agency_id, "viewer_id": viewer_id, "at": at}
    return frozenset(conn.execute(_DISCLOSED, asked).scalars())


def viewers_of(conn: Connection, agency_id: AgencyId, at: datetime) -> Mapping[int, frozenset[int]]:
    """To whom a decision shows each protected person at an instant; whoever is shown to nobody is not there."""
    found: dict[int, set[int]] = {}
    for person_id, viewer_id in conn.execute(_DISCLOSURES, {"agency_id": agency_id, "at": at}):
        found.setdefault(person_id, set()).add(viewer_id)
    return {person_id: frozenset(viewers) for person_id, viewers in found.items()}


def openings_of(
    conn: Connection, agency_id: AgencyId, viewer_id: int, at: datetime
) -> tuple[Kept[RecordOpening], ...]:
    """Records that stand open to this viewer at an instant."""
    asked = {"agency_id": agency_id, "viewer_id": viewer_id, "at": at}
    return tuple(kept_of(RecordOpening, row) for row in conn.execute(_OPEN, asked).mappings())


def unseen_openings(conn: Connection, agency_id: AgencyId) -> tuple[Kept[RecordOpening], ...]:
    """Openings that no custodian has signed yet, oldest first, also those that ended long ago."""
    rows = conn.execute(_UNSEEN, {"agency_id": agency_id}).mappings()
    return tuple(kept_of(RecordOpening, row) for row in rows)
