"""Who looked at a person's record, when, and for what?"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db.queries import audit
from training.asking import Question
from training.audit import LISTS, VIEWS, AuditTag
from training.content.reasons import reasons
from training.log.stretches import Days, written
from training.people import display_name
from training.permissions import hidden


@dataclass(frozen=True, slots=True)
class RecordLook:
    """One look at a record in the asker's local time; ``who`` is empty for somebody who must not be named.

    None is Rollcall itself. ``inside``: through a record that was opened for an hour. ``to``: the agency
    that the record was released to.
    """

    at: datetime
    who: str | None
    what: str
    door: str
    purpose: str
    inside: bool
    to: str = ""


def looks_at_me(question: Question, days: Days | None = None) -> tuple[RecordLook, ...]:
    """Every look at the asker's own record by somebody else, newest first; of some days, or up to the question's
    moment."""
    entries = audit.views_of(
        question.conn,
        question.agency_id,
        question.asker.person_id,
        VIEWS,
        lists=LISTS,
        within=written(question, days),
        limit=1_000,
    )
    actors = sorted({entry.actor_id for entry in entries if entry.actor_id is not None})
    unseen = hidden(question)
    names = {
        person.person_id: display_name(person)
        for person in question.walls.by_ids(question.conn, question.agency_id, actors)
        if person.person_id not in unseen
    }
    zone = ZoneInfo(question.asker.time_zone)
    said = reasons(question, (each.data["why"] for each in entries if isinstance(each.data.get("why"), int)))
    return tuple(
        RecordLook(
            entry.at.astimezone(zone),
            names.get(entry.actor_id, "") if entry.actor_id is not None else None,
            str(entry.data.get("kind", "")),
            entry.channel or "",
            entry.reason or said.get(entry.data.get("why", 0), ""),
            "opening" in entry.data,
            str(entry.data.get("name", "")) if entry.tag == AuditTag.RECORD_RELEASED else "",
        )
        for entry in entries
    )
