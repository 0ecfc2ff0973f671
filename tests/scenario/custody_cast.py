"""Kept words and whoever may hide, hold and dispose of them; what is left of an item."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from db import tables
from messages.model import Message
from messages.plain import plain_text
from tests.scenario.cast import SCREEN, Agency

RUIZ, LEE, OKAFOR = "214", "231", "77"
PARK, HALE, BRANDT, NAIR, ADMINISTRATOR = "905", "990", "1", "902", "930"
WORDS = "purple giraffe umbrella"


def said(message: Message) -> str:
    return plain_text(message, SCREEN)


def asks(agency: Agency, badge: str = RUIZ, text: str = WORDS) -> int:
    """Somebody writes; the number of the kept message."""
    agency.ask(badge, text)
    entry = agency.entries("question:answered")[0]
    assert entry.actor_id == agency.id_of(badge)
    item_id: int = entry.data["asked"]["item"]
    return item_id


def number(item_id: int) -> str:
    return f"M-{item_id % 10_000_000_000}"


def row_of(agency: Agency, item_id: int) -> Any:
    with agency.reading() as conn:
        return conn.execute(select(tables.content_item).where(tables.content_item.c.id == item_id)).one()


def tombstones(agency: Agency) -> Sequence[Any]:
    with agency.reading() as conn:
        return conn.execute(select(tables.content_tombstone)).all()


def has_key(agency: Agency, item_id: int) -> bool:
    return bool(agency.office.keys.held([row_of(agency, item_id).ref]))


def dispose_of(agency: Agency, item_id: int, first: str = PARK, second: str = HALE) -> Message:
    agency.ask(first, f"dispose {number(item_id)} spill")
    return agency.ask(second, f"confirm {number(item_id)}")
