"""What does a delivery cost beside Celery and Procrastinate, which send the same words to the same sink?

Procrastinate and Rollcall share one PostgreSQL; Celery has Redis, with every change on the disk before it is
acknowledged, as both databases have it. CPU of the worker without its start, and with that of its server.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.delivery import a_sink, own_process
from benchmarks.outbox_loop import fill
from tests.faults.providers import both
from tests.faults.rows import Route, plan_rows
from tests.faults.sites import Ground, a_ground
from tests.faults.stores import POSTGRESQL, PostgresqlStore, SqliteStore, a_store
from tests.faults.waiting import until

ROWS = 400
LOOP, SQLITE, ON_POSTGRESQL = "bare outbox loop, SQLite", "Rollcall, SQLite", "Rollcall, PostgreSQL"
PROCRASTINATE, CELERY = "Procrastinate, PostgreSQL", "Celery, Redis"
BESIDE = ((SQLITE, LOOP), (ON_POSTGRESQL, PROCRASTINATE), (SQLITE, CELERY), (ON_POSTGRESQL, CELERY))
_TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the name: the parent, and CPU of the process and of its children that are gone.
_PARENT, _CPU = 1, slice(11, 15)


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of everything that came from it."""
    stats = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats[int(each.parent.name)] = each.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
    family = {pid}
    while more := {each for each, stat in stats.items() if int(stat[_PARENT]) in family} - family:
        family |= more
    return sum(int(ticks) for each in family for ticks in stats[each][_CPU]) / _TICKS


@contextmanager
def _redis(folder: Path) -> Iterator[tuple[str, int] | None]:
    """A server of our own and its process; None where there is none on this machine."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    place = folder / "redis.sock"
    told = ["--port", "0", "--unixsocket", str(place), "--dir", str(folder)]
    kept = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
    with subprocess.Popen([program, *told, *kept], stdout=subprocess.DEVNULL) as server:  # noqa: S603  found on this machine
        try:
            until(place.exists, "Redis answers")
            yield f"redis+socket://{place}", server.pid
        finally:
            server.terminate()


def _measured(server: int | None, work: Callable[[], float], rows: int) -> tuple[float, float]:
    """Milliseconds of CPU for a delivery: of the worker, and with its server's."""
    before = 0.0 if server is None else _cpu(server)
    own = work()
    after = 0.0 if server is None else _cpu(server)
    return own, own + (after - before) * 1000 / rows


def _rollcall(ground: Ground, server: int | None, sink: str, rows: int) -> tuple[float, float]:
    with ground.a_site() as site, both() as providers:
        plan_rows(site, providers, rows, (Route.TEXT,))
        told = ("--folder", str(site.folder), "--database", site.address, "--sink", sink)
        return _measured(server, lambda: own_process("benchmarks.delivery", *told), rows)


def _peer(module: str, place: str, server: int, sink: str, rows: int, python: str) -> tuple[float, float]:
    told = (place, sink, str(rows))
    own_process(module, *told, "--fill", python=python)
    return _measured(server, lambda: own_process(module, *told, python=python), rows)


def bench(rows: int, runs: int, python: str) -> None:
    """Measure and print."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-benchmark-") as name,
        a_store(POSTGRESQL) as store,
        a_ground(store) as on_postgresql,
        _redis(Path(name)) as redis,
        a_sink() as sink,
    ):
        assert isinstance(store, PostgresqlStore)
        on_sqlite = Ground(SqliteStore(), Path(name))
        if redis is None:
            print("no redis-server on this machine: Celery is not measured")
        for run in range(runs):
            loop = Path(name) / f"outbox-{run}.db"
            fill(loop, rows)
            told = (str(loop), sink)
            found[LOOP].append(
                _measured(None, lambda: own_process("benchmarks.outbox_loop", *told), rows)  # noqa: B023  used at once
            )
            found[SQLITE].append(_rollcall(on_sqlite, None, sink, rows))
            found[ON_POSTGRESQL].append(_rollcall(on_postgresql, store.pid, sink, rows))
            address = store.address(Path(name))
            found[PROCRASTINATE].append(
                _peer("benchmarks.procrastinate_queue", address, store.pid, sink, rows, python)
            )
            store.drop(address)
            if redis is not None:
                found[CELERY].append(_peer("benchmarks.celery_queue", *redis, sink, rows, python))
    print(f"{f'{rows} deliveries, {runs} runs':46}{'median':>9}{'min':>9}{'max':>9}")
    for what, values in found.items():
        _print(f"{what}, CPU ms each", [own for own, _ in values])
        if any(whole > own for own, whole in values):
            _print(f"{what}, with its server", [whole for _, whole in values])
    for ours, theirs in BESIDE:
        pairs = list(zip(found[ours], found[theirs], strict=False))
        if pairs:
            _print(f"{ours} / {theirs}", [our[0] / their[0] for our, their in pairs])
            _print("  with servers", [our[1] / their[1] for our, their in pairs])


def _print(what: str, values: list[float]) -> None:
    print(f"{what:46}" + "".join(f"{number:9.2f}" for number in (median(values), min(values), max(values))))


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--python", default=sys.executable, help="an interpreter with Celery and Procrastinate"
    )
    given = parser.parse_args()
    bench(given.rows, given.runs, given.python)


if __name__ == "__main__":
    main()
