"""A request for training as whoever decides it reads it: the facts to check, what may be done, no recommendation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.budget_line import BudgetLineFacts, budget_text, is_exceeded
from messages.class_phrases import distance_text
from messages.class_values import ClassValues, single_days, values_line
from messages.clauses import Clause, shortened
from messages.forms import FieldError, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import Button, Choice, ChoiceField, Form, Message, Note, Paragraph, TextField
from messages.replies import Reply, button_clause, buttons
from messages.words import Words, named

# How much of somebody's words a card shows.
WORDS_ROOM = 300
MOST_ITEMS = 8
LINES = 3
Act = Literal["approve", "deny", "ask", "hand"]
# What is done with words of one's own.
WordedAct = Literal["approve", "deny", "ask"]
ShiftsCode = Literal["shifts", "shifts-minimum", "shifts-planned", "shifts-minimum-planned"]
# By what is known of the staffing.
SHIFTS: Mapping[tuple[str, ...], ShiftsCode] = {
    (): "shifts",
    ("minimum",): "shifts-minimum",
    ("planned",): "shifts-planned",
    ("minimum", "planned"): "shifts-minimum-planned",
}
ApprovalSettledCode = Literal[
    "answered", "appealed", "approved", "changed", "denied", "handed", "moved", "withdrawn"
]
ApprovalCode = Literal[
    "asked",
    "began",
    "by-text-off",
    "code",
    "code-wrong",
    "confirm-first",
    "nobody-of-name",
    "not-a-decision",
    "not-yours",
    "older-card",
    "open-first",
    "type-first",
    "why-first",
    "words-too-long",
]


def called(number: int) -> str:
    """What people say."""
    return f"R-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """To whom it may be left by one press."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedFacts:
    """What an appeal is about: who denied it, when and why, and what is said to it."""

    who: str
    at: datetime
    reason: str
    appeal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCardFacts:
    """One request for whoever decides it. ``version`` is the act that made what is decided, ``step`` where it stands.

    ``minimum`` and ``planned`` are None where nobody knows. ``checks`` are codes of what has to be confirmed.
    ``asks`` and ``answers``: what was asked before, and what was said. ``waits_with`` has it, while it is shown to
    somebody beside them. ``changes`` are lines of what is another value than in the version before.
    """

    number: int
    version: int
    step: int
    who: str
    values: ClassValues
    shifts: tuple[date, ...] = ()
    minimum: int | None = None
    planned: int | None = None
    on_leave: bool = False
    in_court: tuple[date, ...] = ()
    no_seat: bool = False
    reason: str = ""
    closes: tuple[str, ...] = ()
    open_items: tuple[str, ...] = ()
    entered_by: str = ""
    changes: tuple[str, ...] = ()
    asks: str = ""
    answers: str = ""
    denied: DeniedFacts | None = None
    in_place_of: str = ""
    waits_with: str = ""
    since: datetime | None = None
    register_by: date | None = None
    miles: int | None = None
    miles_source: str = ""
    budget: BudgetLineFacts | None = None
    handing: Handing | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedFacts:
    """What became of a step. ``whom`` is in whose place it was decided; ``following`` who is asked next.

    ``last``: no step comes after it. ``today``: when it was is said by the clock alone.
    """

    code: ApprovalSettledCode
    number: int
    step: int = 0
    who: str = ""
    whom: str = ""
    at: datetime | None = None
    today: bool = True
    note: str = ""
    following: str = ""
    last: bool = False
    reverses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDoneFacts:
    """What is said to an act that decided nothing, or to the asker of one: ``approval-<code>``."""

    code: ApprovalCode
    number: int
    name: str = ""
    facts: tuple[str, ...] = ()
    day: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWordsFacts:
    """The form in which a denial or a question is written."""

    act: Literal["deny", "ask"]
    number: int
    version: int
    written: str = ""
    decided: DecidedFacts | None = None  # what the reader decided before, and this would undo
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsShownFacts:
    """Words of whoever decides, shown to them before they are kept. ``name`` will read them."""

    act: WordedAct
    number: int
    version: int
    name: str
    said: str


