"""What becomes of planning that is killed, or done by several at once, or while clocks jump? Scenarios 4, 5 and 7.

What plans is the planner of reminders, over the demo agency on its first day: every step that is due, of everybody.
"""

import os
import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from random import Random

from sqlalchemy import Connection, Engine, event, select

from bot.composition import compose
from config.settings import load
from db.tables import message, notification, reminder_case
from db.unit_of_work import reading, writing
from messages.kinds import MessageKind
from messages.words import load as load_words
from scheduler.delivery import AT_ONCE
from tests.faults.auditor import looked_at
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import a_phone, plan_rows
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from training.agency_setup import the_agency
from training.office import shared_now
from training.reminders.planning import plan_agency

_FORKED = get_context("forkserver")
TICKS = 50
PLANNERS = 3
ABOUT = "reminder "
AN_HOUR = timedelta(minutes=60)
SKEW = timedelta(minutes=10)
PATIENCE = 120.0
KILLED = -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Plans:
    """Who is told of what, and what is known of each case: the same however it came to be planned."""

    said: Counter[tuple[int, frozenset[tuple[str, ...]]]]
    cases: Counter[tuple[object, ...]]

    @property
    def steps(self) -> int:
        """How many steps are said."""
        return sum(len(steps) * times for (_, steps), times in self.said.items())


def _dies_at(engine: Engine, number: int) -> None:
    """This process is gone at the commit of this number, before it is made."""
    numbers = count(1)

    def commits(_: Connection) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "commit", commits)


def _plan(environment: Mapping[str, str], folder: str, ticks: int, dies_at: int) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    office = compose(load())
    agency_id = the_agency(office)
    assert agency_id is not None
    _dies_at(office.engine, dies_at)
    for _ in range(ticks):
        plan_agency(office, agency_id, load_words())


def planner(site: Site, ticks: int, dies_at: int = 0) -> BaseProcess:
    """A process that plans so many times over, and is gone at one of its commits."""
    process = _FORKED.Process(
        target=_plan, args=(dict(site.environment()), str(site.folder), ticks, dies_at), daemon=True
    )
    process.start()
    return process


def with_phones(site: Site) -> None:
    """Everybody has a way on which reminders go."""
    with reading(site.office.engine) as conn:
        now = shared_now(site.office, conn)
    with writing(site.office.engine, site.agency_id, at=now, channel="test") as writer:
        writer.record(*(a_phone(each) for each in site.staff()))


def _plans(site: Site) -> Plans:
    with reading(site.office.engine) as conn:
        said = conn.execute(
            select(
                message.c.message_id,
                message.c.person_id,
                notification.c.subject,
                notification.c.window,
                notification.c.due,
                notification.c.step,
            )
            .join(notification, notification.c.message_id == message.c.message_id)
            .where(message.c.kind == MessageKind.REMINDER.value)
        ).all()
        kept = reminder_case.c
        cases = conn.execute(
            select(
                kept.person_id, kept.subject, kept.window, kept.due_on, kept.episode,
                kept.next_on, kept.last_step, kept.raised, kept.closed,
            )
        ).all()  # fmt: skip
    found: dict[tuple[str, int], set[tuple[str, ...]]] = {}
    for row in said:
        found.setdefault((row.message_id, row.person_id), set()).add(
            (row.subject, row.window, row.due, row.step)
        )
    return Plans(
        Counter((person_id, frozenset(steps)) for (_, person_id), steps in found.items()),
        Counter(tuple(each) for each in cases),
    )


def _undisturbed(asked: Asked) -> Plans:
    with asked.ground.a_site() as site:
        with_phones(site)
        plan_agency(site.office, site.agency_id, load_words())
        return _plans(site)


def killed_while_planning(asked: Asked) -> Outcome:
    """4: killed in each transaction in turn, before its commit; the next tick completes it."""
    expected = _undisturbed(asked)
    why: list[str] = []
    lost = doubled = number = 0
    code: int | None = KILLED
    while code == KILLED:
        number += 1
        with asked.ground.a_site() as site:
            with_phones(site)
            dead = planner(site, 1, number)
            dead.join(PATIENCE)
            code = dead.exitcode
            after = planner(site, 1)
            after.join(PATIENCE)
            one = _compared(site, expected, after.exitcode, "")
            why += [f"killed at {number}: {each}" for each in one.why]
            lost, doubled = lost + one.lost, doubled + one.doubled
    # The last one lived: it has no more to commit.
    if code != 0 or number == 1:
        why.append(f"ended with {code} at {number}")
    said = f"killed at each of {number - 1} commits, {expected.steps} steps for {len(expected.said)} people"
    return Outcome(planned=expected.steps, lost=lost, doubled=doubled, why=tuple(why), said=(said,))


def several_plan_at_once(asked: Asked) -> Outcome:
    """5: three processes tick fifty times at once."""
    expected = _undisturbed(asked)
    with asked.ground.a_site() as site:
        with_phones(site)
        planners = [planner(site, TICKS) for _ in range(PLANNERS)]
        for each in planners:
            each.join(PATIENCE)
        codes = {each.exitcode for each in planners}
        said = f"{PLANNERS} processes, {TICKS} ticks each, {expected.steps} steps for {len(expected.said)} people"
        return _compared(site, expected, 0 if codes == {0} else str(codes), said)


def _compared(site: Site, expected: Plans, code: object, said: str) -> Outcome:
    plans, books = _plans(site), looked_at(site, ABOUT)
    why = [each for each in books.broken if not each.startswith("I3")]
    lost, doubled = expected.said - plans.said, plans.said - expected.said
    if lost or doubled:
        why.append(f"{plans.steps} steps are said where an undisturbed run says {expected.steps}")
    if plans.cases != expected.cases:
        why.append(f"{len((plans.cases - expected.cases) + (expected.cases - plans.cases))} cases differ")
    if len(books.attempts) != len(expected.said):
        why.append(f"{len(books.attempts)} messages for {len(expected.said)} people")
    if code != 0:
        why.append(f"ended with {code}")
    return Outcome(
        planned=plans.steps,
        lost=lost.total(),
        doubled=doubled.total(),
        why=tuple(why),
        said=(said,) if said else (),
    )


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
