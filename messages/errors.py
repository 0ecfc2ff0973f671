"""How an error of the catalogue is said: what happened, then what to do next."""

from collections.abc import Mapping

from messages.words import Words, named


def error_text(code: str, facts: Mapping[str, object], words: Words) -> str:
    """Two lines, each with the facts it names."""
    happened = words.say(f"error-{code}", **named(words.sentence(f"error-{code}"), facts))
    next_step = words.say(f"error-{code}-next", **named(words.sentence(f"error-{code}-next"), facts))
    return f"{happened}\n{next_step}"
