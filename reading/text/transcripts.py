"""Does somebody want their own record as a file? Other reports are about others, or about figures."""

import re

_OWN_RECORD = re.compile(r"\bmy\s+(?:\w+\s+){0,2}(?:transcripts?|records?|history|file)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:all|everybod\w+|everyone\w*|(?:team|squad|unit|shift|people|officer)s?)\b", re.IGNORECASE
)


def asks_for_own_transcript(text: str) -> bool:
    """Whether the words ask for the writer's own record and for nobody else's."""
    return _OWN_RECORD.search(text) is not None and _OF_OTHERS.search(text) is None
