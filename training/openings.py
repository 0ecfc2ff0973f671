"""How is a record opened to somebody who may not see it, for an hour, and who signs that they know of it?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import protection
from db.records.audit import AuditDraft
from db.records.facts import Kept, OpeningSeen, PersonAtAgency, RecordOpening
from db.unit_of_work import Writer
from training.asking import Question
from training.audit import AuditTag
from training.content.reasons import reasons
from training.people import display_name
from training.permission_table import Ask
from training.permissions import hidden, leaves_of, may
from training.sealed.sealing import keep_text

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


def opened_until(question: Question) -> datetime:
    """When an opening of this moment ends by itself."""
    return question.asker.now + OPEN_FOR


def opens(
    question: Question, person: PersonAtAgency, reason: str
) -> Callable[[Writer], Iterable[AuditDraft]]:
    """What opens it: the opening with its reason, and the entry that the person and every custodian can read."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        asker = question.asker
        item_id = keep_text(writer, question.office.keys, asker.person_id, reason)
        opening = RecordOpening(
            person_id=person.person_id,
            viewer_id=asker.person_id,
            reason_item_id=item_id,
            valid_from=asker.now,
            valid_to=opened_until(question),
        )
        opening_id = writer.record(opening)[0]
        data = {
            "kind": "record-opened",
            "until": opening.valid_to.isoformat(),
            "opened": opening_id,
            "why": item_id,
        }
        yield AuditDraft(tag=AuditTag.RECORD_OPENED, subject_id=person.person_id, data=data)

    return does


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
    said = reasons(question, (each.fact.reason_item_id for each in waiting))
    return tuple(
        OpeningKnown(
            opening_id=each.id,
            at=each.fact.valid_from.astimezone(zone),
            until=each.fact.valid_to.astimezone(zone),
            viewer=names.get(each.fact.viewer_id, ""),
            whom=names.get(each.fact.person_id, ""),
            reason=said.get(each.fact.reason_item_id, ""),
        )
        for each in waiting
    )


def signed(question: Question, up_to: int) -> tuple[OpeningSeen, ...]:
    """The signature under every waiting opening that was shown; one that came in since is still to be read."""
    return tuple(OpeningSeen(opening_id=each.id) for each in unseen(question) if each.id <= up_to)
