"""Read a set with the command as anybody would: ``python -m tests.certificates.read SET READINGS.jsonl``.

One process a file, so it measures the start as well; a warm reader is faster. A file at which the command ends with an
error, prints no object or takes longer than a minute is a crash. ``--only`` reads the files with these letters.
"""

import argparse
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PATIENCE = 60


def reading(file: Path) -> dict[str, Any]:
    """What the command says of one file."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "bot.cli", "read", "certificate", str(file)]
    said: dict[str, Any]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  our own command
    except subprocess.TimeoutExpired:
        return {"file": file.name, "crash": f"nothing after {PATIENCE} s", "seconds": PATIENCE}
    took = round(time.monotonic() - begun, 2)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        said = {"crash": done.stderr.decode("utf-8", "replace")[-300:]}
    return {"file": file.name, "seconds": took} | said


def main(arguments: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.certificates.read")
    parser.add_argument("set", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(arguments)
    lines = (given.set / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["file"] for line in lines]
    files = [given.set / name for name in names if given.only in name]
    with ThreadPoolExecutor(given.jobs) as pool, given.readings.open("w", encoding="utf-8") as out:
        for each in pool.map(reading, files):
            out.write(f"{json.dumps(each, ensure_ascii=False)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
