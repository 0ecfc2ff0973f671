"""When there is no answer: not understood, not built yet, broken, or not for us at all."""

from dataclasses import dataclass, replace
from enum import StrEnum

from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from messages.replies import Reply, buttons, reply_clause, typed
from messages.tickets import TicketOpenedFacts, opened_text
from messages.words import Words

# After this many in a row a person is offered instead of another guess.
FAILURES_BEFORE_HUMAN = 2


class Later(StrEnum):
    """What Rollcall does not do yet; each has ``later-<value>`` with what to do instead.

    ``later-<value>-desk`` is for whoever coordinates: they are not sent to themselves. Only a doubt about their own
    record is somebody else's to settle.
    """

    DISPUTE = "dispute"
    POLICY = "policy"
    REMINDERS = "reminders"
    REPORT = "report"
    EXPENSE = "expense"
    INCIDENT = "incident"
    ROSTER = "roster"


class OutOfScope(StrEnum):
    """Why a text is not for the training desk."""

    OTHER = "other"
    ABUSE = "abuse"  # an insult, to us or to nobody


class Outside(StrEnum):
    """Why somebody is not talked with; each is one sentence in which nobody is named."""

    UNKNOWN = "unknown"
    LEFT = "left"
    ASKED = "asked"  # whose account it is was asked of the coordinator
    PILOT = "pilot"  # Rollcall talks with a named group first
    SHARED = "shared"  # a phone that many use, on which nobody is logged in


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstoodFacts:
    """``suggestion`` is what the text may have meant; ``failures`` counts misses in a row, with this one."""

    coordinator: str
    failures: int = 1
    suggestion: Reply | None = None


@dataclass(frozen=True, slots=True)
class NotYetAvailableFacts:
    """What was asked for, who does it today, and the ticket that was opened for it. ``at_desk``: the asker does it."""

    feature: Later
    coordinator: str
    opened: TicketOpenedFacts | None = None
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class UnaskedFacts:
    """Whether the asker decides or answers for others, and so hears of what waits for them."""

    decides: bool = False


@dataclass(frozen=True, slots=True)
class OutOfScopeFacts:
    """Why the text is not for the training desk."""

    reason: OutOfScope = OutOfScope.OTHER
    coordinator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFacts:
    """Our fault; ``reference`` is what to quote, never a technical text."""

    reference: str
    coordinator: str


@dataclass(frozen=True, slots=True)
class UnknownSenderFacts:
    """A sender we cannot match: the answer holds nothing about anybody."""

    agency: str


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    """The agency's own peer support, when it has entered one."""

    peer_support: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistressFacts:
    """Who gets in touch if the person asks for it, nobody for a stranger; the agency's own peer support."""

    coordinator: str = ""
    peer_support: str = ""


