"""Which role may ask for what? One table, ``permissions.csv``; whatever it does not allow is refused."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from db.records.facts import Role

# The column of everybody whom the roster knows, whatever roles they hold.
ANYBODY = "anybody"


class Ask(StrEnum):
    """Everything that may be asked, in the order of the table."""

    OWN_RECORD = "own-record"
    OWN_LOOKS = "own-looks"  # who saw it
    OWN_EXPORT = "own-export"
    LINE_RECORD = "line-record"  # of somebody below in the line as of now
    LINE_LIST = "line-list"
    AGENCY_RECORD = "agency-record"
    AGENCY_LIST = "agency-list"
    AGENCY_FIGURES = "agency-figures"  # numbers of groups, nobody's name
    LOG = "log"
    RECORD_EXPORT = "record-export"  # of anybody whose record may be seen
    LIST_EXPORT = "list-export"
    ANALYTICS_EXPORT = "analytics-export"  # under pseudonyms
    RE_IDENTIFY = "re-identify"  # whose pseudonym is it
    BREAK_GLASS = "break-glass"
    CUSTODY = "custody"  # hears of every opening and signs that it was seen
    PROTECTED_RECORD = "protected-record"  # people in protected assignments, in lists and alone
    PROTECTED_DECISION = "protected-decision"  # names who else may see one of them
    ACCESS = "access"  # grants and ends roles, never one's own
    RECORD_CARE = (
        "record-care"  # what may be twice or wrong, how whole a history is, what came from elsewhere
    )
    REVIEW = "review"  # looks at what was sent and decides whether it goes on record, never about one's own
    REMINDER_RULES = "reminder-rules"  # enters the rules by which everybody is reminded
    RELEASE = "release"  # releases somebody's record to another employer of theirs
    TICKETS = "tickets"  # hears of what waits for a person, sees what was written to it, and answers
    KEPT_WORDS = "kept-words"  # lists and opens what people wrote and sent, lets go of it, puts it back
    SET_ASIDE = "set-aside"  # hides a kept item at once
    SECOND_PERSON = "second-person"  # confirms or refuses what another asked for
    HOLD = "hold"  # says that nothing of something may go


class Permission(StrEnum):
    """What a cell says."""

    NO = "no"
    YES = "yes"
    PURPOSE = "purpose"  # only with a stated matter
    STAND_IN = "stand-in"  # only while nobody holds the role records


@dataclass(frozen=True, slots=True)
class PermissionTable:
    """The cells that allow something, by column and ask; a cell that is not there is no."""

    cells: Mapping[tuple[str, Ask], Permission]

    def leaves(self, columns: Iterable[str], ask: Ask) -> frozenset[Permission]:
        """What these columns together say: the union, without no."""
        return frozenset(
            leave
            for column in columns
            if (leave := self.cells.get((column, ask), Permission.NO)) is not Permission.NO
        )


def read(lines: Iterable[str]) -> PermissionTable:
    """The table from its rows. ValueError for a row, column or cell that nobody knows: a slip must not allow."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    cells: dict[tuple[str, Ask], Permission] = {}
    for row in rows:
        ask = Ask(row.pop("ask"))
        for column, cell in row.items():
            name = column if column == ANYBODY else Role(column).value
            cells[name, ask] = Permission(cell)
    missing = {(column, ask) for column in (ANYBODY, *Role) for ask in Ask} - cells.keys()
    if missing:
        raise ValueError(f"the table of permissions says nothing of {sorted(missing)}")
    return PermissionTable(MappingProxyType(cells))


@cache
def shipped() -> PermissionTable:
    """The table of this release."""
    return read(files("training").joinpath("permissions.csv").read_text(encoding="utf-8").splitlines())
