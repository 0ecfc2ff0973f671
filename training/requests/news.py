"""How do people hear what follows an approval? By the ledger, in the transaction that it tells of, once."""

from collections.abc import Sequence
from dataclasses import replace

from db.queries import ledger
from db.queries.context import ByPerson
from db.records.facts import AgencyId
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer
from messages import after_approval as say
from messages.class_moves import Move, SeatsNow
from messages.model import Message
from messages.words import load
from training.asking import Question, asked_by
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.ledger.turns import cancel
from training.office import Office, shared_now
from training.permissions import hidden
from training.reminders.rules import in_force
from training.requests.following import Followed, carers, class_facts
from training.uploads import reviewers

SUBJECT, ABOUT = "request-after", "request R-"


def occasion(agency_id: AgencyId, person_id: int, step: str) -> Occasion:
    """Why somebody hears something: the request and what happened with it."""
    return Occasion(agency_id=agency_id, person_id=person_id, subject=SUBJECT, step=step)


def about(number: int, code: str) -> str:
    """What a message in the ledger belongs to: whoever is about to send it asks whether that is still so."""
    return f"{ABOUT}{number} {code}"


def request_and_code(said: str) -> tuple[int, str] | None:
    """The request and the code of such a message; None for any other."""
    number, _, code = said.removeprefix(ABOUT).partition(" ")
    return (int(number), code) if said.startswith(ABOUT) and number.isdecimal() else None


def tell(
    writer: Writer,
    office: Office,
    person_id: int,
    message: Message,
    steps: Sequence[str],
    *,
    number: int,
    code: str,
    own_question: bool = False,
    first: Destination | None = None,
) -> bool:
    """Planned once for these steps; False when it was before, or no way leads to them. ``first``: the way on which it
    was asked for. ``own_question``: we want something of them, so it waits until they may be put to work."""
    turns = in_force(writer.conn, writer.agency_id).turns
    ways = ways_to(office, writer.conn, writer.agency_id, person_id, turns.order)
    if first is not None:
        ways = (first, *(each for each in ways if each.channel != first.channel))
    if not ways:
        return False
    said = ToSay(
        person_id=person_id,
        message=message,
        routes=ways,
        about=about(number, code),
        occasions=tuple(occasion(writer.agency_id, person_id, step) for step in steps),
        own_question=own_question,
        in_turn=turns.wait_minutes,
    )
    return plan(writer, office.keys, said, now=shared_now(office, writer.conn)) is not None


def asked_at(followed: Followed) -> Destination | None:
    """Where somebody asked for their own training; None where another asked for them, or nothing is carried there."""
    kept = followed.request.kept
    return _place_of(followed) if kept.recorded_by == kept.fact.person_id else None


def _place_of(followed: Followed) -> Destination | None:
    """Where it was asked for, by whomever."""
    fact = followed.request.kept.fact
    if not fact.address:
        return None
    return Destination(
        channel=fact.channel,
        address=fact.address,
        place=fact.place,
        thread=fact.thread,
        account=fact.account,
    )


def to_requester(
    writer: Writer,
    question: Question,
    followed: Followed,
    code: say.NewsCode,
    step: str,
    *,
    own_question: bool = False,
    place: int = 0,
    dates: Sequence[say.RequestClassFacts] = (),
    move: Move | None = None,
    seats: SeatsNow | None = None,
    by: str = "",
    decider: str = "",
    reverses: bool = False,
) -> bool:
    """One thing that happened with their request."""
    here = replace(question, conn=writer.conn)
    facts = say.NewsFacts(
        code=code,
        of=class_facts(here, followed),
        coordinators=tuple(reviewers.name_of(here, each) for each in carers(here, followed.person_id)),
        place=place,
        others=tuple(dates),
        move=move,
        seats=seats,
        by=by,
        decider=decider,
        reverses=reverses,
    )
    return tell(
        writer,
        question.office,
        followed.person_id,
        say.news(facts, load()),
        [f"{code} {step}"],
        number=followed.number,
        code=code,
        own_question=own_question,
        first=asked_at(followed),
    )


def to_carers(
    writer: Writer,
    question: Question,
    followed: Followed,
    code: say.NewsCode,
    step: str,
    *,
    upload: int = 0,
    move: Move | None = None,
    seats: SeatsNow | None = None,
) -> int:
    """The same to everybody who sees to it; to how many."""
    here = replace(question, conn=writer.conn)
    return sum(
        to_one(
            writer,
            here,
            followed,
            code,
            step,
            person_id=each,
            upload=upload,
            move=move,
            seats=seats,
        )
        for each in carers(here, followed.person_id)
    )


def to_one(
    writer: Writer,
    question: Question,
    followed: Followed,
    code: say.NewsCode,
    step: str,
    *,
    person_id: int,
    upload: int = 0,
    move: Move | None = None,
    seats: SeatsNow | None = None,
    by: str = "",
    first: Destination | None = None,
) -> bool:
    """The same to somebody who decides or sees to it."""
    here = replace(question, conn=writer.conn)
    facts = say.NewsFacts(
        code=code, of=class_facts(here, followed), upload=upload, move=move, seats=seats, by=by
    )
    return tell(
        writer,
        question.office,
        person_id,
        say.news(facts, load()),
        [f"{code} {step}"],
        number=followed.number,
        code=code,
        first=first,
    )


def to_whoever_entered(
    writer: Writer,
    question: Question,
    followed: Followed,
    code: say.NewsCode,
    step: str,
    *,
    move: Move | None = None,
    by: str = "",
) -> bool:
    """The same to whoever entered it for somebody else, where they asked; False where it is their own, or whom it is
    for may not be shown to them by now."""
    kept = followed.request.kept
    entered_by = kept.recorded_by
    if entered_by is None or entered_by == followed.person_id:
        return False
    theirs = asked_by(question.office, writer.conn, writer.agency_id, ByPerson(entered_by), question.channel)
    if theirs is None or not theirs.serves or followed.person_id in hidden(theirs):
        return False
    return to_one(
        writer,
        question,
        followed,
        code,
        step,
        person_id=entered_by,
        move=move,
        by=by,
        first=_place_of(followed),
    )


def nothing_more(writer: Writer, followed: Followed, why: str) -> None:
    """What waits to be said about a request is not said any more: it is not so by now."""
    every = ledger.deliveries(writer.conn, writer.agency_id, person_id=followed.person_id)
    ids = [
        each.message_id
        for each in every
        if (known := request_and_code(each.about)) is not None and known[0] == followed.number
    ]
    if ids:
        cancel(writer, ids, why, followed.person_id)
