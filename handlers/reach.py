"""Whom does nothing reach? To whoever coordinates everybody, to a supervisor their own people."""

from db.queries.reach import NotReached
from handlers.routing import Answered, Asked, Route, following, leads
from handlers.status import finish
from messages import reach as say
from messages.pages import lines_for
from messages.reach import LostReminder
from training.asking import Outcome, Question
from training.people import display_name
from training.permissions import hidden, people_in_view
from training.reminders.reach import roll


def listed(question: Question, asked: Asked) -> Answered:
    """Everybody in view who is not reached, a page at a time."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = roll(question.office, question.conn, question.agency_id, question.asker.now)
    below, whole = people_in_view(question)
    unseen = hidden(question)
    lost = {each.person_id for each in found.reminders} | {each.person_id for each in found.held}
    concerned = {*found.people, *lost}
    seen = [each for each in sorted(concerned) if each not in unseen and (whole or each in below)]
    names = {
        each.person_id: display_name(each)
        for each in question.walls.by_ids(question.conn, question.agency_id, seen)
    }
    zone = question.at.tzinfo
    rows = [say.UnreachedFacts(names[who], why) for who, why in found.people.items() if who in names]
    rows += [
        say.UnreachedFacts(names[each.person_id], _lost(each), each.planned_at.astimezone(zone))
        for each in found.reminders
        if each.person_id in names
    ]
    rows += [
        say.UnreachedFacts(
            names[each.person_id],
            LostReminder.HELD,
            each.planned_at.astimezone(zone),
            waits=each.waits.value,
            until=None if each.until is None else each.until.astimezone(zone),
        )
        for each in found.held
        if each.person_id in names
    ]
    facts = say.UnreachedList(
        found=tuple(sorted(rows, key=lambda each: (each.who, each.why))),
        page=page,
        lines=lines_for(question.channel),
    )
    outcome = Outcome(looked_at=tuple(names), data={"people": len(names)})
    return finish(say.unreached(facts, asked.words), outcome, page=page, pages_of="unreached")


def _lost(reminder: NotReached) -> LostReminder:
    return LostReminder.SILENT if reminder.taken else LostReminder.NOT_TAKEN


ROUTES = (
    Route(
        name="unreached",
        handle=listed,
        may_use=leads,
        commands=("unreached",),
        menu="unreached",
        shows=True,
        next_page=following(_page),
    ),
)
