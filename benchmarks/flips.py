"""How many flipped bytes does ``rollcall db check`` name? ``python -m benchmarks.flips FILE NUMBER`` flips so many in
each kind of place of an SQLite file, and says for each kind its share of the file, how many were tried, how many
nobody noticed, and how many of those changed something that is read."""

import sys
from pathlib import Path
from random import Random

from tests.integration.flips import flips
from tests.integration.sqlite_places import UNREAD, Places

SEED = 2027
FEWER = 5  # of the places that nobody reads


def main(file: Path, number: int) -> None:
    """The table, a line for each kind of place."""
    chance = Random(SEED)  # noqa: S311 the same bytes in every run, and nothing is protected by them
    size = file.stat().st_size
    missed = 0.0
    for kind, held in sorted(Places(file).by_kind().items()):
        tried = number // FEWER if kind in UNREAD else number
        chosen = [(kind, at) for at in chance.sample(held, min(tried, len(held)))]
        done = list(flips(file, chosen, chance))
        unnoticed = [each for each in done if each.unnoticed]
        changed = [each for each in unnoticed if not each.same]
        missed += len(held) / size * len(unnoticed) / len(done)
        print(
            f"{kind} | {len(held) / size:.3%} | {len(done)} | {len(unnoticed)} | {len(changed)}", flush=True
        )
        if kind not in UNREAD and unnoticed:
            print("   ", *(f"{each.at}:{each.bit}" for each in unnoticed))
    print(f"of all bytes unnoticed: {missed:.2%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
