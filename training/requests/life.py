"""How does a request stand, who has the next word, and what may be done with it? From its acts alone.

Pure: no clock, no record, no permission. Who may do what is asked of ``approvers`` when a button is pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct, RequestStep
from training.requests.values import CostLine, RequestValues, costs_of, values_of

A = RequestAct


class RequestStage(StrEnum):
    """Where a request stands; the catalogue holds ``request-stage-<code>`` for each."""

    DRAFT = "draft"
    WITH_APPROVER = "with-approver"
    QUESTION = "question"  # whoever decides asked something
    DENIED = "denied"
    APPEALED = "appealed"
    APPROVED = "approved"
    WAITING_FOR_SEAT = "waiting-for-seat"
    REGISTERED = "registered"
    CLASS_CANCELLED = "class-cancelled"
    ATTENDED = "attended"
    NOT_ATTENDED = "not-attended"
    CERTIFIED = "certified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Owner(StrEnum):
    """Who has the next word."""

    REQUESTER = "requester"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    NOBODY = "nobody"  # it is over


OWNERS: Mapping[RequestStage, Owner] = {
    RequestStage.DRAFT: Owner.REQUESTER,
    RequestStage.WITH_APPROVER: Owner.APPROVER,
    RequestStage.QUESTION: Owner.REQUESTER,
    RequestStage.DENIED: Owner.NOBODY,
    RequestStage.APPEALED: Owner.APPROVER,
    RequestStage.APPROVED: Owner.COORDINATOR,
    RequestStage.WAITING_FOR_SEAT: Owner.COORDINATOR,
    RequestStage.REGISTERED: Owner.COORDINATOR,
    RequestStage.CLASS_CANCELLED: Owner.REQUESTER,
    RequestStage.ATTENDED: Owner.REQUESTER,
    RequestStage.NOT_ATTENDED: Owner.COORDINATOR,
    RequestStage.CERTIFIED: Owner.COORDINATOR,
    RequestStage.CLOSED: Owner.NOBODY,
    RequestStage.WITHDRAWN: Owner.NOBODY,
}

_PRESENCE = frozenset({A.ATTENDED, A.PARTLY_ATTENDED, A.NOT_ATTENDED})
_DECIDING = frozenset({A.APPROVED, A.DENIED, A.ASKED, A.HANDED, A.SUBMITTED, A.WITHDRAWN})
# A decision stands until its class was given; until then whoever took it may take another one.
_AFTER_APPROVAL = frozenset({A.DENIED, A.SUBMITTED, A.WITHDRAWN, A.CLASS_CANCELLED, A.COSTS_ENTERED})
ALLOWED: Mapping[RequestStage, frozenset[RequestAct]] = {
    RequestStage.DRAFT: frozenset({A.FILLED, A.SUBMITTED, A.WITHDRAWN}),
    RequestStage.WITH_APPROVER: _DECIDING,
    RequestStage.QUESTION: _DECIDING | {A.ANSWERED},
    RequestStage.DENIED: frozenset({A.APPEALED, A.SUBMITTED, A.APPROVED}),
    RequestStage.APPEALED: _DECIDING,
    RequestStage.APPROVED: _AFTER_APPROVAL | _PRESENCE | {A.SEATED, A.WAITING_FOR_SEAT, A.REGISTERED},
    RequestStage.WAITING_FOR_SEAT: _AFTER_APPROVAL | {A.SEATED, A.CLOSED},
    RequestStage.REGISTERED: _AFTER_APPROVAL | _PRESENCE,
    RequestStage.CLASS_CANCELLED: frozenset({A.SUBMITTED, A.WITHDRAWN, A.CLOSED, A.COSTS_ENTERED}),
    RequestStage.ATTENDED: _PRESENCE | {A.CERTIFICATE_LINKED, A.COSTS_ENTERED, A.CLOSED},
    RequestStage.NOT_ATTENDED: _PRESENCE | {A.SUBMITTED, A.COSTS_ENTERED, A.CLOSED},
    RequestStage.CERTIFIED: frozenset({A.COSTS_ENTERED, A.CLOSED}),
    RequestStage.CLOSED: frozenset({A.COSTS_ENTERED}),
    RequestStage.WITHDRAWN: frozenset({A.SUBMITTED, A.COSTS_ENTERED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A request as it stands.

    ``version`` counts submissions; 0 was never sent. ``at`` is the place of the step of ``way`` that waits, or of the
    one that was denied; ``approvals`` are those of this version by their place. ``decided_by`` are all who ever decided
    about this version. ``handed_to`` is a person who was left the decision. ``since`` is when the next word became
    its owner's. ``appealed``: the denial of this version was put to somebody else, which can be done once.
    """

    stage: RequestStage
    values: RequestValues
    version: int = 0
    way: tuple[str, ...] = ()
    rules: int = 0
    found: Mapping[str, Any] = field(default_factory=dict)
    submitted: Kept[RequestStep] | None = None
    before: RequestValues | None = None  # what the version before this one asked for
    at: int = 0
    approvals: Mapping[int, Kept[RequestStep]] = field(default_factory=dict)
    decided_by: frozenset[int] = frozenset()
    handed_to: int | None = None
    reason_item: int | None = None
    question: Kept[RequestStep] | None = None
    denial: Kept[RequestStep] | None = None
    appeal: Kept[RequestStep] | None = None
    appealed: bool = False
    offering_held: int | None = None
    registered: Kept[RequestStep] | None = None
    presence: Kept[RequestStep] | None = None
    certificate: int | None = None
    costs: tuple[CostLine, ...] | None = None
    last: Kept[RequestStep]
    since: datetime

    @property
    def owner(self) -> Owner:
        """Who has the next word."""
        return OWNERS[self.stage]

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self.owner is Owner.NOBODY

    @property
    def waiting_step(self) -> str:
        """The code of the step that waits for a decision; empty when none does."""
        waits = self.stage in (RequestStage.WITH_APPROVER, RequestStage.QUESTION, RequestStage.APPEALED)
        return self.way[self.at] if waits and self.at < len(self.way) else ""


