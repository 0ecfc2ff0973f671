"""Who delivers, and may be killed, stopped or told to end at any moment? ``rollcall work`` in processes of their own.

They are forked off a process that has everything loaded, so that many can live and die in a minute; what they run is
what the command runs, without its pages for health.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic
from typing import Self

from bot.composition import compose
from bot.doors import open_doors
from bot.logs import set_up_logs
from bot.service.doors import Door, staffed
from bot.service.hall import Hall
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from bot.service.staff import Staff
from config.settings import Settings, load
from db.records.inbox import InWork
from messages.words import load as load_words
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.ticker import TICK, Ticker
from tests.faults.permissions import mind_permissions
from tests.faults.sites import Site
from tests.faults.waiting import pause
from training.ledger.parcels import Carrier, Found, Parcel, TryOutcome
from training.office import Office
from training.ports import Clock

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.faults.hands"])
PATIENCE = 30.0
A_BEAT = 0.01


class Point(StrEnum):
    """Where a hand dies of itself: after the intent is committed and before the call, or after the call."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """How one hand is to work. ``before`` and ``after``: seconds that it takes over each call.

    ``dies``: of itself, once for each row, at this point. ``always``: at every row, however often it comes. ``ahead``:
    how wrong the clock of its machine is. ``minds_permissions``: what a file's mode forbids is forbidden to it
    too, also where everything is run as root.
    """

    environment: Mapping[str, str]
    folder: str
    before: float = 0.0
    after: float = 0.0
    dies: Point | None = None
    always: bool = False
    ahead: timedelta = timedelta()
    every: timedelta = TICK
    minds_permissions: bool = False


@dataclass
class Hand:
    """One process that delivers."""

    process: multiprocessing.process.BaseProcess
    log: Path

    @property
    def pid(self) -> int:
        """Its number."""
        pid = self.process.pid
        assert pid is not None
        return pid

    @property
    def is_alive(self) -> bool:
        """Whether it still works."""
        return self.process.is_alive()

    def send(self, how: signal.Signals) -> None:
        """A signal to it and to everything it started."""
        if self.process.is_alive():
            os.killpg(self.pid, how)

    def kill(self) -> None:
        """Gone, without a word."""
        self.send(signal.SIGKILL)
        self.process.join(PATIENCE)

    def tell_to_end(self) -> None:
        """It may finish what it is at."""
        os.kill(self.pid, signal.SIGTERM)

    @property
    def said(self) -> str:
        """Everything it wrote into its log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@dataclass
class Crew:
    """Everybody who delivers for one installation; whatever happens they are gone afterwards."""

    site: Site
    hands: list[Hand] = field(default_factory=list)

    def hire(self, **given: object) -> Hand:
        """One more; returns once it works."""
        orders = Orders(environment=self.site.environment(), folder=str(self.site.folder))
        orders = replace(orders, **given)  # type: ignore[arg-type]  # fields of the orders
        log = self.site.folder / f"hand-{len(self.hands) + 1}.log"
        ready = _FORKED.Event()
        process = _FORKED.Process(target=_hand, args=(orders, str(log), ready), daemon=True)
        process.start()
        hand = Hand(process, log)
        self.hands.append(hand)
        assert ready.wait(PATIENCE), hand.said
        return hand

    @property
    def alive(self) -> list[Hand]:
        """Whoever still works."""
        return [each for each in self.hands if each.is_alive]

    @property
    def said(self) -> str:
        """Everything that anybody wrote into a log."""
        return "".join(each.said for each in self.hands)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self.hands:
            each.kill()


@dataclass(frozen=True, slots=True)
class WrongClock(Clock):
    """The clock of a machine that is set wrong."""

    right: Clock
    ahead: timedelta

    def now(self) -> datetime:
        return self.right.now() + self.ahead


class Faulty(Carrier):
    """A way out that takes its time, in a process that may die of itself before or after the call."""

    def __init__(self, carrier: Carrier, orders: Orders) -> None:
        self._carrier = carrier
        self._orders = orders

    def send(self, parcel: Parcel) -> TryOutcome:
        pause(self._orders.before)
        self._die_at(Point.BEFORE, parcel)
        sent = self._carrier.send(parcel)
        self._die_at(Point.AFTER, parcel)
        pause(self._orders.after)
        return sent

    def find(self, parcel: Parcel) -> Found:
        return self._carrier.find(parcel)

    def _die_at(self, point: Point, parcel: Parcel) -> None:
        if self._orders.dies is not point:
            return
        mark = Path(self._orders.folder) / f"died-{parcel.attempt_id}"
        if self._orders.always or not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)


class FaultyStaff(Staff):
    """Whoever works behind a door, with a faulty way out."""

    def __init__(self, staff: Staff, orders: Orders) -> None:
        self._staff = staff
        self.name = staff.name
        self.carrier = Faulty(staff.carrier, orders)

    async def open(self, *, listening: bool) -> None:
        await self._staff.open(listening=listening)

    async def close(self) -> None:
        await self._staff.close()

    def work(self, work: InWork) -> object:
        return self._staff.work(work)

    def give_up(self, work: InWork, error: Exception) -> None:
        self._staff.give_up(work, error)

    def follow(self, work: Work) -> int:
        return self._staff.follow(work)


def _faulty(door: Door, orders: Orders) -> Door:
    make = door.staff
    return door if make is None else replace(door, staff=lambda hall: FaultyStaff(make(hall), orders))


def _hand(orders: Orders, log: str, ready: Event) -> None:
    os.setsid()
    with Path(log).open("wb", buffering=0) as said:
        os.dup2(said.fileno(), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(orders.environment)
    os.chdir(orders.folder)
    if orders.minds_permissions:
        mind_permissions()
    set_up_logs("info")
    settings = load()
    office = compose(settings)
    office = replace(office, reader=None, clock=WrongClock(office.clock, orders.ahead))
    ended_well = asyncio.run(_work(settings, office, orders, ready))
    logging.shutdown()
    os._exit(0 if ended_well else 1)


async def _work(settings: Settings, office: Office, orders: Orders, ready: Event) -> bool:
    doors = [_faulty(each, orders) for each in open_doors(settings)]

    def ticker(hall: Hall) -> Ticker:
        carriers = {staff.name: staff.carrier for staff in hall.staff}
        return Ticker((*JOBS, *jobs_of(hall)), office, every=orders.every, carriers=carriers)

    hall = Hall(office, settings, load_words(), Metrics(), ticker, staffed(doors), listening=False)
    told = asyncio.Event()

    def stop() -> None:
        hall.stop()
        told.set()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    async with hall.at_work():
        ready.set()
        watching = asyncio.create_task(_watch(told, Path(orders.folder) / f"stall-{os.getpid()}"))
        await told.wait()
        await watching
    return hall.ended_well


async def _watch(told: asyncio.Event, into: Path) -> None:
    """How long the event loop was away at most, kept where it is looked for; once the file is gone, anew."""
    worst = 0.0
    while not told.is_set():
        began = monotonic()
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), A_BEAT)
        away = monotonic() - began - A_BEAT
        if away > worst or not into.exists():
            worst = away
            into.write_text(f"{worst:.4f}", encoding="ascii")
