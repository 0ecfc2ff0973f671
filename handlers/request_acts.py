"""What does whoever asked do with a request: say why, send it, change it, take it back, answer, appeal?"""

from dataclasses import replace
from datetime import date

from db.records.requests import RequestAct
from handlers import request_form
from handlers.request_views import about, done, draft, my_own, name_of, not_there, offering_values, shown
from handlers.routing import Answered, Asked
from handlers.status import finish
from messages import request_form as say_form
from messages import requests as say
from messages.requests import RequestCode, RequestSentFacts
from reading.text.courses import words_for_class
from reading.text.requests import offering_meant, request_meant, says_no_reason
from reading.text.wishes import days_meant, wished
from training.asking import Outcome, Question
from training.courses import offerings
from training.courses.offerings import Offering, WantedClasses
from training.requests import drafting, forming
from training.requests.drafting import SENT_AGAIN, OwnRequest, Sending
from training.requests.going import ahead, deciding, short_name
from training.requests.life import RequestStage
from training.requests.values import RequestValues

REASON: say_form.WordsRoute = "reason"
ANSWER: say_form.WordsRoute = "answer"
APPEAL: say_form.WordsRoute = "appeal"
CHOICES = 3


def reason(question: Question, asked: Asked) -> Answered:
    """R-1042 because ..., or the form for it."""
    one = meant(question, asked)
    if one is None or one.life.stage is not RequestStage.DRAFT:
        return not_there(asked, one, "no-draft")
    text = _words(asked)
    if text is None:
        return words_form(question, asked, one, REASON)
    return reasoned(question, asked, one, text)


def _words(asked: Asked) -> str | None:
    """What was written with a command or into its form; None where nothing was."""
    if asked.form is not None:
        return " ".join(asked.form.get("words", ())).strip()
    said = asked.slot("words")
    return said if isinstance(said, str) and said.strip() else None


def words_form(question: Question, asked: Asked, one: OwnRequest, route: say_form.WordsRoute) -> Answered:
    facts = request_form.words_facts(question, one, route)
    return finish(say_form.words_form(facts, asked.words), Outcome(), **about(one.number, route))


def _unfit(
    question: Question, asked: Asked, one: OwnRequest, text: str, route: say_form.WordsRoute
) -> Answered | None:
    """Why these words are not taken; None when they are."""
    if not any(each.isalnum() for each in text) or (route == REASON and says_no_reason(text)):
        # A dot says nothing to whoever reads it.
        return words_form(question, asked, one, route)
    if len(text) > drafting.MOST_REASON:
        if asked.form is not None:
            facts = request_form.words_facts(question, one, route, too_long=text)
            return finish(say_form.words_form(facts, asked.words), Outcome(), **about(one.number, route))
        return done(asked, "words-too-long", one.number, remember=about(one.number, route))
    return None


def reasoned(question: Question, asked: Asked, one: OwnRequest, text: str) -> Answered:
    """The reason was said: it goes its way, if nothing is missing."""
    unfit = _unfit(question, asked, one, text, REASON)
    if unfit is not None:
        return unfit
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    if drafting.missing(one.life.values):
        kept = drafting.fills(question, one, one.life.values, reason=text.strip())
        return draft(question, asked, one, Outcome(does=kept, decides=False, data={"request": one.number}))
    return sent(question, asked, one, one.life.values, "sent", reason=text.strip())


def sent(
    question: Question,
    asked: Asked,
    one: OwnRequest,
    values: RequestValues,
    code: say.SentCode,
    *,
    reason: str = "",
) -> Answered:
    """It goes its way with these values; the receipt says with whom it is."""
    found = forming.effects_of(question, one.person_id, values, asked.words)
    going = ahead(question, one.request, values, on_duty=bool(found.shifts_hit))
    changes = () if code != "changed" else forming.change_lines(one.life.values, values, asked.words)
    facts = RequestSentFacts(
        number=one.number,
        code=code,
        people=going.names(asked.words),
        for_cost=going.for_cost,
        whom=name_of(question, asked, one),
        changes=changes,
        void=len(one.life.approvals) if code == "changed" else 0,
        no_seat=found.seats_left == 0,
    )
    sending = Sending(values=values, found=found, ahead=going, reason=reason)
    outcome = Outcome(
        does=drafting.submits(question, one, sending, asked.words), data={"request": one.number}
    )
    return finish(say.sent(facts, asked.words), outcome, **about(one.number))


