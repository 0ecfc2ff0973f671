"""What the stand-ins on loopback have in common: a thread with its own loop, a journal, calls that fail as told.

It knows no service; what is answered belongs to each of them.
"""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from aiohttp import web

from tests.fakes.faults import PATIENCE, Fault, Kind, Script

CUT = (Kind.DROPPED_BEFORE, Kind.DROPPED_AFTER)
HANDLED_BEFORE = (Kind.RATE_LIMITED, Kind.FAILED_BEFORE, Kind.DROPPED_BEFORE, Kind.PAGE, Kind.REFUSED)


@dataclass(slots=True)
class AnyCall:
    """One call. ``status`` stays 0 while it is under way, and when the connection was cut."""

    method: str
    parameters: dict[str, Any]
    at: datetime
    done: bool = field(default=False, kw_only=True)
    """It was done, whatever the app was told."""
    status: int = field(default=0, kw_only=True)
    answer: dict[str, Any] = field(default_factory=dict, kw_only=True)
    fault: Kind | None = field(default=None, kw_only=True)
    finished: bool = field(default=False, kw_only=True)


CallT = TypeVar("CallT", bound=AnyCall)


@dataclass(slots=True)
class Journal(Generic[CallT]):
    """All calls in the order in which they came."""

    calls: list[CallT] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    """Faults of the stand-in itself; they fail the test when it ends."""
    listeners: list[Callable[[CallT], None]] = field(default_factory=list)
    """Told of every finished call."""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, call: CallT) -> None:
        """A call has come."""
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def finish(self, call: CallT) -> None:
        """A call is answered, or its line was cut."""
        with self._changed:
            call.finished = True
            self._changed.notify_all()
        for each in self.listeners:
            each(call)

    def of(self, method: str) -> list[CallT]:
        """The calls of one name."""
        return [call for call in self.calls if call.method == method]

    def under_way(self) -> int:
        """How many calls wait for their answer."""
        return sum(not call.finished for call in self.calls)

    def until(self, so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Go on once it is so; it is looked at whenever a call came or was finished."""
        with self._changed:
            assert self._changed.wait_for(so, patience), f"never: {what}"

    def until_called(self, method: str, times: int = 1, patience: float = PATIENCE) -> list[CallT]:
        """The calls of one name, once so many are finished."""

        def finished() -> list[CallT]:
            return [call for call in self.of(method) if call.finished]

        self.until(lambda: len(finished()) >= times, f"{times} times {method}", patience)
        return finished()


class Loopback(ABC, Generic[CallT]):
    """A service on loopback, for as long as it is entered."""

    def __init__(self, name: str) -> None:
        self.faults = Script()
        self.journal: Journal[CallT] = Journal()
        self._started: Future[list[int]] = Future()
        self._thread = threading.Thread(target=self._run, name=f"{name}-stand-in", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    @property
    def calls(self) -> list[CallT]:
        """Everything the app asked for, in order."""
        return self.journal.calls

    def calls_of(self, method: str) -> list[CallT]:
        """What it asked of one name."""
        return self.journal.of(method)

    def __enter__(self) -> Self:
        """Start, and wait until it listens."""
        self._thread.start()
        self._listens([f"http://127.0.0.1:{port}" for port in self._started.result(PATIENCE)])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; whatever waits at a gate goes on first."""
        self.faults.clear()
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        if error is None and self.journal.broken:
            raise AssertionError("the stand-in itself is broken") from self.journal.broken[0]

    @abstractmethod
    def _listens(self, addresses: list[str]) -> None:
        """It listens now, at an address for each of its sites."""

    @abstractmethod
    def _sites(self) -> list[tuple[web.Application, int]]:
        """What it serves, each with its port; 0 for any."""

    @abstractmethod
    def _failed(self, call: CallT, fault: Fault) -> web.Response:
        """How a call fails of which nothing was done, but for a line that is cut."""

    @abstractmethod
    def _server_error(self, call: CallT, fault: Fault, /) -> web.Response:
        """The service's own mistake."""

    async def _close(self) -> None:
        """Whatever else has to end before the sites do."""

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        runners, ports = [], []
        for application, port in self._sites():
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            ports.append(runner.addresses[0][1])
            runners.append(runner)
        self._started.set_result(ports)
        await self._stop.wait()
        await self._close()
        for runner in runners:
            await runner.cleanup()

    async def _answer(
        self, request: web.Request, call: CallT, work: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """Do the work and answer, or fail as the script says."""
        self.journal.add(call)
        fault = self.faults.take(call.method)
        call.fault = fault.kind if fault else None
        try:
            if fault is not None and fault.kind is Kind.HELD_BEFORE:
                await fault.gate.hold()
            if fault is not None and fault.kind is Kind.DROPPED_BEFORE:
                response = cut(request)
            elif fault is not None and fault.kind in HANDLED_BEFORE:
                response = self._failed(call, fault)
            else:
                response = work()
                if fault is not None:
                    response = await self._spoilt(request, call, response, fault)
            call.status = 0 if fault is not None and fault.kind in CUT else response.status
        except Exception as error:
            self.journal.broken.append(error)
            raise
        else:
            return response
        finally:
            self.journal.finish(call)

    async def _spoilt(
        self, request: web.Request, call: CallT, response: web.Response, fault: Fault
    ) -> web.Response:
        """What becomes of an answer whose work is done."""
        match fault.kind:
            case Kind.HELD_AFTER:
                await fault.gate.hold()
            case Kind.DROPPED_AFTER:
                return cut(request)
            case Kind.FAILED_AFTER:
                return self._server_error(call, fault)
            case Kind.MALFORMED:
                whole = response.body if isinstance(response.body, bytes) else b""
                half = whole[: len(whole) // 2]
                return web.Response(body=half, content_type="application/json", status=response.status)
            case _:
                pass
        return response


def cut(request: web.Request) -> web.Response:
    """The line breaks; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
