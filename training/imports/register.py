"""Whom does a badge of a file mean? The agency's people by badge, read once for the whole file."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from db.queries import people
from db.records.facts import AgencyId, PersonAtAgency
from training.imports.model import PlanCode, Why, why

# Words for "does not work here any more", as rosters write them.
SEPARATED = frozenset(
    {"separated", "resigned", "retired", "terminated", "discharged", "dismissed", "deceased", "laid-off", "left"}
)  # fmt: skip


class Register:
    """The roster as it is on file. A badge that was handed on means its present holder."""

    def __init__(self, conn: Connection, agency_id: AgencyId) -> None:
        self.people = {person.person_id: person for person in people.roster(conn, agency_id)}
        self._by_badge: dict[str, list[PersonAtAgency]] = defaultdict(list)
        for person in self.people.values():
            self._by_badge[person.employment.fact.badge_number.casefold()].append(person)

    def holders(self, badge_number: str) -> Sequence[PersonAtAgency]:
        """Whoever holds the badge now; of a badge that nobody holds, its last holder."""
        found = self._by_badge.get(badge_number.casefold(), [])
        present = [person for person in found if person.employment.fact.ended_on is None]
        if present or not found:
            return present
        return [max(found, key=lambda person: people.recency(person.employment))]

    def whose(self, badge_number: str) -> int | Why:
        """The person, or why nobody can be meant."""
        holders = self.holders(badge_number)
        if len(holders) == 1:
            return holders[0].person_id
        return why(PlanCode.BADGE_SHARED if holders else PlanCode.BADGE_UNKNOWN, badge=badge_number)


def full_name(person: PersonAtAgency) -> str:
    """Given and family name."""
    return f"{person.given} {person.family}".strip()
