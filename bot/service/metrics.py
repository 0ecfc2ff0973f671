"""What can be measured from outside? Counts and durations in a registry of our own; never a person as a label."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from platform import python_version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from rules.pack import Pack
from scheduler.tick import Ticked

CONTENT_TYPE = CONTENT_TYPE_LATEST
# A second series for every counter, which nobody asked for.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library types all but this
# From an answer out of memory to a sweep of a whole state.
TICK_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900)
ANSWER_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# In place of the kind of what came in, where the work on it failed.
BROKEN = "broken"


class Metrics:
    """Everything one process measures. Label values come from routes, message kinds, job and pack names only."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        kept = self._registry
        self._requests = Counter(
            "rollcall_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=kept,
        )
        self._answers = Counter(
            "rollcall_answers",
            "What came in and was worked on, by its kind; broken where that failed.",
            ("channel", "kind"),
            registry=kept,
        )
        self._answer_seconds = Histogram(
            "rollcall_answer_seconds",
            "Time from a message to its answer.",
            ("channel",),
            buckets=ANSWER_BUCKETS,
            registry=kept,
        )
        self._in_work = Gauge(
            "rollcall_answers_in_work", "Messages whose answer is being made.", registry=kept
        )
        self._tick_seconds = Histogram(
            "rollcall_tick_seconds", "Length of a scheduler tick.", buckets=TICK_BUCKETS, registry=kept
        )
        self._tick_success = Gauge(
            "rollcall_tick_last_success_timestamp_seconds",
            "When a tick last did everything that was due; 0 before the first.",
            registry=kept,
        )
        self._job_failures = Counter(
            "rollcall_job_failures", "Runs of a job that failed.", ("job",), registry=kept
        )
        self._tick_failures = Counter(
            "rollcall_tick_failures", "Ticks that failed or left a job undone.", registry=kept
        )
        self._waiting = Gauge(
            "rollcall_people_waiting",
            "People whose standing waits to be judged again: dirty by a change, due by the calendar.",
            ("why",),
            registry=kept,
        )
        self._inbox = Gauge(
            "rollcall_inbox", "What came in and is not done, by state.", ("state",), registry=kept
        )
        self._attempts = Gauge(
            "rollcall_attempts", "What is to be sent and is not over, by state.", ("state",), registry=kept
        )
        self._database_errors = Counter(
            "rollcall_database_errors", "Statements the database refused.", ("error",), registry=kept
        )
        build = Gauge("rollcall_build_info", "Which release runs.", ("version", "python"), registry=kept)
        build.labels(version("rollcall"), python_version()).set(1)
        self._packs = Gauge(
            "rollcall_pack_info", "Which rule packs are held.", ("pack", "digest"), registry=kept
        )

    def watch(self, engine: Engine) -> None:
        """Count what this engine's database refuses."""
        event.listen(engine, "handle_error", self._count_error)

    def hold(self, packs: tuple[Pack, ...]) -> None:
        """Say which packs are held."""
        for pack in packs:
            self._packs.labels(pack.name, pack.digest[:12]).set(1)

    def requested(self, method: str, route: str, status: int) -> None:
        """A request was answered; ``route`` is the template of its route."""
        self._requests.labels(method, route, str(status)).inc()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """An answer is being made for as long as this takes."""
        with self._in_work.track_inprogress():
            yield

    def answered(self, channel: str, kind: str, seconds: float) -> None:
        """A message was answered."""
        self._answers.labels(channel, kind).inc()
        self._answer_seconds.labels(channel).observe(seconds)

    def ticked(self, tick: Ticked, at: datetime) -> None:
        """A tick came to its end."""
        self._tick_seconds.observe(tick.seconds)
        for ran in tick.ran:
            if ran.failed:
                self._job_failures.labels(ran.job).inc()
        if tick.succeeded:
            self._tick_success.set(at.timestamp())
        else:
            self._tick_failures.inc()

    def waiting(self, people: Mapping[str, int] | None) -> None:
        """How many people wait, by why; None while the database does not say."""
        self._waiting.clear()
        for why, count in (people or {}).items():
            self._waiting.labels(why).set(count)

    def queued(self, inbox: Mapping[str, int], attempts: Mapping[str, int]) -> None:
        """How much waits on the way in and on the way out; nothing while the database does not say."""
        for gauge, counts in ((self._inbox, inbox), (self._attempts, attempts)):
            gauge.clear()
            for state, count in counts.items():
                gauge.labels(state).set(count)

    def text(self) -> bytes:
        """Everything measured, as it is scraped."""
        return generate_latest(self._registry)

    def _count_error(self, context: ExceptionContext) -> None:
        self._database_errors.labels(type(context.original_exception).__name__).inc()
