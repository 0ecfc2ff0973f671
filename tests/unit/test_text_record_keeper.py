"""Are the words of whoever keeps the training records heard, and nothing else taken for them?"""

from datetime import date

import pytest

from reading.text.model import Understood
from reading.text.understand import understand


def ask(text: str) -> Understood:
    return understand(text, channel="terminal", role="coordinator", today=date(2027, 3, 2))


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("duplicates", "duplicates", {}),
        ("Show me the duplicates", "duplicates", {}),
        ("same 1", "same", {"choice": 1}),
        ("SAME #12", "same", {"choice": 12}),
        ("not the same 2", "not-same", {"choice": 2}),
        ("Not same 2", "not-same", {"choice": 2}),
        ("different 3", "not-same", {"choice": 3}),
        ("right 4", "not-same", {"choice": 4}),
        ("completeness", "completeness", {}),
        ("completeness 2026", "completeness", {"of": "2026"}),
        ("Completeness of Ruiz?", "completeness", {"of": "ruiz"}),
        ("intake 0311", "intake", {"of": "0311"}),
        ("lateral intake for badge 311", "intake", {"of": "311"}),
        ("Intake 0311 from St. Paul PD", "intake", {"of": "0311", "agency": "st. paul pd"}),
        ("lateral intake for badge 311 from Ashby", "intake", {"of": "311", "agency": "ashby"}),
        ("INTAKES", "intakes", {}),
        ("Accounts", "accounts", {}),
        ("show me the accounts", "accounts", {}),
        ("Continue", "go-on", {}),
        ("go on", "go-on", {}),
        ("go on leave", None, {}),
        ("i cant go on", None, {"emergency": True, "suicide": True}),
        ("Texts", "texts", {}),
        ("my texts", "texts", {}),
        ("texts to me", "texts", {}),
        ("texts of 214", "texts", {"of": "214"}),
        ("Texts to badge 214?", "texts", {"of": "214"}),
        ("no more texts", None, {}),
        ("shared phones", "shared-phones", {}),
        ("PHONES", "shared-phones", {}),
        ("Share phone", "share-phone", {}),
        ("share a phone", "share-phone", {}),
        (
            "SHARE PHONE +1 612 555 0190 Car 12",
            "share-phone",
            {"number": "+16125550190", "words": "Car 12"},
        ),
        ("share phone (612) 555-0190", "share-phone", {"number": "+16125550190"}),
        ("share phone 612-555-0190", "share-phone", {"number": "+16125550190"}),
        ("share phone 612 555 0190 12", "share-phone", {"number": "+16125550190", "words": "12"}),
        ("unshare phone 6125550190", "unshare-phone", {"number": "+16125550190"}),
        ("share phone 12", None, {}),
        ("i share my phone with lee", None, {}),
        ("UNLINK 214", "unlink", {"of": "214"}),
        ("unlink badge 214", "unlink", {"of": "214"}),
        ("unlink the account of 214", "unlink", {"of": "214"}),
        ("unlink my phone", None, {}),
        ("undelivered", "undelivered", {}),
        ("rules", "rules", {}),
        ("templates", "templates", {}),
        ("templates greeting", "templates", {"of": "greeting"}),
        ("take in 2", "intake-take", {"choice": 2}),
        ("end intake #2", "intake-end", {"choice": 2}),
        ("Releases", "releases", {}),
        ("Who asks for my record?", "releases", {}),
        ("ALLOW 1", "release", {"choice": 1}),
        ("release 3.", "release", {"choice": 3}),
        ("keep back 1", "release-stop", {"choice": 1}),
    ],
)
def test_what_the_record_keeper_says_is_heard(text: str, command: str, slots: dict[str, object]) -> None:
    found = ask(text)
    assert (found.command, dict(found.slots)) == (command, slots)


@pytest.mark.parametrize(
    "text",
    [
        "same",
        "is it the same 2 classes",
        "not 2",
        "that is right",
        "the same",
        "all right 2",
        "do not same 2",
    ],
)
def test_half_a_sentence_decides_nothing(text: str) -> None:
    assert ask(text).command not in {"same", "not-same"}


@pytest.mark.parametrize(
    "text",
    [
        "do not release 1",
        "did you release 1",
        "can i allow 1 hour",
        "please don't allow 1",
        "take 1",
        "keep 1",
        "she said release 1",
        "allow",
    ],
)
def test_no_record_goes_by_half_a_sentence(text: str) -> None:
    assert ask(text).command not in {"release", "release-stop", "intake-take", "intake-end"}
