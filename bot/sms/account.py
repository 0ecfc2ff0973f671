"""How is the account set up at Twilio? Asked once by whoever examines the installation, outside any event loop."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.sms.api import SERVICE
from config.settings import Twilio

# A person waits for the line.
PATIENCE_SECONDS = 5.0
# More senders and services than an agency has.
MOST = 50
TOLL_FREE = re.compile(r"\+1(800|833|844|855|866|877|888)\d{7}")
US = re.compile(r"\+1\d{10}")
OWN_API = Twilio.model_fields["api_url"].default

NOT_FOUND = 404

FoundT = TypeVar("FoundT")


class Reach(StrEnum):
    """Whether an answer came, and which."""

    OK = "ok"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """Whether Twilio takes what we show it; ``state`` is its own word for the account."""

    reach: Reach
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """A number that texts go out from."""

    number: str
    sid: str
    texts: bool
    pictures: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Senders:
    """What the sender of the settings is at Twilio. ``numbers`` is empty where it is not the account's.

    ``service`` is the messaging service that texts go through, empty without one; ``url`` where texts that come in go.
    """

    reach: Reach
    numbers: tuple[Sender, ...] = ()
    service: str = ""
    url: str = ""
    by_post: bool = True


class Registered(StrEnum):
    """What the carriers know of a sender."""

    YES = "yes"
    WAITS = "waits"
    REFUSED = "refused"
    NONE = "none"
    UNKNOWN = "unknown"  # the interface cannot tell
    UNREACHABLE = "unreachable"


CAMPAIGNS = {"VERIFIED": Registered.YES, "PENDING": Registered.WAITS, "IN_PROGRESS": Registered.WAITS}
VERIFICATIONS = {
    "TWILIO_APPROVED": Registered.YES,
    "PENDING_REVIEW": Registered.WAITS,
    "IN_REVIEW": Registered.WAITS,
}


class _Transport(TwilioHttpClient):  # type: ignore[misc]  # the library does not say its types
    """The library's own; where the settings name another address, everything goes there."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=PATIENCE_SECONDS)
        self._base = None if base == OWN_API else urlsplit(base)

    def request(self, method: str, url: str, *given: object, **named: object) -> Response:
        """Ask, once."""
        if self._base is not None:
            asked = urlsplit(url)
            path = self._base.path.rstrip("/") + asked.path
            url = urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))
        return super().request(method, url, *given, **named)


