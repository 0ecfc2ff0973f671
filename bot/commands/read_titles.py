"""``rollcall read titles``: what a course is about: titles as JSON lines in, general topics as JSON lines out."""

import argparse
import sys

from reading.titles.lines import read_titles_lines


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: everything comes by standard input."""


def run(_: argparse.Namespace) -> int:
    """One answer a line."""
    for answer in read_titles_lines(sys.stdin):
        print(answer, flush=True)
    return 0
