"""Units, lines of supervision and roles: who answered for whom at any instant."""

from sqlalchemy import Index, Text

from db.records.facts import Role
from db.tables.base import closed_words, fact_table, key, official_fact, to_person
from db.types import UtcInstant

unit = fact_table(
    "unit",
    # The unit itself, across its corrections: the id of its first row.
    key("unit_id"),
    key("parent_unit_id", nullable=True),
    official_fact("name", Text()),
)
Index("ix_unit_agency_id_unit_id", unit.c.agency_id, unit.c.unit_id)

reporting_line = fact_table(
    "reporting_line",
    to_person(),
    to_person("supervisor_id", nullable=True),
    key("unit_id", nullable=True),
    official_fact("valid_from", UtcInstant()),
    official_fact("valid_to", UtcInstant(), nullable=True),
)
Index("ix_reporting_line_agency_id_person_id", reporting_line.c.agency_id, reporting_line.c.person_id)
Index("ix_reporting_line_agency_id_supervisor_id", reporting_line.c.agency_id, reporting_line.c.supervisor_id)
Index("ix_reporting_line_agency_id_unit_id", reporting_line.c.agency_id, reporting_line.c.unit_id)

role_grant = fact_table(
    "role_grant",
    to_person(),
    official_fact("role", Text()),
    official_fact("valid_from", UtcInstant()),
    official_fact("valid_to", UtcInstant(), nullable=True),
    closed_words("role", Role),
)
Index("ix_role_grant_agency_id_person_id", role_grant.c.agency_id, role_grant.c.person_id)
Index("ix_role_grant_agency_id_role", role_grant.c.agency_id, role_grant.c.role)
