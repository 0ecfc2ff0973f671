"""Somebody asks for training: a class is found or described, the reason is said, and it goes its way."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from db.records.requests import RequestAct
from handlers import class_choice, open_questions, request_acts, request_form, request_views
from handlers.approvals import before_its_decider
from handlers.class_choice import DESCRIBING
from handlers.request_acts import (
    answered,
    appeal_taken,
    number_meant,
    number_named,
    reasoned,
    sent,
    take_back,
)
from handlers.request_views import about, done, draft, shown
from handlers.routing import Answered, Asked, Route, coordinates, everyone, following
from messages import requests as say
from messages.requests import ProblemFacts
from messages.words import Words
from reading.text.requests import (
    drops_it,
    is_about_no_class,
    is_elsewhere,
    is_said_in,
    may_describe,
    on_behalf_of,
    takes_back,
    wants_another,
    without_whom,
)
from reading.text.wish_doubts import count_meant
from reading.text.wishes import Wish, days_meant, says_only_values, wished
from training.asking import Outcome, Question
from training.courses import offerings
from training.courses.offerings import WantedClasses
from training.people import named
from training.requests import behalf, drafting, forming
from training.requests.drafting import OwnRequest
from training.requests.life import RequestStage
from training.requests.values import RequestValues


def continued(question: Question, asked: Asked) -> Answered | None:
    """What words mean while a request waits for them; None when they are about something else."""
    remembered = question.remembered()
    chosen = _chosen(question, asked, remembered)
    if chosen is not None:
        return chosen
    asks, number = remembered.get("asks"), remembered.get("request")
    if asks == DESCRIBING:
        describes = may_describe(asked.text) and not is_elsewhere(asked.text, asked.understood)
        return _described(question, asked, None) if describes else None
    one = drafting.mine(question, number) if isinstance(number, int) else None
    if one is None:
        return open_questions.answering(question, asked)
    is_draft = one.life.stage is RequestStage.DRAFT
    dropped = takes_back(asked.text) or (is_draft and drops_it(asked.text, asked.understood))
    if dropped and RequestAct.WITHDRAWN in one.acts:
        return take_back(question, asked, one)
    answers = asks == request_acts.ANSWER
    is_elsewhere_now = is_elsewhere(asked.text, asked.understood, answers=answers)
    if is_elsewhere_now and not (is_draft and _is_value(question, asked)):
        # What a draft waits for comes before what was asked about another.
        return None if is_draft and asks else open_questions.answering(question, asked)
    return _said_of_it(question, asked, one, str(asks)) or open_questions.answering(question, asked)


def _is_value(question: Question, asked: Asked) -> bool:
    """Whether a day, an amount or a number of nights is all that is said to a draft: it is one of it."""
    if asked.understood.command in (None, "pick") and _counted(question, asked) is not None:
        return True
    return asked.understood.command is None and says_only_values(asked.text, today=question.today)


def _said_of_it(question: Question, asked: Asked, one: OwnRequest, asks: str) -> Answered | None:
    """What was asked of the request is said; None when nothing was asked, or somebody did something with it since."""
    is_draft = one.life.stage is RequestStage.DRAFT
    if asks == request_views.REASON and is_draft:
        return _put_right(question, asked, one) or reasoned(question, asked, one, asked.text)
    if asks == request_views.VALUES and is_draft:
        filled = _filled(question, asked, one)
        # What was asked once more may be left as it is.
        is_whole = not drafting.missing(one.life.values)
        return reasoned(question, asked, one, asked.text) if filled is None and is_whole else filled
    if asks == request_acts.ANSWER and RequestAct.ANSWERED in one.acts:
        return answered(question, asked, one, asked.text)
    if asks == request_acts.APPEAL and RequestAct.APPEALED in one.acts:
        return appeal_taken(question, asked, one, asked.text)
    return None


def _chosen(question: Question, asked: Asked, remembered: Mapping[str, object]) -> Answered | None:
    """One of the classes that were shown, or others; None where none were, or the words are about something else."""
    whom = str(remembered.get("request_for", ""))
    meant = class_choice.meant(question, asked, remembered)
    if isinstance(meant, int):
        return _picked(question, asked, meant, whom)
    if meant is not None:
        return meant
    is_open = remembered.get("classes") and remembered.get("asks") == DESCRIBING
    if not is_open or asked.understood.command is not None or is_elsewhere(asked.text, asked.understood):
        return None
    if wants_another(asked.text):
        return done(asked, "describe", 0, remember={"asks": DESCRIBING, "request_for": whom})
    return _described(question, asked, whom)


def wanted(question: Question, asked: Asked) -> Answered:
    """Training in somebody's own words: classes of the calendar that may be meant, or a request of its own."""
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    number = number_named(asked)
    if number is not None:
        # "Move me to June" with the number of a request is about that request.
        return request_acts.changed(question, asked)
    if not asked.text.strip() or not wished(asked.text, today=question.today, begins=True).title:
        return request_form.new(question, asked)
    return _described(question, asked, None)


