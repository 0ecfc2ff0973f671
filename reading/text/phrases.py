"""What does a message mean that says nothing but a known phrase? The table ``phrases.csv``, by its words."""

from collections.abc import Mapping
from functools import cache

from reading.text.normal import normalise
from reading.text.tables import rows


@cache
def phrases() -> Mapping[str, tuple[str, str | None]]:
    """Whole messages, evened out as any message is, to intent and command."""
    return {
        text: (row["intent"], row["command"] or None)
        for row in rows("phrases.csv")
        for text in (row["says"], normalise(row["says"]).text)
    }
