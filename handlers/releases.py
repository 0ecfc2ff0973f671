"""Another agency asks for a record that is held here: the person allows it, whoever keeps the record releases it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.routing import Answered, Asked, Route, everyone, following
from handlers.status import finish
from messages import releases as say
from messages.pages import Pages, choices_for
from training.asking import Outcome, Question
from training.laterals import releases
from training.laterals.releases import Waiting
from training.people import display_name


def listed(question: Question, asked: Asked) -> Answered:
    """Everything the asker may decide about; for most people that is their own record or nothing."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found, lines = releases.waiting(question), choices_for(question.channel)
    shown = Pages(len(found), lines, page).of(found)
    facts = say.ReleasesFacts(
        requests=tuple(_facts(question, each) for each in found), page=page, lines=lines
    )
    return finish(
        say.releases(facts, asked.words),
        Outcome(looked_at=tuple(dict.fromkeys(each.person.person_id for each in shown))),
        page=page,
        pages_of="releases",
        releases={str(number): each.key for number, each in enumerate(found, 1)},
    )


def _facts(question: Question, each: Waiting) -> say.WaitingFacts:
    zone = ZoneInfo(question.asker.time_zone)
    state, at = _state(each)
    return say.WaitingFacts(
        key=each.key,
        agency=each.agency,
        name="" if each.own else display_name(each.person),
        badge="" if each.own else each.person.employment.fact.badge_number,
        proof=each.proof,
        state=state,
        on=at.astimezone(zone).date(),
        several=each.several,
    )


def _state(each: Waiting) -> tuple[say.ReleaseState, datetime]:
    """Where the request stands, and since when."""
    if each.released is not None:
        return "newer" if each.newer else "released", each.released.recorded_at
    if each.allowed_at is not None:
        return "allowed", each.allowed_at
    if each.proposed_by is not None:
        return "proposed", each.request.recorded_at
    return "left" if each.left and not each.own else "asked", each.request.recorded_at


def release(question: Question, asked: Asked) -> Answered:
    """The asker's word: of their own record that it may go, of another's that it goes."""
    return _done(question, asked, releases.press(question, _key(question, asked)))


def stop(question: Question, asked: Asked) -> Answered:
    """Nothing more goes upon this request."""
    return _done(question, asked, releases.stop(question, _key(question, asked)))


def _key(question: Question, asked: Asked) -> str:
    """The request of the button, or the one that has this number in the list shown last."""
    shown = question.remembered().get("releases")
    by_number = shown.get(str(asked.slot("choice")), "") if isinstance(shown, dict) else ""
    return asked.value or str(by_number)


# An act is an entry about the person by itself, so its answer is no look.
def _done(question: Question, asked: Asked, done: releases.ReleaseDone) -> Answered:
    about = done.about
    said = done.said.value
    facts = say.ReleaseDoneFacts(
        said=f"{said}-own" if about is not None and about.own and said in OWN_WORDS else said,
        agency=about.agency if about is not None else "",
        name=display_name(about.person) if about is not None else "",
        classes=done.classes,
        doubtful=done.doubtful,
    )
    # The other numbers of the list still mean what they meant when it was shown.
    shown = question.remembered().get("releases")
    return finish(say.release_done(facts, asked.words), Outcome(), releases=shown or {})


# What is said to somebody about their own record in other words than to who keeps it.
OWN_WORDS = frozenset({"stopped", "already"})

ROUTES = (
    Route(
        name="releases",
        handle=listed,
        may_use=everyone,
        commands=("releases",),
        shows=True,
        next_page=following(_page),
    ),
    Route(name="release", handle=release, may_use=everyone, commands=("release",)),
    Route(name="release-stop", handle=stop, may_use=everyone, commands=("release-stop",)),
)
