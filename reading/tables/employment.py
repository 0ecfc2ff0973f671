"""What happened between a person and an employer, and which leave follows from it?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from reading.tables.cellreader import CellReader, RowDraft, kebab
from reading.tables.codes import RowCode, RowReason
from reading.tables.outcome import SortedRows
from reading.tables.rows import LEAVE_ACTIONS, SEPARATIONS, Action, EmploymentRow, LeaveRow

ONE_DAY = timedelta(days=1)

# Action words as states and personnel systems write them, in kebab-case.
ACTIONS: dict[str, Action] = {
    "hired": Action.HIRED,
    "hire": Action.HIRED,
    "rehired": Action.HIRED,
    "rehire": Action.HIRED,
    "new-hire": Action.HIRED,
    "appointed": Action.HIRED,
    "reinstated": Action.HIRED,
    "resigned": Action.RESIGNED,
    "resignation": Action.RESIGNED,
    "retired": Action.RETIRED,
    "retirement": Action.RETIRED,
    "layoff": Action.LAID_OFF,
    "laid-off": Action.LAID_OFF,
    "discharged": Action.DISCHARGED,
    "prob-dschg": Action.DISCHARGED,
    "terminated": Action.DISCHARGED,
    "termination": Action.DISCHARGED,
    "separated": Action.DISCHARGED,
    "deceased": Action.DIED,
    "loa": Action.LEAVE,
    "leave": Action.LEAVE,
    "leave-of-absence": Action.LEAVE,
    "mil-loa": Action.MILITARY_LEAVE,
    "military-leave": Action.MILITARY_LEAVE,
    "military-loa": Action.MILITARY_LEAVE,
    "return-loa": Action.RETURNED,
    "return-from-leave": Action.RETURNED,
    "returned": Action.RETURNED,
    "return-to-duty": Action.RETURNED,
    "promotion": Action.PROMOTED,
    "promoted": Action.PROMOTED,
    "demotion": Action.DEMOTED,
    "demoted": Action.DEMOTED,
    "reclassed": Action.RECLASSIFIED,
    "reclassified": Action.RECLASSIFIED,
    "transfer": Action.TRANSFERRED,
    "transferred": Action.TRANSFERRED,
    "instrapp": Action.INSTRUCTOR_APPROVED,
}


def read_employment(cell: CellReader) -> EmploymentRow:
    """One action on one day."""
    badge = cell.badge()
    on = cell.day("on", required=True)
    text = cell.required("action")
    action = ACTIONS.get(kebab(text), Action.OTHER)
    if text and action is Action.OTHER:
        cell.doubt(RowCode.ACTION_UNKNOWN, action=text[:60])
    cell.happened("on", on)
    return EmploymentRow(
        badge_number=badge,
        on=on or date.min,
        agency=cell.optional("agency"),
        action=action,
        action_text=text,
        rank=cell.optional("rank"),
        classification=cell.optional("classification"),
        assignment=cell.optional("assignment"),
    )


def read_leave(cell: CellReader) -> LeaveRow | EmploymentRow:
    """One absence, or one action of which absences are made once all are read."""
    if not cell.has("starts_on"):
        return read_employment(cell)
    badge = cell.badge()
    starts_on = cell.day("starts_on", required=True)
    ends_on, returned_on = cell.day("ends_on"), cell.day("returned_on")
    for column, day in (("starts_on", starts_on), ("ends_on", ends_on), ("returned_on", returned_on)):
        cell.likely(column, day)
    cell.in_sequence("starts_on", starts_on, "ends_on", ends_on)
    cell.in_sequence("starts_on", starts_on, "returned_on", returned_on)
    return LeaveRow(
        badge_number=badge,
        starts_on=starts_on or date.min,
        ends_on=ends_on,
        returned_on=returned_on,
        separated_on=None,
        military=cell.text("kind").casefold().startswith("mil"),
        agency=cell.optional("agency"),
    )


def across_leave(drafts: Sequence[RowDraft]) -> SortedRows:
    """Pair each leave with the return at the same agency; the rest belongs to the employment table."""
    kept = [draft for draft in drafts if isinstance(draft.row, LeaveRow)]
    pairing = _Pairing()
    events = [(draft.row, draft) for draft in drafts if isinstance(draft.row, EmploymentRow)]
    # A return of the same day comes first: it ends the leave before.
    events.sort(key=lambda event: (event[0].on, event[0].action is not Action.RETURNED))
    for row, draft in events:
        pairing.take(row, draft)
    kept.extend(pairing.kept)
    kept.sort(key=lambda draft: draft.line)
    return SortedRows(kept, pairing.rejected, pairing.skipped)


class _Pairing:
    """Walks through the actions in order of time, with at most one open leave for each person and agency."""

    def __init__(self) -> None:
        self.kept: list[RowDraft] = []
        self.rejected: list[tuple[RowDraft, RowReason]] = []
        self.skipped: list[tuple[RowDraft, RowReason]] = []
        self._open: dict[tuple[str, str], tuple[RowDraft, LeaveRow]] = {}

    def take(self, row: EmploymentRow, draft: RowDraft) -> None:
        place = (row.badge_number, (row.agency or "").casefold())
        if row.action in LEAVE_ACTIONS:
            self._start(place, row, draft)
        elif row.action is Action.RETURNED:
            self._return(place, row, draft)
        else:
            if row.action in SEPARATIONS:
                self._separate(place, row)
            facts = (("action", row.action_text[:60]),)
            self.skipped.append((draft, RowReason(RowCode.NOT_LEAVE, facts)))

    def _start(self, place: tuple[str, str], row: EmploymentRow, draft: RowDraft) -> None:
        before = self._open.pop(place, None)
        if before is not None:
            before[0].doubts.append(RowReason(RowCode.LEAVE_NOT_CLOSED, (("line", str(draft.line)),)))
        leave = LeaveRow(
            badge_number=row.badge_number,
            starts_on=row.on,
            ends_on=None,
            returned_on=None,
            separated_on=None,
            military=row.action is Action.MILITARY_LEAVE,
            agency=row.agency,
        )
        draft.row = leave
        self._open[place] = (draft, leave)
        self.kept.append(draft)

    def _return(self, place: tuple[str, str], row: EmploymentRow, draft: RowDraft) -> None:
        opened = self._open.pop(place, None)
        if opened is None:
            facts = (("badge", row.badge_number), ("on", row.on.isoformat()))
            self.rejected.append((draft, RowReason(RowCode.RETURN_WITHOUT_LEAVE, facts)))
            return
        start, leave = opened
        start.row = replace(leave, ends_on=row.on - ONE_DAY, returned_on=row.on)
        self.skipped.append((draft, RowReason(RowCode.LEAVE_RETURN_USED, (("line", str(start.line)),))))

    def _separate(self, place: tuple[str, str], row: EmploymentRow) -> None:
        opened = self._open.pop(place, None)
        if opened is not None:
            start, leave = opened
            start.row = replace(leave, separated_on=row.on)
            start.notes.append(RowReason(RowCode.LEAVE_ENDED_BY_SEPARATION, (("on", row.on.isoformat()),)))