def card(facts: ApprovalCardFacts, words: Words) -> Message:
    """What is asked for by whom, each fact to check, and the four things that may be done."""
    lead = _lead(facts, words)
    said = _facts(facts, words)
    asked = words.say("approval-check", facts=_checks(facts.checks, words)) if facts.checks else ""
    text = " ".join([lead, *(each for each, _ in said)])
    budget = "" if facts.budget is None else budget_text(facts.budget, words)
    how = words.say("approval-how", request=called(facts.number))
    return Message(
        kind=MessageKind.APPROVAL_CARD,
        title=words.say("approval-title", request=called(facts.number)),
        body=(Paragraph(text), *(Note(each) for each in (budget, asked) if each)),
        sms=(
            Clause(lead),
            *(Clause(each, priority) for each, priority in said),
            *((Clause(budget, 1 if is_exceeded(facts.budget) else 2),) if budget else ()),
            *((Clause(asked, 2),) if asked else ()),
            Clause(how),
        ),
        actions=actions(facts, words),
    )


def _lead(facts: ApprovalCardFacts, words: Words) -> str:
    return words.say(
        "approval-head",
        request=called(facts.number),
        name=shortened(facts.who, NAME_ROOM),
        values=values_line(facts.values, words, place=False),
    )


def facts_said(facts: ApprovalCardFacts, words: Words) -> tuple[str, ...]:
    """Every fact of the card in its sentence."""
    budget = () if facts.budget is None else (budget_text(facts.budget, words),)
    return (_lead(facts, words), *(each for each, _ in _facts(facts, words)), *budget)


def _facts(facts: ApprovalCardFacts, words: Words) -> list[tuple[str, int]]:
    """Each fact with the priority of its clause."""
    return [*_before_it(facts, words), *_of_the_class(facts, words), *_of_the_officer(facts, words)]


def _before_it(facts: ApprovalCardFacts, words: Words) -> Iterator[tuple[str, int]]:
    """How it came to its reader."""
    if facts.waits_with and facts.since is not None:
        since = wording.moment(facts.since, words)
        yield words.say("approval-waits-with", name=facts.waits_with, since=since), 1
    if facts.in_place_of:
        yield words.say("approval-in-place-of", name=facts.in_place_of), 2
    if facts.entered_by:
        yield words.say("approval-entered-by", name=facts.entered_by), 3
    if facts.denied is not None:
        yield from _appeal(facts.denied, words)
    if facts.changes:
        yield words.say("approval-changed", changes="; ".join(facts.changes)), 1


def _of_the_class(facts: ApprovalCardFacts, words: Words) -> Iterator[tuple[str, int]]:
    """What its days do."""
    yield _shifts(facts, words), 1
    if facts.miles is not None:
        distance = distance_text(facts.miles, facts.miles_source, words)
        yield words.say("approval-distance", distance=distance), 3
    if facts.on_leave:
        yield words.say("approval-on-leave"), 1
    if facts.in_court:
        yield words.say("approval-in-court", days=single_days(facts.in_court, words)), 1
    if facts.no_seat:
        yield words.say("approval-no-seat"), 1


def _of_the_officer(facts: ApprovalCardFacts, words: Words) -> Iterator[tuple[str, int]]:
    """What whoever asked said, and what they owe."""
    if facts.reason:
        yield words.say("approval-reason", words=own_words(facts.reason)), 2
    if facts.closes:
        yield words.say("approval-closes", items=_items(facts.closes, words)), 4
    if facts.open_items:
        yield words.say("approval-open-items", items=_items(facts.open_items, words)), 3
    if facts.asks:
        yield words.say("approval-asked-before", words=own_words(facts.asks)), 3
    if facts.answers:
        yield words.say("approval-answer", words=own_words(facts.answers)), 1
    if facts.register_by is not None:
        day = wording.day_with_year(facts.register_by, words)
        yield words.say("approval-register-by", day=day), 4


def _appeal(denied: DeniedFacts, words: Words) -> list[tuple[str, int]]:
    text = words.say(
        "approval-denied-before",
        name=shortened(denied.who, NAME_ROOM),
        when=wording.moment(denied.at, words),
        words=own_words(denied.reason),
    )
    return [(text, 1), (words.say("approval-appeal", words=own_words(denied.appeal)), 1)]


def _shifts(facts: ApprovalCardFacts, words: Words) -> str:
    if not facts.shifts:
        return words.say("approval-no-shifts")
    known: dict[str, object] = {
        "n": len(facts.shifts),
        "days": single_days(facts.shifts, words),
        "minimum": facts.minimum,
        "planned": facts.planned,
    }
    there = tuple(name for name in ("minimum", "planned") if known[name] is not None)
    found: ShiftsCode = SHIFTS[there]
    return words.say(f"approval-{found}", **named(words.sentence(f"approval-{found}"), known))


def _items(items: tuple[str, ...], words: Words) -> str:
    return wording.first_of(items, MOST_ITEMS, words)


