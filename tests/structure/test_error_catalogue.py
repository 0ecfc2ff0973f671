"""Has every error its two sentences, and every error sentence its code? The two must not drift apart."""

from collections.abc import Iterable, Iterator

from messages.words import load
from training.errors import REASONS, ErrorCode


def expected() -> dict[str, frozenset[str]]:
    """Every key the catalogue must hold, with the facts its sentence may name."""
    return {key: REASONS[code].facts for code in ErrorCode for key in (f"error-{code}", f"error-{code}-next")}


def drifted(keys: Iterable[str]) -> Iterator[str]:
    """Error sentences without a code, and codes without a sentence."""
    yield from {key for key in keys if key.startswith("error-")} ^ expected().keys()


def test_every_code_has_an_entry() -> None:
    assert set(REASONS) == set(ErrorCode)


def test_every_error_says_what_happened_and_what_to_do_next() -> None:
    assert not sorted(drifted(load().keys))


def test_no_error_sentence_names_a_fact_the_error_does_not_carry() -> None:
    words = load()
    found = {key: words.sentence(key).facts - facts for key, facts in expected().items() if key in words}
    assert not {key: unknown for key, unknown in found.items() if unknown}


def test_a_missing_and_a_stray_sentence_are_caught() -> None:
    keys = set(expected()) - {"error-no-agency-next"} | {"error-moon-phase"}
    assert set(drifted(keys)) == {"error-no-agency-next", "error-moon-phase"}
