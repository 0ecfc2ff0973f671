"""What can one row of an agency's table say? One frozen class per kind of row."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class RowCredit(StrEnum):
    """Whether a history row may count; the rules decide toward what."""

    YES = "yes"
    NO = "no"
    DOUBTFUL = "doubtful"  # taken both ways


class PartTaken(StrEnum):
    """Which part the person had in a class, in the words of the rules' record facts."""

    ATTENDEE = "attendee"
    INSTRUCTOR = "instructor"


class Action(StrEnum):
    """What happened to an employment on a day."""

    HIRED = "hired"
    RESIGNED = "resigned"
    RETIRED = "retired"
    LAID_OFF = "laid-off"
    DISCHARGED = "discharged"
    DIED = "died"
    LEAVE = "leave"
    MILITARY_LEAVE = "military-leave"
    RETURNED = "returned"  # from leave
    PROMOTED = "promoted"
    DEMOTED = "demoted"
    RECLASSIFIED = "reclassified"
    TRANSFERRED = "transferred"
    INSTRUCTOR_APPROVED = "instructor-approved"  # a state's note that is no employment of its own
    OTHER = "other"


class RowWork(StrEnum):
    """What one span of a table of shifts is."""

    SHIFT = "shift"
    SWAP = "swap"
    OVERTIME = "overtime"
    COURT = "court"
    OFF = "off"
    CANCELLED = "cancelled"


class RowClassStatus(StrEnum):
    """Whether a class of a table takes place."""

    OPEN = "open"
    FULL = "full"
    CANCELLED = "cancelled"


LEAVE_ACTIONS = frozenset({Action.LEAVE, Action.MILITARY_LEAVE})
SEPARATIONS = frozenset({Action.RESIGNED, Action.RETIRED, Action.LAID_OFF, Action.DISCHARGED, Action.DIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadName:
    """A name as it is shown and as it is matched; the parts are a reading, ``display`` is what is said."""

    display: str
    family: str
    given: str
    middle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person of the agency."""

    badge_number: str
    name: ReadName
    email: str | None
    mobile_phone: str | None  # E.164
    rank: str | None
    unit: str | None
    supervisor_badge: str | None
    roles: tuple[str, ...]
    employment_status: str | None
    appointed_on: date | None
    state: str | None  # two letters
    license_number: str | None
    license_status: str | None
    cycle_start: date | None
    cycle_end: date | None
    position: str | None
    assignments: tuple[str, ...]
    time_zone: str | None
    history_complete_from: date | None
    history_whole: bool  # the column is in the file and the cell is empty: every record there is, is here
    directory_id: str | None = None  # of the person's entry in the Microsoft directory, in lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One class somebody took, taught, missed or is booked for."""

    badge_number: str
    course_title: str  # verbatim, cut or misspelt as it came
    completed_on: date | None
    hours: Decimal | None
    minutes: Decimal | None  # when the cell was given in minutes, so that thirds of an hour stay exact
    topics: tuple[str, ...]
    provider: str | None
    course_number: str  # text: leading zeros count
    board_approved: bool | None
    delivery: str | None
    status: str | None  # verbatim
    score: str | None
    firearm_type: str | None
    part: PartTaken
    credit: RowCredit


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRow:
    """One level of one certificate a state has granted, wants, or took back."""

    badge_number: str
    certificate: str
    level: str | None
    status: str | None
    held: bool | None  # None: the status does not say
    issued_on: date | None
    status_on: date | None
    expires_on: date | None
    probation_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One card with an expiry, such as first aid or CPR."""

    badge_number: str
    name: str  # verbatim
    covers: tuple[str, ...]
    issued_on: date | None
    expires_on: date | None
    number: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow:
    """One licensing cycle window as the state's own record has it."""

    badge_number: str
    name: str  # verbatim
    track: str  # basic, leadership ... as far as the name says
    years: int | None  # what the name promises; the dates may give more to someone who was on leave
    cycle_start: date
    cycle_end: date | None
    closed: bool  # the state closed the window instead of ending it


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRow:
    """One absence from duty."""

    badge_number: str
    starts_on: date
    ends_on: date | None  # last day of leave, as planned or known
    returned_on: date | None  # first day of duty again
    separated_on: date | None  # left the agency without coming back
    military: bool  # the only thing kept of the reason: the others may be about health
    agency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRow:
    """One duty a person holds from a day on."""

    badge_number: str
    assignment: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRow:
    """One thing that happened between a person and an employer."""

    badge_number: str
    on: date
    agency: str | None
    action: Action
    action_text: str  # verbatim
    rank: str | None
    classification: str | None
    assignment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """One span of somebody's calendar, by the clock on the wall there."""

    badge_number: str  # empty where the row names them by e-mail
    email: str | None
    kind: RowWork
    starts: datetime
    ends: datetime
    time_zone: str | None
    name: str | None  # what the calendar calls it, verbatim
    shift_id: str | None  # the calendar's own number of it


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRow:
    """One rotation, or one part of it with hours of its own, and whose it is."""

    badge_number: str  # empty where it is a unit's
    unit: str | None
    pattern: str
    first_day: date
    cycle_days: int
    works: tuple[str, ...]  # days of it, counted from 1
    starts: str  # HH:MM
    ends: str
    starts_on: date | None
    ends_on: date | None
    time_zone: str | None


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One day of a class, by the clock on the wall there; ``HH:MM``, empty where nobody said."""

    day: date
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """One class that can be taken."""

    title: str
    starts_on: date
    ends_on: date
    sessions: tuple[ReadSession, ...]
    time_zone: str | None
    place: str | None
    provider: str | None
    course_number: str  # text: leading zeros count
    topics: tuple[str, ...]
    hours: Decimal | None
    delivery: str | None
    seats: int | None
    cost: Decimal | None
    register_by: date | None
    board_approved: bool | None
    link: str | None
    status: RowClassStatus
    course_id: str | None  # the calendar's own number of it
    topic_hours: tuple[tuple[str, Decimal], ...] = ()
    miles: int | None = None
    miles_source: str | None = None


Row = (
    RosterRow
    | HistoryRow
    | CertificationRow
    | CardRow
    | CycleRow
    | LeaveRow
    | AssignmentRow
    | EmploymentRow
    | ShiftRow
    | PatternRow
    | CourseRow
)
