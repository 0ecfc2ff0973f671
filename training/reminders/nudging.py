"""Who of somebody's people would be reminded now, of what, and who is passed over and why? Looked at first, and again
when it is pressed; what is sent is a reminder like any other, written down with who sent it."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.queries import accounts, ledger, phones
from db.records.audit import AuditDraft
from db.records.facts import PersonAtAgency
from db.records.ledger import Occasion, Waits
from db.records.phones import ConsentWord
from db.unit_of_work import Writer
from messages.reminder import Reminded, ReminderFacts, reminder
from messages.words import Words
from rules.standing import LineState, Standing
from training.asking import Question
from training.audit import AuditTag
from training.ledger.duty import Due, due_for
from training.ledger.routes import TEXTS, ways_to
from training.office import shared_now
from training.people import in_view
from training.reminders import cases
from training.reminders.limits import said_today
from training.reminders.reminded import reminded
from training.reminders.rules import ReminderRules, in_force
from training.reminders.turns import remind
from training.standings.team import standing_of_people

SUBJECT = "nudge"
# What is due later is the ladder's.
AHEAD = timedelta(days=30)
# More than these are not a nudge: they are the rules of reminding.
MOST_PEOPLE = 50

Does = Callable[[Writer], Iterable[AuditDraft]]


class PassedOver(StrEnum):
    """Why somebody is not reminded now; the catalogue holds ``nudge-skipped-<code>`` for each."""

    REACHED_TODAY = "reached-today"
    OFF_DUTY = "off-duty"
    ON_LEAVE = "on-leave"
    IN_COURT = "in-court"
    OPTED_OUT = "opted-out"
    NO_WAY = "no-way"
    NOTHING_DUE = "nothing-due"
    TOO_MANY = "too-many"


_BY_WAIT = {
    Waits.OFF_DUTY: PassedOver.OFF_DUTY,
    Waits.HOLIDAY: PassedOver.OFF_DUTY,
    Waits.ON_LEAVE: PassedOver.ON_LEAVE,
    Waits.IN_COURT: PassedOver.IN_COURT,
}


@dataclass(frozen=True, slots=True)
class Nudged:
    """One person with what they would be reminded of; ``why_not`` says that they are not."""

    person: PersonAtAgency
    duties: tuple[Reminded, ...]
    why_not: PassedOver | None = None


@dataclass(frozen=True, slots=True)
class NudgePlan:
    """Everybody who owes something soon. ``on_leave`` are counted and not judged."""

    people: tuple[Nudged, ...]
    on_leave: int = 0

    @property
    def going(self) -> tuple[Nudged, ...]:
        """Who is reminded."""
        return tuple(each for each in self.people if each.why_not is None)


def nudge_plan(
    question: Question, words: Words, only: Sequence[int] | None = None, *, named: int | None = None
) -> NudgePlan:
    """The asker's people as of now, or these of them, or the one who was ``named``; never the asker."""
    only = only if named is None else (named,)
    own = question.asker.person_id
    roster = [
        each
        for each in in_view(question)
        if each.person_id != own and (only is None or each.person_id in only)
    ]
    team = standing_of_people(question, roster)
    owing = [
        (person, duties)
        for person, standing in team.rows
        if (duties := _duties(standing, question.day, words))
    ]
    conn, agency_id = question.conn, question.agency_id
    now = shared_now(question.office, conn)
    zones = {person.person_id: question.asker.time_zone for person, _ in owing}
    moments = due_for(conn, agency_id, zones, now) if zones else {}
    rules = in_force(conn, agency_id)
    people: list[Nudged] = []
    going = 0
    for person, duties in sorted(owing, key=lambda each: (each[1][0].due_on, each[0].family)):
        why = _why_not(question, rules, person.person_id, moments.get(person.person_id))
        if why is None and going >= MOST_PEOPLE:
            why = PassedOver.TOO_MANY
        going += why is None
        people.append(Nudged(person, duties, why))
    if named is not None:
        people += _unasked(roster, {person.person_id for person, _ in team.rows}, people)
    return NudgePlan(tuple(people), team.on_leave)


def _unasked(
    roster: Sequence[PersonAtAgency], judged: Container[int], people: Sequence[Nudged]
) -> list[Nudged]:
    """Whoever was named is spoken of, also where there is nothing to remind them of."""
    listed = {each.person.person_id for each in people}
    return [
        Nudged(each, (), PassedOver.NOTHING_DUE if each.person_id in judged else PassedOver.ON_LEAVE)
        for each in roster
        if each.person_id not in listed
    ]


def _duties(standing: Standing, day: date, words: Words) -> tuple[Reminded, ...]:
    """What is overdue or due soon, the oldest first."""
    found = [
        reminded(duty, duty.due_on, words)
        for duty in cases.duties(standing, day)
        if duty.line.state is LineState.OVERDUE or duty.due_on <= day + AHEAD
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.duty)))


def _why_not(
    question: Question, rules: ReminderRules, person_id: int, moment: Due | None
) -> PassedOver | None:
    conn, agency_id = question.conn, question.agency_id
    now = shared_now(question.office, conn)
    if said_today(conn, agency_id, person_id, now) or _nudged(question, person_id):
        return PassedOver.REACHED_TODAY
    if moment is not None and moment.waits is not None:
        return _BY_WAIT.get(moment.waits, PassedOver.OFF_DUTY)
    if ways_to(question.office, conn, agency_id, person_id, rules.turns.order):
        return None
    numbers = [
        each.fact.account
        for each in accounts.of_person(conn, agency_id, person_id)
        if each.fact.channel == TEXTS
    ]
    words = [phones.consent(conn, agency_id, each) for each in numbers]
    stopped = any(each is not None and each.fact.word is not ConsentWord.GIVEN for each in words)
    return PassedOver.OPTED_OUT if stopped else PassedOver.NO_WAY


def _nudged(question: Question, person_id: int) -> bool:
    return ledger.is_planned(question.conn, _occasion(question, person_id))


def _occasion(question: Question, person_id: int) -> Occasion:
    """Once a day, whoever presses."""
    return Occasion(
        agency_id=question.agency_id,
        person_id=person_id,
        subject=SUBJECT,
        window=question.today.isoformat(),
    )


def nudges(question: Question, plan: NudgePlan, words: Words) -> Does:
    """Everybody who goes is reminded on the ways of the ledger; whoever was meanwhile is not."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        rules = in_force(writer.conn, writer.agency_id)
        now = shared_now(question.office, writer.conn)
        for each in plan.going:
            person_id = each.person.person_id
            facts = ReminderFacts(agency=question.asker.agency_name, day=question.today, duties=each.duties)
            message_id = remind(
                writer,
                question.office,
                person_id,
                reminder(facts, words),
                [_occasion(question, person_id)],
                rules,
                about=f"{SUBJECT} {question.today.isoformat()}",
                now=now,
            )
            if message_id is not None:
                yield AuditDraft(
                    tag=AuditTag.REMINDER_NUDGED,
                    subject_id=person_id,
                    data={"message": message_id, "duties": len(each.duties)},
                )

    return does
