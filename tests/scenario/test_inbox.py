"""What came in is worked on until it is done, whoever dies meanwhile, and what cannot be done ends."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select, update

from bot.service.doors import Door, staffed
from bot.service.hall import Hall
from bot.service.inbox import work_on
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from config.settings import Settings
from db.records.audit import AuditDraft
from db.records.inbox import InWork
from db.tables import inbox as table
from db.unit_of_work import working
from scheduler.jobs import Work
from tests.fakes import loop
from tests.fakes.carrier import ScriptedCarrier
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import kept_events, raw_bytes
from training import inbox
from training.inbox import LEASE, WAITS, Came, TakenOverError
from training.ledger.parcels import Carrier


class CannotError(Exception):
    """What is asked for cannot be done."""


@dataclass
class Clerk:
    """Whoever works behind a door of the test's own: reads what came, and marks it done."""

    agency: Agency
    name: str = "letters"
    carrier: Carrier = field(default_factory=ScriptedCarrier)
    read: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    does: Callable[[str], None] = lambda _: None

    async def open(self, *, listening: bool) -> None:
        """Nothing to make ready."""

    async def close(self) -> None:
        """Nothing to close."""

    def work(self, work: InWork) -> object:
        """Read it."""
        text = inbox.opened(self.agency.office, work).decode()
        self.read.append(text)
        self.does(text)
        with working(self.agency.office.engine) as conn:
            inbox.done(conn, work)
        return text

    def give_up(self, work: InWork, error: Exception) -> None:
        """Say so."""
        text = inbox.opened(self.agency.office, work).decode()
        inbox.give_up(self.agency.office, work, type(error).__name__, self.agency.agency_id, None)
        self.told.append(text)

    def follow(self, _: Work) -> int:
        """Nothing stands open."""
        return 0


def keep(agency: Agency, text: str, place: str = "D1") -> InWork | None:
    """Something comes in; its own words are its id too."""
    agency.clock.at += timedelta(seconds=1)
    return inbox.keep(
        agency.office,
        Came(channel="letters", event=text, address="T1", place=place, kind="message", body=text.encode()),
    )


def later(agency: Agency, span: timedelta) -> None:
    """Time passes."""
    agency.clock.at += span + timedelta(seconds=1)


def tick(clerk: Clerk) -> None:
    """What the scheduler does about what waits."""
    hall = a_hall(clerk)

    async def run() -> None:
        async with hall.at_work():
            for job in jobs_of(hall):
                job.run(Work(clerk.agency.office, lambda: False, {}))

    loop.run(run())


def a_hall(clerk: Clerk) -> Hall:
    """A process with this one door."""
    door = Door(clerk.name, lambda _: True, lambda *_: None, staff=lambda _: clerk)
    settings = Settings.model_construct()
    return Hall(clerk.agency.office, settings, clerk.agency.words, Metrics(), None, staffed((door,)))


def test_what_comes_many_times_at_once_is_one_workers(lakemont: Agency) -> None:
    came = Came(channel="letters", event="E1", address="T1", place="D1", kind="message", body=b"hello")
    with ThreadPoolExecutor(4) as doors:
        kept = list(doors.map(lambda _: inbox.keep(lakemont.office, came), range(8)))
    [work] = [each for each in kept if each is not None]
    assert work_on(lakemont.office, Clerk(lakemont), work).ack == "hello"
    assert inbox.keep(lakemont.office, came) is None
    assert kept_events(lakemont) == {"done": 1}


def test_what_a_worker_left_is_somebodys_once_its_lease_is_over(lakemont: Agency) -> None:
    clerk = Clerk(lakemont)
    keep(lakemont, "hello")
    later(lakemont, LEASE - timedelta(seconds=5))
    tick(clerk)
    assert clerk.read == []
    later(lakemont, timedelta(seconds=5))
    tick(clerk)
    tick(clerk)
    assert clerk.read == ["hello"]
    assert kept_events(lakemont) == {"done": 1}


def test_a_worker_that_slept_through_its_lease_keeps_nothing_of_its_answer(lakemont: Agency) -> None:
    asleep = keep(lakemont, "hello")
    assert asleep is not None
    later(lakemont, LEASE)
    [awake] = inbox.left_over(lakemont.office)
    with pytest.raises(TakenOverError):
        answer_late(lakemont, asleep)
    inbox.try_again(lakemont.office, asleep, "Late")
    assert lakemont.entries("story:never") == ()
    assert kept_events(lakemont) == {"working": 1}
    assert work_on(lakemont.office, Clerk(lakemont), awake).ack == "hello"
    # It may still try to end it: that changes nothing any more.
    assert work_on(lakemont.office, Clerk(lakemont), asleep).ack is None
    assert kept_events(lakemont) == {"done": 1}


def answer_late(agency: Agency, work: InWork) -> None:
    """What an answer writes, in one transaction with its end."""
    with agency.writing() as writer:
        writer.audit(AuditDraft(tag="story:never"))
        inbox.done(writer.conn, work)


def test_what_fails_is_tried_again_later_and_later_and_then_told_once(lakemont: Agency) -> None:
    def fail(_: str) -> None:
        raise CannotError

    clerk = Clerk(lakemont, does=fail)
    work = keep(lakemont, "hello")
    assert work is not None
    work_on(lakemont.office, clerk, work)
    for number, wait in enumerate(WAITS, start=1):
        assert len(clerk.read) == number
        tick(clerk)
        assert len(clerk.read) == number
        later(lakemont, wait)
        tick(clerk)
    for _ in range(3):
        later(lakemont, timedelta(hours=1))
        tick(clerk)
    assert len(clerk.read) == len(WAITS) + 1
    assert clerk.told == ["hello"]
    assert kept_events(lakemont) == {"failed": 1}
    [entry] = lakemont.entries("event:failed")
    assert entry.data["error"] == "CannotError"


