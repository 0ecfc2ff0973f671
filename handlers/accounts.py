"""Which chat account is whose? The coordinator lists what is linked, says whose an account is, and takes one away."""

from handlers.routing import Answered, Asked, Route, coordinates, following
from handlers.status import finish
from messages import accounts as say
from messages.pages import lines_for
from training.accounts import account_questions as accounts
from training.asking import Outcome, Question


def listed(question: Question, asked: Asked) -> Answered:
    """What waits for a decision, and a page of what is linked."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    facts = say.AccountsFacts(
        questions=accounts.waiting(question),
        links=accounts.linked(question),
        page=page,
        lines=lines_for(question.channel),
    )
    data = {"links": len(facts.links), "questions": len(facts.questions)}
    return finish(say.accounts(facts, asked.words), Outcome(data=data), page=page, pages_of="accounts")


def account_is(question: Question, asked: Asked) -> Answered:
    """The answer to one question, by a button: the first decides, and whoever comes second is told who did."""
    question_id, chosen = _pressed(asked.value)
    case = accounts.case(question, question_id)
    if case is None:
        return listed(question, asked)
    if case.answer is not None:
        return finish(say.decided(accounts.decided(question, case), asked.words), Outcome())
    if chosen == say.NOBODY:
        facts = say.AccountDecidedFacts(account=case.kept.fact.account)
        does = accounts.decides(question, case, None, asked.words)
        return finish(say.decided(facts, asked.words), Outcome(does=does))
    person = case.candidates.get(chosen)
    if person is None:
        return listed(question, asked)
    if person.person_id == question.asker.person_id:
        return finish(say.not_ones_own(asked.words), Outcome())
    facts = say.AccountDecidedFacts(
        account=case.kept.fact.account,
        name=accounts.full_name(person),
        badge=person.employment.fact.badge_number,
    )
    does = accounts.decides(question, case, person.person_id, asked.words)
    return finish(say.decided(facts, asked.words), Outcome(does=does))


def unlink(question: Question, asked: Asked) -> Answered:
    """One account is taken from its owner, and is nobody's until somebody decides again."""
    found = accounts.link_named(question, asked.value or str(asked.slot("of") or ""))
    if found is None:
        return finish(say.nothing_to_unlink(asked.words), Outcome())
    kept, person = found
    facts = say.AccountDecidedFacts(
        account=kept.fact.account,
        name=accounts.full_name(person),
        badge=person.employment.fact.badge_number,
    )
    does = accounts.takes_away(kept.id, accounts.account_of(kept.fact), person.person_id)
    return finish(say.unlinked(facts, asked.words), Outcome(does=does))


def _pressed(value: str) -> tuple[int, int]:
    numbers = [int(each) for each in value.split() if each.isascii() and each.isdecimal()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)


ROUTES = (
    Route(
        name="accounts",
        handle=listed,
        may_use=coordinates,
        commands=("accounts",),
        menu="accounts",
        shows=True,
        next_page=following(_page),
    ),
    Route(name="account-is", handle=account_is, may_use=coordinates),
    Route(name="unlink", handle=unlink, may_use=coordinates, commands=("unlink",)),
)
