"""How many examples does a property get? A few in every run, all of them in ``make thorough``."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "build")
_IN_EVERY_RUN = 0.2
_LEAST = 10


def examples(thoroughly: int) -> int:
    """So many of them in this run."""
    return max(_LEAST, int(thoroughly * _IN_EVERY_RUN)) if PROFILE == "build" else thoroughly


def choose() -> None:
    """The same examples every time, so that a build is red for a change and not for a dice; ``explore`` looks for new
    ones."""
    most = examples(100)
    for name in ("build", "thorough"):
        settings.register_profile(name, derandomize=True, deadline=None, database=None, max_examples=most)
    settings.register_profile("explore", deadline=None, database=None)
    settings.load_profile(PROFILE)
