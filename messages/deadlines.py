"""What is due, by when: the next date, or every date within some days in order."""

from dataclasses import dataclass
from datetime import date, timedelta

from messages import wording
from messages.answer import StatusFacts, consequence_clause, opening
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.lines import (
    SETTLED,
    deadline_text,
    duty_text,
    line_label,
    owed,
    parts_text,
    top_level,
    track_label,
)
from messages.model import Fact, Facts, Message, Note, Paragraph, Table
from messages.replies import Reply, buttons, reply_clause
from messages.status import provenance
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine

SMS_DEADLINES = 8


@dataclass(frozen=True, slots=True)
class DeadlinesFacts:
    """The same facts as a status, and how many days ahead. ``is_cut``: more were asked for than are looked at."""

    status: StatusFacts
    days: int
    is_cut: bool = False


def next_deadline(facts: StatusFacts, words: Words) -> Message:
    """The first thing still owed by date; with nothing owed, the first date on which something runs out."""
    standing = facts.standing
    replies = (Reply.NEXT, Reply.DEADLINES, Reply.WHY)
    line = next(iter(dated(standing)), None)
    if line is None or line.due_on is None:
        text = words.say("deadline-none")
        clauses = [Clause(f"{opening(facts, words)} {text}")]
        rows: tuple[Fact, ...] = ()
    else:
        text = words.say(
            "deadline-next-overdue" if line.due_on < standing.as_of else "deadline-next",
            duty=line_label(line, words),
            day=deadline_text(line, standing.as_of, words),
        )
        clauses = [Clause(f"{opening(facts, words)} {text}")]
        each = owed(line, standing.lines)
        if each.parts:
            clauses.append(Clause(words.say("status-open", items=parts_text(each, words)), 2))
        if line.state not in SETTLED:
            clauses += consequence_clause(line, words)
        rows = (Fact(line_label(line, words), duty_text(line, standing.as_of, words)),)
    return Message(
        kind=MessageKind.NEXT_DEADLINE,
        title=opening(facts, words),
        body=(
            Paragraph(" ".join([text, *(clause.text for clause in clauses[1:])])),
            *((Facts(rows),) if rows else ()),
            Note(provenance(facts, words)),
        ),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=standing.word.value,
    )


def deadlines(facts: DeadlinesFacts, words: Words) -> Message:
    """Every date up to the asked day, what is overdue first; met things appear with the day they run out."""
    standing = facts.status.standing
    limit = standing.as_of + timedelta(days=facts.days)
    lines = tuple(line for line in dated(standing) if line.due_on is not None and line.due_on <= limit)
    head = words.say_many("deadlines-found", len(lines), days=facts.days)
    if facts.is_cut:
        head = f"{words.say('deadlines-most', days=facts.days)} {head}"
    rows = tuple(
        (
            deadline_text(line, standing.as_of, words),
            line_label(line, words),
            track_label(line.track, words, facts.status.tracks),
            words.say(f"state-{line.state.value}"),
        )
        for line in lines
    )
    columns = tuple(words.say(f"column-{name}") for name in ("due", "duty", "group", "state"))
    replies = (Reply.NEXT, Reply.WHY, Reply.STATUS)
    table = (Table("", columns, rows),) if rows else ()
    return Message(
        kind=MessageKind.DEADLINES,
        title=words.say("deadlines-title", name=facts.status.name, days=facts.days),
        body=(Paragraph(head), *table, Note(provenance(facts.status, words))),
        sms=(
            Clause(words.say("deadlines-sms", name=facts.status.name, found=head)),
            *(Clause(_short(line, standing.as_of, words), 2) for line in lines[:SMS_DEADLINES]),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def dated(standing: Standing) -> tuple[StandingLine, ...]:
    """Top-level lines with a date that matters: owed ones first by date, then met ones that will run out."""
    lines = [line for line in top_level(standing.lines) if line.due_on is not None]
    owing = [line for line in lines if line.state not in SETTLED]
    coming = [
        line for line in lines if line.state is LineState.MET and (line.due_on or date.min) >= standing.as_of
    ]
    return tuple(
        sorted([*owing, *coming], key=lambda line: (line.due_on or date.max, line.state is LineState.MET))
    )


def _short(line: StandingLine, today: date, words: Words) -> str:
    day = wording.day(line.due_on or today, today, words)
    state = words.say(f"state-{line.state.value}")
    return words.say("deadlines-line", day=day, duty=line_label(line, words), state=state)
