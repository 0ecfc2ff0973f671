"""How is a training history generated? What a licensing cycle asks for, from the classes on offer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.demo.courses import (
    CEDAR,
    EMERGENCY_DRIVING,
    GENERAL,
    MANDATED,
    SCHOOL_RESOURCE_OFFICER,
    USE_OF_FORCE,
    USE_OF_FORCE_DAYS,
    Course,
)
from bot.demo.courses import TELECOMMUNICATOR as TELECOMMUNICATOR_COURSES
from bot.demo.model import (
    HISTORY_FROM,
    TELECOMMUNICATOR,
    TODAY,
    DemoPerson,
    HistoryLine,
    Story,
    between,
    dice,
    pick,
    shuffled,
    weekday,
)
from bot.demo.papers import is_school_officer, on_leave
from bot.demo.people import B_SHIFT
from bot.demo.told import LAST_DONE, told_lines
from rules.standing import StandingWord

_YESTERDAY: Final = TODAY - timedelta(days=1)
_FOR_ONE_REASON: Final = frozenset({StandingWord.OVERDUE, StandingWord.UNKNOWN})
_CYCLE_HOURS: Final = Decimal(48)
_DONE_AT: Final = Decimal("48.5")
_STEADY_LIMIT: Final = Decimal(44)  # so that a class entered twice completes nobody's cycle
_BEHIND_AT: Final = Decimal(27)
_BEHIND_WITHOUT: Final = frozenset({"autism", "crisis-intervention"})
_YEAR_HOURS: Final = Decimal(12)  # a telecommunicator's calendar year

# Classes without hours, done again and again: titles, and how many days may lie between two of them.
_EVENTS_FROM: Final = date(2024, 7, 1)
_YEARLY: Final = (338, 360)
_TWICE_A_YEAR: Final = (158, 178)


def history_of(person: DemoPerson) -> list[HistoryLine]:
    """Everything a person has done, oldest first, before anybody has spoilt it."""
    if person.story is Story.TOLD:
        lines = told_lines(person.badge)
    elif person.sworn:
        lines = _sworn_lines(person)
    elif person.position == TELECOMMUNICATOR:
        lines = _telecommunicator_lines(person)
    else:
        ethics = next(course for course in GENERAL if course.topic == "ethics")
        lines = [_line(person, ethics, day) for day in ethics.days[::2] if _here(person, day)]
    return sorted([*lines, *_events(person)], key=lambda line: line.on)


def _here(person: DemoPerson, day: date) -> bool:
    return person.appointed_on <= day <= _YESTERDAY and not on_leave(person.badge, day)


def _sworn_lines(person: DemoPerson) -> list[HistoryLine]:
    lines = _use_of_force(person)
    lines.append(_line(person, EMERGENCY_DRIVING, _emergency_driving_day(person)))
    if is_school_officer(person.badge):
        lines.append(_line(person, SCHOOL_RESOURCE_OFFICER, SCHOOL_RESOURCE_OFFICER.days[0]))
    start = person.cycle_start or HISTORY_FROM
    hours = sum((Decimal(line.hours) for line in lines if line.on >= start), Decimal(0))
    goal, courses = _plan(person, start)
    chance = dice(person.badge, "classes")
    for course in courses:
        days = [day for day in course.days if day >= start and _here(person, day)]
        more = Decimal(course.hours)
        fits = hours < goal if person.story is Story.DONE else hours + more <= goal
        if days and (fits or (course in MANDATED and person.story is Story.DONE)):
            lines.append(_line(person, course, pick(chance, days)))
            hours += more
    return lines


def _plan(person: DemoPerson, start: date) -> tuple[Decimal, Sequence[Course]]:
    """How many hours of the cycle a person has by now, and in which order classes are taken to get there."""
    chance = dice(person.badge, "plan")
    mandated, general = shuffled(chance, MANDATED), shuffled(chance, GENERAL)
    if person.story is Story.DONE:
        return _DONE_AT, [*mandated, *general]
    if person.story is Story.BEHIND:
        left = [course for course in (*general, *mandated) if course.topic not in _BEHIND_WITHOUT]
        return _BEHIND_AT, shuffled(chance, left)
    elapsed = Decimal((TODAY - start).days) / Decimal(3 * 365)
    pace = Decimal(between(chance, 90, 115)) / 100
    if elapsed > Decimal("0.8"):
        return min(_CYCLE_HOURS * elapsed * pace, _STEADY_LIMIT), [*mandated[:-1], *general]
    return _CYCLE_HOURS * elapsed * pace, shuffled(chance, [*MANDATED, *GENERAL])


def _use_of_force(person: DemoPerson) -> list[HistoryLine]:
    """Once in every calendar year; the present year for most."""
    chance = dice(person.badge, "use-of-force")
    lines = []
    for year, offered in USE_OF_FORCE_DAYS.items():
        days = [day for day in offered if _here(person, day)]
        skipped = chance.random() < 0.4 and person.story is not Story.DONE
        if days and not (year == TODAY.year and skipped):
            score = str(between(chance, 80, 100))
            lines.append(replace(_line(person, USE_OF_FORCE, pick(chance, days)), score=score))
    return lines


def _emergency_driving_day(person: DemoPerson) -> date:
    days = [day for day in EMERGENCY_DRIVING.days if _here(person, day)]
    return LAST_DONE.get((person.badge, "evoc")) or pick(dice(person.badge, "evoc"), days)


def _telecommunicator_lines(person: DemoPerson) -> list[HistoryLine]:
    """Twelve hours and more in each calendar year; in the present one as far as the person's story goes."""
    chance = dice(person.badge, "telecommunicator")
    lines: list[HistoryLine] = []
    for year in range(max(HISTORY_FROM.year, person.appointed_on.year), TODAY.year + 1):
        first = max(date(year, 1, 11), person.appointed_on + timedelta(days=14))
        last = min(date(year, 12, 11), TODAY - timedelta(days=4))
        goal = (
            _YEAR_HOURS if year < TODAY.year or person.story is Story.DONE else Decimal(between(chance, 0, 4))
        )
        hours = Decimal(0)
        for course in shuffled(chance, TELECOMMUNICATOR_COURSES):
            day = weekday(first + timedelta(days=between(chance, 2, (last - first).days)))
            if hours < goal and _here(person, day):
                lines.append(_line(person, course, day))
                hours += Decimal(course.hours)
    return lines