def _checks(codes: tuple[str, ...], words: Words) -> str:
    return wording.joined_and([words.say(f"approval-fact-{each}") for each in codes], words)


def own_words(text: str) -> str:
    """What somebody wrote, in one line, calling nobody and leading nowhere."""
    return wording.echoed(shortened(" ".join(text.split()), WORDS_ROOM))


def actions(facts: ApprovalCardFacts, words: Words) -> tuple[Button, ...]:
    """Approve, deny with a reason, ask, leave it to somebody; and first the whole of it where it has to be opened."""
    return (
        *((opening(facts.number, words),) if facts.checks else ()),
        act_button("approve", facts.number, facts.version, words),
        act_button("deny", facts.number, facts.version, words),
        act_button("ask", facts.number, facts.version, words),
        *(() if facts.handing is None else (_hand(facts, facts.handing, words),)),
    )


def act_button(act: Literal["approve", "deny", "ask"], number: int, version: int, words: Words) -> Button:
    """One of the things that may be done with this version."""
    typed = words.say(f"approval-{act}-typed", request=called(number))
    return Button(words.say(f"approval-{act}-label"), f"{act}-request", f"{number}/{version}", typed)


def _hand(facts: ApprovalCardFacts, handing: Handing, words: Words) -> Button:
    typed = words.say("approval-hand-typed", request=called(facts.number), name=handing.name)
    value = f"{facts.number}/{facts.version}/{handing.person_id}"
    return Button(words.say("approval-hand-label", name=handing.name), "hand-request", value, typed)


def opening(number: int, words: Words) -> Button:
    """The whole request with what has to be confirmed."""
    request = called(number)
    typed = words.say("approval-open-typed", request=request)
    return Button(words.say("approval-open-label", request=request), "open-request", str(number), typed)


def decided_text(facts: DecidedFacts, words: Words) -> str:
    """``R-1042 step 1 approved by Sgt. Okafor 14:22, with note: staffing at minimum. Next: P. Nair.``"""
    who = shortened(facts.who, NAME_ROOM)
    by = words.say("approval-by-for", name=who, whom=shortened(facts.whom, NAME_ROOM)) if facts.whom else who
    known: dict[str, object] = {
        "request": called(facts.number),
        "step": facts.step,
        "name": by,
        "when": "" if facts.at is None else _when(facts.at, words, today=facts.today),
        "note": own_words(facts.note),
        "next": shortened(facts.following, NAME_ROOM) or words.say("coordinator-unnamed"),
    }
    if facts.note and facts.code == "approved":
        sentence = words.sentence("approval-settled-approved-note")
        parts = [words.say("approval-settled-approved-note", **named(sentence, known))]
    else:
        sentence = words.sentence(f"approval-settled-{facts.code}")
        parts = [words.say(f"approval-settled-{facts.code}", **named(sentence, known))]
    if facts.reverses:
        parts.append(words.say("approval-reverses"))
    if facts.code == "approved":
        tail = "approval-was-last" if facts.last else "approval-next"
        parts.append(words.say(tail, **named(words.sentence(tail), known)))
    return " ".join(parts)


def _when(at: datetime, words: Words, *, today: bool) -> str:
    return wording.clock_time(at, words) if today else wording.moment(at, words)


def settled(facts: ApprovalCardFacts, decided: DecidedFacts, words: Words) -> Message:
    """The card once it is somebody's no more: what became of it first, and nothing left to press."""
    said = decided_text(decided, words)
    return Message(
        kind=MessageKind.APPROVAL_CARD,
        title=words.say("approval-title", request=called(decided.number)),
        body=(Paragraph(said), Note(_lead(facts, words))),
        sms=(Clause(said),),
    )


def decided(
    facts: DecidedFacts, words: Words, *, again: bool = False, budget: BudgetLineFacts | None = None
) -> Message:
    """What the decider reads, and what the budget has left then; ``again``: it was decided before, nothing changed."""
    text = decided_text(facts, words)
    if again:
        text = words.say("approval-settled-before", settled=text)
    beside = () if budget is None else (budget_text(budget, words),)
    return _done(facts.number, text, words, beside=beside)


def undoing(facts: DecidedFacts, act: WordedAct, words: Words) -> Message:
    """That it is decided, and what it takes to decide it anew."""
    return _done(facts.number, _undoing(facts, act, words), words)


def _undoing(facts: DecidedFacts, act: WordedAct, words: Words) -> str:
    how = words.say(f"approval-{act}-typed", request=called(facts.number))
    return words.say("approval-undo-first", settled=decided_text(facts, words), how=how)


