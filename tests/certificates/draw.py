"""Draw the set for judging a certificate reader: ``python -m tests.certificates.draw OUT [--seed N] [--only NAME]``.

The files and ``truth.jsonl`` are written into OUT. Another seed changes people, courses, days, hours, wordings and
how the pictures were taken, so the same layouts can be judged on values that nobody has seen. NAME may be part of
a file's name.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.certificates import plan
from tests.certificates.others import plan as others
from tests.certificates.truth import Specimen

SEED = 7


def specimens(seed: int, only: str = "") -> Iterator[Specimen]:
    """Every document whose name has these letters in it."""
    for entry in plan.entries():
        if only in entry.name:
            yield entry.drawn(seed)
    yield from others.specimens(seed, only)


def write(out: Path, drawn: Iterable[Specimen]) -> int:
    """Draw into a folder; returns how many files there are."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    with (out / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for specimen in drawn:
            (out / specimen.file).write_bytes(specimen.data)
            lines.write(f"{specimen.line()}\n")
            count += 1
    return count


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.certificates.draw", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default="")
    given = parser.parse_args(arguments)
    begun = time.process_time()
    count = write(given.out, specimens(given.seed, given.only))
    sys.stdout.write(f"{count} files, {time.process_time() - begun:.0f} s of processor time\n")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
