"""``rollcall read text``: what somebody means, line by line: JSON lines in, intent and slots as JSON lines out."""

import argparse
import sys

from reading.text.lines import read_text_lines


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: everything comes by standard input."""


def run(_: argparse.Namespace) -> int:
    """One answer a line."""
    for answer in read_text_lines(sys.stdin):
        print(answer, flush=True)
    return 0