def _described(question: Question, asked: Asked, whom: str | None) -> Answered:
    """Classes that fit the description; without any, a request for what was described."""
    text = asked.text
    badge = whom or ""
    if whom is None:
        for_whom = on_behalf_of(text)
        found = behalf.meant(question, for_whom) if for_whom else ()
        if not found and for_whom and _is_somebody(question, asked, for_whom):
            return done(asked, "nobody-of-that-name", 0)
        if len(found) == 1:
            badge = found[0].employment.fact.badge_number
            text = without_whom(text, for_whom)
        if len(found) > 1:
            return done(asked, "nobody-of-that-name", 0)
    days = days_meant(text, today=question.today)
    upcoming = offerings.upcoming(
        question.conn, question.agency_id, question.asker.now, question.asker.time_zone
    )
    first, others = class_choice.first_of_several(text, upcoming, question.today)
    if others:
        answered = _described(question, replace(asked, text=first), badge)
        return _with_the_others(answered, others, asked.words)
    wish = wished(text, today=question.today, begins=True)
    problem = forming.problem_of(RequestValues(), wish, question.today)
    if problem is not None:
        # Which day is meant is asked, and not looked for.
        days = None
    asked_for = WantedClasses(
        topics=asked.topics() if whom is None else (),
        first=None if days is None else days[0],
        last=None if days is None else days[1],
        text=wish.title,
    )
    found_classes = offerings.search(upcoming, asked_for) if wish.title else ()
    if len(found_classes) == 1 and problem is None:
        return _picked(question, asked, found_classes[0].fact.number, badge)
    if found_classes:
        return class_choice.shown_of(question, asked, found_classes, badge, problem)
    values = forming.with_wish(RequestValues(), wish)
    problem = forming.problem_of(values, wish, question.today)
    return _with_rate(_begun(question, asked, values, badge, problem), wish)


def _is_somebody(question: Question, asked: Asked, written: str) -> bool:
    """Whether words behind FOR name a person: they are no part of a title then."""
    person = asked.slot("person")
    return (isinstance(person, str) and is_said_in(person, written)) or bool(named(question, written).found)


def _with_the_others(answered: Answered, others: tuple[str, ...], words: Words) -> Answered:
    """The answer about the first class, with what asks for the next."""
    return replace(answered, message=say.one_at_a_time(answered.message, others, words))


def by_number(question: Question, asked: Asked) -> Answered:
    """REQUEST C-12, REQUEST C-12 for Lee, or the button of a class."""
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    written = asked.value or str(asked.slot("offering") or "")
    figures = written.strip()
    if not figures.isascii() or not figures.isdecimal():
        return done(asked, "no-class", 0)
    person = asked.slot("person")
    badge = str(question.remembered().get("request_for", "")) if asked.value else ""
    if isinstance(person, str) and person:
        found = behalf.meant(question, person)
        if len(found) != 1:
            return done(asked, "nobody-of-that-name", 0)
        badge = found[0].employment.fact.badge_number
    return _picked(question, asked, int(figures), badge)


