"""Which certificate on record belongs to which request? Linked by a person; what goes on record is decided
elsewhere."""

from collections.abc import Iterator
from datetime import date

from db.queries import uploads
from db.records.audit import AuditDraft
from db.records.requests import RequestAct
from db.records.uploads import Step, UploadState
from db.unit_of_work import Writer
from training.asking import Question, at_the_writing
from training.requests.after import Does
from training.requests.following import Followed
from training.requests.keeping import acts
from training.uploads.keeping import draft_at

A = RequestAct
# Of what somebody sent so much is looked through, the newest first.
MOST = 50


def recorded_for(question: Question, followed: Followed) -> UploadState | None:
    """A certificate of the same person on record for a day of this class; None where there is none, or several."""
    found = [
        each
        for each in uploads.of_person(question.conn, question.agency_id, followed.person_id, limit=MOST)
        if each.step is Step.RECORDED and is_of_its_days(question, each, followed)
    ]
    return found[0] if len(found) == 1 else None


def is_of_its_days(question: Question, state: UploadState, followed: Followed) -> bool:
    """Whether it is for a class that was completed on one of these days."""
    first, last = followed.life.values.starts_on, followed.last_day
    if first is None or last is None:
        return False
    return any(first <= day <= last for day in days_of(question, state))


def days_of(question: Question, state: UploadState) -> tuple[date, ...]:
    """When the classes of a certificate were completed."""
    kept = draft_at(question, state)
    entries = () if kept is None else kept[0].entries
    return tuple(each.completed_on for each in entries if each.completed_on is not None)


def links(question: Question, followed: Followed, state: UploadState) -> Does:
    """The certificate belongs to the request."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        body = {"upload": state.kept.fact.number}
        entry, _ = acts(writer, here, followed.request, A.CERTIFICATE_LINKED, body)
        yield entry

    return does
