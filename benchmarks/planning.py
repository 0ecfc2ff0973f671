"""Is planning reminders cheap enough? The first planning of an agency, a tick with nothing changed beside the raw
insert-if-absent of the same keys, and the first tick of the next day."""

import argparse
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import Column, Date, Integer, MetaData, PrimaryKeyConstraint, Table, Text, func, select
from sqlalchemy.dialects.sqlite import insert

from benchmarks.agency import AS_OF, PACKS, RECORDED_AT, cached
from bot.composition import keys_in
from db.engine import make_engine
from db.records.facts import AgencyId
from db.tables import notification, reminder_case
from db.unit_of_work import reading, working
from messages.words import load
from tests.fakes.clock import MovableClock
from training.office import Office
from training.packs import PackShelf
from training.reminders.planning import plan_agency
from training.standings import compliance

AGENCY = AgencyId(1)
RATIO_LIMIT, SECONDS_LIMIT = 3.0, 60.0
AT_ONCE = 10_000

# The keys of the cases and nothing else, for the plain insert.
RAW = Table(
    "raw_key",
    MetaData(),
    Column("agency_id", Integer),
    Column("person_id", Integer),
    Column("subject", Text),
    Column("window", Text),
    Column("due_on", Date),
    Column("episode", Integer),
    PrimaryKeyConstraint("agency_id", "person_id", "subject", "window", "due_on", "episode"),
)


def raw_insert(office: Office, keys: list[dict[str, object]]) -> float:
    """Every key offered once more, all of them there already; CPU seconds."""
    statement = insert(RAW).on_conflict_do_nothing()
    began = process_time()
    with working(office.engine) as conn:
        for at in range(0, len(keys), AT_ONCE):
            conn.execute(statement, keys[at : at + AT_ONCE])
    return process_time() - began


def fill_up(office: Office, rows: int) -> int:
    """Copies of the cases under other windows, until there are so many rows; how many there were."""
    with working(office.engine) as conn:
        kept = [dict(row) for row in conn.execute(select(reminder_case)).mappings()]
        for copy in range(1, rows // len(kept) + 1):
            more = [{**row, "window": f"copy-{copy} {row['window']}"} for row in kept]
            conn.execute(reminder_case.insert(), more[: max(rows - copy * len(kept), 0)] or more[:1])
    return len(kept)


def run(people: int, completions: int, rows: int, runs: int) -> bool:
    """Measure, print, and say whether the limits hold."""
    with tempfile.TemporaryDirectory(prefix="rollcall-planning-") as folder:
        database = Path(folder) / "record.sqlite"
        shutil.copyfile(cached(people, completions), database)
        clock = MovableClock(RECORDED_AT + timedelta(days=1))
        engine = make_engine(f"sqlite:///{database}")
        office = Office(engine, clock, PackShelf(PACKS), keys_in(Path(folder) / "keys"), fixed=True)
        words = load()
        compliance.sweep(office, AGENCY, AS_OF)
        wall, began = perf_counter(), process_time()
        told = plan_agency(office, AGENCY, words)
        first, first_wall = process_time() - began, perf_counter() - wall
        cases = fill_up(office, rows)
        with reading(engine) as conn:
            keys = [dict(row) for row in conn.execute(select(*RAW_COLUMNS)).mappings()]
            said = conn.execute(select(func.count()).select_from(notification)).scalar_one()
        with working(engine) as conn:
            RAW.create(conn)
            for at in range(0, len(keys), AT_ONCE):
                conn.execute(insert(RAW), keys[at : at + AT_ONCE])
        raw, ticks = [], []
        for _ in range(runs):
            raw.append(raw_insert(office, keys))
            began = process_time()
            again = plan_agency(office, AGENCY, words)
            ticks.append(process_time() - began)
            assert again == 0, again
        with working(engine) as conn:
            conn.execute(reminder_case.delete().where(reminder_case.c.window.like("copy-%")))
        clock.at += timedelta(days=1)
        compliance.tick(office, AGENCY, AS_OF + timedelta(days=1))
        began = process_time()
        tomorrow = plan_agency(office, AGENCY, words)
        next_day = process_time() - began
        engine.dispose()
    ratio = median(tick / one for tick, one in zip(ticks, raw, strict=True))
    print(f"{people} people, {cases} cases, filled up to {len(keys)} rows, {runs} runs")
    print(f"first planning: {told} people told, {said} steps, {first:.1f} CPU s, {first_wall:.1f} s")
    print(f"raw insert-if-absent of the same keys: {median(raw):.3f} CPU s")
    print(f"tick with nothing changed: {median(ticks):.4f} CPU s, ratio {ratio:.3f} (limit {RATIO_LIMIT})")
    print(f"first tick of the next day: {tomorrow} people told, {next_day:.2f} CPU s")
    return ratio <= RATIO_LIMIT and (people > 1000 or first_wall <= SECONDS_LIMIT)


RAW_COLUMNS = tuple(reminder_case.c[column.name] for column in RAW.columns)


def main() -> None:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000, help="about 15 cases each")
    parser.add_argument("--rows", type=int, default=100_000, help="to which the cases are filled up")
    parser.add_argument("--completions", type=int, default=40, help="of each person")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    sys.exit(0 if run(asked.people, asked.completions, asked.rows, asked.runs) else 1)


if __name__ == "__main__":
    main()
