"""Who may see what for a while, by whose decision: opened records, and people in protected assignments disclosed."""

from sqlalchemy import ForeignKey, Index

from db.tables.base import fact_table, key, official_fact, to_person
from db.types import UtcInstant

record_opening = fact_table(
    "record_opening",
    to_person(),
    to_person("viewer_id"),
    # Why, in somebody's own words: an item, so that the words can go and the decision stays.
    key("reason_item_id", ForeignKey("content_item.id")),
    official_fact("valid_from", UtcInstant()),
    official_fact("valid_to", UtcInstant()),
)
Index("ix_record_opening_agency_id_viewer_id", record_opening.c.agency_id, record_opening.c.viewer_id)

opening_seen = fact_table(
    "opening_seen",
    key("opening_id", ForeignKey("record_opening.id")),
)
Index("ix_opening_seen_agency_id_opening_id", opening_seen.c.agency_id, opening_seen.c.opening_id)

disclosure = fact_table(
    "disclosure",
    to_person(),
    to_person("viewer_id"),
    # Why, in somebody's own words: an item, so that the words can go and the decision stays.
    key("reason_item_id", ForeignKey("content_item.id")),
    official_fact("valid_from", UtcInstant()),
    official_fact("valid_to", UtcInstant(), nullable=True),
)
Index("ix_disclosure_agency_id_viewer_id", disclosure.c.agency_id, disclosure.c.viewer_id)
