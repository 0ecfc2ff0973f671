"""Classes that can be taken: the one that fits best, a list of those found, and one of them with all that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from babel.dates import format_date

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Action, Button, Fact, Facts, Link, Message, Note, Paragraph, Table
from messages.pages import Pages
from messages.replies import Reply, button, buttons, reply_clause, typed
from messages.words import Words

TITLE_ROOM, PLACE_ROOM = 48, 40
# Buttons under a list: more are no choice but a wall.
MOST_BUTTONS = 5
# A deadline so near is said in a text too.
SOON = 3
# Who answers REQUEST.
REQUEST_ROUTE = "later-request"
ClosedCode = Literal["", "deadline", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDuty:
    """A duty that a class does something for; ``hours`` are those it adds, as far as they are still owed."""

    label: str
    due_on: date | None
    hours: Decimal | None = None
    closes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingFacts:
    """One class as its reader finds it. Times are on the clock of the reader's shifts, ``0600``; empty where unknown.

    ``closed`` says why nobody can register; ``late_for`` are duties whose day is over before the class.
    """

    number: int
    title: str
    starts_on: date
    ends_on: date
    begins: str = ""
    ends: str = ""
    place: str = ""
    provider: str = ""
    course_number: str = ""
    topics: tuple[str, ...] = ()
    hours: Decimal | None = None
    delivery: str = ""
    seats: int | None = None
    cost: Decimal | None = None
    register_by: date | None = None
    board_approved: bool | None = None
    link: str = ""
    serves: tuple[ServedDuty, ...] = ()
    late_for: tuple[ServedDuty, ...] = ()
    closed: ClosedCode = ""
    cancelled: bool = False
    shift_ends: str = ""
    shift_begins: str = ""
    during_shift: bool = False
    day_off: bool = False
    on_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFacts:
    """What the agency's own settings say about pay for a class on a day off, and where that is written."""

    says: str
    source: str


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
    note = _note(best, facts.pay, words)
    serves = _serves(best, facts.today, words)
    deadline = _deadline(best, facts.today, words)
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
        sms=(Clause(head), *((Clause(deadline, 1),) if soon else ()), Clause(note, 1), Clause(request)),
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
    serves = _serves(shown[0], facts.today, words) if alike else ""
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
    number = _called(facts.number)
    head = words.say("class-head", number=number, what=whole(facts, today, words))
    state = words.say("class-is-cancelled") if facts.cancelled else ""
    serves = _serves(facts, today, words)
    note = _note(facts, None, words)
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
            Clause(_deadline(facts, today, words), 1),
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


def _called(number: int) -> str:
    return f"C-{number}"


def title_text(facts: OfferingFacts, words: Words) -> str:
    """``Autism Response 4 h``."""
    title = shortened(facts.title, TITLE_ROOM)
    if facts.hours is None:
        return title
    return words.say("line-hours", label=title, hours=wording.hours(facts.hours, words))


def when_text(facts: OfferingFacts, today: date, words: Words, *, short: bool = False) -> str:
    """``Thu Mar 18 0800-1200``, ``Apr 12-16 0800-1700``; ``short`` leaves out when it ends."""
    day = _days(facts, today, words)
    clock = facts.begins if short or not facts.ends else f"{facts.begins}-{facts.ends}"
    return words.say("class-when", day=day, time=clock) if facts.begins else day


def _days(facts: OfferingFacts, today: date, words: Words) -> str:
    first, last = facts.starts_on, facts.ends_on
    if first == last:
        pattern = "date-weekday" if first.year == today.year else "date-weekday-year"
        return format_date(first, words.say(pattern), locale=words.language)
    if (first.year, first.month) == (last.year, last.month):
        return words.say("class-days", first=wording.day(first, today, words), last=last.day)
    start = wording.day(first, today, words)
    return words.say("class-days-two-months", first=start, last=wording.day(last, today, words))


def whole(facts: OfferingFacts, today: date, words: Words) -> str:
    """``Autism Response 4 h, Thu Mar 18 0800-1200, Station 2, 6 seats``."""
    return wording.listed(
        each
        for each in (
            title_text(facts, words),
            when_text(facts, today, words),
            shortened(facts.place, PLACE_ROOM),
            _money(facts, words),
            _seats(facts, words),
        )
        if each
    )


def _money(facts: OfferingFacts, words: Words) -> str:
    return words.say("class-cost", cost=dollars(facts.cost)) if facts.cost else ""


def _price(facts: OfferingFacts, words: Words) -> str:
    return (
        words.say("class-unsaid") if facts.cost is None else words.say("class-cost", cost=dollars(facts.cost))
    )


