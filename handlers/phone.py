"""A phone is linked by a code that is shown where the person is known already, and texted from the phone."""

from collections.abc import Iterable
from dataclasses import replace

from db.queries import agencies
from db.records.audit import AuditDraft
from db.unit_of_work import Writer
from handlers.later import not_yet
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages import phones as say
from messages.pages import TEXT_DOORS
from messages.trouble import Later
from training import phones
from training.asking import Outcome, Question


def link_phone(question: Question, asked: Asked) -> Answered:
    """A code for the next minutes, and what sending it means. Kept without the code."""
    numbers = _numbers(question)
    if not numbers or question.channel in TEXT_DOORS:
        return not_yet(question, asked, Later.LINK)
    code, asker = phones.new_code(), question.asker

    def keep(writer: Writer) -> Iterable[AuditDraft]:
        phones.keep_code(writer, question.office.keys, asker.person_id, code)
        return ()

    facts = say.CodeFacts(
        agency=asker.agency_name,
        code=code,
        number=numbers[0] if len(numbers) == 1 and numbers[0][:1] in "+0123456789" else "",
        minutes=int(phones.CODE_LASTS.total_seconds() // 60),
    )
    answered = finish(say.phone_code(facts, asked.words), Outcome(kind="", does=keep))
    return replace(answered, kept=say.phone_code_kept(asked.words))


def _numbers(question: Question) -> list[str]:
    """Our own numbers or services, as far as they are known to be the agency's."""
    doors = agencies.doors(question.conn, question.agency_id)
    return [each.fact.address for each in doors if each.fact.channel == phones.CHANNEL]


ROUTES = (Route(name="link-phone", handle=link_phone, may_use=everyone, intents=("link_identity",)),)
