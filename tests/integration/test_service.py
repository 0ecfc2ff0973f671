"""Does the service answer what it is asked over HTTP, and end when it is told?"""

import signal
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from db.queries.heartbeats import ages
from db.unit_of_work import reading, working
from tests.integration.service_process import PATIENCE, running, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's own folder."""
    place = tmp_path / "installation"
    place.mkdir(mode=0o700)
    return place


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_service_lives_and_works_and_goes_on_under_a_later_release_until_it_is_told_to_stop(
    command: str, database: Engine, folder: Path
) -> None:
    with running(folder, database, command) as service:
        live = service.get("/health/live")
        assert (live.status_code, live.json()) == (200, {"status": "live"})
        until(service.is_ready, "ready")
        assert service.checks() == {
            "settings": "ok",
            "database": "ok",
            "keys": "ok",
            "packs": "ok",
            "scheduler": "ok",
        }
        until(lambda: service.metric("rollcall_tick_last_success_timestamp_seconds") > 0, "a tick")
        with reading(database) as conn:
            assert {"heartbeat", "standings"} <= set(ages(conn))
        assert ("No channel is set up yet." in service.said) is (command == "serve")
        with working(database) as conn:
            conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert service.is_ready()
        assert service.checks()["database"] == "attention"
        assert service.stop() == 0
        assert '"state": "drained"' in service.said


def test_what_is_not_there_or_too_large_is_answered_plainly_and_counted_under_no_address(
    sqlite_database: Engine, folder: Path
) -> None:
    with running(folder, sqlite_database, "serve") as service:
        missing = service.get("/v/token-of-somebody?badge=4471")
        assert (missing.status_code, missing.text) == (404, "There is nothing here.")
        assert "server" not in missing.headers
        link = service.get("/u/token-of-somebody?badge=4471")
        assert link.status_code == 404
        assert "token-of-somebody" not in link.text
        assert httpx.post(service.address + "/health/live").status_code == 405
        for path in ("/docs", "/openapi.json", "/health/live/"):
            assert service.get(path).status_code == 404
        measured = service.get("/metrics").text
        assert 'rollcall_requests_total{method="GET",route="unknown",status="404"} 4.0' in measured
        assert 'rollcall_requests_total{method="GET",route="/u/{token}",status="404"} 1.0' in measured
        assert "token-of-somebody" not in measured + service.said
        refusal = httpx.post(service.address + "/slack/events", content=b"x" * 1_100_000)
        assert (refusal.status_code, refusal.text) == (413, "")
        assert service.get("/health/live").status_code == 200


def test_a_web_replica_leaves_the_work_to_others_and_says_so_until_somebody_presses_ctrl_c(
    sqlite_database: Engine, folder: Path
) -> None:
    with running(folder, sqlite_database, "serve", "--no-scheduler", as_typed=True) as service:
        assert service.is_ready()
        assert service.checks()["scheduler"] == "not-set"
        with reading(sqlite_database) as conn:
            assert not ages(conn)
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(PATIENCE) == 0
        assert '"state": "drained"' in service.said