def dollars(amount: Decimal) -> str:
    """``525``, ``1,250.50``: whole dollars without cents."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _seats(facts: OfferingFacts, words: Words) -> str:
    if facts.closed:
        return words.say(f"class-closed-{facts.closed}")
    return "" if facts.seats is None else words.say_many("class-seats", facts.seats)


def _serves(facts: OfferingFacts, today: date, words: Words) -> str:
    """``Closes: Autism (by Jun 30).``, or what it adds to; or that its day comes too late."""
    closed = [_served(each, today, words) for each in facts.serves if each.closes]
    if closed:
        return words.say("class-closes", duties=wording.first_of(closed, 3, words))
    added = [
        words.say("class-adds-to", hours=wording.hours(each.hours, words), duty=_served(each, today, words))
        for each in facts.serves
        if each.hours is not None
    ]
    if added:
        return words.say("class-adds", duties=wording.first_of(added, 2, words))
    if facts.serves:
        return words.say(
            "class-may-help",
            duties=wording.first_of([_served(each, today, words) for each in facts.serves], 2, words),
        )
    if facts.late_for:
        late = [_served(each, today, words) for each in facts.late_for]
        return words.say("class-too-late", duties=wording.first_of(late, 2, words))
    return ""


def _served(each: ServedDuty, today: date, words: Words) -> str:
    label = shortened(each.label, LABEL_ROOM)
    if each.due_on is None:
        return label
    if each.due_on < today:
        return words.say("class-duty-overdue", label=label)
    return words.say("class-duty-by", label=label, day=wording.day(each.due_on, today, words))


def _deadline(facts: OfferingFacts, today: date, words: Words) -> str:
    if facts.register_by is None or facts.closed:
        return ""
    return words.say("class-register-by", day=wording.day(facts.register_by, today, words))


def _remarks(facts: OfferingFacts, words: Words, pay: PayFacts | None = None) -> list[str]:
    """What the day means beside the reader's own shifts, in a few words each."""
    said = []
    if facts.on_leave:
        said.append(words.say("class-on-leave"))
    elif facts.during_shift:
        said.append(words.say("class-during-shift"))
    else:
        if facts.shift_ends:
            said.append(words.say("class-shift-ends", time=facts.shift_ends))
        elif facts.shift_begins:
            said.append(words.say("class-shift-begins", time=facts.shift_begins))
        if facts.day_off:
            said.append(
                words.say("class-day-off")
                if pay is None
                else words.say("class-day-off-pay", pay=wording.phrase(pay.says))
            )
    return said


def _note(facts: OfferingFacts, pay: PayFacts | None, words: Words) -> str:
    """``Note: your shift ends 0600 that day.``"""
    said = _remarks(facts, words, pay)
    if not said:
        return ""
    that_day = (
        words.say("class-that-day", remark=said[0]) if facts.shift_ends or facts.shift_begins else said[0]
    )
    return words.say("class-note", remark=that_day)


def _group(shown: Sequence[OfferingFacts], facts: ClassesFacts, words: Words) -> str:
    """``CPR/AED 4 h: Wed Mar 10 0700 (your shift ends 0600), Sat Mar 13 1300 (day off).``"""
    days = []
    for each in shown:
        remarks = _remarks(each, words, facts.pay)
        remarks += [_seats(each, words)] if each.closed else []
        when = when_text(each, facts.today, words, short=True)
        days.append(
            words.say("class-day-remark", day=when, remark=wording.listed(remarks)) if remarks else when
        )
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
    columns = ("number", "title", "when", "place", "seats", "cost", "register", "for", "note")
    return Table(
        title,
        tuple(words.say(f"class-column-{name}") for name in columns),
        tuple(
            (
                str(first + place),
                words.say("class-title-number", title=title_text(each, words), number=_called(each.number)),
                when_text(each, facts.today, words),
                each.place,
                _seats(each, words) or words.say("class-unsaid"),
                words.say("class-cost", cost=dollars(each.cost))
                if each.cost is not None
                else words.say("class-unsaid"),
                wording.day(each.register_by, facts.today, words) if each.register_by else "",
                wording.phrase(_serves(each, facts.today, words)),
                wording.listed(_remarks(each, words, facts.pay)),
            )
            for place, each in enumerate(shown)
        ),
    )


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
    number = _called(facts.number)
    label = day or words.say("class-request-label", number=number)
    return Button(label, REQUEST_ROUTE, number, words.say("class-request-typed", place=place))


def _rows(facts: OfferingFacts, today: date, words: Words) -> list[tuple[str, str]]:
    named = {
        "when": when_text(facts, today, words),
        "place": facts.place,
        "provider": facts.provider,
        "course-number": facts.course_number,
        "topics": wording.listed(wording.topic_name(each, words) for each in facts.topics),
        "delivery": facts.delivery.replace("-", " "),
        "seats": _seats(facts, words),
        "cost": _price(facts, words),
        "register": "" if facts.register_by is None else wording.day(facts.register_by, today, words),
        "approved": ""
        if facts.board_approved is None
        else words.say("class-approved" if facts.board_approved else "class-not-approved"),
    }
    return [(words.say(f"class-column-{name}"), value) for name, value in named.items()]