def changed(question: Question, asked: Asked) -> Answered:
    """CHANGE R-1042 to June: it goes its way anew with other values, and whatever was approved is void."""
    one = meant(question, asked)
    if one is None:
        return not_there(asked, one, "none")
    if RequestAct.SUBMITTED not in one.acts:
        return not_there(asked, one, "not-open")
    chosen = asked.value.partition("/")[2]
    text = f"C-{chosen}" if chosen.isdecimal() else _words(asked)
    if text is None:
        return request_form.of_one(question, asked, one)
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    return _changed_to(question, asked, one, text)


def _changed_to(question: Question, asked: Asked, one: OwnRequest, text: str) -> Answered:
    before = one.life.values
    number = offering_meant(text)
    if number is None and before.offering is not None:
        other = another_date(question, before, text)
        if isinstance(other, tuple) and other:
            return _choice_of_change(asked, one, other)
        number = other if isinstance(other, int) else None
    if number is not None:
        found = offerings.by_number(question.conn, question.agency_id, number)
        if found is None or offerings.has_begun(found.fact, question.asker.now):
            return done(asked, "no-class", 0)
        return resubmitted(question, asked, one, forming.of_offering(found.fact))
    wish = wished(text, today=question.today)
    if not wish.says_something:
        return done(asked, "unread-change", one.number)
    values = forming.with_wish(before, wish)
    if forming.says_the_same(before, values) and wish.doubt is None and not wish.too_dear:
        # Said again it is still the class of the calendar, and nothing that was approved is void.
        return done(asked, "nothing-changed", one.number)
    problem = forming.problem_of(values, wish, question.today)
    if problem is not None:
        return draft(question, asked, one, Outcome(), problem)
    return resubmitted(question, asked, one, values)


def another_date(question: Question, before: RequestValues, text: str) -> int | tuple[Offering, ...] | None:
    """The same class on other days or elsewhere: one, several to choose from, or none."""
    days = days_meant(text, today=question.today)
    upcoming = offerings.upcoming(
        question.conn, question.agency_id, question.asker.now, question.asker.time_zone
    )
    same = tuple(
        each
        for each in upcoming
        if each.fact.title.casefold() == before.title.casefold()
        and (days is None or in_days(each, days))
        and each.fact.number != before.offering
    )
    if days is None:
        # "The Duluth dates" name it by its place.
        same = offerings.search(same, WantedClasses(text=text)) if words_for_class(text) else ()
        if not same:
            return None
    return same[0].fact.number if len(same) == 1 else same


def _choice_of_change(asked: Asked, one: OwnRequest, found: tuple[Offering, ...]) -> Answered:
    facts = say.FoundFacts(
        classes=tuple(offering_values(each.fact) for each in found[:CHOICES]), changes=one.number
    )
    return finish(say.found(facts, asked.words), Outcome(), **about(one.number))


def resubmitted(
    question: Question, asked: Asked, one: OwnRequest, values: RequestValues, *, reason: str = ""
) -> Answered:
    """It goes its way once more with these values; of a draft they are kept."""
    if values == one.life.values and one.life.stage not in SENT_AGAIN and not reason:
        return done(asked, "nothing-changed", one.number)
    if one.life.stage is RequestStage.DRAFT:
        changed_one = replace(one, life=replace(one.life, values=values))
        outcome = Outcome(
            does=drafting.fills(question, one, values), decides=False, data={"request": one.number}
        )
        return draft(question, asked, changed_one, outcome)
    code: say.SentCode = "again" if values == one.life.values else "changed"
    return sent(question, asked, one, values, code, reason=reason)


def again(question: Question, asked: Asked) -> Answered:
    """RESUBMIT R-1042: after a denial, a withdrawal or a class that does not take place it goes its way once more."""
    one = meant(question, asked)
    if one is None:
        return not_there(asked, one, "none")
    if one.life.stage not in SENT_AGAIN or RequestAct.SUBMITTED not in one.acts:
        return not_there(asked, one, "not-open")
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    values = one.life.values
    found = (
        None
        if values.offering is None
        else offerings.by_number(question.conn, question.agency_id, values.offering)
    )
    gone = values.offering is not None and (
        found is None or offerings.has_begun(found.fact, question.asker.now)
    )
    if gone or one.life.stage is RequestStage.CLASS_CANCELLED or not one.life.version:
        return request_form.of_one(question, asked, one)
    return sent(question, asked, one, values, "again")


