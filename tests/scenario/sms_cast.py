"""Lakemont by text: the service's own app on loopback, a stand-in for Twilio, and people with phones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.sms.door import INBOUND
from config.settings import Settings, Slack, Twilio
from db.records.facts import MatchedBy
from db.records.ledger import Delivery
from tests.fakes.slack.limits import Limits as SlackLimits
from tests.fakes.slack.server import StandIn as SlackStandIn
from tests.fakes.twilio.delivery import Answer, Parcel, SharedKey
from tests.fakes.twilio.server import StandIn
from tests.fakes.twilio.world import Message
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import Service, SlackDesk, a_service, deliveries
from tests.scenario.slack_cast import settings_for as slack_settings
from training.accounts import accounts
from training.accounts.accounts import Account

OURS = "+16125550100"
PUBLIC = "https://desk.lakemont.example"
PHONES = {"214": "+16125550142", "231": "+16125550143", "77": "+16125550144", "902": "+16125550145"}
STRANGER = "+16125550199"
# A phone of the agency that lies in a car.
CAR = "+16125550150"


@dataclass
class SmsDesk:
    """People of the agency with phones, named by badge, and what Rollcall wrote to them."""

    agency: Agency
    twilio: StandIn
    service: Service
    shared_key: SharedKey | None = None
    linked: set[str] = field(default_factory=set)

    def link(self, badge: str) -> str:
        """The phone of somebody, confirmed as theirs."""
        number, office = PHONES[badge], self.agency.office
        if badge not in self.linked:
            accounts.open_first_door(office, "sms", OURS)
            account = Account("sms", OURS, number)
            person_id = self.agency.id_of(badge)
            assert accounts.link(
                office, self.agency.agency_id, account, person_id, MatchedBy.CODE, self.agency.words
            )
            # The introduction, which is not what the stories are about.
            self.service.tick()
            self.linked.add(badge)
        return number

    def ask(self, badge: str, text: str) -> str:
        """A text from somebody's phone, and the answer to it."""
        return self.ask_from(PHONES[badge], text)

    def ask_from(self, number: str, text: str) -> str:
        """A text from a phone, and the answer to it."""
        before = len(self.said_to(number))
        self.text(number, text)
        said = self.said_to(number)
        assert len(said) == before + 1, f"no answer to {text}"
        return said[-1]

    def text(self, number: str, text: str, **given: str) -> None:
        """A text from a phone, worked on as far as it goes; fields may be another's than Twilio's."""
        assert self.send(self.twilio.text(number, text, **given)).ok
        self.until_quiet()

    def send(self, parcel: Parcel) -> Answer:
        """Something that Twilio hands over, and the acknowledgement."""
        return parcel.to(self.twilio.door(self.service.url, self.shared_key))

    def send_all(self, *parcels: Parcel) -> None:
        """The same for many, each worked on before the next comes."""
        for each in parcels:
            assert self.send(each).ok
            self.until_quiet()

    def sent_to(self, number: str) -> list[Message]:
        """Every text to a number as Twilio has it, but for introductions."""
        return [each for each in self.twilio.world.sent_to(number) if "This is Rollcall" not in each.body]

    def said_to(self, number: str) -> list[str]:
        """The words of every text to a number, but for introductions."""
        return [each.body for each in self.sent_to(number)]

    def answers(self) -> list[Delivery]:
        """Every attempt to say something by text, but for introductions."""
        found = deliveries(self.agency)
        return [each for each in found if each.kind != "introduction" and each.route.channel == "sms"]

    def later(self, **given: int) -> None:
        """So much later."""
        self.agency.clock.at += timedelta(**given)

    def until_quiet(self) -> None:
        """Go on once everything that came in was worked on, as far as it goes now."""
        until(lambda: not self.service.hall.at_it, "everything is worked on")


def settings_for(
    twilio: StandIn, slack: SlackStandIn | None = None, public_url: str = PUBLIC, **given: Any
) -> Settings:
    """What an agency sets for texts, pointed at the stand-in."""
    account = twilio.world.account
    named: dict[str, Any] = {
        "account_sid": account.sid,
        "auth_token": SecretStr(account.auth_token),
        "from_number": OURS,
        "api_url": twilio.api_url,
    }
    chat = Slack() if slack is None else slack_settings(slack).slack
    mail = given.pop("mail", {})
    return Settings.model_construct(public_url=public_url, twilio=Twilio(**named | given), slack=chat, **mail)


@contextmanager
def _texts(agency: Agency, public: str = PUBLIC) -> Iterator[StandIn]:
    with StandIn(clock=agency.clock, public=public) as twilio:
        twilio.world.number.sms_url = f"{public}{INBOUND}"
        for number in (*PHONES.values(), CAR, STRANGER):
            twilio.world.add_phone(number)
        yield twilio
        assert not twilio.world.remarks


@contextmanager
def by_text(
    agency: Agency, *, shared_key: SharedKey | None = None, public: str = PUBLIC, **given: Any
) -> Iterator[SmsDesk]:
    """The agency's phones with Rollcall behind its number."""
    with (
        _texts(agency, public) as twilio,
        a_service(agency, settings_for(twilio, public_url=public, **given)) as service,
    ):
        yield SmsDesk(agency, twilio, service, shared_key)


@contextmanager
def by_text_and_in_slack(agency: Agency, **given: Any) -> Iterator[tuple[SmsDesk, SlackDesk]]:
    """Both doors of one service."""
    with (
        _texts(agency) as twilio,
        SlackStandIn(clock=agency.clock, limits=SlackLimits.none()) as slack,
        a_service(agency, settings_for(twilio, slack, **given)) as service,
    ):
        yield SmsDesk(agency, twilio, service), SlackDesk(agency, slack, service)
