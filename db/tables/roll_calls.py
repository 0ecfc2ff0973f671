"""Roll calls: what supervisors were told before a shift, what they said was covered, the training they ask for it, and
what the coordinator decided."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, Text

from db.tables.base import IDS_PER_AGENCY, fact_table, key, official_fact, to_person
from db.types import CanonicalJson, UtcInstant

roll_call = fact_table(
    "roll_call",
    to_person(),
    official_fact("shift", Text()),
    official_fact("starts_at", UtcInstant()),
    official_fact("items", Integer()),
    key("present", type_=CanonicalJson()),
    key("absent", type_=CanonicalJson()),
)
# Said once to each supervisor, however many workers plan it.
Index(
    "uq_roll_call_agency_id_person_id_starts_at_shift",
    roll_call.c.agency_id,
    roll_call.c.person_id,
    roll_call.c.starts_at,
    roll_call.c.shift,
    unique=True,
)

roll_call_covered = fact_table(
    "roll_call_covered",
    key("roll_call_id", ForeignKey("roll_call.id")),
    to_person(),
    CheckConstraint(f"roll_call_id / {IDS_PER_AGENCY} = agency_id", name="roll_call_id"),
)
Index("uq_roll_call_covered_roll_call_id", roll_call_covered.c.roll_call_id, unique=True)

roll_call_training = fact_table(
    "roll_call_training",
    key("roll_call_id", ForeignKey("roll_call.id")),
    official_fact("topic", Text()),
    official_fact("minutes", Integer()),
    official_fact("instructor", Text()),
    CheckConstraint(f"roll_call_id / {IDS_PER_AGENCY} = agency_id", name="roll_call_id"),
)
Index("ix_roll_call_training_roll_call_id", roll_call_training.c.roll_call_id)

roll_call_decision = fact_table(
    "roll_call_decision",
    key("training_id", ForeignKey("roll_call_training.id")),
    official_fact("recorded", Boolean()),
    to_person("asked_by"),
    to_person("decided_by"),
    CheckConstraint("asked_by <> decided_by", name="two_persons"),
    CheckConstraint(f"training_id / {IDS_PER_AGENCY} = agency_id", name="training_id"),
)
# The first word stands.
Index("uq_roll_call_decision_training_id", roll_call_decision.c.training_id, unique=True)
