"""Words and files apart from facts: closed items, what hides or keeps them, and what stands where one was."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text

from db.records.facts import ContentKind, DisposalCode, Retention, SetAside
from db.tables.base import (
    closed_words,
    content,
    fact_table,
    inside_the_walls,
    key,
    official_fact,
    to_person,
)
from db.types import CanonicalJson

content_item = fact_table(
    "content_item",
    to_person(),
    key("about", type_=CanonicalJson()),
    official_fact("kind", Text()),
    official_fact("retention", Text()),
    official_fact("media_type", Text()),
    official_fact("size", Integer()),
    official_fact("keyed_hash", Text()),
    key("ref", type_=Text()),
    # Words lie here; of a file that lies beside the record the SHA-256 of the sealed bytes does, which is its name.
    content("ciphertext", LargeBinary(), nullable=True),
    key("sealed_hash", type_=Text(), nullable=True),
    closed_words("kind", ContentKind),
    closed_words("retention", Retention),
    CheckConstraint("(ciphertext IS NULL) <> (sealed_hash IS NULL)", name="kept_once"),
)
Index("ix_content_item_agency_id_person_id", content_item.c.agency_id, content_item.c.person_id)
# A key opens one item.
Index("uq_content_item_ref", content_item.c.ref, unique=True)
# An object belongs to one item, and goes with it.
Index("uq_content_item_sealed_hash", content_item.c.sealed_hash, unique=True)


content_quarantine = fact_table(
    "content_quarantine",
    key("item_id", ForeignKey("content_item.id")),
    official_fact("reason", Text()),
    closed_words("reason", SetAside),
    inside_the_walls("item_id"),
)
Index("ix_content_quarantine_item_id", content_quarantine.c.item_id)

content_hold = fact_table(
    "content_hold",
    key("item_id", ForeignKey("content_item.id"), nullable=True),
    to_person(nullable=True),
    official_fact("first_day", Date(), nullable=True),
    official_fact("last_day", Date(), nullable=True),
    # A hold on nothing would be a hold on everything.
    CheckConstraint(
        "item_id IS NOT NULL OR person_id IS NOT NULL OR first_day IS NOT NULL OR last_day IS NOT NULL",
        name="on_something",
    ),
    inside_the_walls("item_id"),
)
Index("ix_content_hold_agency_id", content_hold.c.agency_id)

content_hold_lift = fact_table(
    "content_hold_lift",
    key("hold_id", ForeignKey("content_hold.id")),
    inside_the_walls("hold_id"),
)
Index("ix_content_hold_lift_hold_id", content_hold_lift.c.hold_id)

content_disposal = fact_table(
    "content_disposal",
    key("item_id", ForeignKey("content_item.id")),
    official_fact("code", Text()),
    closed_words("code", DisposalCode),
    inside_the_walls("item_id"),
)
Index("ix_content_disposal_item_id", content_disposal.c.item_id)

content_tombstone = fact_table(
    "content_tombstone",
    key("item_id", ForeignKey("content_item.id")),
    key("disposal_id", ForeignKey("content_disposal.id")),
    to_person("proposed_by"),
    to_person("confirmed_by"),
    official_fact("code", Text()),
    official_fact("keyed_hash", Text()),
    closed_words("code", DisposalCode),
    inside_the_walls("item_id"),
    # One person never disposes of anything.
    CheckConstraint("proposed_by <> confirmed_by", name="two_persons"),
)
# Two who confirm at once cannot both do it.
Index("uq_content_tombstone_item_id", content_tombstone.c.item_id, unique=True)
