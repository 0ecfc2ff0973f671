"""How does a request of Twilio's reach the app behind its proxy, and what came back? Signed by the public address."""

import base64
import hashlib
import hmac
import json
import ssl
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.fakes.twilio.faults import PATIENCE
from tests.fakes.twilio.world import Alert, Message

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
JSON = "application/json"
SIGNATURE = "X-Twilio-Signature"
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
TOKEN = "I-Twilio-Idempotency-Token"  # noqa: S105  the name of a header
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback needs no certificates, and reading them for each request is slow."""
MOST_REPETITIONS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said. ``failure`` is why Twilio would call it again: ct, rt, 4xx or 5xx."""

    status: int
    body: bytes = b""
    failure: Literal["", "ct", "rt", "3xx", "4xx", "5xx"] = ""
    headers: dict[str, str] = field(default_factory=dict)
    alerts: tuple[Alert, ...] = ()
    """What the debugger would show because of this answer."""
    replies: tuple[Message, ...] = ()
    """What the app's TwiML sent."""

    @property
    def ok(self) -> bool:
        """Twilio is content."""
        return not self.failure and not self.alerts


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A key of the account's own that signs instead of the auth token."""

    id: str = "webhooks_sharedkey_01kx0000000000000000000001"
    secret: str = "made-up-shared-key-secret"  # noqa: S105  made up
    algorithm: str = "HMAC_SHA256"


@dataclass(frozen=True, slots=True)
class Seal:
    """How a request is signed, or wrongly so."""

    secret: str | None = None
    url: str | None = None
    altered: bytes | None = None
    without: tuple[str, ...] = ()
    content_type: str | None = None
    body: bytes | None = None
    header: tuple[tuple[str, str], ...] = ()


