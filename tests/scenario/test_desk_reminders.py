"""A visitor moves the clock of the desk: what falls due on the way comes to the panes, at its instant, on the shift."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.composition import ProcessClock
from bot.desk.clock import ClockStep, Daybreak, set_clock
from bot.desk.desk import Desk
from bot.desk.seats import Talk
from messages.kinds import MessageKind
from messages.plain import plain_text
from tests.fakes.loop import run
from tests.scenario.cast import LAKEMONT, Agency

PHONE, SERGEANT, COORDINATOR = Talk("214", "sms"), Talk("77", "desk"), Talk("902", "desk")


def heard(desk: Desk, talk: Talk, kind: MessageKind) -> list[tuple[datetime, str]]:
    """What Rollcall said of this kind in a talk, when, and how it reads."""
    return [
        (each.at, plain_text(each.message, talk.channel))
        for each in desk.talks.said(talk)
        if each.message is not None and each.message.kind is kind
    ]


def test_reminder_roll_call_and_summary_come_to_their_panes(embedded: Agency) -> None:
    office = replace(embedded.office, clock=ProcessClock(), fixed=False, local_desk=True)
    set_clock(office, datetime(2027, 4, 1, 13, tzinfo=LAKEMONT))

    async def told() -> Desk:
        daybreak = Daybreak(office, embedded.agency_id, ZoneInfo(LAKEMONT.key))
        desk = Desk(office, embedded.agency_id, embedded.words, [daybreak])
        await desk.look()
        await desk.step(ClockStep("day", timedelta(days=2)))
        return desk

    desk = run(told())
    ((at, text),) = heard(desk, PHONE, MessageKind.REMINDER)
    assert "Continuing education is due Jun 30" in text
    assert at.hour >= 18 or at.hour < 6
    assert heard(desk, COORDINATOR, MessageKind.COORDINATORS_DAY)
    calls = heard(desk, SERGEANT, MessageKind.ROLL_CALL)
    assert calls
    assert all((each.hour, each.minute) == (17, 30) for each, _ in calls)