def withdrawn(question: Question, asked: Asked) -> Answered:
    """WITHDRAW R-1042. Without a number, which one: nothing is taken back on a guess."""
    one = meant(question, asked)
    if one is None:
        if number_named(asked) is not None or asked.value:
            return not_there(asked, None, "none")
        return _which_to_withdraw(question, asked)
    if RequestAct.WITHDRAWN not in one.acts:
        code: RequestCode = "withdrawn-before" if one.life.stage is RequestStage.WITHDRAWN else "not-open"
        return done(asked, code, one.number)
    if not (asked.value or number_named(asked)):
        # "I can't make it" is a wish, and no command.
        return shown(question, asked, one)
    return take_back(question, asked, one)


def _which_to_withdraw(question: Question, asked: Asked) -> Answered:
    open_ones = [each for each in drafting.all_mine(question) if RequestAct.WITHDRAWN in each.acts]
    if len(open_ones) == 1:
        return shown(question, asked, open_ones[0])
    return my_own(question, asked)


def take_back(question: Question, asked: Asked, one: OwnRequest) -> Answered:
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    outcome = Outcome(does=drafting.withdraws(question, one, asked.words), data={"request": one.number})
    code: RequestCode = "withdrawn" if one.life.version else "withdrawn-unsent"
    return done(asked, code, one.number, outcome=outcome)


def answer(question: Question, asked: Asked) -> Answered:
    """ANSWER R-1042 ...: what whoever decides wanted to know first."""
    one = meant(question, asked)
    if one is None or RequestAct.ANSWERED not in one.acts:
        return not_there(asked, one, "no-question")
    text = _words(asked)
    return words_form(question, asked, one, ANSWER) if text is None else answered(question, asked, one, text)


def answered(question: Question, asked: Asked, one: OwnRequest, text: str) -> Answered:
    unfit = _unfit(question, asked, one, text, ANSWER)
    if unfit is not None:
        return unfit
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    whom = short_name(deciding(question, one.request, one.life), asked.words)
    outcome = Outcome(
        does=drafting.answers(question, one, text.strip(), asked.words), data={"request": one.number}
    )
    return done(asked, "answered", one.number, name=whom, outcome=outcome)


def appeal(question: Question, asked: Asked) -> Answered:
    """APPEAL R-1042 because ...: a denial is put to somebody else, once."""
    one = meant(question, asked)
    if one is None:
        return not_there(asked, one, "none")
    if RequestAct.APPEALED not in one.acts:
        code: RequestCode = "appealed-before" if one.life.appealed else "nothing-denied"
        return done(asked, code, one.number)
    text = _words(asked)
    return (
        words_form(question, asked, one, APPEAL) if text is None else appeal_taken(question, asked, one, text)
    )


def appeal_taken(question: Question, asked: Asked, one: OwnRequest, text: str) -> Answered:
    unfit = _unfit(question, asked, one, text, APPEAL)
    if unfit is not None:
        return unfit
    if question.office.asked_at is not None:
        return done(asked, "not-now", 0)
    whom = short_name(deciding(question, one.request, drafting.appealed(one)), asked.words)
    outcome = Outcome(
        does=drafting.appeals(question, one, text.strip(), asked.words), data={"request": one.number}
    )
    return done(asked, "appealed", one.number, name=whom, outcome=outcome)


def number_named(asked: Asked) -> int | None:
    slot = asked.slot("request_id")
    return request_meant(slot) if isinstance(slot, str) else None


def meant(question: Question, asked: Asked) -> OwnRequest | None:
    """The request that a button, a form or words name, or else the one that is talked about, of the asker's own."""
    number = number_meant(question, asked)
    return None if number is None else drafting.mine(question, number)


def number_meant(question: Question, asked: Asked) -> int | None:
    if asked.form is not None:
        return request_meant(next(iter(asked.form.get("request", ())), ""))
    if asked.value:
        return request_meant(asked.value.partition("/")[0])
    number = number_named(asked)
    if number is not None:
        return number
    talked = question.remembered().get("request")
    return talked if isinstance(talked, int) else None


def in_days(each: Offering, days: tuple[date, date]) -> bool:
    """Whether a class begins between two days, both included."""
    return days[0] <= each.fact.starts_on <= days[1]
