"""Requests that wait for a decision: the reader's own with their number and age, and all of them for whoever
coordinates."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from messages import wording
from messages.answer import NAME_ROOM
from messages.approvals import called, opening
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Table
from messages.pages import Pages
from messages.replies import Reply, onward
from messages.request_standing import OpenQuestionFacts, asked_text
from messages.requests import act_button
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsLine:
    """One that waits. ``holder`` decides it, empty for the reader; ``unreached``: no way leads to them."""

    number: int
    who: str
    title: str
    since: datetime
    days: int
    register_by: date | None = None
    holder: str = ""
    unreached: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsFacts:
    """``own`` wait for the reader, for ``median`` days in the middle; ``others`` with somebody else. ``questions`` wait
    for the reader's answer."""

    own: tuple[ApprovalsLine, ...]
    others: tuple[ApprovalsLine, ...] = ()
    questions: tuple[OpenQuestionFacts, ...] = ()
    median: int = 0
    page: int = 1
    lines: int = 10


def queue(facts: ApprovalsFacts, words: Words) -> Message:
    """The oldest first; the reader's own before everybody else's."""
    listed = (*facts.own, *facts.others)
    pages = Pages(len(listed), facts.lines, facts.page)
    shown = pages.of(listed)
    age = wording.days(facts.median, words) if facts.median else words.say("age-today")
    head = (
        words.say_many("approvals-waiting", len(facts.own), days=age)
        if facts.own
        else words.say("approvals-none")
    )
    others = words.say_many("approvals-others", len(facts.others)) if facts.others else ""
    asked = [asked_text(each, words) for each in facts.questions] if pages.page == 1 else []
    columns = (
        words.say("approvals-column-since"),
        words.say("column-who"),
        words.say("approvals-column-class"),
        words.say("approvals-column-with"),
        words.say("approvals-column-by"),
        words.say("approvals-column-request"),
    )
    rows = tuple(_row(each, words) for each in shown)
    opens = tuple(
        Button(
            called(each.number),
            "open-request",
            str(each.number),
            words.say("approval-open-typed", request=called(each.number)),
        )
        for each in shown
    )
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    return Message(
        kind=MessageKind.APPROVALS,
        title=words.say("approvals-title"),
        body=(
            *(Paragraph(each) for each in asked),
            Paragraph(head),
            *((Paragraph(others),) if others else ()),
            *((Table("", columns, rows, opens),) if rows else ()),
            *((Note(words.say("approvals-how", request=called(shown[0].number))),) if shown else ()),
        ),
        sms=(
            *(Clause(each) for each in asked),
            Clause(head),
            *((Clause(others, 1),) if others else ()),
            *(
                Clause(words.say("approvals-line", request=called(each.number), line=_text(each, words)), 2)
                for each in shown
            ),
            way.clause,
        ),
        actions=(*(act_button("answer", each.number, words) for each in facts.questions), *way.actions),
    )


def one_by_one(message: Message, first: int, words: Words) -> Message:
    """The list, after why nothing of it is decided at once. ``first``: the request to begin with; 0 where none is."""
    text = words.say("approvals-one-by-one")
    if not first:
        return replace(message, body=(Paragraph(text), *message.body), sms=(Clause(text), *message.sms))
    request = called(first)
    how = words.say("approvals-begin", how=words.say("approval-open-typed", request=request))
    lead = f"{text} {how}"
    opens = opening(first, words)
    return replace(
        message,
        body=(Paragraph(lead), *message.body),
        sms=(Clause(lead), *message.sms),
        actions=(opens, *message.actions),
    )


def _row(line: ApprovalsLine, words: Words) -> tuple[str, ...]:
    return (
        wording.moment(line.since, words),
        shortened(line.who, NAME_ROOM),
        line.title,
        _with(line, words),
        wording.day_with_year(line.register_by, words) if line.register_by is not None else "",
        called(line.number),
    )


def _with(line: ApprovalsLine, words: Words) -> str:
    if not line.holder:
        return words.say("approvals-with-you-asked" if line.asked else "approvals-with-you")
    name = shortened(line.holder, NAME_ROOM)
    return words.say("approvals-with-unreached", name=name) if line.unreached else name


def _text(line: ApprovalsLine, words: Words) -> str:
    name = shortened(line.who, NAME_ROOM)
    days = wording.days(line.days, words) if line.days else words.say("age-today")
    if line.register_by is not None:
        day = wording.day_with_year(line.register_by, words)
        return words.say("approvals-text-closes", name=name, title=line.title, days=days, day=day)
    return words.say("approvals-text", name=name, title=line.title, days=days)
