"""A request for training as whoever asks reads of it: what was found, what it does, how it stands, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from messages import wording
from messages.answer import NAME_ROOM
from messages.class_values import TITLE_ROOM, ClassValues, class_days, line_after, single_days, values_line
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words, named

# What is still to be said of training that is in no calendar; the catalogue holds ``request-needed-<code>`` for each.
Needed = Literal["title", "dates", "place", "costs"]
# Why a value is asked for once more.
RequestProblem = Literal["backwards", "no-such-day", "past", "rate", "too-dear", "weekday"]
RequestCode = Literal[
    "answered",
    "appealed",
    "appealed-before",
    "describe",
    "nobody-of-that-name",
    "no-class",
    "no-draft",
    "no-question",
    "no-reason",
    "none",
    "not-now",
    "not-open",
    "nothing-changed",
    "nothing-denied",
    "unread-change",
    "words-too-long",
    "withdrawn",
    "withdrawn-before",
    "withdrawn-unsent",
]
CODES = get_args(RequestCode)
# As much of what was written as is needed to know it again.
WRITTEN_ROOM = 40
# How a version came: for the first time, with other values, or again after an end.
SentCode = Literal["sent", "changed", "again"]


def called(number: int) -> str:
    """What people say."""
    return f"R-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFacts:
    """Classes that may be meant, in the order in which they are chosen from, and how many more there are."""

    classes: tuple[ClassValues, ...]
    more: int = 0
    changes: int = 0  # the request that one of them is to be put into
    problem: "ProblemFacts | None" = None  # why the day that was named is not looked for
    again: bool = False  # they were shown, and none of them was chosen


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
class ProblemFacts:
    """A value that is asked for once more: the words as they were written, or the days they come to."""

    code: RequestProblem
    written: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """A request that is not sent. ``whom``: for whom it is entered, empty for oneself."""

    number: int
    values: ClassValues
    effects: EffectFacts
    missing: tuple[Needed, ...] = ()
    problem: ProblemFacts | None = None
    whom: str = ""
    reminds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSentFacts:
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
    lead = [] if facts.problem is None else [_problem(facts.problem, words)]
    lead += [words.say("request-choose-one")] if facts.again else []
    actions = tuple(_choice(facts, each, place, words) for place, each in enumerate(facts.classes, start=1))
    another = Button(
        words.say("request-another-label"), "request-form", "", words.say("request-another-typed")
    )
    return Message(
        kind=MessageKind.REQUEST_FOUND,
        title=words.say("request-found-title"),
        body=(*(Paragraph(each) for each in lead), Paragraph(text), Paragraph(asks)),
        sms=(*(Clause(each) for each in lead), Clause(text), Clause(asks)),
        actions=actions if facts.changes else (*actions, another),
    )


def one_at_a_time(message: Message, others: Sequence[str], words: Words) -> Message:
    """The same about the first of several classes, with what asks for the next."""
    named = [wording.echoed(shortened(each, TITLE_ROOM)) for each in others]
    lead = words.say("request-one-at-a-time", n=len(named) + 1)
    then = words.say("request-then-next", others=wording.joined_or(named, words))
    return replace(
        message,
        body=(Paragraph(lead), *message.body, Note(then)),
        sms=(Clause(lead), *message.sms, Clause(then, 1)),
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
    if facts.reminds:
        head = words.say("request-still-waits", request=number, values=line)
    elif facts.whom:
        head = words.say("request-begun-for", request=number, values=line, whom=facts.whom)
    else:
        head = words.say("request-begun", request=number, values=line)
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
        return _problem(facts.problem, words)
    if not facts.missing:
        return words.say("request-why-other" if facts.whom else "request-why")
    needed = wording.listed([words.say(f"request-needed-{each}") for each in facts.missing])
    example = wording.listed([words.say(f"request-example-{each}") for each in facts.missing])
    return words.say("request-needed", values=needed, example=example)


def _problem(facts: ProblemFacts, words: Words) -> str:
    days = ""
    if facts.first is not None:
        first, last = facts.first, facts.last or facts.first
        days = class_days(first, last, words)
        if facts.code == "weekday" and first == last:
            # It is asked about by the weekday that the day has.
            days = wording.weekday_with_year(last, words)
        if last < first:
            ends = [wording.day_with_year(each, words) for each in (first, last)]
            days = words.say("class-days", first=ends[0], last=ends[1])
    known: dict[str, object] = {
        "written": shortened(wording.echoed(facts.written), WRITTEN_ROOM),
        "days": days,
    }
    sentence = words.sentence(f"request-problem-{facts.code}")
    return words.say(f"request-problem-{facts.code}", **named(sentence, known))


def _draft_actions(facts: DraftFacts, words: Words) -> tuple[Button, ...]:
    number = str(facts.number)
    first = act_button("reason", facts.number, words) if not facts.missing else None
    form = Button(
        words.say("request-form-label"),
        "request-form",
        number,
        words.say("request-change-typed", request=called(facts.number)),
    )
    if facts.problem is not None and facts.problem.code == "rate":
        # The answer is a number, and where numbers press buttons it would press one.
        return ()
    rest = (form, act_button("withdraw", facts.number, words))
    return rest if first is None else (first, *rest)


ActName = Literal["withdraw", "change", "appeal", "again", "answer", "reason"]


def act_button(name: ActName, number: int, words: Words) -> Button:
    """What whoever asked can do with it, as a button and as words."""
    label = words.say(f"request-{name}-label")
    typed = words.say(f"request-{name}-typed", request=called(number))
    # Other values are entered where all of them stand.
    route = "request-form" if name == "change" else f"request-{name}"
    return Button(label, route, str(number), typed)


def _effects(facts: EffectFacts, words: Words, *, other: bool) -> list[tuple[str, int]]:
    """What the class does, each with the priority of its clause; ``other``: it is for somebody else."""
    whose: Whose = "other" if other else "own"
    said: list[tuple[str, int]] = []
    if facts.counts is not None and facts.toward is not None:
        said.append((_counts(facts, facts.counts, wording.number(facts.toward), whose, words), 1))
    if facts.closes:
        said.append((words.say("request-closes", duties=wording.listed(facts.closes)), 2))
    if facts.leaves_open:
        said.append((words.say("request-does-not-close", duties=wording.listed(facts.leaves_open)), 3))
    if facts.shifts:
        said.append((words.say(f"request-shifts-{whose}", n=len(facts.shifts)), 1))
    if facts.on_leave:
        said.append((words.say(f"request-on-leave-{whose}"), 1))
    if facts.in_court:
        said.append((words.say(f"request-in-court-{whose}", days=single_days(facts.in_court, words)), 1))
    if facts.no_seat:
        said.append((words.say("request-no-seat"), 1))
    if facts.closed_on is not None:
        day = class_days(facts.closed_on, facts.closed_on, words)
        said.append((words.say("request-registration-over", day=day), 1))
    return said


Whose = Literal["own", "other"]


def _counts(facts: EffectFacts, counts: Decimal, total: str, whose: Whose, words: Words) -> str:
    if not counts:
        return words.say(f"request-counts-nothing-{whose}", total=total)
    brought = wording.hours(counts, words)
    if facts.over:
        return words.say(f"request-counts-over-{whose}", hours=brought, total=total)
    return words.say(f"request-counts-all-{whose}", hours=brought, total=total)


def sent(facts: RequestSentFacts, words: Words) -> Message:
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
        actions=(show_button(facts.number, words), act_button("withdraw", facts.number, words)),
    )


def _way(facts: RequestSentFacts, words: Words) -> str:
    number = called(facts.number)
    first, *following = [shortened(each, NAME_ROOM) for each in facts.people] or [""]
    if not first:
        return words.say("request-sent-nobody", request=number)
    if not following:
        if facts.code == "changed":
            return words.say("request-with-again-one", name=first)
        if facts.code == "again":
            return words.say("request-again-one", request=number, name=first)
        return words.say("request-sent-one", request=number, name=first)
    costs = [*facts.for_cost, *([False] * len(facts.people))][1 : len(following) + 1]
    then = wording.listed(
        words.say("request-then-cost" if cost else "request-then", name=name)
        for name, cost in zip(following, costs, strict=True)
    )
    steps = len(facts.people)
    if facts.code == "changed":
        return words.say("request-with-again", name=first, steps=steps, then=then)
    if facts.code == "again":
        return words.say("request-again", request=number, name=first, steps=steps, then=then)
    return words.say("request-sent", request=number, name=first, steps=steps, then=then)


def show_button(number: int, words: Words) -> Button:
    """All of one request."""
    return Button(
        words.say("request-show-label", request=called(number)), "request", str(number), called(number)
    )


def change_line(name: str, before: str, after: str, words: Words) -> str:
    """``place: Duluth -> St. Cloud``."""
    if not before:
        return words.say("request-change-new", name=name, after=after)
    return words.say("request-change-line", name=name, before=before, after=after or "-")


def done(code: RequestCode, number: int, words: Words, *, name: str = "") -> Message:
    """What became of a wish about a request: ``request-done-<code>``."""
    known = {
        "request": called(number),
        "name": shortened(name, NAME_ROOM) or words.say("coordinator-unnamed"),
    }
    text = words.say(f"request-done-{code}", **named(words.sentence(f"request-done-{code}"), known))
    replies = (Reply.STATUS, Reply.MENU)
    shown = (show_button(number, words),) if number else ()
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
        actions=(show_button(number, words), act_button("withdraw", number, words)),
    )
