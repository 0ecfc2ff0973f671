"""What follows the approval of a request: what its people are told, what waits for whoever sees to it, and what became
of what they did about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from messages import class_moves, wording
from messages.answer import NAME_ROOM
from messages.class_moves import Move, SeatsNow
from messages.class_values import class_days
from messages.clauses import Clause, shortened
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    Form,
    Link,
    Message,
    Note,
    NumberField,
    Paragraph,
    Part,
    Table,
)
from messages.pages import Pages
from messages.replies import Reply, button_clause, buttons, onward, reply_clause
from messages.uploads import called as upload_called
from messages.words import Words, named

NewsCode = Literal[
    "approved", "beyond-seats", "cancelled", "cancelled-asked", "cancelled-of", "certificate-again",
    "certificate-asked", "certificate-offered", "fewer-in-line", "fewer-seats", "full", "moved",
    "moved-seen-to", "not-there", "register-soon", "registered", "says-there", "seat-free", "seat-given",
    "seated", "soon", "taken-back", "taken-back-of", "to-register", "unregister", "waiting", "waits-for-seat",
]  # fmt: skip
DoneCode = Literal[
    "class-file",
    "closed",
    "closed-before",
    "hours",
    "link-days",
    "link-other",
    "link-review",
    "linked",
    "no-class-file",
    "no-seat",
    "none",
    "not-first",
    "objected",
    "open-still",
    "own",
    "own-there",
    "partly",
    "registered",
    "registered-before",
    "said-before",
    "seated",
    "stands",
    "there",
    "too-early",
    "absent",
]
THERE: Final = "there"
PARTLY: Final = "partly"
ABSENT: Final = "absent"
ListCode = Literal["to-register", "registrations", "presence"]
Act = Literal["close", "file", "presence", "register", "seat"]
OpenCode = Literal["certificate", "costs"]
RowState = Literal["register", "seat", "waits", "registered", "presence", "certificate"]
Said = Literal["there", "partly", "absent"]
SAID: tuple[Said, ...] = (THERE, PARTLY, ABSENT)
TITLE_ROOM, LIST_ROOM = 60, 40
# Of many requests so many are named.
SHOWN = 5


def called(number: int) -> str:
    """What people say."""
    return f"R-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClassFacts:
    """A request with its class: whose it is, and when and where the class is as far as that is known."""

    number: int = 0
    who: str = ""
    title: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    hours: Decimal | None = None
    register_by: date | None = None

    def on(self, first: date, last: date, place: str) -> "RequestClassFacts":
        """The same class on other days."""
        return replace(self, first=first, last=last, place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFacts:
    """Something that happened: ``after-news-<code>``. ``place`` is that in a line; ``others`` are other dates.

    ``decider`` took the last step of its way; empty where this follows no decision. ``by`` took it back.
    """

    code: NewsCode
    of: RequestClassFacts
    coordinators: tuple[str, ...] = ()
    place: int = 0
    upload: int = 0
    others: tuple[RequestClassFacts, ...] = ()
    move: Move | None = None
    seats: SeatsNow | None = None
    by: str = ""
    decider: str = ""
    reverses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFacts:
    """What became of an act: ``after-follow-<code>``, with as much as its sentence names."""

    code: DoneCode
    of: RequestClassFacts = field(default_factory=RequestClassFacts)
    who: tuple[str, ...] = ()
    at: datetime | None = None
    upload: int = 0
    first_in_line: int = 0
    place: int = 0
    hours: Decimal | None = None
    href: str = ""
    open_still: tuple[OpenCode, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """One line of a list. ``state`` is ``after-state-<state>``."""

    of: RequestClassFacts
    state: RowState
    place: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedListFacts:
    """A page of a list: ``after-list-<code>``."""

    code: ListCode
    rows: tuple[RowFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceFormFacts:
    """What was entered so far about one request."""

    said: str = ""
    hours: Decimal | None = None
    written: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def class_title(facts: RequestClassFacts, words: Words) -> str:
    """``Basic Crisis Negotiation, 7-11 Jun 2027``."""
    title = shortened(facts.title, TITLE_ROOM) if facts.title else words.say("after-class-unnamed")
    days = _days(facts, words)
    return wording.listed([title, days] if days else [title])


def calendar_title(title: str, words: Words) -> str:
    """What an entry in somebody's own calendar is called; its days it says by standing there."""
    return title or words.say("after-class-unnamed")


