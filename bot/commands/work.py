"""``rollcall work``: the scheduler alone, with health and metrics; the doors are open elsewhere."""

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
    return service.start(arguments, service.Role(open_doors(the_settings()), ticking=True, listening=False))
