"""The audit chain as it is written and read, and what a check of the database may find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDraft:
    """What happened, before it is chained. ``actor_id`` None: Rollcall itself. ``data`` is plain JSON."""

    tag: str
    actor_id: int | None = None
    subject_id: int | None = None
    channel: str | None = None
    reason: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One link of an agency's chain."""

    id: int
    seq: int
    position: int  # 1, 2, 3 ... without a gap
    at: datetime
    actor_id: int | None
    tag: str
    subject_id: int | None
    channel: str | None
    reason: str | None
    data: Mapping[str, Any]
    prev_hash: str
    hash: str
    facts: str | None = None  # the seal of the facts recorded since the last entry that has one


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """Where an agency's sequence and chain stand; an anchor kept outside compares ``entries`` and
    ``hash``."""

    seq: int
    entries: int
    hash: str


FindingCode = Literal[
    "anchor-agency",
    "anchor-ahead",
    "anchor-changed",
    "anchor-differs",
    "anchor-gone",
    "chain-broken",
    "chain-cut",
    "chain-gap",
    "chain-order",
    "conversation-changed",
    "fact-changed",
    "facts-unsealed",
    "file-changed",
    "file-damaged",
    "file-missing",
    "files-away",
    "head-changed",
    "head-missing",
    "index-damaged",
    "key-changed",
    "key-missing",
    "keys-away",
    "keys-damaged",
    "log-broken",
    "mark-changed",
    "more",
    "revision-differs",
    "schema-differs",
    "schema-text",
    "seal-broken",
    "sequence-behind",
    "sequence-gap",
    "sequence-twice",
    "standing-changed",
    "trigger-changed",
    "trigger-missing",
    "trigger-unknown",
    "unreadable",
    "work-changed",
]


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """Something a check found wrong; the code has its sentence where it is shown."""

    code: FindingCode
    facts: tuple[tuple[str, str], ...] = ()
