"""How is a duty named in a reminder, and how does it stand there?"""

from datetime import date

from messages.lines import line_label
from messages.reminder import Reminded, RemindedAs
from messages.words import Words
from rules.standing import LineState
from training.reminders.cases import Duty
from training.reminders.safe_dates import LastSafe


def reminded(duty: Duty, due_on: date, words: Words, safe: LastSafe | None = None) -> Reminded:
    """The facts of one duty; ``safe`` where time runs short."""
    part = None if safe is None or safe.part is None else line_label(safe.part, words)
    return Reminded(
        duty=line_label(duty.line, words),
        due_on=due_on,
        stands=_stands(duty),
        safe_until=None if safe is None else safe.day,
        safe_class=None if safe is None or part is None else safe.class_on,
        safe_part=part or "",
        about=duty.subject,
    )


def _stands(duty: Duty) -> RemindedAs:
    if not duty.dated:
        return RemindedAs.UNDATED
    if duty.line.state is LineState.UNKNOWN:
        return RemindedAs.UNSETTLED
    if duty.line.state is LineState.MET:
        return RemindedAs.EXPIRES
    if duty.line.state is LineState.OVERDUE and duty.line.window is None:
        return RemindedAs.EXPIRED
    return RemindedAs.DUE
