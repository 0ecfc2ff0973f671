"""Certificates that were sent: the upload, its files, every step, every look; and the work on those not decided yet."""

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from db.records.uploads import Stage, Step
from db.tables.base import (
    closed_words,
    contact,
    fact_table,
    inside_the_walls,
    key,
    metadata,
    official_fact,
    to_person,
    work_state,
)
from db.types import CanonicalJson, UtcInstant, WordList

upload = fact_table(
    "upload",
    to_person(),
    official_fact("number", Integer()),
    official_fact("channel", Text()),
    contact("address", Text()),
    contact("place", Text()),
    contact("thread", Text()),
    contact("account", Text()),
    official_fact("received_at", UtcInstant()),
)
# Two that come in at once cannot both be U-3107.
Index("uq_upload_agency_id_number", upload.c.agency_id, upload.c.number, unique=True)
Index("ix_upload_agency_id_person_id", upload.c.agency_id, upload.c.person_id)

upload_file = fact_table(
    "upload_file",
    key("upload_id", ForeignKey("upload.id")),
    key("item_id", ForeignKey("content_item.id")),
    official_fact("position", Integer()),
    official_fact("type", Text()),
    inside_the_walls("upload_id"),
)
Index("ix_upload_file_agency_id_upload_id", upload_file.c.agency_id, upload_file.c.upload_id)

upload_step = fact_table(
    "upload_step",
    key("upload_id", ForeignKey("upload.id")),
    official_fact("position", Integer()),
    official_fact("step", Text()),
    official_fact("entries", CanonicalJson()),
    official_fact("read", CanonicalJson()),
    official_fact("reason", Text()),
    key("item_id", ForeignKey("content_item.id"), nullable=True),
    official_fact("confirmed", WordList()),
    key("records", type_=CanonicalJson()),
    closed_words("step", Step),
    inside_the_walls("upload_id"),
)
# Of two who decide at once one is first.
Index("uq_upload_step_upload_id_position", upload_step.c.upload_id, upload_step.c.position, unique=True)

upload_look = fact_table(
    "upload_look",
    key("upload_id", ForeignKey("upload.id")),
    to_person("viewer_id"),
    inside_the_walls("upload_id"),
)
Index("ix_upload_look_agency_id_upload_id", upload_look.c.agency_id, upload_look.c.upload_id)

upload_draft = Table(
    "upload_draft",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("upload_id", ForeignKey("upload.id")),
    to_person(),
    work_state("stage", Text()),
    work_state("body", LargeBinary()),
    work_state("version", Integer()),
    work_state("tries", Integer()),
    work_state("claimed_until", UtcInstant(), nullable=True),
    work_state("reminded_at", UtcInstant(), nullable=True),
    work_state("updated_at", UtcInstant()),
    PrimaryKeyConstraint("upload_id"),
    closed_words("stage", Stage),
)
Index("ix_upload_draft_agency_id_stage", upload_draft.c.agency_id, upload_draft.c.stage)

# By what a file is known again; it goes with the file.
upload_mark = Table(
    "upload_mark",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("item_id", ForeignKey("content_item.id")),
    key("upload_id", ForeignKey("upload.id")),
    to_person(),
    work_state("sha256", Text()),
    work_state("looks", Text()),
    PrimaryKeyConstraint("item_id"),
)
Index("ix_upload_mark_agency_id_sha256", upload_mark.c.agency_id, upload_mark.c.sha256)
