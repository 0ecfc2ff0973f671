"""What would importing one file write? A plan as plain values: shown, reported and written from the same rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from db.records.facts import Fact
from db.records.imports import RowFate
from reading.tables.codes import RowReason
from reading.tables.preview import Preview, TableKind
from training.imports.completeness import YearOfHistory

# Stands for the instant of writing, which nobody knows while a plan is looked at.
WHEN_WRITTEN = datetime(1, 1, 1, tzinfo=UTC)


class PlanCode(StrEnum):
    """Reasons that only a look at the record can give; the reader's own are ``RowCode``. Said as ``row-<code>``."""

    # Rejected.
    BADGE_UNKNOWN = "badge-unknown"  # badge
    EMAIL_UNKNOWN = "email-unknown"  # email: nobody's, or more than one person's
    UNIT_UNKNOWN = "unit-unknown"  # unit
    BADGE_SHARED = "badge-shared"  # badge: two people on file hold it now
    BADGE_TWICE = "badge-twice"  # badge, line: another row of the file says otherwise
    BADGE_OF_ANOTHER = "badge-of-another"  # badge, name: it would change hands
    PERSON_PERHAPS_KNOWN = "person-perhaps-known"  # name, badge: on file under another badge
    DATE_NEEDED = "date-needed"  # column: a completion without a day cannot be kept
    CORRECTS_UNCLEAR = (
        "corrects-unclear"  # count: several sessions of one class, and which one changed is not clear
    )
    CORRECTED_BY_HAND = "corrected-by-hand"  # a person corrected this record; a file does not undo that
    # Skipped.
    WINDOW_YEARLY = "window-yearly"  # card: reckoned from the rules, not from the state's list
    WINDOW_CLOSED = "window-closed"  # card
    ACTION_ELSEWHERE = "action-elsewhere"  # agency
    CLASS_NOT_ON_FILE = "class-not-on-file"  # it is cancelled, and was never on the calendar
    ACTION_NOT_USED = "action-not-used"  # action
    # Noted.
    CORRECTED_SINCE = "corrected-since"  # the row came before and what it said has been corrected
    WITHDRAWN_SINCE = "withdrawn-since"
    DUPLICATE_ON_FILE = "duplicate-on-file"  # taken both ways: it repeats a record under another number
    TOPICS_FROM_TITLE = "topics-from-title"  # topics
    CLASS_WITHOUT_TOPIC = "class-without-topic"
    STATUS_ASSUMED = "status-assumed"
    FACT_LEFT_OUT = "fact-left-out"  # column, value
    SUPERVISOR_UNKNOWN = "supervisor-unknown"  # badge
    SUPERVISOR_CIRCLE = "supervisor-circle"  # badge
    ADDRESS_SHARED = "address-shared"  # line: nobody can be recognised by it
    BADGE_CHANGED = "badge-changed"  # old, new
    NEW_EMPLOYMENT = "new-employment"  # on
    ACTION_ENDS = "action-ends"  # on
    ACTION_APPOINTS = "action-appoints"  # on


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, of the reader or of the plan."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


def why(code: PlanCode, **facts: str) -> Why:
    """A reason of the plan."""
    return Why(code.value, tuple(facts.items()))


def whys(reasons: Iterable[RowReason]) -> tuple[Why, ...]:
    """Reasons of the reader."""
    return tuple(Why(reason.code.value, reason.facts) for reason in reasons)


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would be another."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Add:
    """A fact the record does not hold. Ids below zero stand for people and units that the same plan makes."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Replace:
    """A fact in the place of an earlier one."""

    kept_id: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A fact that is taken back."""

    kept_id: int
    kind: type[Fact]


Write = Add | Replace | Withdraw


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the file, what becomes of it and why."""

    line: int
    badge_number: str
    fate: RowFate
    because: tuple[Why, ...] = ()  # of a rejection or a skip
    notes: tuple[Why, ...] = ()  # what should be seen, doubts first
    changes: tuple[Change, ...] = ()
    writes: tuple[Write, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedUnit:
    """A unit the agency has not had, or has elsewhere in its tree. ``because`` names whose line placed it."""

    name: str
    parent: str | None
    write: Write


@dataclass(frozen=True, slots=True)
class OnFile:
    """A person as a report names one."""

    badge_number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole import of one file, before anything is written."""

    preview: Preview
    today: date
    known_at: int = 0  # the sequence it rests on; 0: there was no agency yet
    rows: tuple[PlannedRow, ...] = ()
    units: tuple[PlannedUnit, ...] = ()
    years: tuple[
        YearOfHistory, ...
    ] = ()  # how complete the file's history is, titles that name topics included
    missing: tuple[OnFile, ...] = ()  # of a roster: on file, and not in this one
    not_in_file: int = 0  # records that earlier files brought for these people and this one does not hold
    asked_for: int = 0  # of a calendar: people with requests for classes that it cancels, moves or calls full

    @property
    def kind(self) -> TableKind:
        return self.preview.kind

    @property
    def ready(self) -> bool:
        """Whether a person may confirm it: nothing refused, nothing left to ask."""
        return self.preview.ready

    @property
    def writes(self) -> int:
        """How many facts would be written for the rows."""
        return sum(len(row.writes) for row in self.rows) + len(self.units)

    def count(self, fate: RowFate) -> int:
        """How many rows have a fate."""
        return sum(1 for row in self.rows if row.fate is fate)

    def of(self, fate: RowFate) -> tuple[PlannedRow, ...]:
        """The rows with a fate, in the order of the file."""
        return tuple(row for row in self.rows if row.fate is fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenImport:
    """What an import left in the record."""

    facts: int
    people: int
    at: datetime | None  # None: nothing was written


@dataclass(slots=True)
class RowInPlan:
    """A row while its plan is being made."""

    line: int
    badge_number: str
    because: list[Why] = field(default_factory=list)
    notes: list[Why] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    doubtful: bool = False

    def done(self, fate: RowFate | None = None) -> PlannedRow:
        """The finished row; without a word its fate follows from what it would write."""
        if fate is None:
            fate = RowFate.REJECTED if self.because else _fate(self.writes)
        kept = fate in (RowFate.ACCEPTED, RowFate.CORRECTED)
        return PlannedRow(
            line=self.line,
            badge_number=self.badge_number,
            fate=fate,
            because=tuple(self.because),
            notes=tuple(self.notes),
            changes=tuple(self.changes) if kept else (),
            writes=tuple(self.writes) if kept else (),
            doubtful=self.doubtful and fate is not RowFate.REJECTED,
        )


def _fate(writes: list[Write]) -> RowFate:
    if not writes:
        return RowFate.UNCHANGED
    return RowFate.CORRECTED if any(not isinstance(write, Add) for write in writes) else RowFate.ACCEPTED
