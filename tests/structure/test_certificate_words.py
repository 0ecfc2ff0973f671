"""Can everything that is found in a file be said? A new doubt, flag or refusal without words fails here."""

import pytest

from db.records.uploads import Step
from messages.review import RETURN_REASONS
from messages.words import load
from reading.certificates.model import Doubt
from reading.documents.model import FileRefusal, Flag
from reading.spills import Spill
from training.uploads.values import NAMES, From

WORDS = load()
KEYS = [
    *(f"doubt-{each}" for each in Doubt),
    *(f"file-flag-{each}" for each in Flag),
    *(f"file-refused-{each}" for each in FileRefusal),
    *(f"spill-{each}" for each in Spill),
    *(f"upload-state-{each}" for each in Step),
    *(f"return-{each}" for each in RETURN_REASONS),
    *(f"value-from-{each}" for each in From),
    *(f"value-needed-{each.replace('_', '-')}" for each in NAMES),
    *(f"value-example-{each.replace('_', '-')}" for each in NAMES),
]


@pytest.mark.parametrize("key", KEYS)
def test_what_is_found_can_be_said(key: str) -> None:
    assert key in WORDS
