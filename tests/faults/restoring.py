"""What becomes of deliveries when last night's backup is put back after they went out? Scenario 20."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from db.engine import make_engine
from db.queries import ledger, reporting
from db.queries.context import ByPerson
from db.records.facts import Role
from db.records.ledger import QueueState
from db.unit_of_work import reading
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.words import load as load_words
from tests.faults.by_the_clock import NOTHING_BESIDE, enter_rules
from tests.faults.hands import Crew
from tests.faults.judging import PATIENCE, in_their_hours, judged
from tests.faults.providers import both
from tests.faults.rows import ASKABLE, NAME, plan_reminders, plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from training.office import shared_now

COMMAND = (sys.executable, "-m", "bot.cli")
CODE = Path(__file__).parents[2]
BURST = 10
HOURS, OFTEN = timedelta(minutes=180), timedelta(seconds=1)
A_WHILE = 4.0


def put_back(asked: Asked) -> Outcome:
    """20: a backup is made while everything waits, some of it goes out, and the backup is put back. What went out is
    found; what is due together by then, and is more than the agency lets go without a word, waits for one."""
    count = max(20, asked.rows // 4)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        anchors = site.folder / "second-place"
        anchors.mkdir()
        site.settings |= {**providers.settings(), "ANCHOR_DIR": str(anchors)}
        enter_rules(site, site.agency_id, {"ladder": NOTHING_BESIDE, "limits": {"burst": BURST}})
        rows = plan_rows(site, providers, count, ASKABLE)
        many = plan_reminders(site, providers, 2 * BURST, 2 * BURST, first=count, later=HOURS)
        backup = site.folder / "night.backup"
        _run(site, "db", "backup", str(backup))
        crew.hire(every=OFTEN)
        until(lambda: site.left() == len(many), "everything that is due has gone out", PATIENCE)
        for each in crew.alive:
            each.kill()
        sent = sum(providers.effects().values())
        _run(site, "db", "anchor")
        site.office.engine.dispose()
        lost = site.address
        folder = site.folder / "again"
        folder.mkdir()
        site.address = asked.ground.store.address(folder)
        said_of_it = _run(site, "db", "restore", str(backup))
        site.office = replace(site.office, engine=make_engine(site.address))
        waited = site.left()
        site.jump(HOURS)
        crew.hire(every=OFTEN)
        until(lambda: site.left() == len(many), "what had gone out is found", PATIENCE)
        until(lambda: _told(site) > 0, "the coordinator is asked")
        pause(A_WHILE)
        unasked = sum(providers.effects()[row.number] for row in many)
        _go_ahead(site)
        in_their_hours(site)
        outcome = judged(site, providers, (*rows, *many))
        left, told = site.left(), _told(site)
        looks = len(providers.slack.calls_of("conversations.history"))
        looks += len(providers.twilio.calls_of("messages.list"))
        site.office.engine.dispose()
        asked.ground.store.drop(site.address)
        site.address = lost
    why = [f"{left} are not done"] if left else []
    if waited != count + len(many) or sent != count:
        why.append(f"{waited} waited after the restore, {sent} had gone out")
    if "are missing" not in said_of_it:
        why.append("the restore did not say how much is missing")
    if unasked or told != 1:
        why.append(f"{unasked} of {len(many)} went before anybody was asked; {told} were asked")
    gap = next((each for each in said_of_it.split(". ") if "missing" in each), "nothing")
    said = (
        f"{count} had gone out, {looks} look-ups",
        f"{len(many)} that became due together, where {BURST} may go without a word, waited for GO AHEAD",
        f"the restore says: {gap}",
    )
    return outcome.also(*why, said=said)


def _told(site: Site) -> int:
    """How many were asked whether a great many may go."""
    with reading(site.office.engine) as conn:
        kept = ledger.deliveries(conn, site.agency_id)
    return sum(each.about.startswith("reminder-burst") and each.state is QueueState.DONE for each in kept)


def _go_ahead(site: Site) -> None:
    with reading(site.office.engine) as conn:
        now = shared_now(site.office, conn)
        (who, *_) = reporting.holders_of(conn, site.agency_id, Role.COORDINATOR, now)
    desk = FrontDesk(site.office, load_words())
    asked = Interaction(
        agency_id=site.agency_id, sender=ByPerson(who), channel="terminal", text="go ahead with the reminders"
    )
    desk.answer(asked, NAME)


def _run(site: Site, *words: str) -> str:
    environment = {**site.environment(), "PYTHONPATH": str(CODE)}
    made = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, *words], env=environment, cwd=site.folder, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr + made.stdout
    return made.stdout