def words_shown(facts: WordsShownFacts, words: Words) -> Message:
    """Who will read what was written, once more in whole, and that it waits for one more word of its writer."""
    request = called(facts.number)
    said = words.say("approval-words-said", words=wording.echoed(" ".join(facts.said.split())))
    text = words.say("approval-words-shown", request=request, name=shortened(facts.name, NAME_ROOM))
    how = words.say(f"approval-{facts.act}-typed", request=request)
    then = words.say("approval-words-again", how=how)
    bare = ApprovalWordsFacts(act="ask", number=facts.number, version=facts.version)
    form = None
    if facts.act != "approve":
        bare = replace(bare, act=facts.act, written=facts.said)
        form = _denial_form(bare, words) if facts.act == "deny" else _question_form(bare, words)
    return Message(
        kind=MessageKind.APPROVAL_DONE,
        title=words.say("approval-title", request=request),
        body=(Paragraph(text), *((Paragraph(said),) if facts.said else ()), Note(then)),
        sms=(Clause(text), *((Clause(said, 1),) if facts.said else ()), Clause(then)),
        form=form,
    )


def done(facts: ApprovalDoneFacts, words: Words) -> Message:
    """Why nothing was decided, or what was done beside a decision."""
    known: dict[str, object] = {
        "request": called(facts.number),
        "name": wording.echoed(shortened(facts.name, NAME_ROOM)),
        "facts": _checks(facts.facts, words) if facts.facts else "",
        "day": "" if facts.day is None else wording.day_with_year(facts.day, words),
        "code": facts.key,
    }
    sentence = words.sentence(f"approval-{facts.code}")
    text = words.say(f"approval-{facts.code}", **named(sentence, known))
    opens = (
        (opening(facts.number, words),) if facts.code in ("open-first", "confirm-first", "type-first") else ()
    )
    return _done(facts.number, text, words, opens)


def _done(
    number: int, text: str, words: Words, first: tuple[Button, ...] = (), beside: tuple[str, ...] = ()
) -> Message:
    replies = (Reply.MENU,)
    waiting = Button(words.say("approvals-label"), "approvals", "", words.say("approvals-typed"))
    then = (*first, waiting)
    return Message(
        kind=MessageKind.APPROVAL_DONE,
        title=words.say("approval-title", request=called(number)) if number else words.say("approvals-title"),
        body=(Paragraph(text), *map(Note, beside)),
        sms=(Clause(text), *(Clause(each, 1) for each in beside), button_clause(then[0], words)),
        actions=(*then, *buttons(replies, words)),
    )


def which(number: int, version: int, words: Words) -> ChoiceField:
    """Which version the form is about, so that it comes back with it."""
    value = f"{number}/{version}"
    return ChoiceField(
        name="request",
        label=words.say("approval-form-request"),
        choices=(Choice(value, called(number)),),
        value=(value,),
    )


def words_form(facts: ApprovalWordsFacts, words: Words) -> Message:
    """A denial wants its reason, a question its words."""
    request = called(facts.number)
    text = words.say(f"approval-{facts.act}-why", request=request)
    if facts.decided is not None:
        text = _undoing(facts.decided, facts.act, words)
    bare = _denial_form(facts, words) if facts.act == "deny" else _question_form(facts, words)
    built = with_errors(bare, facts.errors, words)
    lead = errors_lead(built, words) if built.errors else text
    how = words.say(f"approval-{facts.act}-typed", request=request)
    return Message(
        kind=MessageKind.APPROVAL_DONE,
        title=words.say("approval-title", request=request),
        body=(Paragraph(lead),),
        sms=(Clause(lead), Clause(words.say("reply-with", options=how))),
        form=built,
    )


def _denial_form(facts: ApprovalWordsFacts, words: Words) -> Form:
    return Form(
        title=words.say("approval-title", request=called(facts.number)),
        route="deny-request",
        value=f"{facts.number}/{facts.version}",
        submit=words.say("approval-deny-submit"),
        fields=_words_fields(facts, words),
    )


def _question_form(facts: ApprovalWordsFacts, words: Words) -> Form:
    return Form(
        title=words.say("approval-title", request=called(facts.number)),
        route="ask-request",
        value=f"{facts.number}/{facts.version}",
        submit=words.say("approval-ask-submit"),
        fields=_words_fields(facts, words),
    )


def _words_fields(facts: ApprovalWordsFacts, words: Words) -> tuple[ChoiceField, TextField]:
    label = words.say(f"approval-{facts.act}-words")
    entered = TextField(name="words", label=label, value=facts.written, lines=LINES)
    return (which(facts.number, facts.version, words), entered)
