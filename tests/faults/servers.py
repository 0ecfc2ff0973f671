"""What becomes of deliveries and answers when the database goes away, is held by another, or is full? 10, 11 and 12."""

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from threading import Thread
from time import monotonic

import httpx
from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from db.tables import message
from db.unit_of_work import reading
from tests.faults.auditor import looked_at
from tests.faults.hands import A_BEAT, Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import Route, plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.stores import PostgresqlStore
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from tests.integration.service_process import WITH_A_DOOR, Running, running
from tests.integration.service_with_a_door import PATH

DOWN = 10.0  # seconds
ANSWERED_WITHIN, RESUMED_WITHIN = 3.0, 15.0
HELD = 30.0
NO_STALL = 0.1


def _ask(service: Running) -> tuple[str, float]:
    """The kind of the answer to an officer, and how long it took."""
    began = monotonic()
    asked = {"badge": "214", "text": "am i good?"}
    answer = httpx.post(service.address + PATH, json=asked, timeout=30)
    return str(answer.json()["kind"]), monotonic() - began


def server_restarted(asked: Asked) -> Outcome:
    """10: the server stops at once under load, and is away for ten seconds."""
    store = asked.ground.store
    assert isinstance(store, PostgresqlStore)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, asked.rows)
        with running(site.folder, site.office.engine, program=WITH_A_DOOR) as service:
            until(service.is_ready, "ready")
            before, _ = _ask(service)
            for _ in range(asked.workers):
                crew.hire(before=0.01, after=0.01)
            until(lambda: providers.calls() > asked.rows // 4, "under load")
            store.stop(signal.SIGQUIT)
            away = monotonic()
            kind, took = _ask(service)
            pause(max(0.0, DOWN - (monotonic() - away)))
            made = providers.calls()
            store.start()
            resumed = until(lambda: providers.calls() > made, "deliveries go on", 120)
            until(service.is_ready, "ready again")
            after, _ = _ask(service)
            code = service.stop()
        alive = len(crew.alive)
        finished(site, providers, crew)
        # A call that was under way when the server went may have no end in the ledger: as many as there are senders.
        outcome = judged(site, providers, rows, senders_lost=asked.workers)
        left = site.left()
    why = [f"{left} are not done"] if left else []
    if (before, kind, after, code) != ("status", "broken", "status", 0):
        why.append(f"answers were {before}, {kind}, {after}; the service ended with {code}")
    if took > ANSWERED_WITHIN:
        why.append(f"somebody waited {took:.1f} s to hear that it does not work")
    if resumed > RESUMED_WITHIN:
        why.append(f"deliveries went on after {resumed:.0f} s only")
    if alive < asked.workers:
        why.append(f"{asked.workers - alive} workers ended by themselves")
    said = (f"told so after {took:.1f} s; deliveries went on {resumed:.0f} s after the start",)
    return outcome.also(*why, said=said)


def server_killed(asked: Asked) -> Outcome:
    """11: the server is killed while plans are acknowledged one by one; whatever was acknowledged is there."""
    store = asked.ground.store
    assert isinstance(store, PostgresqlStore)
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        acknowledged: list[str] = []

        def plan() -> None:
            try:
                for _ in range(asked.rows):
                    [row] = plan_rows(site, providers, 1, (Route.POST,))
                    acknowledged.append(row.message_id)
            except SQLAlchemyError:
                return

        planning = Thread(target=plan)
        planning.start()
        wanted = chance.randrange(asked.rows // 4, asked.rows // 2)
        until(lambda: len(acknowledged) >= wanted, "some are acknowledged", 120)
        store.stop(signal.SIGKILL)
        planning.join()
        store.start()
        with reading(site.office.engine) as conn:
            there = set(conn.execute(select(message.c.message_id)).scalars())
        lost = sum(each not in there for each in acknowledged)
        crew.hire()
        finished(site, providers, crew)
        books = looked_at(site)
        left = site.left()
    why = list(books.broken)
    if lost:
        why.append(f"{lost} of {len(acknowledged)} that were acknowledged are gone")
    if left:
        why.append(f"{left} are not done")
    return Outcome(
        planned=len(acknowledged),
        sent=len(books.attempts) - left,
        lost=lost,
        why=tuple(why),
        said=(f"killed after {len(acknowledged)} commits",),
    )


def _hold(path: str, seconds: float, has_it: Event, noise: Path) -> None:
    record = sqlite3.connect(path, isolation_level=None)
    record.execute("BEGIN IMMEDIATE")
    has_it.set()
    end, worst = monotonic() + seconds, 0.0
    while monotonic() < end:
        began = monotonic()
        pause(A_BEAT)
        worst = max(worst, monotonic() - began - A_BEAT)
    record.execute("ROLLBACK")
    noise.write_text(f"{worst:.4f}", encoding="ascii")


def _held(site: Site, seconds: float) -> float:
    """Another process has the writer's place for so long; how long this machine kept it itself waiting meanwhile."""
    forked = get_context("forkserver")
    has_it, noise = forked.Event(), site.folder / "noise"
    path = str(make_url(site.address).database)
    holder = forked.Process(target=_hold, args=(path, seconds, has_it, noise), daemon=True)
    holder.start()
    try:
        assert has_it.wait(30)
        holder.join(2 * seconds)
    finally:
        holder.kill()
    return float(noise.read_text(encoding="ascii"))


def record_held_or_full(asked: Asked) -> Outcome:
    """12: another process writes for thirty seconds; then the disk is full. Nobody's event loop waits for either."""
    with (
        asked.ground.a_site() as site,
        both() as providers,
        _on_a_small_disk(site) as filled,
        Crew(site) as crew,
    ):
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, max(20, asked.rows // 4))
        hand = crew.hire(before=0.01, after=0.01)
        until(lambda: providers.calls() > 2, "under load")
        during = providers.calls()
        (site.folder / f"stall-{hand.pid}").unlink(missing_ok=True)
        noise = _held(site, HELD)
        stalled = _stall(site, hand.pid)
        full = filled()
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
        alive = hand.is_alive
    why = [f"{left} are not done"] if left else []
    if not alive:
        why.append("the worker ended by itself")
    if stalled > NO_STALL + noise:
        why.append(f"the event loop stood still for {stalled * 1000:.0f} ms")
    said = (
        f"held for {HELD:.0f} s after {during} calls",
        f"the event loop was away {stalled * 1000:.0f} ms at most, an idle process {noise * 1000:.0f} ms",
        full,
    )
    return outcome.also(*why, said=said)


def _stall(site: Site, pid: int) -> float:
    kept = site.folder / f"stall-{pid}"
    return float(kept.read_text(encoding="ascii") or 0) if kept.exists() else 0.0


@contextmanager
def _on_a_small_disk(site: Site) -> Iterator[Callable[[], str]]:
    """The record moves to a file system of a few megabytes, where this machine lets us make one; what fills it up for
    some seconds, and says how that went."""
    small = site.folder / "small"
    small.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    path = Path(str(make_url(site.address).database))
    made = None
    if mount and umount and os.geteuid() == 0:
        made = subprocess.run(  # noqa: S603  a file system in memory, in a folder of ours
            [mount, "-t", "tmpfs", "-o", f"size={_room(path)}", "tmpfs", str(small)],
            check=False,
            capture_output=True,
        )
    if made is None or made.returncode != 0:
        yield lambda: "no small disk could be made here"
        return
    try:
        site.moved_to(small)

        def fill() -> str:
            filler = small / "filler"
            with filler.open("wb") as file:
                try:
                    while True:
                        file.write(b"\0" * 65536)
                        file.flush()
                except OSError:
                    pass
            pause(8)
            filler.unlink(missing_ok=True)
            return "the disk was full for 8 s"

        yield fill
    finally:
        site.office.engine.dispose()
        subprocess.run([str(umount), "-l", str(small)], check=False, capture_output=True)  # noqa: S603  the same folder


def _room(path: Path) -> str:
    return f"{path.stat().st_size // 2**20 + 12}m"
