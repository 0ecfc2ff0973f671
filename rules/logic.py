"""Three-valued logic: what follows when some of the facts are not known."""

from collections.abc import Iterable

from rules.model import Truth


def every(truths: Iterable[Truth]) -> Truth:
    """False when one is false; otherwise unknown when one is unknown; otherwise true."""
    verdict: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            verdict = None
    return verdict


def some(truths: Iterable[Truth]) -> Truth:
    """True when one is true; otherwise unknown when one is unknown; otherwise false."""
    verdict: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            verdict = None
    return verdict


def negate(truth: Truth) -> Truth:
    return None if truth is None else not truth
