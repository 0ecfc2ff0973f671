"""How does a request of Slack's reach the app, and what came back? Signed over HTTP, or in an envelope."""

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import httpx

from tests.fakes.slack.faults import PATIENCE
from tests.fakes.slack.socket_mode import Hub
from tests.fakes.slack.world import Message

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
REPETITIONS = 3
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback needs no certificates, and reading them for each request is slow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said. ``failure`` is the reason for which Slack would send an event again."""

    status: int
    body: bytes = b""
    failure: str = ""
    trouble: str = ""
    """What the person sees when the app's answer is of no use, in a word."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Slack is content."""
        return not self.failure and not self.trouble

    def json(self) -> Any:
        """The body as JSON; nothing for an empty one."""
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True, slots=True)
class Seal:
    """How a request is signed, or wrongly so."""

    secret: str | None = None
    seconds_ago: int = 0
    signed: bytes | None = None
    altered: bytes | None = None
    without: tuple[str, ...] = ()
    content_type: str | None = None


class Door(Protocol):
    """A way to the app."""

    def carry(self, parcel: "Parcel") -> Answer:
        """Hand over, and bring back the answer."""


def _as_it_is(answer: Answer) -> Answer:
    return answer


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing Slack has for the app. Each method but ``to`` gives another parcel; ``to`` carries this one."""

    kind: Kind
    payload: Json
    said: Message | None = None
    """The message it is about, where there is one."""
    settle: Callable[[Answer], Answer] = _as_it_is
    retry_num: int = 0
    retry_reason: str = ""
    seal: Seal = Seal()

    def to(self, door: Door) -> Answer:
        """Carry it to the app; what the answer changes in Slack is changed."""
        return self.settle(door.carry(self))

    def insist(self, door: Door) -> list[Answer]:
        """Carry it, and again up to three times as long as the app does not accept it; no time passes between."""
        parcel, answers = self, [self.to(door)]
        while (
            answers[-1].failure
            and len(answers) <= REPETITIONS
            and "x-slack-no-retry" not in answers[-1].headers
        ):
            parcel = parcel.again(answers[-1].failure)
            answers.append(parcel.to(door))
        return answers

    def again(self, reason: str = "http_timeout") -> "Parcel":
        """The same event once more, as Slack repeats it."""
        return replace(self, retry_num=self.retry_num + 1, retry_reason=reason)

    def forged(self) -> "Parcel":
        """Signed with a secret that is not the app's."""
        return self._sealed(secret="0" * 32)

    def replayed(self, seconds: int = 301) -> "Parcel":
        """Properly signed, that long ago."""
        return self._sealed(seconds_ago=seconds)

    def altered(self, old: str, new: str) -> "Parcel":
        """Changed after it was signed."""
        assert old in self.body().decode()
        return self._sealed(altered=self.body().replace(old.encode(), new.encode()))

    def without(self, *headers: str) -> "Parcel":
        """A header of the signature is missing."""
        return self._sealed(without=headers)

    def with_body(self, body: bytes, content_type: str | None = None) -> "Parcel":
        """Properly signed, but this is what it holds."""
        return self._sealed(signed=body, content_type=content_type)

    def oversized(self, size: int) -> "Parcel":
        """Properly signed, and as large as this."""
        return self._sealed(signed=self.body().ljust(size))

    def labelled(self, content_type: str) -> "Parcel":
        """Properly signed, under another content type."""
        return self._sealed(content_type=content_type)

    def _sealed(self, **given: Any) -> "Parcel":
        return replace(self, seal=replace(self.seal, **given))

    def body(self) -> bytes:
        """What is signed."""
        if self.seal.signed is not None:
            return self.seal.signed
        if self.kind == "events_api":
            return json.dumps(self.payload).encode()
        if self.kind == "interactive":
            return urlencode({"payload": json.dumps(self.payload)}).encode()
        return urlencode(self.payload).encode()

    def headers(self, secret: str) -> dict[str, str]:
        """The headers as Slack sends them."""
        stamp = str(int(time.time()) - self.seal.seconds_ago)
        base = b"v0:" + stamp.encode() + b":" + self.body()
        digest = hmac.new((self.seal.secret or secret).encode(), base, hashlib.sha256).hexdigest()
        told = {
            "Content-Type": self.seal.content_type or (JSON if self.kind == "events_api" else FORM),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            TIMESTAMP: stamp,
            SIGNATURE: f"v0={digest}",
        }
        if self.retry_num:
            told |= {"X-Slack-Retry-Num": str(self.retry_num), "X-Slack-Retry-Reason": self.retry_reason}
        return {name: value for name, value in told.items() if name not in self.seal.without}


@dataclass(frozen=True, slots=True)
class HttpDoor:
    """The app's request URL. A ``client`` of the test's own may lead into an app in the same process."""

    url: str
    secret: str
    patience: float = PATIENCE
    client: httpx.Client | None = None

    def carry(self, parcel: Parcel) -> Answer:
        """One signed request."""
        client = self.client or httpx.Client(trust_env=False, timeout=self.patience, verify=NO_TLS)
        content = parcel.seal.altered or parcel.body()
        try:
            got = client.post(self.url, content=content, headers=parcel.headers(self.secret))
        except httpx.TimeoutException:
            return Answer(0, failure="http_timeout")
        except httpx.TransportError:
            return Answer(0, failure="connection_failed")
        finally:
            if self.client is None:
                client.close()
        failure = "" if got.is_success else "http_error"
        return Answer(got.status_code, got.content, failure, headers=dict(got.headers))


@dataclass(frozen=True, slots=True)
class SocketDoor:
    """The app's connections. No answer within the patience is what Slack calls a timeout."""

    hub: Hub
    patience: float = PATIENCE

    def carry(self, parcel: Parcel) -> Answer:
        """One envelope."""
        ack = self.hub.deliver(parcel.kind, parcel.payload, parcel.retry_num, parcel.retry_reason)
        try:
            told = ack.result(self.patience)
        except Late:
            return Answer(0, failure="timeout")
        return Answer(200, json.dumps(told).encode() if told else b"")
