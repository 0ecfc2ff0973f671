"""What is typed about what follows an approval: exact forms, and nothing that only sounds alike."""

from decimal import Decimal

import pytest

from reading.money import dollars
from reading.text.after_approval import after_approval_command


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("To register", "to-register", {}),
        ("registered R-1042", "register-request", {"request": "1042"}),
        ("register r1042", "register-request", {"request": "1042"}),
        ("R 1042 is registered.", "register-request", {"request": "1042"}),
        ("seat r-1042", "seat-request", {"request": "1042"}),
        ("R-1042 attended", "request-presence", {"request": "1042", "said": "there"}),
        ("r1042 attended 3 h", "request-presence", {"request": "1042", "hours": "3"}),
        ("R-1042 attended 3.5 hours", "request-presence", {"request": "1042", "hours": "3.5"}),
        ("R-1042 no show", "request-presence", {"request": "1042", "said": "absent"}),
        ("R-1042 no-show", "request-presence", {"request": "1042", "said": "absent"}),
        ("R-1042 was not there", "request-presence", {"request": "1042", "said": "absent"}),
        ("I was there", "own-presence", {}),
        ("R-1042, I was there", "own-presence", {"request": "1042"}),
        ("U-3107 is for R-1042", "link-certificate", {"upload_id": "3107", "request": "1042"}),
        ("R-1042 cost", "request-costs", {"request": "1042"}),
        ("R-1042 cost $1,540.50", "request-costs", {"request": "1042", "amount": "$1,540.50"}),
        ("r-1042 cost 540, 120 own", "request-costs", {"request": "1042", "amount": "540", "own": "120"}),
        ("close R-1042 anyway", "close-request", {"request": "1042", "anyway": "anyway"}),
        ("calendar R-1042", "class-file", {"request": "1042"}),
        ("budgets 2027", "budgets", {"year": "2027"}),
        ("budget B shift 2027 12000", "enter-budget", {"unit": "b shift", "year": "2027", "amount": "12000"}),
        ("request figures for the last 30 days", "request-figures", {"days": "30"}),
        ("my pending", "my-pending", {}),
    ],
)
def test_a_form_is_a_command_with_what_it_names(text: str, command: str, slots: dict[str, str]) -> None:
    said = after_approval_command(text)
    assert said is not None
    assert (said.command, {name: str(each).strip() for name, each in said.slots.items()}) == (
        command,
        {**slots, **({"anyway": "anyway"} if "anyway" in slots else {})},
    )


@pytest.mark.parametrize(
    "text",
    [
        "did R-1042 attend",
        "R-1042 might have attended",
        "is R-1042 a no show",
        "I was there yesterday and liked it",
        "calendar",
        "R-1042 cost too much",
        "register me for R-1042 please",
        "approve R-1042",
    ],
)
def test_what_only_sounds_alike_is_left_to_others(text: str) -> None:
    assert after_approval_command(text) is None


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("540", Decimal(540)),
        ("$ 540", Decimal(540)),
        ("1,250.50", Decimal("1250.50")),
        ("-5", None),
        ("1,25", None),
        ("5.001", None),
        ("five", None),
        ("", None),
    ],
)
def test_an_amount_is_dollars_or_nothing(written: str, amount: Decimal | None) -> None:
    assert dollars(written) == amount
