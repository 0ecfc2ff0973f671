"""What is said about phones that many share: to the coordinator, to whoever logs in, and on the phone itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from messages import wording
from messages.clauses import Clause
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import Button, Form, Message, Note, Paragraph, Part, Table, TextField
from messages.pages import Pages
from messages.phones import Lost
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

# As much of a number as tells phones apart and is no number to write to.
END = 4
SharedCode = Literal["already", "none", "ours", "shared", "unshared"]
MENU = (Reply.STATUS, Reply.MENU)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneFacts:
    """One shared phone; ``name`` may be empty."""

    phone_id: int
    number: str
    name: str
    in_use: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPhonesFacts:
    """Every shared phone, and the page that is shown."""

    phones: tuple[PhoneFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What was entered so far, and what is wrong with it."""

    number: str = ""
    name: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPhoneDoneFacts:
    """What became of it: the code of ``shared-phone-<code>``. ``link_ended``: it was one person's until now."""

    code: SharedCode
    phone: PhoneFacts | None = None
    hours: int = 0
    link_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCodeFacts:
    """A code for one shared phone, for whoever it is said to be."""

    agency: str
    phone: PhoneFacts
    code: str
    minutes: int


def called(facts: PhoneFacts, words: Words) -> str:
    """What a phone is called, with the end of its number."""
    end = facts.number[-END:]
    if facts.name:
        return words.say("shared-phone-named", name=facts.name, end=end)
    return words.say("shared-phone-unnamed", end=end)


def shared_phones(facts: SharedPhonesFacts, words: Words) -> Message:
    """Which there are, a page of them, each with the button that ends it."""
    pages = Pages(len(facts.phones), facts.lines, facts.page)
    shown = pages.of(facts.phones)
    n = len(facts.phones)
    head = words.say_many("shared-phones-found", n) if n else words.say("shared-phones-none")
    how = words.say("shared-phones-typed")
    parts: list[Part] = [Paragraph(head)]
    if shown:
        columns = tuple(words.say(f"column-{name}") for name in ("number", "what", "state"))
        parts.append(Table("", columns, tuple(_row(each, words) for each in shown)))
    parts.append(Note(how))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.SHARED_PHONES,
        title=words.say("shared-phones-title"),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(Clause(f"{called(each, words)}.", 2) for each in shown),
            Clause(how, 1),
            way.clause,
        ),
        actions=(
            _share(words),
            *(_unshare(each, words) for each in shown),
            *way.actions,
        ),
    )


def form(facts: FormFacts, words: Words) -> Message:
    """The form to share a phone with; with errors it says how many fields need another look."""
    made = _form(facts, words)
    lead = errors_lead(made, words) if made.errors else words.say("shared-phone-form-lead")
    clauses = error_clauses(made, words, 1) if made.errors else ()
    how = words.say("shared-phones-typed")
    return Message(
        kind=MessageKind.SHARED_PHONE,
        title=words.say("shared-phone-form-title"),
        body=(Paragraph(lead),),
        sms=(Clause(lead), Clause(how), *clauses, reply_clause((Reply.MENU,), words)),
        actions=buttons((Reply.MENU,), words),
        form=made,
    )


def _form(facts: FormFacts, words: Words) -> Form:
    made = Form(
        title=words.say("shared-phone-form-title"),
        route="share-phone",
        submit=words.say("shared-phone-form-submit"),
        fields=(
            TextField(
                name="number",
                label=words.say("shared-phone-form-number"),
                value=facts.number,
                hint=words.say("shared-phone-form-number-hint"),
            ),
            TextField(
                name="name",
                label=words.say("shared-phone-form-name"),
                value=facts.name,
                hint=words.say("shared-phone-form-name-hint"),
                required=False,
            ),
        ),
    )
    return with_errors(made, facts.errors, words)


def done(facts: SharedPhoneDoneFacts, words: Words) -> Message:
    """What holds now."""
    known = {
        "phone": "" if facts.phone is None else called(facts.phone, words),
        "hours": str(facts.hours),
    }
    named = words.sentence(f"shared-phone-{facts.code}").facts
    texts = [words.say(f"shared-phone-{facts.code}", **{name: known[name] for name in sorted(named)})]
    if facts.link_ended:
        texts.append(words.say("shared-phone-link-ended"))
    return Message(
        kind=MessageKind.SHARED_PHONE,
        title="",
        body=tuple(Paragraph(each) for each in texts),
        sms=(*(Clause(each, at) for at, each in enumerate(texts)), reply_clause(MENU, words)),
        actions=(
            Button(
                words.say("menu-shared-phones-label"),
                "shared-phones",
                "",
                words.say("menu-shared-phones-typed"),
            ),
            *buttons(MENU, words),
        ),
    )


def lost(phone: PhoneFacts, why: Lost, words: Words) -> Message:
    """To the coordinator: nothing is sent to a shared phone any more."""
    text = words.say(f"shared-lost-{why.value}", phone=called(phone, words))
    return Message(
        kind=MessageKind.SHARED_LOST,
        title=words.say("shared-lost-title"),
        body=(Paragraph(text),),
        sms=(Clause(text),),
    )


def shift_asked(agency: str, minutes: int, words: Words) -> Message:
    """The same whether anybody has that badge or not."""
    return _plain(MessageKind.SHIFT_ASKED, words.say("shift-asked", agency=agency, minutes=str(minutes)))


def shift_code(facts: SharedCodeFacts, words: Words) -> Message:
    """To whoever it is said to be, where they are known already; with what sending it means."""
    head = words.say(
        "shift-code", phone=called(facts.phone, words), code=facts.code, minutes=str(facts.minutes)
    )
    texts = (head, words.say("shift-code-not-me"), words.say("phone-code-agrees", agency=facts.agency))
    return Message(
        kind=MessageKind.SHIFT_CODE,
        title=words.say("shift-code-title"),
        body=tuple(Paragraph(each) for each in texts),
        sms=tuple(Clause(each, at) for at, each in enumerate(texts)),
    )


def shift_code_kept(words: Words) -> Message:
    """What is kept of it: a code is in nobody's archive."""
    return _plain(MessageKind.SHIFT_CODE, words.say("shift-code-kept"))


def shift_on(agency: str, until: datetime, words: Words) -> Message:
    """The first text to whoever logged in: until when, and how it ends. Nothing about anybody."""
    text = words.say("shift-on", agency=agency, until=wording.moment(until, words))
    return _plain(MessageKind.SHIFT_ON, text)


def shift_off(agency: str, words: Words) -> Message:
    """Nobody has the phone; the same whether anybody had."""
    return _plain(MessageKind.SHIFT_OFF, words.say("shift-off", agency=agency))


def _row(facts: PhoneFacts, words: Words) -> tuple[str, ...]:
    state = words.say("shared-phones-in-use" if facts.in_use else "shared-phones-free")
    return (facts.number, facts.name, state)


def _share(words: Words) -> Button:
    return Button(
        words.say("shared-phones-share-label"), "share-phone", "", words.say("shared-phones-share-typed")
    )


def _unshare(facts: PhoneFacts, words: Words) -> Button:
    return Button(
        words.say("shared-phones-unshare-label", phone=called(facts, words)),
        "unshare-phone",
        str(facts.phone_id),
        words.say("shared-phones-unshare-typed", number=facts.number),
    )


def _plain(kind: MessageKind, text: str) -> Message:
    return Message(kind=kind, title="", body=(Paragraph(text),), sms=(Clause(text),))
