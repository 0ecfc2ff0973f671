"""``python -m tests.faults``: make the faults, and print what became of each; ends with 1 when one did not pass."""

import argparse
import signal
import sys
from collections.abc import Sequence
from time import monotonic

from tests.faults.scenario import Asked, Scenario
from tests.faults.sites import Ground, a_ground
from tests.faults.stores import POSTGRESQL, SQLITE, a_store
from tests.faults.table import SCENARIOS
from tests.faults.tally import Outcome

COLUMNS = ("planned", "sent", "lost", "doubled", "delayed", "uncertain")
ROWS, WORKERS = 200, 3


def main() -> int:
    """Make them, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", default="", help="numbers of scenarios, with commas between them")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL, "both"), default="both")
    parser.add_argument("--rows", type=int, default=ROWS, help="deliveries of a scenario under load")
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes that deliver")
    parser.add_argument("--seed", type=int, default=1, help="of the dice")
    parser.add_argument("--seeds", type=int, default=1, help="so many seeds, from that one on")
    given = parser.parse_args()
    # Told to end, it leaves no server and no folder behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = {int(each) for each in given.only.split(",") if each}
    chosen = [each for each in SCENARIOS if not wanted or each.number in wanted]
    kinds = (SQLITE, POSTGRESQL) if given.database == "both" else (given.database,)
    print(_line(("", "scenario", "database", "seed", *COLUMNS, "seconds", "")), flush=True)
    failed = []
    for kind in kinds:
        with a_store(kind) as store, a_ground(store) as ground:
            for each in chosen:
                if kind not in each.on:
                    continue
                for seed in range(given.seed, given.seed + given.seeds):
                    outcome = _made(each, ground, seed, given.rows, given.workers)
                    if not outcome.passed:
                        failed.append(
                            f"--only {each.number} --seed {seed} --rows {given.rows} --database {kind}"
                        )
    for again in failed:
        print(f"again: python -m tests.faults {again}")
    return 1 if failed else 0


def _made(scenario: Scenario, ground: Ground, seed: int, rows: int, workers: int) -> Outcome:
    began = monotonic()
    try:
        outcome = scenario.run(Asked(ground, seed, rows, workers))
    except Exception as error:  # noqa: BLE001  one that breaks keeps no other from being made
        outcome = Outcome(why=(f"{type(error).__name__}: {error}",))
    verdict = "not made" if outcome.skipped else "pass" if outcome.passed else "FAILED"
    counts = [str(getattr(outcome, name)) for name in COLUMNS]
    head = (str(scenario.number), scenario.name, ground.store.kind, str(seed))
    print(_line((*head, *counts, f"{monotonic() - began:.0f}", verdict)), flush=True)
    for note in (*outcome.why, *outcome.said, *([outcome.skipped] if outcome.skipped else [])):
        print(f"      {note}", flush=True)
    return outcome


def _line(cells: Sequence[str]) -> str:
    widths = (3, 40, 11, 5, 8, 6, 5, 8, 8, 10, 8, 9)
    return " ".join(
        cell.ljust(width) if at in {1, 2, 11} else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()


if __name__ == "__main__":
    sys.exit(main())
