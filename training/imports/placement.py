"""Where does a roster place people? The unit tree, who reports to whom, and roles, from one instant on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from sqlalchemy import Connection

from db.queries import agencies, reporting
from db.records.facts import AgencyId, Kept, ReportingLine, Role, RoleGrant, Unit
from training.imports.identity import RosterMember
from training.imports.model import WHEN_WRITTEN, Add, Change, PlanCode, PlannedUnit, Replace, Write, why
from training.imports.register import Register, full_name
from training.imports.roster_facts import kind_of_person

# Lines and grants without an end are still open then.
FAR_AHEAD = datetime(9999, 1, 1, tzinfo=UTC)
PATH = ">"


@dataclass(frozen=True, slots=True)
class _Places:
    """What is on file about where people stand, and what the file's rows want."""

    lines: Mapping[int, Kept[ReportingLine]]
    supervisors: Mapping[int, int | None]  # by person, as the roster has it
    names: Mapping[int, str]


def place_people(
    conn: Connection,
    agency_id: AgencyId,
    members: Sequence[RosterMember],
    register: Register,
    columns: frozenset[str],
) -> tuple[PlannedUnit, ...]:
    """Add lines and roles to the rows' plans; the units that have to exist first."""
    lines = reporting.lines_at(conn, agency_id, FAR_AHEAD)
    supervisors = _supervisors(members, register, lines, columns)
    names = {person.person_id: full_name(person) for person in register.people.values()}
    names |= {member.person_id: f"{member.row.name.given} {member.row.name.family}" for member in members}
    places = _Places(lines, supervisors, names)
    units = _Units(agencies.units(conn, agency_id))
    units.take(members, supervisors, lines, with_units="unit" in columns)
    if columns & {"supervisor_badge", "unit"}:
        for member in members:
            _line(member, places, units, columns)
    _roles(conn, agency_id, members, columns)
    return tuple(units.planned)


def _supervisors(
    members: Sequence[RosterMember],
    register: Register,
    lines: Mapping[int, Kept[ReportingLine]],
    columns: frozenset[str],
) -> dict[int, int | None]:
    """Everybody's supervisor once the roster holds. A second look at the file finds those who come later in it."""
    found = {person_id: kept.fact.supervisor_id for person_id, kept in lines.items()}
    if "supervisor_badge" not in columns:
        return found
    by_badge = {member.row.badge_number.casefold(): member.person_id for member in members}
    for member in members:
        badge = member.row.supervisor_badge
        supervisor = by_badge.get(badge.casefold()) if badge else None
        if badge and supervisor is None:
            on_file = register.whose(badge)
            supervisor = on_file if isinstance(on_file, int) else None
            if supervisor is None:
                member.draft.notes.append(why(PlanCode.SUPERVISOR_UNKNOWN, badge=badge))
        found[member.person_id] = supervisor
    for member in members:
        if _in_circle(member.person_id, found):
            member.draft.notes.append(
                why(PlanCode.SUPERVISOR_CIRCLE, badge=member.row.supervisor_badge or "")
            )
    # In a circle everybody would answer for everybody; who sees whose record must never come from a slip.
    circle = [person_id for person_id in found if _in_circle(person_id, found)]
    return found | dict.fromkeys(circle)


def _in_circle(person_id: int, supervisors: Mapping[int, int | None]) -> bool:
    seen: set[int] = set()
    at: int | None = supervisors.get(person_id)
    while at is not None and at not in seen:
        if at == person_id:
            return True
        seen.add(at)
        at = supervisors.get(at)
    return False


class _Units:
    """The unit tree: what is on file, and what the file adds. New units have ids below zero until written."""

    def __init__(self, on_file: Iterable[Kept[Unit]]) -> None:
        self._kept = {kept.fact.name.casefold(): kept for kept in on_file}
        self._ids = {
            name: kept.fact.unit_id for name, kept in self._kept.items() if kept.fact.unit_id is not None
        }
        self._names = {unit_id: self._kept[name].fact.name for name, unit_id in self._ids.items()}
        self._written: frozenset[str] = frozenset()
        self.planned: list[PlannedUnit] = []

    def id_of(self, name: str | None) -> int | None:
        """The unit of this name; the file may write it with the units above it."""
        return None if name is None else self._ids.get(_steps(name)[-1].casefold())

    def name_of(self, unit_id: int | None) -> str:
        return self._names.get(unit_id, "") if unit_id is not None else ""

    def take(
        self,
        members: Sequence[RosterMember],
        supervisors: Mapping[int, int | None],
        lines: Mapping[int, Kept[ReportingLine]],
        *,
        with_units: bool,
    ) -> None:
        """Make the units of the file, each below the unit its people report to."""
        if not with_units:
            return
        unit_of = {person_id: self.name_of(kept.fact.unit_id) for person_id, kept in lines.items()}
        unit_of |= {member.person_id: _steps(member.row.unit)[-1] for member in members if member.row.unit}
        parents, self._written = _parents(members, supervisors, unit_of)
        names = dict.fromkeys(step for member in members for step in _steps(member.row.unit))
        for name in names:
            self._make(name, parents, ())

    def _make(self, name: str, parents: Mapping[str, str], below: tuple[str, ...]) -> int | None:
        key = name.casefold()
        parent = parents.get(key)
        if parent is not None and parent.casefold() in {key, *below}:
            parent = None
        parent_id = self._make(parent, parents, (*below, key)) if parent is not None else None
        if key not in self._ids:
            unit_id = -len(self.planned) - 1
            self._ids[key], self._names[unit_id] = unit_id, name
            self._plan(name, parent, Add(Unit(parent_unit_id=parent_id, name=name)))
        elif key in self._kept and parent_id is not None:
            kept = self._kept[key]
            # A file with a few people in it must not move a unit that a whole roster placed.
            may_move = key in self._written or kept.fact.parent_unit_id is None
            if may_move and kept.fact.parent_unit_id != parent_id:
                self._plan(name, parent, Replace(kept.id, replace(kept.fact, parent_unit_id=parent_id)))
                del self._kept[key]
        return self._ids[key]

    def _plan(self, name: str, parent: str | None, write: Write) -> None:
        self.planned.append(PlannedUnit(name=name, parent=parent, write=write))


