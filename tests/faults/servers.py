"""What becomes of deliveries and answers when the server of the record goes away? Scenarios 10 and 11."""

import signal
from random import Random
from threading import Thread
from time import monotonic

import httpx
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from db.tables import message
from db.unit_of_work import reading
from tests.faults.auditor import looked_at
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.providers import both
from tests.faults.rows import Route, plan_rows
from tests.faults.scenario import Asked
from tests.faults.stores import PostgresqlStore
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from tests.integration.service_process import WITH_A_DOOR, Running, running
from tests.integration.service_with_a_door import PATH

DOWN = 10.0  # seconds
ANSWERED_WITHIN, RESUMED_WITHIN = 3.0, 15.0


def _ask(service: Running) -> tuple[str, float]:
    """The kind of the answer to an officer, and how long it took."""
    began = monotonic()
    asked = {"badge": "214", "text": "am i good?"}
    answer = httpx.post(service.address + PATH, json=asked, timeout=30)
    return str(answer.json()["kind"]), monotonic() - began


def server_restarted(asked: Asked) -> Outcome:
    """10: the server stops at once under load, and is away for ten seconds."""
    store = asked.ground.store
    assert isinstance(store, PostgresqlStore)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, asked.rows)
        with running(site.folder, site.office.engine, program=WITH_A_DOOR) as service:
            until(service.is_ready, "ready")
            before, _ = _ask(service)
            for _ in range(asked.workers):
                crew.hire(before=0.01, after=0.01)
            until(lambda: providers.calls() > asked.rows // 4, "under load")
            store.stop(signal.SIGQUIT)
            away = monotonic()
            kind, took = _ask(service)
            pause(max(0.0, DOWN - (monotonic() - away)))
            made = providers.calls()
            store.start()
            resumed = until(lambda: providers.calls() > made, "deliveries go on", 120)
            until(service.is_ready, "ready again")
            after, _ = _ask(service)
            code = service.stop()
        alive = len(crew.alive)
        finished(site, providers, crew)
        # A call that was under way when the server went may have no end in the ledger: as many as there are senders.
        outcome = judged(site, providers, rows, senders_lost=asked.workers)
        left = site.left()
    why = [f"{left} are not done"] if left else []
    if (before, kind, after, code) != ("status", "broken", "status", 0):
        why.append(f"answers were {before}, {kind}, {after}; the service ended with {code}")
    if took > ANSWERED_WITHIN:
        why.append(f"somebody waited {took:.1f} s to hear that it does not work")
    if resumed > RESUMED_WITHIN:
        why.append(f"deliveries went on after {resumed:.0f} s only")
    if alive < asked.workers:
        why.append(f"{asked.workers - alive} workers ended by themselves")
    said = (f"told so after {took:.1f} s; deliveries went on {resumed:.0f} s after the start",)
    return outcome.also(*why, said=said)


def server_killed(asked: Asked) -> Outcome:
    """11: the server is killed while plans are acknowledged one by one; whatever was acknowledged is there."""
    store = asked.ground.store
    assert isinstance(store, PostgresqlStore)
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        acknowledged: list[str] = []

        def plan() -> None:
            try:
                for _ in range(asked.rows):
                    [row] = plan_rows(site, providers, 1, (Route.POST,))
                    acknowledged.append(row.message_id)
            except SQLAlchemyError:
                return

        planning = Thread(target=plan)
        planning.start()
        wanted = chance.randrange(asked.rows // 4, asked.rows // 2)
        until(lambda: len(acknowledged) >= wanted, "some are acknowledged", 120)
        store.stop(signal.SIGKILL)
        planning.join()
        store.start()
        with reading(site.office.engine) as conn:
            there = set(conn.execute(select(message.c.message_id)).scalars())
        lost = sum(each not in there for each in acknowledged)
        crew.hire()
        finished(site, providers, crew)
        books = looked_at(site)
        left = site.left()
    why = list(books.broken)
    if lost:
        why.append(f"{lost} of {len(acknowledged)} that were acknowledged are gone")
    if left:
        why.append(f"{left} are not done")
    return Outcome(
        planned=len(acknowledged),
        sent=len(books.attempts) - left,
        lost=lost,
        why=tuple(why),
        said=(f"killed after {len(acknowledged)} commits",),
    )
