"""What did the app ask of Twilio? Every call with its parameters, its answer, and whether the work was done."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.twilio.faults import PATIENCE, Kind

Json = dict[str, Any]


@dataclass(slots=True)
class Call:
    """One call. ``status`` stays 0 while it is under way, and when the connection was cut."""

    method: str
    path: str
    parameters: Json
    at: datetime
    user: str | None = None
    """The name in the credentials: the account or an API key."""
    has_credentials: bool = False
    done: bool = False
    """Twilio did what was asked, whatever the app was told."""
    status: int = 0
    answer: Json = field(default_factory=dict)
    fault: Kind | None = None
    finished: bool = False

    @property
    def code(self) -> int:
        """The refusal that was answered, or 0."""
        told = self.answer.get("code")
        return told if isinstance(told, int) else 0


@dataclass(slots=True)
class Journal:
    """All calls in the order in which they came."""

    calls: list[Call] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    """Faults of the stand-in itself; they fail the test when it ends."""
    listeners: list[Callable[[Call], None]] = field(default_factory=list)
    """Told of every finished call."""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, call: Call) -> None:
        """A call has come."""
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def finish(self, call: Call) -> None:
        """A call is answered, or its line was cut."""
        with self._changed:
            call.finished = True
            self._changed.notify_all()
        for each in self.listeners:
            each(call)

    def of(self, method: str) -> list[Call]:
        """The calls of one kind."""
        return [call for call in self.calls if call.method == method]

    def under_way(self) -> int:
        """How many calls wait for their answer."""
        return sum(not call.finished for call in self.calls)

    def until(self, so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Go on once it is so; it is looked at after every call."""
        with self._changed:
            assert self._changed.wait_for(so, patience), f"never: {what}"

    def until_called(self, method: str, times: int = 1, patience: float = PATIENCE) -> list[Call]:
        """The calls of a kind, once so many are finished."""

        def finished() -> list[Call]:
            return [call for call in self.of(method) if call.finished]

        self.until(lambda: len(finished()) >= times, f"{times} times {method}", patience)
        return finished()