def _as_it_is(answer: Answer) -> Answer:
    return answer


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request of Twilio's. Each method but ``to`` and ``insist`` gives another; those carry this one."""

    url: str
    """The public address, as it is configured at Twilio."""
    fields: dict[str, str]
    about: Message | None = None
    settle: Callable[[Answer], Answer] = _as_it_is
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    seal: Seal = Seal()
    is_json: bool = False

    def to(self, door: "HttpDoor") -> Answer:
        """Carry it to the app; what the answer changes at Twilio is changed."""
        return self.settle(door.carry(self))

    def insist(self, door: "HttpDoor") -> list[Answer]:
        """Carry it, and again as the fragment of the address asks (``#rc=2&rp=5xx``); only the last answer counts."""
        asked = parse_qs(urlsplit(self.url).fragment)
        times = min(int(asked.get("rc", ["0"])[0]), MOST_REPETITIONS)
        on = set(asked.get("rp", ["ct"])[0].split(","))
        answers = [door.carry(self)]
        while answers[-1].failure and len(answers) <= times and on & {answers[-1].failure, "all"}:
            answers.append(door.carry(self))
        answers[-1] = self.settle(answers[-1])
        return answers

    # -- the same again, or not quite

    def again(self) -> "Parcel":
        """The same event as a request of its own, with another idempotency token."""
        return replace(self, token=str(uuid.uuid4()))

    def with_fields(self, **given: str) -> "Parcel":
        """Other or more fields, properly signed."""
        return replace(self, fields={**self.fields, **given})

    def as_json(self) -> "Parcel":
        """A JSON body, whose hash is in the address."""
        return replace(self, is_json=True)

    def forged(self) -> "Parcel":
        """Signed with a secret that is not the account's."""
        return self._sealed(secret="0" * 32)

    def signed_for(self, url: str) -> "Parcel":
        """Signed for another address than the public one."""
        return self._sealed(url=url)

    def altered(self, old: str, new: str) -> "Parcel":
        """Changed after it was signed."""
        assert old in self.body().decode()
        return self._sealed(altered=self.body().replace(old.encode(), new.encode()))

    def without(self, *headers: str) -> "Parcel":
        """A header is missing."""
        return self._sealed(without=headers)

    def unsigned(self) -> "Parcel":
        """No signature at all."""
        return self.without(SIGNATURE, SETTINGS)

    def with_header(self, name: str, value: str) -> "Parcel":
        """One more header, or another value of one."""
        return self._sealed(header=(*self.seal.header, (name, value)))

    def with_body(self, body: bytes, content_type: str | None = None) -> "Parcel":
        """Signed as it was, but this is what it holds."""
        return self._sealed(body=body, content_type=content_type)

    def oversized(self, size: int) -> "Parcel":
        """Properly signed, and as large as this."""
        missing = size - len(self.with_fields(Padding="").body())
        return self.with_fields(Padding="x" * missing)

    def labelled(self, content_type: str) -> "Parcel":
        """Properly signed, under another content type."""
        return self._sealed(content_type=content_type)

    def _sealed(self, **given: Any) -> "Parcel":
        return replace(self, seal=replace(self.seal, **given))

    # -- as it goes out

    def body(self) -> bytes:
        """What the request holds."""
        if self.seal.body is not None:
            return self.seal.body
        return json.dumps(self.fields).encode() if self.is_json else urlencode(self.fields).encode()

    def called(self) -> str:
        """The address that is called and signed: no fragment, and for JSON the hash of the body."""
        url = self.url.partition("#")[0]
        if self.is_json:
            mark = "&" if "?" in url else "?"
            url += f"{mark}bodySHA256={hashlib.sha256(self.body()).hexdigest()}"
        return url

    def headers(self, token: str, shared: SharedKey | None) -> dict[str, str]:
        """The headers as Twilio sends them."""
        signed = self.seal.url or self.called()
        if not self.is_json:
            signed += "".join(f"{name}{self.fields[name]}" for name in sorted(self.fields))
        secret = self.seal.secret or (shared.secret if shared else token)
        kind = hashlib.sha256 if shared and shared.algorithm == "HMAC_SHA256" else hashlib.sha1
        digest = hmac.new(secret.encode(), signed.encode(), kind).digest()
        told = {
            "Accept": "*/*",
            "Content-Type": self.seal.content_type or (JSON if self.is_json else FORM),
            TOKEN: self.token,
            "User-Agent": "TwilioProxy/1.1",
            "X-Home-Region": "us1",
            SIGNATURE: base64.b64encode(digest).decode(),
        }
        if shared:
            told[SETTINGS] = f"key={shared.id},algorithm={shared.algorithm}"
        told |= dict(self.seal.header)
        return {name: value for name, value in told.items() if name not in self.seal.without}


@dataclass(frozen=True, slots=True)
class HttpDoor:
    """The app: ``public`` is what Twilio calls and signs, ``local`` where the proxy carries it.

    A ``client`` of the test's own may lead into an app in the same process.
    """

    local: str
    public: str
    auth_token: str
    shared_key: SharedKey | None = None
    patience: float = PATIENCE
    client: httpx.Client | None = None

    def carry(self, parcel: Parcel) -> Answer:
        """One request."""
        url = parcel.called()
        assert url.startswith(self.public), f"{url} is not behind {self.public}"
        client = self.client or httpx.Client(trust_env=False, timeout=self.patience, verify=NO_TLS)
        content = parcel.seal.altered or parcel.body()
        headers = parcel.headers(self.auth_token, self.shared_key)
        try:
            got = client.post(
                self.local.rstrip("/") + url[len(self.public) :], content=content, headers=headers
            )
        except httpx.TimeoutException:
            return Answer(0, failure="rt")
        except httpx.TransportError:
            return Answer(0, failure="ct")
        finally:
            if self.client is None:
                client.close()
        return Answer(got.status_code, got.content, _failure(got.status_code), dict(got.headers))


def _failure(status: int) -> Literal["", "3xx", "4xx", "5xx"]:
    if status < 300:
        return ""
    if status < 400:
        return "3xx"
    return "4xx" if status < 500 else "5xx"
