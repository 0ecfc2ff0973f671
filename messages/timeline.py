"""What happened in the running cycle, what is still to come, and where does today lie between the two?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from messages import wording
from messages.answer import StatusFacts, headline_line
from messages.lines import (
    ITEM_STATES,
    STILL_OWED,
    Owed,
    line_label,
    part_text,
    progress_text,
    still_owed,
    top_level,
)
from messages.model import ChecklistState, Mark, Timeline
from messages.records import RecordFacts
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """``start`` and ``end`` are the days of the headline's window, None while there is none or nobody knows them.

    ``counted`` are the records that went into the headline.
    """

    status: StatusFacts
    start: date | None = None
    end: date | None = None
    counted: tuple[RecordFacts, ...] = ()


class _Spot(NamedTuple):
    """What makes one mark: the day, the other readings of a doubtful date, and how things stand."""

    on: date
    others: tuple[date, ...]
    state: LineState


class _Thing(NamedTuple):
    """Something that is owed by itself: a topic of a total, or a duty."""

    line: StandingLine
    text: str


def time_line(facts: CycleFacts, words: Words) -> Timeline | None:
    """The headline's window, made longer where a mark or today lies outside of it; None without a window."""
    standing = facts.status.standing
    headline = headline_line(standing)
    if headline is None or facts.start is None or facts.end is None:
        return None
    coming = _open_marks(standing, words)
    end = max([facts.end, standing.as_of, *(mark.on for mark in coming)])
    marks = [*_counted_marks(facts, words), *coming, *_held_marks(standing, end, words)]
    start = min([facts.start, standing.as_of, *(mark.on for mark in marks)])
    first, last = (wording.day_with_year(day, words) for day in (facts.start, facts.end))
    return Timeline(
        title=words.say(
            "timeline-title", label=headline.label, window=words.say("window", start=first, end=last)
        ),
        start=start,
        start_day=wording.day_with_year(start, words),
        end=end,
        end_day=wording.day_with_year(end, words),
        today=standing.as_of,
        today_day=wording.day_with_year(standing.as_of, words),
        today_word=words.say("timeline-today" if words.day is None else "timeline-that-day"),
        marks=tuple(sorted(marks, key=lambda mark: mark.on)),
        summary=" ".join([counted_sentence(facts, words), *open_sentences(standing, words)]),
    )


def counted_sentence(facts: CycleFacts, words: Words, beside: str = "") -> str:
    """``14 completions counted from Jul 1 2024 to today, 31.5 of 48 h.``; hours that stand in ``beside`` once only."""
    standing = facts.status.standing
    headline = headline_line(standing)
    if headline is None or facts.start is None or facts.end is None:
        return ""
    is_over = facts.end < standing.as_of
    last = facts.end if is_over else standing.as_of
    end = words.say("today") if words.day is None and not is_over else wording.day_with_year(last, words)
    start = wording.day_with_year(facts.start, words)
    counted = words.say_many("timeline-counted", len(facts.counted), start=start, end=end)
    progress = progress_text(headline, words)
    if not progress or progress in beside:
        return wording.sentence(counted)
    return words.say("timeline-counted-progress", counted=counted, progress=progress)


def open_sentences(standing: Standing, words: Words) -> tuple[str, ...]:
    """How many things are overdue, open (and by when) and in doubt; that nothing is when nothing is."""
    lines = [thing.line for each in still_owed(standing) for thing in _things(each, words)]
    if not lines:
        return (words.say("status-nothing-open"),)
    overdue, opened, doubtful = (
        [line for line in lines if line.state is state]
        for state in (LineState.OVERDUE, LineState.OPEN, LineState.UNKNOWN)
    )
    said = [words.say_many("timeline-overdue", len(overdue))] if overdue else []
    if opened:
        said.append(_open_sentence(opened, standing.as_of, words))
    if doubtful:
        said.append(words.say_many("timeline-in-doubt", len(doubtful)))
    return tuple(said)


