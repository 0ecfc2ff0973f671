"""What becomes of deliveries while an older release and this one work beside each other on one record? The second part
of scenario 18.

The older one is the oldest code that knows the schema as it is now, out of the history of this very checkout; it is run
as people run it. Older code still begins on no newer schema, and says so.
"""

import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import ASKABLE, plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import until

CODE = Path(__file__).parents[2]
VERSIONS = CODE / "db" / "migrations" / "versions"
WITHIN = 30.0
OLDER = 2
OPEN = "Rollcall answers at "
NO_HISTORY = "old and new code beside each other: not made, this checkout has no history"


@contextmanager
def _older_code(folder: Path) -> Iterator[str | None]:
    """The oldest code that knows the schema, in this folder; how many changes ago that was, or None where nobody can
    tell."""
    newest = sorted(VERSIONS.glob("0*.py"))[-1]
    brought = _git("log", "--first-parent", "-m", "--diff-filter=A", "--format=%H", "-1", "--", str(newest))
    commit = "" if brought is None else brought.decode().strip()
    since = _git("rev-list", "--count", f"{commit}..HEAD") if commit else None
    made = _git("archive", commit) if since is not None else None
    if made is None or since is None:
        yield None
        return
    folder.mkdir()
    with tarfile.open(fileobj=BytesIO(made)) as archive:
        archive.extractall(folder, filter="data")
    yield f"the older code is {since.decode().strip()} changes old ({commit[:8]})"


def _git(*words: str) -> bytes | None:
    git = shutil.which("git")
    if git is None:
        return None
    made = subprocess.run(  # noqa: S603  our own history
        [git, "-C", str(CODE), *words], capture_output=True, check=False
    )
    return made.stdout if made.returncode == 0 else None


def _works(site: Site, code: Path, log: Path) -> "subprocess.Popen[bytes]":
    environment = {**site.environment(), "PYTHONPATH": str(code), "PATH": os.environ.get("PATH", "")}
    with log.open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "work", "--port", "0"], env=environment, cwd=code, stderr=said
        )


def beside_older_code(asked: Asked) -> Outcome:
    """Two older workers under load; a new one begins, an older one is told to end, and once more."""
    with asked.ground.a_site() as site, _older_code(site.folder / "older") as said:
        if said is None:
            return Outcome(said=(NO_HISTORY,))
        return _one_by_one(asked, site, site.folder / "older").also(said=(said,))


def _one_by_one(asked: Asked, site: Site, code: Path) -> Outcome:
    logs = [site.folder / f"older-{number}.log" for number in range(OLDER)]
    with both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        older = [_works(site, code, log) for log in logs]
        try:
            for log in logs:
                until(lambda: OPEN in log.read_text(encoding="utf-8"), "an older one works")  # noqa: B023  used at once
            rows = plan_rows(site, providers, asked.rows // 2, ASKABLE)
            until(lambda: providers.calls() > asked.rows // 8, "under load")
            by_the_older, slowest = 0, 0.0
            for each in older:
                crew.hire(before=0.01, after=0.01)
                # What this release plans, an older one delivers as well.
                rows += plan_rows(site, providers, asked.rows // 4, ASKABLE, first=len(rows))
                made = providers.calls()
                until(lambda: providers.calls() > made + asked.rows // 16, "both are at it")  # noqa: B023  used at once
                by_the_older = providers.calls()
                each.send_signal(signal.SIGTERM)
                slowest = max(slowest, until(lambda: each.poll() is not None, "it has ended", WITHIN + 5))  # noqa: B023  used at once
            codes = [each.returncode for each in older]
        finally:
            for each in older:
                each.kill()
                each.wait()
        finished(site, providers, crew)
        outcome = judged(site, providers, rows, senders_lost=0)
        left = site.left()
        said = "".join(log.read_text(encoding="utf-8") for log in logs)
    why = [f"{left} are not done"] if left else []
    if codes != [0] * OLDER:
        why.append(f"older ones ended with {codes}")
    if slowest > WITHIN:
        why.append(f"the slowest took {slowest:.0f} s to end")
    why += [
        f"an older one wrote {word}"
        for word in ("job-failed", "delivery-failed", "Traceback")
        if word in said
    ]
    told = f"{OLDER} older workers beside {OLDER} of this release: {by_the_older} calls until the last of them ended"
    return outcome.also(*why, said=(told,))
