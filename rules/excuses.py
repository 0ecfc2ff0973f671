"""Is a window excused for this person: nothing owed in it, or nobody can say whether anything is?"""

from datetime import date

from rules.model import KnownFacts, Waiver, Window
from rules.pack import Excuse, ExcuseRule, Requirement
from rules.subject import Subject

# Words by which a waiver says that it covers the whole year.
WHOLE_YEAR = frozenset({"*", "all", "everything", "year", "whole-year"})


def excuse_for(requirement: Requirement, facts: KnownFacts, window: Window) -> Excuse | None:
    """The first excuse that holds; one by which nothing is owed wins over one that leaves it open."""
    held = [excuse for excuse in requirement.excused if _holds(excuse, facts, window)]
    return min(held, key=lambda excuse: not excuse.settled, default=None)


def _holds(excuse: Excuse, facts: KnownFacts, window: Window) -> bool:
    match excuse.rule:
        case ExcuseRule.UNAPPOINTED:
            return bool(facts.appointments) and not held_appointment(facts, window)
        case ExcuseRule.UNTIL:
            ended = excuse.until is not None and window.end <= excuse.until
            return ended and excuse.when is not None and excuse.when(facts) is True
    day = facts.first_day(excuse.facts)
    if day is None:
        return excuse.rule is ExcuseRule.BEFORE and any(name in facts.denied for name in excuse.facts)
    if excuse.rule is ExcuseRule.BEFORE:
        return window.end < day
    first = (
        window.start if excuse.rule is ExcuseRule.YEAR_OF else date.fromordinal(window.start.toordinal() + 1)
    )
    return first <= day <= window.end


def held_appointment(facts: KnownFacts, window: Window) -> bool:
    """Whether the person was appointed on any day of a window."""
    return any(
        span.start <= window.end and (span.end is None or span.end >= window.start)
        for span in facts.appointments
    )


def knows_appointments(requirement: Requirement, facts: KnownFacts) -> bool:
    """Whether a duty follows the appointments on file, so that they say more than the last day of appointment."""
    return bool(facts.appointments) and any(
        excuse.rule is ExcuseRule.UNAPPOINTED for excuse in requirement.excused
    )


def waiver_for(requirement: Requirement, subject: Subject, window: Window) -> tuple[Waiver, bool] | None:
    """The waiver of this year, and whether it surely is one of this duty; None without one."""
    if requirement.waived_with is None:
        return None
    found = None
    for waiver in subject.facts.waivers:
        if str(waiver.year) != window.label or (waiver.granted_on or subject.as_of) > subject.as_of:
            continue
        if waiver.covers is None or waiver.covers & (WHOLE_YEAR | _names(requirement)):
            if waiver.granted_on is not None:
                return waiver, True
            found = waiver, False
        elif not waiver.covers & _all_names(subject):
            found = found or (waiver, False)  # words that name no duty tell nothing
    return found


def _names(requirement: Requirement) -> frozenset[str]:
    topics = requirement.counts.topics
    return frozenset({requirement.id, requirement.short.lower(), *(("total",) if topics is None else topics)})


def _all_names(subject: Subject) -> frozenset[str]:
    return frozenset(name for each in subject.pack.requirements if each.waived_with for name in _names(each))
