"""By which rules do an agency's requests for training go, and who decides in whose place meanwhile?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from db import tables
from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.requests import ApprovalDelegation, RequestRules, RequestRulesDecision

_rules = tables.request_rules
_decision = tables.request_rules_decision
_delegation = tables.approval_delegation
# The rules that are shipped are version 1 of every agency.
SHIPPED_VERSION = 1


@dataclass(frozen=True, slots=True)
class RequestRulesState:
    """A version that somebody proposed, and what was said to it."""

    kept: Kept[RequestRules]
    decided: Kept[RequestRulesDecision] | None


def versions(conn: Connection, agency_id: AgencyId) -> tuple[RequestRulesState, ...]:
    """Every version that was proposed here, the oldest first."""
    said = conn.execute(in_force_rows(RequestRulesDecision, agency_id).order_by(_decision.c.id)).mappings()
    decided = {each.fact.rules_id: each for each in (kept_of(RequestRulesDecision, row) for row in said)}
    rows = conn.execute(in_force_rows(RequestRules, agency_id).order_by(_rules.c.version)).mappings()
    proposed = (kept_of(RequestRules, row) for row in rows)
    return tuple(RequestRulesState(each, decided.get(each.id)) for each in proposed)


def next_version(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next proposal has."""
    last = conn.execute(select(func.max(_rules.c.version)).where(_rules.c.agency_id == agency_id)).scalar()
    return int(last or SHIPPED_VERSION) + 1


def delegations(conn: Connection, agency_id: AgencyId, at: datetime) -> tuple[Kept[ApprovalDelegation], ...]:
    """Every delegation that runs at an instant or begins after it, the newest first."""
    rows = conn.execute(
        in_force_rows(ApprovalDelegation, agency_id)
        .where(or_(_delegation.c.ends_at.is_(None), _delegation.c.ends_at > at))
        .order_by(_delegation.c.id.desc())
    ).mappings()
    return tuple(kept_of(ApprovalDelegation, row) for row in rows)
