"""Does a tick do what is due, once, whoever else ticks, and does one job's failure stay its own?"""

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

from sqlalchemy import Engine, select, text, update

from db.engine import make_engine
from db.queries import standings
from db.queries.heartbeats import ages
from db.records.facts import AgencyPack
from db.tables import heartbeat, standing
from db.unit_of_work import reading, working
from scheduler.jobs import Job, Work
from scheduler.standings import judge_again
from scheduler.table import JOBS
from scheduler.tick import Ticked, run_due
from scheduler.ticker import Ticker
from tests.fakes.clock import MovableClock
from tests.fakes.keys import a_key_store
from tests.fakes.loop import run
from tests.scenario.cast import Agency
from training.agency_setup import SINCE_EVER, found
from training.office import Office
from training.packs import PackShelf
from training.standings.compliance import waiting

ALWAYS = timedelta(0)
PATIENCE = 30.0
BROKEN_PACK = Path(__file__).parent.parent / "unit" / "broken_packs" / "anybody"


def never() -> bool:
    return False


# What is said by itself has its own stories: here nobody has been reminded of anything yet.
QUIET = tuple(job for job in JOBS if job.name not in {"reminders", "auditor", "reach"})


def work(office: Office) -> Work:
    return Work(office, never)


def kept(engine: Engine) -> list[tuple[object, ...]]:
    """Every kept standing, without the moment it was made."""
    columns = (
        standing.c.person_id,
        standing.c.word,
        standing.c.as_of,
        standing.c.next_change_on,
        standing.c.body,
    )
    with reading(engine) as conn:
        return [tuple(row) for row in conn.execute(select(*columns).order_by(standing.c.person_id))]


def everybody_dirty(agency: Agency) -> int:
    """A write that concerns everybody; how many people."""
    with agency.writing() as writer:
        standings.mark_everybody_dirty(writer.conn, agency.agency_id, seq=writer.head_seq, at=writer.at)
    return len(agency.badges())


def test_a_tick_judges_whoever_changed_and_the_next_one_finds_nothing_to_do(lakemont: Agency) -> None:
    lakemont.completes("214", "2027-03-01", "4", "autism")
    assert waiting(lakemont.office) == (1, 0)
    first, second = run_due(QUIET, work(lakemont.office)), run_due(QUIET, work(lakemont.office))
    assert {ran.job: ran.done for ran in first.ran} == {job.name: 0 for job in QUIET} | {"standings": 1}
    # What every process looks for at each tick is looked for again.
    assert {ran.job: ran.done for ran in second.ran} == {job.name: 0 for job in QUIET if not job.every}
    assert waiting(lakemont.office) == (0, 0)
    assert lakemont.kept("214") is not None


def test_a_standing_that_changes_by_itself_is_judged_as_its_day_begins_where_the_agency_is(
    lakemont: Agency,
) -> None:
    before = kept(lakemont.office.engine)
    lakemont.at("2027-06-30 23:59")
    judge_again(work(lakemont.office))
    eve = kept(lakemont.office.engine)
    lakemont.at("2027-07-01 00:01")
    assert waiting(lakemont.office)[1] > 0
    judge_again(work(lakemont.office))
    assert before != eve != kept(lakemont.office.engine)
    assert waiting(lakemont.office) == (0, 0)


def test_two_that_tick_at_once_leave_the_rows_of_one(lakemont: Agency) -> None:
    people = everybody_dirty(lakemont)
    judge_again(work(lakemont.office))
    alone, sequence = kept(lakemont.office.engine), lakemont.sequence()
    everybody_dirty(lakemont)
    sequence = lakemont.sequence()
    url = lakemont.office.engine.url.render_as_string(hide_password=False)
    offices = [
        Office(make_engine(url), lakemont.clock, PackShelf(), a_key_store(), fixed=True) for _ in range(3)
    ]
    start = Barrier(len(offices))

    def tick(office: Office) -> Ticked:
        start.wait(PATIENCE)
        return run_due(QUIET, work(office))

    with ThreadPoolExecutor(len(offices)) as pool:
        ticks = list(pool.map(tick, offices))
    for office in offices:
        office.engine.dispose()
    assert all(each.succeeded for each in ticks)
    assert sum(ran.done for each in ticks for ran in each.ran) >= people
    assert kept(lakemont.office.engine) == alone
    # Judging is no fact: it takes no number and writes no entry.
    assert lakemont.sequence() == sequence


def test_a_job_that_fails_is_tried_again_and_hinders_no_other(database: Engine) -> None:
    office = Office(database, MovableClock(datetime(2027, 3, 2, tzinfo=UTC)), PackShelf(), a_key_store())
    outcomes = iter([ValueError("Dana Ruiz"), None])
    done: list[str] = []

    def sulk(_: Work) -> int:
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome
        return 1

    def go_on(_: Work) -> int:
        done.append("went on")
        return 1

    jobs = (Job("sulk", timedelta(hours=1), sulk), Job("go on", timedelta(hours=1), go_on))
    first = run_due(jobs, work(office))
    assert [(ran.job, ran.failed) for ran in first.ran] == [("sulk", True), ("go on", False)]
    assert not first.succeeded
    with reading(database) as conn:
        assert set(ages(conn)) == {"go on"}
    second = run_due(jobs, work(office))
    assert [(ran.job, ran.failed) for ran in second.ran] == [("sulk", False)]
    assert done == ["went on"]


