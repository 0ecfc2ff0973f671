"""What did training cost: as it was approved, as it came out, and what is the person's to get back? Three amounts,
never one in the place of another; nothing is paid here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.requests import RequestAct
from db.unit_of_work import Writer
from training.asking import Question, at_the_writing
from training.permissions import hidden
from training.requests.after import Does
from training.requests.following import STAGES, Followed, everything_of, own_word
from training.requests.keeping import acts
from training.requests.life import RequestStage
from training.requests.values import CostKind, CostLine, costs_json

A = RequestAct
OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The amounts of one request. ``approved`` and ``actual`` are None while nobody named any.

    ``own``: what the person paid themselves. ``reimbursable``: of that as much as was approved; what is above it is
    somebody's to decide, and ``above`` says how much it is.
    """

    approved: Decimal | None
    actual: Decimal | None
    own: Decimal

    @property
    def reimbursable(self) -> Decimal:
        return min(self.own, self.approved or Decimal())

    @property
    def above(self) -> Decimal:
        return self.own - self.reimbursable


def costs_of(followed: Followed) -> Costs:
    """What is known of it by now."""
    lines = followed.life.costs
    actual = None if lines is None else sum((each.amount for each in lines), Decimal())
    return Costs(
        approved=followed.life.values.cost if followed.life.approvals else None,
        actual=actual,
        own=_own(followed),
    )


def _own(followed: Followed) -> Decimal:
    said = [each for each in followed.request.steps if each.fact.act is A.COSTS_ENTERED]
    return Decimal(said[-1].fact.body.get(OWN, "0")) if said else Decimal()


def one_line(followed: Followed, amount: Decimal) -> tuple[CostLine, ...]:
    """An amount that was typed by itself: what was estimated where that is one thing, or else no kind in particular."""
    kinds = {each.kind for each in followed.life.values.costs}
    return (CostLine(kinds.pop() if len(kinds) == 1 else CostKind.OTHER, amount),)


def enters(question: Question, followed: Followed, lines: Sequence[CostLine], own: Decimal) -> Does:
    """All that is known by now; what was entered before is replaced by it and stays in the log."""
    body = {"lines": costs_json(lines), **({OWN: f"{own:f}"} if own else {})}

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        said = {**body, **own_word(here, followed.person_id)}
        entry, _ = acts(writer, here, followed.request, A.COSTS_ENTERED, said)
        yield entry

    return does


def with_costs(question: Question) -> tuple[tuple[Followed, ...], int]:
    """Every request that was approved or had costs, whether it is over by now or not; and of how many people the asker
    learns nothing."""
    unseen = hidden(question)
    everyone = everybodys(question.conn, question.agency_id)
    shown = tuple(each for each in everyone if each.person_id not in unseen)
    return shown, len(everyone) - len(shown)


def everybodys(conn: Connection, agency_id: AgencyId) -> tuple[Followed, ...]:
    """The same of everybody, for whoever counts in nobody's name."""
    ended = (RequestStage.CLOSED, RequestStage.DENIED, RequestStage.WITHDRAWN)
    return tuple(each for each in everything_of(conn, agency_id, (*STAGES, *ended)) if _counts(each))


def _counts(followed: Followed) -> bool:
    """Money is promised or was spent. What was taken back or is closed promises nothing, and counts with its cost."""
    gone = followed.life.stage is RequestStage.CLASS_CANCELLED or followed.life.stage not in STAGES
    return followed.life.costs is not None or not gone


def day_of(followed: Followed) -> date | None:
    """The day by which its fiscal year is known: the first of its class."""
    return followed.life.values.starts_on
