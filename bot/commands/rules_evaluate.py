"""Judge cases: one JSON object a line in, one answer a line out.

For programs, and for whoever tries a rule. docs/rules.md names every fact. A
line that cannot be read is answered with an error in its place. It needs no
database, and nothing is kept.

Example:
    rollcall rules evaluate < cases.jsonl

Exit codes:
    0  every line was answered
    1  stopped
    2  not understood
"""

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
