"""Which roll calls were prepared, which were covered, and which hours asked for them wait for a decision?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.roll_calls import RollCall, RollCallCovered, RollCallDecision, RollCallTraining

_call = tables.roll_call
_covered = tables.roll_call_covered
_training = tables.roll_call_training
_decision = tables.roll_call_decision


@dataclass(frozen=True, slots=True)
class AskedHours:
    """Hours that somebody asks for, and the roll call they were taught at."""

    asked: Kept[RollCallTraining]
    call: Kept[RollCall]


def of_shift(
    conn: Connection, agency_id: AgencyId, shift: str, starts_at: datetime
) -> tuple[Kept[RollCall], ...]:
    """What was prepared for this shift, for whomever."""
    rows = conn.execute(
        in_force_rows(RollCall, agency_id)
        .where(_call.c.shift == shift, _call.c.starts_at == starts_at)
        .order_by(_call.c.id)
    ).mappings()
    return tuple(kept_of(RollCall, row) for row in rows)


def newest(conn: Connection, agency_id: AgencyId, person_id: int, since: datetime) -> Kept[RollCall] | None:
    """The last one that was prepared for this supervisor, of a shift that began since then or is about to."""
    row = (
        conn.execute(
            in_force_rows(RollCall, agency_id)
            .where(_call.c.person_id == person_id, _call.c.starts_at >= since)
            .order_by(_call.c.starts_at.desc(), _call.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(RollCall, row)


def covered(conn: Connection, agency_id: AgencyId, roll_call_id: int) -> Kept[RollCallCovered] | None:
    """That it was read aloud; None while nobody said so."""
    row = (
        conn.execute(in_force_rows(RollCallCovered, agency_id).where(_covered.c.roll_call_id == roll_call_id))
        .mappings()
        .first()
    )
    return None if row is None else kept_of(RollCallCovered, row)


def waiting(conn: Connection, agency_id: AgencyId) -> tuple[AskedHours, ...]:
    """Drafts that nobody has decided about, the oldest first."""
    decided = select(_decision.c.training_id).where(in_force(_decision, agency_id))
    return _asked(conn, agency_id, _training.c.id.not_in(decided))


def asked(conn: Connection, agency_id: AgencyId, training_id: int) -> AskedHours | None:
    """One draft, decided or not."""
    found = _asked(conn, agency_id, _training.c.id == training_id)
    return found[0] if found else None


def decision(conn: Connection, agency_id: AgencyId, training_id: int) -> Kept[RollCallDecision] | None:
    """What became of a draft."""
    row = (
        conn.execute(in_force_rows(RollCallDecision, agency_id).where(_decision.c.training_id == training_id))
        .mappings()
        .first()
    )
    return None if row is None else kept_of(RollCallDecision, row)


def _asked(conn: Connection, agency_id: AgencyId, where: ColumnElement[bool]) -> tuple[AskedHours, ...]:
    rows = conn.execute(
        in_force_rows(RollCallTraining, agency_id).where(where).order_by(_training.c.id)
    ).mappings()
    found = [kept_of(RollCallTraining, row) for row in rows]
    ids = sorted({each.fact.roll_call_id for each in found})
    calls = {
        each.id: each
        for each in (
            kept_of(RollCall, row)
            for row in conn.execute(in_force_rows(RollCall, agency_id).where(_call.c.id.in_(ids))).mappings()
        )
    }
    return tuple(AskedHours(each, calls[each.fact.roll_call_id]) for each in found)
