"""What follows the approval of a request: seats, registration, who was there, its certificate, and its end."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from db.queries import uploads
from db.records.requests import RequestAct
from db.records.uploads import Step
from handlers.entry_form import LONGEST_CLASS
from handlers.routing import (
    Answered,
    Asked,
    Route,
    everyone,
    following,
    notes_presence,
    reviews_certificates,
)
from handlers.status import finish
from messages import after_approval as say
from messages.forms import FieldError
from messages.pages import lines_for
from reading.forms import read_choice, read_hours
from training.asking import Outcome, Question
from training.requests import after, certificates, class_file, closing, presence, registering
from training.requests.following import Followed, cares, class_facts, found, is_alone, offering_of
from training.requests.life import RequestStage, allowed
from training.uploads import reviewers

A = RequestAct
ACTS = {say.THERE: A.ATTENDED, say.PARTLY: A.PARTLY_ATTENDED, say.ABSENT: A.NOT_ATTENDED}
MOST_FIGURES = 9


def to_register(question: Question, asked: Asked) -> Answered:
    """Approved requests, the first deadline in front; and who waits for a seat."""
    return _page_of_register(question, asked, 1)


def _page_of_register(question: Question, asked: Asked, page: int) -> Answered:
    return _list(question, asked, "to-register", registering.to_register(question), page)


def registrations(question: Question, asked: Asked) -> Answered:
    """Who is registered for what, the next class in front."""
    return _page_of_registrations(question, asked, 1)


def _page_of_registrations(question: Question, asked: Asked, page: int) -> Answered:
    return _list(question, asked, "registrations", registering.registered(question), page)


def who_was_there(question: Question, asked: Asked) -> Answered:
    """Classes that are over without a word; and certificates that are not here yet."""
    return _page_of_presence(question, asked, 1)


def _page_of_presence(question: Question, asked: Asked, page: int) -> Answered:
    waiting = (*presence.waiting(question), *presence.without_certificate(question))
    return _list(question, asked, "presence", waiting, page)


def _list(
    question: Question, asked: Asked, code: say.ListCode, listed: Sequence[Followed], page: int
) -> Answered:
    facts = say.FollowedListFacts(
        code=code,
        rows=tuple(_row(question, each, code) for each in listed),
        page=page,
        lines=lines_for(question.channel),
    )
    looked_at = tuple({each.person_id for each in listed})
    outcome = Outcome(looked_at=looked_at, data={"requests": len(listed)})
    return finish(say.listed(facts, asked.words), outcome, page=page, pages_of=code)


def _row(question: Question, followed: Followed, code: say.ListCode) -> say.RowFacts:
    of = class_facts(question, followed)
    match followed.life.stage:
        case RequestStage.WAITING_FOR_SEAT:
            free = after.may_be_seated(question, followed)
            place = after.place_in_line(question, followed)
            return say.RowFacts(of=of, state="seat" if free else "waits", place=place)
        case RequestStage.ATTENDED:
            days = (question.asker.now - followed.life.since).days
            return say.RowFacts(of=of, state="certificate", days=days)
        case _ if code == "presence":
            return say.RowFacts(of=of, state="presence")
        case RequestStage.REGISTERED:
            return say.RowFacts(of=of, state="registered")
        case _:
            return say.RowFacts(of=of, state="register")


def register(question: Question, asked: Asked) -> Answered:
    """REGISTERED R-1042."""
    followed = _seen_to(question, asked)
    if isinstance(followed, Answered):
        return followed
    if A.REGISTERED not in allowed(followed.life):
        before = followed.life.registered
        if before is None:
            return _stands(question, asked, followed)
        who = reviewers.name_of(question, before.recorded_by)
        at = before.recorded_at.astimezone(question.at.tzinfo)
        return _done(question, asked, followed, say.DoneFacts(code="registered-before", who=(who,), at=at))
    return _done(
        question, asked, followed, say.DoneFacts(code="registered"), registering.registers(question, followed)
    )


def seat(question: Question, asked: Asked) -> Answered:
    """SEAT R-1042: one that was given back goes to whoever is first in line."""
    followed = _seen_to(question, asked)
    if isinstance(followed, Answered):
        return followed
    number = followed.life.values.offering
    if followed.life.stage is not RequestStage.WAITING_FOR_SEAT or number is None:
        return _stands(question, asked, followed)
    if after.may_be_seated(question, followed):
        return _done(
            question, asked, followed, say.DoneFacts(code="seated"), after.seated(question, followed)
        )
    place = after.place_in_line(question, followed)
    offering = offering_of(question, followed.life)
    if offering is None or not after.has_room(question, offering):
        return _done(question, asked, followed, say.DoneFacts(code="no-seat", place=place))
    first = after.line(question, number)[0]
    return _done(question, asked, followed, say.DoneFacts(code="not-first", first_in_line=first.number))


def say_presence(question: Question, asked: Asked) -> Answered:
    """R-1042 ATTENDED, R-1042 ATTENDED 3 H, R-1042 NO SHOW, or the form for it."""
    form = asked.form
    if form is not None:
        asked = asked.with_value("".join(form.get("request", ())[:1]))
    followed = found(question, number_in(asked))
    if followed is None or not _may_speak_of(question, followed):
        return _nothing(asked)
    if followed.person_id == question.asker.person_id and not is_alone(question, followed.person_id):
        # Their own word, whichever way they put it; that they were not there is said by somebody else.
        return (
            own_presence(question, asked)
            if asked.slot("said") == say.THERE
            else _own(question, asked, followed)
        )
    if form is not None:
        said = read_choice(form.get("said", ()), say.SAID)
        hours = read_hours(form.get("hours", ()), most=LONGEST_CLASS)
        errors = {}
        if said.value is None:
            code = "empty" if said.problem is None else said.problem.value
            errors["said"] = FieldError(code=code, written=said.written)
        elif said.value == say.PARTLY and hours.problem is not None:
            errors["hours"] = FieldError(code=hours.problem.value, written=hours.written, limit=hours.limit)
        if errors or said.value is None:
            entered = say.PresenceFormFacts(
                said=said.value or "", hours=hours.value, written=hours.written, errors=errors
            )
            return _presence_form(question, asked, followed, entered)
        return _noted(
            question, asked, followed, said.value, hours.value if said.value == say.PARTLY else None
        )
    given = asked.slot("hours")
    if isinstance(given, str):
        part = read_hours((given,), most=LONGEST_CLASS)
        if part.value is None or part.problem is not None:
            return _done(question, asked, followed, _hours(followed))
        return _noted(question, asked, followed, say.PARTLY, part.value)
    word = next((each for each in say.SAID if each == asked.slot("said")), None)
    if word is None:
        return _presence_form(question, asked, followed, say.PresenceFormFacts())
    return _noted(question, asked, followed, word, None)


def _may_speak_of(question: Question, followed: Followed) -> bool:
    return followed.person_id == question.asker.person_id or presence.may_say(question, followed)


def _presence_form(
    question: Question, asked: Asked, followed: Followed, entered: say.PresenceFormFacts
) -> Answered:
    message = say.presence_form(class_facts(question, followed), entered, asked.words)
    outcome = Outcome(looked_at=(followed.person_id,), decides=False, data={"request": followed.number})
    return finish(message, outcome)


def _hours(followed: Followed) -> say.DoneFacts:
    return say.DoneFacts(code="hours", hours=followed.life.values.hours or LONGEST_CLASS)


def _noted(
    question: Question, asked: Asked, followed: Followed, said: say.Said, hours: Decimal | None
) -> Answered:
    act = ACTS[said]
    whole = followed.life.values.hours
    if hours is not None and whole is not None and hours > whole:
        return _done(question, asked, followed, _hours(followed))
    if not presence.may_be_said(followed, act):
        return _said_before(question, asked, followed)
    if presence.too_early(followed, act, question.today):
        return _done(question, asked, followed, say.DoneFacts(code="too-early"))
    facts = say.DoneFacts(code=said, hours=hours)
    return _done(question, asked, followed, facts, presence.says(question, followed, act, hours))


def _said_before(question: Question, asked: Asked, followed: Followed) -> Answered:
    before = followed.life.presence
    if before is None:
        return _stands(question, asked, followed)
    who = reviewers.name_of(question, before.recorded_by)
    at = before.recorded_at.astimezone(question.at.tzinfo)
    return _done(question, asked, followed, say.DoneFacts(code="said-before", who=(who,), at=at))


def own_presence(question: Question, asked: Asked) -> Answered:
    """I WAS THERE: one's own word, until somebody says otherwise."""
    number = number_in(asked)
    waiting = presence.own_waiting(question)
    followed = waiting[0] if number is None and len(waiting) == 1 else found(question, number)
    if followed is None or followed.person_id != question.asker.person_id:
        return _nothing(asked)
    if followed.life.stage is RequestStage.NOT_ATTENDED:
        facts = say.DoneFacts(code="objected", who=_others(question, followed))
        return _done(question, asked, followed, facts, presence.objects(question, followed))
    if followed.life.presence is not None or not presence.may_be_said(followed, A.ATTENDED):
        return _said_before(question, asked, followed)
    if presence.too_early(followed, A.ATTENDED, question.today):
        return _done(question, asked, followed, say.DoneFacts(code="too-early"))
    does = presence.says(question, followed, A.ATTENDED)
    return _done(question, asked, followed, say.DoneFacts(code="own-there"), does)