def _steps(unit: str | None) -> list[str]:
    """``Patrol > A shift`` as its two units, the upper one first."""
    if not unit:
        return []
    return [step for step in (" ".join(part.split()) for part in unit.split(PATH)) if step] or [unit]


def _parents(
    members: Sequence[RosterMember], supervisors: Mapping[int, int | None], unit_of: Mapping[int, str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Unit to the unit above it, and which are so written; the others are where most of those who report out of
    them report to."""
    written: dict[str, str] = {}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for member in members:
        steps = _steps(member.row.unit)
        written |= {lower.casefold(): upper for upper, lower in pairwise(steps)}
        supervisor = supervisors.get(member.person_id)
        above = unit_of.get(supervisor, "") if supervisor is not None else ""
        if steps and above and above.casefold() != steps[-1].casefold():
            votes[steps[-1].casefold()][above] += 1
    inferred = {name: counter.most_common(1)[0][0] for name, counter in votes.items()}
    return inferred | written, frozenset(written)


def _line(member: RosterMember, places: _Places, units: _Units, columns: frozenset[str]) -> None:
    kept = places.lines.get(member.person_id)
    supervisor = places.supervisors.get(member.person_id)
    unit = units.id_of(member.row.unit)
    if "unit" not in columns and kept is not None:
        unit = kept.fact.unit_id
    before = (kept.fact.supervisor_id, kept.fact.unit_id) if kept is not None else (None, None)
    if before == (supervisor, unit):
        return
    draft = member.draft
    if kept is not None:
        draft.writes.append(Replace(kept.id, replace(kept.fact, valid_to=WHEN_WRITTEN)))
        if before[0] != supervisor:
            names = places.names
            old, new = names.get(before[0] or 0, ""), names.get(supervisor or 0, "")
            draft.changes.append(Change("supervisor_badge", old, new))
        if before[1] != unit:
            draft.changes.append(Change("unit", units.name_of(before[1]), units.name_of(unit)))
    if (supervisor, unit) != (None, None):
        line = ReportingLine(
            person_id=member.person_id, supervisor_id=supervisor, unit_id=unit, valid_from=WHEN_WRITTEN
        )
        draft.writes.append(Add(line))


def _roles(
    conn: Connection, agency_id: AgencyId, members: Sequence[RosterMember], columns: frozenset[str]
) -> None:
    held: defaultdict[int, set[Role]] = defaultdict(set)
    for role in Role:
        for person_id in reporting.holders_of(conn, agency_id, role, FAR_AHEAD):
            held[person_id].add(role)
    for member in members:
        kept = member.facts.employment.fact if member.facts is not None else None
        if member.known is not None and "roles" not in columns:
            continue
        wanted = {Role(word.replace("-", "_")) for word in member.row.roles}
        wanted.add(Role(kind_of_person(member.row, kept)))
        has = held[member.person_id]
        for role in sorted(wanted - has):
            grant = RoleGrant(person_id=member.person_id, role=role, valid_from=WHEN_WRITTEN)
            member.draft.writes.append(Add(grant))
            if member.known is not None:
                member.draft.changes.append(Change("roles", "", role.value))
        for role in sorted(has - wanted):
            for grant_kept in reporting.role_grants(conn, agency_id, member.person_id):
                if grant_kept.fact.role is role and grant_kept.fact.valid_to is None:
                    ended = replace(grant_kept.fact, valid_to=WHEN_WRITTEN)
                    member.draft.writes.append(Replace(grant_kept.id, ended))
            member.draft.changes.append(Change("roles", role.value, ""))
