"""May this be decided by text message? Only what the rules call little, and with a code that was sent to that phone:
once, for one step, for a while, and not after three wrong ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, new
from secrets import randbelow

from db.queries import approval_codes
from db.records.audit import AuditDraft
from db.records.requests import ApprovalCode
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.requests.sight import SeenRequest

TEXTS = "sms"
LASTS = timedelta(minutes=15)
MOST_TRIES = 3
FIGURES = 4


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code as it is sent, until when it holds, and what keeps its hash."""

    code: str
    until: datetime
    keeps: Callable[[Writer], None]


def new_code(question: Question, one: SeenRequest) -> FreshCode:
    """A code for whoever asks and for the step that waits now."""
    code = f"{randbelow(10**FIGURES):0{FIGURES}d}"
    person_id, until = question.asker.person_id, question.asker.now + LASTS
    kept = ApprovalCode(
        person_id=person_id,
        request_id=one.request.kept.id,
        position=one.turn,
        code_hash=_hash(question, one, code),
        expires_at=until,
        tries=0,
    )
    return FreshCode(code, until, lambda writer: approval_codes.keep(writer.conn, writer.agency_id, kept))


def is_right(question: Question, one: SeenRequest, code: str) -> bool:
    """Whether it is the code of this person for this step, and holds still."""
    kept = _kept(question, one)
    return (
        kept is not None
        and kept.tries < MOST_TRIES
        and question.asker.now < kept.expires_at
        and compare_digest(kept.code_hash, _hash(question, one, code))
    )


def wrong_one(question: Question, one: SeenRequest) -> Callable[[Writer], None]:
    """What counts a code that was wrong."""
    kept = _kept(question, one)

    def counts(writer: Writer) -> None:
        if kept is not None:
            approval_codes.tried(writer.conn, writer.agency_id, kept)

    return counts


def uses_up(question: Question, one: SeenRequest) -> Callable[[Writer], None]:
    """It decides once. OvertakenError when it decided already."""
    person_id = question.asker.person_id

    def takes(writer: Writer) -> None:
        if not approval_codes.take(writer.conn, writer.agency_id, person_id, one.request.kept.id, one.turn):
            raise OvertakenError

    return takes


def _kept(question: Question, one: SeenRequest) -> ApprovalCode | None:
    return approval_codes.of_person(
        question.conn, question.agency_id, question.asker.person_id, one.request.kept.id, one.turn
    )


def _hash(question: Question, one: SeenRequest, code: str) -> str:
    """Nobody finds the code from it without the key that lies apart from the record."""
    said = f"{question.agency_id}/{question.asker.person_id}/{one.request.kept.id}/{one.turn}/{code}"
    return new(question.office.keys.work_key(), said.encode(), sha256).hexdigest()


def entered(does: Callable[[Writer], None]) -> Callable[[Writer], Iterable[AuditDraft]]:
    """The same as what an answer does; what it writes is work and no fact, so nothing is logged of it."""

    def both(writer: Writer) -> Iterable[AuditDraft]:
        does(writer)
        return ()

    return both
