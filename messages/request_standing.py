"""How a request for training stands, in full or as a line of a list: with whom it is, and what was decided, by whom and
why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.answer import NAME_ROOM
from messages.class_values import ClassValues, title_of, values_line
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Message, Note, Paragraph, Part
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.requests import ActName, act_button, called, show_button
from messages.words import Words, named

# How much of somebody's words a chat shows.
WORDS_ROOM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestActFacts:
    """One thing that was done with it. ``words`` are the person's own; ``file`` did it where nobody did by hand.

    ``alone``: they noted it for themselves, because nobody else of the agency could.
    """

    act: str
    at: datetime
    who: str = ""
    step: int = 0
    words: str = ""
    file: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """One request as it stands. ``who`` has the next word, or took the decision; ``own``: its reader asked for it."""

    number: int
    stage: str
    values: ClassValues
    since: datetime
    who: str = ""
    step: int = 0
    steps: int = 0
    reason: str = ""
    acts: tuple[RequestActFacts, ...] = ()
    acts_open: frozenset[str] = frozenset()
    whom: str = ""
    by: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestListFacts:
    """A page of requests; ``waiting``: those that nobody sent, for whoever keeps the training records."""

    requests: tuple[RequestFacts, ...]
    page: int = 1
    lines: int = 10
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class OpenQuestionFacts:
    """What somebody who decides asked about a request of the reader's."""

    number: int
    who: str
    words: str


def standing(facts: RequestFacts, words: Words) -> Message:
    """How it stands, everything that was decided with who, when and why, and what can be done."""
    number = called(facts.number)
    line = values_line(facts.values, words)
    head = words.say("request-stands", request=number, stands=stage_text(facts, words))
    body: list[Part] = [Paragraph(head), Paragraph(wording.sentence(line))]
    clauses = [Clause(head), Clause(wording.sentence(line), 2)]
    if facts.whom:
        if facts.by:
            text = words.say("request-for-by", name=facts.whom, by=facts.by)
        else:
            text = words.say("request-for", name=facts.whom)
        body.append(Paragraph(text))
        clauses.append(Clause(text, 3))
    elif facts.by:
        text = words.say("request-entered-by", by=facts.by)
        body.append(Paragraph(text))
        clauses.append(Clause(text, 3))
    if facts.reason:
        reason = words.say("request-reason", words=quoted(facts.reason, WORDS_ROOM))
        body.append(Paragraph(reason))
        clauses.append(Clause(reason, 4))
    decided = [(act_text(each, words), each) for each in facts.acts]
    if decided:
        body.append(history(facts.acts, words))
        clauses += [
            Clause(words.say("request-act-when", act=text, when=wording.moment(each.at, words)), 1)
            for text, each in decided
            if each.words or each.step
        ]
    actions = tuple(act_button(each, facts.number, words) for each in _open_acts(facts))
    if actions:
        clauses.append(Clause(words.say("reply-with", options=_typed(actions, words))))
    else:
        clauses.append(reply_clause((Reply.STATUS, Reply.MENU), words))
    return Message(
        kind=MessageKind.REQUEST,
        title=words.say("request-title", request=number),
        body=tuple(body),
        sms=tuple(clauses),
        actions=actions or buttons((Reply.STATUS, Reply.MENU), words),
    )


def history(acts: Sequence[RequestActFacts], words: Words) -> Facts:
    """What was done with it, each with when, by whom and in what words."""
    rows = tuple(Fact(wording.moment(each.at, words), act_text(each, words)) for each in acts)
    return Facts(rows, words.say("request-history"))


def _typed(actions: Sequence[Button], words: Words) -> str:
    return wording.joined_or([each.typed for each in actions], words)


ORDER: tuple[ActName, ...] = ("reason", "answer", "appeal", "again", "change", "withdraw")


def _open_acts(facts: RequestFacts) -> tuple[ActName, ...]:
    return tuple(each for each in ORDER if each in facts.acts_open)


def stage_text(facts: RequestFacts, words: Words) -> str:
    """``It is with Sgt. Okafor since Mar 2 2027 14:12 (step 1 of 2).``"""
    who = shortened(facts.who, NAME_ROOM) or words.say("coordinator-unnamed")
    known: dict[str, object] = {
        "name": who,
        "when": wording.moment(facts.since, words),
        "step": facts.step,
        "steps": facts.steps,
    }
    return words.say(f"request-is-{facts.stage}", **named(words.sentence(f"request-is-{facts.stage}"), known))


