"""Where does a person stand under some packs on a day? A pure function of facts, records, packs and the day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from rules.finding import Finding, not_applicable
from rules.judges.assignments import judge_before_assignment
from rules.judges.cards import judge_cards
from rules.judges.makeup import judge_make_up
from rules.judges.returns import judge_before_return
from rules.judges.rolling import judge_rolling
from rules.judges.status import judge_cycle_itself, judge_lapse, judge_unverified
from rules.judges.windows import judge_after_leave, judge_after_separation, judge_cycle
from rules.judges.years import judge_years, years_not_owed
from rules.logic import every
from rules.model import Completion, KnownFacts, Truth
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    AtAllTimes,
    BeforeAssignment,
    BeforeReturn,
    CalendarYear,
    Concerns,
    CycleItself,
    Lapse,
    LicensingCycle,
    MakeUp,
    Pack,
    Requirement,
    Rolling,
    Unverified,
)
from rules.periods import day_after
from rules.standing import LineState, Measure, Remark, Standing, StandingLine, StandingWord
from rules.subject import Subject, look_at
from rules.version import code_digest

# Part of what a kept standing is keyed by: the same input may give another answer once the code has changed.
ENGINE = code_digest()
HUNDRED = Decimal(100)

Judge = Callable[..., Iterator[Finding]]

JUDGES: Mapping[type, Judge] = {
    LicensingCycle: judge_cycle,
    CalendarYear: judge_years,
    Rolling: judge_rolling,
    AtAllTimes: judge_cards,
    AfterLeave: judge_after_leave,
    AfterSeparation: judge_after_separation,
    BeforeReturn: judge_before_return,
    MakeUp: judge_make_up,
    BeforeAssignment: judge_before_assignment,
    CycleItself: judge_cycle_itself,
    Lapse: judge_lapse,
    Unverified: judge_unverified,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every finding under every pack, and what follows from them together."""

    as_of: date
    packs: tuple[Pack, ...]
    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]
    word: StandingWord
    compliant: bool | None
    verdicts: tuple[tuple[str, Truth], ...]
    headline: Finding | None
    percent: int | None
    next_change_on: date | None

    def of(self, requirement_id: str) -> tuple[Finding, ...]:
        """The findings of one requirement, oldest window first."""
        return tuple(finding for finding in self.findings if finding.requirement.id == requirement_id)

    def subject_of(self, finding: Finding) -> Subject:
        """What the finding was judged on."""
        return next(subject for subject in self.subjects if subject.pack is finding.pack)


def evaluate(
    packs: tuple[Pack, ...],
    facts: KnownFacts,
    records: Iterable[Completion],
    as_of: date,
    *,
    older_left_out: bool = False,
) -> Evaluation:
    """Judge one person under each pack. The same input always gives the same answer."""
    records = tuple(records)
    facts = _begun(facts, as_of)
    subjects = []
    findings: list[Finding] = []
    for pack in packs:
        known = _with_assumed(pack, facts)
        if pack.covers is not None and pack.covers(known) is False:
            continue
        subject = look_at(pack, known, records, as_of, older_left_out=older_left_out)
        subjects.append(subject)
        judged = _judge_all(subject)
        if known.asked:
            # More time that nobody has granted or refused is taken both ways.
            granted = replace(known, reliefs=(*known.reliefs, *known.asked), asked=())
            other = look_at(pack, granted, records, as_of, older_left_out=older_left_out)
            judged = list(_both_ways(judged, _judge_all(other)))
        findings.extend(judged)
    deciding = [finding for finding in findings if finding.decides and finding.applies is not False]
    asked_about = [finding for finding in deciding if not finding.beyond]
    of_the_agency = [
        finding
        for finding in findings
        if finding.requirement.concerns is Concerns.AGENCY and finding.applies is not False
    ]
    headline = _headline(packs, findings, as_of)
    word = _word(findings, deciding)
    return Evaluation(
        as_of,
        tuple(subject.pack for subject in subjects) if subjects else packs,
        tuple(subjects),
        tuple(findings),
        word,
        _compliant(findings, asked_about),
        tuple(_verdicts([subject.pack for subject in subjects], [*asked_about, *of_the_agency])),
        headline,
        _percent(headline, deciding, word),
        _next_change(subjects, findings),
    )


def _both_ways(refused: list[Finding], granted: list[Finding]) -> Iterator[Finding]:
    """Each finding without the time that was asked for; not known where having it would give another answer."""
    others = {_place(finding): finding for finding in granted}
    for finding in refused:
        other = others.get(_place(finding), finding)
        if (finding.satisfied, finding.overdue) == (other.satisfied, other.overdue):
            yield finding
            continue
        later = () if other.due_on in {None, finding.due_on} else (other.due_on,)
        yield finding._replace(
            satisfied=None,
            overdue=False,
            due_on_alternatives=(*finding.due_on_alternatives, *later),
            remarks=(*finding.remarks, Remark("extension-not-decided")),
            changes_on=min((day for day in (finding.changes_on, other.changes_on) if day), default=None),
        )