def link(question: Question, asked: Asked) -> Answered:
    """U-3107 IS FOR R-1042: by whoever sees to it, or by whose they both are."""
    pressed = asked.value.split()
    upload = _figures(pressed[0] if pressed else asked.slot("upload_id"))
    number = _figures(pressed[1]) if len(pressed) > 1 else number_in(asked)
    followed = found(question, number)
    state = None if upload is None else uploads.by_number(question.conn, question.agency_id, upload)
    own = followed is not None and followed.person_id == question.asker.person_id
    if (
        followed is None
        or state is None
        or upload is None
        or state.kept.fact.person_id != followed.person_id
        or not (own or cares(question, followed.person_id))
    ):
        facts = say.DoneFacts(
            code="link-other", of=say.RequestClassFacts(number=number or 0), upload=upload or 0
        )
        return finish(say.done(facts, asked.words), Outcome(decides=False))
    if state.step is not Step.RECORDED:
        return _done(question, asked, followed, say.DoneFacts(code="link-review", upload=upload))
    if A.CERTIFICATE_LINKED not in allowed(followed.life):
        return _stands(question, asked, followed)
    if own and not certificates.is_of_its_days(question, state, followed):
        facts = say.DoneFacts(code="link-days", upload=upload, who=_others(question, followed))
        return _done(question, asked, followed, facts)
    does = certificates.links(question, followed, state)
    return _done(question, asked, followed, say.DoneFacts(code="linked", upload=upload), does)


