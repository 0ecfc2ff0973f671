"""The address of one's calendar, and what stands in it: what is due and when, no name, no place, no reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.lines import SETTLED, line_label
from messages.model import Button, Link, Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words, named
from rules.standing import StandingLine

CalendarCode = Literal["ended", "given", "instead", "none", "not-here", "shared", "there"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFacts:
    """What became of it: ``calendar-<code>``. ``href`` is shown this once; ``since`` is when the address was given."""

    code: CalendarCode
    href: str = ""
    since: datetime | None = None
    coordinator: str = ""


def calendar(facts: CalendarFacts, words: Words) -> Message:
    """The address, once; or since when there is one, and how to get another or none."""
    lead = _lead(facts, words)
    gives = facts.code in {"given", "instead"}
    # What is kept of this answer has no address in it.
    shown = words.say("calendar-address", href=facts.href) if facts.href else ""
    notes = [words.say("calendar-what"), words.say("calendar-whoever")] if gives else []
    typed_new, typed_off = words.say("calendar-new-typed"), words.say("calendar-off-typed")
    new = Button(words.say("calendar-new-label"), "calendar-new", "", typed_new)
    off = Button(words.say("calendar-off-label"), "calendar-off", "", typed_off)
    offered = {"there": (new, off), "given": (off,), "instead": (off,), "ended": (new,), "none": (new,)}
    link = (Link(words.say("calendar-link"), facts.href),) if facts.href else ()
    replies = (Reply.DEADLINES, Reply.MENU)
    return Message(
        kind=MessageKind.CALENDAR,
        title=words.say("calendar-title"),
        body=(
            Paragraph(lead),
            *((Paragraph(shown),) if shown else ()),
            *(Note(each) for each in notes),
        ),
        sms=(
            Clause(lead),
            *((Clause(facts.href),) if facts.href else ()),
            *(Clause(each, 3) for each in notes[1:]),
            reply_clause(replies, words),
        ),
        actions=(*link, *offered.get(facts.code, ()), *buttons(replies, words)),
    )


def _lead(facts: CalendarFacts, words: Words) -> str:
    known = {
        "since": "" if facts.since is None else wording.moment(facts.since, words),
        "name": facts.coordinator,
    }
    return words.say(f"calendar-{facts.code}", **named(words.sentence(f"calendar-{facts.code}"), known))


def event_title(line: StandingLine, words: Words) -> str:
    """``Autism: due``: as much as a text says on a locked phone."""
    duty = line_label(line, words)
    return words.say("calendar-runs-out" if line.state in SETTLED else "calendar-due", duty=duty)


def calendar_name(words: Words) -> str:
    """What a calendar program calls it."""
    return words.say("calendar-name")