def _line(person: DemoPerson, course: Course, day: date) -> HistoryLine:
    """One class on one day, now and then with a misspelt title, or with no topic where none is needed.

    B shift is kept tidy because the stories read its lines aloud, and so is everybody who is overdue or
    unknown for one named reason: a class without a topic might be the one that is missing.
    """
    chance = dice(person.badge, f"{course.title}/{day}")
    careless = person.unit != B_SHIFT and person.standing not in _FOR_ONE_REASON
    misspelt = careless and bool(course.misspelt) and chance.random() < 0.25
    untold = careless and course in GENERAL and course.topic != "general" and chance.random() < 0.3
    return HistoryLine(
        on=day,
        title=pick(chance, course.misspelt) if misspelt else course.title,
        hours=course.hours,
        topics="" if untold else course.topic,
        number=course.number,
        provider=course.provider,
        approved=course.approved,
        delivery=course.delivery,
        status="Completed" if course.delivery == "online" else "Passed",
    )


def _events(person: DemoPerson) -> list[HistoryLine]:
    """What is passed, without hours: CJIS awareness for all, TASER and each weapon for sworn people."""
    lines = [
        _event(day, "CJIS Security Awareness", "cjis-awareness", provider=CEDAR, delivery="online")
        for day in _repeated(person, "cjis-awareness", _YEARLY, most_days_ago=285)
    ]
    if not person.sworn:
        return lines
    lines += [
        _event(day, "TASER Annual Refresher", "taser")
        for day in _repeated(person, "taser", _YEARLY, most_days_ago=265)
    ]
    chance = dice(person.badge, "scores")
    for weapon in person.weapons:
        title = f"Firearms Qualification - {weapon.replace('-', ' ').title()}"
        for day in _repeated(person, weapon, _TWICE_A_YEAR, most_days_ago=115):
            line = _event(day, title, "firearms-qualification")
            lines.append(replace(line, firearm_type=weapon, score=str(between(chance, 82, 100))))
    return lines


def _event(
    day: date, title: str, topic: str, *, provider: str = "Lakemont PD", delivery: str = "classroom"
) -> HistoryLine:
    return HistoryLine(
        on=day,
        title=title,
        hours="0",
        topics=topic,
        provider=provider,
        approved="No",
        delivery=delivery,
        passed="Yes",
    )


def _repeated(person: DemoPerson, what: str, gap: tuple[int, int], *, most_days_ago: int) -> list[date]:
    """The days on which something was done, newest first, never a day too late before the newest."""
    chance = dice(person.badge, what)
    earliest = max(_EVENTS_FROM, person.appointed_on)
    newest = LAST_DONE.get((person.badge, what))
    if newest is None:
        most = min(most_days_ago, (TODAY - person.appointed_on).days - 5)
        newest = weekday(TODAY - timedelta(days=between(chance, 4, most)))
        while on_leave(person.badge, newest):
            newest -= timedelta(days=7)
    days = [newest]
    while (day := weekday(days[-1] - timedelta(days=between(chance, *gap)))) >= earliest:
        while on_leave(person.badge, day):
            day += timedelta(days=7)
        days.append(day)
    return days
