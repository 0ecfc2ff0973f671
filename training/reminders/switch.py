"""Who stops all reminders of an agency, lets them go again, or lets go of a great many? A named person, with a reason
where they are stopped or start again."""

from collections.abc import Callable, Iterable

from db.queries import limits
from db.records.audit import AuditDraft
from db.records.facts import Kept
from db.records.switches import ReminderSwitch, SwitchWord
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question, at_the_writing
from training.audit import AuditTag
from training.permission_table import Ask
from training.permissions import may
from training.sealed.sealing import keep_text

_TAGS = {
    SwitchWord.PAUSED: AuditTag.REMINDERS_PAUSED,
    SwitchWord.RESUMED: AuditTag.REMINDERS_RESUMED,
    SwitchWord.GO_AHEAD: AuditTag.REMINDERS_RELEASED,
}


def newest(question: Question) -> Kept[ReminderSwitch] | None:
    """What was said last."""
    return limits.newest_switch(question.conn, question.agency_id)


def waiting(question: Question) -> int:
    """How many reminders wait for a word."""
    return limits.waiting_for_a_word(question.conn, question.agency_id)


def says(
    question: Question, word: SwitchWord, reason: str, seen: Kept[ReminderSwitch] | None
) -> Callable[[Writer], Iterable[AuditDraft]]:
    """The word holds from now on. OvertakenError when somebody said another one since ``seen``."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if not may(at_the_writing(writer, question), Ask.REMINDER_RULES):
            raise OvertakenError
        now = limits.newest_switch(writer.conn, writer.agency_id)
        if (None if now is None else now.id) != (None if seen is None else seen.id):
            raise OvertakenError
        asker = question.asker.person_id
        item_id = keep_text(writer, question.office.keys, asker, reason) if reason else None
        writer.record(ReminderSwitch(word=word, item_id=item_id))
        released = (
            0 if word is SwitchWord.PAUSED else limits.release(writer.conn, writer.agency_id, writer.at)
        )
        yield AuditDraft(tag=_TAGS[word], data={"why": item_id, "released": released})

    return does
