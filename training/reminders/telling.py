"""How do a person, and those past them, hear of a duty? What waits and no longer holds is taken back, and everything
that is due is one message, written down with the steps it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from db.queries import agencies, reminders
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.reminders import CaseKey, ReminderCase
from db.unit_of_work import Writer
from messages.model import Message
from messages.reminder import Reminded, ReminderFacts, reminder
from messages.words import Words
from training.audit import AuditTag
from training.ledger.duty import Due, due
from training.ledger.turns import cancel
from training.office import Office, local_day, shared_now
from training.reminders import cases, escalating
from training.reminders.agenda import Agenda, DueStep, Today, about
from training.reminders.reminded import reminded
from training.reminders.turns import remind

# Why something that waited is not sent: nothing of it holds any more, or it is said together with something else.
CLEARED, SAID_TOGETHER = "cleared", "said-together"


def tell(
    writer: Writer, office: Office, person_id: int, agenda: Agenda, today: Today, words: Words
) -> list[ReminderCase]:
    """Say what the agenda says; the cases as they are to be kept."""
    kept = {each.key: each for each in agenda.kept}
    again = _taken_back(writer, person_id, agenda)
    if agenda.new or again:
        told_at = _remind(writer, office, person_id, agenda.new, again, today, words)
        kept |= {each.case.key: _said_at(kept[each.case.key], told_at, today) for each in agenda.new}
    for each in agenda.raised:
        escalating.tell(writer, office, each, today, words)
    return list(kept.values())


def _said_at(case: ReminderCase, at: datetime, today: Today) -> ReminderCase:
    """It is said when their hours begin: nobody is silent before."""
    since = at if case.silent_since == today.at else case.silent_since
    return replace(case, told_at=at, silent_since=since)


def _taken_back(writer: Writer, person_id: int, agenda: Agenda) -> list[DueStep]:
    """What waits and is not so any more goes; its steps that still hold are said anew."""
    gone: set[tuple[CaseKey, str]] = set()
    still = {(each.case.key, each.name) for each in agenda.again}
    for each in agenda.stale:
        why = SAID_TOGETHER if agenda.new or still.intersection(each.steps) else CLEARED
        # Somebody may have begun to send it meanwhile: then it is said as it was.
        if cancel(writer, [each.message_id], why, person_id):
            gone.update(each.steps)
    return [each for each in agenda.again if (each.case.key, each.name) in gone]


@dataclass(frozen=True, slots=True)
class Worded:
    """What is to be said of some steps, when, and for which day it is worded."""

    message: Message
    when: Due
    day: date


def worded(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    steps: Sequence[DueStep],
    today: Today,
    now: datetime,
    words: Words,
) -> Worded:
    """One message for all of these steps, in the words of the day on which their person may hear it."""
    urgent = any(each.duty.line.requirement in today.rules.hours.urgent for each in steps)
    when = due(conn, agency_id, person_id, now, urgent=urgent)
    day = local_day(when.at, today.zone)
    facts = ReminderFacts(
        agency=agencies.agency(conn, agency_id).fact.name, day=day, duties=duties_of(steps, words)
    )
    return Worded(reminder(facts, words), when, day)


def _remind(
    writer: Writer,
    office: Office,
    person_id: int,
    new: Sequence[DueStep],
    again: Sequence[DueStep],
    today: Today,
    words: Words,
) -> datetime:
    """One message for all of it, what is said ``again`` included; the instant at which it is to be said."""
    steps = [*new, *again]
    now = shared_now(office, writer.conn)
    said = worded(writer.conn, writer.agency_id, person_id, steps, today, now, words)
    message_id = remind(
        writer,
        office,
        person_id,
        said.message,
        [reminders.occasion(each.case.key, each.name) for each in new],
        today.rules,
        about=about(said.day),
        now=now,
        when=said.when,
    )
    if message_id is None:
        raise ValueError(person_id)
    reminders.say_instead(
        writer.conn, writer.agency_id, [(each.case.key, each.name) for each in again], message_id
    )
    writer.audit(
        AuditDraft(
            tag=AuditTag.REMINDER_PLANNED,
            subject_id=person_id,
            data={
                "message": message_id,
                "rules": today.rules.version,
                "steps": [
                    {
                        "subject": each.case.key.subject,
                        "window": each.case.key.window,
                        "due": each.case.key.due_on.isoformat(),
                        "episode": each.case.key.episode,
                        "step": each.name,
                    }
                    for each in steps
                ],
            },
        )
    )
    return said.when.at


def duties_of(steps: Sequence[DueStep], words: Words) -> tuple[Reminded, ...]:
    """Each duty once, however many of its steps are said."""
    short = {each.case.key for each in steps if each.name == cases.PACE}
    of_each = {each.case.key: each.duty for each in steps}
    return tuple(
        reminded(duty, key.due_on, words, duty.safe if key in short else None)
        for key, duty in of_each.items()
    )