def calendar_note(number: int, words: Words) -> str:
    """What an entry in somebody's own calendar says besides: which request it is, and whose work it is."""
    return words.say("calendar-entry-note", request=called(number))


def _days(facts: RequestClassFacts, words: Words) -> str:
    if facts.first is None:
        return ""
    return class_days(facts.first, facts.last or facts.first, words)


def _whom(names: Sequence[str], words: Words) -> str:
    return wording.joined_or(list(names), words) if names else words.say("after-nobody-sees-to-it")


def _known(facts: RequestClassFacts, words: Words) -> dict[str, str]:
    return {
        "request": called(facts.number),
        "name": shortened(facts.who, NAME_ROOM),
        "class": class_title(facts, words),
        "title": shortened(facts.title, TITLE_ROOM),
        "first": "" if facts.first is None else class_days(facts.first, facts.first, words),
    }


def news(facts: NewsFacts, words: Words) -> Message:
    """What happened, what it means for its reader, and the one thing to do."""
    known = {
        **_known(facts.of, words),
        "coordinator": _whom(facts.coordinators, words),
        "place": str(facts.place),
        "upload": upload_called(facts.upload),
        "by": shortened(facts.by, NAME_ROOM),
        **(class_moves.was_and_is(facts.move, words) if facts.move is not None else {}),
        **(class_moves.seats_known(facts.seats, words) if facts.seats is not None else {}),
    }
    lead = words.say(f"after-news-{facts.code}", **named(words.sentence(f"after-news-{facts.code}"), known))
    more = _more(facts, words)
    acts = _acts(facts, words)
    replies = (Reply.MENU,)
    end = button_clause(acts[0], words) if acts else reply_clause(replies, words)
    return Message(
        kind=MessageKind.REQUEST_NEWS,
        title=words.say("after-title", request=called(facts.of.number)),
        body=(Paragraph(lead), *(Paragraph(each) for each in more)),
        sms=(Clause(lead), *(Clause(each, place) for place, each in enumerate(more, start=1)), end),
        actions=(*acts, *buttons(replies, words)),
    )


def _more(facts: NewsFacts, words: Words) -> tuple[str, ...]:
    said: list[str] = []
    if facts.code in ("full", "moved", "moved-seen-to"):
        said += class_moves.then(facts.code, facts.move, called(facts.of.number), words)
    if facts.code == "fewer-seats" and facts.seats is not None:
        said += class_moves.beyond(facts.seats, words)
    if facts.decider:
        said.append(words.say("after-decided", name=facts.decider))
    if facts.reverses:
        said.append(words.say("approval-reverses"))
    by = facts.of.register_by
    if by is not None and facts.code in ("to-register", "register-soon", "waits-for-seat"):
        said.append(words.say("after-register-by", day=wording.day_with_year(by, words)))
    if facts.of.place and facts.code in ("registered", "soon"):
        said.append(words.say("after-where", place=shortened(facts.of.place, LIST_ROOM)))
    if facts.code in ("cancelled", "cancelled-asked"):
        dates = [_other(each, words) for each in facts.others]
        said.append(
            words.say("after-other-dates", dates="; ".join(dates))
            if dates
            else words.say("after-no-other-dates")
        )
        said.append(words.say("after-again"))
    return tuple(said)


def _other(facts: RequestClassFacts, words: Words) -> str:
    return wording.listed([each for each in (_days(facts, words), shortened(facts.place, LIST_ROOM)) if each])


def _acts(facts: NewsFacts, words: Words) -> tuple[Button, ...]:
    number = facts.of.number
    match facts.code:
        case "to-register" | "register-soon":
            return (_button("register", number, words),)
        case "seat-free":
            return (_button("seat", number, words),)
        case "registered" | "soon":
            return (_button("file", number, words),)
        case "says-there":
            return (_button("presence", number, words),)
        case "certificate-offered":
            upload = upload_called(facts.upload)
            typed = words.say("after-link-typed", upload=upload, request=called(number))
            label = words.say("after-link-label", upload=upload)
            return (Button(label, "link-certificate", f"{facts.upload} {number}", typed),)
    return ()


