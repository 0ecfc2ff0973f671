"""Is judging a whole agency cheap enough? The sweep beside a plain loop, its memory, and a tick after few changes."""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, func, select

from benchmarks.agency import AS_OF, COMPLETIONS, PACKS, PEOPLE, RECORDED_AT, cached
from bot.composition import keys_in
from db.engine import make_engine
from db.queries import evaluation
from db.records.facts import AgencyId
from db.tables import standing
from db.unit_of_work import reading, writing
from training.office import Office
from training.packs import PackShelf
from training.standings import compliance

AGENCY = AgencyId(1)
CHANGED = 0.01

# What the project promised; a run that breaks one ends with 1.
RATIO_LIMIT = 6.0
PEAK_LIMIT = 250.0
TICK_LIMIT = 0.03


@dataclass(frozen=True, slots=True)
class Cost:
    """What the system counted for one finished process: CPU seconds, and the most memory it held, in MB.

    ``work`` is its own count without starting Python and reading packs; None where it keeps none.
    """

    cpu: float
    peak: float
    work: float | None


@dataclass(frozen=True, slots=True)
class Standstill:
    """A clock that stays where the benchmark's agency is."""

    def now(self) -> datetime:
        """The instant of the last record."""
        return RECORDED_AT


def run_sweep(database: Path) -> float:
    """Everybody judged, and every standing kept with its reasons and the day of its next change."""
    office = _office(database)
    before = _cpu()
    compliance.sweep(office, AGENCY, AS_OF)
    spent = _cpu() - before
    with reading(office.engine) as conn:
        whole = standing.c.body.is_not(None) & standing.c.next_change_on.is_not(None)
        clean = standing.c.marked_at.is_(None)
        kept = conn.execute(select(func.count()).where(whole & clean)).scalar_one()
        assert kept == len(evaluation.employed_people(conn, AGENCY))
    return spent


def run_tick(database: Path) -> float:
    """A tick after one person in a hundred had a record corrected; the corrections themselves are not measured."""
    office = _office(database)
    changed = _correct_some(office.engine)
    before = _cpu()
    judged = compliance.tick(office, AGENCY, AS_OF)
    spent = _cpu() - before
    assert judged == changed
    return spent


# Each gives the CPU seconds of its work alone.
PARTS: dict[str, Callable[[Path], float]] = {"sweep": run_sweep, "tick": run_tick}


def _office(database: Path) -> Office:
    keys = keys_in(database.parent / "keys")
    return Office(make_engine(f"sqlite:///{database}"), Standstill(), PackShelf(PACKS), keys)


def _correct_some(engine: Engine) -> int:
    with reading(engine) as conn:
        everybody = evaluation.employed_people(conn, AGENCY)
        some = everybody[:: round(1 / CHANGED)]
        completions = evaluation.completions_for(conn, AGENCY, some)
    with writing(engine, AGENCY, at=RECORDED_AT) as writer:
        for person_id in some:
            last = completions[person_id][-1]
            longer = (last.fact.hours or Decimal(0)) + Decimal("0.25")
            writer.correct(last.id, replace(last.fact, hours=longer, topic_hours={}))
    return len(some)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _own_process(*arguments: str, counts_work: bool = True) -> Cost:
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 ourselves
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    work = float(said) if counts_work else None
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1024**2, work)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``limit`` None where nothing was promised."""

    name: str
    values: Sequence[float]
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or median(self.values) <= self.limit

    def shown(self) -> str:
        numbers = (median(self.values), min(self.values), max(self.values))
        limit = "" if self.limit is None else f"{self.limit:9g}" + ("" if self.holds else "  BROKEN")
        return f"{self.name:34}" + "".join(f"{number:9.3f}" for number in numbers) + limit


def figures(runs: Sequence[tuple[Cost, Cost, Cost]]) -> list[Figure]:
    """The ratios are taken run by run, so that a machine that slows down slows both sides."""
    loops, sweeps, ticks = zip(*runs, strict=True)
    sweep_work, tick_work = ([cost.work or 0.0 for cost in costs] for costs in (sweeps, ticks))
    shares = [tick / sweep for tick, sweep in zip(tick_work, sweep_work, strict=True)]
    return [
        Figure("plain loop, CPU s", [loop.cpu for loop in loops]),
        Figure("sweep, CPU s", [sweep.cpu for sweep in sweeps]),
        Figure("sweep / plain loop", [sweep.cpu / loop.cpu for loop, sweep, _ in runs], RATIO_LIMIT),
        Figure("sweep, peak MB", [sweep.peak for sweep in sweeps], PEAK_LIMIT),
        Figure("tick, CPU s without start-up", tick_work),
        Figure("tick / sweep without start-up", shares, TICK_LIMIT),
    ]


def bench(people: int, completions: int, runs: int) -> bool:
    """Measure, print the table, and say whether every limit holds."""
    with tempfile.TemporaryDirectory(prefix="rollcall-benchmark-") as folder:
        # The runs write; the one that is kept stays as it was made.
        database = Path(folder) / "record.sqlite"
        shutil.copyfile(cached(people, completions), database)
        measured = []
        for number in range(runs):
            print(f"run {number + 1} of {runs} ...", file=sys.stderr)
            loop = _own_process("benchmarks.plain_loop", str(database), counts_work=False)
            sweep, tick = (
                _own_process("benchmarks.sweep", "--part", part, "--database", str(database))
                for part in PARTS
            )
            measured.append((loop, sweep, tick))
    table = figures(measured)
    print(f"{f'{people} people, {runs} runs':34}{'median':>9}{'min':>9}{'max':>9}{'limit':>9}")
    for figure in table:
        print(figure.shown())
    return all(figure.holds for figure in table)


def main() -> None:
    """Measure everything, or one part in this very process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--completions", type=int, default=COMPLETIONS, help="of each person")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--part", choices=PARTS, help="only this part, in this very process")
    parser.add_argument("--database", type=Path, help="the database of that part")
    options = parser.parse_args()
    if options.part is None:
        sys.exit(0 if bench(options.people, options.completions, options.runs) else 1)
    if options.database is None:
        parser.error("--part needs --database")
    print(PARTS[options.part](options.database))


if __name__ == "__main__":
    main()
