"""What is missing from a draft, and what cannot be right as it stands? A fixed list, asked of the officer alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from messages.uploads import UnclearCode
from reading.certificates.told import Told
from training.uploads.values import NAMES, Doubtful, Draft, Entry

# More of a day than this is a slip of the hand; ten-hour classes exist, days of more than sixteen hours do not.
LONGEST_DAY = Decimal(16)
# What a file says less surely than this is asked, never taken.
ASKED_BELOW = 0.6


def missing(entry: Entry) -> tuple[str, ...]:
    """The values that a class needs and this one does not have yet, in the order in which they are asked for."""
    lacking = {
        "title": not entry.title,
        "completed_on": entry.completed_on is None,
        "hours": entry.hours is None and not entry.no_hours,
        "provider": not entry.provider,
        "number": not entry.number and not entry.no_number,
    }
    return tuple(name for name in NAMES if lacking[name] or entry.sure.get(name, 1) < ASKED_BELOW)


def impossible(draft: Draft, today: date) -> Doubtful | None:
    """The first thing that cannot be; None when nothing is in the way."""
    for entry in draft.entries:
        found = _impossible(entry, today)
        if found is not None:
            return found
    return None


def _impossible(entry: Entry, today: date) -> Doubtful | None:
    last, hours = entry.completed_on, entry.hours
    if last is not None and last > today:
        return Doubtful(code="future", about="completed_on", facts={"day": last.isoformat()})
    if entry.started_on is not None and last is not None and entry.started_on > last:
        return Doubtful(code="backwards", about="completed_on", facts={"day": last.isoformat()})
    if hours is None:
        return None
    if hours <= 0:
        return Doubtful(code="no-time", about="hours", facts={"hours": format(hours, "f")})
    days = 1 if entry.started_on is None or last is None else (last - entry.started_on).days + 1
    if hours > LONGEST_DAY * days:
        code: UnclearCode = "too-long-for-a-day" if days == 1 else "too-long-for-days"
        return Doubtful(code=code, about="hours", facts={"hours": format(hours, "f"), "days": str(days)})
    return None


def unclear(told: Told) -> Doubtful | None:
    """What was said in words that have two meanings."""
    if told.unclear_day:
        return Doubtful(code="which-day", about="completed_on", facts={"written": told.unclear_day})
    if told.days and told.days > 1 and told.hours is not None and not told.each:
        every = told.hours * told.days
        if told.completed_on is None and every <= LONGEST_DAY * told.days:
            facts = {"hours": format(told.hours, "f"), "days": str(told.days), "every": format(every, "f")}
            return Doubtful(code="each-day-or-in-all", about="hours", facts=facts)
    return None


def without_unclear(told: Told, question: Doubtful | None) -> Told:
    """What was said without the value that is asked about first."""
    if question is None:
        return told
    if question.about == "hours":
        return replace(told, hours=None)
    return replace(told, completed_on=None, started_on=None)


def is_complete(draft: Draft, today: date) -> bool:
    """Whether the officer can say that it is right."""
    return draft.unclear is None and impossible(draft, today) is None and not lacking(draft)


def lacking(draft: Draft) -> Sequence[str]:
    """What is missing: of one class its values; of several the values without which none can be recorded."""
    if not draft.is_list:
        return missing(draft.entry)
    needed = ("title", "completed_on", "hours")
    return tuple(name for name in needed if any(name in missing(each) for each in draft.entries))
