"""Is a stated matter taken off a question, and only a stated matter? Is a wish to open a record understood?"""

import pytest

from reading.text.openings import OpeningAsked, opening_asked
from reading.text.purposes import MOST_CHARACTERS, Stated, stated


@pytest.mark.parametrize(
    ("text", "question", "purpose"),
    [
        ("how is ruiz for matter 27-118", "how is ruiz", "matter 27-118"),
        ("How is Ruiz, for the Subpoena 12?", "How is Ruiz", "Subpoena 12"),
        ("record 12 for case 27-CV-4", "record 12", "case 27-CV-4"),
        ("log for grievance 3", "log", "grievance 3"),
    ],
)
def test_a_matter_with_its_number_is_a_purpose(text: str, question: str, purpose: str) -> None:
    assert stated(text) == Stated(question, purpose)


@pytest.mark.parametrize(
    "text",
    [
        "am i good",
        "is there a class for case law",
        "do i need hearing protection",
        "for matter 12",
        "hours for 2026",
        "",
    ],
)
def test_anything_else_stays_whole(text: str) -> None:
    assert stated(text) == Stated(text)


def test_a_purpose_is_one_short_line() -> None:
    purpose = stated("how is ruiz for matter 1\n\x1b[31m" + "x" * 500).purpose
    assert len(purpose) == MOST_CHARACTERS
    assert purpose.isprintable()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("open hall because the hospital called", OpeningAsked("hall", "the hospital called")),
        ("Open the record of Colin Hall because of a subpoena", OpeningAsked("Colin Hall", "a subpoena")),
        ("break glass on 205, because they called", OpeningAsked("205", "they called")),
        ("break the glass on hall", OpeningAsked()),
        ("open record 12", None),
        ("open", None),
        ("why is it open", None),
    ],
)
def test_who_is_to_be_opened_and_why(text: str, asked: OpeningAsked | None) -> None:
    assert opening_asked(text) == asked
