"""A request for training as whoever asks reads of it: what was found, what it does, how it stands, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.class_values import ClassValues, class_days, line_after, single_days, title_of, values_line
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Message, Note, Paragraph, Part
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words, named

# What is still to be said of training that is in no calendar; the catalogue holds ``request-needed-<code>`` for each.
Needed = Literal["title", "dates", "place", "costs"]
# Why a value is asked for once more.
RequestProblem = Literal["backwards", "past", "too-dear"]
RequestCode = Literal[
    "answered",
    "appealed",
    "appealed-before",
    "describe",
    "nobody-of-that-name",
    "no-class",
    "no-draft",
    "no-question",
    "none",
    "not-now",
    "not-open",
    "nothing-changed",
    "nothing-denied",
    "unread-change",
    "words-too-long",
    "withdrawn",
    "withdrawn-before",
]
# How a version came: for the first time, with other values, or again after an end.
SentCode = Literal["sent", "changed", "again"]
# How much of somebody's words a chat shows.
WORDS_ROOM = 300


def called(number: int) -> str:
    """What people say."""
    return f"R-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFacts:
    """Classes that may be meant, in the order in which they are chosen from, and how many more there are."""

    classes: tuple[ClassValues, ...]
    more: int = 0
    changes: int = 0  # the request that one of them is to be put into


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFacts:
    """What the class does. ``counts`` of ``toward``; ``over``: it has more hours than are owed."""

    counts: Decimal | None = None
    toward: Decimal | None = None
    over: bool = False
    closes: tuple[str, ...] = ()
    leaves_open: tuple[str, ...] = ()
    shifts: tuple[date, ...] = ()
    on_leave: bool = False
    in_court: tuple[date, ...] = ()
    no_seat: bool = False
    closed_on: date | None = None  # the last day of registration, where it is over


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """A request that is not sent. ``whom``: for whom it is entered, empty for oneself."""

    number: int
    values: ClassValues
    effects: EffectFacts
    missing: tuple[Needed, ...] = ()
    problem: RequestProblem | None = None
    whom: str = ""
    reminds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFacts:
    """A request on its way. ``people`` decide its steps, in order; ``for_cost`` are steps that are about the money.

    ``changes`` are lines of what is another value now; ``void`` how many approvals hold no more.
    """

    number: int
    code: SentCode
    people: tuple[str, ...]
    for_cost: tuple[bool, ...] = ()
    whom: str = ""
    changes: tuple[str, ...] = ()
    void: int = 0
    no_seat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """One thing that was done with it. ``words`` are the person's own."""

    act: str
    at: datetime
    who: str = ""
    step: int = 0
    words: str = ""


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
    acts: tuple[ActFacts, ...] = ()
    acts_open: frozenset[str] = frozenset()
    whom: str = ""
    by: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """A page of requests; ``waiting``: those that nobody sent, for whoever keeps the training records."""

    requests: tuple[RequestFacts, ...]
    page: int = 1
    lines: int = 10
    waiting: bool = False


def found(facts: FoundFacts, words: Words) -> Message:
    """The classes that may be meant, each with its number to reply."""
    said = []
    for place, each in enumerate(facts.classes, start=1):
        before = facts.classes[place - 2] if place > 1 else None
        line = values_line(each, words) if before is None else line_after(each, before, words)
        said.append(words.say("request-choice", place=place, values=line))
    total = len(facts.classes) + facts.more
    if facts.more:
        text = words.say("request-found-first", n=total, shown=len(facts.classes), classes="; ".join(said))
    else:
        text = words.say("request-found", n=total, classes="; ".join(said))
    numbers = [str(place) for place in range(1, len(facts.classes) + 1)]
    asks = words.say("request-choose", numbers=wording.listed(numbers))
    if facts.changes:
        asks = words.say(
            "request-choose-change", request=called(facts.changes), number=facts.classes[0].number or 0
        )
    actions = tuple(_choice(facts, each, place, words) for place, each in enumerate(facts.classes, start=1))
    another = Button(
        words.say("request-another-label"), "request-form", "", words.say("request-another-typed")
    )
    return Message(
        kind=MessageKind.REQUEST_FOUND,
        title=words.say("request-found-title"),
        body=(Paragraph(text), Paragraph(asks)),
        sms=(Clause(text), Clause(asks)),
        actions=actions if facts.changes else (*actions, another),
    )


def _choice(facts: FoundFacts, one: ClassValues, place: int, words: Words) -> Button:
    label = words.say("request-choose-label", place=place)
    if not facts.changes:
        return Button(label, "request-new", str(one.number), str(place))
    request = called(facts.changes)
    typed = words.say("request-choose-change-typed", request=request, number=one.number or 0)
    return Button(label, "request-change", f"{facts.changes}/{one.number}", typed)


