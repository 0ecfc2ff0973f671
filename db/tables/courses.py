"""Classes that can be taken."""

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, Text

from db.records.courses import OfferingStatus
from db.tables.base import closed_words, fact_table, key, official_fact, once_per_source
from db.types import CanonicalJson, ExactDecimal, HoursByTopic, WordList

course_offering = fact_table(
    "course_offering",
    official_fact("number", Integer()),
    official_fact("title", Text()),
    official_fact("starts_on", Date()),
    official_fact("ends_on", Date()),
    official_fact("sessions", CanonicalJson()),
    official_fact("zone", Text()),
    official_fact("place", Text()),
    official_fact("provider", Text()),
    official_fact("course_number", Text()),
    official_fact("topics", WordList()),
    official_fact("hours", ExactDecimal(), nullable=True),
    official_fact("topic_hours", HoursByTopic()),
    official_fact("delivery", Text()),
    official_fact("board_approved", Boolean(), nullable=True),
    official_fact("seats", Integer(), nullable=True),
    official_fact("cost", ExactDecimal(), nullable=True),
    official_fact("register_by", Date(), nullable=True),
    official_fact("link", Text()),
    official_fact("status", Text()),
    key("ref", type_=Text()),
    official_fact("miles", Integer(), nullable=True),
    official_fact("miles_source", Text(), nullable=True),
    key("source_key", type_=Text(), nullable=True),
    closed_words("status", OfferingStatus),
    CheckConstraint("ends_on >= starts_on", name="ends_on"),
    CheckConstraint("seats >= 0", name="seats"),
)
once_per_source(course_offering)
Index("ix_course_offering_agency_id_ends_on", course_offering.c.agency_id, course_offering.c.ends_on)
Index("ix_course_offering_agency_id_number", course_offering.c.agency_id, course_offering.c.number)
