"""Training and money: what a request cost, everybody's costs of a fiscal year, and the budget of each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from db.queries import agencies
from handlers.after_approval import number_in
from handlers.request_views import about, not_there, visible
from handlers.routing import (
    Answered,
    Asked,
    Route,
    everyone,
    following,
    reviews_certificates,
    sees_figures,
)
from handlers.status import finish
from messages import training_costs as say
from messages.after_approval import DoneFacts, done
from messages.forms import FieldError
from messages.pages import lines_for
from reading.forms import read_choice, read_money, read_year
from reading.money import dollars
from training.asking import Outcome, Question
from training.requests import budgets, costs
from training.requests.following import Followed, cares, class_facts, found, is_alone
from training.requests.life import allowed
from training.requests.values import CostKind, CostLine

EARLIEST, LATEST = 2020, 2099


def cost(question: Question, asked: Asked) -> Answered:
    """R-1042 COST 540, its form, or, of one's own, how it stands."""
    form = asked.form
    if form is not None:
        asked = asked.with_value("".join(form.get("request", ())[:1]))
    followed = found(question, number_in(asked))
    if followed is None or not cares(question, followed.person_id):
        return finish(done(DoneFacts(code="none"), asked.words), Outcome(decides=False))
    if costs.A.COSTS_ENTERED not in allowed(followed.life):
        facts = DoneFacts(code="stands", of=class_facts(question, followed))
        return finish(done(facts, asked.words), Outcome(decides=False))
    if form is not None:
        return _submitted(question, asked, followed, form)
    amount = dollars(str(asked.slot("amount") or ""))
    if amount is None:
        lines = followed.life.costs or followed.life.values.costs
        return _form(question, asked, followed, say.CostFormFacts(amounts=_by_kind(lines)))
    own = dollars(str(asked.slot("own") or "")) or Decimal()
    return _kept(question, asked, followed, costs.one_line(followed, amount), min(own, amount))


def asked_for(question: Question, asked: Asked) -> Answered:
    """COST OF R-1042, for whoever may see the request: its lines, and what became of them."""
    number = number_in(asked)
    one = None if number is None else visible(question, number)
    if one is None:
        return not_there(asked, None, "none")
    followed = Followed(one.request, one.life)
    estimate: tuple[tuple[say.CostCode, Decimal], ...] = tuple(
        (each.kind.value, each.amount) for each in one.life.values.costs
    )
    looked_at = () if one.person_id == question.asker.person_id else (one.person_id,)
    outcome = Outcome(looked_at=looked_at, decides=False, data={"request": one.number})
    message = say.asked_for(_facts(question, followed), estimate, asked.words)
    return finish(message, outcome, **about(one.number))


def _by_kind(lines: Sequence[CostLine]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.kind.value] = found.get(line.kind.value, Decimal()) + line.amount
    return found


def _submitted(
    question: Question, asked: Asked, followed: Followed, form: Mapping[str, Sequence[str]]
) -> Answered:
    entries = {name: read_money(form.get(name, ()), most=budgets.MOST) for name in (*say.KINDS, costs.OWN)}
    amounts = {name: each.value for name, each in entries.items() if each.value is not None}
    errors = {
        name: FieldError(code=each.problem.value, written=each.written, limit=each.limit)
        for name, each in entries.items()
        if each.problem is not None and each.written
    }
    lines = tuple(CostLine(CostKind(name), amount) for name, amount in amounts.items() if name != costs.OWN)
    own = amounts.get(costs.OWN, Decimal())
    whole = sum((each.amount for each in lines), Decimal())
    if own > whole and costs.OWN not in errors:
        errors[costs.OWN] = FieldError(code="too-large", written=f"{own:f}", limit=whole)
    if not lines and not errors:
        errors[say.KINDS[0]] = FieldError(code="empty")
    if errors:
        written = {name: each.written for name, each in entries.items()}
        return _form(
            question, asked, followed, say.CostFormFacts(amounts=amounts, written=written, errors=errors)
        )
    return _kept(question, asked, followed, lines, own)


def _form(question: Question, asked: Asked, followed: Followed, entered: say.CostFormFacts) -> Answered:
    outcome = Outcome(looked_at=(followed.person_id,), decides=False, data={"request": followed.number})
    return finish(say.cost_form(_facts(question, followed), entered, asked.words), outcome)


def _kept(
    question: Question, asked: Asked, followed: Followed, lines: Sequence[CostLine], own: Decimal
) -> Answered:
    now = costs.Costs(
        approved=costs.costs_of(followed).approved,
        actual=sum((each.amount for each in lines), Decimal()),
        own=own,
    )
    facts = replace(
        _facts(question, followed, now, tuple((each.kind.value, each.amount) for each in lines)),
        alone=is_alone(question, followed.person_id),
    )
    outcome = Outcome(
        looked_at=(followed.person_id,),
        does=costs.enters(question, followed, lines, own),
        data={"request": followed.number},
    )
    return finish(say.cost(facts, asked.words), outcome)


def _facts(
    question: Question,
    followed: Followed,
    amounts: costs.Costs | None = None,
    lines: tuple[tuple[say.CostCode, Decimal], ...] = (),
) -> say.CostFacts:
    said = amounts or costs.costs_of(followed)
    return say.CostFacts(
        of=class_facts(question, followed),
        approved=said.approved,
        actual=said.actual,
        reimbursable=said.reimbursable,
        above=said.above,
        lines=lines,
    )


