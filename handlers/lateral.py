"""Ask another agency of the installation for the record of one's own officer, and take in what it released."""

from zoneinfo import ZoneInfo

from handlers.routing import Answered, Asked, Route, coordinates, following
from handlers.status import finish
from handlers.team import refuse
from messages import lateral as say
from messages.pages import Pages, choices_for
from training.asking import Outcome, Question
from training.laterals import lateral
from training.people import display_name, named


def ask(question: Question, asked: Asked, of: str, agency: str) -> Answered:
    """A request to the agency of this name; an unknown person is refused as everywhere."""
    found = named(question, of).found
    if len(found) != 1:
        return refuse(question, asked)
    return _done(asked, lateral.ask(question, found[0], agency))


def listed(question: Question, asked: Asked) -> Answered:
    """What is asked of other agencies, and what waits to be taken in."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    zone = ZoneInfo(question.asker.time_zone)
    found = lateral.asked_for(question)
    lines = choices_for(question.channel)
    facts = say.IntakesFacts(
        requests=tuple(
            say.AskedFacts(
                key=str(each.request.id),
                name=display_name(each.person),
                agency=each.agency,
                asked_on=each.request.recorded_at.astimezone(zone).date(),
                released_on=each.released_at and each.released_at.astimezone(zone).date(),
                waits=each.waits,
                classes=each.classes,
                taken_on=each.taken_at and each.taken_at.astimezone(zone).date(),
                newer=each.newer,
            )
            for each in found
        ),
        page=page,
        lines=lines,
    )
    shown = Pages(len(found), lines, page).of(found)
    looked_at = tuple(dict.fromkeys(each.person.person_id for each in shown))
    return finish(
        say.intakes(facts, asked.words),
        Outcome(looked_at=looked_at),
        page=page,
        pages_of="intakes",
        intakes={str(number): str(each.request.id) for number, each in enumerate(found, 1)},
    )


def take(question: Question, asked: Asked) -> Answered:
    """What was released is the agency's own record from here on."""
    request = _request(question, asked)
    holder = lateral.agency_of(question, request)
    title = asked.words.say("intake-class", agency=holder)
    return _done(asked, lateral.take(question, request, title), question)


def end(question: Question, asked: Asked) -> Answered:
    """The request is taken back."""
    return _done(asked, lateral.end(question, _request(question, asked)), question)


def _request(question: Question, asked: Asked) -> int:
    """The request of the button, or the one that has this number in the list shown last."""
    shown = question.remembered().get("intakes")
    by_number = shown.get(str(asked.slot("choice")), "") if isinstance(shown, dict) else ""
    meant = asked.value or str(by_number)
    return int(meant) if meant.isascii() and meant.isdecimal() and len(meant) <= LONGEST_ID else 0


def _done(asked: Asked, done: lateral.IntakeDone, question: Question | None = None) -> Answered:
    person = done.person
    facts = say.IntakeDoneFacts(
        said=done.said.value,
        agency=done.agency,
        name=display_name(person) if person is not None else "",
        badge=person.employment.fact.badge_number if person is not None else "",
        brought=done.brought,
        corrected=done.corrected,
        withdrawn=done.withdrawn,
        doubtful=done.doubtful,
        left_alone=done.left_alone,
    )
    looked_at = (person.person_id,) if person is not None else ()
    # The other numbers of the list still mean what they meant when it was shown.
    shown = question.remembered().get("intakes") if question is not None else None
    return finish(say.intake_done(facts, asked.words), Outcome(looked_at=looked_at), intakes=shown or {})


# Figures of the largest number that both databases hold.
LONGEST_ID = 18

ROUTES = (
    Route(
        name="intakes",
        handle=listed,
        may_use=coordinates,
        commands=("intakes",),
        shows=True,
        next_page=following(_page),
    ),
    Route(name="intake-take", handle=take, may_use=coordinates, commands=("intake-take",)),
    Route(name="intake-end", handle=end, may_use=coordinates, commands=("intake-end",)),
)
