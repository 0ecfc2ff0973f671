"""``rollcall rules evaluate``: cases as JSON lines on standard input, answers as JSON lines on standard output."""

import argparse
import sys

from bot.commands.evaluation import evaluate_lines


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: everything comes by standard input."""


def run(_: argparse.Namespace) -> int:
    """One answer a line, at once, so that a caller may wait for each."""
    for answer in evaluate_lines(sys.stdin):
        print(answer, flush=True)
    return 0
