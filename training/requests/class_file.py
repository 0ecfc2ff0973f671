"""The class of a request as a file for somebody's own calendar: its days, its times and its place, and nobody's name.

Unlike the address of the deadlines it is handed out once, over a link that works once, to whoever goes to the class
([decision 0048](../../docs/decisions/0048-the-file-of-a-class-says-where-it-is.md)).
"""

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from messages.after_approval import class_title
from messages.words import Words
from training.asking import Question
from training.links.links import Offer
from training.links.looks import Look, LookKind, Made, offer_look
from training.requests.following import Followed, class_facts, found, offering_of
from training.requests.life import RequestStage
from training.requests.values import Session

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//Rollcall//Class//EN"
A_DAY = timedelta(days=1)
_GOES = frozenset({RequestStage.APPROVED, RequestStage.REGISTERED})


def offered(question: Question, followed: Followed, words: Words) -> Offer | None:
    """The link to it; None where no link can be made, or its class has no day."""
    values = followed.life.values
    if values.starts_on is None:
        return None
    facts = class_facts(question, followed)
    look = Look(
        kind=CLASS_FILE.name,
        name=f"R-{followed.number}",
        title=class_title(facts, words),
        made=(Made(content=drawn(question, followed), media_type=MEDIA_TYPE),),
        more={"request": followed.number},
    )
    return offer_look(question, look)


def goes(followed: Followed) -> bool:
    """Whether its person goes to the class, as far as anybody knows."""
    return followed.life.stage in _GOES


def drawn(question: Question, followed: Followed) -> bytes:
    """One event for each day of the class, or one for all of them where no times are known."""
    values = followed.life.values
    offering = offering_of(question, followed.life)
    zone = ZoneInfo(question.asker.time_zone if offering is None else offering.fact.zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    timed = [each for each in values.sessions if each.begins and each.ends]
    first, last = values.starts_on, followed.last_day
    if first is None or last is None:
        return bytes(calendar.to_ical())
    spans: list[tuple[date, date]] = (
        [_instants(each, zone) for each in timed]
        if timed and len(timed) == len(values.sessions)
        else [(first, last + A_DAY)]
    )
    for place, (begins, ends) in enumerate(spans):
        event = Event()
        event.add("uid", _uid(question, followed, place))
        event.add("dtstamp", question.asker.now)
        event.add("dtstart", begins)
        event.add("dtend", ends)
        event.add("summary", values.title)
        if values.place:
            event.add("location", values.place)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _instants(session: Session, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """In UTC: a program that does not know the zone by our name is right as well."""
    begins = datetime.combine(session.day, time.fromisoformat(session.begins), zone)
    ends = datetime.combine(session.day, time.fromisoformat(session.ends), zone)
    utc = ZoneInfo("UTC")
    return begins.astimezone(utc), (ends if ends > begins else ends + A_DAY).astimezone(utc)


def _uid(question: Question, followed: Followed, place: int) -> str:
    """The same whenever it is asked for, so that a calendar does not show the class twice."""
    named = f"{question.agency_id}\n{followed.request.kept.id}\n{place}"
    return f"{sha256(named.encode()).hexdigest()[:32]}@rollcall"


def _theirs(question: Question, look: Look) -> bool:
    """Whoever goes to the class, for as long as they go."""
    number = look.more.get("request")
    followed = found(question, number if isinstance(number, int) else None)
    return followed is not None and followed.person_id == question.asker.person_id and goes(followed)


CLASS_FILE = LookKind("class-file", may=_theirs)
