"""How one line of a standing is said, and what is owed when totals hold topics and other totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages import wording
from messages.model import Button, ChecklistItem, ChecklistState
from messages.remarks import remark_sentence
from messages.replies import Reply
from messages.words import Words
from rules.standing import LineState, Measure, PoolRole, Standing, StandingLine

# Marks a button as being about whoever it was offered to.
OWN = "own"
SETTLED = (LineState.MET, LineState.EXEMPT)
STILL_OWED = (LineState.OVERDUE, LineState.OPEN, LineState.UNKNOWN)

ITEM_STATES = {
    LineState.MET: ChecklistState.DONE,
    LineState.EXEMPT: ChecklistState.EXEMPT,
    LineState.OPEN: ChecklistState.OPEN,
    LineState.OVERDUE: ChecklistState.OVERDUE,
    LineState.UNKNOWN: ChecklistState.UNKNOWN,
    LineState.UNCHECKED: ChecklistState.UNCHECKED,
}


@dataclass(frozen=True, slots=True)
class OwedPart:
    """Something owed inside a total: a topic with its hours, or what a smaller total asks beyond them."""

    line: StandingLine
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one duty still asks: its parts, and the hours that may be of any topic."""

    line: StandingLine
    parts: tuple[OwedPart, ...]
    rest: Decimal
    holds_topics: bool = False


def top_level(lines: Sequence[StandingLine]) -> tuple[StandingLine, ...]:
    """Lines that count inside no other line of their own window: a yearly part of a cycle has its own date."""
    present = {(line.requirement, line.window) for line in lines}
    return tuple(line for line in lines if (line.inside, line.window) not in present)


def nested(lines: Sequence[StandingLine]) -> tuple[tuple[StandingLine, int], ...]:
    """Each total followed by what counts inside it, with how deep that is; otherwise in the order given."""
    return tuple(each for line in top_level(lines) for each in _with_inside(line, lines, 0))


def _with_inside(
    line: StandingLine, lines: Sequence[StandingLine], level: int
) -> Iterator[tuple[StandingLine, int]]:
    yield line, level
    for child in _inside(line, lines):
        yield from _with_inside(child, lines, level + 1)


def owed(line: StandingLine, lines: Sequence[StandingLine]) -> Owed:
    """What a duty asks, each hour once: hours of a topic that counts inside two totals are named once."""
    inside = _inside(line, lines)
    below = [owed(child, lines) for child in inside]
    parts = tuple(part for child in below for part in _as_parts(child, lines))
    named = sum((part.hours for part in parts if part.hours is not None), Decimal(0))
    left = line.hours_left or Decimal(0)
    in_order = sorted(parts, key=lambda part: part.line.pool_role is PoolRole.ELECTIVE)
    return Owed(line, tuple(in_order), max(left - named, Decimal(0)), bool(inside))


def still_owed(standing: Standing) -> tuple[Owed, ...]:
    """Duties that are open, overdue or unknown, most urgent first; no date comes last."""
    lines = standing.lines
    duties = [owed(line, lines) for line in top_level(lines)]
    still = [each for each in duties if each.line.state in STILL_OWED or each.parts]
    return tuple(sorted(still, key=lambda each: urgency(each.line)))


def runs_out(line: StandingLine, today: date) -> bool:
    """Whether something is met until a day and then is not: a card, or what has to be done again so long after the last
    time. What is met for its window stays so."""
    return (
        line.state is LineState.MET
        and line.window is None
        and line.due_on is not None
        and line.due_on >= today
    )


def urgency(line: StandingLine) -> tuple[int, date]:
    """Overdue before open before unknown, each by date."""
    ranks = {LineState.OVERDUE: 0, LineState.OPEN: 1}
    return ranks.get(line.state, 2), line.due_on or date.max


def part_text(part: OwedPart, words: Words) -> str:
    """``Autism 4 h``."""
    label = (
        words.say("line-elective")
        if part.line.pool_role is PoolRole.ELECTIVE
        else line_label(part.line, words)
    )
    if part.hours is None:
        return label
    return words.say("line-hours", label=label, hours=wording.hours(part.hours, words))


def parts_text(each: Owed, words: Words, shown: int | None = None) -> str:
    """``Autism 4 h, Bias crimes 1 h, elective 1 h; rest any topic``."""
    texts = [part_text(part, words) for part in each.parts]
    items = wording.first_of(texts, len(texts) if shown is None else shown, words)
    if not items or not each.rest:
        return items
    return words.say("line-parts-and-rest", items=items)


def line_label(line: StandingLine, words: Words) -> str:
    """``TASER``, or ``Firearms qualification (patrol rifle)`` where a duty is held per item."""
    if line.item:
        return words.say("line-label-item", label=line.label, item=line.item.replace("-", " "))
    if line.state is LineState.UNKNOWN and line.window and line.window.isdigit():
        # Two years of one duty can be in doubt at once.
        return words.say("line-label-item", label=line.label, item=line.window)
    return line.label


