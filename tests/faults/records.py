"""What becomes of deliveries when the record is held by another process, its disk is full, or nobody may write into it?
Scenario 12.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from time import monotonic

from sqlalchemy import make_url

from tests.faults.hands import A_BEAT, Crew, Hand
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome, added
from tests.faults.waiting import pause, until

HELD = 30.0
NO_STALL = 0.1
READ_ONLY, WRITABLE = 0o400, 0o600
A_WHILE, A_START = 8.0, 3.0
OFTEN = timedelta(seconds=1)


def _idle(path: str, seconds: float, begun: Event, noise: Path) -> None:
    record = sqlite3.connect(path, isolation_level=None) if path else None
    if record is not None:
        record.execute("BEGIN IMMEDIATE")
    begun.set()
    end, worst = monotonic() + seconds, 0.0
    while monotonic() < end:
        began = monotonic()
        pause(A_BEAT)
        worst = max(worst, monotonic() - began - A_BEAT)
    if record is not None:
        record.execute("ROLLBACK")
    noise.write_text(f"{worst:.4f}", encoding="ascii")


def _beside(site: Site, seconds: float, *, holds: str = "") -> float:
    """An idle process for so long, which may hold a record meanwhile; how long this machine kept it itself waiting."""
    forked = get_context("forkserver")
    begun, noise = forked.Event(), site.folder / "noise"
    idler = forked.Process(target=_idle, args=(holds, seconds, begun, noise), daemon=True)
    idler.start()
    try:
        assert begun.wait(30)
        idler.join(2 * seconds + 30)
    finally:
        idler.kill()
    return float(noise.read_text(encoding="ascii"))


@dataclass
class Stalls:
    """How long a worker's event loop stood still, in one part of the scenario after the other."""

    site: Site
    hand: Hand
    why: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def during(self, what: str, seconds: float, *, holds: str = "") -> None:
        """Look at it for so long, beside an idle process."""
        kept = self.site.folder / f"stall-{self.hand.pid}"
        kept.unlink(missing_ok=True)
        noise = _beside(self.site, seconds, holds=holds)
        stalled = float(kept.read_text(encoding="ascii") or 0) if kept.exists() else 0.0
        self.said.append(
            f"{what} for {seconds:.0f} s: the event loop away {stalled * 1000:.0f} ms at most, an idle process "
            f"{noise * 1000:.0f} ms"
        )
        if stalled > NO_STALL + noise:
            self.why.append(f"{what}: the event loop stood still for {stalled * 1000:.0f} ms")
        if not self.hand.is_alive:
            self.why.append(f"{what}: the worker ended by itself")


def held_full_or_closed(asked: Asked) -> Outcome:
    """12: another process writes for thirty seconds; the disk is full; nobody may write into the file. Nobody's event
    loop waits for it, and nobody has to be started again."""
    return added(_held_and_full(asked), _closed(asked))


def _held_and_full(asked: Asked) -> Outcome:
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
        stalls = Stalls(site, hand)
        stalls.during("held by another process", HELD, holds=str(make_url(site.address).database))
        with filled() as is_full:
            if is_full:
                stalls.during("a full disk", A_WHILE)
            else:
                stalls.said.append("no small disk could be made here: mounting one takes root")
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
    why = [f"{left} are not done"] if left else []
    return outcome.also(*why, *stalls.why, said=tuple(stalls.said))


def _closed(asked: Asked) -> Outcome:
    """A worker begins at a file that it may only read, as after a restore by somebody else; then it may write."""
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, 20)
        site.office.engine.dispose()
        path = Path(str(make_url(site.address).database))
        path.chmod(READ_ONLY)
        hand = crew.hire(every=OFTEN, minds_permissions=True)
        # What it loads at its first tick is no stall of a record.
        pause(A_START)
        stalls = Stalls(site, hand)
        stalls.during("a read-only file", A_WHILE)
        early = providers.calls()
        # What SQLite lays beside a file has the file's mode.
        for each in path.parent.glob(f"{path.name}*"):
            each.chmod(WRITABLE)
        said = hand.said
        took = until(lambda: providers.calls() > early, "it writes again, and was not started anew", 60)
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
        anew = len(crew.hands) - 1
    why = [f"{left} are not done"] if left else []
    if early:
        why.append(f"{early} were sent, and nothing could be written down of them")
    if "error" not in said or "Traceback" in said:
        why.append("its log does not say so in a line")
    if anew:
        why.append("somebody else had to be started")
    return outcome.also(
        *why, *stalls.why, said=(*stalls.said, f"sent {took:.0f} s after it could be written")
    )


@contextmanager
def _on_a_small_disk(site: Site) -> Iterator[Callable[[], AbstractContextManager[bool]]]:
    """The record moves to a file system of a few megabytes, where this machine lets us make one; what fills
    it up for a while, and whether it is full then."""
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
        yield lambda: nullcontext(False)
        return
    try:
        site.moved_to(small)

        @contextmanager
        def fill() -> Iterator[bool]:
            filler = small / "filler"
            with filler.open("wb") as file, suppress(OSError):
                while True:
                    file.write(b"\0" * 65536)
                    file.flush()
            yield True
            filler.unlink(missing_ok=True)

        yield fill
    finally:
        site.office.engine.dispose()
        subprocess.run([str(umount), "-l", str(small)], check=False, capture_output=True)  # noqa: S603  the same folder


def _room(path: Path) -> str:
    return f"{path.stat().st_size // 2**20 + 12}m"
