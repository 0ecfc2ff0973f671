"""What would change if it went on record: which duties move, which are done, and where would its sender stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.review import MoveFacts
from rules.case import plain
from rules.model import Completion
from rules.standing import LineState, Standing, StandingLine
from training.asking import Question
from training.standings import compliance
from training.standings.compliance import Judged
from training.standings.judging import judged_for
from training.uploads.values import Entry

DONE = frozenset({LineState.MET, LineState.EXEMPT})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A standing with what was recorded, and the duties that are done by it."""

    standing: Standing
    closed: tuple[StandingLine, ...]


def moves(question: Question, person_id: int, entries: Sequence[Entry]) -> tuple[MoveFacts, ...]:
    """Which duties it would bring on, and from where to where, if it went on record as it is."""
    before, after = _with_and_without(question, person_id, entries)
    if before is None or after is None:
        return ()
    was = {each.place: each for each in before.standing.lines}
    pairs = ((was[each.place], each) for each in after.standing.lines if each.place in was)
    return tuple(
        MoveFacts(before=one, after=other)
        for one, other in pairs
        if (one.hours_counted, one.state) != (other.hours_counted, other.state)
    )


def recorded(question: Question, person_id: int, entries: Sequence[Entry]) -> Recorded | None:
    """Where the person stands with these entries on record, and which duties are done by it."""
    before, after = _with_and_without(question, person_id, entries)
    if before is None or after is None:
        return None
    open_before = {each.place for each in before.standing.lines if each.state not in DONE}
    closed = (each for each in after.standing.lines if each.state in DONE and each.place in open_before)
    return Recorded(after.standing, tuple(closed))


def _with_and_without(
    question: Question, person_id: int, entries: Sequence[Entry]
) -> tuple[Judged | None, Judged | None]:
    """The person's standing as it is, and as it would be with these entries on record."""
    after = compliance.judge(
        question.conn,
        question.shelf,
        question.agency_id,
        person_id,
        question.today,
        extra=[_supposed(place, each) for place, each in enumerate(entries) if each.completed_on is not None],
    )
    return judged_for(question, person_id), after


def _supposed(place: int, entry: Entry) -> Completion:
    return Completion(
        f"upload {place}",
        entry.completed_on or date.max,
        entry.hours,
        frozenset(plain(each) for each in entry.topics),
        approved=True if entry.number else None,
    )