def test_what_cannot_even_be_read_ends_and_keeps_nothing_else_from_being_done(lakemont: Agency) -> None:
    clerk = Clerk(lakemont)
    keep(lakemont, "broken", "D1")
    keep(lakemont, "fine", "D2")
    with working(lakemont.office.engine) as conn:
        conn.execute(update(table).where(table.c.event == "broken").values(body=b"not what it was"))
    later(lakemont, LEASE)
    tick(clerk)
    assert clerk.read == ["fine"]
    for wait in WAITS:
        later(lakemont, wait)
        tick(clerk)
    assert kept_events(lakemont) == {"failed": 1, "done": 1}


def test_what_no_worker_survives_ends(lakemont: Agency) -> None:
    keep(lakemont, "hello")
    for _ in WAITS:
        later(lakemont, LEASE)
        assert len(inbox.left_over(lakemont.office)) == 1
    later(lakemont, LEASE)
    clerk = Clerk(lakemont)
    tick(clerk)
    assert clerk.read == []
    assert clerk.told == ["hello"]
    assert kept_events(lakemont) == {"failed": 1}


def test_what_came_through_a_door_that_a_process_has_not_is_left_to_one_that_has(lakemont: Agency) -> None:
    keep(lakemont, "hello")
    later(lakemont, LEASE)
    assert inbox.left_over(lakemont.office, channels=("another",)) == ()
    assert len(inbox.left_over(lakemont.office)) == 1


def test_a_conversation_is_finished_in_its_order_and_another_does_not_wait_for_it(lakemont: Agency) -> None:
    for text in ("one", "two", "three", "four", "five", "six"):
        keep(lakemont, text, "D1")
    keep(lakemont, "elsewhere", "D2")
    later(lakemont, LEASE)
    assert [each.event for each in inbox.left_over(lakemont.office)] == ["one", "elsewhere"]
    assert inbox.left_over(lakemont.office) == ()
    later(lakemont, LEASE)
    clerk = Clerk(lakemont)
    tick(clerk)
    assert [each for each in clerk.read if each != "elsewhere"] == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]


def test_several_processes_finish_each_thing_once(lakemont: Agency) -> None:
    texts = [f"letter {number}" for number in range(12)]
    for number, text in enumerate(texts):
        keep(lakemont, text, f"D{number % 4}")
    later(lakemont, LEASE)
    clerk = Clerk(lakemont)
    with ThreadPoolExecutor(3) as processes:
        for _ in range(3):
            list(processes.map(lambda _: tick(clerk), range(3)))
    assert sorted(clerk.read) == sorted(texts)
    assert kept_events(lakemont) == {"done": len(texts)}


def test_what_waits_and_what_was_done_cannot_be_read_in_the_record(embedded: Agency) -> None:
    work = keep(embedded, "one")
    kept = inbox.keep(
        embedded.office,
        Came(
            channel="letters", event="E2", address="T1", place="D1", kind="message", body=b"quicksilver zebra"
        ),
    )
    assert work is not None
    assert kept is not None
    assert b"quicksilver" not in raw_bytes(embedded)
    inbox.try_again(embedded.office, kept, "Trouble")
    assert b"quicksilver" not in raw_bytes(embedded)
    later(embedded, LEASE)
    tick(Clerk(embedded))
    assert b"quicksilver" not in raw_bytes(embedded)
    with embedded.reading() as conn:
        assert conn.execute(select(table.c.body)).scalars().all() == [None, None]


def test_in_one_process_a_conversation_has_one_turn_at_a_time(embedded: Agency) -> None:
    gates = {text: Event() for text in ("one", "two", "three", "other")}
    begun = {text: Event() for text in gates}

    def wait(text: str) -> None:
        begun[text].set()
        assert gates[text].wait(20)

    clerk = Clerk(embedded, does=wait)
    hall = a_hall(clerk)

    async def run() -> None:
        async with hall.at_work():
            one, two = (hall.take_up(clerk, kept(embedded, text)) for text in ("one", "two"))
            gates["one"].set()
            await one
            await asyncio.to_thread(begun["two"].wait, 20)
            # The first is done and the second at it: who comes now waits for that one.
            three = hall.take_up(clerk, kept(embedded, "three"))
            gates["other"].set()
            await hall.take_up(clerk, kept(embedded, "other", "D2"))
            assert not begun["three"].is_set()
            gates["two"].set()
            gates["three"].set()
            await asyncio.gather(two, three)

    loop.run(run())
    assert clerk.read == ["one", "two", "other", "three"]


def test_what_a_process_had_not_begun_when_it_ended_is_anybodys_at_once(embedded: Agency) -> None:
    gate, begun = Event(), Event()

    def wait(_: str) -> None:
        begun.set()
        assert gate.wait(20)

    clerk = Clerk(embedded, does=wait)
    hall = a_hall(clerk)

    async def run() -> None:
        async with hall.at_work():
            for text in ("one", "two", "three"):
                hall.take_up(clerk, kept(embedded, text))
            await asyncio.to_thread(begun.wait, 20)

    loop.run(run())
    assert not hall.ended_well
    assert kept_events(embedded) == {"working": 1, "waiting": 2}
    gate.set()
    until(lambda: kept_events(embedded)["waiting"] == 2 and "done" in kept_events(embedded), "the first ends")
    tick(clerk)
    assert clerk.read == ["one", "two", "three"]


def kept(agency: Agency, text: str, place: str = "D1") -> InWork:
    """Something that came in, kept."""
    work = keep(agency, text, place)
    assert work is not None
    return work
