"""Agencies, the packs they are judged by, and the doors through which their people speak."""

from sqlalchemy import Date, Index, Text

from db.tables.base import fact_table, official_fact

agency = fact_table(
    "agency",
    official_fact("name", Text()),
    official_fact("short_name", Text()),
    official_fact("state", Text()),
    official_fact("time_zone", Text()),
)
Index("ix_agency_agency_id", agency.c.agency_id)

agency_pack = fact_table(
    "agency_pack",
    official_fact("pack", Text()),
    official_fact("starts_on", Date()),
    official_fact("ends_on", Date(), nullable=True),
)
Index("ix_agency_pack_agency_id", agency_pack.c.agency_id)

door = fact_table(
    "door",
    official_fact("channel", Text()),
    official_fact("address", Text()),
)
Index("ix_door_channel_address", door.c.channel, door.c.address)
