"""How do other programs ask for topics of titles? JSON lines in, JSON lines out (`rollcall read titles`)."""

import json
from collections.abc import Iterable, Iterator

from reading.titles.match import match_title


def read_titles_lines(lines: Iterable[str]) -> Iterator[str]:
    """One answer line per input line; a line that is not a question gets {"error": code}."""
    for line in lines:
        yield json.dumps(_answer(line))


def _answer(line: str) -> dict[str, object]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not-json"}
    if not isinstance(question, dict):
        return {"error": "not-an-object"}
    title = question.get("title")
    if not isinstance(title, str):
        return {"error": "title-missing" if title is None else "title-not-text"}
    found = match_title(title)
    return {"topics": list(found.topics), "bookkeeping": found.bookkeeping, "reason": found.reason}
