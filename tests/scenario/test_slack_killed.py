"""The service is killed again and again while officers write: everything that was acknowledged is answered once.

``ROLLCALL_TEST_KILLED_EVENTS`` asks for more events than the few of a usual run.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

import pytest
from sqlalchemy import select

from bot.composition import ProcessClock
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.slack.door import EVENTS
from db.clock import offset_seconds, set_offset_seconds
from db.tables import attempt, inbox
from db.unit_of_work import reading, working
from tests.fakes.keys import a_key_store
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.journal import Call
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.integration.service_process import Running, running, until
from tests.scenario.cast import Agency
from tests.scenario.reminder_cast import says_nothing_by_itself
from tests.scenario.slack_cast import account_of
from training.ledger.delivering import LEASE
from training.office import Office
from training.packs import PackShelf

MANY = int(os.environ.get("ROLLCALL_TEST_KILLED_EVENTS", "100"))
SENDERS = 4
PATIENT = 120  # looks in a row at which nothing is done
QUESTIONS = ("am i good?", "why", "list", "hours left", "menu")
CARD = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "why:0", "text": {"type": "plain_text", "text": "Why"}},
        ],
    }
]


@dataclass
class Site:
    """One installation whose service may die at any moment, and the workspace around it."""

    agency: Agency
    folder: Path
    slack: StandIn
    rng: random.Random
    lives: ExitStack = field(default_factory=ExitStack)
    service: Running | None = None
    lock: Lock = field(default_factory=Lock)
    told: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def live(self) -> None:
        """The service runs, again."""
        world = self.slack.world
        self.service = self.lives.enter_context(
            running(
                self.folder,
                self.agency.office.engine,
                "serve",
                SLACK_BOT_TOKEN=world.bot.token,
                SLACK_SIGNING_SECRET=world.app.signing_secret,
                SLACK_API_URL=self.slack.api_url,
            )
        )

    def die(self, how: signal.Signals = signal.SIGKILL) -> int:
        """It is gone; how it ended."""
        assert self.service is not None
        dead, self.service = self.service, None
        dead.process.send_signal(how)
        code = dead.process.wait(30)
        self.told.append(dead.said)
        return code

    def live_again(self) -> None:
        """Whoever watches the service starts it once it is gone."""
        assert self.service is not None
        if self.service.process.poll() is not None:
            self.die()
            self.live()
            self.let_leases_end()

    def insist(self, parcel: Parcel) -> None:
        """Slack hands it over until it is acknowledged."""
        pause = Event()
        for _ in range(600):
            if self.over.is_set():
                return
            service = self.service
            if service is not None and parcel.to(self.slack.door(service.address + EVENTS, 3.0)).ok:
                return
            parcel = parcel.again()
            pause.wait(0.1)
        raise AssertionError("never acknowledged")

    def let_leases_end(self) -> None:
        """What the dead had in hand is anybody's."""
        with working(self.agency.office.engine) as conn:
            set_offset_seconds(conn, offset_seconds(conn) + round(LEASE.total_seconds()) + 5)

    def left(self) -> int:
        """How much is not done."""
        with reading(self.agency.office.engine) as conn:
            came = conn.execute(select(inbox.c.event).where(inbox.c.state.in_(("waiting", "working"))))
            to_say = conn.execute(select(attempt.c.attempt_id).where(attempt.c.state != "done"))
            return len(came.all()) + len(to_say.all())

    def finish(self) -> None:
        """Everything that came in is done, and everything that was to be said is said."""
        pause, still, before = Event(), 0, self.left()
        while before and still < PATIENT:
            pause.wait(0.5)
            self.live_again()
            now = self.left()
            still = 0 if now < before else still + 1
            before = now
            if still and still % 8 == 0:
                # Nobody is at it: what is left was the dead's, or waits for its time.
                self.let_leases_end()
        assert not before, f"{before} were left"


@contextmanager
def a_site(agency: Agency, folder: Path, seed: int) -> Iterator[Site]:
    """A workspace that never refuses for haste, and an installation that is set up for it."""
    folder.mkdir(mode=0o700)
    says_nothing_by_itself(agency)
    set_clock(Office(agency.office.engine, ProcessClock(), PackShelf(), a_key_store()), NOW)
    with StandIn(limits=Limits.none()) as slack, ExitStack() as lives:
        yield Site(agency, folder, slack, random.Random(seed), lives)  # noqa: S311  the same every time


@contextmanager
def sending(site: Site, parcels: list[Parcel]) -> Iterator[list[Future[None]]]:
    """Slack hands them over, several at a time, for as long as the story goes well."""
    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(site.insist, each) for each in parcels]
        try:
            yield sent
        except BaseException:
            site.over.set()
            raise
        for each in sent:
            each.result()


