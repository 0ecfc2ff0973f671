"""The rules of reminding in words: what is in force and why, the versions before, the form, and what became of an
entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import dashed
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    DateField,
    Fact,
    Facts,
    Field,
    Form,
    Message,
    Note,
    NumberField,
    Paragraph,
    TextField,
)
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named

RemindersCode = Literal["entered", "entered-without", "no-such-setting"]
LINES = {"requirements": 4, "urgent": 2, "holidays": 3}
OPTIONAL = frozenset({"requirements", "urgent", "holidays", "notice_on", "only_if_not_empty"})
NUMBERS = frozenset(
    {
        "overdue_from",
        "overdue_every",
        "hold_hours",
        "wait_minutes",
        "list_hours",
        "daily_cap",
        "monthly_segments",
        "burst",
        "later_days",
        "hours_per_month",
        "lead_days",
        "from_days_before",
        "supervisor_after",
        "coordinator_after",
        "roll_call_minutes_before",
        "chief_on",
    }
)
HINTED = ("days_before", "requirements", "notice_on", "monthly_segments", "order")
REASON_LINES = 3
ECHO_ROOM = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesVersionFacts:
    """One version: what is in it by setting, as it is written. Nobody entered the shipped one.

    ``left_out``: why the sixty-day step is missing, in their words, by requirement; empty of the ladder of all.
    """

    version: int
    written: Mapping[str, str]
    reason: str = ""
    who: str = ""
    at: datetime | None = None
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRulesFacts:
    """What is in force, and every version before, the newest first. ``may_enter``: the reader may enter another."""

    in_force: RulesVersionFacts
    earlier: tuple[RulesVersionFacts, ...] = ()
    may_enter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFormFacts:
    """The form: what is in force to begin with, then what was entered. ``overtaken``: by whom another was entered."""

    version: int
    entries: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    reason: str = ""
    without: str = ""
    overtaken: bool = False
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesEnteredFacts:
    """What an entry came to: ``reminder-rules-done-<code>``; ``written`` is what is no setting."""

    code: RemindersCode
    version: int = 0
    written: str = ""


def rules(facts: ReminderRulesFacts, words: Words) -> Message:
    """Who entered what is in force, when and why; every setting; the versions before."""
    now = facts.in_force
    head = _head(now, words)
    why = words.say("reminder-rules-why", reason=now.reason) if now.reason else ""
    lines = [_left_out(requirement, reason, words) for requirement, reason in now.left_out]
    rows = tuple(Fact(_label(name, words), value_of(name, now.written, words)) for name in now.written)
    actions: tuple[Button, ...] = ()
    if facts.may_enter:
        typed = words.say("reminder-rules-change-typed")
        actions = (Button(words.say("reminder-rules-change-label"), "enter-reminder-rules", "", typed),)
    how = words.say("reminder-rules-how") if facts.may_enter else ""
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REMINDER_RULES,
        title=words.say("reminder-rules-title"),
        body=(
            Paragraph(" ".join(filter(None, (head, why)))),
            *(Paragraph(each) for each in lines),
            Facts(rows),
            *((Note(how),) if how else ()),
            *(Note(_earlier(each, words)) for each in facts.earlier),
        ),
        sms=(
            Clause(head),
            Clause(
                words.say(
                    "reminder-rules-short",
                    days=now.written["days_before"],
                    cap=now.written["daily_cap"],
                    begins=now.written["begins"],
                    ends=now.written["ends"],
                )
            ),
            *(Clause(each, 2) for each in lines),
            *((Clause(how, 3),) if how else ()),
            reply_clause(replies, words),
        ),
        actions=(*actions, *buttons(replies, words)),
    )


def _head(facts: RulesVersionFacts, words: Words) -> str:
    if facts.at is None:
        return words.say("reminder-rules-shipped", version=facts.version)
    return words.say(
        "reminder-rules-in-force",
        version=facts.version,
        name=_name(facts.who, words),
        when=wording.moment(facts.at, words),
    )


def _earlier(facts: RulesVersionFacts, words: Words) -> str:
    if facts.at is None:
        return words.say("reminder-rules-earlier-shipped", version=facts.version)
    said = words.say(
        "reminder-rules-earlier",
        version=facts.version,
        name=_name(facts.who, words),
        when=wording.moment(facts.at, words),
    )
    return f"{said} {words.say('reminder-rules-why', reason=facts.reason)}" if facts.reason else said


def _left_out(requirement: str, reason: str, words: Words) -> str:
    why = reason or words.say("reminder-rules-reason-gone")
    if requirement:
        return words.say("reminder-rules-left-out-of", requirement=requirement, reason=why)
    return words.say("reminder-rules-left-out", reason=why)


def _name(name: str, words: Words) -> str:
    return shortened(name, NAME_ROOM) if name else words.say("who-saw-unnamed")


def _label(name: str, words: Words) -> str:
    return words.say(f"reminder-setting-{dashed(name)}")


def value_of(name: str, written: Mapping[str, str], words: Words) -> str:
    """A setting as it is read."""
    value = written[name]
    if name == "notice_on":
        if not value:
            return words.say("reminder-notice-off")
        return wording.day_with_year(date.fromisoformat(value), words)
    if not value:
        return words.say("reminder-nothing-set")
    if name == "order":
        return ways(value.split(", "), words)
    if name == "monthly_segments" and value == "0":
        return words.say("reminder-no-limit")
    if name in {"lieutenant_on", "only_if_not_empty"}:
        return wording.listed(_choice(each, words) for each in value.split(", "))
    return "; ".join(value.splitlines())


def ways(order: list[str], words: Words) -> str:
    """``text, Slack, e-mail``: in the order in which they are tried."""
    return wording.listed(way(each, words) for each in order)


def way(name: str, words: Words) -> str:
    """What people call a channel."""
    return words.say(f"way-{name}" if f"way-{name}" in words else "way-other")


def _choice(value: str, words: Words) -> str:
    return words.say(f"reminder-choice-{value}" if f"reminder-choice-{value}" in words else "way-other")


def form(facts: RulesFormFacts, words: Words) -> Message:
    """The form in which a version is entered."""
    fields: list[Field] = [_field(name, facts, words) for name in facts.entries]
    made = with_errors(
        Form(
            title=words.say("reminder-rules-title"),
            route="enter-reminder-rules",
            value=str(facts.version),
            submit=words.say("reminder-rules-submit"),
            fields=(
                *fields,
                TextField(
                    name="reason",
                    label=words.say("reminder-rules-reason"),
                    value=facts.reason,
                    lines=REASON_LINES,
                ),
                TextField(
                    name="without",
                    label=words.say("reminder-rules-without"),
                    value=facts.without,
                    hint=words.say("reminder-rules-without-hint"),
                    lines=REASON_LINES,
                    required=False,
                ),
            ),
        ),
        facts.errors,
        words,
    )
    text = errors_lead(made, words) if made.errors else words.say("reminder-rules-form")
    if facts.overtaken:
        text = words.say("reminder-rules-overtaken", version=facts.version)
    told = facts.overtaken or made.errors
    clauses = (
        (Clause(text), *error_clauses(made, words, 1)) if told else (Clause(words.say("reminder-rules-how")),)
    )
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REMINDER_RULES,
        title=words.say("reminder-rules-title"),
        body=(Paragraph(text),),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=made,
    )


def _field(name: str, facts: RulesFormFacts, words: Words) -> Field:
    label, entry = _label(name, words), facts.entries[name]
    hint = next((words.say(f"reminder-setting-hint-{dashed(each)}") for each in HINTED if each == name), "")
    required = name not in OPTIONAL
    if name in facts.choices:
        return ChoiceField(
            name=name,
            label=label,
            choices=tuple(Choice(each, _choice(each, words)) for each in facts.choices[name]),
            value=tuple(entry.split(", ")) if entry else (),
            hint=hint,
            required=required,
            many=not required,
        )
    if name == "notice_on":
        day = _day(entry)
        return DateField(
            name=name, label=label, value=day, entered="" if day else entry, hint=hint, required=False
        )
    if name in NUMBERS:
        number = Decimal(entry) if entry.replace(".", "", 1).isdecimal() and entry.isascii() else None
        return NumberField(
            name=name,
            label=label,
            value=None if name in facts.errors else number,
            entered=entry if number is None or name in facts.errors else "",
            hint=hint,
        )
    return TextField(
        name=name, label=label, value=entry, hint=hint, required=required, lines=LINES.get(name, 1)
    )


def _day(entry: str) -> date | None:
    try:
        return date.fromisoformat(entry)
    except ValueError:
        return None


def done(facts: RulesEnteredFacts, words: Words) -> Message:
    """What became of an entry."""
    known: dict[str, str | int] = {
        "version": facts.version,
        "written": shortened(wording.echoed(facts.written), ECHO_ROOM),
    }
    sentence = words.sentence(f"reminder-rules-done-{facts.code}")
    text = words.say(f"reminder-rules-done-{facts.code}", **named(sentence, known))
    shown = Button(words.say("reminder-rules-title"), "reminder-rules", "", words.say("reminder-rules-typed"))
    return Message(
        kind=MessageKind.REMINDER_RULES,
        title=words.say("reminder-rules-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(shown, words)),
        actions=(shown,),
    )