def drafted(facts: DraftFacts, words: Words) -> Message:
    """The request with its number: what it asks for, what it does, and the one thing that is still asked."""
    number = called(facts.number)
    line = values_line(facts.values, words)
    lead = "request-still-waits" if facts.reminds else "request-begun-for" if facts.whom else "request-begun"
    known = {"request": number, "values": line, "whom": facts.whom}
    head = words.say(lead, **named(words.sentence(lead), known))
    effects = _effects(facts.effects, words, other=bool(facts.whom))
    asks = _asks(facts, words)
    return Message(
        kind=MessageKind.REQUEST,
        title=words.say("request-title", request=number),
        body=(
            Paragraph(head),
            *((Paragraph(" ".join(text for text, _ in effects)),) if effects else ()),
            Paragraph(asks),
        ),
        sms=(Clause(head), *(Clause(text, priority) for text, priority in effects), Clause(asks)),
        actions=_draft_actions(facts, words),
    )


def _asks(facts: DraftFacts, words: Words) -> str:
    if facts.problem is not None:
        return words.say(f"request-problem-{facts.problem}")
    if not facts.missing:
        return words.say("request-why-other" if facts.whom else "request-why")
    needed = wording.listed([words.say(f"request-needed-{each}") for each in facts.missing])
    example = wording.listed([words.say(f"request-example-{each}") for each in facts.missing])
    return words.say("request-needed", values=needed, example=example)


def _draft_actions(facts: DraftFacts, words: Words) -> tuple[Button, ...]:
    number = str(facts.number)
    first = _button("reason", facts.number, words) if not facts.missing else None
    form = Button(
        words.say("request-form-label"),
        "request-form",
        number,
        words.say("request-change-typed", request=called(facts.number)),
    )
    rest = (form, _button("withdraw", facts.number, words))
    return rest if first is None else (first, *rest)


ActName = Literal["withdraw", "change", "appeal", "again", "answer", "reason"]


def _button(name: ActName, number: int, words: Words) -> Button:
    return Button(
        words.say(f"request-{name}-label"),
        f"request-{name}",
        str(number),
        words.say(f"request-{name}-typed", request=called(number)),
    )


def _effects(facts: EffectFacts, words: Words, *, other: bool) -> list[tuple[str, int]]:
    """What the class does, each with the priority of its clause."""
    said: list[tuple[str, int]] = []
    if facts.counts is not None and facts.toward is not None:
        code = "nothing" if not facts.counts else "over" if facts.over else "all"
        key = f"request-counts-{code}-other" if other else f"request-counts-{code}"
        known = {
            "hours": wording.hours(facts.counts, words),
            "total": wording.number(facts.toward),
        }
        said.append((words.say(key, **named(words.sentence(key), known)), 1))
    if facts.closes:
        said.append((words.say("request-closes", duties=wording.listed(facts.closes)), 2))
    if facts.leaves_open:
        said.append((words.say("request-does-not-close", duties=wording.listed(facts.leaves_open)), 3))
    if facts.shifts:
        key = "request-shifts-other" if other else "request-shifts"
        said.append((words.say(key, n=len(facts.shifts)), 1))
    if facts.on_leave:
        said.append((words.say("request-on-leave-other" if other else "request-on-leave"), 1))
    if facts.in_court:
        key = "request-in-court-other" if other else "request-in-court"
        said.append((words.say(key, days=single_days(facts.in_court, words)), 1))
    if facts.no_seat:
        said.append((words.say("request-no-seat"), 1))
    if facts.closed_on is not None:
        day = class_days(facts.closed_on, facts.closed_on, words)
        said.append((words.say("request-registration-over", day=day), 1))
    return said


def sent(facts: SentFacts, words: Words) -> Message:
    """The receipt: with whom it is, who comes after, and that its asker hears of it either way."""
    number = called(facts.number)
    texts = []
    if facts.code == "changed":
        changes = "; ".join(facts.changes)
        texts.append(words.say("request-changed", request=number, changes=changes))
        if facts.void:
            texts.append(words.say_many("request-void", facts.void))
    texts.append(_way(facts, words))
    if facts.no_seat:
        texts.append(words.say("request-no-seat"))
    texts.append(
        words.say("request-told-other", whom=facts.whom) if facts.whom else words.say("request-told")
    )
    return Message(
        kind=MessageKind.REQUEST_SENT,
        title=words.say("request-title", request=number),
        body=(Paragraph(" ".join(texts)),),
        sms=tuple(Clause(each, 0 if place < 2 else 1) for place, each in enumerate(texts)),
        actions=(_show(facts.number, words), _button("withdraw", facts.number, words)),
    )


