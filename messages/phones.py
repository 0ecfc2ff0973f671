"""What is said about phones: a code that travels by another door, a linked phone, and texts that have stopped."""

from dataclasses import dataclass
from enum import StrEnum

from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

# The version of what somebody agrees to by sending a code. Other words are another version.
NOTICE = "texts-2"


class Lost(StrEnum):
    """Why texts do not reach somebody any more."""

    OPTED_OUT = "opted-out"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code, where to send it, and how long. ``number`` is empty where there are several; ``name`` for oneself."""

    agency: str
    code: str
    number: str
    minutes: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailedFacts:
    """Whose code went by e-mail; ``why_not`` is empty when it did."""

    name: str
    minutes: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class LostFacts:
    """Whom texts no longer reach, why, and whether they can still be reached otherwise."""

    name: str
    why: Lost
    elsewhere: bool


def phone_code(facts: CodeFacts, words: Words) -> Message:
    """Shown where the person is known already; never sent to the phone itself."""
    given = {"code": facts.code, "minutes": str(facts.minutes)}
    head = (
        words.say("phone-code", number=facts.number, **given)
        if facts.number
        else words.say("phone-code-service", **given)
    )
    agrees = words.say("phone-code-agrees", agency=facts.agency)
    texts = [head, agrees]
    if facts.name:
        texts.insert(0, words.say("phone-code-for", name=shortened(facts.name, NAME_ROOM)))
    return Message(
        kind=MessageKind.PHONE_CODE,
        title=words.say("phone-code-title"),
        body=(*map(Paragraph, texts), Note(words.say("phone-code-once", notice=NOTICE))),
        sms=(Clause(head), Clause(agrees, 1)),
    )


def phone_code_letter(facts: CodeFacts, words: Words) -> Message:
    """The same by e-mail: the code and the agency's name, and nothing about whoever it goes to."""
    given = {"code": facts.code, "minutes": str(facts.minutes)}
    head = (
        words.say("phone-code", number=facts.number, **given)
        if facts.number
        else words.say("phone-code-service", **given)
    )
    texts = (
        words.say("phone-code-letter", agency=facts.agency),
        head,
        words.say("phone-code-agrees", agency=facts.agency),
        words.say("phone-code-letter-not"),
    )
    return Message(
        kind=MessageKind.PHONE_CODE_LETTER,
        title=words.say("phone-code-letter-title", agency=facts.agency),
        body=(*map(Paragraph, texts), Note(words.say("phone-code-once", notice=NOTICE))),
        sms=(Clause(head),),
    )


def phone_code_mailed(facts: MailedFacts, words: Words) -> Message:
    """To whoever asked for a letter to somebody, or to themselves: whether it is on its way."""
    name = shortened(facts.name, NAME_ROOM)
    if facts.why_not:
        text = words.say(f"phone-code-not-mailed-{facts.why_not}", name=name)
    else:
        text = words.say("phone-code-mailed", name=name, minutes=str(facts.minutes))
    return _plain(MessageKind.PHONE_CODE_MAILED, text)


def no_number(coordinator: str, words: Words, *, by_text: bool) -> Message:
    """Why there is no code: this phone is linked already, or there is no number to text one to; and what to do."""
    text = words.say(
        "phone-linked-here" if by_text else "phone-no-number", name=shortened(coordinator, NAME_ROOM)
    )
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.NO_NUMBER,
        title=words.say("phone-code-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def code_asked(agency: str, minutes: int, words: Words) -> Message:
    """To any number that is nobody's and asks for a code: the same to all of them."""
    return _plain(MessageKind.CODE_ASKED, words.say("code-asked", agency=agency, minutes=str(minutes)))


def phone_code_kept(words: Words) -> Message:
    """What is kept of that answer: a code is in nobody's archive."""
    return _plain(MessageKind.PHONE_CODE, words.say("phone-code-kept"))


def phone_linked(agency: str, words: Words) -> Message:
    """The first text to a phone: who writes, and how to end it. Nothing about anybody."""
    return _plain(MessageKind.PHONE_LINKED, words.say("phone-linked", agency=agency))


def code_wrong(agency: str, words: Words) -> Message:
    """To a number that is nobody's: where a code comes from."""
    return _plain(MessageKind.CODE_WRONG, words.say("code-wrong", agency=agency))


def texts_stopped(words: Words) -> Message:
    """To whoever wanted no more texts, where they can still be reached."""
    text = words.say("texts-stopped")
    return Message(
        kind=MessageKind.TEXTS_STOPPED,
        title=words.say("texts-stopped-title"),
        body=(Paragraph(text),),
        sms=(Clause(text),),
    )


def route_lost(facts: LostFacts, words: Words) -> Message:
    """To the coordinator: one way to somebody is closed, and whether there is another."""
    head = words.say(f"route-lost-{facts.why.value}", name=shortened(facts.name, NAME_ROOM))
    rest = words.say("route-lost-elsewhere" if facts.elsewhere else "route-lost-nowhere")
    return Message(
        kind=MessageKind.ROUTE_LOST,
        title=words.say("route-lost-title"),
        body=(Paragraph(head), Paragraph(rest)),
        sms=(Clause(head), Clause(rest, 1)),
    )


def texts_used_up(count: int, words: Words) -> Message:
    """To the coordinator, once a month: the most that was set is sent."""
    text = words.say("texts-used-up", count=str(count))
    return Message(
        kind=MessageKind.TEXTS_USED_UP,
        title=words.say("texts-used-up-title"),
        body=(Paragraph(text),),
        sms=(Clause(text),),
    )


def _plain(kind: MessageKind, text: str) -> Message:
    return Message(kind=kind, title="", body=(Paragraph(text),), sms=(Clause(text),))
