"""A service with a door: answers under load, a clean end in the middle of it, a database that goes and comes back."""

import json
import signal
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, select

from bot.composition import ProcessClock
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from db.queries import standings
from db.queries.heartbeats import ages
from db.tables import chain_head
from db.unit_of_work import reading, working
from tests.conftest import PostgresServer
from tests.fakes.keys import a_key_store
from tests.integration.service_process import PATIENCE, WITH_A_DOOR, Running, running, until
from tests.integration.service_with_a_door import PATH
from tests.scenario.cast import Agency, agency_in
from tests.scenario.log_cast import MORNING, SECRET, named_in, personal
from training.office import Office
from training.packs import PackShelf
from training.standings.compliance import waiting

RUIZ = "214"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's own folder."""
    place = tmp_path / "installation"
    place.mkdir(mode=0o700)
    return place


@contextmanager
def serving(agency: Agency, folder: Path, *words: str) -> Generator[Running]:
    """The service on this agency's record, at the moment of the stories."""
    set_clock(Office(agency.office.engine, ProcessClock(), PackShelf(), a_key_store()), NOW)
    with running(folder, agency.office.engine, *words, program=WITH_A_DOOR) as service:
        until(service.is_ready, "ready")
        yield service


def ask(service: Running, badge: str, words: str) -> httpx.Response:
    """One message through the door."""
    given = {"badge": badge, "text": words}
    return httpx.post(service.address + PATH, json=given, timeout=PATIENCE)


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Somebody else writes to the record for as long as this takes: no answer can be written down meanwhile."""
    with working(engine) as conn:
        conn.execute(select(chain_head).with_for_update())
        yield


def takes_requests(service: Running) -> bool:
    """Whether somebody new is let in."""
    try:
        service.get("/health/live")
    except httpx.HTTPError:
        return False
    return True


def everybody_answered(answers: list[Future[httpx.Response]]) -> bool:
    """Whether each question got the officer's own standing."""
    return all(each.result().json()["text"].startswith("NOT YET, Ruiz.") for each in answers)


def test_a_morning_through_a_door_leaves_nobody_in_the_log(embedded: Agency, folder: Path) -> None:
    whom = personal(embedded)
    with serving(embedded, folder, "--log-level", "debug") as service:
        for badge in (RUIZ, "77"):
            for words in MORNING:
                assert ask(service, badge, words).status_code == 200
        service.get("/u/214?name=Ruiz")
        assert service.stop() == 0
        assert service.said.count('"route": "/test/ask"') == 2 * len(MORNING)
        assert not named_in(service.said, {*whom, SECRET, "214"})


def test_what_is_answered_is_counted_by_kind_and_never_by_person(embedded: Agency, folder: Path) -> None:
    with serving(embedded, folder) as service:
        assert ask(service, RUIZ, "am i good?").json()["kind"] == "status"
        assert service.metric('rollcall_answers_total{channel="sms",kind="status"}') == 1
        assert service.metric('rollcall_requests_total{method="POST",route="/test/ask",status="200"}') == 1
        assert f'="{RUIZ}"' not in service.get("/metrics").text
        # A door that says so takes more than the usual room.
        big = httpx.post(
            service.address + PATH, json={"badge": RUIZ, "text": "x" * 2_000_000}, timeout=PATIENCE
        )
        assert big.status_code == 200


def test_a_service_that_is_told_to_stop_finishes_the_answers_it_is_at(lakemont: Agency, folder: Path) -> None:
    with serving(lakemont, folder) as service, ThreadPoolExecutor(6) as officers:
        with held(lakemont.office.engine):
            asked = [officers.submit(ask, service, RUIZ, "am i good?") for _ in range(6)]
            until(lambda: service.metric("rollcall_answers_in_work") == len(asked), "the answers wait")
            service.process.send_signal(signal.SIGTERM)
            until(lambda: "told-to-stop" in service.said, "the signal arrives")
            until(lambda: not takes_requests(service), "nobody new is let in")
            assert not any(each.done() for each in asked)
        assert everybody_answered(asked)
        assert service.process.wait(PATIENCE) == 0
        assert '"state": "drained"' in service.said
    # Nothing that was answered was lost: each answer has its entry.
    assert len(lakemont.entries(about=RUIZ)) >= len(asked)