_ROUTES: Mapping[Act, str] = {
    "register": "register-request",
    "seat": "seat-request",
    "file": "class-file",
    "presence": "request-presence",
    "close": "close-request",
}


def _button(act: Act, number: int, words: Words) -> Button:
    request = called(number)
    label = words.say(
        f"after-{act}-label", **named(words.sentence(f"after-{act}-label"), {"request": request})
    )
    return Button(label, _ROUTES[act], str(number), words.say(f"after-{act}-typed", request=request))


def done(facts: DoneFacts, words: Words) -> Message:
    """What became of an act, and where it goes on."""
    known = {
        **_known(facts.of, words),
        "who": _whom(facts.who, words),
        "when": "" if facts.at is None else wording.moment(facts.at, words),
        "upload": upload_called(facts.upload),
        "other": called(facts.first_in_line),
        "place": str(facts.place),
        "hours": "" if facts.hours is None else wording.hours(facts.hours, words),
        "open": wording.listed([words.say(f"after-open-{each}") for each in facts.open_still]),
    }
    text = words.say(
        f"after-follow-{facts.code}", **named(words.sentence(f"after-follow-{facts.code}"), known)
    )
    beside = (words.say("after-alone"),) if facts.alone else ()
    then = _then(facts, words)
    link = (Link(words.say("after-file-link"), facts.href),) if facts.href else ()
    end = Clause(facts.href) if facts.href else _end(then, words)
    number = facts.of.number
    return Message(
        kind=MessageKind.REQUEST_FOLLOWED,
        title=words.say("after-title", request=called(number))
        if number
        else words.say("after-requests-title"),
        body=(Paragraph(text), *map(Paragraph, beside)),
        sms=(Clause(text), *(Clause(each, 1) for each in beside), end),
        actions=(*link, *then, *buttons((Reply.MENU,), words)),
    )


def _end(then: Sequence[Button], words: Words) -> Clause:
    return button_clause(then[0], words) if then else reply_clause((Reply.MENU,), words)


def _then(facts: DoneFacts, words: Words) -> tuple[Button, ...]:
    match facts.code:
        case "registered" | "registered-before" | "seated" | "no-seat" | "not-first":
            return (_list_button("to-register", words),)
        case "there" | "partly" | "absent" | "said-before" | "too-early":
            return (_list_button("presence", words),)
        case "hours":
            return (_button("presence", facts.of.number, words),)
        case "open-still":
            request = called(facts.of.number)
            typed = words.say("after-close-anyway-typed", request=request)
            label = words.say("after-close-anyway-label")
            return (Button(label, "close-request", f"{facts.of.number} anyway", typed),)
    return ()


def _list_button(code: ListCode, words: Words) -> Button:
    return Button(words.say(f"after-list-{code}-title"), code, "", words.say(f"after-list-{code}-typed"))


def listed(facts: FollowedListFacts, words: Words) -> Message:
    """A page of what waits; each row opens what can be done about it."""
    pages = Pages(len(facts.rows), facts.lines, facts.page)
    shown = pages.of(facts.rows)
    n = len(facts.rows)
    head = words.say_many(f"after-list-{facts.code}", n) if n else words.say(f"after-list-{facts.code}-none")
    columns = tuple(words.say(f"column-{name}") for name in ("who", "what", "state", "request"))
    rows = tuple(
        (each.of.who, class_title(each.of, words), state(each, words), called(each.of.number))
        for each in shown
    )
    acts = tuple(_row_button(each, words) for each in shown)
    how = words.say(f"after-list-{facts.code}-how")
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    kind = MessageKind.PRESENCE if facts.code == "presence" else MessageKind.REGISTRATIONS
    body: tuple[Part, ...] = (Paragraph(head),)
    if rows:
        body = (*body, Table("", columns, rows, acts), Note(how))
    return Message(
        kind=kind,
        title=words.say(f"after-list-{facts.code}-title"),
        body=body,
        sms=(
            Clause(head),
            *(Clause(_line(each, words), 2) for each in shown),
            *((Clause(how, 1),) if rows else ()),
            way.clause,
        ),
        actions=way.actions,
    )


