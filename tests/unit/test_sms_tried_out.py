"""While texts are tried out, no phone rings that was not named."""

import pytest

from bot.sms.api import is_let_through


@pytest.mark.parametrize(
    ("named", "number", "goes"),
    [
        ("+16125550142,+17635550100", "+16125550142", True),
        ("+16125550142", "+16125550143", False),
        ("reserved", "+16125550199", True),
        ("reserved", "+16125550200", False),
        ("reserved", "+16125540142", False),
        ("reserved", "+4416125550142", False),
        ("reserved,+16125557777", "+16125557777", True),
    ],
)
def test_a_text_goes_to_named_numbers_and_to_those_that_ring_nowhere(
    named: str, number: str, goes: bool
) -> None:
    assert is_let_through(number, named.split(",")) is goes