def not_understood(facts: NotUnderstoodFacts, words: Words) -> Message:
    """One suggestion; a guess is never acted on."""
    lead = words.say("not-understood")
    clauses = [Clause(lead)]
    replies: tuple[Reply, ...] = (Reply.STATUS, Reply.HELP)
    if facts.suggestion is not None:
        clauses.append(Clause(words.say("not-understood-suggestion", typed=typed(facts.suggestion, words))))
        replies = (facts.suggestion, Reply.HELP)
    if facts.failures >= FAILURES_BEFORE_HUMAN:
        clauses.append(
            Clause(words.say("not-understood-human", name=shortened(facts.coordinator, NAME_ROOM)))
        )
        replies = (*replies[:1], Reply.HUMAN)
    return Message(
        kind=MessageKind.NOT_UNDERSTOOD,
        title="",
        body=tuple(Paragraph(clause.text) for clause in clauses),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def not_yet_available(facts: NotYetAvailableFacts, words: Words) -> Message:
    """Plainly that it comes later, and what to do instead today."""
    if facts.at_desk and facts.feature is not Later.DISPUTE:
        text = words.say(f"later-{facts.feature.value}-desk")
    else:
        text = words.say(f"later-{facts.feature.value}", name=shortened(facts.coordinator, NAME_ROOM))
    texts = (text,) if facts.opened is None else (text, opened_text(facts.opened, words))
    replies = (Reply.STATUS, Reply.HUMAN if facts.opened is None else Reply.MENU)
    return _plain(MessageKind.NOT_YET_AVAILABLE, words.say("later-title"), texts, replies, words)


def unasked(facts: UnaskedFacts, words: Words) -> Message:
    """To whoever wants to be written to no more: what comes without a question, and how each of it ends."""
    texts = (
        words.say("unasked"),
        words.say("unasked-stop"),
        *((words.say("unasked-decides"),) if facts.decides else ()),
    )
    said = _plain(MessageKind.UNASKED, words.say("unasked-title"), texts, (Reply.STATUS, Reply.HUMAN), words)
    # What a chat tool can do and a phone cannot.
    return replace(said, body=(*said.body, Paragraph(words.say("unasked-mute"))))


def out_of_scope(facts: OutOfScopeFacts, words: Words) -> Message:
    """What the training desk is for, without arguing; to an insult, no lecture and a person."""
    if facts.reason is OutOfScope.ABUSE:
        name = shortened(facts.coordinator, NAME_ROOM)
        text = words.say("out-of-scope-abuse", name=name)
        return _plain(MessageKind.OUT_OF_SCOPE, "", (text,), (Reply.HUMAN, Reply.HELP), words)
    text = words.say(f"out-of-scope-{facts.reason.value}")
    return _plain(MessageKind.OUT_OF_SCOPE, "", (text,), (Reply.STATUS, Reply.HELP), words)


def broken(facts: BrokenFacts, words: Words) -> Message:
    """What happened to the person's work, and what to quote."""
    text = words.say("broken")
    who = words.say("broken-next", reference=facts.reference, name=shortened(facts.coordinator, NAME_ROOM))
    return _plain(
        MessageKind.BROKEN, words.say("broken-title"), (text, who), (Reply.STATUS, Reply.HUMAN), words
    )


def unknown_sender(facts: UnknownSenderFacts, words: Words) -> Message:
    """Nothing about anybody: only how to be linked."""
    text = words.say("unknown-sender", agency=facts.agency)
    return Message(kind=MessageKind.UNKNOWN_SENDER, title="", body=(Paragraph(text),), sms=(Clause(text),))


def access_ended(facts: UnknownSenderFacts, words: Words) -> Message:
    """To somebody who has left: where the record is now to be asked for."""
    text = words.say("after-leaving", agency=facts.agency)
    return Message(kind=MessageKind.ACCESS_ENDED, title="", body=(Paragraph(text),), sms=(Clause(text),))


def account_asked(facts: UnknownSenderFacts, words: Words) -> Message:
    """To somebody whose account may be several people's: that a person is asked, and nothing else."""
    text = words.say("account-asked", agency=facts.agency)
    return Message(kind=MessageKind.ACCOUNT_ASKED, title="", body=(Paragraph(text),), sms=(Clause(text),))


def outside_pilot(facts: UnknownSenderFacts, words: Words) -> Message:
    """To somebody who is not of the pilot: that it begins with others, and who to ask."""
    text = words.say("outside-pilot", agency=facts.agency)
    return Message(kind=MessageKind.OUTSIDE_PILOT, title="", body=(Paragraph(text),), sms=(Clause(text),))


def shared_locked(facts: UnknownSenderFacts, words: Words) -> Message:
    """To whoever holds a shared phone on which nobody is logged in: how that is done, and nothing about anybody."""
    text = words.say("shared-locked", agency=facts.agency)
    return Message(kind=MessageKind.SHARED_LOCKED, title="", body=(Paragraph(text),), sms=(Clause(text),))


def outside(why: Outside, facts: UnknownSenderFacts, words: Words) -> Message:
    """The one sentence to somebody who is not talked with."""
    match why:
        case Outside.UNKNOWN:
            return unknown_sender(facts, words)
        case Outside.LEFT:
            return access_ended(facts, words)
        case Outside.ASKED:
            return account_asked(facts, words)
        case Outside.PILOT:
            return outside_pilot(facts, words)
        case Outside.SHARED:
            return shared_locked(facts, words)


def slow_down(words: Words) -> Message:
    """To somebody who writes faster than anybody answers: it is kept, and nothing else is asked of them."""
    text = words.say("slow-down")
    return Message(kind=MessageKind.SLOW_DOWN, title="", body=(Paragraph(text),), sms=(Clause(text),))


def emergency(facts: EmergencyFacts, words: Words) -> Message:
    """Nobody watches this line: radio or 911, and support for the person."""
    text = words.say("emergency")
    support = words.say("emergency-support")
    texts = [text, support]
    if facts.peer_support:
        texts.append(words.say("emergency-peers", support=facts.peer_support))
    return Message(
        kind=MessageKind.EMERGENCY,
        title=words.say("emergency-title"),
        body=tuple(Paragraph(each) for each in texts),
        sms=(Clause(text), Clause(support), *(Clause(each, 1) for each in texts[2:])),
    )


def distress(facts: DistressFacts, words: Words) -> Message:
    """Whom one can reach now, what one word more does, and that nobody was told. It asks nothing."""
    now = words.say("distress")
    danger = words.say("distress-danger")
    peers = (words.say("emergency-peers", support=facts.peer_support),) if facts.peer_support else ()
    name = shortened(facts.coordinator, NAME_ROOM)
    private = (words.say("distress-human", name=name),) if name else ()
    return Message(
        # The same kind as any danger: the log does not tell one from the other.
        kind=MessageKind.EMERGENCY,
        title=words.say("distress-title"),
        body=tuple(Paragraph(each) for each in (now, danger, *peers, *private)),
        sms=(Clause(now), Clause(danger), *(Clause(each, 1) for each in (*peers, *private))),
        actions=buttons((Reply.HUMAN,), words) if name else (),
    )


def _plain(
    kind: MessageKind, title: str, texts: tuple[str, ...], replies: tuple[Reply, ...], words: Words
) -> Message:
    return Message(
        kind=kind,
        title=title,
        body=tuple(Paragraph(text) for text in texts),
        sms=(*(Clause(text, at) for at, text in enumerate(texts)), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )
