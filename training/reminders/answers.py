"""What becomes of a reminder that was answered? It goes past nobody; LATER moves the next one, never the due date."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.queries import reminders
from db.records.audit import AuditDraft
from db.records.reminders import CaseKey, ReminderCase
from db.unit_of_work import Writer
from messages.lines import line_label
from messages.words import Words
from training.asking import Question
from training.audit import AuditTag
from training.reminders.cases import subject_of
from training.reminders.rules import in_force
from training.standings.judging import standing_for


def heard(writer: Writer, message_ids: Iterable[str]) -> None:
    """Somebody answered these messages: what they remind of goes past nobody until they are reminded again."""
    said = [
        each
        for message_id in message_ids
        for each in reminders.cases_said(writer.conn, writer.agency_id, message_id)
    ]
    reminders.keep(
        writer.conn,
        writer.agency_id,
        [replace(each, silent_since=None) for each in said if each.closed is None],
    )


@dataclass(frozen=True, slots=True)
class PutOff:
    """A case that can wait, its duty as people call it, and the day of the next reminder."""

    key: CaseKey
    duty: str
    again_on: date


def to_put_off(question: Question, subjects: tuple[str, ...], words: Words) -> tuple[PutOff, ...]:
    """What LATER means: these duties, or else those of the last reminder. What is due today cannot wait."""
    person_id = question.asker.person_id
    known = reminders.cases(question.conn, question.agency_id, [person_id]).get(person_id, ())
    # What waits for their shift was not said to them yet.
    now = question.asker.now
    told = [
        each for each in known if each.closed is None and each.told_at is not None and each.told_at <= now
    ]
    if subjects:
        meant = [each for each in told if each.key.subject in subjects]
    else:
        last = max((each.told_at for each in told if each.told_at is not None), default=None)
        meant = [each for each in told if each.told_at == last]
    days = in_force(question.conn, question.agency_id).limits.later_days
    names = _names(question, words)
    found = [(each, _again_on(each, question.today, days)) for each in meant]
    return tuple(
        PutOff(case.key, names.get(case.key.subject, case.key.subject), day)
        for case, day in found
        if day is not None
    )


def later(question: Question, found: Iterable[PutOff]) -> Callable[[Writer], Iterable[AuditDraft]]:
    """Write it down: nothing of these before that day."""
    days = {each.key: each.again_on for each in found}

    def does(writer: Writer) -> Iterable[AuditDraft]:
        person_id = question.asker.person_id
        now = reminders.cases(writer.conn, writer.agency_id, [person_id]).get(person_id, ())
        kept = [_waits(each, days[each.key]) for each in now if each.key in days and each.closed is None]
        reminders.keep(writer.conn, writer.agency_id, kept)
        yield AuditDraft(
            tag=AuditTag.REMINDER_PUT_OFF,
            subject_id=person_id,
            data={
                "duties": [
                    {
                        "subject": each.key.subject,
                        "window": each.key.window,
                        "due": each.key.due_on.isoformat(),
                        "until": days[each.key].isoformat(),
                    }
                    for each in kept
                ]
            },
        )

    return does


def _waits(case: ReminderCase, day: date) -> ReminderCase:
    return replace(case, later_on=day, next_on=day)


def _again_on(case: ReminderCase, today: date, days: int) -> date | None:
    """So many days from now and never past the due date; nothing of what is due today waits."""
    day = today + timedelta(days=days)
    if case.key.due_on < today:
        return day
    return min(day, case.key.due_on) if case.key.due_on > today else None


def _names(question: Question, words: Words) -> dict[str, str]:
    standing, _ = standing_for(question, question.asker.person_id)
    lines = () if standing is None else standing.lines
    return {subject_of(each): line_label(each, words) for each in lines}
