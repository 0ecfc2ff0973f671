"""Say what texts mean: one JSON object a line in, intent and slots a line out.

For programs, and for whoever wonders why Rollcall understood something. It
knows no person and no record. It needs no database, and nothing is kept.

Example:
    echo '{"text": "am i good?"}' | rollcall read text

Exit codes:
    0  every line was answered
    1  stopped
    2  not understood
"""

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
