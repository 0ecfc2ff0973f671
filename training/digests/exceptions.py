"""What does a coordinator have to look at today? Exceptions only; whoever is on track never appears."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.queries.reach import NotReached
from messages import digests as say
from messages.lines import line_label, top_level
from messages.words import Words
from rules.standing import LineState
from training import tickets
from training.asking import Question
from training.digests import covering, roll_call
from training.digests.shifts import Shifts
from training.people import display_name
from training.permissions import hidden
from training.reminders import reach
from training.reminders.reach import HeldTooLong
from training.standings.team import Team, team_of
from training.uploads import outlook, review

ONE_DAY = timedelta(days=1)


def exceptions(
    question: Question, shifts: Shifts, since: date, words: Words
) -> tuple[say.DayFacts, tuple[int, ...]]:
    """Everything since that day, and whom it names."""
    now = question.asker.now
    zone = ZoneInfo(question.asker.time_zone)
    from_then = datetime(since.year, since.month, since.day, tzinfo=zone)
    team = team_of(question)
    late = overdue_since(team, since, question.day, words)
    unreached = _named(question, reach.not_reached_since(question.conn, question.agency_id, from_then, now))
    held = [
        each
        for each in reach.held_too_long(question.conn, question.agency_id, now)
        if each.planned_at >= from_then
    ]
    names = _named(question, held)
    in_review = [
        each for each in (review.in_review(question, state) for state in review.queue(question)) if each
    ]
    unmatched = [
        each for each in in_review if outlook.is_unmatched(outlook.card(question, each.state, each.draft))
    ]
    waited = [(now - each.submitted_at).days for each in in_review]
    facts = say.DayFacts(
        agency=question.asker.agency_name,
        day=question.day,
        overdue=tuple(each for _, each in late),
        unreached=tuple(unreached.values()),
        held=tuple(
            say.HeldReminderFacts(
                name=names[each.person_id],
                waits=each.waits.value,
                until=None if each.until is None else each.until.astimezone(zone).date(),
            )
            for each in held
            if each.person_id in names
        ),
        missed=tuple(
            say.MissedShift(shift=each.name, at=each.at.astimezone(zone))
            for each in roll_call.missed(question, shifts, max(from_then, now - ONE_DAY * 7), now)
        ),
        unmatched=len(unmatched),
        unmatched_oldest=max(((now - each.submitted_at).days for each in unmatched), default=0),
        forgotten=len(outlook.forgotten(question)),
        reviews=len(in_review),
        reviews_oldest=max(waited, default=0),
        tickets=len(tickets.waiting(question)),
        roll_call_hours=len(covering.waiting(question)),
    )
    return facts, tuple({*(who for who, _ in late), *unreached, *names})


def overdue_since(team: Team, since: date, today: date, words: Words) -> Sequence[tuple[int, say.LateFacts]]:
    """Duties whose last day was that day or a later one, and is over; the oldest first."""
    found = [
        (
            person.person_id,
            say.LateFacts(name=display_name(person), duty=line_label(line, words), due_on=line.due_on),
        )
        for person, standing in team.rows
        for line in top_level(standing.lines)
        if line.state is LineState.OVERDUE and line.due_on is not None and since <= line.due_on < today
    ]
    return sorted(found, key=lambda each: (each[1].due_on, each[1].name, each[1].duty))


def _named(question: Question, reminders: Sequence[NotReached | HeldTooLong]) -> Mapping[int, str]:
    """Whom these reminders are for, as far as the reader may know of them, in the order of their names."""
    ids = sorted({each.person_id for each in reminders} - hidden(question))
    found = question.walls.by_ids(question.conn, question.agency_id, ids) if ids else ()
    return {each.person_id: display_name(each) for each in sorted(found, key=display_name)}
