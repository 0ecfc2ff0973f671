"""What would a roster change? People, what they are employed as, how they are reached, and what they hold.

A column that the file has speaks for everybody in it; one that it lacks says nothing. An empty cell takes back an
address, a supervisor, a unit, a role or a duty; a date, a rank or a number on file is not unsaid by it, and nobody
is removed for not being in a file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from db.queries import people
from db.records.facts import (
    AgencyId,
    Assignment,
    ContactKind,
    ContactPoint,
    Credential,
    DirectoryEntry,
    Employment,
    Kept,
    NameKind,
    Person,
    PersonName,
)
from db.records.imports import IMPORTED
from reading.tables.codes import RowCode
from reading.tables.preview import Preview
from training.imports.assignments import kind_of
from training.imports.identity import Identities, RosterMember, given_of
from training.imports.model import (
    Add,
    Change,
    OnFile,
    Plan,
    PlanCode,
    Replace,
    Withdraw,
    why,
)
from training.imports.placement import place_people
from training.imports.reconcile import changes_between
from training.imports.register import SEPARATED, Register, full_name
from training.imports.roster_facts import (
    ACTIVE_STATUS,
    GONE,
    NO_EXTRAS,
    Extras,
    kind_of_person,
    position_of,
    read_extras,
    status_of,
)
from training.standings.person_facts import CYCLE_KIND

LICENSE_KIND = "license"
ROSTER = f"{IMPORTED}roster"
# Before anybody now in service began: from this day on every record is here.
EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class _Roster:
    """What all rows of one roster share."""

    columns: frozenset[str]
    today: date

    def has(self, column: str) -> bool:
        return column in self.columns


def plan_roster(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, today: date
) -> Plan:
    """Every row's plan, the unit tree, and who is on file but not in the file."""
    roster = _Roster(frozenset(use.column for use in preview.columns), today)
    identities = Identities(conn, agency_id, register)
    members = identities.members(preview)
    extras = read_extras(preview, today)
    kept = [member for member in members if not member.draft.because]
    _note_shared_addresses(kept)
    twice = {id_ for id_, rows in Counter(member.row.directory_id for member in kept).items() if rows > 1}
    for member in kept:
        of_row = extras.get(member.accepted.line, NO_EXTRAS)
        _person(conn, agency_id, member, today)
        _employment(member, of_row)
        _contacts(roster, member, identities.contacts.get(member.person_id, ()))
        if member.row.directory_id not in twice:
            _directory_entry(member, identities.entries.get(member.person_id))
        _credential(roster, member)
        _duties(roster, member)
        member.draft.notes += [
            why(PlanCode.FACT_LEFT_OUT, column=name, value=cell) for name, cell in of_row.left_out
        ]
    units = place_people(conn, agency_id, kept, register, roster.columns)
    in_file = {member.person_id for member in members} | _named(members, register)
    missing = tuple(
        OnFile(person.employment.fact.badge_number, full_name(person))
        for person in register.people.values()
        if person.person_id not in in_file
        and person.employment.fact.ended_on is None
        and person.employment.fact.status not in SEPARATED
    )
    rows = tuple(member.draft.done() for member in members)
    return Plan(preview=preview, today=today, rows=rows, units=units, missing=missing)


def _named(members: Iterable[RosterMember], register: Register) -> set[int]:
    return {holder.person_id for member in members for holder in register.holders(member.row.badge_number)}


def _note_shared_addresses(members: Iterable[RosterMember]) -> None:
    """An address of two people recognises neither."""
    first: dict[str, RosterMember] = {}
    for member in members:
        for value in (member.row.email, member.row.mobile_phone, member.row.directory_id):
            if value is None:
                continue
            other = first.setdefault(value, member)
            if other is not member:
                member.draft.notes.append(why(PlanCode.ADDRESS_SHARED, line=str(other.draft.line)))
                other.draft.notes.append(why(PlanCode.ADDRESS_SHARED, line=str(member.draft.line)))


