"""Where do I stand, for whoever would rather look: the cycle as a time line, hours by topic as bars."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from messages import wording
from messages.answer import headline_line, short_answer
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.lines import (
    ITEM_STATES,
    STILL_OWED,
    checklist_item,
    duty_text,
    line_label,
    nested,
    progress_text,
)
from messages.model import Bar, Bars, Checklist, Message, Note, Paragraph, Part
from messages.replies import Reply, buttons, reply_clause
from messages.status import closing_notes, own_replies
from messages.timeline import CycleFacts, counted_sentence, open_sentences, time_line
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine

# Clauses of the short answer that no picture replaces: what is open, what follows, what could not be checked.
NEEDED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """``looked_at`` names the person when the picture is not the asker's own."""

    cycle: CycleFacts
    looked_at: str = ""


def picture(facts: PictureFacts, words: Words) -> Message:
    """The numbers of the status, drawn: a time line where there is a window, bars where there are hours."""
    status = facts.cycle.status
    standing = status.standing
    answer = short_answer(status, words)
    needed = [clause for clause in answer.clauses if clause.priority <= NEEDED]
    line = time_line(facts.cycle, words)
    parts: list[Part] = [Paragraph(" ".join([answer.lead, *(clause.text for clause in needed)]))]
    parts.append(line or Paragraph(_why_no_line(standing, words)))
    parts += _bars(standing, words)
    undrawn = _undrawn(standing, line is not None)
    if undrawn:
        title = words.say("picture-duties" if line is None else "picture-not-drawn")
        parts.append(Checklist(title, tuple(checklist_item(each, standing.as_of, words) for each in undrawn)))
    parts += closing_notes(status, words)
    replies = _replies(facts)
    clauses = [answer.in_order[0], *needed]
    if line is None:
        clauses.append(Clause(_why_no_line(standing, words), 1))
    else:
        clauses.append(Clause(counted_sentence(facts.cycle, words, beside=answer.lead), 1))
        clauses.append(Clause(" ".join(open_sentences(standing, words)), 3))
    clauses += _hours_clause(standing, words)
    clauses += _listed([duty_text(each, standing.as_of, words) for each in undrawn], words)
    if facts.looked_at:
        looked = words.say("person-looked", name=facts.looked_at)
        parts.append(Note(looked))
        clauses.append(Clause(looked))
    return Message(
        kind=MessageKind.PICTURE,
        title=answer.opening,
        body=tuple(parts),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=standing.word.value,
    )


def _replies(facts: PictureFacts) -> tuple[Reply, ...]:
    if facts.looked_at:
        return Reply.WHY, Reply.TEAM, Reply.MENU
    first, second, _ = own_replies(facts.cycle.status.standing.word)
    return first, second, Reply.STATUS


def _why_no_line(standing: Standing, words: Words) -> str:
    if not standing.lines:
        return words.say("picture-no-rules")
    headline = headline_line(standing)
    return words.say("picture-no-total" if headline is None else "picture-no-window")


def _bars(standing: Standing, words: Words) -> list[Bars]:
    """The total first, then what counts inside it in the packs' order; then the other duties in hours."""
    total = headline_line(standing)
    inside = [] if total is None else _with_its_topics(total, standing)
    others = [line for line in standing.lines if line not in inside]
    titled = (
        (words.say("picture-hours-by-topic" if len(inside) > 1 else "picture-hours"), inside),
        (words.say("picture-hours-other" if inside else "picture-hours"), others),
    )
    shared = Counter(line_label(line, words) for line in standing.lines if _in_hours(line))
    drawn = [
        Bars(title, tuple(bar for line, level in nested(lines) for bar in _bar(line, level, shared, words)))
        for title, lines in titled
    ]
    return [bars for bars in drawn if bars.rows]


def _with_its_topics(total: StandingLine, standing: Standing) -> list[StandingLine]:
    same_window = [line for line in standing.lines if line.window == total.window and line is not total]
    inside = {total.requirement}
    while wider := {line.requirement for line in same_window if line.inside in inside} - inside:
        inside |= wider
    return [total, *(line for line in same_window if line.inside in inside)]


def _bar(line: StandingLine, level: int, shared: Counter[str], words: Words) -> list[Bar]:
    if line.hours_counted is None or line.hours_required is None:
        return []
    label = line_label(line, words)
    window = wording.window_label(line.window, words)
    if shared[label] > 1 and window:
        # The same duty of two cycles or years: each bar says which.
        label = words.say("line-label-item", label=label, item=window)
    return [
        Bar(
            label=label,
            value=line.hours_counted,
            of=line.hours_required,
            unit=words.say("unit-hours"),
            state=ITEM_STATES[line.state],
            word=words.say(f"state-{line.state.value}"),
            level=level,
        )
    ]


def _in_hours(line: StandingLine) -> bool:
    return line.hours_counted is not None and line.hours_required is not None


def _undrawn(standing: Standing, has_line: bool) -> list[StandingLine]:
    """What neither bars nor a time line can show, so that nothing open or in doubt is left out."""
    lines = [line for line in standing.lines if not _in_hours(line)]
    if not has_line:
        return lines
    return [line for line in lines if line.state is not LineState.MET and not _has_mark(line)]


def _has_mark(line: StandingLine) -> bool:
    return line.state in STILL_OWED and line.due_on is not None


def _hours_clause(standing: Standing, words: Words) -> list[Clause]:
    """``Autism 0 of 4 h, Crisis intervention 8 of 6 h``: the bars in words, what is not done first."""
    headline = headline_line(standing)
    lines = [line for line in standing.lines if _in_hours(line) and line is not headline]
    lines.sort(key=lambda line: line.state in {LineState.MET, LineState.EXEMPT})
    return _listed(
        [
            words.say(
                "line-hours-progress", label=line_label(line, words), progress=progress_text(line, words)
            )
            for line in lines
        ],
        words,
    )


def _listed(texts: Sequence[str], words: Words) -> list[Clause]:
    """As many as there is room for, and how many more."""
    forms = [wording.sentence(wording.first_of(texts, shown, words)) for shown in range(len(texts), 0, -1)]
    return [Clause(forms[0], 2, tuple(forms[1:]))] if forms else []
