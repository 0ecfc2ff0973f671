"""By which rules people are reminded, what each of them wished, and the duties they are being reminded of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from db.records.facts import AgencyId, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRulesEntry(Fact):
    """A version of an agency's rules, whole, as a named person entered it. ``item_id`` holds their reason in words."""

    version: int
    rules: Mapping[str, Any]
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWish(Fact):
    """How somebody wants to be reminded, inside the agency's limits; whole, and the newest one holds.

    ``channels`` in the order in which they are to be tried, those not named after them; ``begins`` and ``ends`` of
    their own hours as ``HH:MM``, empty for the agency's; ``without`` are steps they want left out.
    """

    person_id: int
    channels: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLeftOut(Fact):
    """Somebody left the step that everybody is told at out, and why: ``item_id`` holds their reason in words.

    ``person_id`` for themselves; without one for the agency, in this ``version`` of its rules. ``requirement`` of one
    ladder, empty for the ladder of all.
    """

    person_id: int | None = None
    version: int = 0
    requirement: str = ""
    item_id: int


class CaseEnd(StrEnum):
    """Why somebody is reminded of a duty no more."""

    MET = "met"
    EXCUSED = "excused"
    MOVED = "moved"  # it is due on another day now
    GONE = "gone"  # the duty is theirs no more
    LEFT = "left"  # they are with the agency no more


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKey:
    """One duty of one person that somebody is reminded of, from the day it opens until it is met.

    ``subject`` is the requirement, with the item after a bar where it is about one; ``episode`` counts how often the
    same duty of the same date has opened again.
    """

    agency_id: AgencyId
    person_id: int
    subject: str
    window: str
    due_on: date
    episode: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderCase:
    """A case as it stands. ``terms`` are the ladder and the escalation as they were when it opened.

    ``next_on`` is the day on which it is looked at again. ``later_on`` is what the person asked for with LATER,
    ``safe_on`` the day on which they are told that time runs short. ``last_step`` is the step of the ladder that was
    reached. ``told_at`` is the instant of the last reminder, ``silent_since`` that of the first one after which the
    person has said nothing. ``raised`` is how far it went past the person.
    """

    key: CaseKey
    terms: Mapping[str, Any]
    opened_on: date
    next_on: date | None
    later_on: date | None = None
    safe_on: date | None = None
    last_step: str = ""
    told_at: datetime | None = None
    silent_since: datetime | None = None
    raised: int = 0
    raised_at: datetime | None = None
    closed_at: datetime | None = None
    closed: CaseEnd | None = None
