"""Which items are kept, what hides or holds them, and what was disposed of? Words are read one item at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, Select, func, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.content import Gone, ItemState, OpenDisposal
from db.records.facts import (
    AgencyId,
    ContentHold,
    ContentHoldLift,
    ContentKind,
    DisposalCode,
    Kept,
    SetAside,
)

_item = tables.content_item
_quarantine = tables.content_quarantine
_disposal = tables.content_disposal
_tombstone = tables.content_tombstone


def item(conn: Connection, agency_id: AgencyId, item_id: int) -> ItemState | None:
    """The item of this id; None outside the walls."""
    row = conn.execute(_items(agency_id).where(_item.c.id == item_id)).mappings().one_or_none()
    return None if row is None else _state(row)


def items_of(
    conn: Connection, agency_id: AgencyId, person_id: int, *, limit: int = 1_000
) -> tuple[ItemState, ...]:
    """What a person wrote, sent and was told, newest first."""
    statement = _items(agency_id).where(_item.c.person_id == person_id).order_by(_item.c.id.desc())
    return tuple(_state(row) for row in conn.execute(statement.limit(limit)).mappings())


def to_be_disposed(conn: Connection, agency_id: AgencyId) -> tuple[ItemState, ...]:
    """Items for whose disposal somebody asked and which are still there, the oldest request first."""
    statement = (
        _items(agency_id)
        .where(_disposal.c.id.is_not(None), _tombstone.c.id.is_(None))
        .order_by(_disposal.c.id)
    )
    return tuple(_state(row) for row in conn.execute(statement).mappings())


def ciphertext(conn: Connection, agency_id: AgencyId, item_id: int) -> bytes | None:
    """The closed words of an item."""
    statement = select(_item.c.ciphertext).where(_item.c.agency_id == agency_id, _item.c.id == item_id)
    found: bytes | None = conn.execute(statement).scalar_one_or_none()
    return None if found is None else bytes(found)


def quarantines(conn: Connection, agency_id: AgencyId, item_id: int) -> tuple[int, ...]:
    """What hides an item at this moment; more than one when two set it aside."""
    statement = select(_quarantine.c.id).where(
        in_force(_quarantine, agency_id), _quarantine.c.item_id == item_id
    )
    return tuple(conn.execute(statement.order_by(_quarantine.c.id)).scalars())


def holds(conn: Connection, agency_id: AgencyId) -> tuple[Kept[ContentHold], ...]:
    """Every hold that stands, the oldest first."""
    statement = in_force_rows(ContentHold, agency_id).order_by(tables.content_hold.c.id)
    return tuple(kept_of(ContentHold, row) for row in conn.execute(statement).mappings())


def lifts_asked_for(conn: Connection, agency_id: AgencyId) -> Mapping[int, Kept[ContentHoldLift]]:
    """For which holds somebody asked that they be lifted, and who was first."""
    statement = in_force_rows(ContentHoldLift, agency_id).order_by(tables.content_hold_lift.c.id.desc())
    return {row["hold_id"]: kept_of(ContentHoldLift, row) for row in conn.execute(statement).mappings()}


def disposed_refs(conn: Connection, agency_id: AgencyId) -> tuple[str, ...]:
    """The names of all keys that must not be there any more."""
    statement = (
        select(_item.c.ref)
        .join(_tombstone, _tombstone.c.item_id == _item.c.id)
        .where(_item.c.agency_id == agency_id, _tombstone.c.agency_id == agency_id)
        .order_by(_tombstone.c.id.desc())
    )
    return tuple(conn.execute(statement).scalars())


def kept_refs(conn: Connection, agency_id: AgencyId) -> tuple[str, ...]:
    """The names of all keys that must still be there."""
    statement = (
        select(_item.c.ref)
        .outerjoin(_tombstone, _tombstone.c.item_id == _item.c.id)
        .where(_item.c.agency_id == agency_id, _tombstone.c.id.is_(None))
        .order_by(_item.c.id)
    )
    return tuple(conn.execute(statement).scalars())


def kept_objects(conn: Connection, agency_id: AgencyId) -> Mapping[str, int]:
    """The objects that must be in the file store, each with the item it belongs to; read to the end before it is used,
    for the store may be slow."""
    statement = (
        select(_item.c.sealed_hash, _item.c.id)
        .outerjoin(_tombstone, _tombstone.c.item_id == _item.c.id)
        .where(_item.c.agency_id == agency_id, _item.c.sealed_hash.is_not(None), _tombstone.c.id.is_(None))
        .order_by(_item.c.id)
    )
    return {row.sealed_hash: row.id for row in conn.execute(statement)}


def disposed_objects(conn: Connection, agency_id: AgencyId) -> frozenset[str]:
    """The objects that a tombstone has taken the place of."""
    statement = (
        select(_item.c.sealed_hash)
        .join(_tombstone, _tombstone.c.item_id == _item.c.id)
        .where(_item.c.agency_id == agency_id, _item.c.sealed_hash.is_not(None))
    )
    return frozenset(conn.execute(statement).scalars())


def _items(agency_id: AgencyId) -> Select[Any]:
    columns = [column for column in _item.c if column.name != "ciphertext"]
    return (
        select(
            *columns,
            _set_aside(agency_id).label("set_aside"),
            _disposal.c.id.label("disposal_id"),
            _disposal.c.code.label("disposal_code"),
            _disposal.c.recorded_by.label("proposed_by"),
            _disposal.c.recorded_at.label("proposed_at"),
            _tombstone.c.code.label("gone_code"),
            _tombstone.c.confirmed_by.label("gone_confirmed_by"),
            _tombstone.c.recorded_at.label("gone_at"),
        )
        .select_from(_item)
        .outerjoin(_disposal, _disposal.c.id == _open_disposal(agency_id))
        .outerjoin(_tombstone, _tombstone.c.item_id == _item.c.id)
        .where(_item.c.agency_id == agency_id)
    )


def _set_aside(agency_id: AgencyId) -> ScalarSelect[Any]:
    return (
        select(_quarantine.c.reason)
        .where(in_force(_quarantine, agency_id), _quarantine.c.item_id == _item.c.id)
        .order_by(_quarantine.c.id)
        .limit(1)
        .correlate(_item)
        .scalar_subquery()
    )


def _open_disposal(agency_id: AgencyId) -> ScalarSelect[Any]:
    asked = _disposal.alias()
    return (
        select(func.min(asked.c.id))
        .where(in_force(asked, agency_id), asked.c.item_id == _item.c.id)
        .correlate(_item)
        .scalar_subquery()
    )


def _state(row: RowMapping) -> ItemState:
    asked = row["disposal_id"] is not None
    gone = row["gone_at"] is not None
    return ItemState(
        id=row["id"],
        ref=row["ref"],
        person_id=row["person_id"],
        about=tuple(row["about"]),
        kind=ContentKind(row["kind"]),
        media_type=row["media_type"],
        size=row["size"],
        keyed_hash=row["keyed_hash"],
        sealed_hash=row["sealed_hash"],
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        set_aside=None if row["set_aside"] is None else SetAside(row["set_aside"]),
        disposal=OpenDisposal(
            id=row["disposal_id"],
            code=DisposalCode(row["disposal_code"]),
            proposed_by=row["proposed_by"],
            proposed_at=row["proposed_at"],
        )
        if asked
        else None,
        gone=Gone(
            code=DisposalCode(row["gone_code"]),
            confirmed_by=row["gone_confirmed_by"],
            at=row["gone_at"],
        )
        if gone
        else None,
    )
