"""Examples of everything that is said of what follows the approval of a request."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import get_args

from messages import after_approval as after
from messages import class_moves
from messages import request_figures as figures
from messages import training_costs as costs
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from tests.unit import standing_cast as cast

OF = after.RequestClassFacts(
    number=1042,
    who="D. Ruiz",
    title="Basic Crisis Negotiation",
    first=date(2027, 6, 7),
    last=date(2027, 6, 11),
    place="St. Cloud",
    hours=Decimal(40),
    register_by=date(2027, 5, 7),
)
OTHER = OF.on(date(2027, 9, 13), date(2027, 9, 17), "Duluth")
WAS = class_moves.ClassTimes(
    number=12,
    first=date(2027, 6, 7),
    last=date(2027, 6, 11),
    begins="08:00",
    ends="17:00",
    place="St. Cloud",
)
NOW = class_moves.ClassTimes(
    number=12, first=date(2027, 9, 13), last=date(2027, 9, 17), place="Duluth Convention Center, Hall 2"
)
BARE = after.RequestClassFacts(number=1043, who="S. Lee")
STATES: tuple[after.RowState, ...] = get_args(after.RowState)
COST = costs.CostFacts(
    of=OF,
    approved=Decimal(525),
    actual=Decimal("560.50"),
    reimbursable=Decimal(525),
    above=Decimal("35.50"),
    lines=(("tuition", Decimal(525)), ("meals", Decimal("35.50"))),
)
ROW = costs.BudgetRowFacts(
    unit="Patrol", amount=Decimal(12000), approved=Decimal(525), spent=Decimal(540), left=Decimal(10935)
)
UNENTERED = costs.BudgetRowFacts(
    unit="", amount=None, approved=Decimal(), spent=Decimal("99.5"), left=Decimal("-99.5")
)
TOTAL = costs.BudgetRowFacts(
    unit="", amount=Decimal(12000), approved=Decimal(525), spent=Decimal("639.5"), left=Decimal("10835.5")
)
GROUP = figures.RequestGroupFacts(
    names=("A shift", "B shift"),
    askers=12,
    deciders=5,
    decided=40,
    approved=30,
    median=Decimal(7200),
    ninetieth=Decimal(172800),
    approvals=42,
    quick=3,
)


def _news(code: after.NewsCode) -> Callable[[Words], Message]:
    facts = after.NewsFacts(
        code=code,
        of=OF,
        coordinators=("P. Nair", "J. Moss"),
        place=2,
        upload=3107,
        others=(OTHER,),
        move=class_moves.Move(WAS, NOW),
        seats=class_moves.SeatsNow(seats=4, held=6, waiting=1, beyond=(1042, 1043)),
        by="Ofc. Ruiz",
    )
    return lambda words: after.news(facts, words)


def _done(code: after.DoneCode) -> Callable[[Words], Message]:
    facts = after.DoneFacts(
        code=code,
        of=OF,
        who=("P. Nair",),
        at=cast.AT,
        upload=3107,
        first_in_line=1040,
        place=2,
        hours=Decimal(3),
        open_still=("certificate", "costs"),
    )
    return lambda words: after.done(facts, words)


def _budget(code: costs.BudgetCode) -> Callable[[Words], Message]:
    facts = costs.BudgetDoneFacts(
        code=code, unit="Patrol", year=2027, amount=Decimal(12000), units=("Patrol A", "Patrol B")
    )
    return lambda words: costs.budget_done(facts, words)


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    **{f"request-news-{code}": _news(code) for code in get_args(after.NewsCode)},
    "request-news-no-other-dates": lambda words: after.news(
        after.NewsFacts(code="cancelled", of=BARE), words
    ),
    **{f"request-follow-{code}": _done(code) for code in get_args(after.DoneCode)},
    "request-follow-link": lambda words: after.done(
        after.DoneFacts(code="class-file", of=OF, href="https://rollcall.example.org/f/abc"), words
    ),
    "to-register": lambda words: after.listed(
        after.FollowedListFacts(
            code="to-register",
            rows=tuple(after.RowFacts(of=OF, state=state, place=2, days=9) for state in STATES),
            lines=4,
        ),
        words,
    ),
    "to-register-none": lambda words: after.listed(
        after.FollowedListFacts(code="to-register", rows=()), words
    ),
    "registrations": lambda words: after.listed(
        after.FollowedListFacts(code="registrations", rows=(after.RowFacts(of=OF, state="registered"),)),
        words,
    ),
    "registrations-none": lambda words: after.listed(
        after.FollowedListFacts(code="registrations", rows=()), words
    ),
    "presence": lambda words: after.listed(
        after.FollowedListFacts(code="presence", rows=(after.RowFacts(of=OF, state="presence"),)), words
    ),
    "presence-none": lambda words: after.listed(after.FollowedListFacts(code="presence", rows=()), words),
    "presence-asked": lambda words: after.presence_asked((OF, BARE), words),
    "presence-form": lambda words: after.presence_form(OF, after.PresenceFormFacts(), words),
    "presence-form-wrong": lambda words: after.presence_form(
        OF,
        after.PresenceFormFacts(
            said="partly", written="many", errors={"hours": FieldError(code="not-a-number", written="many")}
        ),
        words,
    ),
    "cost": lambda words: costs.cost(COST, words),
    "cost-asked": lambda words: costs.asked_for(COST, COST.lines, words),
    "cost-asked-nothing": lambda words: costs.asked_for(costs.CostFacts(of=BARE), (), words),
    "cost-form": lambda words: costs.cost_form(
        COST, costs.CostFormFacts(amounts={"tuition": Decimal(525)}), words
    ),
    "training-costs": lambda words: costs.year_of_costs(
        costs.YearOfCosts(
            year=2027,
            begins=date(2026, 7, 1),
            at=cast.AT,
            rows=(COST, costs.CostFacts(of=BARE)),
            excluded={"undated": 1, "unshown": 2},
        ),
        words,
    ),
    "training-costs-none": lambda words: costs.year_of_costs(
        costs.YearOfCosts(year=2027, begins=date(2027, 1, 1), at=cast.AT, rows=()), words
    ),
    "budgets": lambda words: costs.budgets(
        costs.BudgetsFacts(
            year=2027,
            begins=date(2026, 7, 1),
            at=cast.AT,
            rows=(ROW, UNENTERED),
            total=TOTAL,
            whole=costs.BudgetRowFacts(
                unit="",
                amount=Decimal(20000),
                approved=Decimal(525),
                spent=Decimal("639.5"),
                left=Decimal("18835.5"),
            ),
            excluded={"unnamed": 1, "undated": 1, "unshown": 1},
        ),
        words,
    ),
    "budgets-none": lambda words: costs.budgets(
        costs.BudgetsFacts(year=2027, begins=date(2027, 1, 1), at=cast.AT, rows=(), total=UNENTERED), words
    ),
    "budget-form": lambda words: costs.budget_form(("Patrol", "Records"), {}, {}, words),
    "budget-form-wrong": lambda words: costs.budget_form(
        ("Patrol",),
        {"unit": "Patrol", "year": "27", "amount": "lots"},
        {"amount": FieldError(code="not-a-number", written="lots")},
        words,
    ),
    **{f"budget-{code}": _budget(code) for code in get_args(costs.BudgetCode)},
    "request-figures": lambda words: figures.figures(
        figures.RequestFiguresFacts(
            days=90,
            at=cast.AT,
            smallest=5,
            whole=GROUP,
            by={"unit": (GROUP, GROUP), "shift": (), "rank": (GROUP, GROUP)},
            excluded={"pending": 2, "unsent": 1, "protected": 1},
        ),
        words,
    ),
    "request-figures-too-few": lambda words: figures.figures(
        figures.RequestFiguresFacts(
            days=90, at=cast.AT, smallest=5, whole=None, by={}, excluded={"pending": 1}
        ),
        words,
    ),
    "my-pending": lambda words: figures.pending(
        figures.PendingFacts(waiting=3, median=Decimal(18000), at=cast.AT), words
    ),
    "my-pending-none": lambda words: figures.pending(
        figures.PendingFacts(waiting=0, median=None, at=cast.AT), words
    ),
}
