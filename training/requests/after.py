"""What follows at once when the last approval comes, and who is next for a seat?

A seat is counted from the requests that hold it, under the lock of the agency's record: of two who want the last one
the second waits. Whoever waits gets a seat that is given back by a person's press, in the order of the approvals.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from db.queries import reminders, requests
from db.records.audit import AuditDraft
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct
from db.unit_of_work import Writer
from messages.after_approval import NewsCode
from training.asking import OvertakenError, Question, at_the_writing
from training.courses import offerings, seats
from training.requests import news
from training.requests.following import Followed, class_facts, everything, offering_of, own_word
from training.requests.keeping import acts
from training.requests.life import RequestStage, allowed, life_of

A = RequestAct
Does = Callable[[Writer], Iterable[AuditDraft]]
# Why what waited to be said about a class is not said: ``receipt-why-<code>``.
CLEARED = "cleared"
# As many other dates as a message names.
MOST_DATES = 3


def approved(
    writer: Writer, question: Question, request: KeptRequest, *, decider: str = "", reverses: bool = False
) -> Iterable[AuditDraft]:
    """The last approval has come: a seat, a place in line, or only that it can be registered; in the transaction of the
    approval. Nothing while a step of its way still waits.

    The requester and whoever sees to it are told; the requester also who decided, and that it reverses what was decided
    before.
    """
    here = replace(question, conn=writer.conn)
    followed = _as_it_is(here, request)
    if followed.life.stage is not RequestStage.APPROVED or followed.life.offering_held is not None:
        return ()
    offering = offering_of(here, followed.life)
    if offering is None:
        step = str(followed.life.last.id)
        news.to_requester(writer, here, followed, "approved", step, decider=decider, reverses=reverses)
        news.to_carers(writer, here, followed, "to-register", step)
        return ()
    number = offering.fact.number
    if offering.fact.status is OfferingStatus.CANCELLED:
        return list(cancelled(writer, here, followed, number))
    if has_room(here, offering) and not line(here, number):
        return list(_seated(writer, here, followed, number, "seated", decider=decider, reverses=reverses))
    entry, step_id = acts(writer, here, followed.request, A.WAITING_FOR_SEAT, {"offering": number})
    now = _as_it_is(here, followed.request)
    news.to_requester(
        writer,
        here,
        now,
        "waiting",
        str(step_id),
        place=place_in_line(here, now),
        decider=decider,
        reverses=reverses,
    )
    news.to_carers(writer, here, now, "waits-for-seat", str(step_id))
    return [entry]


def has_room(question: Question, offering: Kept[CourseOffering]) -> bool:
    """Whether one more can have a seat; where nobody said how many there are nobody is kept waiting for one."""
    number = offering.fact.number
    held = seats.taken(question.conn, question.agency_id, [number])[number]
    left = seats.left(offering.fact, held)
    return offering.fact.status is not OfferingStatus.CANCELLED and (left is None or left > 0)


def line(question: Question, number: int) -> tuple[Followed, ...]:
    """Who waits for a seat of a class, whoever was approved first in front."""
    waiting = (
        each
        for each in everything(question, [RequestStage.WAITING_FOR_SEAT])
        if each.life.values.offering == number
    )
    return tuple(sorted(waiting, key=lambda each: each.approved_seq))


def place_in_line(question: Question, followed: Followed) -> int:
    """Which one it is in the line of its class, from one on."""
    number = followed.life.values.offering
    ids = [] if number is None else [each.request.kept.id for each in line(question, number)]
    return ids.index(followed.request.kept.id) + 1 if followed.request.kept.id in ids else 0


def may_be_seated(question: Question, followed: Followed) -> bool:
    """Whether a seat is free and it is the first in line."""
    offering = offering_of(question, followed.life)
    return (
        followed.life.stage is RequestStage.WAITING_FOR_SEAT
        and offering is not None
        and has_room(question, offering)
        and place_in_line(question, followed) == 1
    )


def seated(question: Question, followed: Followed) -> Does:
    """A seat that was given back goes to whoever is first in line, because a person says so."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        now = _as_it_is(here, followed.request)
        number = now.life.values.offering
        if number is None or not may_be_seated(here, now):
            raise OvertakenError
        yield from _seated(writer, here, followed, number, "seat-given")

    return does


def other_dates(
    question: Question, offering: Kept[CourseOffering] | None
) -> tuple[Kept[CourseOffering], ...]:
    """Classes of the same title that are to come, the next first."""
    if offering is None:
        return ()
    coming = offerings.upcoming(
        question.conn, question.agency_id, question.asker.now, question.asker.time_zone
    )
    title = offering.fact.title.casefold()
    same = [
        each
        for each in coming
        if each.fact.title.casefold() == title and each.fact.number != offering.fact.number
    ]
    return tuple(same[:MOST_DATES])


def cancelled(
    writer: Writer, here: Question, followed: Followed, number: int, *, batch: int | None = None
) -> Iterator[AuditDraft]:
    """A request for a class that does not take place: what was approved stands so, and whoever asked is told, with the
    other dates there are. Nobody's request is denied or taken back by it."""
    code: NewsCode = "cancelled-asked"
    step = f"{number} {followed.life.last.id}"
    if A.CLASS_CANCELLED in allowed(followed.life):
        body = {"offering": number} if batch is None else {"offering": number, "batch": batch}
        entry, step_id = acts(writer, here, followed.request, A.CLASS_CANCELLED, body)
        yield entry
        code, step = "cancelled", str(step_id)
    dates = [
        class_facts(here, followed).on(each.fact.starts_on, each.fact.ends_on, each.fact.place)
        for each in other_dates(here, offerings.by_number(here.conn, here.agency_id, number))
    ]
    news.to_requester(writer, here, followed, code, step, dates=dates)
    news.to_whoever_entered(writer, here, followed, "cancelled-of", step)


def _seated(
    writer: Writer,
    here: Question,
    followed: Followed,
    number: int,
    code: NewsCode,
    *,
    decider: str = "",
    reverses: bool = False,
) -> Iterator[AuditDraft]:
    body = {"offering": number, **own_word(here, followed.person_id)}
    entry, step_id = acts(writer, here, followed.request, A.SEATED, body)
    yield entry
    now = _as_it_is(here, followed.request)
    offering = offering_of(here, now.life)
    if offering is not None and not has_room(here, offering):
        # The last seat is gone: for whoever still needs the class another one is the last in time.
        reminders.plan_again_whoever_owes(writer.conn, writer.agency_id)
    news.to_requester(writer, here, now, code, str(step_id), decider=decider, reverses=reverses)
    news.to_carers(writer, here, now, "to-register", str(step_id))


def _as_it_is(here: Question, request: KeptRequest) -> Followed:
    now = requests.by_id(here.conn, here.agency_id, request.kept.id)
    if now is None:
        raise OvertakenError
    return Followed(now, life_of(now))
