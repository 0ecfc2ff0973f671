"""What becomes of planning that is killed, or done by several at once, or while clocks jump? Scenarios 4, 5 and 7.

What plans is ``plan_day``: today a sentence to everybody once a day, with the keys and the transactions of the ledger.
The planner of reminders goes in its place.
"""

import os
import signal
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from random import Random

from sqlalchemy import select

from bot.composition import compose
from config.settings import load
from db.queries import people
from db.records.facts import AgencyId
from db.records.ledger import Destination, Occasion
from db.tables import notification
from db.unit_of_work import reading, writing
from messages.elsewhere import which_file
from messages.words import load as load_words
from scheduler.delivery import AT_ONCE
from tests.faults.auditor import looked_at
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from training.agency_setup import the_agency
from training.ledger.saying import ToSay, plan
from training.office import Office, local_day, shared_now

_FORKED = get_context("forkserver")
BATCH = 10
TICKS = 50
PLANNERS = 3
SUBJECT = "everybody, once a day"
AN_HOUR = timedelta(minutes=60)
SKEW = timedelta(minutes=10)
PATIENCE = 120.0


def plan_day(office: Office, agency_id: AgencyId, dies_in: int = 0) -> int:
    """Everybody who has not heard of today yet; how many. ``dies_in``: gone in that batch, uncommitted."""
    words, planned = load_words(), 0
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        staff = [each.person_id for each in people.roster(conn, agency_id)]
    day = local_day(now, "America/Chicago").isoformat()
    for number, first in enumerate(range(0, len(staff), BATCH), 1):
        with writing(office.engine, agency_id, at=now, channel="test") as writer:
            for person_id in staff[first : first + BATCH]:
                said = ToSay(
                    person_id=person_id,
                    message=which_file(words),
                    routes=(Destination(channel="slack", address="T0", place=f"D{person_id}"),),
                    about=f"row {day} {person_id}",
                    occasion=Occasion(agency_id=agency_id, person_id=person_id, subject=SUBJECT, due=day),
                )
                planned += plan(writer, office.keys, said, now=now) is not None
            if number == dies_in:
                os.kill(os.getpid(), signal.SIGKILL)
    return planned


def _plan(environment: Mapping[str, str], folder: str, ticks: int, dies_in: int) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    office = compose(load())
    agency_id = the_agency(office)
    assert agency_id is not None
    for _ in range(ticks):
        plan_day(office, agency_id, dies_in)


def _planner(site: Site, ticks: int, dies_in: int = 0) -> BaseProcess:
    process = _FORKED.Process(
        target=_plan, args=(dict(site.environment()), str(site.folder), ticks, dies_in), daemon=True
    )
    process.start()
    return process


def _keys(site: Site) -> Counter[tuple[int, str]]:
    """Who was told of which day, and how often."""
    with reading(site.office.engine) as conn:
        rows = conn.execute(
            select(notification.c.person_id, notification.c.due).where(notification.c.subject == SUBJECT)
        ).all()
    return Counter((row.person_id, row.due) for row in rows)


def _undisturbed(asked: Asked) -> Counter[tuple[int, str]]:
    with asked.ground.a_site() as site:
        plan_day(site.office, site.agency_id)
        return _keys(site)


def killed_while_planning(asked: Asked) -> Outcome:
    """4: killed in each batch in turn, before its commit; the next tick completes it."""
    expected = _undisturbed(asked)
    with asked.ground.a_site() as site:
        batches = -(-len(expected) // BATCH)
        for batch in range(1, batches + 1):
            dead = _planner(site, 1, batch)
            dead.join(PATIENCE)
        last = _planner(site, 1)
        last.join(PATIENCE)
        return _compared(site, expected, last.exitcode, f"killed in each of {batches} batches")


def several_plan_at_once(asked: Asked) -> Outcome:
    """5: three processes tick fifty times at once."""
    expected = _undisturbed(asked)
    with asked.ground.a_site() as site:
        planners = [_planner(site, TICKS) for _ in range(PLANNERS)]
        for each in planners:
            each.join(PATIENCE)
        codes = {each.exitcode for each in planners}
        said = f"{PLANNERS} processes, {TICKS} ticks each"
        return _compared(site, expected, 0 if codes == {0} else str(codes), said)


def _compared(site: Site, expected: Counter[tuple[int, str]], code: object, said: str) -> Outcome:
    keys, books = _keys(site), looked_at(site)
    why = [each for each in books.broken if not each.startswith("I3")]
    if keys != expected:
        why.append(f"{len(keys)} rows where an undisturbed run makes {len(expected)}")
    if len(books.attempts) != len(expected):
        why.append(f"{len(books.attempts)} messages for {len(expected)} occasions")
    if code != 0:
        why.append(f"ended with {code}")
    doubled = len(books.attempts) - len(keys)
    lost = len(expected - keys)
    return Outcome(planned=len(keys), lost=lost, doubled=max(0, doubled), why=tuple(why), said=(said,))


def clocks_that_jump(asked: Asked) -> Outcome:
    """7: under load the shared clock goes an hour ahead and back again; one machine's own is ten minutes wrong."""
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, asked.rows)
        early = plan_rows(site, providers, 20, first=asked.rows, later=2 * AN_HOUR)
        for number in range(asked.workers):
            crew.hire(before=0.01, after=0.01, ahead=SKEW if number == 0 else timedelta())
        until(lambda: providers.calls() > asked.rows // 4, "under load")
        pause(chance.uniform(0, 0.05))
        site.jump(AN_HOUR)
        made = providers.calls()
        until(lambda: providers.calls() > made + asked.rows // 5, "it goes on")
        site.jump(-AN_HOUR)
        # What was in somebody's hands at the jump waits for the hour to pass again; the rest goes on.
        in_hands = AT_ONCE * 2 * asked.workers
        until(lambda: site.left() <= len(early) + in_hands, "all that is due", PATIENCE)
        pause(6)
        hasty = sum(providers.effects()[row.number] for row in early)
        site.jump(2 * AN_HOUR + timedelta(minutes=1))
        finished(site, providers, crew)
        # In flight at the jump: a lease that ends by the clock ends for whoever is in the call as well.
        outcome = judged(
            site, providers, rows + early, senders_lost=2 * asked.workers, in_flight=asked.workers
        )
        left = site.left()
    why = [f"{left} are not done"] if left else []
    if hasty:
        why.append(f"{hasty} came out before their time")
    return outcome.also(*why, said=(f"{hasty} of {len(early)} that are due later came out early",))
