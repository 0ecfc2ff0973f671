"""What do words mean while a certificate is in hand? A yes, a correction, a word about its files, or nothing of it."""

import re
from collections.abc import Collection
from datetime import date
from enum import Enum, auto

from reading.certificates.asides import is_aside
from reading.certificates.told import Told, told
from reading.text.model import Understood
from reading.text.tables import word_lists
from reading.text.understand import understand
from reading.text.upload_numbers import without_numbers

# What a sentence about a finished class may be taken for; anything else is a question of its own.
_OF_A_CLASS = frozenset(
    {
        "certificate_upload_help",
        "certificate_status",
        "course_search",
        "out_of_scope",
        "record_dispute",
        "status_topic",
        "training_history",
    }
)
# While a certificate waits for its sender's word, a few words more are about it.
_IN_HAND = _OF_A_CLASS | {"person_status", "greeting"}
# What names a value of a draft and nothing else to be done.
_COMMANDS = frozenset({None, "pick", "certificate"})
_CLEARLY = 0.85
_ANOTHER_CLASS = frozenset({"new", "different class"})
_ONE_CLASS = frozenset({"one", "1", "same", "one class"})
_A_CLASS_EACH = frozenset({"each", "several"})
_ASKS = re.compile(
    r"(?:am|are|can|could|did|do|does|has|have|how|if|is|may|was|were|what|when|where|which|who|why|will)\b|.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
# A pressed button as the kept line of it begins.
_PRESSED = "["


class FilesAre(Enum):
    """What several files are."""

    ONE_CLASS = auto()
    A_CLASS_EACH = auto()


def is_another_class(text: str) -> bool:
    """Whether a file that came before is meant for another class this time."""
    return _bare(text) in _ANOTHER_CLASS


def what_files_are(text: str, count: int) -> FilesAre | None:
    """Whether so many files are one class or a class each; None when nothing is said of it."""
    said, names = _bare(text), word_lists()["numbers"]
    if said in _ONE_CLASS:
        return FilesAre.ONE_CLASS
    counted = {str(count), *names[count : count + 1]}
    return FilesAre.A_CLASS_EACH if said in _A_CLASS_EACH | counted else None


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!")


def said_of_it(text: str, understood: Understood, *, today: date, wanted: Collection[str]) -> Told | None:
    """What is said of the certificate; None when the words are about something else.

    ``wanted`` names the values that were asked for.
    """
    command = understood.command
    if "upload_id" in understood.slots and command not in _COMMANDS:
        # CORRECT U-3107 asks for something of its own: it is no "correct" said of U-3107.
        return None
    words = without_numbers(text)
    said = told(words, today=today, wanted=wanted)
    if said.ok:
        return said
    if not said.says_something or is_aside(words) or command not in _COMMANDS:
        return None
    return said if understood.intent in _IN_HAND or understood.confidence < _CLEARLY else None


def tells_of_a_class(text: str, *, channel: str, today: date) -> bool:
    """Whether it is a sentence with hours or a day of a class in it; what was pressed or asked is none."""
    if text.startswith(_PRESSED) or _ASKS.match(text.strip()):
        return False
    said = told(text, today=today)
    if said.hours is None and said.completed_on is None:
        return False
    found = understand(text, channel=channel, role="officer", today=today)
    return found.command is None and (found.intent in _OF_A_CLASS or found.confidence < _CLEARLY)