def _picked(question: Question, asked: Asked, number: int, whom: str) -> Answered:
    """A class of the calendar, by its number."""
    found = offerings.by_number(question.conn, question.agency_id, number)
    if found is None or offerings.has_begun(found.fact, question.asker.now):
        return done(asked, "no-class", 0)
    return _begun(question, asked, forming.of_offering(found.fact), whom, None)


def _begun(
    question: Question, asked: Asked, values: RequestValues, whom: str, problem: ProblemFacts | None
) -> Answered:
    """It has its number; what it does is shown, and the next thing is asked."""
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    person_id = _for_whom(question, whom)
    if person_id is None:
        return done(asked, "nobody-of-that-name", 0)
    if problem is not None:
        values = forming.without_doubtful(values, problem)
    same = _same_open(question, person_id, values)
    if same is not None:
        return shown(question, asked, same)
    one = drafting.thought_of(question, person_id, drafting.next_number(question), values)
    outcome = Outcome(does=drafting.begun(question, one), decides=False, data={"request": one.number})
    return draft(question, asked, one, outcome, problem)


def _for_whom(question: Question, badge: str) -> int | None:
    if not badge:
        return question.asker.person_id
    found = behalf.meant(question, badge)
    return found[0].person_id if len(found) == 1 else None


def _same_open(question: Question, person_id: int, values: RequestValues) -> OwnRequest | None:
    """An own request for the same class that is not over: asked for twice it is one request."""
    if values.offering is None or person_id != question.asker.person_id:
        return None
    return next(
        (
            each
            for each in drafting.all_mine(question)
            if each.life.values.offering == values.offering and not each.life.is_over
        ),
        None,
    )


def _filled(question: Question, asked: Asked, one: OwnRequest) -> Answered | None:
    """More of a draft was said; None when the words name nothing of it."""
    needed = drafting.missing(one.life.values)
    wish = _counted(question, asked) or wished(asked.text, today=question.today, wanted=needed)
    if not wish.says_something:
        return None
    is_bare = says_only_values(asked.text, today=question.today)
    if not is_bare and is_about_no_class(asked.understood):
        return None
    values = forming.with_wish(one.life.values, wish)
    problem = forming.problem_of(values, wish, question.today)
    if problem is not None:
        values = forming.without_doubtful(values, problem)
    if problem is None and not drafting.missing(values) and one.life.reason_item is not None:
        # Why it is wanted was said before.
        return sent(question, asked, one, values, "sent")
    changed_one = replace(one, life=replace(one.life, values=values))
    does = drafting.fills(question, one, values) if values != one.life.values else None
    outcome = Outcome(does=does, decides=False, data={"request": one.number})
    return _with_rate(draft(question, asked, changed_one, outcome, problem), wish)


def _counted(question: Question, asked: Asked) -> Wish | None:
    """How many nights, where only that was asked: what they come to."""
    remembered = question.remembered()
    each, kind = remembered.get("rate"), remembered.get("rate_kind")
    count = count_meant(asked.text)
    if not isinstance(each, str) or not isinstance(kind, str) or count is None:
        return None
    return Wish(costs=((kind, Decimal(each) * count),))


def _with_rate(answered: Answered, wish: Wish) -> Answered:
    """The answer that asks for how many an amount is meant, which is remembered until they say."""
    doubt = wish.doubt
    if doubt is None or doubt.rate is None:
        return answered
    remember = {**(answered.outcome.remember or {}), "rate": str(doubt.rate), "rate_kind": doubt.kind}
    return replace(answered, outcome=replace(answered.outcome, remember=remember))


