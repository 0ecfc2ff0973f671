"""By which rules are certificates reviewed, which approvals were looked at twice, and what was approved when?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from db import tables
from db.facts import in_force_rows, kept_of
from db.queries import uploads
from db.records.facts import AgencyId, Kept
from db.records.review_rules import ReviewRules, ReviewRulesDecision, SecondLook
from db.records.uploads import Step, UploadLook, UploadState

_rules = tables.review_rules
_decision = tables.review_rules_decision
_second = tables.second_look
_step = tables.upload_step
_look = tables.upload_look
_upload = tables.upload
# The rules that are shipped are version 1 of every agency.
SHIPPED_VERSION = 1


@dataclass(frozen=True, slots=True)
class RulesState:
    """A version that somebody proposed, and what was said to it."""

    kept: Kept[ReviewRules]
    decided: Kept[ReviewRulesDecision] | None


@dataclass(frozen=True, slots=True)
class Approval:
    """As much of an approval as its draw needs; ``read`` names the rules by which it was made."""

    upload_id: int
    number: int
    read: Mapping[str, Any]


def versions(conn: Connection, agency_id: AgencyId) -> tuple[RulesState, ...]:
    """Every version that was proposed here, the oldest first."""
    rows = conn.execute(in_force_rows(ReviewRules, agency_id).order_by(_rules.c.version)).mappings()
    proposed = [kept_of(ReviewRules, row) for row in rows]
    if not proposed:
        return ()
    said = conn.execute(in_force_rows(ReviewRulesDecision, agency_id).order_by(_decision.c.id)).mappings()
    decided = {each.fact.rules_id: each for each in (kept_of(ReviewRulesDecision, row) for row in said)}
    return tuple(RulesState(each, decided.get(each.id)) for each in proposed)


def next_version(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next proposal has."""
    last = conn.execute(select(func.max(_rules.c.version)).where(_rules.c.agency_id == agency_id)).scalar()
    return int(last or SHIPPED_VERSION) + 1


def second_looks(conn: Connection, agency_id: AgencyId) -> tuple[Kept[SecondLook], ...]:
    """Every second look, in order."""
    rows = conn.execute(in_force_rows(SecondLook, agency_id).order_by(_second.c.id)).mappings()
    return tuple(kept_of(SecondLook, row) for row in rows)


def not_looked_at_twice(conn: Connection, agency_id: AgencyId) -> tuple[Approval, ...]:
    """Approvals about which no second reviewer has said anything, the oldest first."""
    rows = conn.execute(
        select(_step.c.upload_id, _upload.c.number, _step.c.read)
        .join(_upload, _upload.c.id == _step.c.upload_id)
        .where(
            _step.c.agency_id == agency_id,
            _step.c.step == Step.RECORDED.value,
            _step.c.id.not_in(select(_second.c.step_id).where(_second.c.agency_id == agency_id)),
        )
        .order_by(_step.c.id)
    )
    return tuple(Approval(row.upload_id, row.number, row.read) for row in rows)


def recorded_between(
    conn: Connection, agency_id: AgencyId, since: datetime, until: datetime
) -> tuple[UploadState, ...]:
    """Uploads that were approved from one instant on and before or at another, and stand so."""
    ids = set(
        conn.execute(
            select(_step.c.upload_id).where(
                _step.c.agency_id == agency_id,
                _step.c.step == Step.RECORDED.value,
                _step.c.recorded_at >= since,
                _step.c.recorded_at <= until,
            )
        ).scalars()
    )
    found = uploads.by_ids(conn, agency_id, ids)
    return tuple(each for each in found if each.step is Step.RECORDED)


def looks_of(
    conn: Connection, agency_id: AgencyId, upload_ids: Collection[int]
) -> tuple[Kept[UploadLook], ...]:
    """Who opened the files of these uploads, in order."""
    rows = conn.execute(
        in_force_rows(UploadLook, agency_id)
        .where(_look.c.upload_id.in_(sorted(upload_ids)))
        .order_by(_look.c.id)
    ).mappings()
    return tuple(kept_of(UploadLook, row) for row in rows)