def _place(finding: Finding) -> tuple[str, str | None, str | None]:
    return finding.requirement.id, finding.window.label if finding.window is not None else None, finding.item


def _begun(facts: KnownFacts, as_of: date) -> KnownFacts:
    """Facts with assignments that have begun; those to come stand apart, for duties owed before they begin."""
    held = facts.assignments
    if held is None or all(each.start is None or each.start <= as_of for each in held):
        return facts
    coming = tuple(each for each in held if each.start is not None and each.start > as_of)
    return replace(facts, assignments=tuple(each for each in held if each not in coming), coming=coming)


def _with_assumed(pack: Pack, facts: KnownFacts) -> KnownFacts:
    """Facts with what the pack takes for granted where nobody has said otherwise."""
    missing = {name: value for name, value in pack.assumed.items() if name not in facts.values}
    if not missing:
        return facts
    return replace(facts, values={**facts.values, **missing})


def _judge_all(subject: Subject) -> list[Finding]:
    found: list[Finding] = []
    floors: dict[tuple[str, str], Finding] = {}
    for requirement in subject.pack.requirements:
        applies = requirement.applies(subject.facts)
        if subject.pack.owed_by is not None:
            applies = every((applies, subject.pack.owed_by(subject.facts)))
        if applies is False:
            if isinstance(requirement.clock, CalendarYear):
                found.extend(years_not_owed(requirement, subject))
            else:
                found.append(not_applicable(subject, requirement, Remark("not-applicable"), None))
            continue
        for finding in _judge(requirement, subject, applies, floors):
            found.append(finding)
            if finding.window is not None:
                floors[requirement.id, finding.window.label] = finding
    return found


def _judge(requirement: Requirement, subject: Subject, applies: Truth, floors: Any) -> Iterator[Finding]:
    return JUDGES[type(requirement.clock)](requirement, requirement.clock, subject, applies, floors)


def _word(findings: list[Finding], deciding: list[Finding]) -> StandingWord:
    """YES needs rules that were met: where none applies, nobody knows. Nor where the sources leave one open."""
    word = standing_word(finding for finding in deciding if not finding.unsettled)
    if word is not StandingWord.YES:
        return word
    unsettled = any(finding.unsettled for finding in deciding)
    return StandingWord.UNKNOWN if unsettled or not _somebody_owes(findings, deciding) else word


def _somebody_owes(findings: list[Finding], deciding: list[Finding]) -> bool:
    """Whether any duty was judged that is more than a status, or was excused by a decision."""
    judged = (finding for finding in deciding if not finding.earlier)
    return any(finding.requirement.measure is not Measure.STATUS for finding in judged) or any(
        finding.remarks and finding.remarks[0].code in SHOWN_RELIEF for finding in findings
    )


def standing_word(deciding: Iterable[Finding]) -> StandingWord:
    """The word when doubt is taken in the person's favour and against it; UNKNOWN only when the two differ."""
    best = worst = StandingWord.YES
    for finding in deciding:
        if finding.satisfied is True:
            continue
        if finding.satisfied is None:
            worst = _worse(worst, StandingWord.OVERDUE if finding.past_due else StandingWord.NOT_YET)
            continue
        word = StandingWord.OVERDUE if finding.overdue else StandingWord.NOT_YET
        best, worst = _worse(best, word), _worse(worst, word)
    return best if best is worst else StandingWord.UNKNOWN


_GRAVITY = {StandingWord.YES: 0, StandingWord.NOT_YET: 1, StandingWord.OVERDUE: 2}


def _worse(one: StandingWord, other: StandingWord) -> StandingWord:
    return one if _GRAVITY[one] >= _GRAVITY[other] else other


def _compliant(findings: list[Finding], deciding: list[Finding]) -> bool | None:
    """False when something is known unmet and past due; otherwise null while a needed fact is missing, else true.

    What the sources leave open is no fact of the person's, so it makes nobody compliant or not. A window that owes
    nothing is an answer; where no window was looked at there is none.
    """
    if any(finding.overdue for finding in deciding):
        return False
    excused = any(each.applies is False and each.window is not None and not each.earlier for each in findings)
    if not excused and not _somebody_owes(findings, deciding):
        return None
    return None if any(finding.satisfied is None and not finding.unsettled for finding in deciding) else True


def _verdicts(packs: list[Pack], deciding: list[Finding]) -> Iterator[tuple[str, Truth]]:
    """Each question a pack asks apart (can this license renew; is every mandate met), over its own duties."""
    for name in dict.fromkeys(verdict for pack in packs for verdict in pack.verdicts):
        asked = [finding for finding in deciding if name in finding.requirement.verdicts]
        owing = [each for pack in packs for each in pack.requirements if name in each.verdicts]
        if not asked and owing and all(each.concerns is Concerns.AGENCY for each in owing):
            continue  # a question of the agency's that nothing here answers
        yield name, every(finding.satisfied for finding in asked)


