"""What a pack says: the requirements of one board or agency as dated, cited values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.model import Completion, KnownFacts, Truth, Window
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


class UnsaidNumber(StrEnum):
    """What a dated value says when it says no number."""

    NOTHING = "nothing"  # the duty has ended, or has not begun
    NOT_KNOWN = "not-known"  # there is a duty and its number was not seen
    NOT_LOADED = (
        "not-loaded"  # set window by window, and this window's was not seen: hours add up, nobody is judged
    )
    AS_DECIDED = "as-decided"  # a decision about the person says how much


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """From ``since`` on this much is owed. Presence and events owe ``Decimal(0)``: the record, not its hours.

    ``settled`` False: the sources leave open whether it governs these windows, so it can be met and not missed; ``ask``
    says what to ask.
    """

    since: date
    reckoned: Reckoned
    amount: Decimal | UnsaidNumber
    settled: bool = True
    ask: str = ""


RecordTest = Callable[[Completion], Truth]
PersonTest = Callable[[KnownFacts], Truth]


@dataclass(frozen=True, slots=True)
class RecordCondition:
    """A test on a record, and the reason code a person reads when it fails or cannot be answered.

    ``doubts``: the sources do not say what becomes of a record that fails, so it is doubtful and not refused.
    """

    test: RecordTest
    fails: str
    unknown: str
    doubts: bool = False


@dataclass(frozen=True, slots=True)
class ChoicePart:
    """At least ``hours`` in ``topics``; ``topics`` None: in anything, filled by what the other parts leave over."""

    topics: frozenset[str] | None
    hours: Decimal


@dataclass(frozen=True, slots=True)
class PartChoice:
    """Every one of ``must`` and so many (``choose``) of ``among``; a part counts up to its hours and no further."""

    must: tuple[ChoicePart, ...]
    among: tuple[ChoicePart, ...] = ()
    choose: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What a choice leaves: ``choose`` more of its parts, or hours in ``or_topics``; a mixture is not settled."""

    of: str
    choose: int
    or_topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Which records count and for how much. ``topics`` None: any. ``overlap``: hours may serve siblings too.

    ``without``: topics whose hours never count here; ``unsure``: topics of which nobody knows whether they do.
    ``absorbs``: topics that are taught as part of these, so that a record naming both is wholly of these.
    ``may_be_in``: topics whose records may hold this one without naming it.
    """

    topics: frozenset[str] | None
    conditions: tuple[RecordCondition, ...] = ()
    surplus_of: tuple[str, ...] = ()
    overlap: bool = False
    discipline: str | None = None
    without: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    absorbs: frozenset[str] = frozenset()
    may_be_in: frozenset[str] = frozenset()
    choice: PartChoice | None = None
    rest: Rest | None = None


# --- windows: one small value for each shape of clock -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LicensingCycle:
    """Once in each licensing cycle."""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Once in each calendar year; for each item of a person fact where ``item_fact`` is given.

    An assignment named ``item_assignment`` and the item says since when the person has it.
    """

    item_fact: str | None = None
    item_record: str | None = None
    item_assignment: str = ""


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
class BeforeReturn:
    """Before the first day of duty after a break of ``at_least`` and less than ``shorter_than``, from ``since`` on."""

    at_least: Length
    since: date
    shorter_than: Length | None = None


@dataclass(frozen=True, slots=True)
class MakeUp:
    """What a waiver of a year of ``of`` puts off: on top of the next year's hours, or booked to the waived year."""

    of: str


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
    | BeforeReturn
    | MakeUp
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


class ExcuseRule(StrEnum):
    """Which windows of a person an excuse is for."""

    YEAR_OF = "year_of"  # that hold the day of the fact
    JOINED_IN = "joined_in"  # in the midst of which the day of the fact lies
    BEFORE = "before"  # that end before the day of the fact; all of them when it is known not to have come
    UNAPPOINTED = "unappointed"  # in which the person held no appointment
    UNTIL = "until"  # that end by a day, for people of whom ``when`` is yes


