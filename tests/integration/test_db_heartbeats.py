"""Heartbeats: whether anybody does the work can be seen from any process, in the database's own time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from db.clock import database_now
from db.engine import make_engine
from db.queries.heartbeats import ages, beat
from db.tables import heartbeat
from db.unit_of_work import reading, working


def test_the_database_knows_what_time_it_is(database: Engine) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    with reading(database) as conn:
        now = database_now(conn)
    assert before <= now <= datetime.now(UTC) + timedelta(seconds=1)


def test_a_beat_is_seen_from_another_process_and_only_the_last_one_is_kept(database: Engine) -> None:
    with working(database) as conn:
        beat(conn, "standings")
        conn.execute(update(heartbeat).values(succeeded_at=datetime(2026, 1, 1, tzinfo=UTC)))
    other = make_engine(database.url.render_as_string(hide_password=False))
    try:
        with reading(other) as conn:
            assert ages(conn)["standings"] > timedelta(days=1)
        with working(database) as conn:
            beat(conn, "standings")
        with reading(other) as conn:
            assert list(ages(conn)) == ["standings"]
            assert timedelta(0) <= ages(conn)["standings"] < timedelta(hours=1)
    finally:
        other.dispose()


def test_a_beat_of_a_clock_that_was_set_back_is_not_taken_for_a_fresh_one(database: Engine) -> None:
    with working(database) as conn:
        beat(conn, "standings")
        conn.execute(update(heartbeat).values(succeeded_at=datetime(2126, 1, 1, tzinfo=UTC)))
    with reading(database) as conn:
        assert ages(conn)["standings"] < timedelta(0)


@pytest.mark.parametrize("jobs", [(), ("heartbeat", "standings")])
def test_a_job_that_never_ran_has_no_age(database: Engine, jobs: tuple[str, ...]) -> None:
    with working(database) as conn:
        for job in jobs:
            beat(conn, job)
    with reading(database) as conn:
        assert tuple(sorted(ages(conn))) == jobs