def _way(facts: SentFacts, words: Words) -> str:
    number = called(facts.number)
    first, *following = [shortened(each, NAME_ROOM) for each in facts.people] or [""]
    if not first:
        return words.say("request-sent-nobody", request=number)
    if not following:
        only = f"request-{facts.code}-one"
        return words.say(only, **named(words.sentence(only), {"request": number, "name": first}))
    costs = [*facts.for_cost, *([False] * len(facts.people))][1 : len(following) + 1]
    then = [
        words.say("request-then-cost" if cost else "request-then", name=name)
        for name, cost in zip(following, costs, strict=True)
    ]
    key = "request-changed-way" if facts.code == "changed" else f"request-{facts.code}"
    known = {
        "request": number,
        "name": first,
        "steps": len(facts.people),
        "then": wording.listed(then),
    }
    return words.say(key, **named(words.sentence(key), known))


def _show(number: int, words: Words) -> Button:
    return Button(
        words.say("request-show-label", request=called(number)), "request", str(number), called(number)
    )


def change_line(name: str, before: str, after: str, words: Words) -> str:
    """``place: Duluth -> St. Cloud``."""
    if not before:
        return words.say("request-change-new", name=name, after=after)
    return words.say("request-change-line", name=name, before=before, after=after or "-")


def standing(facts: RequestFacts, words: Words) -> Message:
    """How it stands, everything that was decided with who, when and why, and what can be done."""
    number = called(facts.number)
    line = values_line(facts.values, words)
    head = words.say("request-stands", request=number, stands=stage_text(facts, words))
    body: list[Part] = [Paragraph(head), Paragraph(wording.sentence(line))]
    clauses = [Clause(head), Clause(wording.sentence(line), 2)]
    if facts.whom:
        key = "request-for-by" if facts.by else "request-for"
        known = {"name": facts.whom, "by": facts.by}
        text = words.say(key, **named(words.sentence(key), known))
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
        rows = tuple(Fact(wording.moment(each.at, words), text) for text, each in decided)
        body.append(Facts(rows, words.say("request-history")))
        clauses += [
            Clause(words.say("request-act-when", act=text, when=wording.moment(each.at, words)), 1)
            for text, each in decided
            if each.words or each.step
        ]
    actions = tuple(_button(each, facts.number, words) for each in _open_acts(facts))
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
    key = f"request-is-{facts.stage}"
    return words.say(key, **named(words.sentence(key), known))


def act_text(facts: ActFacts, words: Words) -> str:
    """``Step 1 approved by Sgt. Okafor: "staffing at minimum".``"""
    done = words.say(f"request-act-{facts.act}")
    who = shortened(facts.who, NAME_ROOM)
    text = words.say("request-act-by", act=done, name=who) if who else done
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


def mine(facts: ListFacts, words: Words) -> Message:
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
        actions=(*(_show(each.number, words) for each in shown), *forward.actions),
    )


def _one_line(facts: RequestFacts, words: Words) -> str:
    stage = words.say(f"request-stage-{facts.stage}")
    title = title_of(facts.values, words)
    key = "requests-one-with" if facts.who else "requests-one"
    known = {"title": title, "stage": stage, "name": shortened(facts.who, NAME_ROOM)}
    text = words.say(key, **named(words.sentence(key), known))
    return words.say("requests-one-for", name=facts.whom, line=text) if facts.whom else text


def done(code: RequestCode, number: int, words: Words, *, name: str = "") -> Message:
    """What became of a wish about a request: ``request-done-<code>``."""
    key = f"request-done-{code}"
    known = {
        "request": called(number),
        "name": shortened(name, NAME_ROOM) or words.say("coordinator-unnamed"),
    }
    text = words.say(key, **named(words.sentence(key), known))
    replies = (Reply.STATUS, Reply.MENU)
    shown = (_show(number, words),) if number else ()
    return Message(
        kind=MessageKind.REQUEST_DONE,
        title=words.say("request-title", request=called(number)) if number else words.say("requests-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=(*shown, *buttons(replies, words)),
    )


def entered_for(number: int, by: str, values: ClassValues, words: Words) -> Message:
    """To somebody for whom training was asked: who did, for what, and that they may take it back."""
    text = words.say(
        "request-entered-for-you", request=called(number), by=by, values=values_line(values, words)
    )
    take_back = words.say("request-entered-withdraw", request=called(number))
    return Message(
        kind=MessageKind.REQUEST,
        title=words.say("request-title", request=called(number)),
        body=(Paragraph(text), Paragraph(take_back)),
        sms=(Clause(text), Clause(take_back)),
        actions=(_show(number, words), _button("withdraw", number, words)),
    )
