"""Does what was planned about a request still hold when it is sent? A class may be off, a word may have been said."""

from collections.abc import Callable, Mapping

from db.queries import reminders
from db.queries.context import ByPerson
from db.records.ledger import Claim, Ending, Receipt
from db.unit_of_work import reading
from messages.kinds import MessageKind
from training.asking import Question, asked_by
from training.office import Office
from training.requests import after, by_the_clock, presence
from training.requests.following import Followed, found
from training.requests.life import RequestStage
from training.requests.news import request_and_code

KINDS = frozenset({MessageKind.REQUEST_NEWS.value, MessageKind.PRESENCE.value})
Holds = Callable[[Question, Followed], bool]


def before_sending(office: Office, claim: Claim) -> Ending | None:
    """Why it is not sent any more; None where it still holds, or is no news of a request."""
    if claim.kind not in KINDS or claim.person_id is None:
        return None
    with reading(office.engine) as conn:
        known = request_and_code(reminders.said_about(conn, claim.agency_id, claim.message_id))
        question = asked_by(office, conn, claim.agency_id, ByPerson(claim.person_id), by_the_clock.CHANNEL)
        if known is None or question is None:
            return None
        number, code = known
        followed = found(question, number)
        holds = HOLDS.get(code)
        if followed is None or holds is None or holds(question, followed):
            return None
    return Ending(receipt=Receipt.CANCELLED, error=after.CLEARED)


def _is_near(question: Question, followed: Followed) -> bool:
    begins = followed.life.values.starts_on
    registered = followed.life.stage is RequestStage.REGISTERED
    return registered and begins is not None and question.today <= begins


def _has_no_certificate(_: Question, followed: Followed) -> bool:
    return followed.life.stage is RequestStage.ATTENDED


def _is_to_register(_: Question, followed: Followed) -> bool:
    return followed.life.stage is RequestStage.APPROVED


def _waits_for_a_word(question: Question, _: Followed) -> bool:
    return bool(presence.waiting(question))


# What is said later than it was planned, by its code; anything else tells what has happened and stays true.
HOLDS: Mapping[str, Holds] = {
    "soon": _is_near,
    "certificate-asked": _has_no_certificate,
    "certificate-again": _has_no_certificate,
    "register-soon": _is_to_register,
    "seat-free": after.may_be_seated,
    by_the_clock.PRESENCE: _waits_for_a_word,
}
