"""A phone is linked by a code that is shown where the person is known already, and texted from the phone.

Where somebody has no other door the coordinator is that door: the code is shown to them, to be said aloud.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from db.queries import agencies
from db.records.audit import AuditDraft
from db.records.ledger import Destination
from db.unit_of_work import Writer
from handlers.routing import Answered, Asked, Route, coordinates, everyone
from handlers.status import coordinator, finish, still
from handlers.team import refuse
from messages import phones as say
from messages.pages import TEXT_DOORS
from training.asking import Outcome, Question
from training.office import shared_now
from training.people import display_name, named
from training.phones import mailed_codes, phones

# Longer numbers are telephones.
LONGEST_BADGE = 6
# Why a code for somebody else is not shown.
OWN_DOOR = "own-door"
BY_MAIL = re.compile(r"\b(by|per|via) e-?mail\b", re.IGNORECASE)


def link_phone(question: Question, asked: Asked) -> Answered:
    """A code for the next minutes, and what sending it means. Kept without the code."""
    by_text = question.channel in TEXT_DOORS
    if by_text or not _numbers(question):
        none = say.no_number(coordinator(question, asked), asked.words, by_text=by_text)
        return finish(none, Outcome(), **still(question))
    asker = question.asker
    whose, name = asker.person_id, ""
    if badge := _badge(asked.text):
        found = named(question, badge).found
        if [each.person_id for each in found] != [asker.person_id]:
            if not coordinates(question) or len(found) != 1:
                return refuse(question, asked)
            whose, name = found[0].person_id, display_name(found[0])
    if BY_MAIL.search(asked.text):
        return _mailed(question, asked, whose, name)
    if name and phones.has_another_door(question.conn, question.agency_id, whose):
        # Whoever sees a code can be that person from a phone of their own.
        own = say.MailedFacts(name, 0, OWN_DOOR)
        return finish(say.phone_code_mailed(own, asked.words), Outcome())
    code = phones.new_code()

    def keep(writer: Writer) -> Iterable[AuditDraft]:
        phones.keep_code(writer, question.office.keys, whose, code)
        return ()

    facts = say.CodeFacts(
        agency=asker.agency_name,
        name=name,
        code=code,
        number=mailed_codes.our_number(question.conn, question.agency_id),
        minutes=int(phones.CODE_LASTS.total_seconds() // 60),
    )
    data = {"for": whose} if name else {}
    answered = finish(say.phone_code(facts, asked.words), Outcome(does=keep, data=data))
    return replace(answered, kept=say.phone_code_kept(asked.words))


def _mailed(question: Question, asked: Asked, whose: int, name: str) -> Answered:
    """The code goes to the roster's address, and is shown to nobody else."""
    now = shared_now(question.office, question.conn)
    way = mailed_codes.way_to(question.conn, question.agency_id, whose, now)
    minutes = int(phones.CODE_LASTS.total_seconds() // 60)
    whom = name or question.name
    if not isinstance(way, Destination):
        facts = say.MailedFacts(whom, minutes, way.value)
        return finish(say.phone_code_mailed(facts, asked.words), Outcome())

    def send(writer: Writer) -> Iterable[AuditDraft]:
        mailed_codes.post(writer, question.office, whose, way, asked.words)
        return ()

    facts = say.MailedFacts(whom, minutes)
    data = {"for": whose} if name else {}
    return finish(say.phone_code_mailed(facts, asked.words), Outcome(does=send, data=data))


def _badge(text: str) -> str:
    """The badge of whoever the phone is; a telephone number is none."""
    numbers = [word.strip(".,?!#") for word in text.split()]
    return next((each for each in numbers if each.isdecimal() and len(each) <= LONGEST_BADGE), "")


def _numbers(question: Question) -> list[str]:
    """Our own numbers or services, as far as they are known to be the agency's."""
    doors = agencies.doors(question.conn, question.agency_id)
    return [each.fact.address for each in doors if each.fact.channel == phones.CHANNEL]


ROUTES = (Route(name="link-phone", handle=link_phone, may_use=everyone, intents=("link_identity",)),)
