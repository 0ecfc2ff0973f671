"""What becomes of deliveries whose workers are killed, paused or die between two steps? Scenarios 1, 2, 3 and 6."""

import random
import signal
from datetime import timedelta
from time import monotonic

from tests.faults.auditor import looked_at
from tests.faults.hands import Crew, Point
from tests.faults.judging import PATIENCE, Patience, finished, judged
from tests.faults.providers import both
from tests.faults.rows import ASKABLE, Route, plan_rows
from tests.faults.scenario import Asked
from tests.faults.tally import Outcome, added
from tests.faults.waiting import pause, until
from training.ledger.delivering import LEASE

KILLS = 5
A_MOMENT = 0.025  # seconds before and after each call, as the killing has to hit something


def killed_at_work(asked: Asked, routes: tuple[Route, ...] = tuple(Route)) -> Outcome:
    """1: workers are killed at random points, one or all of them, 25 ms before and after each send being theirs."""
    chance = random.Random(asked.seed)  # noqa: S311  the same dice every time
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, asked.rows, routes)
        calls = sorted(chance.sample(range(asked.rows // 20, asked.rows * 9 // 10), KILLS))
        for _ in range(asked.workers):
            crew.hire(before=A_MOMENT, after=A_MOMENT)
        lost = 0
        for moment in calls:
            patience = Patience(site)
            while (made := providers.calls()) < moment and patience.wait(made):
                pass
            pause(chance.uniform(0, 2 * A_MOMENT))
            victims = crew.alive if chance.random() < 0.3 else [chance.choice(crew.alive)]
            for each in victims:
                each.kill()
            lost += len(victims)
            for _ in victims:
                crew.hire(before=A_MOMENT, after=A_MOMENT)
        last = monotonic()
        passed = finished(site, providers, crew)
        outcome = judged(site, providers, rows, senders_lost=lost)
        took = monotonic() - last + passed
        left = site.left()
    said = (f"{lost} workers killed in {KILLS} kills", f"done {took:.0f} s after the last, leases counted")
    return outcome.also(*([f"{left} are not done"] if left else []), said=said)


def killed_before_it_is_known(asked: Asked) -> Outcome:
    """2: killed after the channel took it and before that is written down, at every row."""
    return _dying(asked, Point.AFTER)


def killed_before_it_is_sent(asked: Asked) -> Outcome:
    """3: killed after the intent was written down and before the call, at every row."""
    return _dying(asked, Point.BEFORE)


def _dying(asked: Asked, point: Point) -> Outcome:
    """One way at a time: a process that dies in one call would take along what it is at on another way."""
    return added(*(_dying_on(asked, point, route) for route in ASKABLE))


def _dying_on(asked: Asked, point: Point, route: Route) -> Outcome:
    count = max(3, min(asked.rows // 40, 20))
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, count, (route,))
        hired, end = 0, monotonic() + PATIENCE
        while site.left() and monotonic() < end:
            before = site.left()
            hand = crew.hire(dies=point)
            hired += 1
            waited = monotonic()
            while hand.is_alive and site.left() and monotonic() - waited < 20:
                pause(0.05)
            hand.kill()
            if site.left() and site.left() <= before:
                site.jump(LEASE + timedelta(seconds=1))
        outcome = judged(site, providers, rows)
        tries = {each.tries for each in looked_at(site).attempts}
        looks = len(providers.slack.calls_of("conversations.history"))
        looks += len(providers.twilio.calls_of("messages.list"))
        left = site.left()
    why = [f"{left} are not done"] if left else []
    expected = {1} if point is Point.AFTER else {2}
    if tries != expected:
        why.append(f"tries {sorted(tries)} where {expected} was to be")
    if looks < count:
        why.append(f"looked for {looks} times only")
    return outcome.also(*why, said=(f"{route}: {hired} workers, {looks} look-ups",))


def paused_and_woken(asked: Asked) -> Outcome:
    """6: a worker sleeps longer than its lease, once with the call made and once before it, and wakes."""
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, 48, (Route.POST, Route.TEXT))
        after = crew.hire(after=2.0)
        until(lambda: providers.calls() > 0, "a call")
        pause(0.3)
        after.send(signal.SIGSTOP)
        before = crew.hire(before=2.0)
        made = providers.calls()
        until(lambda: providers.calls() > made, "the other's call")
        # Its next one has the intent written down, and the call is not made.
        pause(0.7)
        before.send(signal.SIGSTOP)
        asleep = monotonic()
        sober = crew.hire()
        until(lambda: not site.left(), "somebody else does it all", 3 * LEASE.total_seconds())
        # Everything is done, and they have slept through their leases.
        pause(max(0.0, LEASE.total_seconds() + 2 - (monotonic() - asleep)))
        woken = monotonic() - asleep
        for each in (after, before):
            each.send(signal.SIGCONT)
        pause(4)
        outcome = judged(site, providers, rows)
        refused = after.said.count("attempt-lost") + before.said.count("attempt-lost")
        sober.kill()
    why = [] if refused else ["nobody's acknowledgement was refused"]
    return outcome.also(*why, said=(f"{refused} acknowledgements refused", f"asleep for {woken:.0f} s"))
