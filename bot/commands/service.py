"""How do `serve` and `work` start? Settings, database and port first, each with its sentence; then the service runs."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.commands.opening import opened, refuse_unless_usable
from bot.doctor.outside import channels_on
from bot.doctor.rulebooks import usable_packs
from bot.logs import LEVELS, set_up_logs
from bot.service.doors import Door, staffed
from bot.service.hall import Hall
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from bot.service.running import run
from bot.serving import DEFAULT_HOST, DEFAULT_PORT, READER_AFTER, take_port
from bot.web import service_app
from config.settings import Channel, Settings, variable
from db.state import state_for_writing
from messages.words import Words, load
from scheduler.table import JOBS
from scheduler.tick import Ticked
from scheduler.ticker import Ticker
from training.office import Office


@dataclass(frozen=True, slots=True)
class ProcessRole:
    """What one process is there for. ``listening`` is False where nobody is let in and channels are not spoken of."""

    settings: Settings
    doors: Sequence[Door]
    ticking: bool
    listening: bool = True


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Where it answers, and how much it tells the log."""
    add = parser.add_argument
    add("--host", default=DEFAULT_HOST, help=words.say("help-serve-host"))
    add("--port", type=int, default=DEFAULT_PORT, help=words.say("help-serve-port"))
    add("--log-level", choices=LEVELS, default="info", help=words.say("help-serve-log-level"))


def start(arguments: argparse.Namespace, role: ProcessRole) -> int:
    """Run until told to stop; the exit code. RollcallError before anything is begun."""
    words = load()
    settings = role.settings
    with opened(at_a_shell=False) as office:
        refuse_unless_usable(state_for_writing(office.engine))
        place = take_port(arguments.host, arguments.port)
        if role.listening and office.reader is not None:
            office.reader.warm(READER_AFTER)
        try:
            if role.listening:
                _tell_channels(settings, role.doors, words)
            set_up_logs(arguments.log_level)
            metrics = Metrics()
            metrics.watch(office.engine)
            metrics.hold(usable_packs(office))
            ticker = _ticker_of(office, metrics) if role.ticking else None
            hall = Hall(
                office, settings, words, metrics, ticker, staffed(role.doors), listening=role.listening
            )
            address = f"http://{_shown(arguments.host)}:{place.getsockname()[1]}"

            def opened_up() -> None:
                print(words.say("cli-serve-open", address=address), file=sys.stderr, flush=True)

            return run(service_app(hall, role.doors if role.listening else ()), hall, place, opened_up)
        finally:
            place.close()


def _tell_channels(settings: Settings, doors: Sequence[Door], words: Words) -> None:
    """One line about channels: which are open, which have no door in this release, or how to set one up."""
    on = channels_on(settings)
    open_ = [name for name in on if name in {door.name for door in doors}]
    without = [name for name in on if name not in open_]
    if open_:
        print(words.say("cli-serve-channels", channels=", ".join(open_)), file=sys.stderr)
    if without:
        print(words.say("cli-serve-no-door", channels=", ".join(without)), file=sys.stderr)
    if not on:
        names = (name for name in Settings.model_fields if isinstance(getattr(settings, name), Channel))
        examples = ", ".join(variable(name, "*") for name in names)
        print(words.say("cli-serve-no-channel", variables=examples), file=sys.stderr)


def _ticker_of(office: Office, metrics: Metrics) -> Callable[[Hall], Ticker]:
    def ticked(tick: Ticked) -> None:
        metrics.ticked(tick, datetime.now(UTC))

    return lambda hall: Ticker(
        (*JOBS, *jobs_of(hall)),
        office,
        ticked,
        carriers={staff.name: staff.carrier for staff in hall.staff},
    )


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
