"""Who decides requests in whose place: handed over in words or by a form, listed, and taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from db.records.facts import Kept, PersonAtAgency
from db.records.requests import ApprovalDelegation
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages import delegations as say
from messages.forms import FieldError
from messages.model import Message
from reading.forms import EntryProblem, read_day, read_words
from reading.text.dates import find_dates
from reading.text.delegations import asks_only, ends, from_now, is_for_speaker
from training.asking import Outcome, Question
from training.people import in_reach
from training.requests import delegations
from training.requests.delegations import Period
from training.uploads.reviewers import name_of

MOST_NAME = 60
# Longer than anybody is away.
MOST_DAYS = 730
# A guess hands nothing over.
CLEARLY = 0.9
# By words nothing is handed over for longer than that: a date that is past would be the one of next year.
FAR = timedelta(days=120)


def delegate(question: Question, asked: Asked) -> Answered:
    """TORRES DECIDES FOR ME UNTIL FRIDAY, the form, or what runs where it was only a question."""
    if asked.form is not None:
        return _submitted(question, asked, asked.form)
    if asked.understood.command is None and ends(asked.text):
        return end(question, asked)
    if asked.text and asks_only(asked.text):
        return listed(question, asked)
    to = asked.slot("person")
    for_others = question.has(*delegations.FOR_OTHERS)
    if not isinstance(to, str) or asked.understood.confidence < CLEARLY or is_for_speaker(asked.text):
        return _form(asked, say.DelegationFormFacts(for_others=for_others))
    whose = asked.slot("whose")
    first, last = _days(question, asked)
    if max(first or question.today, last or question.today) > question.today + FAR:
        facts = say.DelegationFormFacts(
            to=to,
            whose=whose if isinstance(whose, str) else "",
            first=first,
            last=last,
            for_others=for_others,
        )
        return _form(asked, facts)
    return _begun(question, asked, to, whose if isinstance(whose, str) else "", first, last)


def _days(question: Question, asked: Asked) -> tuple[date | None, date | None]:
    """The days that were named: one day is itself, or the last where it says until."""
    days: object = asked.slot("date_range") or asked.slot("date")
    when = asked.slot("when")
    if isinstance(when, str):
        found = next(find_dates(when, today=question.today), None)
        days = None if found is None else found.days(look_back=False, today=question.today)
    match days:
        case (date() as first, date() as last):
            return (None if first == last and from_now(asked.text) else first), last
        case date() as day:
            return (None if from_now(asked.text) else day), day
        case _:
            return None, None


def _form(asked: Asked, facts: say.DelegationFormFacts) -> Answered:
    return finish(say.form(facts, asked.words), Outcome(decides=False))


def _submitted(question: Question, asked: Asked, form: Mapping[str, Sequence[str]]) -> Answered:
    furthest = question.today + timedelta(days=MOST_DAYS)
    to = read_words(form.get("to", ()), most=MOST_NAME)
    first = read_day(form.get("first", ()), first=question.today, last=furthest)
    last = read_day(form.get("last", ()), first=question.today, last=furthest)
    errors = {
        name: FieldError(code=entry.problem.value, written=entry.written, limit=entry.limit)
        for name, entry in (("to", to), ("first", first), ("last", last))
        if entry.problem is not None and not (name != "to" and entry.problem is EntryProblem.EMPTY)
    }
    whose = "".join(form.get("whose", ())[:1]).strip()
    if errors or to.value is None:
        facts = say.DelegationFormFacts(
            to=to.value or "",
            whose=whose,
            first=first.value,
            last=last.value,
            for_others=question.has(*delegations.FOR_OTHERS),
            errors=errors,
        )
        return _form(asked, facts)
    return _begun(question, asked, to.value, whose, first.value, last.value)


def _begun(
    question: Question, asked: Asked, to: str, whose: str, first: date | None, last: date | None
) -> Answered:
    own = question.asker.person_id
    from_id = own
    if whose:
        if not question.has(*delegations.FOR_OTHERS):
            return _done(asked, say.DelegationDoneFacts(code="not-theirs"))
        given = _one_of(question, asked, whose)
        if isinstance(given, Answered):
            return given
        from_id = given.person_id
    meant = _one_of(question, asked, to)
    if isinstance(meant, Answered):
        return meant
    when = delegations.period(question, first, last)
    facts = _facts(question, from_id, meant.person_id, when)
    why = delegations.refused(question, from_id, meant, when)
    if why is not None:
        return _done(asked, say.DelegationDoneFacts(code=why, what=facts))
    does = delegations.begins(question, from_id, meant, when, _told(question, asked, facts, ended=False))
    return _done(asked, say.DelegationDoneFacts(code="begun", what=facts), Outcome(does=does))


def _one_of(question: Question, asked: Asked, written: str) -> PersonAtAgency | Answered:
    """The one person of this name who can decide; otherwise what to say."""
    found = in_reach(question, written)
    now = question.asker.now
    able = [
        each for each in found if delegations.decides(question.conn, question.agency_id, each.person_id, now)
    ]
    if len(able) == 1:
        return able[0]
    if len(found) == 1:
        return found[0]
    code: say.DelegationCode = "several" if found else "unknown"
    return _done(asked, say.DelegationDoneFacts(code=code, written=written))


def listed(question: Question, asked: Asked) -> Answered:
    """What runs and what is to come."""
    found = delegations.running(question)
    own = question.asker.person_id
    facts = say.DelegationsFacts(
        found=tuple(_kept_facts(question, each) for each in found),
        may_begin=question.serves
        and delegations.decides(question.conn, question.agency_id, own, question.asker.now),
    )
    return finish(say.listed(facts, asked.words), Outcome(data={"delegations": len(found)}))


def end(question: Question, asked: Asked) -> Answered:
    """One that was named, pressed, or is the only one that the asker may end."""
    mine = [each for each in delegations.running(question) if delegations.may_end(question, each)]
    whose, number = asked.slot("whose"), asked.value or asked.slot("number")
    if number:
        mine = [each for each in mine if str(delegations.number_of(each)) == number]
    elif isinstance(whose, str):
        ids = {each.person_id for each in in_reach(question, whose)}
        mine = [each for each in mine if each.fact.from_id in ids]
    else:
        mine = [each for each in mine if each.fact.from_id == question.asker.person_id]
    # Of several the one that runs is meant; where that leaves more than one, the list says which there are.
    now = [each for each in mine if each.fact.starts_at <= question.asker.now]
    mine = now if len(now) == 1 else mine
    if len(mine) > 1:
        return listed(question, asked)
    if not mine:
        return _done(asked, say.DelegationDoneFacts(code="none"))
    facts = _kept_facts(question, mine[0])
    does = delegations.ends(question, mine[0], _told(question, asked, facts, ended=True))
    return _done(asked, say.DelegationDoneFacts(code="ended", what=facts), Outcome(does=does))


def _told(
    question: Question, asked: Asked, facts: say.DelegationFacts, *, ended: bool
) -> Callable[[int], Message]:
    who = name_of(question, question.asker.person_id)
    return lambda _: say.told(facts, who, ended=ended, words=asked.words)


def _kept_facts(question: Question, kept: Kept[ApprovalDelegation]) -> say.DelegationFacts:
    fact = kept.fact
    number = delegations.number_of(kept) if delegations.may_end(question, kept) else 0
    return _facts(question, fact.from_id, fact.to_id, Period(fact.starts_at, fact.ends_at), number)


def _facts(
    question: Question, from_id: int, to_id: int, when: Period, number: int = 0
) -> say.DelegationFacts:
    zone = question.at.tzinfo
    return say.DelegationFacts(
        whose=name_of(question, from_id),
        to=name_of(question, to_id),
        starts_at=when.starts_at.astimezone(zone),
        ends_at=None if when.ends_at is None else when.ends_at.astimezone(zone),
        number=number,
    )


def _done(asked: Asked, facts: say.DelegationDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(
        name="delegate",
        handle=delegate,
        may_use=everyone,
        intents=("delegate_approvals",),
        commands=("delegate",),
        has_form=True,
    ),
    Route(name="delegations", handle=listed, may_use=everyone, commands=("delegations",), shows=True),
    Route(name="end-delegation", handle=end, may_use=everyone, commands=("end-delegation",)),
)
