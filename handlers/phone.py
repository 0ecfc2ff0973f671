"""A phone is linked by a code that is shown where the person is known already, and texted from the phone.

Where somebody has no other door the coordinator is that door: the code is shown to them, to be said aloud.
"""

from collections.abc import Iterable
from dataclasses import replace

from db.queries import agencies
from db.records.audit import AuditDraft
from db.unit_of_work import Writer
from handlers.later import not_yet
from handlers.routing import Answered, Asked, Route, coordinates, everyone
from handlers.status import finish
from handlers.team import refuse
from messages import phones as say
from messages.pages import TEXT_DOORS
from messages.trouble import Later
from training import phones
from training.asking import Outcome, Question
from training.people import display_name, named

# Longer numbers are telephones.
LONGEST_BADGE = 6


def link_phone(question: Question, asked: Asked) -> Answered:
    """A code for the next minutes, and what sending it means. Kept without the code."""
    numbers = _numbers(question)
    if not numbers or question.channel in TEXT_DOORS:
        return not_yet(question, asked, Later.LINK)
    asker = question.asker
    whose, name = asker.person_id, ""
    if badge := _badge(asked.text):
        found = named(question, badge).found
        if [each.person_id for each in found] != [asker.person_id]:
            if not coordinates(question) or len(found) != 1:
                return refuse(question, asked)
            whose, name = found[0].person_id, display_name(found[0])
    code = phones.new_code()

    def keep(writer: Writer) -> Iterable[AuditDraft]:
        phones.keep_code(writer, question.office.keys, whose, code)
        return ()

    facts = say.CodeFacts(
        agency=asker.agency_name,
        name=name,
        code=code,
        number=numbers[0] if len(numbers) == 1 and numbers[0][:1] in "+0123456789" else "",
        minutes=int(phones.CODE_LASTS.total_seconds() // 60),
    )
    data = {"for": whose} if name else {}
    answered = finish(say.phone_code(facts, asked.words), Outcome(kind="", does=keep, data=data))
    return replace(answered, kept=say.phone_code_kept(asked.words))


def _badge(text: str) -> str:
    """The badge of whoever the phone is; a telephone number is none."""
    numbers = [word.strip(".,?!#") for word in text.split()]
    return next((each for each in numbers if each.isdecimal() and len(each) <= LONGEST_BADGE), "")


def _numbers(question: Question) -> list[str]:
    """Our own numbers or services, as far as they are known to be the agency's."""
    doors = agencies.doors(question.conn, question.agency_id)
    return [each.fact.address for each in doors if each.fact.channel == phones.CHANNEL]


ROUTES = (Route(name="link-phone", handle=link_phone, may_use=everyone, intents=("link_identity",)),)
