"""Every message about a request that waits for a decision."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_args

from messages import approval_form, approval_news, approval_queue, approvals
from messages.budget_line import BudgetLineFacts
from messages.class_values import ClassValues
from messages.forms import FieldError
from messages.model import Message
from messages.request_standing import OpenQuestionFacts
from messages.words import Words

AT = datetime(2027, 3, 2, 14, 22, tzinfo=UTC)
VALUES = ClassValues(
    title="Basic Crisis Negotiation",
    number=12,
    hours=Decimal(40),
    first=date(2027, 6, 7),
    last=date(2027, 6, 11),
    place="St. Cloud",
    cost=Decimal(525),
    register_by=date(2027, 5, 14),
)
CARD = approvals.ApprovalCardFacts(
    number=1042,
    version=2,
    step=1,
    who="Ofc. D. Ruiz",
    values=VALUES,
    shifts=tuple(date(2027, 6, day) for day in (7, 8, 10, 11)),
    minimum=6,
    planned=6,
    reason="negotiator vacancy, want to apply",
    open_items=("Autism 4 h", "Bias crimes 1 h"),
    handing=approvals.Handing(person_id=3, name="Lt. Torres"),
)
APPEAL = replace(
    CARD,
    denied=approvals.DeniedFacts(
        who="Sgt. Okafor", at=AT, reason="No cover in June.", appeal="Lee and Novak @here are free."
    ),
    on_leave=True,
    in_court=(date(2027, 6, 8),),
    no_seat=True,
    entered_by="P. Nair",
    in_place_of="Lt. Torres",
    waits_with="Lt. Torres",
    since=AT,
    register_by=date(2027, 5, 14),
    changes=("place: Duluth -> St. Cloud",),
    closes=("Crisis intervention 8 h",),
    asks="Who covers Friday?",
    answers="Lee does.",
    checks=("dates", "cost", "staffing"),
    minimum=None,
)
DECIDED = approvals.DecidedFacts(
    code="approved",
    number=1042,
    step=1,
    who="Sgt. Okafor",
    at=AT,
    note="staffing at minimum",
    following="P. Nair",
)
NEWS = approval_news.ApprovalNewsFacts(
    code="approved",
    number=1042,
    who="Sgt. Okafor",
    step=1,
    steps=2,
    said="No cover in June.",
    following="P. Nair",
)
WAITS = approval_news.WaitsFacts(
    number=1042, who="Ofc. D. Ruiz", title="Basic Crisis Negotiation", since=AT, closes="May 14 2027", days=2
)
LINE = approval_queue.ApprovalsLine(
    number=1042,
    who="Ofc. D. Ruiz",
    title="Basic Crisis Negotiation",
    since=AT,
    days=2,
    register_by=date(2027, 5, 14),
)


BUDGET = BudgetLineFacts(
    unit="B shift", year=2027, amount=Decimal(12000), left=Decimal("10410.50"), cost=Decimal(525)
)
BUDGETS: Mapping[str, BudgetLineFacts] = {
    "left": BUDGET,
    "exceeded": replace(BUDGET, left=Decimal(-25), unnamed=2, unshown=1),
    "no-cost": replace(BUDGET, cost=None),
    "unknown": BudgetLineFacts(year=2027, cost=Decimal(525)),
    "no-year": BudgetLineFacts(),
}


def _decided_with(budget: BudgetLineFacts) -> Callable[[Words], Message]:
    return lambda words: approvals.decided(DECIDED, words, budget=budget)


def _settled(code: approvals.ApprovalSettledCode) -> Callable[[Words], Message]:
    return lambda words: approvals.settled(CARD, replace(DECIDED, code=code), words)


def _done(code: approvals.ApprovalCode) -> Callable[[Words], Message]:
    facts = approvals.ApprovalDoneFacts(
        code=code,
        number=1042,
        name="Ofc. D. Ruiz",
        facts=("dates", "cost"),
        day=date(2027, 6, 7),
        key="4821",
    )
    return lambda words: approvals.done(facts, words)


def _news(code: approval_news.ApprovalNewsCode) -> Callable[[Words], Message]:
    return lambda words: approval_news.to_requester(replace(NEWS, code=code), words)


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "approval-card": lambda words: approvals.card(CARD, words),
    "approval-card-appeal": lambda words: approvals.card(APPEAL, words),
    "approval-card-budget": lambda words: approvals.card(replace(CARD, budget=BUDGET), words),
    **{f"approval-budget-{name}": _decided_with(facts) for name, facts in BUDGETS.items()},
    "approval-card-whole": lambda words: approval_form.whole(
        APPEAL, approval_form.WholeFacts(confirm=("dates", "staffing"), typed=("cost", "hours")), words
    ),
    "approval-card-errors": lambda words: approval_form.whole(
        CARD,
        approval_form.WholeFacts(decision="deny", errors={"words": FieldError(code="empty")}),
        words,
    ),
    **{f"approval-settled-{code}": _settled(code) for code in get_args(approvals.ApprovalSettledCode)},
    **{f"approval-done-{code}": _done(code) for code in get_args(approvals.ApprovalCode)},
    "approval-done-twice": lambda words: approvals.decided(DECIDED, words, again=True),
    "approval-done-reversed": lambda words: approvals.decided(
        replace(DECIDED, whom="Lt. Torres", last=True, today=False, reverses=True), words
    ),
    "approval-done-deny-form": lambda words: approvals.words_form(
        approvals.ApprovalWordsFacts(act="deny", number=1042, version=2), words
    ),
    "approval-done-ask-form": lambda words: approvals.words_form(
        approvals.ApprovalWordsFacts(
            act="ask", number=1042, version=2, errors={"words": FieldError(code="empty")}
        ),
        words,
    ),
    "approval-done-undo": lambda words: approvals.undoing(
        replace(DECIDED, code="denied", note="no cover"), "approve", words
    ),
    "approval-done-undo-form": lambda words: approvals.words_form(
        approvals.ApprovalWordsFacts(act="deny", number=1042, version=2, decided=DECIDED), words
    ),
    **{
        f"approval-done-words-{act}": lambda words, act=act: approvals.words_shown(  # type: ignore[misc]  # a lambda with a default has no type of its own
            approvals.WordsShownFacts(
                act=act, number=1042, version=2, name="Ofc. D. Ruiz", said="He is on a plan."
            ),
            words,
        )
        for act in get_args(approvals.WordedAct)
    },
    **{f"approval-news-{code}": _news(code) for code in get_args(approval_news.ApprovalNewsCode)},
    "approval-waits": lambda words: approval_news.reminder(WAITS, words),
    "approval-waits-list": lambda words: approval_news.digest((WAITS, replace(WAITS, closes="")) * 6, words),
    "approvals": lambda words: approval_queue.queue(
        approval_queue.ApprovalsFacts(
            own=(LINE, replace(LINE, number=1043, asked=True, register_by=None)),
            others=(replace(LINE, number=1044, holder="Sgt. Adeyemi", unreached=True),),
            median=2,
        ),
        words,
    ),
    "approvals-asked": lambda words: approval_queue.queue(
        approval_queue.ApprovalsFacts(
            own=(), questions=(OpenQuestionFacts(1042, "Sgt. Okafor", "can you swap the 10th?"),)
        ),
        words,
    ),
    "approvals-one-by-one": lambda words: approval_queue.one_by_one(
        approval_queue.queue(approval_queue.ApprovalsFacts(own=(LINE,), median=2), words), 1042, words
    ),
    "approvals-one-by-one-none": lambda words: approval_queue.one_by_one(
        approval_queue.queue(approval_queue.ApprovalsFacts(own=()), words), 0, words
    ),
    "approvals-none": lambda words: approval_queue.queue(approval_queue.ApprovalsFacts(own=()), words),
}
