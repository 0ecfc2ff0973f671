"""Lakemont by text: the service's own app on loopback, a stand-in for Twilio, and people with phones."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from bot.sms.door import INBOUND, STATUS
from config.settings import Settings, Twilio
from db.records.facts import MatchedBy
from db.records.ledger import Delivery
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import Service, a_service, deliveries
from training import accounts
from training.accounts import Account

ACCOUNT, TOKEN = "AC" + "1" * 32, "0123456789abcdef0123456789abcdef"
OURS = "+16125550100"
PUBLIC = "https://desk.lakemont.example"
PHONES = {"214": "+16125550142", "231": "+16125550143", "77": "+16125550144", "902": "+16125550145"}
STRANGER = "+16125550199"
PATIENCE = 20.0


@dataclass
class Provider:
    """Twilio as far as these stories need it. ``answers`` are what the next sends are answered with instead."""

    sent: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any] | str] | None] = field(default_factory=list)
    listings: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def create(self, form: dict[str, str]) -> tuple[int, dict[str, Any] | str]:
        """A text is to be sent."""
        scripted = self.answers.pop(0) if self.answers else None
        if scripted is not None and scripted[0] < 500:
            return scripted
        said = {**form, "sid": f"SM{next(self.numbers):032d}", "at": "Tue, 02 Mar 2027 20:10:00 +0000"}
        self.sent.append(said)
        return scripted or (201, self._shown(said))

    def listed(self, to: str) -> dict[str, Any]:
        """What was sent to a number, the newest first."""
        self.listings += 1
        found = [self._shown(each) for each in reversed(self.sent) if each["To"] == to]
        return {"messages": found, "page": 0, "page_size": 50, "next_page_uri": None}

    def _shown(self, said: dict[str, str]) -> dict[str, Any]:
        return {
            "sid": said["sid"],
            "body": said["Body"],
            "to": said["To"],
            "status": "queued",
            "date_created": said["at"],
        }


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(*provider.create({name: values[0] for name, values in parse_qs(body).items()}))

        def do_GET(self) -> None:
            self._say(200, provider.listed(parse_qs(urlsplit(self.path).query)["To"][0]))

        def _say(self, status: int, said: dict[str, Any] | str) -> None:
            body = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is said of it."""

    return Handler


@dataclass
class SmsDesk:
    """People of the agency with phones, named by badge, and what Rollcall wrote to them."""

    agency: Agency
    provider: Provider
    service: Service
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def link(self, badge: str) -> str:
        """The phone of somebody, confirmed as theirs."""
        account = Account("sms", OURS, PHONES[badge])
        accounts.open_first_door(self.agency.office, "sms", OURS)
        linked = accounts.link(
            self.agency.office,
            self.agency.agency_id,
            account,
            self.agency.id_of(badge),
            MatchedBy.CODE,
            self.agency.words,
        )
        assert linked is not None
        # The introduction, which is not what the stories are about.
        self.service.tick()
        self.provider.sent.clear()
        return PHONES[badge]

    def ask(self, badge: str, text: str) -> str:
        """A text from somebody's phone, and the answer to it."""
        return self.ask_from(PHONES[badge], text)

    def ask_from(self, number: str, text: str) -> str:
        """A text from a phone, and the answer to it."""
        before = len(self.said_to(number))
        assert self.text(number, text).status_code == 200
        until(lambda: len(self.said_to(number)) > before and self.quiet(), f"an answer to {number}")
        return self.said_to(number)[-1]

    def text(self, number: str, text: str, **given: str) -> httpx.Response:
        """A text from a phone, as Twilio hands it over."""
        fields = {
            "MessageSid": f"SM{next(self.numbers):031x}f",
            "AccountSid": ACCOUNT,
            "From": number,
            "To": OURS,
            "Body": text,
            "NumMedia": "0",
            **given,
        }
        return self.post(INBOUND, fields)

    def status(self, attempt: str, sid: str, word: str, **given: str) -> httpx.Response:
        """What became of a text, as Twilio says it."""
        fields = {"MessageSid": sid, "MessageStatus": word, "AccountSid": ACCOUNT, "From": OURS, **given}
        return self.post(f"{STATUS}?ref={attempt}" if attempt else STATUS, fields)

    def post(self, path: str, fields: dict[str, str], *, signature: str | None = None) -> httpx.Response:
        """A signed request; with another signature when it is given."""
        signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{path}", fields)
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": signed if signature is None else signature,
        }
        return self.raw(path, urlencode(fields).encode(), headers)

    def raw(self, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Whatever somebody sends."""
        return httpx.post(f"{self.service.url}{path}", content=body, headers=headers, timeout=PATIENCE)

    def said_to(self, number: str) -> list[str]:
        """Every text to a number."""
        return [each["Body"] for each in self.provider.sent if each["To"] == number]

    def answers(self) -> list[Delivery]:
        """Every attempt to say something, but for introductions."""
        return [each for each in deliveries(self.agency) if each.kind != "introduction"]

    def later(self, **given: int) -> None:
        """So much later."""
        self.agency.clock.at += timedelta(**given)

    def until_quiet(self) -> None:
        """Go on once everything that came in was worked on, as far as it goes now."""
        until(self.quiet, "everything is worked on")

    def quiet(self) -> bool:
        """Whether nothing that came in is being worked on."""
        return not self.service.hall.at_it


def settings_for(api_url: str, **given: Any) -> Settings:
    """What an agency sets for texts, pointed at the stand-in."""
    return Settings.model_construct(
        public_url=PUBLIC,
        twilio=Twilio(
            **{"account_sid": ACCOUNT, "auth_token": SecretStr(TOKEN), "from_number": OURS, **given},
            api_url=api_url,
        ),
    )


@contextmanager
def by_text(agency: Agency, **given: Any) -> Iterator[SmsDesk]:
    """The agency's phones with Rollcall behind its number."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    thread = threading.Thread(target=server.serve_forever, name="twilio-stand-in", daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with a_service(agency, settings_for(url, **given)) as service:
            yield SmsDesk(agency, provider, service)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
