"""``rollcall export standings``: where everybody stands, as a file with its purpose in the head and in the log."""

import argparse

from bot.commands import exporting
from training.exports import standings_list


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who asks, for what, and where the file goes."""
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    return exporting.write(arguments, lambda clerk: standings_list(clerk, arguments.purpose))