def _headline(packs: tuple[Pack, ...], findings: list[Finding], as_of: date) -> Finding | None:
    """The pack's named total in its latest window that has begun."""
    for pack in packs:
        for name in pack.headline:
            held = [
                finding
                for finding in findings
                if finding.requirement.id == name and finding.applies is not False
            ]
            begun = [finding for finding in held if finding.window is None or finding.window.start <= as_of]
            if begun:
                return begun[-1]
    return None


def _percent(headline: Finding | None, deciding: list[Finding], word: StandingWord) -> int | None:
    """The headline's share, floored; 100 only when everything is met. None when a fact it needs is unknown."""
    if word is StandingWord.YES:
        return 100
    if headline is not None:
        if headline.satisfied is None or headline.hours_counted is None or not headline.hours_required:
            return None
        share = headline.hours_counted / headline.hours_required * HUNDRED
        return min(int(share.to_integral_value(ROUND_FLOOR)), 99)
    if not deciding:
        return None
    met = sum(finding.satisfied is True for finding in deciding)
    return min(met * 100 // len(deciding), 99)


def _next_change(subjects: list[Subject], findings: list[Finding]) -> date | None:
    """The first later day on which any finding, record or fact makes the answer another one."""
    as_of = subjects[0].as_of if subjects else date.max
    days = [finding.changes_on for finding in findings if finding.changes_on is not None]
    for subject in subjects:
        days.extend(subject.upcoming)
        stretches = subject.pack.cycle.leave_extends_after
        if stretches is not None:
            days.extend(day_after(stretches.after(leave.start)) for leave in subject.facts.leave)
        if subject.cycle is not None:
            days.append(subject.cycle.window.start)
            days.append(day_after(subject.cycle.window.end))
    if subjects:
        days.extend(_turning_days(subjects[0].facts))
        days.append(day_after(date(as_of.year, 12, 31)))
    return min((day for day in days if day > as_of), default=None)


def _turning_days(facts: KnownFacts) -> Iterator[date]:
    """Days on which a fact about the person begins or stops being true."""
    for value in facts.values.values():
        if isinstance(value, date):
            yield value
            yield day_after(value)
    for start, end in _stretches(facts):
        if start is not None:
            yield start
        if end is not None:
            yield day_after(end)
    for leave in facts.leave:
        yield leave.start
        if leave.back_on is not None:
            yield leave.back_on
    decided = [(relief.starts_on, relief.ends_on, relief.new_due) for relief in facts.reliefs]
    decided += [(waiver.granted_on, waiver.make_up_by, None) for waiver in facts.waivers]
    for day in (day for days in decided for day in days if day is not None):
        yield day
        yield day_after(day)


def _stretches(facts: KnownFacts) -> Iterator[tuple[date | None, date | None]]:
    """The first and the last day of what a person is assigned or appointed to."""
    for assignment in (*(facts.assignments or ()), *facts.coming):
        yield assignment.start, assignment.end
    for appointment in facts.appointments:
        yield appointment.start, appointment.end


def summarise(evaluation: Evaluation) -> Standing:
    """What is kept: every line that applies and is still of interest. A past window that was met is not."""
    as_of = evaluation.as_of
    lines = []
    for finding in evaluation.findings:
        if finding.requirement.concerns is Concerns.AGENCY:
            continue  # where somebody stands is not told by what the agency is paid or has to report
        if finding.applies is False:
            excused = bool(finding.remarks) and finding.remarks[0].code in SHOWN_RELIEF
            if excused and _current(finding, as_of):
                lines.append(_line(finding, LineState.EXEMPT))
            continue
        if finding.satisfied is True and not _current(finding, as_of):
            continue
        if not finding.decides and finding.satisfied is False and not _current(finding, as_of):
            continue
        lines.append(_line(finding, finding.state))
    headline = evaluation.headline
    return Standing(
        as_of=as_of,
        word=evaluation.word,
        compliant=evaluation.compliant,
        headline=headline.requirement.id if headline is not None else None,
        percent=evaluation.percent,
        lines=tuple(lines),
        verdicts=evaluation.verdicts,
        next_change_on=evaluation.next_change_on,
        packs=tuple(pack.name for pack in evaluation.packs),
        engine=ENGINE,
    )


SHOWN_RELIEF = frozenset({"exempt", "waiver"})


def _current(finding: Finding, as_of: date) -> bool:
    window = finding.window
    return window is None or as_of <= window.end


def _line(finding: Finding, state: LineState) -> StandingLine:
    requirement = finding.requirement
    return StandingLine(
        requirement.id,
        requirement.short,
        requirement.label,
        requirement.track,
        finding.pack.name,
        requirement.measure,
        state,
        finding.decides,
        finding.window.label if finding.window is not None else None,
        finding.item,
        requirement.inside,
        requirement.pool_role,
        finding.hours_counted,
        finding.hours_possible,
        finding.hours_required,
        len(finding.counted),
        finding.due_on,
        finding.due_on_alternatives,
        requirement.consequence,
        finding.remarks,
    )
