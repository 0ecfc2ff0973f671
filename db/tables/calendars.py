"""Calendar addresses: whose deadlines each of them shows, for as long as its owner wants it."""

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from db.tables.base import key, metadata, to_person, work_state
from db.types import UtcInstant

calendar_address = Table(
    "calendar_address",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    # Of the token, which nobody keeps: whoever reads the table has no address.
    key("digest", type_=Text()),
    work_state("given_at", UtcInstant()),
    # One at a time: a new address ends the one before.
    PrimaryKeyConstraint("agency_id", "person_id"),
    UniqueConstraint("digest", name="uq_calendar_address_digest"),
)
