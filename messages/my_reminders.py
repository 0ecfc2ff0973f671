"""How one is reminded, in words: ways, hours, steps, what the agency adds, and what became of a wish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from messages import wording
from messages.clauses import Clause
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import Button, Choice, ChoiceField, Fact, Facts, Form, Message, Note, Paragraph, TextField
from messages.reminder_rules import ways
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named

MyRemindersCode = Literal[
    "adds",
    "all-left-out",
    "kept",
    "kept-without",
    "narrow",
    "no-such-step",
    "no-such-way",
    "pause",
    "same",
    "sixty",
    "unread",
    "which-hour",
]
REASON_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRemindersFacts:
    """How the asker is reminded now, as the wish and the rules come to together.

    ``supervisor_after`` is None while the agency tells no supervisor. ``begins`` and ``ends`` are for days without a
    known shift; ``agency_begins`` and ``agency_ends`` what they may be chosen from.
    """

    order: tuple[str, ...]
    begins: time
    ends: time
    agency_begins: time
    agency_ends: time
    steps: tuple[int, ...]
    without: tuple[int, ...] = ()
    reason: str = ""
    daily_cap: int
    overdue_every: int
    supervisor_after: int | None = None
    code: MyRemindersCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WishFormFacts:
    """The form: how it is now, then what was entered. ``steps`` are those that may be left out."""

    steps: tuple[int, ...]
    order: str
    begins: str
    ends: str
    without: tuple[int, ...] = ()
    reason: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def my_reminders(facts: MyRemindersFacts, words: Words) -> Message:
    """What became of a wish, if there was one; then how one is reminded."""
    lead = _lead(facts, words)
    order = ways(list(facts.order), words)
    steps = words.say("my-reminders-steps", days=wording.listed(map(str, facts.steps)))
    hours = words.say("my-reminders-hours", begins=_clock(facts.begins), ends=_clock(facts.ends))
    rows = [
        ("order", order),
        ("hours", hours),
        ("steps", steps),
        ("overdue", words.say_many("my-reminders-overdue", facts.overdue_every)),
        ("cap", words.say_many("my-reminders-cap", facts.daily_cap)),
        ("supervisor", _supervisor(facts, words)),
    ]
    if facts.without:
        left = wording.listed(map(str, facts.without))
        rows.append(("without", f"{left}: {facts.reason}" if facts.reason else left))
    change = Button(
        words.say("my-reminders-change-label"), "set-my-reminders", "", words.say("my-reminders-change-typed")
    )
    replies = (Reply.DEADLINES, Reply.MENU)
    how = words.say("my-reminders-how")
    return Message(
        kind=MessageKind.MY_REMINDERS,
        title=words.say("my-reminders-title"),
        body=(
            *((Paragraph(lead),) if lead else ()),
            Facts(tuple(Fact(words.say(f"my-reminders-row-{name}"), value) for name, value in rows)),
            Note(how),
            Note(words.say("my-reminders-stop")),
        ),
        sms=(
            *((Clause(lead),) if lead else ()),
            Clause(
                words.say("my-reminders-short", order=order, hours=hours, steps=steps), 0 if not lead else 2
            ),
            Clause(words.say("my-reminders-how-short"), 3),
            reply_clause(replies, words),
        ),
        actions=(change, *buttons(replies, words)),
    )


def _lead(facts: MyRemindersFacts, words: Words) -> str:
    if facts.code is None:
        return ""
    known: dict[str, str] = {"begins": _clock(facts.agency_begins), "ends": _clock(facts.agency_ends)}
    return words.say(
        f"my-reminders-{facts.code}", **named(words.sentence(f"my-reminders-{facts.code}"), known)
    )


def _supervisor(facts: MyRemindersFacts, words: Words) -> str:
    if facts.supervisor_after is None:
        return words.say("my-reminders-nobody-told")
    return words.say_many("my-reminders-supervisor", facts.supervisor_after)


def _clock(at: time) -> str:
    return at.isoformat(timespec="minutes")


def wish_form(facts: WishFormFacts, words: Words) -> Message:
    """The form in which one's own way is chosen."""
    made = with_errors(
        Form(
            title=words.say("my-reminders-title"),
            route="set-my-reminders",
            submit=words.say("my-reminders-submit"),
            fields=(
                TextField(
                    name="order",
                    label=words.say("my-reminders-row-order"),
                    value=facts.order,
                    hint=words.say("my-reminders-order-hint"),
                    required=False,
                ),
                *(
                    TextField(
                        name=name,
                        label=words.say(f"my-reminders-{name}"),
                        value=facts.begins if name == "begins" else facts.ends,
                        hint=words.say("my-reminders-hour-hint"),
                        required=False,
                    )
                    for name in ("begins", "ends")
                ),
                ChoiceField(
                    name="without",
                    label=words.say("my-reminders-row-without"),
                    choices=tuple(
                        Choice(str(each), words.say_many("my-reminders-step", each)) for each in facts.steps
                    ),
                    value=tuple(map(str, facts.without)),
                    required=False,
                    many=True,
                ),
                TextField(
                    name="reason",
                    label=words.say("my-reminders-reason"),
                    value=facts.reason,
                    lines=REASON_LINES,
                    required=False,
                ),
            ),
        ),
        facts.errors,
        words,
    )
    text = errors_lead(made, words) if made.errors else words.say("my-reminders-form")
    how = Clause(words.say("my-reminders-how-short"))
    clauses = (Clause(text), *error_clauses(made, words, 1)) if made.errors else (how,)
    shown = Button(words.say("my-reminders-title"), "my-reminders", "", words.say("my-reminders-typed"))
    return Message(
        kind=MessageKind.MY_REMINDERS,
        title=words.say("my-reminders-title"),
        body=(Paragraph(text),),
        sms=(*clauses, button_clause(shown, words)),
        actions=(shown,),
        form=made,
    )
