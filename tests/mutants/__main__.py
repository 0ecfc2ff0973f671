"""``python -m tests.mutants rules``: break the modules of a campaign, run its tests, and say which mutants survive."""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.mutants.breaking import lay_out, refused_by_types
from tests.mutants.campaigns import CAMPAIGNS
from tests.mutants.loop import ASKED, RESULTS

ROOT = Path(__file__).parents[2]
PLAIN = ("no:cacheprovider", "no:randomly", "no:xdist", "tests.mutants.loop")
# One kind of database is enough to see what a decision does.
ONE_DATABASE = ("-k", "not postgresql")


def main() -> int:
    """Draw, run, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("campaign", choices=CAMPAIGNS)
    parser.add_argument("--seed", type=int, default=20261127, help="of the draw")
    parser.add_argument("--sample", type=int, help="how many are drawn; 0 for all")
    parser.add_argument("--only", default="", help="only mutants with this in their name")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "mutants")
    given = parser.parse_args()
    campaign, folder = CAMPAIGNS[given.campaign], (given.folder / given.campaign).resolve()
    modules = lay_out(campaign, ROOT, folder)
    functions = {name: (each, function) for each in modules for name, function in each.names().items()}
    drawn = _drawn(sorted(functions), campaign.sample if given.sample is None else given.sample, given.seed)
    drawn = [name for name in drawn if given.only in name]
    refused = refused_by_types(folder, modules)
    asked, results = folder / "asked.json", folder / "results.jsonl"
    asked.write_text(
        json.dumps({"mutants": [each for each in drawn if each not in refused], "workers": given.workers}),
        encoding="utf-8",
    )
    print(
        f"{len(functions)} mutants, {len(refused)} of them refused by the type check; {len(drawn)} drawn",
        flush=True,
    )
    tests = [str(path.relative_to(folder)) for each in campaign.tests for path in sorted(folder.glob(each))]
    plugins = [part for each in PLAIN for part in ("-p", each)]
    # A place of its own, and what a test wrote there goes with it: a thousand mutants write a lot.
    places = ("-o", "tmp_path_retention_policy=none", "--basetemp", str(folder / "written"))
    command = [sys.executable, "-m", "pytest", "-q", *places, *plugins, *ONE_DATABASE]
    environment = {**os.environ, ASKED: str(asked), RESULTS: str(results), "PYTHONPATH": str(folder)}
    subprocess.run([*command, *tests], cwd=folder, env=environment, check=False)
    if not results.is_file():
        return 1
    fates = {
        row["mutant"]: row["fate"]
        for row in map(json.loads, results.read_text(encoding="utf-8").splitlines())
    }
    for name in sorted(name for name, fate in fates.items() if fate in {"survived", "unseen"}):
        module, function = functions[name]
        print(f"\n{name}: {fates[name]}\n{module.difference(function)}")
    print(
        f"\ndrawn {len(drawn)}: refused by types {len(refused & set(drawn))}, {dict(Counter(fates.values()))}"
    )
    return 0


def _drawn(names: list[str], sample: int, seed: int) -> list[str]:
    return random.Random(seed).sample(names, sample) if 0 < sample < len(names) else names  # noqa: S311  no secret


if __name__ == "__main__":
    sys.exit(main())
