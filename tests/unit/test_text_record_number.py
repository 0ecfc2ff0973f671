"""Is the number of a record heard as one, and nothing else taken for it?"""

from datetime import date

import pytest

from reading.text.model import Understood
from reading.text.understand import understand


def ask(text: str, channel: str = "sms") -> Understood:
    return understand(text, channel=channel, role="officer", today=date(2027, 3, 2))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("record 1202", "1202"),
        ("Record 1202?", "1202"),
        ("RECORD #1202", "1202"),
        ("record no. 1202", "1202"),
        ("record number 1202", "1202"),
        ("show record 1202", "1202"),
        ("show me record 1202", "1202"),
        ("open record 7", "7"),
        ("record 10000001202", "10000001202"),
        ("record 911", "911"),
        ("record 2026", "2026"),
    ],
)
@pytest.mark.parametrize("channel", ["sms", "terminal"])
def test_a_record_is_asked_for_by_its_number(text: str, number: str, channel: str) -> None:
    found = ask(text, channel)

    assert (found.command, found.slots.get("record")) == ("record", number)


@pytest.mark.parametrize(
    "text",
    [
        "record",
        "my record",
        "my record 2026",
        "records 1202",
        "record 12 autism",
        "record 1202 is wrong",
        "delete record 1202",
        "why does record 1202 not count",
        "who saw my record",
        "record 12 13",
        "record " + "9" * 30,
    ],
)
def test_a_sentence_that_says_more_is_no_bare_number(text: str) -> None:
    assert ask(text).command != "record"