def _put_right(question: Question, asked: Asked, one: OwnRequest) -> Answered | None:
    """A bare day, time or amount where the reason is asked for: it puts the draft right, or is asked about."""
    if not says_only_values(asked.text, today=question.today):
        return None
    values = one.life.values
    wish = wished(asked.text, today=question.today)
    if values.offering is None and wish.says_something:
        return _filled(question, asked, one)
    other = request_acts.another_date(question, values, asked.text)
    if isinstance(other, int):
        found = offerings.by_number(question.conn, question.agency_id, other)
        if found is not None:
            return request_acts.resubmitted(question, asked, one, forming.of_offering(found.fact))
    return done(asked, "no-reason", one.number, remember=about(one.number, request_views.REASON))


def by_form(question: Question, asked: Asked) -> Answered:
    """A request by form: a new one, a draft, or other values of one that was sent."""
    form = asked.form
    number = number_meant(question, asked) if form is not None or asked.value else None
    one = None if number is None else drafting.mine(question, number)
    if number is not None and one is None:
        return done(asked, "none", 0)
    if one is not None and RequestAct.SUBMITTED not in one.acts:
        return done(asked, "not-open", one.number)
    if form is None:
        return request_form.new(question, asked) if one is None else request_form.of_one(question, asked, one)
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    filled = request_form.filled(question, form, one)
    if filled.errors:
        return request_form.once_more(question, asked, filled)
    if one is None:
        person_id = _for_whom(question, filled.badge)
        if person_id is None:
            return done(asked, "nobody-of-that-name", 0)
        one = drafting.thought_of(question, person_id, drafting.next_number(question), filled.values)
    elif one.life.stage is not RequestStage.DRAFT:
        return request_acts.resubmitted(question, asked, one, filled.values, reason=filled.reason)
    return sent(question, asked, one, filled.values, "sent", reason=filled.reason)


def status(question: Question, asked: Asked) -> Answered:
    """R-1042, what happened to my request, who approved it and why; the card for whoever may decide it now."""
    number = number_meant(question, asked)
    card = None if number is None else before_its_decider(question, asked, number)
    return card or request_views.one_request(question, asked, number)


ROUTES = (
    Route(
        name="request",
        handle=status,
        may_use=everyone,
        intents=("request_status",),
        commands=("request",),
    ),
    Route(
        name="my-requests",
        handle=request_views.my_own,
        may_use=everyone,
        commands=("my-requests",),
        menu="my-requests",
        next_page=following(request_views.my_page),
    ),
    Route(name="request-wanted", handle=wanted, may_use=everyone, intents=("request_training",)),
    Route(name="request-new", handle=by_number, may_use=everyone, commands=("request-new",)),
    Route(
        name="request-form",
        handle=by_form,
        may_use=everyone,
        commands=("request-form",),
        menu="request-form",
        has_form=True,
    ),
    Route(
        name="request-reason",
        handle=request_acts.reason,
        may_use=everyone,
        commands=("request-reason",),
        has_form=True,
    ),
    Route(
        name="request-change",
        handle=request_acts.changed,
        may_use=everyone,
        commands=("request-change",),
    ),
    Route(
        name="request-withdraw",
        handle=request_acts.withdrawn,
        may_use=everyone,
        intents=("cancel_request",),
        commands=("request-withdraw",),
    ),
    Route(name="request-again", handle=request_acts.again, may_use=everyone, commands=("request-again",)),
    Route(
        name="request-answer",
        handle=request_acts.answer,
        may_use=everyone,
        commands=("request-answer",),
        has_form=True,
    ),
    Route(
        name="request-appeal",
        handle=request_acts.appeal,
        may_use=everyone,
        commands=("request-appeal",),
        has_form=True,
    ),
    Route(
        name="request-drafts",
        handle=request_views.waiting,
        may_use=coordinates,
        commands=("request-drafts",),
        menu="request-drafts",
        next_page=following(request_views.waiting_page),
    ),
)
