"""Which duties does a person hold beside the post, and since when? One row of an assignment table."""

from reading.tables.cellreader import CellReader, kebab
from reading.tables.rows import AssignmentRow


def read_assignment(cell: CellReader) -> AssignmentRow:
    """One duty of one person."""
    badge = cell.badge()
    assignment = cell.required("assignment")
    starts_on, ends_on = cell.day("starts_on"), cell.day("ends_on")
    cell.likely("starts_on", starts_on)
    cell.likely("ends_on", ends_on)
    cell.in_sequence("starts_on", starts_on, "ends_on", ends_on)
    return AssignmentRow(
        badge_number=badge, assignment=kebab(assignment), starts_on=starts_on, ends_on=ends_on
    )
