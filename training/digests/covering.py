"""What was covered at a roll call, and do hours come of it? Only by a draft with topic, minutes and instructor that
somebody else decides about; whoever was not there is listed for make-up."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from db.queries import agencies, roll_calls
from db.queries.roll_calls import AskedHours
from db.records.audit import AuditDraft
from db.records.facts import Completion, Kept
from db.records.roll_calls import RollCall, RollCallCovered, RollCallDecision, RollCallTraining
from db.tables.base import IDS_PER_AGENCY
from db.unit_of_work import Writer
from messages.roll_call import hours_of_minutes
from training.asking import OvertakenError, Question, at_the_writing
from training.audit import AuditTag
from training.office import local_day
from training.permission_table import Ask
from training.permissions import may

Does = Callable[[Writer], Iterable[AuditDraft]]
# A shift and a rest: whoever says it later says it with a date, to a person.
SAID_WITHIN = timedelta(minutes=1_080)
MOST_MINUTES = 240
DELIVERY = "roll-call"


def latest(question: Question) -> Kept[RollCall] | None:
    """The roll call that the asker was told of last, while it can still be spoken of."""
    since = question.asker.now - SAID_WITHIN
    return roll_calls.newest(question.conn, question.agency_id, question.asker.person_id, since)


def is_covered(question: Question, call: Kept[RollCall]) -> bool:
    """Whether somebody said so already."""
    return roll_calls.covered(question.conn, question.agency_id, call.id) is not None


def covers(question: Question, call: Kept[RollCall]) -> Does:
    """It was read aloud; said once."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if roll_calls.covered(writer.conn, writer.agency_id, call.id) is not None:
            raise OvertakenError
        writer.record(RollCallCovered(roll_call_id=call.id, person_id=question.asker.person_id))
        yield AuditDraft(
            tag=AuditTag.ROLL_CALL_COVERED,
            subject_id=question.asker.person_id,
            data={"roll_call": call.id, "items": call.fact.items, "people": len(call.fact.present)},
        )

    return does


def asks_hours(question: Question, call: Kept[RollCall], topic: str, minutes: int, instructor: str) -> Does:
    """A draft for everybody who was there. Nothing is on record by it."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        writer.record(
            RollCallTraining(roll_call_id=call.id, topic=topic, minutes=minutes, instructor=instructor)
        )
        yield AuditDraft(
            tag=AuditTag.ROLL_CALL_HOURS_ASKED,
            subject_id=question.asker.person_id,
            data={"roll_call": call.id, "minutes": minutes, "people": len(call.fact.present)},
        )

    return does


def waiting(question: Question) -> tuple[AskedHours, ...]:
    """Drafts that wait for a decision."""
    return roll_calls.waiting(question.conn, question.agency_id)


def number_of(draft: AskedHours) -> int:
    """How people call a draft."""
    return draft.asked.id % IDS_PER_AGENCY


def found(question: Question, number: int) -> AskedHours | None:
    """The draft of this number."""
    return roll_calls.asked(question.conn, question.agency_id, question.agency_id * IDS_PER_AGENCY + number)


def is_decided(question: Question, draft: AskedHours) -> bool:
    """Whether somebody was first."""
    return roll_calls.decision(question.conn, question.agency_id, draft.asked.id) is not None


def is_own(question: Question, draft: AskedHours) -> bool:
    """Whether the asker asked for it or would get hours by it: nobody decides about what is their own."""
    own = question.asker.person_id
    return own in {draft.asked.recorded_by, draft.call.fact.person_id, *draft.call.fact.present}


def decides(question: Question, draft: AskedHours, *, recorded: bool) -> Does:
    """It goes on record for everybody who was there, or not at all. The first word stands."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if not may(at_the_writing(writer, question), Ask.RECORD_CARE):
            raise OvertakenError
        if roll_calls.decision(writer.conn, writer.agency_id, draft.asked.id) is not None:
            raise OvertakenError
        call, training = draft.call.fact, draft.asked.fact
        writer.record(
            RollCallDecision(
                training_id=draft.asked.id,
                recorded=recorded,
                asked_by=draft.asked.recorded_by or call.person_id,
                decided_by=question.asker.person_id,
            )
        )
        if not recorded:
            yield AuditDraft(
                tag=AuditTag.ROLL_CALL_REFUSED, subject_id=call.person_id, data={"training": draft.asked.id}
            )
            return
        zone = agencies.agency(writer.conn, writer.agency_id).fact.time_zone
        for person_id in call.present:
            (completion_id,) = writer.record(
                Completion(
                    person_id=person_id,
                    completed_on=local_day(call.starts_at.astimezone(ZoneInfo(zone)), zone),
                    hours=hours_of_minutes(training.minutes),
                    title=training.topic,
                    delivery=DELIVERY,
                    evidence={"minutes": training.minutes, "instructor": training.instructor},
                ),
                source=DELIVERY,
            )
            yield AuditDraft(
                tag=AuditTag.ROLL_CALL_RECORDED,
                subject_id=person_id,
                data={"training": draft.asked.id, "completion": completion_id},
            )

    return does
