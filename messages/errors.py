"""How an error of the catalogue is said: what happened, then what to do next."""

from collections.abc import Mapping

from messages.words import Sentence, Words


def error_text(code: str, facts: Mapping[str, object], words: Words) -> str:
    """Two lines, each with the facts it names."""
    happened = words.say(f"error-{code}", **_named(words.sentence(f"error-{code}"), facts))
    next_step = words.say(f"error-{code}-next", **_named(words.sentence(f"error-{code}-next"), facts))
    return f"{happened}\n{next_step}"


def _named(sentence: Sentence, facts: Mapping[str, object]) -> dict[str, str]:
    return {name: _plain(facts[name]) for name in sorted(sentence.facts)}


def _plain(fact: object) -> str:
    return "; ".join(str(each) for each in fact) if isinstance(fact, tuple) else str(fact)
