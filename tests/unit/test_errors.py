"""Errors come from the catalogue and carry exactly the facts their sentences need."""

from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from messages.errors import error_text
from messages.words import load
from training.errors import ErrorCode, Mender, RollcallError
from training.ports import today


class StoppedClock:
    """A clock that stands at one instant."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._instant


def test_an_error_knows_its_facts_and_who_can_mend_it() -> None:
    error = RollcallError(ErrorCode.PACK_UNKNOWN, pack="xx", known=("mn", "or"))
    assert error.facts == {"pack": "xx", "known": ("mn", "or")}
    assert error.mender is Mender.COORDINATOR


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(LookupError, match="moon-phase"):
        RollcallError(cast("ErrorCode", "moon-phase"))


@pytest.mark.parametrize("facts", [{}, {"record": "1", "badge": "214"}, {"row": "1"}])
def test_missing_and_unexpected_facts_are_refused(facts: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="correction-conflict needs record"):
        RollcallError(ErrorCode.CORRECTION_CONFLICT, **facts)


def test_every_error_is_said_with_what_to_do_next() -> None:
    error = RollcallError(ErrorCode.PACK_UNKNOWN, pack="xx", known=("mn", "or"))
    assert error_text(error.code, error.facts, load()).splitlines() == [
        "No pack is called xx. Held: mn; or.",
        "Choose one of those, or add the pack to the packs folder beside your data.",
    ]


def test_the_day_turns_at_the_agencys_midnight() -> None:
    lakemont = ZoneInfo("America/Chicago")
    assert today(StoppedClock(datetime(2027, 3, 3, 5, 59, tzinfo=UTC)), lakemont) == date(2027, 3, 2)
    assert today(StoppedClock(datetime(2027, 3, 3, 6, 0, tzinfo=UTC)), lakemont) == date(2027, 3, 3)


def test_a_clock_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 2, 14, 10, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        today(StoppedClock(naive), ZoneInfo("America/Chicago"))
