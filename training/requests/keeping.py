"""How is a request kept: its number, its acts one after the other, and the words that people wrote?"""

from collections.abc import Mapping
from typing import Any

from db.queries import requests
from db.records.audit import AuditDraft
from db.records.requests import KeptRequest, RequestAct, RequestStep, TrainingRequest
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.requests.life import allowed, life_of
from training.sealed.sealing import keep_text


def begins(
    writer: Writer, question: Question, person_id: int, number: int, body: Mapping[str, Any]
) -> AuditDraft:
    """A request with its number, for the asker or on behalf of somebody; the entry that says so. OvertakenError when
    another one took the number first."""
    if requests.next_number(writer.conn, writer.agency_id) != number:
        raise OvertakenError
    back = question.back
    (request_id,) = writer.record(
        TrainingRequest(
            person_id=person_id,
            number=number,
            channel=question.channel,
            address="" if back is None else back.address,
            place="" if back is None else back.place,
            thread="" if back is None else back.thread,
            account="" if back is None else back.account,
            received_at=writer.at,
        )
    )
    writer.record(RequestStep(request_id=request_id, position=1, act=RequestAct.BEGUN, body=body))
    return AuditDraft(
        tag=AuditTag.REQUEST_BEGUN,
        subject_id=person_id,
        data={"number": number, **({} if person_id == writer.actor_id else {"on_behalf": True})},
    )


def acts(
    writer: Writer,
    question: Question,
    request: KeptRequest,
    act: RequestAct,
    body: Mapping[str, Any],
    *,
    words: str = "",
) -> tuple[AuditDraft, int]:
    """One act more on a request as it was read; the entry that says so, and the id of the step. OvertakenError when
    somebody did something with it meanwhile, or the act is not open to anybody any more."""
    now = requests.by_id(writer.conn, writer.agency_id, request.kept.id)
    if now is None or now.steps[-1].id != request.steps[-1].id or act not in allowed(life_of(now)):
        raise OvertakenError
    person_id = request.kept.fact.person_id
    item_id = keep_text(writer, question.office.keys, person_id, words) if words else None
    step = RequestStep(
        request_id=request.kept.id,
        position=request.steps[-1].fact.position + 1,
        act=act,
        body=body,
        item_id=item_id,
    )
    (step_id,) = writer.record(step)
    entry = AuditDraft(
        tag=TAGS[act],
        subject_id=person_id,
        data={
            "number": request.number,
            "step": step_id,
            **{name: value for name, value in body.items() if name in _LOGGED},
            **({"words": item_id} if item_id else {}),
        },
    )
    return entry, step_id


def own(question: Question, number: int) -> KeptRequest | None:
    """A request that is for the asker, or that the asker entered for somebody; None for any other."""
    found = requests.by_number(question.conn, question.agency_id, number)
    if found is None:
        return None
    whose = {found.kept.fact.person_id, found.kept.recorded_by}
    return found if question.asker.person_id in whose else None


# What of an act goes into the log beside its number.
_LOGGED = frozenset(
    {
        "step",
        "way",
        "rules",
        "for",
        "reverses",
        "confirmed",
        "to",
        "denial",
        "offering",
        "batch",
        "alone",
        "upload",
        "hours",
        "lines",
    }
)
TAGS: Mapping[RequestAct, AuditTag] = {
    RequestAct.BEGUN: AuditTag.REQUEST_BEGUN,
    RequestAct.FILLED: AuditTag.REQUEST_FILLED,
    RequestAct.SUBMITTED: AuditTag.REQUEST_SUBMITTED,
    RequestAct.APPROVED: AuditTag.REQUEST_APPROVED,
    RequestAct.DENIED: AuditTag.REQUEST_DENIED,
    RequestAct.ASKED: AuditTag.REQUEST_ASKED,
    RequestAct.ANSWERED: AuditTag.REQUEST_ANSWERED,
    RequestAct.HANDED: AuditTag.REQUEST_HANDED,
    RequestAct.WITHDRAWN: AuditTag.REQUEST_WITHDRAWN,
    RequestAct.APPEALED: AuditTag.REQUEST_APPEALED,
    RequestAct.SEATED: AuditTag.REQUEST_SEATED,
    RequestAct.WAITING_FOR_SEAT: AuditTag.REQUEST_WAITING_FOR_SEAT,
    RequestAct.REGISTERED: AuditTag.REQUEST_REGISTERED,
    RequestAct.CLASS_CANCELLED: AuditTag.REQUEST_CLASS_CANCELLED,
    RequestAct.ATTENDED: AuditTag.REQUEST_ATTENDED,
    RequestAct.PARTLY_ATTENDED: AuditTag.REQUEST_PARTLY_ATTENDED,
    RequestAct.NOT_ATTENDED: AuditTag.REQUEST_NOT_ATTENDED,
    RequestAct.CERTIFICATE_LINKED: AuditTag.REQUEST_CERTIFICATE_LINKED,
    RequestAct.COSTS_ENTERED: AuditTag.REQUEST_COSTS_ENTERED,
    RequestAct.CLOSED: AuditTag.REQUEST_CLOSED,
}