def close(question: Question, asked: Asked) -> Answered:
    """CLOSE R-1042: nothing closes itself, and what is still open is said first."""
    number, *more = asked.value.split() or [""]
    anyway = bool(more) or asked.slot("anyway") is not None
    followed = _seen_to(question, asked.with_value(number))
    if isinstance(followed, Answered):
        return followed
    if followed.life.stage is RequestStage.CLOSED:
        return _done(question, asked, followed, say.DoneFacts(code="closed-before"))
    left = closing.open_still(followed)
    if A.CLOSED not in allowed(followed.life):
        code: say.DoneCode = "stands"
        return _done(question, asked, followed, say.DoneFacts(code=code))
    if left and not anyway:
        return _done(question, asked, followed, say.DoneFacts(code="open-still", open_still=left))
    return _done(question, asked, followed, say.DoneFacts(code="closed"), closing.closes(question, followed))


def calendar_file(question: Question, asked: Asked) -> Answered:
    """CALENDAR R-1042: one's own class as a file, over a link that works once."""
    followed = found(question, number_in(asked))
    if followed is None or followed.person_id != question.asker.person_id:
        return _nothing(asked)
    if not class_file.goes(followed):
        return _stands(question, asked, followed)
    offer = class_file.offered(question, followed, asked.words)
    if offer is None:
        return _done(question, asked, followed, say.DoneFacts(code="no-class-file"))
    facts = say.DoneFacts(code="class-file", of=class_facts(question, followed), href=offer.href)
    answered = finish(say.done(facts, asked.words), Outcome(does=offer.does, decides=False))
    # A link is in nobody's archive.
    return replace(answered, kept=say.done(replace(facts, href=""), asked.words))


