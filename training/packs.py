"""Which packs govern somebody at an agency on a day, read once from the shipped packs and the agency's own."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from db.queries import agencies
from db.records.facts import AgencyId, AgencyPack, Kept
from rules.errors import UnknownPackError
from rules.loader import load_pack, pack_folders
from rules.pack import Pack


class PackShelf:
    """Packs by id. ``roots`` are folders with an agency's own packs beside the shipped ones."""

    def __init__(self, *roots: Path) -> None:
        self._roots = tuple(root for root in roots if root.is_dir())
        self._packs: dict[str, Pack] = {}

    @property
    def held(self) -> tuple[str, ...]:
        """The ids of every pack that can be chosen."""
        return tuple(sorted(pack_folders(*self._roots)))

    def pack(self, pack_id: str) -> Pack:
        """The pack of this id; UnknownPackError or PackError when it cannot be used."""
        if pack_id not in self._packs:
            self._packs[pack_id] = load_pack(pack_id, *self._roots)
        return self._packs[pack_id]

    def default_for(self, state: str) -> str:
        """The board's own pack for a state code."""
        pack_id = state.strip().lower()
        if pack_id not in pack_folders(*self._roots):
            raise UnknownPackError(state, self.held)
        return pack_id

    def own_for(self, state: str) -> tuple[str, ...]:
        """The agency's own packs for a state: what lies in its folders and is not shipped."""
        shipped = pack_folders()
        own = (pack_id for pack_id in self.held if pack_id not in shipped)
        return tuple(pack_id for pack_id in own if self.pack(pack_id).state.lower() == state.strip().lower())

    def in_force(self, chosen: Iterable[Kept[AgencyPack]], day: date) -> tuple[Pack, ...]:
        """The packs an agency is judged by on a day, in the order they were chosen."""
        return tuple(
            self.pack(kept.fact.pack)
            for kept in chosen
            if kept.fact.starts_on <= day and (kept.fact.ends_on is None or day <= kept.fact.ends_on)
        )


def digest(packs: Sequence[Pack]) -> str:
    """One hash for a set of packs: a kept standing is only as good as the rules it was made with."""
    whole = hashlib.sha256()
    for pack in packs:
        whole.update(f"{pack.name}:{pack.digest};".encode())
    return whole.hexdigest()


def chosen_packs(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, day: date, *, known_at: int | None = None
) -> tuple[Pack, ...]:
    """The packs an agency is judged by on a day, whomever they cover."""
    return shelf.in_force(agencies.packs(conn, agency_id, known_at=known_at), day)
