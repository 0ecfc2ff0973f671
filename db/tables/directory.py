"""How far the agency's directory has been read, and what of it somebody has seen."""

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, Table, Text

from db.tables.base import key, metadata, work_state
from db.types import UtcInstant

directory_state = Table(
    "directory_state",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    # Where the directory goes on with what has changed since; it lives seven days.
    work_state("link", Text()),
    work_state("link_at", UtcInstant(), nullable=True),
    # Digests of what was last shown to whoever confirms, and of what coordinators were last told about.
    work_state("shown", Text()),
    work_state("told", Text()),
    work_state("looked_at", UtcInstant(), nullable=True),
    PrimaryKeyConstraint("agency_id"),
)
