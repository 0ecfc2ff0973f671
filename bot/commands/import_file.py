"""``rollcall import KIND FILE``: preview first, written only with ``--yes``."""

import argparse
import sys

from bot.commands import imports
from bot.commands.opening import opened
from config.settings import load as load_settings
from messages.words import load
from training.agency_setup import the_agency


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is imported, and how its columns are meant."""
    imports.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused or left with a question, 2 not understood."""
    words = load()
    with opened() as office:
        return imports.run(arguments, office, the_agency(office), words, sys.stdout, settings=load_settings())
