"""Run the service: the doors that are set up, the scheduler, health and metrics.

For whoever keeps it up; docs/operating.md has the rest. Settings, database and
port are looked at first, and what stands in the way is said before anything
starts. One SIGTERM lets it finish what it is doing, a second ends it at once.
No page of a person's record is served.

Examples:
    rollcall serve
    rollcall serve --host 0.0.0.0 --port 8080
    rollcall serve --no-scheduler

Exit codes:
    0  stopped when told
    1  refused or stopped in haste
    2  not understood
"""

import argparse

from bot.commands import service
from bot.commands.opening import the_settings
from bot.doors import open_doors
from bot.serving import is_loopback
from messages.words import load
from training.errors import ErrorCode, RollcallError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it answers, and what it leaves to others."""
    words = load()
    service.add_arguments(parser, words)
    add = parser.add_argument
    add("--no-scheduler", dest="ticking", action="store_false", help=words.say("help-serve-no-scheduler"))
    add("--desk", action="store_true", help=words.say("help-serve-desk"))


def run(arguments: argparse.Namespace) -> int:
    """0 when it was told to stop and came to its end."""
    if arguments.desk:
        if not is_loopback(arguments.host):
            raise RollcallError(ErrorCode.DESK_NOT_LOCAL, host=arguments.host)
        raise RollcallError(ErrorCode.DESK_NOT_SERVED)
    doors = open_doors(the_settings())
    return service.start(arguments, service.ProcessRole(doors=doors, ticking=arguments.ticking))
