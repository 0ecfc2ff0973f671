"""How does a scenario wait for processes that are not its own? In moments of real time, and never for ever."""

from collections.abc import Callable
from threading import Event
from time import monotonic

PATIENCE = 60.0
A_LOOK = 0.05


def pause(seconds: float) -> None:
    """Let so much time pass."""
    Event().wait(seconds)


def until(so: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
    """Look again and again until it is so; how long that took."""
    began = monotonic()
    while not so():
        assert monotonic() - began < patience, f"never: {what}"
        pause(A_LOOK)
    return monotonic() - began
