"""Say whether this installation is well: one line a check, and what to do.

For whoever keeps the service up, first of all when something is wrong. It
needs nothing to work: run it before the first upgrade, or beside a running
service. It changes nothing and sends nothing to anybody.

Example:
    rollcall doctor

Exit codes:
    0  nothing failed
    1  something did
    2  not understood
"""

import argparse

from bot.doctor.examination import examine, installation
from bot.doctor.model import State
from messages.words import load


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: it looks at everything."""


def run(_: argparse.Namespace) -> int:
    """Print what was found; 1 when anything failed."""
    words = load()
    with installation() as patient:
        found = examine(patient)
    for check, finding in found:
        state = words.say(f"doctor-state-{finding.state.value}")
        name = words.say(f"doctor-name-{check.name}")
        print(f"{state:<11}  {name}: {finding.line(words)}")
    return 1 if any(finding.state is State.FAILED for _, finding in found) else 0
