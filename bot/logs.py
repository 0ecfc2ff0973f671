"""What goes into the log? Events with codes, counts and durations; never a text, a name, a number or a token.

Whatever logs, ours or a library's, goes through one handler, which lets only the fields named here pass. Of libraries
only the web server's reports keep their words; of any other the log says who, how grave and where, because what it put
into the text may be what somebody wrote.
"""

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from training.errors import ROOMS, place_of

LEVELS = ("debug", "info", "warning", "error")
FIELDS = frozenset(
    {
        "agency",  # its number
        "channel",
        "code",
        "count",
        "duration_ms",
        "error",  # the type of an exception
        "job",
        "kind",  # of a message or a file
        "method",
        "place",  # module and line
        "reference",
        "route",  # the template of it
        "seconds",
        "signal",
        "state",
        "status",
    }
)
PASSED = ("_record", "_from_structlog", "timestamp", "level", "logger")
# Loggers whose texts are about serving and nothing else, each checked for it.
SPEAKS_FOR_ITSELF = frozenset({"uvicorn.error"})
# What a library says below this is for its own developers.
OF_OTHERS = logging.WARNING
QUIETER = {
    # "The last tick still runs" is not worth a line every five seconds; how long one takes is measured.
    "apscheduler": logging.ERROR,
    # Its access lines would name records by their addresses; a request has a line of ours.
    "uvicorn.access": logging.CRITICAL,
}
LOUDER = {"uvicorn.error": logging.INFO}


def set_up_logs(level: str = "info", out: TextIO | None = None) -> None:
    """From here on everything logged goes to standard error: lines to read on a terminal, else one JSON object each."""
    stream = sys.stderr if out is None else out
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(readable=stream.isatty()))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(OF_OTHERS)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level.upper())
    for name, quiet in {**QUIETER, **LOUDER}.items():
        logging.getLogger(name).setLevel(quiet)
    # Libraries that brought handlers of their own speak through ours.
    for name in list(logging.root.manager.loggerDict):
        known = logging.root.manager.loggerDict[name]
        if isinstance(known, logging.Logger):
            known.handlers.clear()
            known.propagate = True
    logging.captureWarnings(capture=True)
    # A line that cannot be formatted would be printed with its arguments.
    logging.raiseExceptions = False


def _formatter(*, readable: bool) -> structlog.stdlib.ProcessorFormatter:
    drawn: Processor = (
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_no_trace)
        if readable
        else structlog.processors.JSONRenderer(_json)
    )
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[_said, structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn],
        # Arguments are looked at before they become text.
        use_get_message=False,
        pass_foreign_args=True,
    )


def _said(_: Any, __: str, event: MutableMapping[str, Any]) -> EventDict:
    """The event with what may be said of it, and nothing else."""
    record: logging.LogRecord = event["_record"]
    kept: dict[str, Any] = {name: event[name] for name in PASSED if name in event}
    error = _error_of(event.get("exc_info"))
    if record.name.partition(".")[0] in ROOMS:
        # Our own texts are constant, and what belongs to one is a field. What stands after a colon is
        # for a command that logs without this handler.
        kept["event"] = str(record.msg).partition(":")[0]
        kept |= structlog.contextvars.get_contextvars()
        kept |= {name: record.__dict__[name] for name in sorted(FIELDS) if name in record.__dict__}
    elif record.name in SPEAKS_FOR_ITSELF:
        # With an error its text would come from wherever that was raised.
        kept["event"] = str(record.msg) if error else str(record.msg) % (event.get("positional_args") or ())
    else:
        kept["event"] = "library"
        kept["place"] = f"{record.module}:{record.lineno}"
    if error is not None:
        kept |= {"error": type(error).__name__, "place": place_of(error)}
    return kept


def _error_of(given: Any) -> BaseException | None:
    found = given[1] if isinstance(given, tuple) else given
    return found if isinstance(found, BaseException) else None


def _json(event: Any, **_: Any) -> str:
    return json.dumps(event, default=str, ensure_ascii=True)


def _no_trace(*_: Any) -> None:
    """A trace names values; type and place stand in the line."""
