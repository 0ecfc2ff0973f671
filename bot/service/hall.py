"""What do all doors share? Threads to work in, turns for each conversation, the ticker, and what is measured.

Whatever touches the database runs in a worker thread of one of three groups, so that a database that hangs keeps
neither the event loop nor the health routes from answering.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.service.inbox import Worked, work_on
from bot.service.metrics import BROKEN, Metrics
from bot.service.staff import Staff
from config.settings import Settings
from db.records.inbox import InWork
from handlers.front_desk import FrontDesk
from messages.words import Words
from scheduler.ticker import Ticker
from training import inbox
from training.office import Office

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

# Answers worked on at once; more wait their turn. SQLite has one writer, PostgreSQL's pool a few more places.
ANSWERING = 8
CHECKING = 2
# What comes in is kept by threads of its own: a channel waits seconds for that, however slow the answers are.
KEEPING = 2
# From the signal to the end there are thirty seconds: requests get the first part, a running tick the second, and
# what was acknowledged and is still being answered the third.
PATIENCE_WITH_REQUESTS = timedelta(seconds=10)
PATIENCE_WITH_A_TICK = timedelta(seconds=8)
PATIENCE_WITH_WORK = timedelta(seconds=10)


@dataclass(slots=True)
class _Turn:
    """Whose turn it is in one conversation; kept for as long as anybody waits for it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Hall:
    """One process of the service. Made before the event loop, used inside it."""

    def __init__(
        self,
        office: Office,
        settings: Settings,
        words: Words,
        metrics: Metrics,
        make_ticker: Callable[["Hall"], Ticker] | None,
        staff: Mapping[str, "StaffMaker"] | None = None,
        *,
        listening: bool = True,
    ) -> None:
        self.office = office
        self.settings = settings
        self.words = words
        self.metrics = metrics
        # Whether everything came to its end when the process was told to stop.
        self.ended_well = True
        self._make_ticker = make_ticker
        self.ticker: Ticker | None = None
        self.front_desk = FrontDesk(office, words)
        self._staff_makers = dict(staff or {})
        self._listening = listening
        self._staff: dict[str, Staff] = {}
        # What is being worked on after it was acknowledged, and whose turn it is in each conversation.
        self._taken_up: set[asyncio.Future[object]] = set()
        self._turns: dict[tuple[str, str], _Turn] = {}
        self._not_begun: dict[str, InWork] = {}
        self._answers = ThreadPoolExecutor(ANSWERING, thread_name_prefix="answer")
        self._checks = ThreadPoolExecutor(CHECKING, thread_name_prefix="check")
        self._keeps = ThreadPoolExecutor(KEEPING, thread_name_prefix="keep")
        self._running: set[Future[Any]] = set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The ticker ticks for as long as the app runs, and is waited for at its end."""
        await self._open_staff()
        if self._make_ticker is not None:
            self.ticker = self._make_ticker(self)
            self.ticker.start()
        log.info("started", extra={"state": "ticking" if self.ticker else "answering"})
        try:
            yield
        finally:
            if self.ticker is not None:
                self.ended_well = await self.ticker.drain(PATIENCE_WITH_A_TICK)
            if self._taken_up:
                await asyncio.wait(self._taken_up, timeout=PATIENCE_WITH_WORK.total_seconds())
            self._answers.shutdown(wait=False, cancel_futures=True)
            await self._hand_back()
            for staff in self._staff.values():
                await staff.close()
            self._checks.shutdown(wait=False)
            self._keeps.shutdown(wait=False)
            self.ended_well = self.ended_well and not any(each.running() for each in list(self._running))
            log.info("stopped", extra={"state": "drained" if self.ended_well else "left"})

    def stop(self) -> None:
        """The process was told to end: nothing new begins."""
        if self.ticker is not None:
            self.ticker.stop()

    @property
    def staff(self) -> tuple[Staff, ...]:
        """Who works behind the doors that are set up, once the event loop runs."""
        return tuple(self._staff.values())

    def staff_of(self, name: str) -> Staff:
        """Who works behind this door."""
        return self._staff[name]

    @property
    def at_it(self) -> int:
        """How much that came in is being worked on."""
        return len(self._taken_up)

    def take_up(self, staff: Staff, work: InWork) -> "asyncio.Future[object]":
        """Have something worked on that was kept: one thing after the other in each conversation."""
        self._not_begun[work.owner] = work
        working = asyncio.ensure_future(self._in_turn(staff, work))
        self._taken_up.add(working)
        working.add_done_callback(self._taken_up.discard)
        return working

    async def keep(self, work: Callable[[], ResultT]) -> ResultT:
        """Have something kept that came in, before it is acknowledged."""
        return await self._in(self._keeps, work)

    async def work(self, work: Callable[[], ResultT]) -> ResultT:
        """Have something done for a page that somebody waits for."""
        return await self._in(self._answers, work)

    async def _in_turn(self, staff: Staff, work: InWork) -> object:
        place = (work.channel, work.place)
        turn = self._turns.setdefault(place, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                began = perf_counter()
                with self.metrics.answering():
                    worked = await self._in(self._answers, lambda: self._work_on(staff, work))
                kind = BROKEN if worked.failed else work.kind
                self.metrics.answered(work.channel, kind, perf_counter() - began)
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[place]
        return worked.ack

    def _work_on(self, staff: Staff, work: InWork) -> Worked:
        self._not_begun.pop(work.owner, None)
        return work_on(self.office, staff, work)

    async def _hand_back(self) -> None:
        """What nobody has begun is anybody's at once, not only when its lease is over."""
        left = tuple(self._not_begun.values())
        if not left:
            return
        try:
            handing = self._in(self._checks, lambda: inbox.hand_back(self.office, left))
            await asyncio.wait_for(handing, PATIENCE_WITH_WORK.total_seconds())
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("not-handed-back", extra={"error": type(error).__name__, "count": len(left)})

    async def _open_staff(self) -> None:
        for name, make in self._staff_makers.items():
            self._staff[name] = staff = make(self)
            await staff.open(listening=self._listening)

    async def check(self, look: Callable[[], ResultT]) -> ResultT:
        """Something the health routes want to know."""
        return await self._in(self._checks, look)

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], ResultT]) -> ResultT:
        # The request id goes along into the thread. Who waits may give up; what runs there goes on.
        running = threads.submit(copy_context().run, work)
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return await asyncio.wrap_future(running)


StaffMaker = Callable[[Hall], Staff]
