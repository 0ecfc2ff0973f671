"""Which packs govern somebody at an agency on a day, each in the version it was taken up in?"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from db.queries import agencies
from db.records.facts import AgencyId, AgencyPack
from rules.errors import UnknownPackError
from rules.loader import HeldPack, held_packs, load_pack, versions_of
from rules.pack import Pack

# The reason on the line that stands for a pack nobody holds: which duties it had, nobody can say.
PACK_NOT_HELD = "pack-not-held"


@dataclass(frozen=True, slots=True)
class RulesOfDay:
    """What an agency is judged by on a day, in the order it was taken up. ``missing``: names of what is not held."""

    packs: tuple[Pack, ...]
    missing: tuple[str, ...] = ()


class PackShelf:
    """Packs by name. ``roots`` are folders with an agency's own packs beside the shipped ones.

    A name with its version is that version and never another. Rows from before versions were named hold an id alone:
    it means the earliest version held, the one there was.
    """

    def __init__(self, *roots: Path) -> None:
        self._given = roots
        self._packs: dict[str, Pack] = {}
        self._listed: tuple[HeldPack, ...] = ()

    @property
    def _roots(self) -> tuple[Path, ...]:
        # Asked each time: a service that runs sees a folder that was made since.
        return tuple(root for root in self._given if root.is_dir())

    @property
    def held(self) -> tuple[str, ...]:
        """The ids of every pack that can be chosen."""
        return tuple(dict.fromkeys(each.id for each in held_packs(*self._roots)))

    def versions(self, named: str) -> tuple[HeldPack, ...]:
        """The version with this name, or every version of this id, the earliest first; looked for anew."""
        self._listed = held_packs(*self._roots, strict=False)
        found = versions_of(self._listed, named)
        if not found:
            held_packs(*self._roots)  # a heading that cannot be read may be the one asked for: say so
        return found

    def pack(self, named: str) -> Pack:
        """The pack of this name; UnknownPackError or PackError when it cannot be used."""
        pack = self.find(named)
        if pack is None:
            raise UnknownPackError(named, self.held)
        return pack

    def find(self, named: str) -> Pack | None:
        """The pack of this name, None when it is not held. PackError when it, or any heading, cannot be read."""
        found = versions_of(self._listed, named) or self.versions(named)
        if not found:
            return None
        name = found[0].name
        if name not in self._packs:
            self._packs[name] = load_pack(name, *self._roots)
        return self._packs[name]

    def named_on(self, named: str, day: date) -> str:
        """The name to take a pack up by: an id alone is its newest version that is effective by this day."""
        versions = self.versions(named)
        if not versions:
            raise UnknownPackError(named, self.held)
        effective = [each for each in versions if each.effective_from is None or each.effective_from <= day]
        return (effective or versions[:1])[-1].name

    def default_for(self, state: str) -> str:
        """The id of the board's own pack for a state code."""
        pack_id = state.strip().lower()
        if pack_id not in self.held:
            raise UnknownPackError(state, self.held)
        return pack_id

    def own_for(self, state: str) -> tuple[str, ...]:
        """The ids of the agency's own packs for a state: what lies in its folders and is not shipped."""
        shipped = {each.id for each in held_packs()}
        own = (pack_id for pack_id in self.held if pack_id not in shipped)
        return tuple(pack_id for pack_id in own if self.pack(pack_id).state.lower() == state.strip().lower())

    def in_force(self, chosen: Iterable[AgencyPack], day: date) -> RulesOfDay:
        """What an agency is judged by on a day. A version that is no longer held is named, and no other stands in."""
        names = [
            each.pack
            for each in chosen
            if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
        ]
        packs = {name: self.find(name) for name in names}
        return RulesOfDay(
            tuple(pack for pack in packs.values() if pack is not None),
            tuple(name for name, pack in packs.items() if pack is None),
        )


def digest(packs: Sequence[Pack], missing: Sequence[str] = ()) -> str:
    """One hash for a set of packs: a kept standing is only as good as the rules it was made with."""
    whole = hashlib.sha256()
    for pack in packs:
        whole.update(f"{pack.name}:{pack.digest};".encode())
    for name in missing:
        whole.update(f"{name}:not held;".encode())
    return whole.hexdigest()


def chosen_packs(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, day: date, *, known_at: int | None = None
) -> tuple[Pack, ...]:
    """The packs an agency is judged by on a day, whomever they cover."""
    return shelf.in_force(taken_up(conn, agency_id, known_at), day).packs


def taken_up(conn: Connection, agency_id: AgencyId, known_at: int | None = None) -> tuple[AgencyPack, ...]:
    """Every pack the agency ever took up, with its days, in that order."""
    return tuple(kept.fact for kept in agencies.packs(conn, agency_id, known_at=known_at))
