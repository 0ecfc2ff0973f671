"""Do more processes deliver more? One, two and three on one PostgreSQL; each call takes a tenth of a second."""

import argparse
from time import monotonic

from tests.faults.hands import Crew
from tests.faults.providers import both
from tests.faults.rows import ASKABLE, plan_rows
from tests.faults.sites import Ground, a_ground
from tests.faults.stores import POSTGRESQL, a_store
from tests.faults.waiting import until

A_CALL = 0.1
PATIENCE = 600.0


def measure(ground: Ground, rows: int, workers: int) -> float:
    """Seconds until everything is out, half by Slack and half by text."""
    with ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        plan_rows(site, providers, rows, ASKABLE)
        began = monotonic()
        for _ in range(workers):
            crew.hire(before=A_CALL)
        until(lambda: not site.left(), "everything is out", PATIENCE)
        return monotonic() - began


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=600)
    given = parser.parse_args()
    with a_store(POSTGRESQL) as store, a_ground(store) as ground:
        for workers in (1, 2, 3):
            seconds = measure(ground, given.rows, workers)
            print(f"{workers} workers: {given.rows} in {seconds:.0f} s, {given.rows / seconds:.1f} a second")


if __name__ == "__main__":
    main()
