"""How fast certificates went on record and how carefully: figures of groups, each with what it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFiguresFacts:
    """The figures of ``days`` up to ``at``. None where fewer than ``smallest`` people stand behind a figure."""

    days: int
    at: datetime
    recorded: int
    smallest: int
    median: Decimal | None = None
    ninetieth: Decimal | None = None
    hasty: int | None = None
    looked: int | None = None
    differing: int | None = None


def figures(facts: CertificateFiguresFacts, words: Words) -> Message:
    """How many, how fast, how hasty, how often a second look differed; what is not shown says why."""
    head = words.say_many("certificate-figures-head", facts.recorded, days=wording.days(facts.days, words))
    sentences = [_times(facts, words), _haste(facts, words), _looks(facts, words)] if facts.recorded else []
    as_of = words.say("certificate-figures-as-of", when=wording.moment_with_weekday(facts.at, words))
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.CERTIFICATE_FIGURES,
        title=words.say("certificate-figures-title"),
        body=(
            Paragraph(head),
            *(Paragraph(each) for each in sentences),
            Note(as_of),
            Note(words.say("certificate-figures-rule")),
        ),
        sms=(
            Clause(head),
            *(Clause(each, place) for place, each in enumerate(sentences, start=1)),
            Clause(as_of, 1),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _times(facts: CertificateFiguresFacts, words: Words) -> str:
    if facts.median is None or facts.ninetieth is None:
        return words.say("certificate-figures-times-unshown", smallest=facts.smallest)
    return words.say(
        "certificate-figures-times",
        median=_span(facts.median, words),
        ninetieth=_span(facts.ninetieth, words),
    )


def _span(seconds: Decimal, words: Words) -> str:
    return wording.lasting(timedelta(milliseconds=int(seconds * 1000)), words)


def _haste(facts: CertificateFiguresFacts, words: Words) -> str:
    if facts.hasty is None:
        return words.say("certificate-figures-hasty-unshown", smallest=facts.smallest)
    return words.say("certificate-figures-hasty", n=facts.hasty, of=facts.recorded)


def _looks(facts: CertificateFiguresFacts, words: Words) -> str:
    if facts.looked is None or facts.differing is None:
        return words.say("certificate-figures-looks-unshown", smallest=facts.smallest)
    return words.say(
        "certificate-figures-looks",
        differing=facts.differing,
        of=facts.looked,
        percent=wording.percent(facts.differing * 100 // facts.looked, words),
    )
