"""What does one delivery cost? With ledger, lease, limit, look at the record and drawing, beside a bare outbox loop.

Each runs as a process of its own on SQLite, sends to the same sink on loopback, and counts its own CPU without its
start. Ratios are taken run by run.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, event

from benchmarks.outbox_loop import fill
from bot.sms.api import TwilioApi
from bot.sms.carrier import SmsCarrier
from config.settings import Twilio
from messages.words import load
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.faults.providers import both
from tests.faults.rows import Route, plan_rows
from tests.faults.sites import Ground, Site, opened
from tests.faults.stores import RECORD, SqliteStore

LIMIT = 5.0
ROWS = 600
CALLBACK = "https://desk.lakemont.example/sms/status"


def deliver(site: Site, sink: str, counts: Counter[str] | None = None) -> tuple[int, float]:
    """Everything that is due, as the scheduler does it; how many, and CPU seconds."""
    settings = Twilio(
        account_sid="AC" + "0" * 32,
        auth_token=SecretStr("made-up"),
        from_number="+16125550100",
        api_url=sink,
    )

    async def run() -> tuple[int, float]:
        api = TwilioApi(settings)
        await api.open()
        carrier = SmsCarrier(api, load(), site.office, CALLBACK)
        work = Work(site.office, lambda: False, {"sms": carrier})
        done, began = 0, time.process_time()
        while step := await asyncio.to_thread(deliver_what_is_due, work):
            done += step
        spent = time.process_time() - began
        await api.close()
        return done, spent

    if counts is None:
        return asyncio.run(run())
    with _counted(site.office.engine, counts):
        return asyncio.run(run())


@contextmanager
def _counted(engine: Engine, counts: Counter[str]) -> Iterator[None]:
    """Statements and commits by what they begin with."""

    def executed(_: Connection, __: object, statement: str, *___: object) -> None:
        counts[" ".join(statement.split())[:110]] += 1

    def committed(_: Connection) -> None:
        counts["(commit or end of a reading)"] += 1

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)


@contextmanager
def a_sink() -> Iterator[str]:
    """Where the deliveries end, as an address."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def own_process(module: str, *arguments: str, python: str = sys.executable) -> float:
    """Milliseconds of CPU for a delivery, by a module in a process of its own that says how many it made in how many
    seconds."""
    said = subprocess.run(  # noqa: S603  ourselves
        [python, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()
    done, spent = int(said[-2]), float(said[-1])
    return spent * 1000 / done


def bench(rows: int, runs: int) -> bool:
    """Measure, print, and say whether the limit holds."""
    ours, loops = [], []
    with tempfile.TemporaryDirectory(prefix="rollcall-benchmark-") as name, a_sink() as sink:
        ground = Ground(SqliteStore(), Path(name))
        for run in range(runs):
            loop = Path(name) / f"outbox-{run}.db"
            fill(loop, rows)
            loops.append(own_process("benchmarks.outbox_loop", str(loop), sink))
            with ground.a_site() as site, both() as providers:
                plan_rows(site, providers, rows, (Route.TEXT,))
                ours.append(own_process("benchmarks.delivery", "--folder", str(site.folder), "--sink", sink))
    ratios = [our / loop for our, loop in zip(ours, loops, strict=True)]
    print(f"{f'{rows} deliveries, {runs} runs':34}{'median':>9}{'min':>9}{'max':>9}{'limit':>9}")
    for what, values, limit in (
        ("bare outbox loop, CPU ms each", loops, ""),
        ("rollcall, CPU ms each", ours, ""),
        ("rollcall / outbox loop", ratios, f"{LIMIT:g}"),
    ):
        numbers = "".join(f"{number:9.2f}" for number in (median(values), min(values), max(values)))
        print(f"{what:34}{numbers}{limit:>9}")
    return median(ratios) <= LIMIT


def main() -> None:
    """Measure everything, or deliver what waits in one installation in this very process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--explain", action="store_true", help="with --folder: statements for each delivery")
    parser.add_argument("--folder", type=Path, help="an installation; only it is measured")
    parser.add_argument("--database", default="", help="with --folder: where its record is, if not there")
    parser.add_argument("--sink", default="", help="where it sends to")
    given = parser.parse_args()
    if given.folder is None:
        sys.exit(0 if bench(given.rows, given.runs) else 1)
    address = given.database or f"sqlite:///{given.folder / RECORD}"
    site = opened(address.partition(":")[0], given.folder, address)
    counts: Counter[str] | None = Counter() if given.explain else None
    done, spent = deliver(site, given.sink, counts)
    for name, times in (counts or Counter()).most_common():
        print(f"{times / done:7.2f}  {name}", file=sys.stderr)
    print(done, spent)


if __name__ == "__main__":
    main()
