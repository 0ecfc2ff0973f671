"""What may be spent on training in a fiscal year, by unit?"""

from sqlalchemy import Connection

from db import tables
from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.requests import TrainingBudget

_budget = tables.training_budget


def of_year(conn: Connection, agency_id: AgencyId, fiscal_year: int) -> tuple[Kept[TrainingBudget], ...]:
    """The budgets of a year as they stand; of a unit that was entered twice at once the later one comes last."""
    rows = conn.execute(
        in_force_rows(TrainingBudget, agency_id)
        .where(_budget.c.fiscal_year == fiscal_year)
        .order_by(_budget.c.id)
    ).mappings()
    return tuple(kept_of(TrainingBudget, row) for row in rows)
