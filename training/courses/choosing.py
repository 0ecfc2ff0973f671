"""Which class should somebody take, and what does each one found close for them? From their standing, by the rules:
each class is played through as if it were on record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from db.queries import agencies, evaluation
from db.records.courses import CourseOffering
from db.records.facts import PersonFacts
from messages.lines import STILL_OWED, runs_out
from reading.tables.keys import same_title
from rules.case import plain
from rules.model import Completion
from rules.standing import LineState, Measure, Place, Standing, StandingLine
from training.asking import Question
from training.courses import seats
from training.courses.offerings import Offering, WantedClasses, numbers_of, search, upcoming
from training.courses.shifts import ShiftsAround, shifts_around
from training.packs import taken_up
from training.shifts.calendars import calendars
from training.standings.compliance import judged_under, rules_on
from training.standings.duties import lines_about
from training.standings.person_facts import completion_of

# What runs out within so many days is taken up again with a class; until then there is time.
RENEWED_AHEAD = timedelta(days=90)
_HELD = frozenset({Measure.CARD, Measure.EVENT})
# What a supposed record is called while a class is played through.
_SUPPOSED = "supposed"


class RegistrationClosed(StrEnum):
    """Why nobody can register for a class any more; the catalogue holds ``class-closed-<code>`` for each."""

    FULL = "full"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Served:
    """One open line that a class is good for. ``hours`` are those it adds, None where hours are not the measure.

    ``closes``: nothing of the line is left after it.
    """

    line: StandingLine
    hours: Decimal | None
    closes: bool

    @property
    def due_on(self) -> date:
        """The day of the line; of a date that may be another the earlier one."""
        return min(
            (each for each in (self.line.due_on, *self.line.due_on_alternatives) if each), default=date.max
        )

    @property
    def needed(self) -> Decimal:
        """How much the line lacks: hours, or the one time that it asks for."""
        left = self.line.hours_left
        return Decimal(1) if left is None else left

    @property
    def given(self) -> Decimal:
        """How much of it the class gives."""
        return Decimal(1) if self.hours is None else self.hours


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChoice:
    """One class as it is for one person. ``serves`` are the lines that are open and that it comes in time for.

    ``left`` are its seats, None where nobody said how many. ``late_for`` are lines whose day is over before the class.
    """

    offering: CourseOffering
    serves: tuple[Served, ...]
    around: ShiftsAround
    left: int | None
    closed: RegistrationClosed | None = None
    late_for: tuple[StandingLine, ...] = ()

    @property
    def due_on(self) -> date:
        """The first day by which it is needed."""
        return min((each.due_on for each in self.serves), default=date.max)

    @property
    def can_be_taken(self) -> bool:
        """Whether a seat can still be had, and whoever it is for is not on leave."""
        return self.closed is None and not self.around.on_leave


@dataclass(frozen=True, slots=True)
class Choices:
    """The classes for an answer, best first. ``any_listed``: there is any class to come at all."""

    best: tuple[ClassChoice, ...]
    standing: Standing | None
    any_listed: bool


def chosen(question: Question) -> Choices:
    """What somebody should take: for each thing that is open the class that fits best, none of them twice.

    A class that gives nothing which those before it have not given is left out.
    """
    judging = _Judging.of(question)
    listed = _upcoming(question)
    if judging is None:
        return Choices((), None, bool(listed))
    choices = sorted(
        (each for each in _choices(question, judging, listed) if each.serves and each.can_be_taken), key=_rank
    )
    wanted: dict[Place, Decimal] = {}
    taken: set[tuple[str, str]] = set()
    best = []
    for each in choices:
        course = (same_title(each.offering.title), each.offering.course_number)
        gives = {served.line.place: served for served in each.serves}
        open_still = [place for place, served in gives.items() if wanted.setdefault(place, served.needed) > 0]
        if course in taken or not open_still:
            continue
        for place in open_still:
            wanted[place] -= gives[place].given
        taken.add(course)
        best.append(each)
    return Choices(tuple(best), judging.standing, bool(listed))


def found(question: Question, wanted: WantedClasses) -> Choices:
    """The classes that somebody describes, those that can be taken first, in the order of their days."""
    judging = _Judging.of(question)
    listed = _upcoming(question)
    choices = _choices(question, judging, search(listed, wanted))
    in_order = sorted(
        choices, key=lambda each: (not each.can_be_taken, bool(each.late_for), each.offering.starts_on)
    )
    return Choices(tuple(in_order), None if judging is None else judging.standing, bool(listed))


def choices_of(question: Question, offerings: Sequence[Offering]) -> tuple[ClassChoice, ...]:
    """These classes as they are for the asker, in the order given."""
    return _choices(question, _Judging.of(question), offerings)


def is_anything_open(standing: Standing, today: date) -> bool:
    """Whether anything is owed, or runs out soon, for which a class could be taken."""
    until = today + RENEWED_AHEAD
    return any(line.state in STILL_OWED or _runs_out(line, today, until) for line in standing.lines)


def _upcoming(question: Question) -> tuple[Offering, ...]:
    zone = agencies.agency(question.conn, question.agency_id).fact.time_zone
    return upcoming(question.conn, question.agency_id, question.asker.now, zone)


def _rank(choice: ClassChoice) -> tuple[date, bool, bool, date, int]:
    """By the day of what it closes, what it closes wholly before what it only adds to, with rest before without."""
    return (
        choice.due_on,
        not any(each.closes for each in choice.serves),
        not choice.around.is_rested,
        choice.offering.starts_on,
        choice.offering.number,
    )


def _choices(
    question: Question, judging: "_Judging | None", offerings: Sequence[Offering]
) -> tuple[ClassChoice, ...]:
    conn, agency_id, asker = question.conn, question.agency_id, question.asker
    taken = seats.taken(conn, agency_id, numbers_of(offerings))
    calendar = calendars(conn, agency_id, {asker.person_id: asker.time_zone}, asker.now)[asker.person_id]
    return tuple(
        _choice(question, judging, each.fact, shifts_around(each.fact, calendar), taken[each.fact.number])
        for each in offerings
    )


def _choice(
    question: Question, judging: "_Judging | None", offering: CourseOffering, around: ShiftsAround, held: int
) -> ClassChoice:
    served = () if judging is None else judging.serves(offering)
    left = seats.left(offering, held)
    closed = RegistrationClosed.FULL if left == 0 else None
    if offering.register_by is not None and offering.register_by < question.today:
        closed = RegistrationClosed.DEADLINE
    in_time = tuple(each for each in served if _in_time(each, offering))
    return ClassChoice(
        offering=offering,
        serves=in_time,
        around=around,
        left=left,
        closed=closed,
        late_for=tuple(each.line for each in served if each not in in_time),
    )


def _in_time(served: Served, offering: CourseOffering) -> bool:
    """Whether the class is over by the day of the line. What is overdue is never too late to be made good."""
    return served.line.state is LineState.OVERDUE or offering.ends_on <= served.due_on


class _Judging:
    """One person's record, read once and judged again with each class, as if it were taken today: whether it comes in
    time for a line is asked of the day of the line."""

    def __init__(self, question: Question, person: PersonFacts) -> None:
        conn, agency_id = question.conn, question.agency_id
        kept = evaluation.completions_for(conn, agency_id, [person.person_id]).get(person.person_id, ())
        self._shelf = question.shelf
        self._today = question.today
        self._rules = rules_on(question.shelf, taken_up(conn, agency_id), question.today)
        self._person = person
        self._records = tuple(completion_of(each) for each in kept)
        self._head = question.asker.head_seq
        self.standing = self._judged()
        self._open = [line for line in self.standing.lines if line.state in STILL_OWED]
        until = question.today + RENEWED_AHEAD
        self._soon = [line for line in self.standing.lines if _runs_out(line, question.today, until)]

    @classmethod
    def of(cls, question: Question) -> "_Judging | None":
        """None for somebody whom the agency does not employ."""
        person_id = question.asker.person_id
        person = evaluation.facts_for(question.conn, question.agency_id, [person_id]).get(person_id)
        return None if person is None else cls(question, person)

    def _judged(self, *extra: Completion) -> Standing:
        return judged_under(self._rules, self._person, (*self._records, *extra), self._head).standing

    def serves(self, offering: CourseOffering) -> tuple[Served, ...]:
        """The lines that are open, or run out soon, and that the class does something for."""
        about = {line.place for line in lines_about(self._shelf, self.standing, offering.topics)}
        judged = self._judged(_as_record(offering, self._today)).lines
        after = {line.place: line for line in judged}
        unfinished = _around_what_is_open(judged)
        found = [_served(line, after.get(line.place), line.place in about, unfinished) for line in self._open]
        renewed = [
            Served(line, None, True) for line in self._soon if _is_renewed(line, after.get(line.place), about)
        ]
        return (*(each for each in found if each is not None), *renewed)


def _served(
    line: StandingLine,
    after: StandingLine | None,
    is_about: bool,
    unfinished: Collection[str],
) -> Served | None:
    if line.measure in _HELD:
        # Whoever gives the class hands out a card or a test sheet; no record of hours alone does that.
        return Served(line, None, True) if is_about else None
    if after is None:
        return None
    added = (after.hours_counted or Decimal(0)) - (line.hours_counted or Decimal(0))
    closes = after.state is LineState.MET and line.requirement not in unfinished
    if added > 0:
        return Served(line, added, closes)
    return Served(line, None, closes) if closes or is_about else None


def _around_what_is_open(lines: Sequence[StandingLine]) -> frozenset[str]:
    """Totals inside which something is still owed: hours enough do not close them."""
    inside = {line.requirement: line.inside for line in lines}
    found: set[str] = set()
    for line in lines:
        above = line.inside if line.state in STILL_OWED else None
        while above is not None and above not in found:
            found.add(above)
            above = inside.get(above)
    return frozenset(found)


def _as_record(offering: CourseOffering, day: date) -> Completion:
    """The class as a record. What nobody has said about approval is not held against it, and is said."""
    topics = frozenset(plain(topic) for topic in offering.topics)
    facts: dict[str, str | bool | Decimal] = {"passed": True}
    if offering.delivery:
        facts["delivery"] = plain(offering.delivery)
    return Completion(
        _SUPPOSED,
        day,
        offering.hours,
        topics,
        {plain(topic): hours for topic, hours in offering.topic_hours.items()} or None,
        offering.title,
        offering.board_approved is not False,
        facts=facts,
    )


def _runs_out(line: StandingLine, today: date, until: date) -> bool:
    return runs_out(line, today) and line.due_on is not None and line.due_on <= until


def _is_renewed(line: StandingLine, after: StandingLine | None, about: Collection[Place]) -> bool:
    if line.measure in _HELD:
        return line.place in about
    later = None if after is None else after.due_on
    return later is not None and line.due_on is not None and later > line.due_on
