"""The words about certificates are exact: each form is known, and no sentence is taken for one."""

from datetime import date

import pytest

from reading.text.understand import understand
from reading.text.upload_numbers import number_meant, without_numbers
from reading.text.uploads import upload_command

CHECKED = ("title", "completed_on", "hours")


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("my certificates", "my-certificates", {}),
        ("Show my uploads.", "my-certificates", {}),
        ("uploads", "my-certificates", {}),
        ("U-3107", "certificate", {"upload_id": "U-3107"}),
        ("u3107?", "certificate", {"upload_id": "U-3107"}),
        ("status of u-3107", "certificate", {"upload_id": "U-3107"}),
        ("withdraw U-3107", "certificate-withdraw", {"upload_id": "U-3107"}),
        ("take back upload u 3107", "certificate-withdraw", {"upload_id": "U-3107"}),
        ("withdraw", "certificate-withdraw", {}),
        ("correct U-3107", "certificate-correct", {"upload_id": "U-3107"}),
        ("reviews", "reviews", {}),
        ("review queue", "reviews", {}),
        ("review U-3107", "review-certificate", {"upload_id": "U-3107"}),
        ("open the file of U-3107", "open-certificate", {"upload_id": "U-3107"}),
        ("approve U-3107", "approve-certificate", {"upload_id": "U-3107"}),
        (
            "approve U-3107, checked hours, date and class",
            "approve-certificate",
            {"upload_id": "U-3107", "confirmed": ("hours", "completed_on", "title")},
        ),
        (
            "approve U-3107 confirmed: hours",
            "approve-certificate",
            {"upload_id": "U-3107", "confirmed": ("hours",)},
        ),
        ("return U-3107", "return-certificate", {"upload_id": "U-3107"}),
        (
            "Return U-3107 because It reads 4 h, by FEMA",
            "return-certificate",
            {"upload_id": "U-3107", "words": "It reads 4 h, by FEMA"},
        ),
        (
            "send back u-3107: wrong  Name",
            "return-certificate",
            {"upload_id": "U-3107", "words": "wrong Name"},
        ),
    ],
)
def test_every_form_is_known(text: str, command: str, slots: dict[str, object]) -> None:
    understood = upload_command(text)
    assert understood is not None
    assert (understood.command, dict(understood.slots)) == (command, slots)
    # It means the same among everything else that can be said.
    whole = understand(text, channel="sms", role="coordinator", today=date(2027, 3, 2))
    assert (whole.command, dict(whole.slots)) == (command, slots)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "U-31",
        "U-1234567890",
        "u-3107 6 hours",
        "ok u-3107",
        "approve",
        "approve 3107",
        "approve C-3107",
        "approve u-3107 and u-3108",
        "please do not approve u-3107",
        "do not withdraw u-3107",
        "return",
        "return to the officer",
        "review",
        "review my record",
        "open the file",
        "correct",
        "my certificates are wrong",
        "is u-3107 approved",
        "approve u-3107; drop table",
        "U-\u0663\u0661\u0660\u0667",
    ],
)
def test_no_sentence_is_taken_for_one(text: str) -> None:
    assert upload_command(text) is None


def test_nothing_is_confirmed_that_was_not_named() -> None:
    for text in ("approve u-3107", "approve u-3107 with best wishes", "approve u-3107 checked everything"):
        understood = upload_command(text)
        assert understood is not None
        assert "confirmed" not in understood.slots or understood.slots["confirmed"] == ()
    all_three = upload_command("approve u-3107 checked class date hours")
    assert all_three is not None
    assert all_three.slots["confirmed"] == CHECKED


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("U-3107", 3107),
        ("u3107", 3107),
        ("u 3107", 3107),
        ("u - 3107", 3107),
        (" 3107 ", 3107),
        ("u-99", None),
        ("99", None),
        ("u-1234567890", None),
        ("u-3107 6 hours", None),
        ("H-3107", None),
        ("U-\uff13\uff11\uff10\uff17", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_one_way_wherever_it_is_written(written: str, number: int | None) -> None:
    assert number_meant(written) == number


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("U-3107 6 hours", "6 hours"),
        ("ok U-3001.", "ok"),
        ("hours of u3107, u-3108: 4", "hours of 4"),
        ("u 100 percent sure", "u 100 percent sure"),
        ("course 9100-0442", "course 9100-0442"),
    ],
)
def test_what_is_said_of_a_certificate_is_the_rest_of_the_sentence(text: str, rest: str) -> None:
    assert without_numbers(text) == rest
