"""Run the scheduler alone, with health and metrics, where other processes answer.

For whoever keeps the service up on several machines: beside at least one
"rollcall serve --no-scheduler". Several at once leave the same record.

Examples:
    rollcall work
    rollcall work --port 8001

Exit codes:
    0  stopped when told
    1  refused or stopped in haste
    2  not understood
"""

import argparse

from bot.commands import service
from bot.commands.opening import the_settings
from bot.doors import open_doors
from messages.words import load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where its health can be asked for."""
    service.add_arguments(parser, load())


def run(arguments: argparse.Namespace) -> int:
    """0 when it was told to stop and came to its end."""
    settings = the_settings()
    role = service.ProcessRole(settings, open_doors(settings), ticking=True, listening=False)
    return service.start(arguments, role)