def test_a_job_waits_for_its_time_and_not_for_a_clock_that_was_set_back(database: Engine) -> None:
    office = Office(database, MovableClock(datetime(2027, 3, 2, tzinfo=UTC)), PackShelf(), a_key_store())
    jobs = (Job("hourly", timedelta(hours=1), lambda _: 1),)
    assert len(run_due(jobs, work(office)).ran) == 1
    assert len(run_due(jobs, work(office)).ran) == 0
    for moved, runs in ((timedelta(minutes=-59), 0), (timedelta(minutes=-61), 1), (timedelta(days=2), 1)):
        with working(database) as conn:
            conn.execute(update(heartbeat).values(succeeded_at=datetime.now(UTC) + moved))
        assert len(run_due(jobs, work(office)).ran) == runs, moved


def test_an_agency_whose_pack_cannot_be_used_keeps_no_other_from_being_judged(
    lakemont: Agency, tmp_path: Path
) -> None:
    engine = lakemont.office.engine
    # It is held, and cannot be read: one that is gone makes answers unknown instead.
    shutil.copytree(BROKEN_PACK, tmp_path / "broken")
    office = Office(engine, lakemont.clock, PackShelf(tmp_path), a_key_store(), fixed=True)
    cedar = Agency(office, lakemont.clock, found(office, "Cedar PD", "MN", "America/Chicago", ("mn",)))
    cedar.hires("9", "Jo", "Lee")
    with working(engine) as conn:
        conn.execute(
            update(standing).where(standing.c.agency_id == lakemont.agency_id).values(engine="older")
        )
    with lakemont.writing() as writer:
        writer.record(AgencyPack(pack="example-1", starts_on=SINCE_EVER))
    ticked = run_due(JOBS, work(office))
    failed = {ran.job: ran.failed for ran in ticked.ran}
    assert list(failed) == [job.name for job in JOBS]
    assert [job for job, has in failed.items() if has] == ["standings"]
    judged = cedar.kept("9")
    assert judged is not None
    assert (judged.dirty, judged.word is None) == (False, False)


def test_a_database_that_cannot_be_asked_fails_the_tick_and_not_the_ticker(sqlite_database: Engine) -> None:
    office = Office(
        sqlite_database, MovableClock(datetime(2027, 3, 2, tzinfo=UTC)), PackShelf(), a_key_store()
    )
    with working(sqlite_database) as conn:
        conn.execute(text("ALTER TABLE heartbeat RENAME TO elsewhere"))
    assert not run_due(JOBS, work(office)).whole
    with working(sqlite_database) as conn:
        conn.execute(text("ALTER TABLE elsewhere RENAME TO heartbeat"))
    assert run_due(JOBS, work(office)).succeeded


def test_a_tick_that_is_told_to_stop_leaves_off_between_batches(embedded: Agency) -> None:
    people = everybody_dirty(embedded)
    assert run_due(JOBS, Work(embedded.office, lambda: True)).ran == ()
    assert judge_again(Work(embedded.office, lambda: True)) == 0
    assert waiting(embedded.office)[0] == people


def ticking(office: Office, job: Callable[[Work], int], story: Callable[[Ticker], object]) -> list[Ticked]:
    """A ticker with one job that is always due, for as long as the story takes in a thread of its own."""
    heard: list[Ticked] = []

    async def play() -> None:
        ticker = Ticker([Job("work", ALWAYS, job)], office, heard.append, every=timedelta(milliseconds=20))
        ticker.start()
        await asyncio.to_thread(story, ticker)
        assert await ticker.drain(timedelta(seconds=PATIENCE))

    run(play())
    return heard


def test_a_ticker_ticks_at_once_and_goes_on_after_a_tick_that_took_long(sqlite_database: Engine) -> None:
    office = Office(
        sqlite_database, MovableClock(datetime(2027, 3, 2, tzinfo=UTC)), PackShelf(), a_key_store()
    )
    third = Event()
    runs: list[int] = []

    def work_slowly(_: Work) -> int:
        runs.append(1)
        Event().wait(0.2)  # ten intervals long, so that ticks are missed meanwhile
        if len(runs) == 3:
            third.set()
        return 1

    ticking(office, work_slowly, lambda _: third.wait(PATIENCE))
    assert len(runs) >= 3


def test_draining_waits_for_the_tick_that_runs_and_begins_no_other(sqlite_database: Engine) -> None:
    office = Office(
        sqlite_database, MovableClock(datetime(2027, 3, 2, tzinfo=UTC)), PackShelf(), a_key_store()
    )
    begun, told = Event(), Event()
    ended: list[bool] = []

    def work_until_told(given: Work) -> int:
        begun.set()
        told.wait(PATIENCE)
        ended.append(given.stopping())
        return 1

    def story(ticker: Ticker) -> None:
        assert begun.wait(PATIENCE)
        ticker.stop()
        told.set()

    ticking(office, work_until_told, story)
    assert ended == [True]
