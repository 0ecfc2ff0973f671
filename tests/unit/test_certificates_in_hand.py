"""While a certificate is in hand, each word is about it or it is not, and is never taken for another."""

from datetime import date
from decimal import Decimal

import pytest

from reading.certificates.in_hand import (
    FilesAre,
    is_another_class,
    said_of_it,
    tells_of_a_class,
    what_files_are,
)
from reading.certificates.told import Told
from reading.text.understand import understand

TODAY = date(2027, 3, 2)


def said(text: str, *wanted: str) -> Told | None:
    understood = understand(text, channel="sms", role="officer", today=TODAY)
    return said_of_it(text, understood, today=TODAY, wanted=wanted)


@pytest.mark.parametrize("text", ["ok", "OK.", "yes", "ok u-3001", "correct", "correct thanks", "send it"])
def test_a_yes_is_a_yes(text: str) -> None:
    assert said(text) == Told(ok=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("6 hours", Told(hours=Decimal(6))),
        ("u-3001 6 hrs", Told(hours=Decimal(6))),
        ("provider fema", Told(provider="FEMA")),
        ("no number", Told(no_number=True)),
    ],
)
def test_a_value_is_a_correction(text: str, told: Told) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "correct u-3001",
        "withdraw u-3001",
        "u-3001",
        "am i good?",
        "my partner did 6 hours",
        "who is the chief",
        "deadlines 90",
    ],
)
def test_anything_else_is_said_of_something_else(text: str) -> None:
    assert said(text) is None


def test_a_bare_number_counts_when_it_was_asked_for() -> None:
    assert said("6", "hours") == Told(hours=Decimal(6))
    assert said("6") is None


@pytest.mark.parametrize(
    ("text", "count", "found"),
    [
        ("ONE", 3, FilesAre.ONE_CLASS),
        ("same", 2, FilesAre.ONE_CLASS),
        ("1", 2, FilesAre.ONE_CLASS),
        ("THREE", 3, FilesAre.A_CLASS_EACH),
        ("3.", 3, FilesAre.A_CLASS_EACH),
        ("each", 30, FilesAre.A_CLASS_EACH),
        ("30", 30, FilesAre.A_CLASS_EACH),
        ("three", 2, None),
        ("thirty", 30, None),
        ("one class and another", 2, None),
    ],
)
def test_several_files_are_one_class_or_a_class_each(text: str, count: int, found: FilesAre | None) -> None:
    assert what_files_are(text, count) is found


def test_a_file_that_came_before_is_another_class_by_one_word() -> None:
    assert is_another_class("NEW")
    assert is_another_class("different  class.")
    assert not is_another_class("new class on friday")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("autism class today 4 hrs", True),
        ("did the autism class count for 4 hours", False),
        ("autism class today 4 hrs?", False),
        ("[Correct U-3001]", False),
        ("autism class", False),
    ],
)
def test_words_before_a_file_tell_of_a_class_or_not(text: str, tells: bool) -> None:
    assert tells_of_a_class(text, channel="sms", today=TODAY) is tells
