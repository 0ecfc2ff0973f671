"""A class is cancelled or moved, or has fewer seats: what becomes of the requests for it, and who is told?

In the transaction that changes the class, by hand or by a file. What was approved for a class that does not take place
stands so; otherwise nothing is decided by it, and everybody concerned hears once what was and what is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection

from db.queries import courses, requests
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import AgencyId
from db.records.requests import RequestAct
from db.unit_of_work import Writer
from messages import after_approval as say
from messages.class_moves import ClassTimes, Move
from training.asking import Question, asked_by
from training.courses import entering, offerings
from training.courses.offerings import Offering
from training.office import Office
from training.requests import after, news
from training.requests.after import Does
from training.requests.fewer_seats import FewerSeats, touched
from training.requests.following import Followed
from training.requests.life import RequestStage, life_of
from training.requests.sight import seen, sight_of

# In whose name the record is read: what somebody hears is what they may see at this moment.
CHANNEL = "requests"
ClassNews = Literal["cancelled", "moved"]


def changes(question: Question, kept: Offering, offering: CourseOffering) -> Does:
    """The class is other than it was, and whoever asked for it hears of it, in one transaction."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        yield from entering.changes(kept, offering)(writer)
        yield from followed_up(writer, question.office, kept.fact)

    return does


def cancels(question: Question, kept: Offering) -> Does:
    """The same of a class that does not take place."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        yield from entering.cancels(kept)(writer)
        yield from followed_up(writer, question.office, kept.fact)

    return does


def standing(
    conn: Connection, agency_id: AgencyId, changed: Iterable[CourseOffering]
) -> tuple[CourseOffering, ...]:
    """The classes that others are about to take the place of, as they are on file."""
    numbers = sorted({each.number for each in changed})
    return tuple(each.fact for each in courses.by_numbers(conn, agency_id, numbers)) if numbers else ()


def people_told(conn: Connection, agency_id: AgencyId, changed: Collection[CourseOffering]) -> int:
    """How many people have a request for one of these classes that would hear of what changes about it."""
    before = {each.number: each for each in standing(conn, agency_id, changed)}
    heard = [
        each.number
        for each in changed
        if each.number in before and _news(before[each.number], each) is not None
    ]
    found = tuple(_open_for(conn, agency_id, [each.number for each in changed if each.number in before]))
    hears = {each.person_id for each in found if each.life.values.offering in heard}
    for each in changed:
        fewer = None if each.number in heard else _fewer(before, each, found)
        hears |= set() if fewer is None else {one.person_id for one in fewer.everybody}
    return len(hears)


def _fewer(
    before: Mapping[int, CourseOffering], now: CourseOffering, found: Iterable[Followed]
) -> FewerSeats | None:
    """Whom it touches that a class has fewer seats."""
    theirs = [each for each in found if each.life.values.offering == now.number]
    return touched(before[now.number], now, theirs) if now.number in before else None


def followed_up(
    writer: Writer, office: Office, before: CourseOffering, *, batch: int | None = None
) -> Iterator[AuditDraft]:
    """What follows for everybody with a request for this class, which has just become another than it was. ``batch`` is
    the file that brought it: the author of what nobody wrote by hand."""
    kept = offerings.by_number(writer.conn, writer.agency_id, before.number)
    if kept is None or kept.fact == before:
        return
    what, found = _news(before, kept.fact), tuple(_open_for(writer.conn, writer.agency_id, [before.number]))
    for followed in found if what is not None else ():
        here = _as(writer, office, followed, kept)
        if here is None:
            continue
        if what == "cancelled":
            news.nothing_more(writer, followed, after.CLEARED)
            yield from after.cancelled(writer, here, followed, before.number, batch=batch)
        else:
            _tell_moved(writer, here, followed, before, kept)
    if kept.fact.status is not OfferingStatus.CANCELLED:
        _tell_fewer(writer, office, kept, touched(before, kept.fact, found))


def _as(writer: Writer, office: Office, followed: Followed, kept: Offering) -> Question | None:
    """Their record as it is shown to whoever a request is for; None where that is nobody any more, or the class is
    over."""
    here = asked_by(office, writer.conn, writer.agency_id, ByPerson(followed.person_id), CHANNEL)
    return None if here is None or kept.fact.ends_on < here.today else here


def _news(before: CourseOffering, now: CourseOffering) -> ClassNews | None:
    """What of a change everybody with a request has to hear; None of any other."""
    if now.status is OfferingStatus.CANCELLED:
        return "cancelled" if before.status is not OfferingStatus.CANCELLED else None
    return "moved" if _when_and_where(before) != _when_and_where(now) else None


def _when_and_where(offering: CourseOffering) -> tuple[object, ...]:
    sessions = tuple((each["date"], each["begins"], each["ends"]) for each in offering.sessions)
    return offering.starts_on, offering.ends_on, offering.place, sessions


def _tell_moved(
    writer: Writer, here: Question, followed: Followed, before: CourseOffering, kept: Offering
) -> None:
    """To whoever asked, what was, what is and what to do; the same to whoever decides, or else sees to it."""
    step, move = _step(followed, kept), Move(_times(before), _times(kept.fact))
    news.to_requester(writer, here, followed, "moved", step, move=move)
    news.to_whoever_entered(writer, here, followed, "moved-seen-to", step, move=move)
    one = seen(sight_of(here), followed.request)
    if not one.waits:
        if followed.life.version:
            news.to_carers(writer, here, followed, "moved-seen-to", step, move=move)
    elif one.approver.person is not None:
        person_id = one.approver.person.person_id
        news.to_one(writer, here, followed, "moved-seen-to", step, person_id=person_id, move=move)


def _tell_fewer(writer: Writer, office: Office, kept: Offering, fewer: FewerSeats | None) -> None:
    """To each whom it touches what that is for them; to whoever sees to them once for the class."""
    if fewer is None:
        return
    codes: tuple[tuple[say.NewsCode, Sequence[Followed]], ...] = (
        ("beyond-seats", fewer.beyond),
        ("fewer-in-line", fewer.in_line),
        ("full", fewer.others),
    )
    for code, theirs in codes:
        for place, followed in enumerate(theirs, start=1):
            here = _as(writer, office, followed, kept)
            if here is None:
                continue
            step = _step(followed, kept)
            news.to_requester(writer, here, followed, code, step, place=place, seats=fewer.now)
            if code != "full":
                # Everybody who sees to somebody of them hears it once, whoever was taken up first.
                news.to_carers(writer, here, followed, "fewer-seats", str(kept.id), seats=fewer.now)


def _step(followed: Followed, kept: Offering) -> str:
    return f"{followed.request.kept.id} {kept.id}"


def _times(offering: CourseOffering) -> ClassTimes:
    return ClassTimes(
        number=offering.number,
        first=offering.starts_on,
        last=offering.ends_on,
        begins=offerings.begins(offering),
        ends=offerings.ends(offering),
        place=offering.place,
    )


def _open_for(conn: Connection, agency_id: AgencyId, numbers: Collection[int]) -> Iterator[Followed]:
    """Every request for one of these classes that is neither over nor past it."""
    for each in requests.last_acts(conn, agency_id, list(RequestAct)):
        life = life_of(each)
        past = life.presence is not None or life.stage is RequestStage.CLASS_CANCELLED
        if life.values.offering in numbers and not life.is_over and not past:
            yield Followed(each, life)