def act_text(facts: RequestActFacts, words: Words) -> str:
    """``step 1 approved by Sgt. Okafor: "staffing at minimum".``"""
    done = words.say(f"request-act-{facts.act}")
    who = shortened(facts.who, NAME_ROOM)
    if facts.file and not who:
        who = words.say("request-act-file", file=wording.echoed(shortened(facts.file, NAME_ROOM)))
    text = words.say("request-act-by", act=done, name=who) if who else done
    if facts.alone:
        text = words.say("request-act-alone", act=text)
    if facts.step:
        text = words.say("request-act-step", step=facts.step, act=text)
    return (
        words.say("request-act-words", act=text, words=quoted(facts.words, WORDS_ROOM))
        if facts.words
        else text
    )


def quoted(text: str, room: int) -> str:
    """Somebody's own words as they are said back."""
    return wording.echoed(shortened(" ".join(text.split()), room))


def mine(facts: RequestListFacts, words: Words) -> Message:
    """Requests, the newest first: each by its number, with how it stands."""
    pages = Pages(total=len(facts.requests), lines=facts.lines, asked=facts.page)
    kind = MessageKind.REQUESTS
    title = words.say("requests-waiting-title" if facts.waiting else "requests-title")
    if not facts.requests:
        text = words.say("requests-none-waiting" if facts.waiting else "requests-none")
        replies = (Reply.NEXT, Reply.MENU)
        return Message(
            kind=kind,
            title=title,
            body=(Paragraph(text),),
            sms=(Clause(text), reply_clause(replies, words)),
            actions=buttons(replies, words),
        )
    shown = pages.of(facts.requests)
    lines = [_one_line(each, words) for each in shown]
    head = words.say_many("requests-waiting" if facts.waiting else "requests-count", len(facts.requests))
    rows = tuple(Fact(called(each.number), line) for each, line in zip(shown, lines, strict=True))
    forward = onward(pages.page, words, is_last=pages.is_last)
    note = words.say("requests-ask", request=called(shown[0].number))
    return Message(
        kind=kind,
        title=title,
        body=(Paragraph(head), Facts(rows), Note(note)),
        sms=(
            Clause(head),
            *(
                Clause(words.say("requests-line", request=called(each.number), stands=line))
                for each, line in zip(shown, lines, strict=True)
            ),
            forward.clause,
        ),
        actions=(*(show_button(each.number, words) for each in shown), *forward.actions),
    )


def asked_text(facts: OpenQuestionFacts, words: Words) -> str:
    """``Sgt. Okafor asks about R-1042: "can you swap the 10th?". Reply ANSWER R-1042 and your answer.``"""
    number = called(facts.number)
    who = shortened(facts.who, NAME_ROOM) or words.say("coordinator-unnamed")
    said = words.say("approval-news-asked", name=who, request=number, words=quoted(facts.words, WORDS_ROOM))
    return f"{said} {words.say('approval-news-answer', request=number)}"


def asked(facts: Sequence[OpenQuestionFacts], words: Words) -> Message:
    """What waits for the reader's answer; nothing of what they wrote was passed on."""
    lead = words.say_many("request-asked", len(facts))
    texts = [asked_text(each, words) for each in facts]
    return Message(
        kind=MessageKind.REQUEST,
        title=words.say("requests-title"),
        body=(Paragraph(lead), *(Paragraph(each) for each in texts)),
        sms=(Clause(lead), *(Clause(each, min(place, 4)) for place, each in enumerate(texts))),
        actions=(
            *(act_button("answer", each.number, words) for each in facts),
            *buttons((Reply.MENU,), words),
        ),
    )


def _one_line(facts: RequestFacts, words: Words) -> str:
    stage = words.say(f"request-stage-{facts.stage}")
    title = title_of(facts.values, words)
    if facts.who:
        text = words.say("requests-one-with", title=title, stage=stage, name=shortened(facts.who, NAME_ROOM))
    else:
        text = words.say("requests-one", title=title, stage=stage)
    return words.say("requests-one-for", name=facts.whom, line=text) if facts.whom else text
