"""The service is killed while a file is read: it is read all the same, said once, and nobody else waited for it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.composition import ProcessClock
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.slack.door import EVENTS
from db.clock import offset_seconds, set_offset_seconds
from db.queries import uploads
from db.records.uploads import Stage
from db.unit_of_work import working
from tests.fakes.keys import a_key_store
from tests.fakes.odd_reader import file
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.integration.service_process import Running, running, until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import OFFICER, SERGEANT, account_of, words_of
from training.office import Office
from training.packs import PackShelf
from training.uploads import late

WITH_AN_ODD_READER = "tests.integration.service_with_an_odd_reader"
# The reader of the first life never comes to an end with it; that of the second one does.
ENDLESS = file("hang-once")


@contextmanager
def living(agency: Agency, slack: StandIn, folder: Path, book: Path) -> Iterator[Running]:
    """The service, from here until it is killed at the end."""
    world = slack.world
    with running(
        folder,
        agency.office.engine,
        str(book),
        program=WITH_AN_ODD_READER,
        SLACK_BOT_TOKEN=world.bot.token,
        SLACK_SIGNING_SECRET=world.app.signing_secret,
        SLACK_API_URL=slack.api_url,
    ) as service:
        yield service


def hand_over(slack: StandIn, service: Running, parcel: Parcel) -> None:
    assert parcel.to(slack.door(service.address + EVENTS, 20.0)).ok


def hears(slack: StandIn, service: Running, account: str, parcel: Parcel, words: str) -> None:
    """Somebody says something, and is told this."""
    hand_over(slack, service, parcel)
    until(lambda: said(slack, account, words) > 0, words)


def readers(book: Path) -> list[int]:
    """The processes that ever began to read."""
    return [int(line) for line in book.read_text().splitlines()] if book.exists() else []


def waits(agency: Agency) -> bool:
    """Whether the file is taken, and somebody is at reading it."""
    with agency.reading() as conn:
        state = uploads.by_number(conn, agency.agency_id, 3001)
        row = None if state is None else uploads.draft(conn, agency.agency_id, state.kept.id)
    return row is not None and row.stage is Stage.WAITING and row.tries > 0


@pytest.mark.parametrize("when", ["before it is answered", "while it waits to be read"])
def test_a_file_is_read_although_the_service_was_killed_while_it_was_read(
    embedded: Agency, tmp_path: Path, when: str
) -> None:
    folder, book = tmp_path / "installation", tmp_path / "starts"
    folder.mkdir(mode=0o700)
    set_clock(Office(embedded.office.engine, ProcessClock(), PackShelf(), a_key_store()), NOW)
    with StandIn(limits=Limits.none()) as slack:
        ruiz, okafor = (account_of(embedded, slack, each) for each in (OFFICER, SERGEANT))
        with living(embedded, slack, folder, book) as service:
            hears(slack, service, ruiz, slack.events.message(ruiz, "hello"), "Hello Ruiz")
            sent = slack.events.file_share(ruiz, "cert.pdf", ENDLESS, text="autism class today 4 hrs")
            if when == "before it is answered":
                hand_over(slack, service, sent)
                until(lambda: bool(readers(book)), "it is being read")
            else:
                hears(slack, service, ruiz, sent, "I am reading it")
                until(lambda: waits(embedded), "somebody is at it")
            # Meanwhile everybody else is answered.
            assert service.get("/health/live").status_code == 200
            hears(slack, service, okafor, slack.events.message(okafor, "am i good?"), ", Okafor.")
            service.process.kill()
            service.process.wait()
            [first] = readers(book)
            # It never ends by itself; one that reads a file does so with its file, as nobody is there to hear of it.
            os.kill(first, signal.SIGKILL)
        with living(embedded, slack, folder, book):
            with working(embedded.office.engine) as conn:
                # What the dead had in hand is anybody's.
                set_offset_seconds(conn, offset_seconds(conn) + round(late.LEASE.total_seconds()) + 5)
            until(lambda: said(slack, ruiz, "It does not read like proof") == 1, "what was read is said")
            until(lambda: len(embedded.entries("upload:received")) == 1, "it is one upload")
        assert said(slack, ruiz, "It does not read like proof") == 1
        assert len(readers(book)) > 1
        with embedded.reading() as conn:
            mine = uploads.of_person(conn, embedded.agency_id, embedded.id_of(OFFICER), limit=9)
        assert [each.kept.fact.number for each in mine] == [3001]
        assert len(embedded.entries("upload:read")) == (0 if when == "before it is answered" else 1)


def said(slack: StandIn, account: str, words: str) -> int:
    """How often somebody was told this."""
    return sum(words in words_of(each) for each in slack.world.said_to(account))
