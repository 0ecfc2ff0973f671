"""Errors come from the catalogue and carry exactly the facts their sentences need."""

from typing import cast

import pytest

from messages.errors import error_text
from messages.words import load
from training.errors import ErrorCode, Mender, RollcallError


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