def _person(conn: Connection, agency_id: AgencyId, member: RosterMember, today: date) -> None:
    name = member.row.name
    said = PersonName(person_id=member.person_id, given=given_of(name), family=name.family)
    if member.known is None:
        member.draft.writes += [Add(Person()), Add(said)]
        return
    old = member.known
    if (old.given, old.family) == (said.given, said.family):
        return
    if old.family == said.family:
        # The same person's name written out, or a slip mended.
        current = people.names(conn, agency_id, member.person_id)[0]
        if current.fact.kind is NameKind.LEGAL:
            member.draft.writes.append(Replace(current.id, replace(said, valid_from=current.fact.valid_from)))
    else:
        # The name until now stays a name of theirs: older certificates carry it.
        member.draft.writes.append(Add(replace(said, valid_from=today)))
    member.draft.changes.append(Change("name", full_name(old), f"{said.given} {said.family}"))


def _employment(member: RosterMember, extras: Extras) -> None:
    row, draft = member.row, member.draft
    earlier = member.facts.employment if member.facts is not None else None
    kept = earlier.fact if earlier is not None else None
    status = status_of(row.employment_status)
    gone = kept is not None and kept.ended_on is not None
    if status is None or (gone and status not in (ACTIVE_STATUS, GONE)):
        status = kept.status if kept is not None else ACTIVE_STATUS
        if kept is None:
            draft.notes.append(why(PlanCode.STATUS_ASSUMED))
    kind = kind_of_person(row, kept)
    facts = {**(kept.facts if kept is not None else {}), **extras.facts}
    if row.name.suffix:
        facts["name_suffix"] = row.name.suffix
    said = Employment(
        person_id=member.person_id,
        badge_number=row.badge_number,
        kind=kind,
        position=position_of(row, kind, kept),
        rank=row.rank,
        status=status,
        appointed_on=row.appointed_on,
        ended_on=_ended_on(status, extras, kept),
        licensed_on=extras.licensed_on or (kept.licensed_on if kept is not None else None),
        history_complete_from=EVER if row.history_whole else row.history_complete_from,
        time_zone=row.time_zone,
        facts=facts,
    )
    if earlier is None or kept is None:
        draft.writes.append(Add(said))
        return
    fields = ("rank", "appointed_on", "history_complete_from", "time_zone")
    said = replace(said, **{name: getattr(kept, name) for name in fields if getattr(said, name) is None})
    if gone and status != ACTIVE_STATUS:
        # Whoever has left was appointed when the record says; a state's roster may mean the next agency.
        said = replace(said, appointed_on=kept.appointed_on or said.appointed_on)
    elif kept.ended_on is not None and row.appointed_on is not None and row.appointed_on > kept.ended_on:
        draft.notes.append(why(PlanCode.NEW_EMPLOYMENT, on=row.appointed_on.isoformat()))
        draft.writes.append(Add(replace(said, ended_on=None)))
        return
    changes = changes_between(kept, said)
    if changes:
        draft.changes += changes
        draft.writes.append(Replace(earlier.id, said))


def _ended_on(status: str, extras: Extras, kept: Employment | None) -> date | None:
    """The last day, as far as somebody named it; a roster that calls them active says that it was none."""
    if status == ACTIVE_STATUS:
        return None
    said = extras.separated_on if status in SEPARATED else None
    return said or (kept.ended_on if kept is not None else None)


def _left_out(member: RosterMember) -> frozenset[str]:
    """Columns whose cell could not be used: that is no word of the agency that there is nothing."""
    return frozenset(
        correction.column
        for correction in member.accepted.corrections
        if correction.code in {RowCode.EMAIL_LEFT_OUT, RowCode.PHONE_LEFT_OUT}
    )