def _open_sentence(lines: Sequence[StandingLine], today: date, words: Words) -> str:
    days = {line.due_on for line in lines}
    dated = [day for day in days if day is not None]
    if not dated:
        return words.say_many("timeline-open", len(lines))
    first = wording.day(min(dated), today, words)
    if len(days) == 1:
        return words.say_many("timeline-open-by", len(lines), day=first)
    return words.say_many("timeline-open-first", len(lines), day=first)


def _counted_marks(facts: CycleFacts, words: Words) -> Iterator[Mark]:
    for record in facts.counted:
        if record.on is None:
            continue
        title = record.title or record.said
        hours = record.hours if record.counted is None else record.counted
        if hours is not None:
            title = words.say("timeline-record", title=title, hours=wording.hours(hours, words))
        yield Mark(
            on=record.on,
            day=wording.day_with_year(record.on, words),
            label=title,
            state=ChecklistState.DONE,
            word=words.say("timeline-counted-word"),
        )


def _open_marks(standing: Standing, words: Words) -> list[Mark]:
    """What is still owed on a day, one mark for whatever shares the day and the state."""
    texts: dict[_Spot, list[str]] = {}
    for each in still_owed(standing):
        for spot, text in _owed_texts(each, words):
            texts.setdefault(spot, []).append(text)
    return [_mark(spot, said, words.say(f"state-{spot.state.value}"), words) for spot, said in texts.items()]


def _held_marks(standing: Standing, end: date, words: Words) -> list[Mark]:
    """Cards, qualifications and courses that are held and run out inside the span: done, until that day."""
    texts: dict[_Spot, list[str]] = {}
    for line in top_level(standing.lines):
        # A met total of a cycle or a year does not run out: its window ends and the next one begins.
        if line.state is not LineState.MET or line.window is not None:
            continue
        spot = _spot(line)
        if spot is not None and standing.as_of <= spot.on <= end:
            texts.setdefault(spot, []).append(line_label(line, words))
    return [_mark(spot, said, words.say("timeline-until-word"), words) for spot, said in texts.items()]


def _mark(spot: _Spot, texts: Sequence[str], word: str, words: Words) -> Mark:
    days = [wording.day_with_year(day, words) for day in (spot.on, *spot.others)]
    return Mark(
        on=spot.on,
        day=wording.joined_or(days, words),
        label=wording.listed(texts),
        state=ITEM_STATES[spot.state],
        word=word,
    )


def _owed_texts(each: Owed, words: Words) -> Iterator[tuple[_Spot, str]]:
    """A duty with its open topics, once for every day and state in which something of it is owed."""
    spots: dict[_Spot, list[_Thing]] = {}
    for thing in _things(each, words):
        spot = _spot(thing.line)
        if spot is not None:
            spots.setdefault(spot, []).append(thing)
    for spot, things in spots.items():
        topics = [thing.text for thing in things if thing.line is not each.line]
        if not topics:
            yield spot, things[0].text
            continue
        items = wording.listed(topics)
        if each.rest and spot == _spot(each.line):
            items = words.say("line-parts-and-rest", items=items)
        yield spot, words.say("timeline-duty", label=line_label(each.line, words), items=items)


def _things(each: Owed, words: Words) -> list[_Thing]:
    """Open topics of a total; the duty itself where it has none, or is due or stands otherwise than they."""
    things = [_Thing(part.line, part_text(part, words)) for part in each.parts]
    line = each.line
    if line.state in STILL_OWED and (_spot(line), line.state) not in [
        (_spot(thing.line), thing.line.state) for thing in things
    ]:
        label, left = line_label(line, words), line.hours_left
        text = words.say("line-hours", label=label, hours=wording.hours(left, words)) if left else label
        things.append(_Thing(line, text))
    return things


def _spot(line: StandingLine) -> _Spot | None:
    return None if line.due_on is None else _Spot(line.due_on, line.due_on_alternatives, line.state)