@dataclass(frozen=True, slots=True)
class StandingRequest:
    """A request and how it stands."""

    request: KeptRequest
    life: Life

    @property
    def number(self) -> int:
        return self.request.number

    @property
    def person_id(self) -> int:
        """Whom it is for."""
        return self.request.kept.fact.person_id


def allowed(life: Life) -> frozenset[RequestAct]:
    """What may be done next, by whoever may."""
    acts = ALLOWED[life.stage]
    return acts - {A.APPEALED} if life.appealed else acts


def life_of(request: KeptRequest) -> Life:
    """How a request stands after all its acts."""
    first, *others = request.steps
    life = Life(
        stage=RequestStage.DRAFT,
        values=_values(first),
        reason_item=first.fact.item_id,
        last=first,
        since=first.recorded_at,
    )
    for step in others:
        after = FOLDS[step.fact.act](life, step)
        moved = after.owner is not life.owner or after.at != life.at or after.handed_to != life.handed_to
        since = step.recorded_at if moved or step.fact.act is A.SUBMITTED else life.since
        life = replace(after, last=step, since=since)
    return life


def _values(step: Kept[RequestStep]) -> RequestValues:
    return values_of(step.fact.body.get("values", {}))


def _filled(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, values=_values(step), reason_item=step.fact.item_id or life.reason_item)


def _submitted(life: Life, step: Kept[RequestStep]) -> Life:
    """A version: what was said to an earlier one holds no more."""
    body = step.fact.body
    return Life(
        stage=RequestStage.WITH_APPROVER,
        values=_values(step),
        version=life.version + 1,
        way=tuple(body.get("way", ())),
        rules=body.get("rules", 0),
        found=body.get("found", {}),
        submitted=step,
        before=life.values if life.version else None,
        reason_item=step.fact.item_id or life.reason_item,
        costs=life.costs,
        last=step,
        since=step.recorded_at,
    )


def _approved(life: Life, step: Kept[RequestStep]) -> Life:
    at = step.fact.body.get("step", life.at)
    following = at + 1
    return replace(
        life,
        stage=RequestStage.APPROVED if following >= len(life.way) else RequestStage.WITH_APPROVER,
        at=following,
        approvals=MappingProxyType({**life.approvals, at: step}),
        decided_by=life.decided_by | _person(step),
        handed_to=None,
        question=None,
        denial=None,
        appeal=None,
    )


def _denied(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(
        life,
        stage=RequestStage.DENIED,
        at=step.fact.body.get("step", life.at),
        denial=step,
        question=None,
        handed_to=None,
        offering_held=None,
        decided_by=life.decided_by | _person(step),
    )


def _asked(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.QUESTION, question=step)


def _answered(life: Life, _: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.WITH_APPROVER if life.appeal is None else RequestStage.APPEALED)


def _handed(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, handed_to=step.fact.body["to"])


def _appealed(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.APPEALED, appeal=step, appealed=True, handed_to=None)


def _withdrawn(life: Life, _: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.WITHDRAWN, offering_held=None, handed_to=None)


def _seated(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.APPROVED, offering_held=step.fact.body["offering"])


def _registered(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.REGISTERED, registered=step)


def _class_cancelled(life: Life, _: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.CLASS_CANCELLED, offering_held=None)


def _presence(stage: RequestStage) -> "Fold":
    return lambda life, step: replace(life, stage=stage, presence=step)


def _certified(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, stage=RequestStage.CERTIFIED, certificate=step.fact.body["upload"])


def _costs(life: Life, step: Kept[RequestStep]) -> Life:
    return replace(life, costs=costs_of(step.fact.body["lines"]))


def _person(step: Kept[RequestStep]) -> frozenset[int]:
    return frozenset() if step.recorded_by is None else frozenset({step.recorded_by})


Fold = Callable[[Life, Kept[RequestStep]], Life]
# What each act makes of a request.
FOLDS: Mapping[RequestAct, Fold] = {
    A.BEGUN: _filled,
    A.FILLED: _filled,
    A.SUBMITTED: _submitted,
    A.APPROVED: _approved,
    A.DENIED: _denied,
    A.ASKED: _asked,
    A.ANSWERED: _answered,
    A.HANDED: _handed,
    A.WITHDRAWN: _withdrawn,
    A.APPEALED: _appealed,
    A.SEATED: _seated,
    A.WAITING_FOR_SEAT: lambda life, _: replace(life, stage=RequestStage.WAITING_FOR_SEAT),
    A.REGISTERED: _registered,
    A.CLASS_CANCELLED: _class_cancelled,
    A.ATTENDED: _presence(RequestStage.ATTENDED),
    A.PARTLY_ATTENDED: _presence(RequestStage.ATTENDED),
    A.NOT_ATTENDED: _presence(RequestStage.NOT_ATTENDED),
    A.CERTIFICATE_LINKED: _certified,
    A.COSTS_ENTERED: _costs,
    A.CLOSED: lambda life, _: replace(life, stage=RequestStage.CLOSED),
}
