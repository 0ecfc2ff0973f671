"""The rules of requests in words: what is in force and why, what waits for a second person, the form, and what became
of an act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from messages import second_person, wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import dashed
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Form, Message, Note, Paragraph, Part, TextField
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named

RequestRulesCode = Literal[
    "confirmed",
    "decided",
    "no-such-setting",
    "none",
    "not-yours",
    "own",
    "proposed",
    "refused",
    "taken-back",
    "waits",
]
LINES = {"way": 5, "staffing": 3}
OPTIONAL = frozenset({"staffing", "confirm", "type", "outside_reviewer", "by_text", "checked"})
REASON_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestVersionFacts:
    """One version: what is in it by setting, as it is written. ``state`` is empty while it waits, and of the shipped
    one, which nobody proposed."""

    version: int
    written: Mapping[str, str]
    reason: str = ""
    proposer: str = ""
    state: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRulesFacts:
    """What is in force, what waits, and the versions before, the newest first."""

    in_force: RequestVersionFacts
    waiting: RequestVersionFacts | None = None
    earlier: tuple[RequestVersionFacts, ...] = ()
    may_confirm: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRulesFormFacts:
    """What is in force to begin with, then what was entered."""

    entries: Mapping[str, str]
    reason: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRulesDoneFacts:
    """What an act came to: ``request-rules-done-<code>``; ``written`` is what is no setting."""

    code: RequestRulesCode
    version: int = 0
    who: str = ""
    at: datetime | None = None
    written: str = ""


def rules(facts: RequestRulesFacts, words: Words) -> Message:
    """Who made what is in force, and why; every setting; what waits, with what would change; the versions before."""
    now = facts.in_force
    head = _head(now, words)
    parts: list[Part] = [Paragraph(head)]
    if now.reason:
        parts.append(Paragraph(words.say("request-rules-why", reason=now.reason)))
    parts.append(Facts(tuple(Fact(_label(name, words), text) for name, text in now.written.items() if text)))
    clauses = [Clause(head)]
    actions: tuple[Button, ...] = ()
    how = words.say("request-rules-how")
    if facts.waiting is not None:
        waits = _waits(facts.waiting, now, words)
        parts += [Paragraph(each) for each in waits]
        clauses += [Clause(waits[0]), *(Clause(each, 2) for each in waits[1:])]
        if facts.may_confirm or facts.own:
            actions = second_person.answers(
                "request-rules", facts.waiting.version, words, own=facts.own, may_confirm=facts.may_confirm
            )
    else:
        parts.append(Note(how))
        clauses.append(Clause(how, 3))
        typed = words.say("request-rules-propose-typed")
        label = words.say("request-rules-propose-label")
        actions = (Button(label, "propose-request-rules", "", typed),)
    parts += [Note(_earlier(each, words)) for each in facts.earlier]
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REQUEST_RULES,
        title=words.say("request-rules-title"),
        body=tuple(parts),
        sms=(*clauses, reply_clause(replies, words)),
        actions=(*actions, *buttons(replies, words)),
    )


def _head(facts: RequestVersionFacts, words: Words) -> str:
    if not facts.state:
        return words.say("request-rules-shipped", version=facts.version)
    return words.say(
        "request-rules-in-force",
        version=facts.version,
        proposer=_name(facts.proposer, words),
        name=_name(facts.who, words),
        when=_when(facts.at, words),
    )


def _waits(waiting: RequestVersionFacts, now: RequestVersionFacts, words: Words) -> list[str]:
    """Who proposed it and why, and each setting that it would change."""
    changed = [
        words.say(
            "request-rules-would",
            setting=_label(name, words),
            was=_one_line(now.written.get(name, ""), words),
            now=_one_line(text, words),
        )
        for name, text in waiting.written.items()
        if text != now.written.get(name, "")
    ]
    head = words.say("request-rules-waiting", version=waiting.version, name=_name(waiting.proposer, words))
    return [head, *changed, words.say("request-rules-why", reason=waiting.reason)]


def _one_line(text: str, words: Words) -> str:
    return "; ".join(text.splitlines()) or words.say("request-rules-nothing")


def _earlier(facts: RequestVersionFacts, words: Words) -> str:
    if not facts.proposer:
        return words.say("request-rules-earlier-shipped", version=facts.version)
    return words.say(
        f"request-rules-earlier-{facts.state}",
        version=facts.version,
        proposer=_name(facts.proposer, words),
        name=_name(facts.who, words),
        when=_when(facts.at, words),
    )


def _label(name: str, words: Words) -> str:
    return words.say(f"request-setting-{dashed(name)}")


def _name(name: str, words: Words) -> str:
    return shortened(name, NAME_ROOM) if name else words.say("who-saw-unnamed")


def _when(at: datetime | None, words: Words) -> str:
    return "" if at is None else wording.moment(at, words)


def form(facts: RequestRulesFormFacts, words: Words) -> Message:
    """Every setting as it is in force or was entered, and why."""
    made = with_errors(
        Form(
            title=words.say("request-rules-title"),
            route="propose-request-rules",
            submit=words.say("request-rules-submit"),
            fields=(
                *(
                    TextField(
                        name=name,
                        label=_label(name, words),
                        value=text,
                        lines=LINES.get(name, 1),
                        required=name not in OPTIONAL,
                    )
                    for name, text in facts.entries.items()
                ),
                TextField(
                    name="reason",
                    label=words.say("request-rules-reason"),
                    value=facts.reason,
                    lines=REASON_LINES,
                ),
            ),
        ),
        facts.errors,
        words,
    )
    lead = errors_lead(made, words) if made.errors else words.say("request-rules-form")
    clauses = error_clauses(made, words, 1) if made.errors else (Clause(words.say("request-rules-how")),)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REQUEST_RULES,
        title=words.say("request-rules-title"),
        body=(Paragraph(lead),),
        sms=(Clause(lead), *clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=made,
    )


def done(facts: RequestRulesDoneFacts, words: Words) -> Message:
    """What became of an act."""
    known: dict[str, str | int] = {
        "version": facts.version,
        "name": _name(facts.who, words),
        "when": _when(facts.at, words),
        "written": shortened(facts.written, NAME_ROOM),
    }
    sentence = words.sentence(f"request-rules-done-{facts.code}")
    text = words.say(f"request-rules-done-{facts.code}", **named(sentence, known))
    typed = words.say("request-rules-shown-typed")
    shown = Button(words.say("request-rules-title"), "request-rules", "", typed)
    return Message(
        kind=MessageKind.REQUEST_RULES,
        title=words.say("request-rules-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(shown, words)),
        actions=(shown,),
    )
