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

# The entry that closes a transaction whose last word was a fact.
SEALED = "record:sealed"

_HASHED = tuple(each.name for each in fields(AuditEntry) if each.name not in ("hash", "facts"))


def link(agency_id: AgencyId, entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything an entry says, the hash before it included."""
    said = {name: getattr(entry, name) for name in _HASHED}
    said["agency_id"] = agency_id
    if entry.facts is not None:
        # Entries from before facts were sealed stay as they were.
        said["facts"] = entry.facts
    said["at"] = entry.at.astimezone(UTC).isoformat()
    return sha256(canonical_json(said).encode()).hexdigest()


class Seal:
    """What the facts since the last seal hash to: each one's place in the sequence and its hash, in order."""

    def __init__(self) -> None:
        self.facts = 0
        self._sum = sha256()

    def add(self, seq: int, hash_: str) -> None:
        """The next fact."""
        self.facts += 1
        self._sum.update(f"{seq} {hash_}\n".encode("utf-8", "surrogateescape"))

    def close(self) -> str | None:
        """The seal, None when there was nothing; the next fact begins a new one."""
        sealed = self._sum.hexdigest() if self.facts else None
        self.facts = 0
        self._sum = sha256()
        return sealed
