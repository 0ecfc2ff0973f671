"""Classes that can be taken: the one that fits best, a list of those found, and one of them with all that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.class_phrases import (
    OfferingFacts,
    PayFacts,
    called,
    deadline_text,
    distance_text,
    doubt_text,
    note_text,
    price_text,
    remarks,
    seats_text,
    serves_text,
    title_text,
    when_text,
    whole,
)
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Action, Button, Fact, Facts, Link, Message, Note, Paragraph, Table
from messages.pages import Pages
from messages.replies import Reply, button, buttons, reply_clause, typed
from messages.words import Words

# Buttons under a list: more are no choice but a wall.
MOST_BUTTONS = 5
# A deadline so near is said in a text too.
SOON = 3
# Who answers REQUEST.
REQUEST_ROUTE = "request-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesFacts:
    """Classes for one reader, the best first; ``asks`` is whom a request goes to by name, empty where nobody is known.

    ``said`` is what was looked for, empty where that was nothing in particular. ``any_listed``: there is any class to
    come. ``nothing_open``: nothing is owed for which a class could be taken.
    """

    classes: tuple[OfferingFacts, ...]
    today: date
    asks: str = ""
    said: str = ""
    page: int = 1
    lines: int = 10
    first: int = 1  # the number of the first of these on the list
    any_listed: bool = True
    nothing_open: bool = False
    coordinator: str = ""
    pay: PayFacts | None = None


def next_class(facts: ClassesFacts, words: Words) -> Message:
    """``Best fit: ...``: what it is, what speaks against it, how to ask for it, and how many others there are."""
    if not facts.classes:
        return _nothing(facts, words, MessageKind.NEXT_CLASS)
    best, *others = facts.classes
    head = words.say("class-best", what=whole(best, facts.today, words))
    note = note_text(best, facts.pay, words)
    serves = serves_text(best, facts.today, words)
    deadline = deadline_text(best, facts.today, words)
    request = _request_clause(facts, len(others), words)
    said = [each for each in (head, serves, deadline, note) if each]
    soon = best.register_by is not None and (best.register_by - facts.today).days <= SOON
    replies = (Reply.MORE, Reply.WHY) if others else (Reply.WHY, Reply.MENU)
    return Message(
        kind=MessageKind.NEXT_CLASS,
        title=words.say("class-next-title"),
        body=(
            Paragraph(" ".join(said)),
            *((_table(others, facts, words, 2, words.say("class-others-title")),) if others else ()),
            *_pay_note(facts.classes, facts, words),
        ),
        sms=(
            *(Clause(each) for each in (head, doubt_text(best, words)) if each),
            *((Clause(deadline, 1),) if soon else ()),
            Clause(note, 1),
            Clause(request),
        ),
        actions=(*_request_buttons(facts.classes[:1], facts, words), *buttons(replies, words)),
    )


def classes(facts: ClassesFacts, words: Words) -> Message:
    """The classes found, those of one title in one sentence, each with what the day means to the reader."""
    if not facts.classes:
        return _nothing(facts, words, MessageKind.CLASSES)
    pages = Pages(len(facts.classes), facts.lines, facts.page)
    shown = tuple(pages.of(facts.classes))
    first = facts.first + (pages.page - 1) * pages.lines
    alike = len({(each.title.casefold(), each.hours) for each in shown}) == 1 and len(shown) <= MOST_BUTTONS
    open_ = [each for each in shown if not each.closed]
    lines = [_line(each, facts, words, first + place) for place, each in enumerate(shown)]
    asks = words.say_many("class-request-one", len(open_)) if open_ else ""
    if alike:
        group = _group(shown, facts, words)
        lead = " ".join(each for each in (group, asks) if each)
        texts: tuple[Clause, ...] = (Clause(group), Clause(asks))
    else:
        lead = words.say_many("class-found", len(facts.classes))
        texts = (Clause(lead, 2), *(Clause(line, 0 if not place else 1) for place, line in enumerate(lines)))
    last = pages.is_last
    then = (Reply.NEXT, Reply.MENU) if last else (Reply.MORE, Reply.NEXT)
    serves = serves_text(shown[0], facts.today, words) if alike else ""
    return Message(
        kind=MessageKind.CLASSES,
        title=words.say("class-list-title"),
        body=(
            Paragraph(lead),
            _table(shown, facts, words, first, ""),
            *_pay_note(shown, facts, words),
        ),
        sms=(
            *(each for each in texts if each.text),
            *((Clause(serves, 2),) if serves else ()),
            _choose_clause(shown, first, not last, words),
        ),
        actions=(
            *_request_buttons(open_, facts, words, by_day=alike),
            *(button(each, words, str(pages.page + 1) if each is Reply.MORE else "") for each in then),
        ),
    )


def one_class(facts: OfferingFacts, today: date, words: Words, *, may_change: bool = False) -> Message:
    """Everything that is known about one class."""
    number = called(facts.number)
    head = words.say("class-head", number=number, what=whole(facts, today, words))
    state = words.say("class-is-cancelled") if facts.cancelled else ""
    serves = serves_text(facts, today, words)
    note = note_text(facts, None, words)
    rows = [(name, value) for name, value in _rows(facts, today, words) if value]
    change = Button(
        words.say("class-change-label"),
        "class-form",
        number,
        words.say("class-change-typed", number=number),
    )
    cancel = Button(
        words.say("class-cancel-label"),
        "class-cancel",
        number,
        words.say("class-cancel-typed", number=number),
    )
    link: tuple[Action, ...] = (Link(words.say("class-link-label"), facts.link),) if facts.link else ()
    replies = (Reply.NEXT, Reply.MENU)
    said = [each for each in (head, state, serves, note) if each]
    return Message(
        kind=MessageKind.CLASS,
        title=number,
        body=(Paragraph(" ".join(said)), Facts(tuple(Fact(name, value) for name, value in rows))),
        sms=(
            Clause(head),
            *(Clause(each, priority) for priority, each in ((0, state), (1, serves), (2, note)) if each),
            Clause(deadline_text(facts, today, words), 1),
            reply_clause(replies, words),
        ),
        actions=(
            *(() if facts.cancelled or facts.closed else (_request_button(facts, words, 1),)),
            *((change, cancel) if may_change and not facts.cancelled else ()),
            *link,
            *buttons(replies, words),
        ),
    )


def no_class(words: Words) -> Message:
    """That no class has this number."""
    text, replies = words.say("class-unknown"), (Reply.NEXT, Reply.MENU)
    return Message(
        kind=MessageKind.CLASS,
        title=words.say("class-list-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _nothing(facts: ClassesFacts, words: Words, kind: MessageKind) -> Message:
    """That there is none, and what to do next."""
    who = shortened(facts.coordinator, NAME_ROOM)
    if facts.nothing_open:
        text, replies = words.say("class-none-open"), (Reply.STATUS, Reply.MENU)
    elif not facts.any_listed:
        text, replies = words.say("class-none-listed", name=who), (Reply.MISSING, Reply.MENU)
    elif facts.said:
        said = shortened(wording.echoed(facts.said), LABEL_ROOM)
        text, replies = words.say("class-none-found", said=said, name=who), (Reply.NEXT, Reply.MENU)
    else:
        text, replies = words.say("class-none-fits", name=who), (Reply.MISSING, Reply.MENU)
    return Message(
        kind=kind,
        title=words.say("class-list-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _group(shown: Sequence[OfferingFacts], facts: ClassesFacts, words: Words) -> str:
    """``CPR/AED 4 h: Wed Mar 10 0700 (your shift ends 0600), Sat Mar 13 1300 (day off).``"""
    days = []
    for each in shown:
        said = remarks(each, words, facts.pay)
        said += [seats_text(each, words)] if each.closed else []
        when = when_text(each, facts.today, words, short=True)
        days.append(words.say("class-day-remark", day=when, remark=wording.listed(said)) if said else when)
    return words.say("class-group", title=title_text(shown[0], words), days=wording.listed(days))


def _line(facts: OfferingFacts, about: ClassesFacts, words: Words, place: int) -> str:
    said = words.say("class-line", place=place, what=whole(facts, about.today, words))
    labels = [shortened(each.label, LABEL_ROOM) for each in facts.serves if each.closes]
    if not labels:
        return said
    return words.say("class-line-closes", line=said, duties=wording.first_of(labels, 2, words))


def _table(
    shown: Sequence[OfferingFacts], facts: ClassesFacts, words: Words, first: int, title: str
) -> Table:
    return Table(
        title,
        tuple(words.say(f"class-column-{name}") for name in ("number", "title", "for")),
        tuple(
            (
                str(first + place),
                words.say(
                    "class-title-number", title=whole(each, facts.today, words), number=called(each.number)
                ),
                _for_reader(each, facts, words),
            )
            for place, each in enumerate(shown)
        ),
    )


def _for_reader(facts: OfferingFacts, about: ClassesFacts, words: Words) -> str:
    """What a class does for the reader, until when it can be had, and what its day means to them."""
    said = (
        serves_text(facts, about.today, words),
        deadline_text(facts, about.today, words),
        note_text(facts, about.pay, words),
    )
    return " ".join(each for each in said if each)


def _pay_note(shown: Sequence[OfferingFacts], facts: ClassesFacts, words: Words) -> tuple[Note, ...]:
    """Where what is said about pay is written; nothing where nothing is said about it."""
    if facts.pay is None or not any(each.day_off and not each.on_leave for each in shown):
        return ()
    return (Note(words.say("class-pay-source", pay=facts.pay.says, source=facts.pay.source)),)


def _request_clause(facts: ClassesFacts, others: int, words: Words) -> str:
    ask = words.say("class-ask", name=_in_a_text(facts.asks)) if facts.asks else words.say("class-ask-it")
    if not others:
        return words.say("class-reply-request", ask=ask)
    return words.say_many("class-reply-request-more", others, ask=ask)


def _in_a_text(name: str) -> str:
    """``Sgt Okafor``: a rank without its full stop, as nobody types it."""
    first, _, rest = shortened(name, NAME_ROOM).partition(" ")
    return f"{first.rstrip('.')} {rest}" if rest and len(first) > len("P.") else name


def _choose_clause(shown: Sequence[OfferingFacts], first: int, more: bool, words: Words) -> Clause:
    """``Reply REQUEST 1 or 2.``"""
    numbers = [str(first + place) for place, each in enumerate(shown) if not each.closed]
    then = typed(Reply.MORE if more else Reply.NEXT, words)
    if not numbers:
        return Clause(words.say("reply-with", options=then))
    return Clause(words.say("class-reply-choose", numbers=wording.joined_or(numbers, words), then=then))


def _request_buttons(
    shown: Sequence[OfferingFacts], facts: ClassesFacts, words: Words, *, by_day: bool = False
) -> tuple[Button, ...]:
    places = {each.number: facts.first + place for place, each in enumerate(facts.classes)}
    return tuple(
        _request_button(
            each,
            words,
            places[each.number],
            wording.day(each.starts_on, facts.today, words) if by_day else "",
        )
        for each in list(shown)[:MOST_BUTTONS]
        if not each.closed
    )


def _request_button(facts: OfferingFacts, words: Words, place: int, day: str = "") -> Button:
    """Asks for a seat in one class; labelled with its day where all are alike."""
    label = day or words.say("class-request-label", number=called(facts.number))
    return Button(label, REQUEST_ROUTE, str(facts.number), words.say("class-request-typed", place=place))


def _rows(facts: OfferingFacts, today: date, words: Words) -> list[tuple[str, str]]:
    named = {
        "when": when_text(facts, today, words),
        "place": facts.place,
        "distance": distance_text(facts.miles, facts.miles_source, words),
        "provider": facts.provider,
        "course-number": facts.course_number,
        "topics": wording.listed(_topic(each, facts, words) for each in facts.topics),
        "delivery": facts.delivery.replace("-", " "),
        "seats": seats_text(facts, words),
        "cost": price_text(facts, words),
        "register": "" if facts.register_by is None else wording.day(facts.register_by, today, words),
        "approved": ""
        if facts.board_approved is None
        else words.say("class-approved" if facts.board_approved else "class-not-approved"),
    }
    return [(words.say(f"class-column-{name}"), value) for name, value in named.items()]


def _topic(topic: str, facts: OfferingFacts, words: Words) -> str:
    """``Autism``, or ``Autism 2 h`` where the hours are split."""
    name, own = wording.topic_name(topic, words), facts.topic_hours.get(topic)
    if own is None:
        return name
    return words.say("line-hours", label=name, hours=wording.hours(own, words))
