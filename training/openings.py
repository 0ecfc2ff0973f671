"""How is a record opened to somebody who may not see it, for an hour, and who signs that they know of it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import protection
from db.records.audit import AuditDraft
from db.records.facts import Kept, OpeningSeen, PersonAtAgency, RecordOpening
from training.asking import Question
from training.audit import AuditTag
from training.people import display_name
from training.permission_table import Ask
from training.permissions import hidden, leaves_of, may

# Long enough for an emergency; whoever needs longer states the reason again.
OPEN_FOR = timedelta(minutes=60)
# A reason of one word is no reason.
FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class OpeningKnown:
    """One opening as a custodian reads it; no name for somebody who is no longer on the roster."""

    opening_id: int
    at: datetime
    until: datetime
    viewer: str
    whom: str
    reason: str


def is_reason(text: str) -> bool:
    """Whether somebody said why."""
    return len(text.split()) >= FEWEST_WORDS


def opens(
    question: Question, person: PersonAtAgency, reason: str
) -> tuple[RecordOpening, tuple[AuditDraft, ...]]:
    """The opening and its entry, which the person themselves and every custodian can read."""
    now = question.asker.now
    opening = RecordOpening(
        person_id=person.person_id,
        viewer_id=question.asker.person_id,
        reason=reason,
        valid_from=now,
        valid_to=now + OPEN_FOR,
    )
    data = {"kind": "record-opened", "until": opening.valid_to.isoformat()}
    return opening, (
        AuditDraft(tag=AuditTag.RECORD_OPENED, subject_id=person.person_id, reason=reason, data=data),
    )


def unseen(question: Question) -> tuple[Kept[RecordOpening], ...]:
    """Openings that wait for a custodian's signature, if the asker is one. Nobody signs their own."""
    if not leaves_of(question, Ask.CUSTODY):
        return ()
    waiting = tuple(
        each
        for each in protection.unseen_openings(question.conn, question.agency_id)
        if each.fact.viewer_id != question.asker.person_id
    )
    return waiting if waiting and may(question, Ask.CUSTODY) else ()


def known(question: Question) -> tuple[OpeningKnown, ...]:
    """The waiting openings with names, oldest first."""
    waiting = unseen(question)
    ids = sorted({each for kept in waiting for each in (kept.fact.person_id, kept.fact.viewer_id)})
    unnamed = hidden(question)
    names = {
        each.person_id: display_name(each)
        for each in question.walls.by_ids(question.conn, question.agency_id, ids)
        if each.person_id not in unnamed
    }
    zone = question.at.tzinfo
    return tuple(
        OpeningKnown(
            opening_id=each.id,
            at=each.fact.valid_from.astimezone(zone),
            until=each.fact.valid_to.astimezone(zone),
            viewer=names.get(each.fact.viewer_id, ""),
            whom=names.get(each.fact.person_id, ""),
            reason=each.fact.reason,
        )
        for each in waiting
    )


def signed(question: Question, up_to: int) -> tuple[OpeningSeen, ...]:
    """The signature under every waiting opening that was shown; one that came in since is still to be read."""
    return tuple(OpeningSeen(opening_id=each.id) for each in unseen(question) if each.id <= up_to)
