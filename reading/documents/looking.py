"""How long, and how closely, may the pictures of one file be looked at? Whoever sent it waits."""

from collections.abc import Callable
from time import perf_counter

from reading.documents.limits import LOOKING_SECONDS, MAX_SIDE, MAX_SIDE_OF_SEVERAL, SEVERAL
from reading.documents.sight import Pixels, Seen, look


class Looking:
    """The time and the care for a file of so many pages."""

    def __init__(self, pages: int, seconds: float = LOOKING_SECONDS) -> None:
        self._side = MAX_SIDE if pages < SEVERAL else MAX_SIDE_OF_SEVERAL
        self._until = perf_counter() + seconds

    def at(self, draw: Callable[[int], Pixels]) -> Seen | None:
        """What a picture says, drawn at no more than the given side; None when there is no time left."""
        return look(draw(self._side)) if perf_counter() < self._until else None