class TwilioAccount:
    """What Twilio says of our set-up. Never raises for what Twilio or the network does."""

    def __init__(self, settings: Twilio) -> None:
        self._settings = settings
        self._sid = settings.account_sid or ""
        self._sender = settings.messaging_service_sid or settings.from_number or ""
        self._transport = _Transport(settings.api_url)

    def __enter__(self) -> Self:
        """Begin to ask."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left open."""
        if self._transport.session is not None:
            self._transport.session.close()

    def token(self) -> AccountCheck:
        """Whether the account's token is taken, and how the account is. Keys may not ask for that."""
        secret = self._settings.auth_token
        client = self._client(self._sid, "" if secret is None else secret.get_secret_value())
        reach, state = _asked(lambda: str(client.api.accounts(self._sid).fetch().status), "")
        return AccountCheck(reach, state)

    def key(self) -> AccountCheck:
        """Whether what texts are sent with is taken."""
        client = self._client(*self._settings.credentials)
        reach, _ = _listed(lambda: client.messages.list(limit=1, page_size=1))
        return AccountCheck(reach)

    def senders(self) -> Senders:
        """The number or the service of the settings, as the account has it."""
        client = self._client(*self._settings.credentials)
        if self._sender.startswith(SERVICE):
            return self._service(client, self._sender)
        reach, found = _listed(lambda: client.incoming_phone_numbers.list(phone_number=self._sender, limit=1))
        own = tuple(
            Sender(
                number=str(each.phone_number),
                sid=str(each.sid),
                texts=bool((each.capabilities or {}).get("sms")),
                pictures=bool((each.capabilities or {}).get("mms")),
                url=str(each.sms_url or ""),
            )
            for each in found
        )
        if reach is not Reach.OK or not own:
            return Senders(reach)
        by_post = str(found[0].sms_method or "POST").upper() == "POST"
        # A number in a service is heard where the service says, if it says so.
        home = self._home(client, own[0].number)
        if home is not None and home.url:
            return Senders(reach, own, home.service, home.url, home.by_post)
        return Senders(reach, own, "" if home is None else home.service, own[0].url, by_post)

    def registered(self, senders: Senders) -> Registered:
        """What the carriers know of these senders: the worst of what holds for any of them."""
        client = self._client(*self._settings.credentials)
        found = [self._registered(client, each, senders.service) for each in senders.numbers]
        order = (
            Registered.UNREACHABLE,
            Registered.REFUSED,
            Registered.NONE,
            Registered.WAITS,
            Registered.UNKNOWN,
        )
        return next(
            (each for each in order if each in found), Registered.YES if found else Registered.UNKNOWN
        )

    def _registered(self, client: Client, sender: Sender, service: str) -> Registered:
        if not US.fullmatch(sender.number):
            return Registered.UNKNOWN
        if TOLL_FREE.fullmatch(sender.number):
            reach, found = _listed(
                lambda: client.messaging.v1.tollfree_verifications.list(
                    tollfree_phone_number_sid=sender.sid, limit=1
                )
            )
            table, word = VERIFICATIONS, str(found[0].status) if found else ""
        elif service:
            reach, found = _listed(
                lambda: client.messaging.v1.services(service).us_app_to_person.list(limit=1)
            )
            table, word = CAMPAIGNS, str(found[0].campaign_status) if found else ""
        else:
            # A campaign belongs to a service: a number in none has none.
            return Registered.NONE
        if reach is not Reach.OK:
            return Registered.UNREACHABLE if reach is Reach.UNREACHABLE else Registered.UNKNOWN
        return table.get(word, Registered.REFUSED) if word else Registered.NONE

    def _service(self, client: Client, sid: str) -> Senders:
        reach, service = _asked(lambda: client.messaging.v1.services(sid).fetch(), None)
        if reach is not Reach.OK or service is None:
            return Senders(reach)
        reach, numbers = _listed(lambda: client.messaging.v1.services(sid).phone_numbers.list(limit=MOST))
        own = tuple(
            Sender(
                number=str(each.phone_number),
                sid=str(each.sid),
                texts="SMS" in (each.capabilities or ()),
                pictures="MMS" in (each.capabilities or ()),
            )
            for each in numbers
        )
        by_post = str(service.inbound_method or "POST").upper() == "POST"
        if service.use_inbound_webhook_on_number:
            urls = {self._url_of(client, each.number) for each in own}
            # Each number says it for itself; one line can say only what all agree on.
            return Senders(reach, own, sid, urls.pop() if len(urls) == 1 else "", by_post)
        return Senders(reach, own, sid, str(service.inbound_request_url or ""), by_post)

    def _url_of(self, client: Client, number: str) -> str:
        _, found = _listed(lambda: client.incoming_phone_numbers.list(phone_number=number, limit=1))
        return str(found[0].sms_url or "") if found else ""

    def _home(self, client: Client, number: str) -> Senders | None:
        """The service that a number is in."""
        _, services = _listed(lambda: client.messaging.v1.services.list(limit=MOST))
        for each in services:
            found = self._service(client, str(each.sid))
            if number in {sender.number for sender in found.numbers}:
                return found
        return None

    def _client(self, user: str, secret: str) -> Client:
        return Client(user, secret, self._sid, http_client=self._transport)


def _listed(call: Callable[[], Any]) -> tuple[Reach, list[Any]]:
    """A list of the library's own values, which it does not say the types of."""
    nothing: list[Any] = []
    return _asked(call, nothing)


def _asked(call: Callable[[], FoundT], otherwise: FoundT) -> tuple[Reach, FoundT]:
    try:
        return Reach.OK, call()
    except TwilioException as error:
        status = _status(error)
        if status == NOT_FOUND:
            return Reach.OK, otherwise
        return (Reach.REFUSED if 400 <= status < 500 else Reach.UNREACHABLE), otherwise
    except (OSError, ValueError, KeyError):
        # What goes wrong on the way is an OSError in the library below as well.
        return Reach.UNREACHABLE, otherwise


def _status(error: TwilioException) -> int:
    """How Twilio answered; 0 where it did not. A list that is refused comes without its code, beside the answer."""
    if isinstance(error, TwilioRestException):
        return int(error.status)
    answer = error.args[1] if len(error.args) > 1 else None
    return answer.status_code if isinstance(answer, Response) else 0
