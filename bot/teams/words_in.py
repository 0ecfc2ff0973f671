"""What did a person type, without Teams' own signs in it? Mentions become badges, so that nobody is left out of a
question."""

from collections.abc import Callable, Mapping
from html import unescape

# As much as anybody says at once; the rest of a longer text is read by nobody.
MOST_CHARACTERS = 4_000
# Stands for somebody who cannot be asked about, so that the question stays one about somebody.
NOBODY = "officer Unknown"


def typed(text: str, mentioned: Mapping[str, str], badge_of: Callable[[str], str]) -> str:
    """The words. ``mentioned`` gives for each mention as written what Teams calls who is meant, empty for Rollcall."""
    plain = text[: MOST_CHARACTERS * 2]
    for written, user in mentioned.items():
        plain = plain.replace(written, f" {badge_of(user) or NOBODY} " if user else " ")
    return " ".join(unescape(plain)[:MOST_CHARACTERS].replace("\u00a0", " ").split(" ")).strip()
