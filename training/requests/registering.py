"""Which approved requests are to be registered, by when, and which are? By the word of whoever sees to it."""

from collections.abc import Iterator
from datetime import date

from db.records.audit import AuditDraft
from db.records.requests import RequestAct
from db.unit_of_work import Writer
from training.asking import Question, at_the_writing
from training.requests import news
from training.requests.after import Does
from training.requests.following import Followed, in_care, own_word
from training.requests.keeping import acts
from training.requests.life import RequestStage

A = RequestAct


def to_register(question: Question) -> tuple[Followed, ...]:
    """Approved and not registered yet, the first deadline in front; those without a day come last."""
    found = in_care(question, [RequestStage.APPROVED, RequestStage.WAITING_FOR_SEAT])
    return tuple(sorted(found, key=_by_deadline))


def registered(question: Question) -> tuple[Followed, ...]:
    """Registered, and nobody has said yet whether they were there; the next class in front."""
    found = in_care(question, [RequestStage.REGISTERED])
    return tuple(sorted(found, key=lambda each: (each.life.values.starts_on or date.max, each.number)))


def registers(question: Question, followed: Followed) -> Does:
    """Whoever gives the class knows of it; the requester is told, and offered the class for their calendar."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        entry, step_id = acts(
            writer, here, followed.request, A.REGISTERED, own_word(here, followed.person_id)
        )
        yield entry
        news.to_requester(writer, here, followed, "registered", str(step_id))

    return does


def _by_deadline(followed: Followed) -> tuple[date, date, int]:
    values = followed.life.values
    return values.register_by or date.max, values.starts_on or date.max, followed.approved_seq
