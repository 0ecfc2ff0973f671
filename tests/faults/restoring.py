"""What becomes of deliveries when last night's backup is put back after they went out? Scenario 20."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from db.engine import make_engine
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import ASKABLE, plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome

COMMAND = (sys.executable, "-m", "bot.cli")
CODE = Path(__file__).parents[2]


def put_back(asked: Asked) -> Outcome:
    """20: a backup is made while everything waits, everything goes out, and the backup is put back."""
    count = max(20, asked.rows // 4)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, count, ASKABLE)
        backup = site.folder / "night.backup"
        _run(site, "db", "backup", str(backup))
        crew.hire()
        finished(site, providers, crew)
        for each in crew.alive:
            each.kill()
        sent = sum(providers.effects().values())
        site.office.engine.dispose()
        lost = site.address
        folder = site.folder / "again"
        folder.mkdir()
        site.address = asked.ground.store.address(folder)
        _run(site, "db", "restore", str(backup))
        site.office = replace(site.office, engine=make_engine(site.address))
        waited = site.left()
        crew.hire()
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
        looks = len(providers.slack.calls_of("conversations.history"))
        looks += len(providers.twilio.calls_of("messages.list"))
        site.office.engine.dispose()
        asked.ground.store.drop(site.address)
        site.address = lost
    why = [f"{left} are not done"] if left else []
    if waited != count or sent != count:
        why.append(f"{waited} waited after the restore, {sent} had gone out")
    said = (
        f"{looks} look-ups",
        "nobody is asked before a large number goes out: the release does not ask yet",
    )
    return outcome.also(*why, said=said)


def _run(site: Site, *words: str) -> None:
    environment = {**site.environment(), "PYTHONPATH": str(CODE)}
    made = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, *words], env=environment, cwd=site.folder, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr + made.stdout
