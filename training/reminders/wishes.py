"""How does one person want to be reminded, inside the agency's limits? Nothing turns everything off: that is STOP, on
the channel where it is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Connection

from db.queries import reminders
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.reminders import ReminderWish, StepLeftOut
from db.unit_of_work import Writer
from reading.reminders.wishes import EnteredWish, SaidWish
from training.asking import Question
from training.audit import AuditTag
from training.reminders.rules import KEPT_STEP, ReminderRules
from training.sealed.sealing import keep_text

Does = Callable[[Writer], Iterable[AuditDraft]]
# Shorter, and on most days nothing could be said at all.
SHORTEST_WINDOW = timedelta(minutes=120)
WishRefusal = Literal["all-left-out", "narrow", "no-such-step", "no-such-way", "sixty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How somebody is reminded: what they wish, inside what the agency allows.

    ``steps`` are days before the due date; what is overdue is always said.
    """

    order: tuple[str, ...]
    begins: time
    ends: time
    steps: tuple[int, ...]
    without: tuple[int, ...]


def wish_of(conn: Connection, agency_id: AgencyId, person_id: int) -> ReminderWish:
    """What this person said last; nothing special when they never did."""
    kept = reminders.wish(conn, agency_id, person_id)
    return ReminderWish(person_id=person_id) if kept is None else kept.fact


def manner(rules: ReminderRules, wish: ReminderWish) -> Manner:
    """The wish, inside the rules in force: a way or a step that the agency has no more is nobody's."""
    order = tuple(dict.fromkeys([each for each in wish.channels if each in rules.turns.order]))
    hours = rules.hours
    begins = max(hours.begins, _time(wish.begins) or hours.begins)
    ends = min(hours.ends, _time(wish.ends) or hours.ends)
    if not _is_wide(begins, ends):
        # The agency's hours moved since: theirs hold again.
        begins, ends = hours.begins, hours.ends
    known = steps_of(rules)
    without = tuple(int(each) for each in wish.without if int(each) in known)
    return Manner(
        order=(*order, *(each for each in rules.turns.order if each not in order)),
        begins=begins,
        ends=ends,
        steps=tuple(each for each in known if each not in without),
        without=without,
    )


def steps_of(rules: ReminderRules) -> tuple[int, ...]:
    """Days before the due date on which any ladder of the agency has a step, the earliest first."""
    every = (rules.steps, *rules.own_ladders.values())
    return tuple(
        sorted({step.days_before for steps in every for step in steps if not step.is_late}, reverse=True)
    )


def wished(rules: ReminderRules, before: ReminderWish, said: SaidWish) -> ReminderWish:
    """The wish after what was said; what was not spoken of stays as it was."""
    if said.reset:
        return ReminderWish(person_id=before.person_id)
    order = manner(rules, before).order
    channels = before.channels
    if said.first or said.last:
        between = [each for each in order if each not in said.first and each not in said.last]
        channels = (*said.first, *between, *(each for each in said.last if each in order))
    without = [int(each) for each in before.without if int(each) not in said.back]
    return replace(
        before,
        channels=channels,
        begins=before.begins if said.begins is None else _written(said.begins),
        ends=before.ends if said.ends is None else _written(said.ends),
        without=_steps([*without, *said.without]),
    )


def entered(person_id: int, said: EnteredWish) -> ReminderWish:
    """A whole wish, as a form says it."""
    return ReminderWish(
        person_id=person_id,
        channels=said.channels,
        begins="" if said.begins is None else _written(said.begins),
        ends="" if said.ends is None else _written(said.ends),
        without=_steps(said.without),
    )


def why_not(
    rules: ReminderRules, before: ReminderWish, wish: ReminderWish, reason: str
) -> WishRefusal | None:
    """Which limit of the agency it passes; None for none."""
    known = steps_of(rules)
    without = [int(each) for each in wish.without]
    if any(each not in rules.turns.order for each in wish.channels):
        return "no-such-way"
    if any(each not in known for each in without):
        return "no-such-step"
    if known and set(known) <= set(without):
        return "all-left-out"
    if KEPT_STEP in without and str(KEPT_STEP) not in before.without and not reason:
        return "sixty"
    begins = max(rules.hours.begins, _time(wish.begins) or rules.hours.begins)
    ends = min(rules.hours.ends, _time(wish.ends) or rules.hours.ends)
    return None if _is_wide(begins, ends) else "narrow"


def keeps(question: Question, before: ReminderWish, wish: ReminderWish, reason: str) -> Does:
    """It holds from the next reminder on. Why the sixty-day step is left out is a line of its own."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        person_id = question.asker.person_id
        writer.record(wish)
        reminders.plan_again(writer.conn, writer.agency_id, [person_id])
        names = ("channels", "begins", "ends", "without")
        pairs = {name: [_plain(getattr(before, name)), _plain(getattr(wish, name))] for name in names}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        yield AuditDraft(tag=AuditTag.REMINDER_WISH_ENTERED, subject_id=person_id, data={"changed": changed})
        if str(KEPT_STEP) in wish.without and str(KEPT_STEP) not in before.without:
            item_id = keep_text(writer, question.office.keys, person_id, reason)
            writer.record(StepLeftOut(person_id=person_id, item_id=item_id))
            yield AuditDraft(
                tag=AuditTag.REMINDER_STEP_LEFT_OUT,
                subject_id=person_id,
                data={"why": item_id, "days": KEPT_STEP},
            )

    return does


def _steps(days: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(each) for each in sorted(set(days), reverse=True))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _written(at: time) -> str:
    return at.isoformat(timespec="minutes")


def _time(written: str) -> time | None:
    return time.fromisoformat(written) if written else None


def _is_wide(begins: time, ends: time) -> bool:
    day = date.min
    return datetime.combine(day, ends) - datetime.combine(day, begins) >= SHORTEST_WINDOW