@dataclass(frozen=True, slots=True)
class Excuse:
    """Windows that owe nothing, or of which the sources leave that open (``settled`` False, with what to ask)."""

    rule: ExcuseRule
    because: str
    settled: bool = True
    facts: tuple[str, ...] = ()
    when: PersonTest | None = None
    until: date | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Grace:
    """Windows that end from ``start`` to ``end``: so many days late were tolerated without a written rule."""

    start: date
    end: date
    days: int
    reference: str


class Concerns(StrEnum):
    """Whom a requirement binds."""

    PERSON = "person"
    AGENCY = "agency"  # a condition of money or of a report: answered under its own verdict, never held against anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One dated, cited duty. ``id`` never changes its meaning; ``short`` is what a person can say aloud.

    ``owed_to`` names another body whose duty it is: listed, never judged. ``waived_with`` is the requirement that lists
    what a waiver of one of its years puts off. ``late_only_extended``: hours dated after a year count
    in it only under an extension, and then not in their own year as well; an extension of a total is one of its parts.
    """

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
    excused: tuple[Excuse, ...] = ()
    grace: tuple[Grace, ...] = ()
    waived_with: str | None = None
    late_only_extended: bool = False
    concerns: Concerns = Concerns.PERSON
    owed_to: str = ""
    ask: str = ""
    file: str = ""

    @property
    def decides(self) -> bool:
        """Whether the rule is known well enough to judge anyone by, and is the board's or the agency's own."""
        return self.confidence not in {Confidence.UNVERIFIED, Confidence.PATTERN} and not self.owed_to

    @property
    def lives_on(self) -> tuple[str, ...]:
        """The requirements that have to be judged before this one, because it takes its hours from theirs."""
        made_up = (self.clock.of,) if isinstance(self.clock, MakeUp) else ()
        return (*self.counts.surplus_of, *made_up)

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

    def tolerated_days(self, window_end: date) -> int:
        """For how many days after this window late training was let pass without a written rule."""
        return max((each.days for each in self.grace if each.start <= window_end <= each.end), default=0)

    def deferred(self, window_end: date) -> bool:
        """Whether missing this window had no consequence."""
        return any(deferral.start <= window_end <= deferral.end for deferral in self.deferrals)


class CycleRule(StrEnum):
    """How a licensing cycle's dates are found when nobody gives them."""

    GIVEN = "given"  # the printed expiry is stored; nothing is computed
    HALF_YEAR = "certified-half-year"  # calendar years from the half-year of the certificate
    CALENDAR_YEAR = "calendar-year"  # there is no license that renews: the running calendar year


@dataclass(frozen=True, slots=True)
class Cycle:
    """How this board dates its licensing cycle, and when leave makes the computed end uncertain."""

    rule: CycleRule
    years: int
    from_facts: tuple[str, ...] = ()
    leave_extends_after: Length | None = None


@dataclass(frozen=True, slots=True)
class CreditRule:
    """How a board turns what was taught into hours, before any duty counts them.

    ``shortest``: a record of fewer hours is no block and gives none, but for those that pass ``shortest_unless``.
    ``once_by``: of the records that pass every ``once_where`` and name the same one, only the first counts, ever.
    """

    reference: str
    minutes: Decimal | None = None
    shortest: Decimal | None = None
    shortest_unless: tuple[RecordTest, ...] = ()
    once_by: str | None = None
    once_where: tuple[RecordTest, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedReport:
    """For windows that end on or after ``since``: due on this day of the next year; other texts' days beside it."""

    since: date
    month: int
    day: int
    alternatives: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """A clock of the agency's beside the person's own: for each record, or for each calendar year.

    A record is due ``record_days`` after it, or ``separated_days`` after a separation where that is earlier.
    """

    id: str
    label: str
    reference: str
    since: date
    record_days: int | None = None
    separated_days: int | None = None
    yearly: tuple[DatedReport, ...] = ()


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
    people ask for a topic; a record under such a name does not count. ``credit`` is how the board reckons hours, and
    ``reporting`` the agency's own clocks beside the duties. ``effective_from``: the first day this version is meant
    for, where it says so.
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
    credit: CreditRule | None = None
    reporting: tuple[Reporting, ...] = ()
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