def number_in(asked: Asked) -> int | None:
    """The number of the request that is meant, pressed or typed."""
    return _figures(asked.value or asked.slot("request"))


def _figures(said: object) -> int | None:
    ok = isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) <= MOST_FIGURES
    return int(str(said)) if ok else None


def _seen_to(question: Question, asked: Asked) -> Followed | Answered:
    """The request that is meant, if the asker sees to it; or what is said instead."""
    followed = found(question, number_in(asked))
    if followed is None:
        return _nothing(asked)
    if followed.person_id == question.asker.person_id and not is_alone(question, followed.person_id):
        return _own(question, asked, followed)
    return followed if cares(question, followed.person_id) else _nothing(asked)


def _others(question: Question, followed: Followed) -> tuple[str, ...]:
    return reviewers.whom(question, followed.person_id).names


def _own(question: Question, asked: Asked, followed: Followed) -> Answered:
    return _done(question, asked, followed, say.DoneFacts(code="own", who=_others(question, followed)))


def _stands(question: Question, asked: Asked, followed: Followed) -> Answered:
    return _done(question, asked, followed, say.DoneFacts(code="stands"))


def _nothing(asked: Asked) -> Answered:
    return finish(say.done(say.DoneFacts(code="none"), asked.words), Outcome(decides=False))


def _done(
    question: Question,
    asked: Asked,
    followed: Followed,
    facts: say.DoneFacts,
    does: after.Does | None = None,
) -> Answered:
    alone = does is not None and is_alone(question, followed.person_id)
    message = say.done(replace(facts, of=class_facts(question, followed), alone=alone), asked.words)
    outcome = Outcome(
        looked_at=(followed.person_id,),
        does=does,
        decides=does is not None,
        data={"request": followed.number},
    )
    return finish(message, outcome)


ROUTES = (
    Route(
        name="to-register",
        handle=to_register,
        may_use=reviews_certificates,
        commands=("to-register",),
        menu="to-register",
        next_page=following(_page_of_register),
    ),
    Route(
        name="registrations",
        handle=registrations,
        may_use=reviews_certificates,
        commands=("registrations",),
        next_page=following(_page_of_registrations),
    ),
    Route(
        name="presence",
        handle=who_was_there,
        may_use=notes_presence,
        commands=("presence",),
        menu="presence",
        next_page=following(_page_of_presence),
    ),
    Route(
        name="register-request", handle=register, may_use=reviews_certificates, commands=("register-request",)
    ),
    Route(name="seat-request", handle=seat, may_use=reviews_certificates, commands=("seat-request",)),
    Route(
        name="request-presence",
        handle=say_presence,
        may_use=everyone,
        commands=("request-presence",),
        has_form=True,
    ),
    Route(name="own-presence", handle=own_presence, may_use=everyone, commands=("own-presence",)),
    Route(name="link-certificate", handle=link, may_use=everyone, commands=("link-certificate",)),
    Route(name="close-request", handle=close, may_use=reviews_certificates, commands=("close-request",)),
    Route(name="class-file", handle=calendar_file, may_use=everyone, commands=("class-file",)),
)
