"""What did a person type, without Teams' own signs in it? Mentions become badges, so that nobody is left out of a
question."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from html import unescape

# As much as anybody says at once; the rest of a longer text is read by nobody.
MOST_CHARACTERS = 4_000
# Stands for somebody who cannot be asked about, so that the question stays one about somebody.
NOBODY = "officer Unknown"


def typed(text: str, mentioned: Sequence[tuple[str, str]], badge_of: Callable[[str], str]) -> str:
    """The words. ``mentioned`` gives each mention in its order, as written, with what Teams calls who is meant: empty
    for Rollcall. Two people may be written alike."""
    meant: dict[str, list[str]] = defaultdict(list)
    for written, user in mentioned:
        meant[written].append(user)

    def said(found: re.Match[str]) -> str:
        whom = meant[found[0]]
        user = whom.pop(0) if len(whom) > 1 else whom[0]
        return f" {badge_of(user) or NOBODY} " if user else " "

    plain = text[: MOST_CHARACTERS * 2]
    if meant:
        # All at once: what stands for one is never taken for another.
        longest_first = sorted(meant, key=len, reverse=True)
        plain = re.sub("|".join(map(re.escape, longest_first)), said, plain)
    return " ".join(unescape(plain)[:MOST_CHARACTERS].replace("\u00a0", " ").split(" ")).strip()