@dataclass
class Morning:
    """What officers do: each message and press in a thread of its own, where its answer is found again."""

    site: Site
    parcels: list[Parcel] = field(default_factory=list)
    threads: list[tuple[str, str]] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)
    homes: set[str] = field(default_factory=set)
    cards: int = 0

    def fill(self, many: int) -> None:
        """So many events of every kind."""
        world, rng = self.site.slack.world, self.site.rng
        accounts = [
            account_of(self.site.agency, self.site.slack, badge) for badge in self.site.agency.badges()
        ]
        for number in range(many):
            account = accounts[number % len(accounts)]
            place = world.im(account).id
            kind = rng.choices(("message", "press", "command", "home"), (5, 3, 2, 1))[0]
            if kind == "home":
                self.homes.add(account)
                self.parcels.append(self.site.slack.events.app_home_opened(account))
            elif kind == "command":
                self.commands[account] += 1
                text = rng.choice(QUESTIONS)
                self.parcels.append(self.site.slack.acts.command(account, "/rollcall", text))
            else:
                root = world.put(place, account, "the beginning of a thread")
                self.threads.append((place, root.ts))
                self.parcels.append(self.in_thread(account, root.ts, kind))

    def in_thread(self, account: str, thread: str, kind: str) -> Parcel:
        """A question, or a press of a button on a card that stands there."""
        world, place = self.site.slack.world, self.site.slack.world.im(account).id
        if kind == "message":
            text = self.site.rng.choice(QUESTIONS)
            return self.site.slack.events.message(account, text, thread_ts=thread)
        self.cards += 1
        card = world.put(
            place,
            world.bot.bot_user,
            "a card",
            blocks=[{**CARD[0], "block_id": f"card-{self.cards}"}],
            bot_id=world.bot.bot_id,
            thread_ts=thread,
        )
        return self.site.slack.acts.block_action(account, card, "why:0")

    def is_answered_once(self) -> None:
        """Each of them: one answer in each thread, one for each command, one introduction for each person."""
        # Who is reached by no way is told once a day, whenever the day's look falls into the story.
        posted = [
            each
            for each in self.site.slack.world.posted()
            if each.text != "a card" and not each.text.startswith("Not reached")
        ]
        in_threads = Counter((each.channel, each.thread_ts) for each in posted if each.thread_ts)
        assert in_threads == Counter(dict.fromkeys(self.threads, 1))
        outside = Counter(each.channel for each in posted if not each.thread_ts)
        everybody = {self.site.slack.world.im(each).id: each for each in self.site.slack.world.users}
        for place, count in outside.items():
            assert count == 1 + self.commands[everybody[place]], [
                each.text for each in posted if not each.thread_ts and each.channel == place
            ]
        assert sum(outside.values()) - len(outside) == self.commands.total()
        assert self.homes <= set(self.site.slack.world.homes)
        answered = self.site.agency.entries("question:answered")
        assert len(answered) == len(self.threads) + self.commands.total()
        bad = self.site.agency.entries("event:failed", "message:failed", "message:unknown")
        assert [(each.tag, each.data) for each in bad] == []


@pytest.mark.long
def test_what_was_acknowledged_is_answered_once_however_often_the_service_is_killed(
    embedded: Agency, tmp_path: Path
) -> None:
    with a_site(embedded, tmp_path / "installation", seed=5) as site:
        morning = Morning(site)
        morning.fill(MANY)
        deaths = sorted(site.rng.sample(range(10, MANY), max(3, MANY // 60)))
        pause, seen = Event(), Counter[str]()

        def count(call: Call) -> None:
            seen["calls"] += 1
            if deaths and seen["calls"] >= deaths[0] and call.method == "chat.postMessage":
                deaths.pop(0)
                service = site.service
                if service is not None:
                    # Slack has done the work, and nobody is there to hear of it.
                    service.process.kill()

        site.slack.journal.listeners.append(count)
        site.live()
        with sending(site, morning.parcels) as sent:
            while not all(each.done() for each in sent):
                pause.wait(0.1)
                site.live_again()
        site.finish()
        morning.is_answered_once()
        assert not deaths


@pytest.mark.long
def test_a_service_that_is_told_to_stop_in_the_middle_leaves_nothing_unknown(
    served: Agency, tmp_path: Path
) -> None:
    with a_site(served, tmp_path / "installation", seed=7) as site:
        morning = Morning(site)
        morning.fill(30)
        site.live()
        with sending(site, morning.parcels) as sent:
            until(lambda: sum(each.done() for each in sent) >= len(sent) // 3, "some are acknowledged")
            assert site.die(signal.SIGTERM) == 0, site.told[-1][-3000:]
            assert '"state": "drained"' in site.told[-1]
            with reading(served.office.engine) as conn:
                assert "unknown" not in conn.execute(select(attempt.c.receipt)).scalars().all()
                assert "sending" not in conn.execute(select(attempt.c.state)).scalars().all()
            site.live()
        site.finish()
        morning.is_answered_once()
        assert site.die(signal.SIGTERM) == 0
