"""Does everything between now and then happen at its own instant, in order and once?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.desk.clock import STEPS, Happening, move, set_clock
from messages.daybreak import Turn
from tests.fakes.clock import MovableClock
from tests.fakes.keys import a_key_store
from training.office import Office, business_now
from training.packs import PackShelf

LAKEMONT = ZoneInfo("America/Chicago")
START = datetime(2027, 3, 2, 20, 10, tzinfo=UTC)


@dataclass(slots=True)
class Every:
    """Happens every so often from the start on, and notes the time it was told and the time the record had."""

    office: Office
    span: timedelta
    heard: list[tuple[datetime, datetime]] = field(default_factory=list)

    def next_after(self, at: datetime) -> datetime | None:
        return START + ((at - START) // self.span + 1) * self.span

    def happen(self, at: datetime) -> Sequence[Turn]:
        self.heard.append((at, business_now(self.office)))
        return ()


@pytest.fixture
def office(database: Engine) -> Office:
    """An office whose process stands still, so that only the record's own time moves."""
    return Office(database, MovableClock(START), PackShelf(), a_key_store())


def go(office: Office, hours: int, *happenings: Happening) -> list[datetime]:
    target = business_now(office) + timedelta(hours=hours)
    return [moment.at for moment in move(office, target, happenings)]


def test_stops_are_made_in_the_order_of_time_whoever_they_belong_to(office: Office) -> None:
    days, fives = Every(office, timedelta(hours=24)), Every(office, timedelta(hours=5))
    stops = go(office, 50, days, fives)
    assert stops == sorted(stops)
    assert [(at - START) // timedelta(hours=1) for at, _ in days.heard] == [
        5,
        10,
        15,
        20,
        24,
        25,
        30,
        35,
        40,
        45,
        48,
        50,
    ]
    assert business_now(office) == START + timedelta(hours=50)


def test_what_happens_finds_the_record_at_the_instant_it_was_due(office: Office) -> None:
    hours = Every(office, timedelta(hours=1))
    go(office, 3, hours)
    assert [at for at, _ in hours.heard] == [record for _, record in hours.heard]


def test_time_that_is_moved_twice_makes_each_stop_once(office: Office) -> None:
    hours = Every(office, timedelta(hours=1))
    go(office, 2, hours)
    go(office, 2, hours)
    assert [at for at, _ in hours.heard] == [START + timedelta(hours=n) for n in (1, 2, 3, 4)]


def test_time_never_goes_back(office: Office) -> None:
    go(office, 5)
    assert list(move(office, START, ())) == []
    assert business_now(office) == START + timedelta(hours=5)


def test_a_moment_in_the_future_is_reached_to_the_second(office: Office) -> None:
    set_clock(office, START + timedelta(days=400, seconds=7))
    assert business_now(office) == START + timedelta(days=400, seconds=7)


def test_a_day_on_the_clock_is_a_day_on_the_wall_and_an_hour_is_an_hour() -> None:
    hour, day, week = STEPS
    eve = datetime(2027, 3, 13, 12, 0, tzinfo=LAKEMONT).astimezone(UTC)  # summer time begins that night
    assert day.from_(eve, LAKEMONT).astimezone(LAKEMONT).replace(tzinfo=None) == datetime(2027, 3, 14, 12, 0)  # noqa: DTZ001  a wall clock
    assert week.from_(eve, LAKEMONT).astimezone(LAKEMONT).hour == 12
    assert hour.from_(eve, LAKEMONT).astimezone(UTC) - eve == timedelta(hours=1)
