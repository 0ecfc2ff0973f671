"""Examples of summaries that come by themselves, and of what is said to them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from messages import digests, nudges
from messages import roll_call as roll
from messages.figures import GroupFacts
from messages.lines import Owed, still_owed
from messages.model import Message
from messages.words import Words
from rules.standing import LineState, Measure, StandingLine
from tests.unit import standing_cast as cast
from training.reminders.nudging import PassedOver

BEGINS = datetime(2027, 3, 2, 18, 0, tzinfo=cast.AT.tzinfo)
CPR = StandingLine(
    requirement="lkm-cpr-24",
    short="CPR",
    label="CPR",
    track="agency",
    pack="lkm-2027.1",
    measure=Measure.CARD,
    state=LineState.OVERDUE,
    decides=True,
    due_on=date(2027, 2, 27),
    consequence="no AED or FTO duty until renewed",
)
NOVAK = roll.PrivateFacts(
    name="Novak",
    first=Owed(CPR, (), Decimal(0)),
    told=(date(2027, 2, 27), date(2027, 3, 1)),
    answered=date(2027, 3, 1),
)
RUIZ = roll.PrivateFacts(name="Ruiz", first=still_owed(cast.ruiz().standing)[0], safe_until=date(2027, 5, 18))
ROLL_CALL = roll.RollCallFacts(
    shift="B shift",
    at=BEGINS,
    assigned=8,
    on=7,
    on_leave=1,
    aloud=(
        roll.ClassSeats(title="Autism", on=date(2027, 3, 18), seats=6),
        roll.PolicyOut(number="402", version="v4", title="pursuit", minutes=3, due_on=date(2027, 3, 16)),
        roll.DueSoon(duties=("CPR", "TASER"), days=30),
    ),
    private=(NOVAK, RUIZ),
    reviews=1,
)
QUIET = roll.RollCallFacts(shift="B shift", at=BEGINS, assigned=8, on=7, on_leave=1)
ASKED = roll.AskedHoursFacts(
    number=1204,
    who="K. Okafor",
    shift="B shift",
    at=BEGINS,
    topic="Pursuit policy",
    minutes=10,
    instructor="Sgt. Okafor",
    present=("Lee", "Novak", "Ruiz"),
    absent=("Hall",),
)


def _done(code: roll.RollCallCode) -> Callable[[Words], Message]:
    facts = roll.CoveredFacts(
        code=code,
        at=BEGINS,
        items=3,
        present=7,
        absent=1,
        topic="Pursuit policy",
        minutes=10,
        instructor="Sgt. Okafor",
        reviewer="P. Nair",
    )
    return lambda words: roll.done(facts, words)


DAY = digests.DayFacts(
    agency="Lakemont PD",
    day=date(2027, 3, 3),
    overdue=(
        digests.LateFacts(name="Officer Hall", duty="TASER", due_on=date(2027, 3, 2)),
        digests.LateFacts(name="Ito", duty="CJIS awareness", due_on=date(2027, 3, 2)),
    ),
    unreached=("Officer Meyer",),
    held=(
        digests.HeldReminderFacts(name="Officer Xiong", waits="on-leave", until=date(2027, 4, 19)),
        digests.HeldReminderFacts(name="Officer Whitman", waits="on-leave", until=None),
    ),
    missed=(digests.MissedShift(shift="B shift", at=BEGINS),),
    unmatched=2,
    unmatched_oldest=3,
    forgotten=1,
    reviews=3,
    reviews_oldest=1,
    tickets=1,
    roll_call_hours=2,
)
WHOLE = GroupFacts(people=71, met=58, open=9, overdue=4, unknown=0)
BOARD = digests.BoardFacts(
    group="Lakemont PD",
    at=cast.AT,
    packs=("mn-demo-2026.2", "lkm-2027.1"),
    people_counted=71,
    whole=WHOLE,
    not_counted=5,
    groups=(
        GroupFacts(units=("Patrol",), people=60, met=50, open=7, overdue=3, unknown=0),
        GroupFacts(units=("Investigations", "K9"), people=11, met=8, open=2, overdue=1, unknown=0),
    ),
    change=3,
    since=date(2027, 2, 1),
    chief=True,
)

NUDGE = nudges.NudgeFacts(
    day=date(2027, 3, 3),
    lines=(
        nudges.NudgeLine(name="Officer Novak", duty="CPR", due_on=date(2027, 2, 27), more=1),
        nudges.NudgeLine(name="Officer Hall", duty="TASER", due_on=date(2027, 3, 20)),
        *(
            nudges.NudgeLine(
                name=f"Officer {code}", duty="TASER", due_on=date(2027, 3, 20), skipped=code.value
            )
            for code in PassedOver
        ),
    ),
    on_leave=1,
)

EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "coordinators-day": lambda words: digests.coordinators_day(DAY, words),
    "coordinators-day-empty": lambda words: digests.coordinators_day(
        digests.DayFacts(agency="Lakemont PD", day=date(2027, 3, 3)), words
    ),
    "chiefs-month": lambda words: digests.board(BOARD, words),
    "chiefs-month-too-few": lambda words: digests.board(
        replace(BOARD, whole=None, people_counted=4, groups=()), words
    ),
    "lieutenants-week": lambda words: digests.board(
        replace(BOARD, group="Your people", chief=False, groups=(), people=DAY.overdue, change=-1), words
    ),
    "nudge": lambda words: nudges.preview(NUDGE, words),
    "nudge-nobody": lambda words: nudges.preview(replace(NUDGE, lines=NUDGE.lines[2:], on_leave=0), words),
    "nudge-one": lambda words: nudges.preview(
        nudges.NudgeFacts(
            day=NUDGE.day,
            lines=(nudges.NudgeLine(name="Officer Lee", duty="", due_on=None, skipped="nothing-due"),),
        ),
        words,
    ),
    "nudged": lambda words: nudges.sent(nudges.NudgedFacts(sent=2, left=1), words),
    "nudged-nobody": lambda words: nudges.sent(nudges.NudgedFacts(sent=0), words),
    "roll-call": lambda words: roll.roll_call(ROLL_CALL, words),
    "roll-call-quiet": lambda words: roll.roll_call(QUIET, words),
    "roll-call-many": lambda words: roll.roll_call(
        replace(
            ROLL_CALL,
            shift="",
            at=BEGINS.replace(hour=6),
            assigned=12,
            on=8,
            on_leave=2,
            in_court=1,
            private=(replace(NOVAK, answered=None), *(replace(NOVAK, name=f"Officer {n}") for n in range(6))),
            aloud=(),
        ),
        words,
    ),
    **{f"roll-call-done-{code}": _done(code) for code in get_args(roll.RollCallCode)},
    "roll-call-done-nobody-absent": lambda words: roll.done(
        roll.CoveredFacts(code="recorded", at=BEGINS, present=1, absent=0, topic="Radio", minutes=30), words
    ),
    "roll-call-hours": lambda words: roll.hours_form("Sgt. Okafor", words),
    "roll-calls": lambda words: roll.asked_hours(
        roll.AskedHoursList((ASKED, replace(ASKED, absent=()))), words
    ),
    "roll-calls-none": lambda words: roll.asked_hours(roll.AskedHoursList(()), words),
}
