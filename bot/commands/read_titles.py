"""Say which topics course titles mean: one JSON object a line in, one answer out.

For programs, and for whoever wonders why a title counts as it does. The answer
has the phrase that decided. It needs no database, and nothing is kept.

Example:
    echo '{"title": "CPR refresher"}' | rollcall read titles

Exit codes:
    0  every line was answered
    1  stopped
    2  not understood
"""

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