def training_costs(question: Question, asked: Asked) -> Answered:
    """Every request of a fiscal year with its three amounts."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    first_month = budgets.first_month(question.conn, question.agency_id)
    before = question.remembered().get("year")
    said = asked.slot("year")
    year = budgets.fiscal_year(question.today, first_month)
    if isinstance(said, str):
        year = int(said)
    elif page > 1 and isinstance(before, int):
        year = before
    every, unshown = costs.with_costs(question)
    undated = sum(costs.day_of(each) is None for each in every)
    listed = [each for each in every if budgets.year_of(each, first_month) == year]
    facts = say.YearOfCosts(
        year=year,
        begins=budgets.begins(year, first_month),
        at=question.at,
        rows=tuple(_facts(question, each) for each in listed),
        excluded={"undated": undated, "unshown": unshown},
        page=page,
        lines=lines_for(question.channel),
    )
    outcome = Outcome(looked_at=tuple({each.person_id for each in listed}), data={"year": year})
    return finish(
        say.year_of_costs(facts, asked.words), outcome, page=page, pages_of="training-costs", year=year
    )


def shown(question: Question, asked: Asked) -> Answered:
    """Each unit: budget, promised, spent, left; and what is in no row."""
    first_month = budgets.first_month(question.conn, question.agency_id)
    said = asked.slot("year")
    year = int(said) if isinstance(said, str) else budgets.fiscal_year(question.today, first_month)
    found = budgets.budgets_of(question, year, first_month)
    facts = say.BudgetsFacts(
        year=year,
        begins=found.begins,
        at=question.at,
        rows=tuple(_row(each) for each in found.rows),
        total=_row(found.total),
        whole=None if found.of_agency is None else _row(found.of_agency),
        excluded={"unnamed": found.unnamed, "undated": found.undated, "unshown": found.unshown},
    )
    return finish(say.budgets(facts, asked.words), Outcome(data={"year": year}))


def _row(row: budgets.BudgetRow) -> say.BudgetRowFacts:
    return say.BudgetRowFacts(
        unit=row.unit, amount=row.amount, approved=row.approved, spent=row.spent, left=row.left
    )


def enter(question: Question, asked: Asked) -> Answered:
    """BUDGET PATROL 2027 12000, BUDGET AGENCY 2027 50000, or the form for it."""
    form = asked.form
    units = tuple(each.fact.name for each in agencies.units(question.conn, question.agency_id))
    if form is not None:
        return _budget_form_sent(question, asked, form, units)
    named = asked.slot("unit")
    if not isinstance(named, str):
        message = say.budget_form(units, {}, {}, asked.words)
        return finish(message, Outcome(decides=False))
    amount = dollars(str(asked.slot("amount") or ""))
    year = int(str(asked.slot("year") or 0))
    meant = budgets.unit_named(question, named)
    if amount is None or amount > budgets.MOST:
        return _said(asked, say.BudgetDoneFacts(code="no-amount"))
    if not meant:
        return _said(asked, say.BudgetDoneFacts(code="no-unit", units=units))
    if len(meant) > 1:
        return _said(asked, say.BudgetDoneFacts(code="which-unit", units=tuple(name for _, name in meant)))
    return _entered(question, asked, meant[0], year, amount)


def _budget_form_sent(
    question: Question, asked: Asked, form: Mapping[str, Sequence[str]], units: Sequence[str]
) -> Answered:
    unit = read_choice(form.get("unit", ()), (say.WHOLE, *units))
    year = read_year(form.get("year", ()), first=EARLIEST, last=LATEST)
    amount = read_money(form.get("amount", ()), most=budgets.MOST)
    errors = {
        name: FieldError(code=each.problem.value, written=each.written, limit=each.limit)
        for name, each in (("unit", unit), ("year", year), ("amount", amount))
        if each.problem is not None
    }
    if errors or unit.value is None or year.value is None or amount.value is None:
        entered = {"unit": unit.value or "", "year": year.written, "amount": amount.written}
        return finish(say.budget_form(units, entered, errors, asked.words), Outcome(decides=False))
    meant = (None, "") if unit.value == say.WHOLE else budgets.unit_named(question, unit.value)[0]
    return _entered(question, asked, meant, year.value, amount.value)


def _entered(
    question: Question, asked: Asked, unit: tuple[int | None, str], year: int, amount: Decimal
) -> Answered:
    unit_id, name = unit
    facts = say.BudgetDoneFacts(code="entered", unit=name, year=year, amount=amount)
    if budgets.amount_of(question, unit_id, year) == amount:
        return _said(asked, say.BudgetDoneFacts(code="entered-before", unit=name, year=year, amount=amount))
    does = budgets.enters(unit_id, year, amount)
    return finish(
        say.budget_done(facts, asked.words), Outcome(does=does, data={"unit": unit_id, "year": year})
    )


def _said(asked: Asked, facts: say.BudgetDoneFacts) -> Answered:
    return finish(say.budget_done(facts, asked.words), Outcome(decides=False))


ROUTES = (
    Route(
        name="request-costs",
        handle=cost,
        may_use=reviews_certificates,
        commands=("request-costs",),
        has_form=True,
    ),
    Route(name="costs-of-request", handle=asked_for, may_use=everyone, commands=("costs-of-request",)),
    Route(
        name="training-costs",
        handle=training_costs,
        may_use=reviews_certificates,
        commands=("training-costs",),
        next_page=following(_page),
    ),
    Route(name="budgets", handle=shown, may_use=sees_figures, commands=("budgets",), menu="budgets"),
    Route(
        name="enter-budget",
        handle=enter,
        may_use=reviews_certificates,
        commands=("enter-budget",),
        has_form=True,
    ),
)
