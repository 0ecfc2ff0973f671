"""Lakemont in Teams: the service's own app on loopback, a stand-in for Microsoft, and people who write and press
there."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.teams.carrier import TeamsCarrier
from bot.teams.door import DOOR as TEAMS
from bot.teams.door import MESSAGES
from config.settings import Settings, Teams, TeamsCloud
from db.queries import people
from db.records.facts import ContactKind
from db.unit_of_work import reading
from tests.fakes.slack.limits import Limits as SlackLimits
from tests.fakes.slack.server import StandIn as SlackStandIn
from tests.fakes.teams import faults
from tests.fakes.teams.buttons import actions
from tests.fakes.teams.delivery import Answer, HttpDoor, Parcel
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.server import StandIn
from tests.fakes.teams.world import Message, Person
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import PATIENCE, Service, SlackDesk, a_service
from tests.scenario.slack_cast import settings_for as slack_settings

OFFICER, SERGEANT, COORDINATOR = "214", "77", "902"
CLOUDS = {"public": TeamsCloud.PUBLIC, "gcc-high": TeamsCloud.GCC_HIGH, "dod": TeamsCloud.DOD}


def settings_for(teams: StandIn, cloud: TeamsCloud = TeamsCloud.PUBLIC) -> Settings:
    """What an agency sets for Teams, pointed at the stand-in."""
    app = teams.world.app
    return Settings.model_construct(
        teams=Teams(
            client_id=app.client_id,
            client_secret=SecretStr(app.client_secret),
            tenant_id=teams.world.tenant,
            cloud=cloud,
            authority_url=teams.authority_url,
            openid_url=teams.openid_url,
        )
    )


@dataclass
class TeamsDesk:
    """People of the agency in Teams, named by badge, and what Rollcall wrote to them."""

    agency: Agency
    teams: StandIn
    service: Service
    accounts: dict[str, Person] = field(default_factory=dict)

    def account(self, badge: str, **given: Any) -> Person:
        """The account of somebody, made as their tenant has it: with the address of the roster."""
        if badge not in self.accounts:
            self.accounts[badge] = account_of(self.agency, self.teams, badge, **given)
        return self.accounts[badge]

    @property
    def carrier(self) -> TeamsCarrier:
        """The way out of this process."""
        found = self.service.hall.staff_of(TEAMS.name).carrier
        assert isinstance(found, TeamsCarrier)
        return found

    @property
    def door(self) -> HttpDoor:
        """Where Microsoft sends what people do."""
        return self.teams.door(f"{self.service.url}{MESSAGES}", PATIENCE)

    def send(self, parcel: Parcel) -> Answer:
        """Something that Microsoft hands over, and the answer."""
        return parcel.to(self.door)

    def ask(self, badge: str, text: str) -> Message:
        """A message in the personal chat, and the answer to it."""
        return self.answer_to(badge, self.teams.acts.message(self.account(badge), text))

    def press(self, badge: str, said: Message, title: str, **given: Any) -> Message:
        """A button that is pressed, and the answer to it."""
        return self.answer_to(badge, self.teams.acts.press(self.account(badge), said, title, **given))

    def opens(self, badge: str, said: Message, title: str) -> Mapping[str, Any]:
        """A button that opens a dialog; its card."""
        answer = self.send(self.teams.acts.press(self.account(badge), said, title))
        assert answer.ok, answer
        return self.teams.acts.dialog(self.account(badge)).card

    def fills(self, badge: str, **typed: str) -> Message:
        """The dialog that is open filled in and sent, and the answer to it; fields are named as the form has them."""
        entered = {f"field-{name}": value for name, value in typed.items()}
        return self.answer_to(badge, self.teams.acts.submit(self.account(badge), entered))

    def answer_to(self, badge: str, parcel: Parcel) -> Message:
        """Hand it over; the next message to this person."""
        before = len(self.said_to(badge))
        answer = self.send(parcel)
        assert answer.ok, answer
        until(lambda: len(self.said_to(badge)) > before and self.quiet(), f"an answer to {badge}")
        return self.said_to(badge)[-1]

    def said_to(self, badge: str) -> list[Message]:
        """Everything Rollcall wrote to somebody."""
        return self.teams.world.said_to(self.account(badge))

    def until_quiet(self) -> None:
        """Go on once everything that came in was worked on, as far as it goes now."""
        until(self.quiet, "everything is worked on")

    def quiet(self) -> bool:
        """Whether nothing that came in is being worked on."""
        return not self.service.hall.at_it


def account_of(agency: Agency, teams: StandIn, badge: str, **given: Any) -> Person:
    """An account in the tenant for somebody of the roster, with their address there."""
    with reading(agency.office.engine) as conn:
        person = people.by_badge(conn, agency.agency_id, badge)
        assert person is not None
        points = people.contact_points(conn, agency.agency_id, [person.person_id])
    email = next((each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL), None)
    return teams.world.add_person(f"{person.given} {person.family}", email, **given)


def words_of(said: Message) -> str:
    """Every word of a message, as somebody reads it, without the marks that keep Markdown away."""
    return (said.text if said.card is None else "\n".join(_texts(said.card))).replace("\u200b", "")


def _texts(value: object) -> Iterator[str]:
    match value:
        case {"type": "TextBlock", "text": str(text)}:
            yield text
        case {"title": str(title), "value": str(text)}:
            yield f"{title}: {text}"
        case dict():
            for name, each in value.items():
                if name != "fallback":
                    yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case _:
            return


def labels(card: Message) -> list[str]:
    """What can be pressed on a card as it stands."""
    return [] if card.card is None else [str(each["title"]) for each in actions(card.card)]


def everything(desk: TeamsDesk, badge: str) -> str:
    """Every word that somebody was written."""
    return "\n".join(words_of(each) for each in desk.said_to(badge))


def delivered(desk: TeamsDesk, badge: str, text: str) -> Message:
    """What the scheduler brings to somebody, as soon as Teams takes it."""

    def is_there() -> bool:
        # The clock of the story stands still, and a pause that was asked for would never end.
        desk.agency.clock.at += timedelta(seconds=2)
        desk.service.tick()
        return text in everything(desk, badge)

    until(is_there, text)
    return next(each for each in desk.said_to(badge) if text in words_of(each))


@contextmanager
def in_both(agency: Agency) -> Iterator[tuple[TeamsDesk, SlackDesk]]:
    """One service of an agency that has people in Teams and people in Slack."""
    with (
        StandIn(clock=agency.clock, limits=Limits.none()) as teams,
        SlackStandIn(clock=agency.clock, limits=SlackLimits.none()) as slack,
    ):
        settings = Settings.model_construct(
            teams=settings_for(teams).teams, slack=slack_settings(slack).slack
        )
        with a_service(agency, settings) as service:
            yield TeamsDesk(agency, teams, service), SlackDesk(agency, slack, service)


@contextmanager
def in_teams(
    agency: Agency, *, same_clock: bool = False, cloud: str = "public", without_keys: bool = False
) -> Iterator[TeamsDesk]:
    """The agency's tenant with Rollcall in it; with ``same_clock`` it is as late there as in the story."""
    standing = StandIn(clock=agency.clock if same_clock else None, cloud=cloud, limits=Limits.none())
    with ExitStack() as stack:
        teams = stack.enter_context(standing)
        if without_keys:
            teams.faults.always(faults.KEYS, faults.failed(after=False, status=503))
        service = stack.enter_context(a_service(agency, settings_for(teams, CLOUDS[cloud])))
        # A story says in a moment what takes people minutes, and its clock stands still.
        desk = TeamsDesk(agency, teams, service)
        desk.carrier.pace.burst = 1_000
        yield desk