def test_a_second_signal_ends_it_at_once(embedded: Agency, folder: Path) -> None:
    with serving(embedded, folder) as service, ThreadPoolExecutor(1) as officers:
        with held(embedded.office.engine):
            asked = officers.submit(ask, service, RUIZ, "am i good?")
            service.process.send_signal(signal.SIGTERM)
            until(lambda: "told-to-stop" in service.said, "the signal arrives")
            service.process.send_signal(signal.SIGINT)
            assert service.process.wait(PATIENCE) == 1
        assert isinstance(asked.exception(), httpx.HTTPError)
    with reading(embedded.office.engine) as conn:
        assert ages(conn)


def test_a_failure_of_a_door_shows_nothing_and_is_logged_without_what_it_was_about(
    embedded: Agency, folder: Path
) -> None:
    with serving(embedded, folder, "--log-level", "debug") as service:
        failed = httpx.post(service.address + "/test/fail/4471-secret", timeout=PATIENCE)
        assert (failed.status_code, failed.text) == (500, "Something went wrong here. It was noted.")
        until(lambda: "request-failed" in service.said, "the failure is logged")
        [line] = [json.loads(line) for line in service.said.splitlines() if "request-failed" in line]
        assert line["error"] == "ValueError"
        assert line["request_id"] == failed.headers["x-request-id"]
        assert "secret" not in service.said + service.get("/metrics").text
        assert service.get("/health/live").status_code == 200


def test_two_that_work_on_one_record_leave_the_standings_of_one(lakemont: Agency, tmp_path: Path) -> None:
    engine = lakemont.office.engine
    with lakemont.writing() as writer:
        standings.mark_everybody_dirty(writer.conn, lakemont.agency_id, seq=writer.head_seq, at=writer.at)
    with running(tmp_path, engine, "work") as one, running(tmp_path, engine, "work") as other:
        until(lambda: waiting(lakemont.office)[0] == 0, "everybody is judged")
        assert one.stop() == other.stop() == 0
        for service in (one, other):
            assert "job-failed" not in service.said
            assert "tick-failed" not in service.said
    # Somebody is reminded by then, and by one of the two alone.
    planned = [each.subject_id for each in lakemont.entries("reminder:planned")]
    assert len(planned) == len(set(planned))


def test_a_record_that_is_held_by_somebody_else_delays_answers_and_stops_no_health_route(
    embedded: Agency, folder: Path
) -> None:
    with serving(embedded, folder) as service, ThreadPoolExecutor(1) as officers:
        with held(embedded.office.engine):
            asked = officers.submit(ask, service, RUIZ, "am i good?")
            for _ in range(5):
                assert service.get("/health/live").status_code == 200
                assert service.get("/health/ready").status_code == 200
        assert everybody_answered([asked])


def test_a_server_that_goes_away_is_told_and_found_again_without_a_restart(
    postgresql_lakemont: Engine, postgres_server: PostgresServer, folder: Path
) -> None:
    name = postgresql_lakemont.url.database
    with serving(agency_in(postgresql_lakemont, NOW), folder) as service:
        assert ask(service, RUIZ, "am i good?").json()["kind"] == "status"
        postgres_server.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        postgres_server.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608  our own
        )
        ready = service.get("/health/ready")
        assert ready.status_code == 503
        assert ready.json()["status"] == "not ready"
        assert service.checks()["database"] == "failed"
        assert ask(service, RUIZ, "am i good?").json()["kind"] == "broken"
        elsewhere = service.get("/test/agency")
        assert (elsewhere.status_code, elsewhere.headers["retry-after"]) == (503, "5")
        assert elsewhere.text == "Rollcall cannot answer at the moment. Try again in a minute."
        assert service.get("/health/live").status_code == 200
        postgres_server.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        until(service.is_ready, "ready again")
        assert ask(service, RUIZ, "am i good?").json()["kind"] == "status"
        failures = service.metric('rollcall_database_errors_total{error="OperationalError"}')
        assert failures > 0
        assert service.stop() == 0
