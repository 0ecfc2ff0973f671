"""How is an audit entry tied to the one before it? A pure function of the row, so that anybody can check
it."""

from dataclasses import fields
from datetime import UTC
from hashlib import sha256

from db.records.audit import AuditEntry
from db.records.facts import AgencyId
from db.types import canonical_json

# What the first entry of every chain follows.
BEGINNING = "0" * 64

_HASHED = tuple(each.name for each in fields(AuditEntry) if each.name != "hash")


def link(agency_id: AgencyId, entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything an entry says, the hash before it included."""
    said = {name: getattr(entry, name) for name in _HASHED}
    said["agency_id"] = agency_id
    said["at"] = entry.at.astimezone(UTC).isoformat()
    return sha256(canonical_json(said).encode()).hexdigest()
