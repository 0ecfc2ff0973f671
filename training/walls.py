"""What decides how far a question reaches? One value of the office, so that a test can put a leaking one in its place.

Nothing below a handler looks anybody up but through here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from db.queries import one_record, people, protection, reporting
from db.queries.lateral import Proof
from db.queries.one_record import RecordBehind
from db.records.facts import AgencyId, Kept, PersonAtAgency, RecordOpening, Role
from db.records.work import Context
from training.permission_table import PermissionTable, shipped
from training.purposes import Purpose

# Kinds of assignment that are protected by themselves; any other can be marked with {"protected": true}.
PROTECTED_KINDS = frozenset({"undercover", "confidential-assignment", "protected"})
# What a file may be made for: a closed list, so that every purpose was once decided.
PURPOSES = frozenset(each.value for each in Purpose)
# Roles that are given for a time only: a grant without an end gives nothing.
TIME_BOXED = frozenset({Role.AUDITOR})


@dataclass(frozen=True)
class Walls:
    """The table of permissions, and every look-up that a permission rests on."""

    permissions: PermissionTable = field(default_factory=shipped)
    purposes: frozenset[str] = PURPOSES

    def roles(self, asker: Context) -> frozenset[Role]:
        """What the asker is at this instant."""
        return frozenset(
            each.role
            for each in asker.grants
            if each.runs(asker.now) and (each.valid_to is not None or each.role not in TIME_BOXED)
        )

    def is_below(self, conn: Connection, asker: Context, person_id: int) -> bool:
        """Whether the asker is above this person as of now."""
        return reporting.is_below(conn, asker.agency_id, person_id, asker.person_id, asker.now)

    def people_below(self, conn: Connection, asker: Context) -> frozenset[int]:
        """Everybody below the asker as of now."""
        return reporting.people_below(conn, asker.agency_id, asker.person_id, asker.now)

    def protected(self, conn: Connection, agency_id: AgencyId, day: date) -> frozenset[int]:
        """Everybody in a protected assignment on this day."""
        return protection.protected_people(conn, agency_id, day, PROTECTED_KINDS)

    def disclosed(self, conn: Connection, asker: Context) -> frozenset[int]:
        """Protected people whom a decision shows to the asker by name."""
        return protection.disclosed_to(conn, asker.agency_id, asker.person_id, asker.now)

    def may_hear(
        self,
        conn: Connection,
        agency_id: AgencyId,
        viewer: int,
        about: int,
        at: datetime,
        *,
        protected: Collection[int],
        role: Role | None = None,
    ) -> bool:
        """Whether somebody may hear of another's matter: never of their own; and of a protected person only who keeps
        the records, or whom a decision names. ``role`` is that in which they would hear of it."""
        if viewer == about:
            return False
        if about not in protected or role is Role.RECORDS:
            return True
        return about in protection.disclosed_to(conn, agency_id, viewer, at)

    def who_hear(
        self,
        conn: Connection,
        agency_id: AgencyId,
        role: Role,
        about: int,
        at: datetime,
        *,
        protected: Collection[int],
    ) -> tuple[int, ...]:
        """Everybody of a role who may."""
        return tuple(
            each
            for each in reporting.holders_of(conn, agency_id, role, at)
            if self.may_hear(conn, agency_id, each, about, at, protected=protected, role=role)
        )

    def openings(self, conn: Connection, asker: Context) -> tuple[Kept[RecordOpening], ...]:
        """Records that the asker opened and that are still open."""
        return protection.openings_of(conn, asker.agency_id, asker.person_id, asker.now)

    def by_badge(self, conn: Connection, agency_id: AgencyId, badge: str) -> PersonAtAgency | None:
        """Whose badge it is at this agency."""
        return people.by_badge(conn, agency_id, badge)

    def by_surname(self, conn: Connection, agency_id: AgencyId, surname: str) -> tuple[PersonAtAgency, ...]:
        """Everybody of this family name at this agency."""
        return people.by_surname(conn, agency_id, surname)

    def by_ids(self, conn: Connection, agency_id: AgencyId, ids: Sequence[int]) -> tuple[PersonAtAgency, ...]:
        """These people, as far as they are of this agency."""
        return people.by_ids(conn, agency_id, ids)

    def roster(self, conn: Connection, agency_id: AgencyId) -> tuple[PersonAtAgency, ...]:
        """Everybody of this agency."""
        return people.roster(conn, agency_id)

    def record(
        self, conn: Connection, agency_id: AgencyId, record_id: int, *, known_at: int | None = None
    ) -> RecordBehind | None:
        """One record of this agency with its neighbours, as far as it was on file then."""
        return one_record.record_behind(conn, agency_id, record_id, known_at=known_at)

    def agreeing(self, asked: Proof, held: Proof) -> tuple[str, ...]:
        """What says that a person of another agency is this one: the license, and an address or a day beside it.

        Empty when they are not known to be one; a name is no evidence.
        """
        beside = tuple(
            name
            for name, common in (
                ("email", asked.emails & held.emails),
                ("mobile", asked.mobiles & held.mobiles),
                ("licensed-on", asked.licensed_on & held.licensed_on),
            )
            if common
        )
        return ("license", *beside) if beside and asked.licenses & held.licenses else ()
