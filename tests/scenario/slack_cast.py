"""Lakemont in Slack: the service's own app on loopback, a stand-in for Slack, and people who write and press there."""

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.doors import open_doors
from bot.service.doors import Door as ServiceDoor
from bot.service.doors import staffed
from bot.service.hall import Hall
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from bot.serving import SayingServer, take_port
from bot.slack.carrier import SlackCarrier
from bot.slack.door import DOOR as SLACK
from bot.slack.door import EVENTS
from bot.web import service_app
from config.settings import Settings, Slack
from db.queries import ledger, people
from db.records.facts import ContactKind
from db.records.ledger import Delivery
from db.tables import chain_head, inbox
from db.unit_of_work import reading, working
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Job, Work
from scheduler.standings import judge_again
from tests.fakes.slack import form_state
from tests.fakes.slack.delivery import Answer, Door, Parcel
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import Message, View
from tests.integration.service_process import until
from tests.scenario.cast import Agency

PATIENCE = 20.0  # seconds until something that does not come is called missing
OFFICER, SERGEANT, COORDINATOR = "214", "77", "902"
CHANNEL = "C0PATROL"
RUIZ = "NOT YET, Ruiz."
PDF = b"%PDF-1.7\n%%EOF\n"


def settings_for(slack: StandIn, *, sockets: bool = False) -> Settings:
    """What an agency sets for Slack, pointed at the stand-in."""
    app = slack.world.app
    return Settings.model_construct(
        slack=Slack(
            bot_token=SecretStr(slack.world.bot.token),
            signing_secret=None if sockets else SecretStr(app.signing_secret),
            app_token=SecretStr(app.app_token) if sockets else None,
            api_url=slack.api_url,
        )
    )


@dataclass
class Service:
    """The service as it runs in a thread of its own; ticks are made by the story."""

    hall: Hall
    url: str
    jobs: Sequence[Job]

    def tick(self) -> None:
        """What the scheduler does at a tick, once: what is due to be said, standings, and the doors' own jobs."""
        carriers = {staff.name: staff.carrier for staff in self.hall.staff}
        work = Work(self.hall.office, lambda: False, carriers)
        deliver_what_is_due(work)
        judge_again(work)
        for job in self.jobs:
            job.run(work)


@contextmanager
def a_service(
    agency: Agency,
    settings: Settings,
    port: int = 0,
    doors: Sequence[ServiceDoor] | None = None,
    *,
    listening: bool = True,
) -> Iterator[Service]:
    """The service's app on a free port or on this one, without a scheduler; ``doors`` in the place of its own.

    One that is not ``listening`` lets nobody in, as `rollcall work` does.
    """
    doors = open_doors(settings) if doors is None else doors
    hall = Hall(agency.office, settings, agency.words, Metrics(), None, staffed(doors), listening=listening)
    started: Future[None] = Future()
    place = take_port("127.0.0.1", port)
    config = uvicorn.Config(service_app(hall, doors), log_config=None, ws="none", lifespan="on")
    server = SayingServer(config, lambda: started.set_result(None))
    address = f"http://127.0.0.1:{place.getsockname()[1]}"

    def serve() -> None:
        asyncio.run(server.serve(sockets=[place]))

    thread = threading.Thread(target=serve, name="service", daemon=True)
    thread.start()
    try:
        started.result(PATIENCE)
        yield Service(hall, address, jobs_of(hall))
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        place.close()


@dataclass
class SlackDesk:
    """People of the agency in Slack, named by badge, and what Rollcall wrote to them."""

    agency: Agency
    slack: StandIn
    service: Service
    sockets: bool = False
    accounts: dict[str, str] = field(default_factory=dict)

    def account(self, badge: str) -> str:
        """The Slack account of somebody, made as their workspace has it: with the address of the roster."""
        if badge not in self.accounts:
            self.accounts[badge] = account_of(self.agency, self.slack, badge)
        return self.accounts[badge]

    def send(self, parcel: Parcel) -> Answer:
        """Something that Slack hands over, and the acknowledgement."""
        return parcel.to(self._door(PATIENCE))

    def send_within(self, parcel: Parcel, seconds: float) -> Answer:
        """The same from a Slack that waits no longer than this, as the real one does."""
        return parcel.to(self._door(seconds))

    def _door(self, patience: float) -> Door:
        if self.sockets:
            return self.slack.socket_door(patience)
        return self.slack.door(f"{self.service.url}{EVENTS}", patience)

    def ask(self, badge: str, text: str, **given: Any) -> Message:
        """A direct message, and the answer to it."""
        return self.answer_to(badge, self.slack.events.message(self.account(badge), text, **given))

    def press(self, badge: str, said: Message, action: str) -> Message:
        """A button that is pressed, and the answer to it."""
        return self.answer_to(badge, self.slack.acts.block_action(self.account(badge), said, action))

    def answer_to(self, badge: str, parcel: Parcel) -> Message:
        """Hand it over; the next message to this person."""
        account = self.account(badge)
        before = len(self.slack.world.said_to(account))
        assert self.send(parcel).ok
        until(lambda: len(self.said_to(badge)) > before and self.quiet(), f"an answer to {badge}")
        return self.said_to(badge)[-1]

    def said_to(self, badge: str) -> list[Message]:
        """Everything Rollcall wrote to somebody."""
        return self.slack.world.said_to(self.account(badge))

    def home(self, badge: str) -> str:
        """What the Home tab shows to somebody who opens it."""
        published = len(self.slack.calls_of("views.publish"))
        assert self.send(self.slack.events.app_home_opened(self.account(badge))).ok
        self.slack.journal.until_called("views.publish", published + 1)
        self.until_quiet()
        return self.shown_home(badge)

    def shown_home(self, badge: str) -> str:
        """What the Home tab of somebody shows at this moment."""
        return shown(self.slack.world.homes[self.account(badge)].blocks)

    def until_quiet(self) -> None:
        """Go on once everything that came in was worked on, as far as it goes now."""
        until(self.quiet, "everything is worked on")

    def quiet(self) -> bool:
        """Whether nothing that came in is being worked on."""
        return not self.service.hall.at_it


