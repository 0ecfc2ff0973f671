"""What is said about one person on one day: the same however often it is asked, each step once, nothing too early."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from db.records.facts import AgencyId
from db.records.reminders import CaseEnd, CaseKey, ReminderCase
from rules.standing import LineState, Measure, Standing, StandingLine, StandingWord
from training.reminders.agenda import Agenda, PersonReminders, Today, agenda_of
from training.reminders.cases import Level
from training.reminders.rules import Escalation, ReminderRules, shipped

BEGINS = date(2027, 1, 4)
DUE = BEGINS + timedelta(days=100)
TAKEN_TOGETHER = {"0", "1", "7", "14", "30", "60", "90"}


def a_line(
    due_on: date | None = DUE,
    state: LineState = LineState.OPEN,
    *,
    requirement: str = "renewal",
    window: str | None = "2024/2027",
    left: str | None = None,
) -> StandingLine:
    return StandingLine(
        requirement=requirement,
        short=requirement,
        label=requirement,
        track="license",
        pack="mn",
        measure=Measure.EVENT if left is None else Measure.HOURS,
        state=state,
        decides=True,
        window=window,
        hours_counted=None if left is None else Decimal(0),
        hours_required=None if left is None else Decimal(left),
        due_on=due_on,
    )


@dataclass
class Walk:
    """One person through the days. ``said`` are the steps by their day; ``past`` who heard of it beside them."""

    rules: ReminderRules = field(default_factory=shipped)
    without: tuple[str, ...] = ()
    lost: bool = False
    known: tuple[ReminderCase, ...] = ()
    told: set[tuple[CaseKey, str]] = field(default_factory=set)
    said: list[tuple[date, str]] = field(default_factory=list)
    past: list[tuple[date, Level]] = field(default_factory=list)

    def on(self, day: date, *lines: StandingLine, present: bool = True) -> Agenda:
        """The agenda of a day, done."""
        agenda = agenda_of(self._on_file(day, lines, present=present), self._today(day))
        kept = {each.key: each for each in self.known} | {each.key: each for each in agenda.kept}
        self.known = tuple(kept.values())
        self.told |= {(each.case.key, each.name) for each in agenda.new}
        self.told |= {(each.case.key, each.level.value) for each in agenda.raised}
        self.said += [(day, each.name) for each in agenda.new]
        self.past += [(day, each.level) for each in agenda.raised]
        return agenda

    def _on_file(self, day: date, lines: tuple[StandingLine, ...], *, present: bool) -> PersonReminders:
        standing = Standing(
            as_of=day,
            word=StandingWord.NOT_YET,
            compliant=None,
            headline=None,
            percent=None,
            lines=lines,
            verdicts=(),
            next_change_on=None,
            packs=("mn",),
            engine="test",
        )
        return PersonReminders(
            agency_id=AgencyId(1),
            person_id=7,
            standing=standing if present else None,
            known=self.known,
            told=frozenset(self.told),
            without=self.without,
        )

    def _today(self, day: date) -> Today:
        at = datetime.combine(day, time(9), UTC)
        return Today(day=day, at=at, zone="UTC", rules=self.rules, is_license=lambda _: self.lost)


def late(line: StandingLine, day: date) -> StandingLine:
    """The line as it stands on a day when nothing is done."""
    over = line.due_on is not None and line.due_on < day
    return line._replace(state=LineState.OVERDUE) if over else line


def test_a_walk_through_every_day_says_each_step_on_its_day() -> None:
    walk = Walk()
    for each in range(120):
        day = BEGINS + timedelta(days=each)
        walk.on(day, late(a_line(), day))
    assert [((DUE - day).days, name) for day, name in walk.said] == [
        *((each, str(each)) for each in (90, 60, 30, 14, 7, 1, 0)),
        *((-each, f"overdue+{each}") for each in (1, 8, 15)),
    ]


@given(
    days=st.lists(st.integers(0, 200), min_size=1, max_size=12, unique=True).map(sorted),
    hours=st.sampled_from([None, "4", "16.5", "40"]),
    without=st.sets(st.sampled_from(["90", "30", "0"])),
    notice=st.booleans(),
)
def test_whatever_days_it_runs_on_nothing_is_said_twice(
    days: list[int], hours: str | None, without: set[str], notice: bool
) -> None:
    rules = replace(shipped(), escalation=replace(shipped().escalation, notice_on=BEGINS if notice else None))
    walk = Walk(rules, tuple(without))
    for each in days:
        day = BEGINS + timedelta(days=each)
        line = late(a_line(left=hours), day)
        first = walk.on(day, line)
        assert walk.on(day, line).says_nothing
        assert len([name for name in (step.name for step in first.new) if name != "pace"]) <= 1
    names = [name for _, name in walk.said]
    assert len(names) == len(set(names))
    assert not without.intersection(names)
    for day, name in walk.said:
        if name in TAKEN_TOGETHER:
            assert (DUE - day).days <= int(name)
    assert all(case.next_on is None or case.next_on > day for case in walk.known)


@given(days=st.lists(st.integers(0, 130), min_size=1, max_size=10, unique=True).map(sorted))
def test_the_next_day_that_is_kept_is_never_too_late(days: list[int]) -> None:
    """Looked at on the kept days alone, as much is said as with a look on every day."""
    every, kept = Walk(), Walk()
    for each in range(131):
        day = BEGINS + timedelta(days=each)
        every.on(day, late(a_line(left="16.5"), day))
        if not kept.known or any(case.next_on is not None and case.next_on <= day for case in kept.known):
            kept.on(day, late(a_line(left="16.5"), day))
    assert kept.said == every.said
    assert days


def test_what_is_met_ends_and_what_opens_again_is_another_episode() -> None:
    walk = Walk()
    walk.on(DUE - timedelta(days=60), a_line())
    walk.on(DUE - timedelta(days=50), a_line(state=LineState.MET))
    assert [each.closed for each in walk.known] == [CaseEnd.MET]
    walk.on(DUE - timedelta(days=40), a_line())
    assert [(each.key.episode, each.closed) for each in walk.known] == [(0, CaseEnd.MET), (1, None)]
    assert [name for _, name in walk.said] == ["60", "60"]


def test_a_date_that_moves_ends_the_old_case_and_says_only_the_step_that_was_missed_last() -> None:
    walk = Walk()
    walk.on(DUE - timedelta(days=60), a_line())
    sooner = DUE - timedelta(days=50)
    walk.on(DUE - timedelta(days=59), a_line(sooner))
    assert [(each.key.due_on, each.closed) for each in walk.known] == [(DUE, CaseEnd.MOVED), (sooner, None)]
    assert [name for _, name in walk.said] == ["60", "14"]


def test_whoever_is_excused_or_has_left_is_reminded_of_nothing() -> None:
    walk = Walk()
    walk.on(DUE - timedelta(days=60), a_line())
    walk.on(DUE - timedelta(days=59), a_line(state=LineState.EXEMPT))
    assert [each.closed for each in walk.known] == [CaseEnd.EXCUSED]
    other = Walk()
    other.on(DUE - timedelta(days=60), a_line())
    other.on(DUE - timedelta(days=59), present=False)
    assert [each.closed for each in other.known] == [CaseEnd.LEFT]


def test_what_cannot_be_checked_or_is_met_for_its_window_is_not_spoken_of() -> None:
    walk = Walk()
    met = a_line(state=LineState.MET)
    unchecked = a_line(state=LineState.UNCHECKED, requirement="unchecked")
    assert walk.on(DUE, met, unchecked).kept == ()


def test_what_a_doubtful_record_decides_is_spoken_of() -> None:
    walk = Walk()
    walk.on(DUE - timedelta(days=30), a_line(state=LineState.UNKNOWN))
    assert [name for _, name in walk.said] == ["30"]


def test_of_two_dates_it_may_be_the_earlier_one_counts() -> None:
    walk = Walk()
    other = a_line(DUE)._replace(due_on_alternatives=(DUE - timedelta(days=20),))
    walk.on(DUE - timedelta(days=20), other)
    assert [name for _, name in walk.said] == ["0"]


NOTICE = Escalation(notice_on=BEGINS, from_days_before=14, supervisor_after=3, coordinator_after=7)


def test_a_case_keeps_the_ladder_and_the_escalation_with_which_it_opened() -> None:
    walk = Walk(replace(shipped(), escalation=NOTICE))
    walk.on(DUE - timedelta(days=14), a_line())
    walk.rules = replace(walk.rules, steps=(), escalation=replace(NOTICE, supervisor_after=40))
    for before in (13, 12, 11, 10, 7):
        walk.on(DUE - timedelta(days=before), a_line())
    assert [((DUE - day).days, name) for day, name in walk.said] == [(14, "14"), (7, "7")]
    assert [((DUE - day).days, level) for day, level in walk.past] == [(11, Level.SUPERVISOR)]


def test_what_was_answered_goes_past_nobody_until_it_is_said_again() -> None:
    walk = Walk(replace(shipped(), escalation=NOTICE))
    walk.on(DUE - timedelta(days=14), a_line())
    walk.known = tuple(replace(each, silent_since=None) for each in walk.known)
    for before in range(13, 3, -1):
        walk.on(DUE - timedelta(days=before), a_line())
    assert [((DUE - day).days, level) for day, level in walk.past] == [(4, Level.SUPERVISOR)]


def test_a_lost_license_is_told_on_its_day_whether_or_not_notice_was_given() -> None:
    walk = Walk(lost=True)
    for after in (-1, 0, 1, 2, 9):
        day = DUE + timedelta(days=after)
        walk.on(day, late(a_line(), day))
    assert walk.past == [(DUE + timedelta(days=1), Level.LAPSED)]
