"""What goes wrong at a stand-in, and when? A script by name of the call, written by the test before the calls come."""

import asyncio
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum

ANY = "*"
PATIENCE = 30.0


class Kind(StrEnum):
    """Ways in which a call fails. Before: nothing was done. After: it was, and the answer is lost."""

    RATE_LIMITED = "rate_limited"
    FAILED_BEFORE = "failed_before"
    FAILED_AFTER = "failed_after"
    DROPPED_BEFORE = "dropped_before"
    DROPPED_AFTER = "dropped_after"
    HELD_BEFORE = "held_before"
    HELD_AFTER = "held_after"
    MALFORMED = "malformed"
    PAGE = "page"
    REFUSED = "refused"


class Gate:
    """A slow call: it waits until the test opens, and the test can wait until it has come."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open: Future[None] = Future()

    def release(self) -> None:
        """Let everything through that waits, or will come."""
        if not self._open.done():
            self._open.set_result(None)

    def wait_reached(self, patience: float = PATIENCE) -> None:
        """Go on once the call waits here."""
        assert self._reached.wait(patience), "the slow call never came"

    async def hold(self) -> None:
        """Stand here until released."""
        self._reached.set()
        await asyncio.shield(asyncio.wrap_future(self._open))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. The functions below make each kind."""

    kind: Kind
    status: int = 200
    retry_after: int = 1
    error: str = ""
    gate: Gate = field(default_factory=Gate)


def rate_limited(retry_after: int = 1) -> Fault:
    """429 with `Retry-After`; nothing was done."""
    return Fault(Kind.RATE_LIMITED, 429, retry_after)


def failed(*, after: bool, status: int = 500) -> Fault:
    """A server error, before or after the work."""
    return Fault(Kind.FAILED_AFTER if after else Kind.FAILED_BEFORE, status)


def dropped(*, after: bool) -> Fault:
    """The connection is cut, before or after the work."""
    return Fault(Kind.DROPPED_AFTER if after else Kind.DROPPED_BEFORE)


def held(*, after: bool) -> Fault:
    """Slow: the call stands at its gate before or after the work, until the test releases it."""
    return Fault(Kind.HELD_AFTER if after else Kind.HELD_BEFORE)


def malformed() -> Fault:
    """The work is done and the answer is cut off in the middle."""
    return Fault(Kind.MALFORMED)


@dataclass(slots=True)
class Script:
    """The faults to come."""

    _next: dict[str, deque[Fault | None]] = field(default_factory=dict)
    _always: dict[str, Fault] = field(default_factory=dict)

    def next(self, method: str, *faults: Fault | None) -> None:
        """One for each of the next calls of a method, in order; None lets a call pass."""
        self._next.setdefault(method, deque()).extend(faults)

    def always(self, method: str, fault: Fault) -> None:
        """For every call of a method, once the ones in order are used up. ``ANY`` is every method."""
        self._always[method] = fault

    def clear(self) -> None:
        """Nothing goes wrong any more; what waits goes on."""
        for fault in [*self._always.values(), *(f for each in self._next.values() for f in each)]:
            if fault is not None:
                fault.gate.release()
        self._next.clear()
        self._always.clear()

    def take(self, method: str) -> Fault | None:
        """What happens to the call that has just come."""
        for name in (method, ANY):
            if waiting := self._next.get(name):
                return waiting.popleft()
        return self._always.get(method, self._always.get(ANY))
