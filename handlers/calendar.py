"""A calendar of one's deadlines: its address once, another one, or none any more."""

from dataclasses import replace

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish
from messages import calendar as say
from training.asking import Outcome, Question
from training.phones.phones import CHANNEL, is_shared
from training.reminders import calendars


def calendar(question: Question, asked: Asked) -> Answered:
    """The address, where there is none yet; where there is one nobody here can show it again."""
    there = calendars.address_of(question)
    if there is None:
        return new(question, asked)
    since = there.given_at.astimezone(question.at.tzinfo)
    return finish(say.calendar(say.CalendarFacts(code="there", since=since), asked.words), Outcome())


def new(question: Question, asked: Asked) -> Answered:
    """Another address; the one before shows nothing any more."""
    back = question.back
    if (
        back is not None
        and back.channel == CHANNEL
        and is_shared(question.conn, question.agency_id, back.place)
    ):
        # It lasts longer than anybody has that phone.
        facts = say.CalendarFacts(code="shared")
        return finish(say.calendar(facts, asked.words), Outcome(decides=False))
    offered = calendars.offer(question)
    if offered is None:
        facts = say.CalendarFacts(code="not-here", coordinator=coordinator(question, asked))
        return finish(say.calendar(facts, asked.words), Outcome(decides=False))
    code: say.CalendarCode = "given" if calendars.address_of(question) is None else "instead"
    facts = say.CalendarFacts(code=code, href=offered.href)
    answered = finish(say.calendar(facts, asked.words), Outcome(does=offered.does))
    # An address is in nobody's archive.
    return replace(answered, kept=say.calendar(replace(facts, href=""), asked.words))


def off(question: Question, asked: Asked) -> Answered:
    """It shows nothing any more."""
    if calendars.address_of(question) is None:
        return finish(say.calendar(say.CalendarFacts(code="none"), asked.words), Outcome(decides=False))
    outcome = Outcome(does=calendars.ends(question))
    return finish(say.calendar(say.CalendarFacts(code="ended"), asked.words), outcome)


ROUTES = (
    Route(name="calendar", handle=calendar, may_use=everyone, commands=("calendar",), menu="calendar"),
    Route(name="calendar-new", handle=new, may_use=everyone, commands=("calendar-new",)),
    Route(name="calendar-off", handle=off, may_use=everyone, commands=("calendar-off",)),
)
