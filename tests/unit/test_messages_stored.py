"""A neutral message that was kept comes back as the same message, or not at all."""

import json

import pytest

from messages.model import to_json
from messages.stored import from_json
from messages.words import load
from tests.unit.message_cast import EXAMPLES


def test_every_message_comes_back_as_it_was_kept() -> None:
    words = load()
    messages = {name: build(words) for name, build in EXAMPLES.items()}
    assert {name: from_json(to_json(message)) for name, message in messages.items()} == messages


def test_a_form_that_was_kept_before_forms_had_a_subject_still_comes_back() -> None:
    message = EXAMPLES["what-if-form"](load())
    kept = json.loads(to_json(message))
    del kept["form"]["value"]
    assert from_json(json.dumps(kept)) == message


@pytest.mark.parametrize("field", ["kind", "body", "sms"])
def test_half_a_message_is_none(field: str) -> None:
    kept = json.loads(to_json(EXAMPLES["status-not-yet"](load())))
    del kept[field]
    with pytest.raises(ValueError, match="no message"):
        from_json(json.dumps(kept))
