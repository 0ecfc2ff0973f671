"""Is a fraction of hours read whole or not at all, however it is typed?"""

from datetime import date
from decimal import Decimal

import pytest

from reading.text.fractions import with_decimals
from reading.text.understand import understand


def hours(text: str) -> object:
    """The hours a sentence names."""
    return understand(text, channel="sms", role="officer", today=date(2027, 3, 2)).slots.get("hours")


@pytest.mark.parametrize(
    ("amount", "read"),
    [
        ("\u00bd hours", "0.5"),
        ("1\u00bd hours", "1.5"),
        ("2 \u00bc hrs", "2.25"),
        ("\u00be h", "0.75"),
        ("1/2 hour", "0.5"),
        ("2 1/2 hours", "2.5"),
        ("2-1/2 hours", "2.5"),
        ("3/4 hours", "0.75"),
        ("3\u20444 hour", "0.75"),
        ("4 hours", "4"),
        ("4.5 hours", "4.5"),
        ("- 4 hours", "4"),  # a dash between topic and hours
    ],
)
def test_a_fraction_of_hours_is_read_whole(amount: str, read: str) -> None:
    assert hours(f"what if i take autism {amount}") == Decimal(read)


@pytest.mark.parametrize(
    "amount",
    [
        "\u2153 hours",
        "2\u2154 hours",
        "1/3 hour",
        "5/4 hours",
        "0/4 hours",
        "2/0 hours",
        "-4 hours",
        "\u22124 h",
        "-2.5 hrs",
    ],
)
def test_an_amount_that_is_no_exact_decimal_is_not_read_at_all(amount: str) -> None:
    assert hours(f"what if i take autism {amount}") is None


@pytest.mark.parametrize(
    "text", ["history 3/4/27", "autism class 3/4 at station 2", "record 1202", "deadlines 90", "u-3107"]
)
def test_a_slash_without_hours_is_left_alone(text: str) -> None:
    assert with_decimals(text) == text
