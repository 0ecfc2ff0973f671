"""What a pack says: the requirements of one board or agency as dated, cited values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.model import Completion, Facts, Truth, Window
from rules.periods import Length
from rules.standing import Measure, PoolRole


class Confidence(StrEnum):
    """How well a value is known. Only the first three may decide anything."""

    OFFICIAL = "official"  # read on a page of the board or another state body
    SECONDARY = "secondary"  # read on a republisher of the text or a third party
    AGENCY = "agency"  # the agency's own rule
    PATTERN = "pattern"  # seen as a habit, never a rule
    UNVERIFIED = "unverified"  # not seen


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value can be read. ``supports`` names the parts of the requirement it stands for."""

    title: str
    href: str
    retrieved: date
    supports: tuple[str, ...]
    confidence: Confidence


class Reckoned(StrEnum):
    """Which end of a window decides whether a dated value governs it."""

    WINDOW_START = "window-start"  # from the first full window that begins on or after the date
    WINDOW_END = "window-end"  # every window that ends on or after the date, running ones included


class Owed(StrEnum):
    """What a dated value says when it says no number."""

    NOTHING = "nothing"  # the duty has ended, or has not begun
    NOT_KNOWN = "not-known"  # there is a duty and its number was not seen


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """From ``since`` on this much is owed. Presence and events owe ``Decimal(0)``: the record, not its hours."""

    since: date
    reckoned: Reckoned
    amount: Decimal | Owed


RecordTest = Callable[[Completion], Truth]
PersonTest = Callable[[Facts], Truth]


@dataclass(frozen=True, slots=True)
class RecordCondition:
    """A test on a record, and the reason code a person reads when it fails or cannot be answered."""

    test: RecordTest
    fails: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Which records count and for how much. ``topics`` None: any. ``overlap``: hours may serve siblings too."""

    topics: frozenset[str] | None
    conditions: tuple[RecordCondition, ...] = ()
    surplus_of: tuple[str, ...] = ()
    overlap: bool = False
    discipline: str | None = None


# --- windows: one small value for each shape of clock -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LicensingCycle:
    """Once in each licensing cycle."""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Once in each calendar year."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """Again within ``every`` of the last completion; for each item of a person fact where ``item_fact`` is given."""

    every: Length
    item_fact: str | None = None
    item_record: str | None = None


@dataclass(frozen=True, slots=True)
class AtAllTimes:
    """Cards that must cover every day; after a leave of ``leave_days`` there are ``relief_days`` to renew."""

    covers: frozenset[str]
    leave_days: int | None = None
    relief_days: int | None = None


@dataclass(frozen=True, slots=True)
class AfterLeave:
    """Within ``within_days`` of returning from a leave of at least ``leave_days``."""

    leave_days: int
    within_days: int


@dataclass(frozen=True, slots=True)
class AfterSeparation:
    """Within ``within_days`` of returning after more than ``longer_than`` and less than ``shorter_than`` away."""

    longer_than: Length
    shorter_than: Length
    within_days: int


@dataclass(frozen=True, slots=True)
class Transition:
    """A date that replaces the start of an assignment which began before a duty existed."""

    when_fact: str
    is_value: bool
    due_on: date
    alternatives: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeAssignment:
    """Before the day an assignment starts, then again every ``repeat``; older assignments follow ``transitions``."""

    assignment: str
    since: date
    repeat: Length
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class CycleItself:
    """Reports the licensing cycle."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A credential lapses after more than ``after`` out of a position; after ``otherwise`` where ``unless`` holds."""

    after: Length
    unless: PersonTest | None = None
    otherwise: Length | None = None


@dataclass(frozen=True, slots=True)
class Unverified:
    """A duty that exists and whose rule was not seen."""


Clock = (
    LicensingCycle
    | CalendarYear
    | Rolling
    | AtAllTimes
    | AfterLeave
    | AfterSeparation
    | BeforeAssignment
    | CycleItself
    | Lapse
    | Unverified
)


@dataclass(frozen=True, slots=True)
class Deferral:
    """Windows that end from ``start`` to ``end``: the duty stands, its consequence does not."""

    start: date
    end: date
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One dated, cited duty. ``id`` never changes its meaning; ``short`` is what a person can say aloud."""

    id: str
    short: str
    label: str
    duty: str
    track: str
    measure: Measure
    clock: Clock
    applies: PersonTest
    amounts: tuple[DatedAmount, ...]
    counts: Counts
    consequence: str
    confidence: Confidence
    references: tuple[Reference, ...]
    reviewed_on: date
    reviewed_by: str
    verdicts: tuple[str, ...] = ()
    inside: str | None = None
    pool_role: PoolRole | None = None
    deferrals: tuple[Deferral, ...] = ()
    ask: str = ""
    file: str = ""

    @property
    def decides(self) -> bool:
        """Whether the rule is known well enough to judge anyone by."""
        return self.confidence not in {Confidence.UNVERIFIED, Confidence.PATTERN}

    @property
    def citation(self) -> str:
        """The titles of its references, strongest first as the pack lists them."""
        return "; ".join(reference.title for reference in self.references)

    def amount_for(self, window: Window) -> DatedAmount | None:
        """The value that governs a window; None before the first one. Later values win."""
        governing = None
        for dated in self.amounts:
            anchor = window.start if dated.reckoned is Reckoned.WINDOW_START else window.end
            if anchor >= dated.since:
                governing = dated
        return governing

    def deferred(self, window_end: date) -> bool:
        """Whether missing this window had no consequence."""
        return any(deferral.start <= window_end <= deferral.end for deferral in self.deferrals)


class CycleRule(StrEnum):
    """How a licensing cycle's dates are found when nobody gives them."""

    GIVEN = "given"  # the printed expiry is stored; nothing is computed
    HALF_YEAR = "certified-half-year"  # calendar years from the half-year of the certificate


@dataclass(frozen=True, slots=True)
class Cycle:
    """How this board dates its licensing cycle, and when leave makes the computed end uncertain."""

    rule: CycleRule
    years: int
    from_facts: tuple[str, ...] = ()
    leave_extends_after: Length | None = None


@dataclass(frozen=True, slots=True)
class NotEncoded:
    """A row of the source that is no requirement here, with the reason."""

    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Track:
    """A group of duties in one status answer, such as mandated by the state or by the agency's policy."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A versioned set of requirements; ``digest`` is over its files.

    ``topics`` maps every accepted name to the pack's own.

    ``covers`` says whose duties these are at all; a person it excludes has no line under this pack.
    ``owed_by`` says who of them owes anything yet, such as only the certified. ``asked_as`` maps further names by which
    people ask for a topic; a record under such a name does not count. ``effective_from``: the first day this version
    is meant for, where it says so.
    """

    id: str
    version: str
    state: str
    label: str
    cycle: Cycle
    requirements: tuple[Requirement, ...]
    topics: Mapping[str, str]
    general_topic: str
    topic_labels: Mapping[str, str]
    tracks: tuple[Track, ...]
    verdicts: tuple[str, ...]
    headline: tuple[str, ...]
    assumed: Mapping[str, tuple[str, ...] | str] = field(default_factory=dict)
    covers: PersonTest | None = None
    owed_by: PersonTest | None = None
    asked_as: Mapping[str, str] = field(default_factory=dict)
    not_encoded: tuple[NotEncoded, ...] = ()
    effective_from: date | None = None
    digest: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """Id and version, as a person reads it and as a result keeps it."""
        return f"{self.id}-{self.version}"

    def requirement(self, requirement_id: str) -> Requirement | None:
        return next((each for each in self.requirements if each.id == requirement_id), None)