def account_of(agency: Agency, slack: StandIn, badge: str) -> str:
    """An account in the workspace for somebody of the roster, with their address there."""
    with reading(agency.office.engine) as conn:
        person = people.by_badge(conn, agency.agency_id, badge)
        assert person is not None
        points = people.contact_points(conn, agency.agency_id, [person.person_id])
    email = next((each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL), None)
    return slack.world.add_user(f"U0{badge}", f"{person.given} {person.family}", email).id


def words_of(said: Message) -> str:
    """Every word of a message, as somebody reads it."""
    return shown(said.blocks) or said.text


@contextmanager
def held_record(agency: Agency) -> Iterator[None]:
    """Somebody else writes to the record for as long as this takes."""
    with working(agency.office.engine) as conn:
        conn.execute(select(chain_head).with_for_update())
        yield


def raw_bytes(agency: Agency) -> bytes:
    """Everything that lies in the files of the record, as whoever steals them reads it."""
    database = agency.office.engine.url.database
    assert database is not None
    return b"".join(path.read_bytes() for path in Path(database).parent.glob(f"{Path(database).name}*"))


def shown(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Every word that blocks show."""
    return "\n".join(_texts(list(blocks)))


def _texts(value: object) -> Iterator[str]:
    match value:
        case {"text": str(text)}:
            yield text
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case _:
            return


@contextmanager
def in_slack(agency: Agency, *, sockets: bool = False, same_clock: bool = False) -> Iterator[SlackDesk]:
    """The agency's workspace with Rollcall in it; with ``same_clock`` it is as late there as in the story."""
    standing = StandIn(clock=agency.clock if same_clock else None, limits=Limits.none())
    with standing as slack, a_service(agency, settings_for(slack, sockets=sockets)) as service:
        # A story says in a moment what takes people minutes, and its clock stands still.
        carrier = service.hall.staff_of(SLACK.name).carrier
        assert isinstance(carrier, SlackCarrier)
        carrier.pace.burst = 1_000
        if sockets:
            slack.sockets.until_connected(1)
        yield SlackDesk(agency, slack, service, sockets)


def kept_events(agency: Agency) -> dict[str, int]:
    """How many events are in which state."""
    with agency.reading() as conn:
        rows = conn.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
        return {row[0]: row[1] for row in rows}


def deliveries(agency: Agency) -> tuple[Delivery, ...]:
    """Every attempt."""
    with agency.reading() as conn:
        return ledger.deliveries(conn, agency.agency_id)


def a_channel(desk: SlackDesk, *badges: str) -> str:
    """A channel in which these people and Rollcall are."""
    desk.slack.world.add_channel(CHANNEL, *(desk.account(each) for each in badges))
    return CHANNEL


def first(card: Message, route: str) -> str:
    """The id of the first button of a route."""
    offered = [str(each["action_id"]) for _, each in card.elements()]
    return next(str(each) for each in offered if each.startswith(f"{route}:"))


def window(desk: SlackDesk, badge: str, card: Message, route: str) -> View:
    """The window that a button of the card opens."""
    before = len(desk.slack.calls_of("views.update"))
    assert desk.send(desk.slack.acts.block_action(desk.account(badge), card, first(card, route))).ok
    desk.slack.journal.until_called("views.update", before + 1)
    desk.until_quiet()
    return desk.slack.world.modal(desk.account(badge))


def with_button(desk: SlackDesk, badge: str, route: str) -> Message:
    """A message that offers this, found among a few questions."""
    for text in ("what if", "menu", "am i good?"):
        said = desk.ask(badge, text)
        if any(each["action_id"].startswith(f"{route}:") for _, each in said.elements()):
            return said
    raise AssertionError(f"no button {route}")


def filled(desk: SlackDesk, account: str, hours: str) -> dict[str, str]:
    """What somebody enters into the form before them."""
    [topic] = [each for _, each in desk.slack.world.modal(account).elements() if each["action_id"] == "topic"]
    return {"topic": form_state.options(topic)[0]["value"], "hours": hours}


def everything(desk: SlackDesk, badge: str) -> str:
    """Every word that somebody was written."""
    return "\n".join(shown(each.blocks) or each.text for each in desk.said_to(badge))


def delivered(desk: SlackDesk, badge: str, text: str) -> Message:
    """What the scheduler brings to somebody, as soon as Slack takes it: one message a second in one place."""

    def is_there() -> bool:
        # The clock of the story stands still, and a pause that Slack asked for would never end.
        desk.agency.clock.at += timedelta(seconds=2)
        desk.service.tick()
        return text in everything(desk, badge)

    until(is_there, text)
    return next(each for each in desk.said_to(badge) if text in shown(each.blocks))
