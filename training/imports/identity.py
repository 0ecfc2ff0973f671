"""Who is the person of a roster row? The badge says so unless the row speaks of somebody else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import directory, evaluation, people
from db.records.facts import AgencyId, ContactKind, ContactPoint, Kept, PersonAtAgency, PersonFacts
from reading.tables.codes import RowCode
from reading.tables.preview import AcceptedRow, Preview
from reading.tables.rows import ReadName, RosterRow
from training.imports.model import PlanCode, RowInPlan, Why, why
from training.imports.reconcile import draft_of
from training.imports.register import Register, full_name


@dataclass(slots=True)
class RosterMember:
    """One row of the roster and the person it is about: ``person_id`` below zero for somebody new."""

    row: RosterRow
    accepted: AcceptedRow
    draft: RowInPlan
    person_id: int
    known: PersonAtAgency | None = None
    facts: PersonFacts | None = None


class Identities:
    """What is on file about the agency's people that can tell one from another."""

    def __init__(self, conn: Connection, agency_id: AgencyId, register: Register) -> None:
        self.register = register
        ids = sorted(register.people)
        self.facts = evaluation.facts_for(conn, agency_id) if ids else {}
        self.contacts = _by_person(people.contact_points(conn, agency_id, ids) if ids else ())
        self._numbers = {
            credential.fact.number: person_id
            for person_id, person in self.facts.items()
            for credential in person.credentials
            if credential.fact.number
        }
        self.entries = {each.fact.person_id: each for each in directory.entries(conn, agency_id)}
        shared = Counter(each.fact.object_id for each in self.entries.values())
        self._in_directory = {
            each.fact.object_id: person_id
            for person_id, each in self.entries.items()
            if shared[each.fact.object_id] == 1
        }
        self._addresses = {
            (point.fact.kind, point.fact.value): person_id
            for person_id, points in self.contacts.items()
            for point in points
        }

    def members(self, preview: Preview) -> list[RosterMember]:
        """Every row with its person; a row that must not be written has its reason on its draft."""
        twice = _twice(preview)
        badges = {row.badge_number.casefold() for _, row in preview.of(RosterRow)}
        members = []
        for accepted, row in preview.of(RosterRow):
            member = RosterMember(row, accepted, draft_of(accepted, row.badge_number), -accepted.line)
            if accepted.line in twice:
                other = str(twice[accepted.line])
                member.draft.because.append(why(PlanCode.BADGE_TWICE, badge=row.badge_number, line=other))
            else:
                self._find(member, badges)
            members.append(member)
        return members

    def _find(self, member: RosterMember, badges: set[str]) -> None:
        row = member.row
        holders = self.register.holders(row.badge_number)
        known = self.register.people.get(self._in_directory.get(row.directory_id or "", 0))
        if known is not None:
            self._by_directory(member, known, holders)
            return
        if len(holders) > 1:
            member.draft.because.append(why(PlanCode.BADGE_SHARED, badge=row.badge_number))
            return
        if holders:
            holder = holders[0]
            if self._same(row, holder):
                self._is(member, holder)
            elif holder.employment.fact.ended_on is None:
                name = full_name(holder)
                reason = why(PlanCode.BADGE_OF_ANOTHER, badge=row.badge_number, name=name)
                member.draft.because.append(reason)
            # A badge whose last holder has left is free for somebody new.
            return
        found = self._elsewhere(row, badges)
        if isinstance(found, Why):
            member.draft.because.append(found)
        elif found is not None:
            old = found.employment.fact.badge_number
            member.draft.notes.append(why(PlanCode.BADGE_CHANGED, old=old, new=row.badge_number))
            self._is(member, found)

    def _by_directory(
        self, member: RosterMember, known: PersonAtAgency, holders: Sequence[PersonAtAgency]
    ) -> None:
        """The directory's own id says who it is, whatever name and badge they have by now."""
        row, old = member.row, known.employment.fact.badge_number
        others = [
            each
            for each in holders
            if each.person_id != known.person_id and each.employment.fact.ended_on is None
        ]
        if others:
            reason = why(PlanCode.BADGE_OF_ANOTHER, badge=row.badge_number, name=full_name(others[0]))
            member.draft.because.append(reason)
            return
        if old.casefold() != row.badge_number.casefold():
            member.draft.notes.append(why(PlanCode.BADGE_CHANGED, old=old, new=row.badge_number))
        self._is(member, known)

    def _is(self, member: RosterMember, person: PersonAtAgency) -> None:
        member.person_id = person.person_id
        member.known = person
        member.facts = self.facts.get(person.person_id)

    def _same(self, row: RosterRow, person: PersonAtAgency) -> bool:
        """Same name; or one part of it, or a stranger's name, with something else that only one person has."""
        given, family = _same_names(row.name, person)
        if given and family:
            return True
        if self._owner(row) == person.person_id:
            return True
        appointed = person.employment.fact.appointed_on
        return (given or family) and appointed is not None and appointed == row.appointed_on

    def _elsewhere(self, row: RosterRow, badges: set[str]) -> PersonAtAgency | Why | None:
        """Somebody on file under a badge that this file no longer has."""
        owner = self._owner(row)
        for person in self.register.people.values():
            old = person.employment.fact.badge_number
            if old.casefold() in badges or person.employment.fact.ended_on is not None:
                continue
            given, family = _same_names(row.name, person)
            if person.person_id == owner and (given or family):
                return person
            if given and family and _may_be_same(row.appointed_on, person.employment.fact.appointed_on):
                return why(PlanCode.PERSON_PERHAPS_KNOWN, name=full_name(person), badge=old)
        return None

    def _owner(self, row: RosterRow) -> int | None:
        """Whose address or license number the row has, when all it has are one person's."""
        keys = ((ContactKind.EMAIL, row.email), (ContactKind.MOBILE, row.mobile_phone))
        owners = {self._addresses.get((kind, value)) for kind, value in keys if value}
        owners |= {self._numbers.get(row.license_number)} if row.license_number else set()
        owners.discard(None)
        return owners.pop() if len(owners) == 1 else None


def _may_be_same(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one == other


def given_of(name: ReadName) -> str:
    """Given name as it is kept: with what stands in the middle."""
    return f"{name.given} {name.middle}".strip()


def _same_names(name: ReadName, person: PersonAtAgency) -> tuple[bool, bool]:
    first = person.given.split()[0].casefold() if person.given.split() else ""
    return name.given.casefold() == first or given_of(name).casefold() == person.given.casefold(), (
        name.family.casefold() == person.family.casefold()
    )


def _twice(preview: Preview) -> dict[int, int]:
    """First rows of badges that a later row claims as well: nobody knows which of the two is right."""
    found: dict[int, int] = {}
    for rejection in preview.rejections:
        for reason in rejection.reasons:
            if reason.code is RowCode.BADGE_REPEATED:
                found.setdefault(int(dict(reason.facts)["line"]), rejection.line)
    return found


def _by_person(points: Sequence[Kept[ContactPoint]]) -> Mapping[int, list[Kept[ContactPoint]]]:
    found: dict[int, list[Kept[ContactPoint]]] = {}
    for point in points:
        found.setdefault(point.fact.person_id, []).append(point)
    return found
