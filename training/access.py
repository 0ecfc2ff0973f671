"""Who looked at a person's record, when, and for what?"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db.queries import audit, people
from training.asking import Question
from training.audit import VIEWS
from training.people import display_name


@dataclass(frozen=True, slots=True)
class Look:
    """One view of a record in the asker's local time; ``who`` is empty for Rollcall itself."""

    at: datetime
    who: str
    what: str
    purpose: str


def looks_at_me(question: Question) -> tuple[Look, ...]:
    """Every look at the asker's own record by somebody else, newest first."""
    entries = audit.views_of(question.conn, question.agency_id, question.asker.person_id, VIEWS, limit=1_000)
    actors = sorted({entry.actor_id for entry in entries if entry.actor_id is not None})
    names = {
        person.person_id: display_name(person)
        for person in people.by_ids(question.conn, question.agency_id, actors)
    }
    zone = ZoneInfo(question.asker.time_zone)
    return tuple(
        Look(
            entry.at.astimezone(zone),
            names.get(entry.actor_id, "") if entry.actor_id is not None else "",
            str(entry.data.get("kind", "")),
            entry.reason or "",
        )
        for entry in entries
    )
