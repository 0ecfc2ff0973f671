"""Run the service: the doors that are set up, the scheduler, health and metrics.

For whoever keeps it up; docs/operating.md has the rest. Settings, database and
port are looked at first, and what stands in the way is said before anything
starts. One SIGTERM lets it finish what it is doing, a second ends it at once.
No page of a person's record is served.

Examples:
    rollcall serve
    rollcall serve --host 0.0.0.0 --port 8080
    rollcall serve --no-scheduler
    rollcall serve --teams-playground

Exit codes:
    0  stopped when told
    1  refused or stopped in haste
    2  not understood
"""

import argparse
import sys
from urllib.parse import urlsplit

from bot.commands import service
from bot.commands.opening import the_settings
from bot.doctor.outside import channels_on
from bot.doors import open_doors
from bot.serving import is_loopback
from bot.teams import playground
from config.settings import Settings
from messages.words import load
from training.errors import ErrorCode, RollcallError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it answers, and what it leaves to others."""
    words = load()
    service.add_arguments(parser, words)
    add = parser.add_argument
    add("--no-scheduler", dest="ticking", action="store_false", help=words.say("help-serve-no-scheduler"))
    add("--teams-playground", action="store_true", help=words.say("help-serve-teams-playground"))
    add("--desk", action="store_true", help=words.say("help-serve-desk"))


def run(arguments: argparse.Namespace) -> int:
    """0 when it was told to stop and came to its end."""
    if arguments.desk:
        if not is_loopback(arguments.host):
            raise RollcallError(ErrorCode.DESK_NOT_LOCAL, host=arguments.host)
        raise RollcallError(ErrorCode.DESK_NOT_SERVED)
    settings = the_settings()
    if arguments.teams_playground:
        settings = _to_try_out(settings, arguments.host)
    doors = open_doors(settings)
    if arguments.teams_playground:
        doors = tuple(playground.unguarded(door) for door in doors)
    return service.start(arguments, service.ProcessRole(settings, doors, ticking=arguments.ticking))


def _to_try_out(settings: Settings, host: str) -> Settings:
    """The settings with the playground's tenant in them. RollcallError where anybody from elsewhere could knock."""
    public = urlsplit(settings.public_url).hostname or ""
    # A server in front of this one brings in the world, and answers at the public address.
    for address in (host, public):
        if not is_loopback(address):
            raise RollcallError(ErrorCode.PLAYGROUND_NOT_LOCAL, host=address)
    channels = channels_on(settings)
    if channels:
        raise RollcallError(ErrorCode.PLAYGROUND_BESIDE_CHANNELS, channels=", ".join(channels))
    print(load().say("cli-serve-playground"), file=sys.stderr)
    return playground.settings_for(settings)