def _contacts(roster: _Roster, member: RosterMember, points: Iterable[Kept[ContactPoint]]) -> None:
    row = member.row
    left = _left_out(member)
    by_kind: defaultdict[ContactKind, list[Kept[ContactPoint]]] = defaultdict(list)
    for point in points:
        by_kind[point.fact.kind].append(point)
    wanted = ((ContactKind.EMAIL, "email", row.email), (ContactKind.MOBILE, "mobile_phone", row.mobile_phone))
    for kind, column, value in wanted:
        if not roster.has(column) or column in left or any(p.fact.value == value for p in by_kind[kind]):
            continue
        # Addresses that people linked themselves are theirs, not the roster's.
        own = [point for point in by_kind[kind] if point.source == ROSTER]
        before = own[0].fact.value if own else ""
        if value is None:
            member.draft.writes += [Withdraw(point.id, ContactPoint) for point in own]
        else:
            said = ContactPoint(person_id=member.person_id, kind=kind, value=value)
            member.draft.writes.append(Replace(own[0].id, said) if own else Add(said))
        if member.known is not None and before != (value or ""):
            member.draft.changes.append(Change(column, before, value or ""))


def _directory_entry(member: RosterMember, kept: Kept[DirectoryEntry] | None) -> None:
    """Their entry in the Microsoft directory; an empty cell does not unsay it."""
    object_id = member.row.directory_id
    if object_id is None or (kept is not None and kept.fact.object_id == object_id):
        return
    said = DirectoryEntry(person_id=member.person_id, object_id=object_id)
    member.draft.writes.append(Add(said) if kept is None else Replace(kept.id, said))
    if member.known is not None:
        before = "" if kept is None else kept.fact.object_id
        member.draft.changes.append(Change("directory_id", before, object_id))


def _credential(roster: _Roster, member: RosterMember) -> None:
    row = member.row
    licensed = row.license_number or row.license_status
    if not (licensed or row.cycle_start or row.cycle_end):
        return
    said = Credential(
        person_id=member.person_id,
        kind=LICENSE_KIND if licensed else CYCLE_KIND,
        discipline=row.position if licensed else None,
        state=row.state,
        number=row.license_number,
        status=row.license_status,
        cycle_start=row.cycle_start,
        cycle_end=row.cycle_end,
    )
    earlier = _newest(member)
    if earlier is None:
        member.draft.writes.append(Add(said))
        return
    kept = earlier.fact
    values = ("number", "status", "state", "cycle_start", "cycle_end", "discipline")
    said = replace(said, **{name: getattr(kept, name) for name in values if getattr(said, name) is None})
    said = replace(said, kind=kept.kind if not licensed else LICENSE_KIND, status_on=kept.status_on)
    changes = changes_between(kept, said)
    if not changes:
        return
    member.draft.changes += changes
    if kept.cycle_start != said.cycle_start:
        # The cycle before this one has been: it stays, and so does what was owed in it.
        member.draft.writes.append(Add(replace(said, status_on=None)))
    elif kept.status is not None and kept.status != said.status:
        member.draft.writes.append(Add(replace(said, status_on=roster.today)))
    else:
        member.draft.writes.append(Replace(earlier.id, said))


def _newest(member: RosterMember) -> Kept[Credential] | None:
    """The last license or cycle that a roster gave."""
    if member.facts is None:
        return None
    own = [kept for kept in member.facts.credentials if kept.source == ROSTER]
    return max(own, key=lambda kept: (kept.fact.cycle_start or date.min, kept.id), default=None)


def _duties(roster: _Roster, member: RosterMember) -> None:
    """Duties of the roster's own column; it gives no days, so only what it gave itself ends when it is gone."""
    if not roster.has("assignments"):
        return
    wanted = [kind_of(word) for word in member.row.assignments]
    held = member.facts.assignments if member.facts is not None else ()
    open_kinds = {
        kept.fact.kind for kept in held if kept.fact.ends_on is None or kept.fact.ends_on >= roster.today
    }
    for kind in wanted:
        if kind not in open_kinds:
            member.draft.writes.append(Add(Assignment(person_id=member.person_id, kind=kind)))
            if member.known is not None:
                member.draft.changes.append(Change("assignments", "", kind))
    for kept in held:
        if kept.source == ROSTER and kept.fact.ends_on is None and kept.fact.kind not in wanted:
            member.draft.writes.append(Replace(kept.id, replace(kept.fact, ends_on=roster.today)))
            member.draft.changes.append(Change("assignments", kept.fact.kind, ""))
