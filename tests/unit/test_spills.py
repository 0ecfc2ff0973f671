"""What must not be in a message is found, and what only sounds like it is not."""

import pytest

from reading.spills import Spill, found_in, text_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my ssn is 123-45-6789", Spill.SOCIAL_SECURITY),
        ("ruiz 123 45 6789 needs a class", Spill.SOCIAL_SECURITY),
        ("123-45-6789", Spill.SOCIAL_SECURITY),
        ("SSN: 123456789", Spill.SOCIAL_SECURITY),
        ("social security number 123456789 for the class", Spill.SOCIAL_SECURITY),
        ("charge it to 4111 1111 1111 1111", Spill.PAYMENT_CARD),
        ("4111-1111-1111-1111 exp 12/28", Spill.PAYMENT_CARD),
        ("amex 378282246310005", Spill.PAYMENT_CARD),
        ("here is his rap sheet", Spill.CRIMINAL_JUSTICE),
        ("ncic hit on the driver", Spill.CRIMINAL_JUSTICE),
        ("he has a warrant for burglary", Spill.CRIMINAL_JUSTICE),
        ("the victim's address is 12 elm st", Spill.CRIMINAL_JUSTICE),
        ("i was diagnosed with ptsd", Spill.HEALTH),
        ("doctor's note says light duty until june", Spill.HEALTH),
        ("my medication makes me miss it", Spill.HEALTH),
    ],
)
def test_what_must_not_be_here_is_found(text: str, found: Spill) -> None:
    assert found_in(text) is found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "am i good",
        "call me at 612-555-0142",
        "+1 612 555 0142",
        "2027-03-02",
        "000-12-3456",
        "666-12-3456",
        "912-34-5678",
        "123-00-6789",
        "123-45-0000",
        "1123-45-67890",
        "record 10000001202",
        "record 4111111111111112",
        "course number 9100-0442",
        "123456789",
        "4111 1111 1111 1112",
        "1234 5678 9012 3456",
        "when is the criminal history class",
        "ncic training due?",
        "victim's address confidentiality training",
        "mental health course 4 hours",
        "cjis awareness",
        "i took crisis intervention for people diagnosed with autism training",
        "do i need a first aid card",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert found_in(text) is None


def test_a_file_of_words_is_read_in_either_coding() -> None:
    assert text_of("ssn 123-45-6789".encode("utf-16")) == "ssn 123-45-6789"
    assert text_of(b"\xff caf\xc3\xa9").endswith("café")


def test_a_long_text_of_figures_is_looked_through_quickly() -> None:
    assert found_in("1 " * 100_000) is None
    assert found_in("4111 " * 40_000) is None
