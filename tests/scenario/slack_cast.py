"""Lakemont in Slack: the service's own app on loopback, a stand-in for Slack, and people who write and press there."""

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from pydantic import SecretStr

from bot.doors import DOORS
from bot.service.hall import Hall
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from bot.serving import SayingServer, take_port
from bot.slack.door import EVENTS
from bot.web import service_app
from config.settings import Settings, Slack
from db.queries import people
from db.records.facts import ContactKind
from db.unit_of_work import reading
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Job, Work
from tests.fakes.slack.delivery import Answer, Parcel
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import Message
from tests.integration.service_process import until
from tests.scenario.cast import Agency

PATIENCE = 20.0  # seconds until something that does not come is called missing
OFFICER, SERGEANT, COORDINATOR = "214", "77", "902"


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
        """What the scheduler does for the doors, once."""
        carriers = {staff.name: staff.carrier for staff in self.hall.staff}
        work = Work(self.hall.office, lambda: False, carriers)
        deliver_what_is_due(work)
        for job in self.jobs:
            job.run(work)


@contextmanager
def a_service(agency: Agency, settings: Settings) -> Iterator[Service]:
    """The service's app on a free port, without a scheduler."""
    hall = Hall(agency.office, settings, agency.words, Metrics(), None, DOORS)
    started: Future[None] = Future()
    place = take_port("127.0.0.1", 0)
    config = uvicorn.Config(service_app(hall, DOORS), log_config=None, ws="none", lifespan="on")
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
            with reading(self.agency.office.engine) as conn:
                person = people.by_badge(conn, self.agency.agency_id, badge)
                assert person is not None
                points = people.contact_points(conn, self.agency.agency_id, [person.person_id])
            email = next((each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL), None)
            made = self.slack.world.add_user(f"U0{badge}", f"{person.given} {person.family}", email)
            self.accounts[badge] = made.id
        return self.accounts[badge]

    def send(self, parcel: Parcel) -> Answer:
        """Something that Slack hands over, and the acknowledgement."""
        door = self.slack.socket_door() if self.sockets else self.slack.door(f"{self.service.url}{EVENTS}")
        return parcel.to(door)

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
        return shown(self.slack.world.homes[self.account(badge)].blocks)

    def quiet(self) -> bool:
        """Whether nothing that came in is being worked on."""
        return not self.service.hall.at_it


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
def in_slack(agency: Agency, *, sockets: bool = False) -> Iterator[SlackDesk]:
    """The agency's workspace with Rollcall in it."""
    with StandIn() as slack, a_service(agency, settings_for(slack, sockets=sockets)) as service:
        if sockets:
            slack.sockets.until_connected(1)
        yield SlackDesk(agency, slack, service, sockets)
