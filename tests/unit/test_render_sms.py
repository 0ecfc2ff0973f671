"""A text is plain, short and billed as at most two segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms import render as sms
from messages.words import load
from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import kept

WORDS = load()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_reads_as_reviewed_is_plain_and_fits_two_segments(name: str) -> None:
    text = sms.render(EXAMPLES[name](WORDS), WORDS)

    assert text + "\n" == kept("sms", name).read_text(encoding="utf-8")
    assert text.isascii()
    assert len(text) <= 306
    assert sms.segments(text) <= 2


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),  # each bracket costs two
        ("[" * 81, 2),
        ("a" * 152 + "[" + "a" * 151, 2),
        (
            "a" * 152 + "[" + "a" * 152,
            3,
        ),  # the pair moves to the second segment and takes the room of one more
    ],
)
def test_segments_are_counted_as_they_are_billed(text: str, segments: int) -> None:
    assert sms.segments(text) == segments


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Don\u2019t \u2013 \u201cnow\u201d\u2026", 'Don\'t - "now"...'),
        ("Jos\u00e9 Mu\u00f1oz, \u0141ukasz", "Jose Munoz, Lukasz"),
        ("\u00a7 6700 \u00bd h", "Sec. 6700 1/2 h"),
        ("tab\there\u00a0and `there`", "tab here and 'there'"),
        ("safe\u202e\u200btext", "safetext"),
        ("\u8b66 1", "? 1"),
    ],
)
def test_characters_that_would_double_the_cost_are_swapped(written: str, sent: str) -> None:
    assert sms.plain(written) == sent


@given(st.text(max_size=300))
def test_anything_typed_becomes_countable(text: str) -> None:
    assert sms.plain(text).isascii()
    assert sms.septets(sms.plain(text)) >= len(sms.plain(text))
