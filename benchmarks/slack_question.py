"""What does one question cost in Slack? CPU of the whole path, beside the library's smallest app, or another release.

Each app runs as a process of its own against the stand-in for Slack; the system counts what that process used.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from threading import Event

from bot.composition import keys_in
from bot.demo.agency import NOW, demo_files
from db.engine import make_engine
from db.migrate import upgrade
from db.queries import people
from db.records.facts import ContactKind
from db.unit_of_work import reading
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.integration.service_process import OPEN, until
from training.agency_setup import build_demo
from training.office import Office
from training.packs import PackShelf

ROUNDS = 5
# Slack takes about one message a second in a conversation, so everybody asks once and then there is a pause.
PAUSE = 4.2
TICKS = os.sysconf("SC_CLK_TCK")
EVENTS = "/slack/events"
ECHO = (sys.executable, "-m", "benchmarks.bolt_echo")
ROLLCALL = (sys.executable, "-m", "bot.cli", "serve", "--no-scheduler", "--port", "0")


class _Still:
    """The demo's own instant."""

    def now(self) -> datetime:
        return NOW


def cpu(pid: int) -> float:
    """CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def running(
    command: tuple[str, ...], folder: Path, settings: Mapping[str, str], code: Path
) -> Iterator[tuple[int, str]]:
    """A process, and its address once it answers."""
    said = folder / "said.txt"
    with said.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603  our own commands
            command,
            stderr=errors,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(code), **settings},
        )
    try:
        until(lambda: OPEN in said.read_text() or process.poll() is not None, "it answers")
        yield process.pid, said.read_text().partition(OPEN)[2].split()[0].rstrip(".")
    finally:
        process.kill()
        process.wait()


def measure(slack: StandIn, accounts: Sequence[str], pid: int, address: str) -> float:
    """Milliseconds of CPU for a question, the middle of several rounds; everybody has met Rollcall before."""
    door = slack.door(address + EVENTS)

    def ask(account: str) -> None:
        before = len(slack.world.said_to(account))
        assert slack.events.message(account, "am i good?").to(door).ok
        slack.journal.until(lambda: len(slack.world.said_to(account)) > before, "an answer")

    rounds = []
    for _ in range(1 + ROUNDS):
        Event().wait(PAUSE)
        began = cpu(pid)
        for account in accounts:
            ask(account)
        rounds.append((cpu(pid) - began) * 1000 / len(accounts))
    return median(rounds[1:])


def an_agency(folder: Path) -> tuple[str, ...]:
    """The demo agency as an installation's own record; everybody's address."""
    url = f"sqlite:///{folder / 'rollcall.db'}"
    engine = make_engine(url)
    upgrade(engine)
    office = Office(engine, _Still(), PackShelf(), keys_in(folder / "keys"), fixed=True)
    agency_id = build_demo(office, demo_files())
    with reading(engine) as conn:
        present = [
            each.person_id for each in people.roster(conn, agency_id) if each.employment.fact.ended_on is None
        ]
        points = people.contact_points(conn, agency_id, present)
    engine.dispose()
    return tuple(dict.fromkeys(each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="a checkout of another release with this door")
    given = parser.parse_args()
    here = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as name, StandIn(limits=Limits.none()) as slack:
        folder = Path(name)
        accounts = [
            slack.world.add_user(f"U0{number:04}", address, address).id
            for number, address in enumerate(an_agency(folder))
        ]
        settings = {
            "ROLLCALL_DATA_DIR": str(folder),
            "ROLLCALL_SLACK_API_URL": slack.api_url,
            "ROLLCALL_SLACK_BOT_TOKEN": slack.world.bot.token,
            "ROLLCALL_SLACK_SIGNING_SECRET": slack.world.app.signing_secret,
        }
        with running((*ECHO, slack.api_url), folder, settings, here) as (pid, address):
            echo = measure(slack, accounts, pid, address)
        print(f"bolt echo      {echo:6.1f} ms CPU a message")
        with running(ROLLCALL, folder, settings, here) as (pid, address):
            ours = measure(slack, accounts, pid, address)
        print(f"rollcall       {ours:6.1f} ms CPU a question   {ours / echo:.1f} x the echo")
        if given.against is not None:
            with running(ROLLCALL, folder, settings, given.against.absolute()) as (pid, address):
                before = measure(slack, accounts, pid, address)
            print(f"other release  {before:6.1f} ms CPU a question   {ours / before:.2f} x of it now")


if __name__ == "__main__":
    main()
