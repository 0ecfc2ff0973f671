"""What wakes the tick? One short interval in UTC; it holds no state, so missing a beat loses nothing."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.jobs import Job, Work
from scheduler.tick import Ticked, run_due
from training.ledger.parcels import Carrier
from training.log.register import unattended
from training.office import Office

log = logging.getLogger(__name__)

TICK = timedelta(seconds=5)
Watch = Callable[[Ticked], None]


class Ticker:
    """Runs the table of jobs again and again, in a thread of its own. Made and used in one event loop."""

    def __init__(
        self,
        jobs: Iterable[Job],
        office: Office,
        watch: Watch = lambda _: None,
        every: timedelta = TICK,
        carriers: Mapping[str, Carrier] | None = None,
    ) -> None:
        self._jobs = tuple(jobs)
        self._stopping = Event()
        self.work = Work(unattended(office), self._stopping.is_set, carriers or {})
        self._watch = watch
        self._every = every
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tick")
        self._running: asyncio.Future[Ticked] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._woken = monotonic()
        self._failed = 0

    @property
    def silent_for(self) -> timedelta:
        """How long ago a tick last began or ended."""
        return timedelta(seconds=monotonic() - self._woken)

    @property
    def failures(self) -> int:
        """Ticks that failed since the last one that did everything."""
        return self._failed

    def start(self) -> None:
        """Tick now, and then again and again."""
        self._scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._every.total_seconds(),
            # Without it a process that is restarted often would never tick.
            next_run_time=datetime.now(UTC),
            # Late is better than never: by default a tick that is a second late is dropped.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """No tick begins from here on, and the one that runs leaves off at its next good place."""
        self._stopping.set()

    async def drain(self, patience: timedelta) -> bool:
        """Wait until nothing runs any more; whether that came true. The scheduler's own shutdown would only cancel."""
        self.stop()
        self._scheduler.pause()
        running = self._running
        if running is not None:
            await asyncio.wait({running}, timeout=patience.total_seconds())
        quiet = running is None or running.done()
        self._scheduler.shutdown(wait=False)
        self._thread.shutdown(wait=False)
        return quiet

    async def _tick(self) -> None:
        if self._stopping.is_set():
            return
        self._woken = monotonic()
        loop = asyncio.get_running_loop()
        self._running = loop.run_in_executor(self._thread, run_due, self._jobs, self.work)
        try:
            ticked = await asyncio.shield(self._running)
        finally:
            self._running = None
        self._woken = monotonic()
        self._failed = 0 if ticked.succeeded else self._failed + 1
        self._watch(ticked)
