"""What is kept of words and files: lists, one item, what was done with it, and why a message was set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.files import size
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Message, Note, Paragraph, Part, Table
from messages.pages import SCREEN_LINES, Pages
from messages.replies import Reply, button, buttons, onward, reply_clause
from messages.words import Words

Act = Literal[
    "ask-lift",
    "confirm-disposal",
    "dispose",
    "hold",
    "keep-item",
    "lift-hold",
    "put-back",
    "set-aside",
]
Offered = Literal["confirm-disposal", "dispose", "hold-item", "keep-item", "put-back", "set-aside"]
CODES = ("retention-schedule", "spill")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFacts:
    """One item without its words; codes are empty where nothing of the kind is so, instants are the reader's."""

    ref: str
    number: str
    at: datetime
    kind: str
    size: int
    whose: str
    set_aside: str = ""
    asked: str = ""
    asked_by: str = ""
    gone: str = ""
    gone_at: datetime | None = None
    gone_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentListFacts:
    """What is kept of a person, newest first; pages begin at 1."""

    name: str
    items: tuple[KeptFacts, ...]
    page: int = 1
    lines: int = SCREEN_LINES


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentItemFacts:
    """One item with what it says, or with why that is not shown (``content-hidden-<hidden>``)."""

    item: KeptFacts
    text: str = ""
    hidden: str = ""
    looked_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDoneFacts:
    """What was done (``content-done-<act>``), or why nothing was (``content-not-done-<why>``)."""

    act: Act | Literal[""] = ""
    why: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """A hold: what it is on, who placed it, and who asked for it to be lifted."""

    ref: str
    number: str
    at: datetime
    by: str
    item: str = ""
    name: str = ""
    first_day: date | None = None
    last_day: date | None = None
    lift_asked_by: str = ""


@dataclass(frozen=True, slots=True)
class SpillFacts:
    """What was found in a message or a file, and who takes care of it."""

    found: str
    coordinator: str


def content_list(facts: ContentListFacts, words: Words) -> Message:
    """One page of what is kept of a person; words are shown item by item only."""
    pages = Pages(len(facts.items), facts.lines, facts.page)
    shown = pages.of(facts.items)
    n = len(facts.items)
    head = (
        words.say_many("content-found", n, name=facts.name)
        if n
        else words.say("content-found-none", name=facts.name)
    )
    if pages.count > 1:
        head = words.say("history-page", head=head, page=pages.page, pages=pages.count)
    way = onward(pages.page, words, is_last=pages.is_last, then=(Reply.MENU,))
    parts: list[Part] = [Paragraph(head)]
    if shown:
        parts += [_table(shown, words), Note(words.say("content-how-to-open", number=shown[0].number))]
    parts.append(Note(words.say("person-looked", name=facts.name)))
    return Message(
        kind=MessageKind.CONTENT_LIST,
        title=words.say("content-list-title", name=facts.name),
        body=tuple(parts),
        sms=(Clause(head), *(Clause(_line(each, words), 2) for each in shown), way.clause),
        actions=way.actions,
    )


def _table(items: Sequence[KeptFacts], words: Words) -> Table:
    columns = tuple(words.say(f"column-{name}") for name in ("when", "what", "state", "item"))
    rows = tuple(
        (
            wording.moment(each.at, words),
            words.say(
                "content-what", kind=words.say(f"content-kind-{each.kind}"), size=size(each.size, words)
            ),
            state(each, words),
            each.number,
        )
        for each in items
    )
    return Table("", columns, rows, tuple(_open(each, each.number, words) for each in items))


def _open(item: KeptFacts, label: str, words: Words) -> Button:
    return Button(label, "content-item", item.ref, words.say("content-typed", number=item.number))


def state(item: KeptFacts, words: Words) -> str:
    """Where an item stands, in two or three words."""
    if item.gone:
        return words.say("content-state-gone")
    if item.asked:
        return words.say("content-state-asked")
    return words.say("content-state-set-aside" if item.set_aside else "content-state-kept")