def duty_text(line: StandingLine, today: date, words: Words, percent: int | None = None) -> str:
    """One duty in one phrase: what, how far, by when."""
    label = line_label(line, words)
    if line.state in {LineState.UNCHECKED, LineState.UNKNOWN, LineState.EXEMPT}:
        return words.say(f"line-{line.state.value}", label=label)
    if line.hours_counted is not None and line.hours_required is not None:
        return _hours_text(line, progress_text(line, words, percent), today, words)
    if line.measure is Measure.STATUS and line.state is LineState.OVERDUE and line.remarks:
        return words.say(
            "line-because", label=label, reason=remark_sentence(line.remarks[0], today, words).rstrip(".")
        )
    if line.due_on is None:
        return words.say(f"line-{line.state.value}-no-date", label=label)
    card = "card" if line.measure is Measure.CARD else "event"
    # A card carries its year on it, and a met duty is read again later: both name the year.
    named = line.measure is Measure.CARD or line.state is LineState.MET
    on = wording.day_with_year(line.due_on, words) if named else wording.day(line.due_on, today, words)
    distance = wording.in_days(line.due_on, today, words)
    return words.say(f"line-{line.state.value}-{card}", label=label, day=on, distance=distance)


def progress_text(line: StandingLine, words: Words, percent: int | None = None) -> str:
    """``31.5 of 48 h (65%)``, or nothing where hours are not the measure."""
    if line.hours_counted is None or line.hours_required is None:
        return ""
    progress = wording.hours_of(line.hours_counted, line.hours_required, words)
    if percent is None:
        return progress
    return words.say("progress-percent", progress=progress, percent=wording.percent(percent, words))


def _hours_text(line: StandingLine, progress: str, today: date, words: Words) -> str:
    label = line_label(line, words)
    if line.due_on is None or line.state is LineState.MET:
        return words.say("line-hours-progress", label=label, progress=progress)
    on = wording.day(line.due_on, today, words)
    distance = wording.in_days(line.due_on, today, words)
    if line.state is LineState.OVERDUE:
        return words.say("line-hours-overdue", label=label, progress=progress, day=on, distance=distance)
    left = wording.days_left(line.due_on, today, words)
    if line.window and line.window.isdigit():
        return words.say("line-hours-year", label=label, progress=progress, year=line.window, left=left)
    return words.say("line-hours-open", label=label, progress=progress, left=left, day=on)


def deadline_text(line: StandingLine, today: date, words: Words) -> str:
    """``Jun 30 (120 days)``; the other reading of a doubtful date is shown beside it."""
    if line.due_on is None:
        return words.say("line-no-due-date")
    dates = [line.due_on, *line.due_on_alternatives]
    shown = wording.joined_or([wording.day(each, today, words) for each in dates], words)
    return words.say("day-distance", day=shown, distance=wording.in_days(line.due_on, today, words))


def checklist_item(
    line: StandingLine, today: date, words: Words, *, level: int = 0, mine: bool = False
) -> ChecklistItem:
    """The line with its state in words, its progress and its date; ``mine``: its reader can open the rule behind it."""
    label = line_label(line, words)
    action = Button(label, Reply.WHY.value, own_line(line)) if mine else None
    if line.hours_counted is not None and line.hours_required is not None:
        progress = wording.hours_of(line.hours_counted, line.hours_required, words)
        label = words.say("line-checklist-hours", label=label, progress=progress)
    due = deadline_text(line, today, words) if line.due_on else ""
    return ChecklistItem(
        text=label,
        state=ITEM_STATES[line.state],
        word=words.say(f"state-{line.state.value}"),
        due=due,
        level=level,
        action=action,
    )


def own_line(line: StandingLine) -> str:
    """What a button about one of the reader's own lines carries: a later look at somebody else does not turn it."""
    return "|".join((OWN, line.requirement, line.window or "", line.item or ""))


def named_line(value: str) -> tuple[str, str | None, str | None] | None:
    """Requirement, window and item of a button about the reader's own line; None for any other value."""
    parts = value.split("|")
    if len(parts) != 4 or parts[0] != OWN:
        return None
    return parts[1], parts[2] or None, parts[3] or None


def track_label(track: str, words: Words, labels: Sequence[tuple[str, str]] = ()) -> str:
    """The catalogue's name of a group, the pack's own for a further one, or else the word itself."""
    known = dict(labels)
    if track in known:
        return known[track]
    if f"track-{track}" in words:
        return words.say(f"track-{track}")
    return track.replace("-", " ").capitalize()


def tracks(lines: Iterable[StandingLine]) -> tuple[str, ...]:
    """Groups present, in the order of the packs; an empty group is never shown."""
    return tuple(dict.fromkeys(line.track for line in lines))


def remark_sentences(
    lines: Iterable[StandingLine], today: date, words: Words, only: frozenset[str] | None = None
) -> tuple[str, ...]:
    """Each remark once, with the duty it belongs to; all of them, or those of the given codes."""
    said = (
        words.say("line-remark", label=line_label(line, words), remark=remark_sentence(remark, today, words))
        for line in lines
        for remark in line.remarks
        if only is None or remark.code in only
    )
    return tuple(dict.fromkeys(said))


def _inside(line: StandingLine, lines: Sequence[StandingLine]) -> list[StandingLine]:
    return [
        each
        for each in lines
        if each.inside == line.requirement and each.window == line.window and each is not line
    ]


def _as_parts(child: Owed, lines: Sequence[StandingLine]) -> tuple[OwedPart, ...]:
    """A topic is one part; a smaller total gives way to its own topics and what it asks beyond them."""
    line = child.line
    if line.state not in STILL_OWED and not child.parts:
        return ()
    if line.hours_left is None:
        return (OwedPart(line, None),)
    if not _inside(line, lines):
        return (OwedPart(line, line.hours_left),) if line.hours_left else (OwedPart(line, None),)
    beyond = (OwedPart(line, child.rest),) if child.rest else ()
    return (*child.parts, *beyond)