def _line(row: RowFacts, words: Words) -> str:
    return words.say(
        "after-list-line",
        request=called(row.of.number),
        name=shortened(row.of.who, NAME_ROOM),
        state=state(row, words),
    )


def state(row: RowFacts, words: Words) -> str:
    """How it stands, in a few words."""
    by = row.of.register_by
    if row.state == "register" and by is not None:
        return words.say("after-state-register-by", day=wording.day_with_year(by, words))
    if row.state == "waits":
        return words.say("after-state-waits", place=row.place)
    if row.state == "certificate":
        return words.say_many("after-state-certificate", row.days)
    return words.say(f"after-state-{row.state}")


def _row_button(row: RowFacts, words: Words) -> Button:
    return replace(_button(_OFFERED[row.state], row.of.number, words), label=called(row.of.number))


# What a row is opened for.
_OFFERED: Mapping[RowState, Act] = {
    "register": "register",
    "seat": "seat",
    "waits": "seat",
    "registered": "presence",
    "presence": "presence",
    "certificate": "close",
}


def presence_form(of: RequestClassFacts, facts: PresenceFormFacts, words: Words) -> Message:
    """Was somebody there, for how long: as buttons of one form."""
    request = called(of.number)
    head = words.say("after-presence-head", **_some("after-presence-head", of, words))
    how = words.say("after-presence-how", request=request)
    form = with_errors(
        Form(
            title=words.say("after-list-presence-title"),
            route="request-presence",
            value=str(of.number),
            submit=words.say("after-presence-submit"),
            fields=(
                _which(of.number, words),
                ChoiceField(
                    name="said",
                    label=words.say("after-presence-said"),
                    choices=tuple(Choice(each, words.say(f"after-presence-{each}")) for each in SAID),
                    value=(facts.said,) if facts.said else (),
                ),
                NumberField(
                    name="hours",
                    label=words.say("after-presence-hours"),
                    value=facts.hours,
                    entered=facts.written,
                    required=False,
                ),
            ),
        ),
        facts.errors,
        words,
    )
    return formed(MessageKind.PRESENCE, request, head, how, form, words)


def _some(key: str, of: RequestClassFacts, words: Words) -> dict[str, str]:
    return named(words.sentence(key), _known(of, words))


def _which(number: int, words: Words) -> ChoiceField:
    return ChoiceField(
        name="request",
        label=words.say("column-request"),
        choices=(Choice(str(number), called(number)),),
        value=(str(number),),
    )


def formed(kind: MessageKind, title: str, head: str, how: str, form: Form, words: Words) -> Message:
    """A form under what it is about; in a text the words that do the same."""
    lead: tuple[Part, ...] = (Paragraph(errors_lead(form, words)),) if form.errors else ()
    clauses = (
        (Clause(errors_lead(form, words)), *error_clauses(form, words, 1))
        if form.errors
        else (Clause(head), Clause(how))
    )
    return Message(kind=kind, title=title, body=(*lead, Paragraph(head), Note(how)), sms=clauses, form=form)


def presence_asked(waiting: Sequence[RequestClassFacts], words: Words) -> Message:
    """Which classes wait for a word about who was there; asked of whoever may say it. A text names nobody."""
    n = len(waiting)
    numbers = wording.first_of([called(each.number) for each in waiting], SHOWN, words)
    head = words.say_many("after-presence-news", n, requests=numbers)
    columns = tuple(words.say(f"column-{name}") for name in ("who", "what", "request"))
    shown = waiting[:SHOWN]
    rows = tuple((each.who, class_title(each, words), called(each.number)) for each in shown)
    acts = tuple(
        replace(_button("presence", each.number, words), label=called(each.number)) for each in shown
    )
    how = words.say("after-list-presence-how")
    every = _list_button("presence", words)
    return Message(
        kind=MessageKind.PRESENCE,
        title=words.say("after-list-presence-title"),
        body=(Paragraph(head), Table("", columns, rows, acts), Note(how)),
        sms=(Clause(head), Clause(how, 1), button_clause(every, words)),
        actions=(every, *buttons((Reply.MENU,), words)),
    )