def _line(item: KeptFacts, words: Words) -> str:
    kind = words.say(f"content-kind-{item.kind}")
    day = wording.day_with_year(item.at.date(), words)
    return words.say("content-line", number=item.number, day=day, kind=kind, state=state(item, words))


def content_item(facts: ContentItemFacts, words: Words) -> Message:
    """The item, with what can be done about it."""
    item = facts.item
    parts: list[Part] = [Paragraph(each) for each in facts.text.splitlines() if each.strip()]
    hidden = words.say(f"content-hidden-{facts.hidden}") if facts.hidden else ""
    if hidden:
        parts = [Paragraph(hidden)]
    parts.append(Facts(tuple(_about(item, words))))
    if facts.looked_at:
        parts.append(Note(words.say("person-looked", name=facts.looked_at)))
    return Message(
        kind=MessageKind.CONTENT_ITEM,
        title=words.say("content-item-title", number=item.number, name=item.whose),
        body=tuple(parts),
        # A phone lies on a table: what somebody wrote is read at a desk.
        sms=(
            Clause(_line(item, words)),
            Clause(hidden or words.say("content-hidden-phone")),
            reply_clause((Reply.MENU,), words),
        ),
        actions=(*_acts(item, words), button(Reply.MENU, words)),
    )


def _about(item: KeptFacts, words: Words) -> list[Fact]:
    said = {
        "when": wording.moment(item.at, words),
        "kind": words.say(f"content-kind-{item.kind}"),
        "size": size(item.size, words),
        "state": state(item, words),
        "set-aside": words.say(f"content-set-aside-{item.set_aside}") if item.set_aside else "",
        "asked": _asked(item, words),
        "gone": _gone(item, words),
    }
    return [Fact(words.say(f"content-row-{name}"), value) for name, value in said.items() if value]


def _asked(item: KeptFacts, words: Words) -> str:
    if not item.asked or item.gone:
        return ""
    return words.say("content-asked-by", code=words.say(f"content-code-{item.asked}"), name=item.asked_by)


def _gone(item: KeptFacts, words: Words) -> str:
    if not item.gone or item.gone_at is None:
        return ""
    return words.say(
        "content-gone-by",
        code=words.say(f"content-code-{item.gone}"),
        name=item.gone_by,
        day=wording.day_with_year(item.gone_at.date(), words),
    )


def _acts(item: KeptFacts, words: Words) -> tuple[Button, ...]:
    if item.gone:
        return ()
    hide: Offered = "put-back" if item.set_aside else "set-aside"
    return (
        _act(hide, item, words),
        _act("dispose", item, words),
        _act("hold-item", item, words),
    )


def _act(route: Offered, item: KeptFacts, words: Words) -> Button:
    return Button(
        words.say(f"content-act-{route}"),
        route,
        item.ref,
        words.say(f"content-typed-{route}", number=item.number),
    )


