"""How is the difference between two standings of one person said, duty by duty?"""

from collections.abc import Iterator
from dataclasses import dataclass

from messages import wording
from messages.lines import line_label
from messages.words import Words
from rules.standing import StandingLine, StandingWord


@dataclass(frozen=True, slots=True)
class LineChange:
    """One duty in one period or for one item. ``before`` None: it is new; ``after`` None: it is no longer there."""

    before: StandingLine | None
    after: StandingLine | None

    @property
    def line(self) -> StandingLine:
        """The line to call it by."""
        line = self.after or self.before
        if line is None:
            raise ValueError("a change has a line before or after it")
        return line


@dataclass(frozen=True, slots=True)
class StandingChange:
    """Two words and the duties that differ; false when nothing does."""

    before: StandingWord
    after: StandingWord
    lines: tuple[LineChange, ...]

    def __bool__(self) -> bool:
        return self.before is not self.after or bool(self.lines)


def line_change(change: LineChange, words: Words) -> str:
    """``TASER: done, due Sep 17 2027 -> overdue, due Mar 17 2027``."""
    before = words.say("turn-new") if change.before is None else _state(change.before, words)
    after = words.say("turn-gone") if change.after is None else _state(change.after, words)
    label = line_label(change.line, words)
    if change.line.window and not label.endswith(")"):
        label = words.say("line-label-item", label=label, item=change.line.window)
    return words.say("standing-change-line", label=label, before=before, after=after)


def _state(line: StandingLine, words: Words) -> str:
    return wording.listed(_parts(line, words))


def _parts(line: StandingLine, words: Words) -> Iterator[str]:
    yield words.say(f"state-{line.state.value}")
    if line.hours_counted is not None and line.hours_required is not None:
        yield wording.hours_of(line.hours_counted, line.hours_required, words)
    if line.due_on is not None:
        days = [wording.day_with_year(day, words) for day in (line.due_on, *line.due_on_alternatives)]
        yield words.say("standing-change-due", day=wording.joined_or(days, words))
