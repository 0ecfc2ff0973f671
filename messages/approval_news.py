"""What somebody hears about their own request from whoever decides it, and an approver about one that waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.approvals import called, own_words
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Message, Note, Paragraph
from messages.replies import Reply, button_clause, buttons
from messages.requests import ActName, act_button, show_button
from messages.words import Words, named

ApprovalNewsCode = Literal["approved", "denied", "denied-for-good", "asked", "handed"]
# What whoever asked may do about it at once.
ANSWERED_BY: Mapping[ApprovalNewsCode, ActName] = {"asked": "answer", "denied": "appeal"}
# More lines than these nobody reads on a phone.
MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalNewsFacts:
    """One decision, question or hand-over: ``approval-news-<code>``. ``whom`` is in whose place it was decided, and
    ``following`` is asked next."""

    code: ApprovalNewsCode
    number: int
    who: str = ""
    whom: str = ""
    step: int = 0
    steps: int = 0
    said: str = ""
    following: str = ""
    reverses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsFacts:
    """A request that waits for its reader; ``since`` and, where registration closes, the last day of it."""

    number: int
    who: str
    title: str
    since: datetime
    closes: str = ""
    days: int = 0


def to_requester(facts: ApprovalNewsFacts, words: Words) -> Message:
    """Said where it was asked."""
    request = called(facts.number)
    who = shortened(facts.who, NAME_ROOM) or words.say("coordinator-unnamed")
    if facts.whom:
        who = words.say("approval-by-for", name=who, whom=shortened(facts.whom, NAME_ROOM))
    known: dict[str, object] = {
        "request": request,
        "name": who,
        "step": facts.step,
        "steps": facts.steps,
        "words": own_words(facts.said),
        "next": shortened(facts.following, NAME_ROOM) or words.say("coordinator-unnamed"),
    }
    sentence = words.sentence(f"approval-news-{facts.code}")
    parts = [words.say(f"approval-news-{facts.code}", **named(sentence, known))]
    if facts.reverses:
        parts.append(words.say("approval-reverses"))
    if facts.code == "denied":
        parts.append(words.say("approval-news-appeal", request=request))
    elif facts.code == "asked":
        parts.append(words.say("approval-news-answer", request=request))
    answers = ANSWERED_BY.get(facts.code)
    shows = show_button(facts.number, words)
    first = () if answers is None else (act_button(answers, facts.number, words),)
    closing = () if first else (button_clause(shows, words),)
    return Message(
        kind=MessageKind.APPROVAL_NEWS,
        title=words.say("approval-title", request=request),
        body=(Paragraph(" ".join(parts)),),
        sms=(*(Clause(each) for each in parts), *closing),
        actions=(*first, shows, *buttons((Reply.MENU,), words)),
    )


def reminder(facts: WaitsFacts, words: Words) -> Message:
    """It waits for a decision, since when, and until when that helps."""
    request = called(facts.number)
    days = wording.days(facts.days, words)
    text = words.say(
        "approval-reminder",
        request=request,
        name=shortened(facts.who, NAME_ROOM),
        title=facts.title,
        days=days,
    )
    closes = words.say("approval-register-by", day=facts.closes) if facts.closes else ""
    opens = waiting_button(words)
    return Message(
        kind=MessageKind.APPROVAL_WAITS,
        title=words.say("approval-title", request=request),
        body=(Paragraph(text), *((Paragraph(closes),) if closes else ())),
        sms=(Clause(text), *((Clause(closes, 1),) if closes else ()), button_clause(opens, words)),
        actions=(opens, *buttons((Reply.MENU,), words)),
    )


def digest(facts: tuple[WaitsFacts, ...], words: Words) -> Message:
    """What more came today than is brought singly, in one list."""
    shown = facts[:MOST_LISTED]
    head = words.say_many("approval-digest", len(facts))
    rows = tuple(Fact(called(each.number), _line(each, words)) for each in shown)
    more = len(facts) - len(shown)
    opens = waiting_button(words)
    return Message(
        kind=MessageKind.APPROVAL_WAITS,
        title=words.say("approvals-title"),
        body=(
            Paragraph(head),
            Facts(rows),
            *((Note(words.say_many("approval-digest-more", more)),) if more else ()),
        ),
        sms=(
            Clause(head),
            *(
                Clause(words.say("approvals-line", request=called(each.number), line=_line(each, words)), 2)
                for each in shown
            ),
            button_clause(opens, words),
        ),
        actions=(opens, *buttons((Reply.MENU,), words)),
    )


def _line(facts: WaitsFacts, words: Words) -> str:
    name = shortened(facts.who, NAME_ROOM)
    if facts.closes:
        return words.say("approval-digest-line-closes", name=name, title=facts.title, day=facts.closes)
    return words.say("approval-digest-line", name=name, title=facts.title)


def waiting_button(words: Words) -> Button:
    """The list of what waits."""
    return Button(words.say("approvals-label"), "approvals", "", words.say("approvals-typed"))