def content_none(words: Words) -> Message:
    """The same for a number that nothing has and for one of another agency."""
    text = words.say("content-none")
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.CONTENT_NONE,
        title=words.say("content-none-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def content_done(facts: ContentDoneFacts, words: Words) -> Message:
    """What is different now, or that nothing is and why."""
    if facts.why:
        text = words.say(f"content-not-done-{facts.why}")
    else:
        text = words.say(f"content-done-{facts.act}", number=facts.number)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.CONTENT_DONE,
        title=words.say("content-done-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def dispose(item: KeptFacts, words: Words) -> Message:
    """Under which code; or, when somebody asked already, whether to do it. What cannot be undone is said first."""
    lead = words.say("dispose-lead", number=item.number)
    if item.asked:
        how = words.say("dispose-asked", code=words.say(f"content-code-{item.asked}"), name=item.asked_by)
        offered: tuple[Button, ...] = (
            _act("confirm-disposal", item, words),
            _act("keep-item", item, words),
        )
    else:
        how = words.say("dispose-how")
        offered = tuple(
            Button(
                words.say(f"dispose-under-{code}"),
                "dispose-under",
                f"{code} {item.ref}",
                words.say(f"dispose-typed-{code}", number=item.number),
            )
            for code in CODES
        )
    options = wording.joined_or([each.typed.upper() for each in offered], words)
    return Message(
        kind=MessageKind.DISPOSE,
        title=words.say("dispose-title", number=item.number),
        body=(Paragraph(lead), Paragraph(how), Facts(tuple(_about(item, words)))),
        sms=(Clause(lead), Clause(how, 1), Clause(words.say("reply-with", options=options))),
        actions=(*offered, button(Reply.MENU, words)),
    )


def disposals(items: Sequence[KeptFacts], words: Words) -> Message:
    """What waits for a second person; no words of it are shown."""
    head = words.say_many("disposals-found", len(items)) if items else words.say("disposals-none")
    columns = tuple(words.say(f"column-{name}") for name in ("when", "person", "code", "who", "item"))
    rows = tuple(
        (
            wording.moment(each.at, words),
            each.whose,
            words.say(f"content-code-{each.asked}"),
            each.asked_by,
            each.number,
        )
        for each in items
    )
    opening = tuple(
        Button(each.number, "dispose", each.ref, words.say("content-typed-dispose", number=each.number))
        for each in items
    )
    return Message(
        kind=MessageKind.DISPOSALS,
        title=words.say("disposals-title"),
        body=(Paragraph(head), *((Table("", columns, rows, opening),) if rows else ())),
        sms=(
            Clause(head),
            *(
                Clause(words.say("disposals-line", number=each.number, name=each.asked_by), 2)
                for each in items
            ),
            reply_clause((Reply.MENU,), words),
        ),
        actions=buttons((Reply.MENU,), words),
    )


def holds(found: Sequence[HoldFacts], words: Words) -> Message:
    """What must not go, and who said so."""
    head = words.say_many("holds-found", len(found)) if found else words.say("holds-none")
    columns = tuple(words.say(f"column-{name}") for name in ("when", "what", "who", "lift", "hold"))
    rows = tuple(
        (wording.moment(each.at, words), _on(each, words), each.by, each.lift_asked_by, each.number)
        for each in found
    )
    lifting = tuple(
        Button(each.number, "lift-hold", each.ref, words.say("holds-typed-lift", number=each.number))
        for each in found
    )
    return Message(
        kind=MessageKind.HOLDS,
        title=words.say("holds-title"),
        body=(
            Paragraph(head),
            *((Table("", columns, rows, lifting), Note(words.say("holds-lift"))) if rows else ()),
        ),
        sms=(
            Clause(head),
            *(
                Clause(words.say("holds-line", number=each.number, what=_on(each, words)), 2)
                for each in found
            ),
            reply_clause((Reply.MENU,), words),
        ),
        actions=buttons((Reply.MENU,), words),
    )


def _on(hold: HoldFacts, words: Words) -> str:
    what = hold.item or (
        words.say("hold-on-person", name=hold.name) if hold.name else words.say("hold-on-all")
    )
    if hold.first_day is None or hold.last_day is None:
        return what
    return words.say(
        "hold-on-days",
        what=what,
        first=wording.day_with_year(hold.first_day, words),
        last=wording.day_with_year(hold.last_day, words),
    )


def spilled(facts: SpillFacts, words: Words) -> Message:
    """What happened to the message, in calm words, and what to do now."""
    text = words.say("spill", what=words.say(f"spill-{facts.found}"))
    what_next = words.say("spill-next")
    who = words.say("spill-who", name=shortened(facts.coordinator, NAME_ROOM))
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.SPILL,
        title=words.say("spill-title"),
        body=(Paragraph(text), Paragraph(what_next), Note(who)),
        sms=(Clause(text), Clause(what_next), Clause(who, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )
