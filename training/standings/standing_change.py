"""What is different between two standings of one person: the word, the duties that came and went, their dates?"""

from datetime import date

from messages.lines import SETTLED
from messages.standing_change import LineChange, StandingChange
from rules.standing import Standing, StandingLine


def compared(before: Standing, after: Standing) -> StandingChange:
    """Every duty whose state, due date or hours differ; one that comes or goes settled is nothing anybody notices."""
    was = {line.place: line for line in before.lines}
    now = {line.place: line for line in after.lines}
    changes = [LineChange(was.get(place), line) for place, line in now.items()]
    changes += [LineChange(line, None) for place, line in was.items() if place not in now]
    return StandingChange(before.word, after.word, tuple(each for each in changes if _noticed(each)))


def _noticed(change: LineChange) -> bool:
    if change.before is None or change.after is None:
        return change.line.state not in SETTLED
    return _said(change.before) != _said(change.after)


def _said(line: StandingLine) -> tuple[object, ...]:
    due: tuple[date | None, ...] = (line.due_on, *line.due_on_alternatives)
    return line.state, due, line.hours_required, line.hours_counted, line.decides
