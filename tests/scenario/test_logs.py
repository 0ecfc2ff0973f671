"""Does the log tell what happened and never about whom? A day of talk and imports with everything logged."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.demo.agency import demo_files
from bot.logs import set_up_logs
from bot.sms.render import render as as_text
from db.queries.context import ByBadge
from db.unit_of_work import working
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from scheduler.jobs import Job, Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.scenario.cast import Agency
from tests.scenario.import_cast import command
from tests.scenario.log_cast import MORNING, SECRET, named_in, personal


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Somebody reads it."""
        return True


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile; afterwards logging is as it was."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.raiseExceptions)
    loggers = [each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    kept = [(each, list(each.handlers), each.level, each.propagate) for each in loggers]
    written = io.StringIO()
    set_up_logs("debug", written)
    yield written
    logging.captureWarnings(capture=False)
    root.handlers, logging.raiseExceptions = before[0], before[2]
    root.setLevel(before[1])
    for each, handlers, level, propagate in kept:
        each.handlers, each.propagate = handlers, propagate
        each.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """What was logged, as it is read by a machine."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def make_a_mistake() -> None:
    """An error that names somebody."""
    raise ValueError("Dana Ruiz, badge 214")


def test_a_day_of_talk_imports_and_ticks_names_nobody(
    embedded: Agency, log: io.StringIO, tmp_path: Path
) -> None:
    for badge in ("214", "77", "31", "240", "nobody"):
        for words in MORNING:
            embedded.ask(badge, words)
            embedded.ask(badge, words, "sms")
    for kind, content in demo_files().items():
        file = tmp_path / f"{kind} of Ruiz.csv"
        file.write_bytes(content.replace(b"2026", b"2025"))
        assert command(embedded.office, kind, file, "--yes").code in {0, 1}
    run_due(JOBS, Work(embedded.office, lambda: False))
    assert '"job": "standings"' in log.getvalue()
    assert not named_in(log.getvalue(), personal(embedded) | {SECRET})


def test_answers_and_jobs_that_fail_are_logged_by_type_and_place(embedded: Agency, log: io.StringIO) -> None:
    nobody_but = personal(embedded)
    with working(embedded.office.engine) as conn:
        conn.execute(text("ALTER TABLE conversation RENAME TO elsewhere"))
    sender = ByBadge("214")
    asked = Interaction(agency_id=embedded.agency_id, sender=sender, channel="sms", text="how is Novak?")
    answer = FrontDesk(embedded.office, embedded.words).answer(asked, "Lakemont PD")
    assert answer.kind is MessageKind.BROKEN

    def fail(_: Work) -> int:
        raise LookupError("nobody is called Dana Ruiz (214)")

    run_due([Job("failing", timedelta(0), fail)], Work(embedded.office, lambda: False))
    no_answer, failed = lines(log)
    assert (no_answer["event"], no_answer["error"]) == ("no-answer", "OperationalError")
    # What the person was told to quote stands in the log.
    assert str(no_answer["reference"]) in as_text(answer, embedded.words)
    assert (failed["event"], failed["job"], failed["error"]) == ("job-failed", "failing", "LookupError")
    assert str(failed["place"]).startswith("scheduler.tick:")
    assert not named_in(log.getvalue(), nobody_but)


def test_what_libraries_log_goes_through_the_same_handler_without_its_values(log: io.StringIO) -> None:
    for name in ("sqlalchemy.engine.Engine", "nicegui", "apscheduler.scheduler", "asyncio", "alembic.env"):
        logging.getLogger(name).error("Row %r of Dana Ruiz", ("214", "+16125550142"))
        logging.getLogger(name).debug("Dana Ruiz")
    for name in ("uvicorn.error", "apscheduler.scheduler", "httpx"):
        try:
            make_a_mistake()
        except ValueError:
            logging.getLogger(name).exception("it failed")
    logging.getLogger("uvicorn.access").info(
        '%s - "%s %s HTTP/%s" %d', "127.0.0.1", "GET", "/u/214", "1.1", 200
    )
    # As the standard library hands a warning on.
    logging.getLogger("py.warnings").warning("%s", "x.py:1: UserWarning: Dana Ruiz is deprecated")
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    written = lines(log)
    assert not named_in(log.getvalue(), {"Dana", "Ruiz", "214", "+16125550142"})
    assert {str(each["error"]) for each in written if "error" in each} == {"ValueError"}
    assert written[-1]["event"] == "Started server process [7]"
    assert {each["event"] for each in written if each["logger"] != "uvicorn.error"} == {"library"}
    assert "uvicorn.access" not in log.getvalue()
    assert all({"timestamp", "level", "logger", "event"} <= set(each) for each in written)


def test_a_field_that_nobody_named_does_not_pass(log: io.StringIO) -> None:
    logging.getLogger("bot.web").warning(
        "odd: %s", "Dana Ruiz", extra={"badge": "214", "person": "Dana Ruiz", "code": "odd", "count": 3}
    )
    [line] = lines(log)
    assert {name: line[name] for name in line if name != "timestamp"} == {
        "level": "warning",
        "logger": "bot.web",
        "event": "odd",
        "code": "odd",
        "count": 3,
    }


def test_on_a_terminal_the_same_lines_can_be_read_and_hold_no_more(log: io.StringIO) -> None:
    screen = Screen()
    set_up_logs("info", screen)
    logging.getLogger("scheduler.tick").info(
        "job-done", extra={"job": "standings", "count": 3, "badge": "214"}
    )
    logging.getLogger("scheduler.tick").debug("job-done", extra={"job": "heartbeat"})
    try:
        make_a_mistake()
    except ValueError:
        logging.getLogger("bot.web").exception("odd")
    first, second = screen.getvalue().splitlines()
    assert "job-done" in first
    assert "count=3" in first
    assert "ValueError" in second
    assert "\x1b" not in screen.getvalue()
    assert not {each for each in ("214", "Ruiz", "heartbeat") if each in screen.getvalue()}
