"""What else does a roster row say of a person? Kind, position, status, and facts in columns of its own."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.records.facts import Employment
from reading.tables.cellreader import kebab
from reading.tables.codes import FileQuestion
from reading.tables.datecolumn import DateColumn
from reading.tables.history import NO, YES
from reading.tables.preview import Preview
from reading.tables.rows import RosterRow
from training.imports.register import SEPARATED

CIVILIAN = "civilian"
OFFICER = "officer"
SWORN_POSITION = "police-officer"
RESERVE_POSITION = "reserve-officer"
# Words for "works here" that say no more than that.
ACTIVE = frozenset({"active", "current", "employed", "full-time", "fulltime", "on-duty", "regular", "a"})
ACTIVE_STATUS = "active"
GONE = "separated"

DATES = frozenset(
    {
        "licensed_on", "separated_on", "returned_on", "certified_on", "basic_certified_on", "basic_completed_on",
        "basic_training_completed_on", "basic_attended_on", "entry_level_completed_on",
    }
)  # fmt: skip
WORDS = frozenset(
    {
        "may_pursue", "required_to_carry", "extension_waiver", "rank_tier", "certificate_level", "officer_class",
        "unit_of_cycle", "cycle_source",
    }
)  # fmt: skip

_CIVILIAN = re.compile(r"\b(?:civ|civln|civilian|non-?sworn)\b", re.IGNORECASE)
_CIVILIAN_POSITION = re.compile(
    r"telecommunicator|dispatch|call-taker|records|clerk|civilian|attorney|analyst|coordinator|administrator"
    r"|assistant|technician|property|community-service"
)
_RESERVE = re.compile(r"\breserve\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extras:
    """Facts from columns the reader has no name for. ``left_out``: column and cell that could not be read."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    licensed_on: date | None = None
    separated_on: date | None = None
    left_out: tuple[tuple[str, str], ...] = ()


NO_EXTRAS = Extras()


def read_extras(preview: Preview, today: date) -> Mapping[int, Extras]:
    """By line. A date column nobody can settle by its own cells is left out and said so; nothing is guessed."""
    cells: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    headers: dict[str, str] = {}
    for accepted in preview.rows:
        for header, cell in accepted.extra:
            name = kebab(header).replace("-", "_")
            if name in DATES or name in WORDS:
                headers[name] = header
                cells[name].append((accepted.line, cell.strip()))
    facts: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    days: defaultdict[int, dict[str, date]] = defaultdict(dict)
    left_out: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, column in cells.items():
        if name in WORDS:
            for line, cell in column:
                facts[line][name] = _word(cell)
            continue
        dates = DateColumn(name, headers[name], None, today)
        unsettled = isinstance(dates.settle(column), FileQuestion)
        for line, cell in column:
            day = None if unsettled else dates.read(cell).day
            if day is None:
                left_out[line].append((headers[name], cell))
            else:
                days[line][name] = day
                if name != "licensed_on":
                    facts[line][name] = day.isoformat()
    lines = facts.keys() | days.keys() | left_out.keys()
    return {
        line: Extras(
            facts.get(line, {}),
            days.get(line, {}).get("licensed_on"),
            days.get(line, {}).get("separated_on"),
            tuple(left_out.get(line, ())),
        )
        for line in lines
    }


def _word(cell: str) -> bool | str:
    word = " ".join(cell.casefold().split())
    return True if word in YES else False if word in NO else kebab(cell)


def status_of(word: str | None) -> str | None:
    """The evaluator's word for a roster's; None when the roster says nothing."""
    if word is None:
        return None
    if word in ACTIVE:
        return ACTIVE_STATUS
    return GONE if word in SEPARATED else word


def kind_of_person(row: RosterRow, kept: Employment | None) -> str:
    """Officer or civilian: by role, else by position, else by rank, else as it was, else sworn."""
    if CIVILIAN in row.roles or OFFICER in row.roles:
        return CIVILIAN if CIVILIAN in row.roles else OFFICER
    if row.position is not None:
        return CIVILIAN if _CIVILIAN_POSITION.search(row.position) else OFFICER
    if row.rank is not None and _CIVILIAN.search(row.rank):
        return CIVILIAN
    return kept.kind if kept is not None else OFFICER


def is_civilian_post(title: str) -> bool:
    """Whether a job title names a post that no officer holds."""
    return _CIVILIAN_POSITION.search(kebab(title)) is not None or _CIVILIAN.search(title) is not None


def position_of(row: RosterRow, kind: str, kept: Employment | None) -> str:
    """The post; where the roster has no such column it follows from kind and rank."""
    if row.position is not None:
        return row.position
    if kept is not None:
        return kept.position
    if kind == CIVILIAN:
        return kebab(row.rank or "") or CIVILIAN
    return RESERVE_POSITION if _RESERVE.search(row.rank or "") else SWORN_POSITION
