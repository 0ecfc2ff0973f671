"""A kept item as it is looked up: everything about it but its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.records.facts import ContentKind, DisposalCode, SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDisposal:
    """Somebody asked for the item to go, and nobody did it yet."""

    id: int
    code: DisposalCode
    proposed_by: int | None
    proposed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The item is disposed of."""

    code: DisposalCode
    confirmed_by: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One item at this moment. ``set_aside``: it is not shown, for this reason. ``sealed_hash``: the object it lies in,
    where it does not lie in the record."""

    id: int
    ref: str
    person_id: int
    about: Sequence[int]
    kind: ContentKind
    media_type: str
    size: int
    keyed_hash: str
    sealed_hash: str | None
    recorded_at: datetime
    recorded_by: int | None
    set_aside: SetAside | None
    disposal: OpenDisposal | None
    gone: Gone | None

    @property
    def parties(self) -> frozenset[int]:
        """Whoever wrote it, got it or is shown in it."""
        wrote = () if self.recorded_by is None else (self.recorded_by,)
        return frozenset((self.person_id, *wrote, *self.about))
