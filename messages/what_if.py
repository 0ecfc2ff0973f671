"""What if? The standing before and after a supposed event; nothing is written, and the answer says so."""

from dataclasses import dataclass

from messages import wording
from messages.answer import StatusFacts, headline_line, headline_text
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.lines import STILL_OWED, duty_text, line_label, parts_text, still_owed
from messages.model import Message, Note, Paragraph, Table
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine

SUPPOSED_ROOM = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfFacts:
    """``supposed`` as a reader says it (``Autism 4 h on Mar 18``); ``after`` is ``before`` with it on file.

    ``after`` may be as of a later day.
    """

    before: StatusFacts
    after: Standing
    supposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfUnknownFacts:
    """A supposition the rules cannot play through."""

    name: str
    supposed: str
    coordinator: str


def what_if(facts: WhatIfFacts, words: Words) -> Message:
    """The word after it, what it closes, what stays open."""
    before, after = facts.before.standing, facts.after
    supposed = wording.phrase(shortened(facts.supposed, SUPPOSED_ROOM))
    lead = words.say("what-if-lead", supposed=supposed, word=after.word.value, before=before.word.value)
    headline = headline_line(after)
    closed = _closed(before, after, words)
    remaining = [
        parts_text(each, words)
        if each.line is headline and each.parts
        else duty_text(each.line, after.as_of, words)
        for each in still_owed(after)
    ]
    clauses = [Clause(lead)]
    if headline is not None:
        clauses.append(Clause(headline_text(headline, after, words), 2))
    if closed:
        clauses.append(Clause(words.say("what-if-closes", labels=wording.first_of(closed, 4, words)), 1))
    else:
        clauses.append(Clause(words.say("what-if-closes-nothing"), 1))
    if remaining:
        clauses.append(
            Clause(words.say("what-if-still-open", items=wording.first_of(remaining, 2, words)), 3)
        )
    nothing_written = words.say("what-if-nothing-written")
    clauses.append(Clause(nothing_written))
    replies = (Reply.STATUS, Reply.NEXT)
    columns = tuple(words.say(f"column-{name}") for name in ("duty", "now", "then"))
    return Message(
        kind=MessageKind.WHAT_IF,
        title=words.say("what-if-title", supposed=facts.supposed),
        body=(
            Paragraph(" ".join(clause.text for clause in clauses[:-1])),
            Table("", columns, _rows(before, after, words)),
            Note(nothing_written),
        ),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=None,
    )


def what_if_unknown(facts: WhatIfUnknownFacts, words: Words) -> Message:
    """What can be supposed, and who answers the rest."""
    text = words.say("what-if-unknown", supposed=shortened(facts.supposed, SUPPOSED_ROOM))
    who = words.say("what-if-ask", name=facts.coordinator)
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.WHAT_IF,
        title=words.say("what-if-unknown-title", name=facts.name),
        body=(Paragraph(text), Paragraph(who)),
        sms=(Clause(text), Clause(who, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _closed(before: Standing, after: Standing, words: Words) -> list[str]:
    met = {_key(line) for line in after.lines if line.state is LineState.MET}
    return [
        line_label(line, words) for line in before.lines if line.state in STILL_OWED and _key(line) in met
    ]


def _rows(before: Standing, after: Standing, words: Words) -> tuple[tuple[str, ...], ...]:
    """Only lines that differ; the word itself always."""
    then = {_key(line): line for line in after.lines}
    rows = [(words.say("what-if-row-standing"), before.word.value, after.word.value)]
    for line in before.lines:
        other = then.get(_key(line))
        if other is None or _said(line, words) == _said(other, words):
            continue
        rows.append((line_label(line, words), _said(line, words), _said(other, words)))
    return tuple(rows)


def _said(line: StandingLine, words: Words) -> str:
    state = words.say(f"state-{line.state.value}")
    if line.hours_counted is None or line.hours_required is None:
        return state
    progress = wording.hours_of(line.hours_counted, line.hours_required, words)
    return words.say("what-if-cell", state=state, progress=progress)


def _key(line: StandingLine) -> tuple[str, str | None, str | None]:
    return line.requirement, line.window, line.item
