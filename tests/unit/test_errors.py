"""Errors come from the catalogue and carry exactly the facts their sentences need."""

from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from training.errors import REASONS, ErrorCode, Mender, RollcallError
from training.ports import today


class StoppedClock:
    """A clock that stands at one instant."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._instant


def test_an_error_knows_its_sentence_its_next_step_and_who_can_mend_it() -> None:
    error = RollcallError(ErrorCode.FUTURE_DATE, on=date(2027, 3, 9))
    assert (error.sentence_key, error.next_step_key) == ("error-future-date", "error-future-date-next")
    assert error.facts == {"on": date(2027, 3, 9)}
    assert error.mender is Mender.ASKER


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(LookupError, match="moon-phase"):
        RollcallError(cast("ErrorCode", "moon-phase"))


@pytest.mark.parametrize("facts", [{}, {"on": date(2027, 3, 9), "badge": "214"}, {"day": date(2027, 3, 9)}])
def test_missing_and_unexpected_facts_are_refused(facts: dict[str, str | date]) -> None:
    with pytest.raises(TypeError, match="future-date needs on"):
        RollcallError(ErrorCode.FUTURE_DATE, **facts)


def test_a_refusal_carries_only_what_was_asked_so_it_cannot_tell_whether_the_person_exists() -> None:
    assert REASONS[ErrorCode.UNKNOWN_PERSON_OR_NOT_YOURS].facts == {"asked"}


def test_the_day_turns_at_the_agencys_midnight() -> None:
    lakemont = ZoneInfo("America/Chicago")
    assert today(StoppedClock(datetime(2027, 3, 3, 5, 59, tzinfo=UTC)), lakemont) == date(2027, 3, 2)
    assert today(StoppedClock(datetime(2027, 3, 3, 6, 0, tzinfo=UTC)), lakemont) == date(2027, 3, 3)


def test_a_clock_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 2, 14, 10, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        today(StoppedClock(naive), ZoneInfo("America/Chicago"))
