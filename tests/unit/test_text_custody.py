"""The custodian's commands are exact: each form is known, and no sentence is taken for one."""

from datetime import date

import pytest

from reading.text.custody import custody_command


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("messages 214", "content-list", {"person": "214"}),
        ("Messages of Ruiz", "content-list", {"person": "ruiz"}),
        ("message M-1202", "content-item", {"item": "1202"}),
        ("m1202", "content-item", {"item": "1202"}),
        ("open m 1202", "content-item", {"item": "1202"}),
        ("set aside M-1202", "set-aside", {"item": "1202"}),
        ("Put back m-1202.", "put-back", {"item": "1202"}),
        ("dispose M-1202", "dispose", {"item": "1202"}),
        ("dispose of m-1202 spill", "dispose", {"item": "1202", "code": "spill"}),
        ("dispose m-1202 retention", "dispose", {"item": "1202", "code": "retention-schedule"}),
        ("confirm M-1202", "confirm-disposal", {"item": "1202"}),
        ("keep M-1202", "keep-item", {"item": "1202"}),
        ("disposals", "disposals", {}),
        ("holds", "holds", {}),
        ("hold 214", "hold", {"person": "214"}),
        ("hold M-1202", "hold", {"item": "1202"}),
        (
            "hold 214 2026-01-01 to 2026-06-30",
            "hold",
            {"person": "214", "date_range": (date(2026, 1, 1), date(2026, 6, 30))},
        ),
        ("hold 2026-06-30 to 2026-01-01", "hold", {"date_range": (date(2026, 1, 1), date(2026, 6, 30))}),
        ("lift H-1300", "lift-hold", {"hold": "1300"}),
    ],
)
def test_every_form_is_known(text: str, command: str, slots: dict[str, object]) -> None:
    understood = custody_command(text)
    assert understood is not None
    assert (understood.command, dict(understood.slots)) == (command, slots)


@pytest.mark.parametrize(
    "text",
    [
        "messages",
        "messages are too many",
        "stop messages",
        "hold",
        "hold on",
        "hold my messages",
        "dispose",
        "dispose of the old taser",
        "confirm 1202",
        "keep 214",
        "set aside 4 hours",
        "lift 12",
        "hold 2026-13-01 to 2026-14-30",
        "do not dispose m-1202",
        "m-",
    ],
)
def test_no_sentence_is_taken_for_one(text: str) -> None:
    assert custody_command(text) is None
