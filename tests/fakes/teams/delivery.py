"""How does an activity of Teams reach the app, and what came back? With a token that is right, or wrong in one way."""

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.fakes.faults import PATIENCE
from tests.fakes.teams.signing import SigningKey, token
from tests.fakes.teams.world import Message, World

Json = dict[str, Any]

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback needs no certificates, and reading them for each request is slow."""
TIMED_OUT = "timed out"
LASTS = 3600
"""Seconds for which a token of Microsoft's holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said. ``failure`` is why Teams takes the activity as not delivered."""

    status: int
    body: bytes = b""
    failure: str = ""
    trouble: str = ""
    """What Teams could not use of an answer, and why; the person sees an error then."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Teams is content."""
        return not self.failure and not self.trouble

    def json(self) -> Any:
        """The body as JSON; nothing for an empty one."""
        return json.loads(self.body) if self.body else None


def machine_time() -> datetime:
    """The clock of whoever checks tokens with a library."""
    return datetime.now(UTC)


def _as_it_is(answer: Answer) -> Answer:
    return answer


@dataclass(frozen=True, slots=True)
class Seal:
    """How an activity is signed and sent, or wrongly so. ``claims`` replace the right ones; None leaves one out."""

    claims: Mapping[str, Any] = field(default_factory=dict)
    key: SigningKey | None = None
    kid: str | None = None
    algorithm: str = "RS256"
    authorization: str | None = None
    """Instead of the whole header; empty leaves it out."""
    content: bytes | None = None
    content_type: str = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One activity that Teams has for the app. Each method but ``to`` gives another parcel; ``to`` carries this one."""

    activity: Json
    said: Message | None = None
    """The message it is about, where there is one."""
    settle: Callable[[Answer], Answer] = _as_it_is
    seal: Seal = Seal()

    def to(self, door: "HttpDoor") -> Answer:
        """Carry it to the app; what the answer changes in Teams is changed. Carried twice, it is redelivered."""
        return self.settle(door.carry(self))

    def changed(self, **fields: Any) -> "Parcel":
        """With other fields in the activity; the token says nothing of most of them."""
        return replace(self, activity={**self.activity, **fields})

    def claiming(self, **claims: Any) -> "Parcel":
        """With other claims in the token; None leaves one out."""
        return replace(self, seal=replace(self.seal, claims={**self.seal.claims, **claims}))

    def sealed(self, **given: Any) -> "Parcel":
        """Signed or sent otherwise; ``given`` are fields of ``Seal``."""
        return replace(self, seal=replace(self.seal, **given))

    def with_body(self, content: bytes, content_type: str = "application/json") -> "Parcel":
        """Properly signed, but this is what it holds."""
        return self.sealed(content=content, content_type=content_type)

    def oversized(self, size: int) -> "Parcel":
        """Properly signed, and as large as this."""
        return self.sealed(content=self.body().ljust(size))

    def body(self) -> bytes:
        """What is sent."""
        return json.dumps(self.activity).encode() if self.seal.content is None else self.seal.content


@dataclass(frozen=True, slots=True)
class HttpDoor:
    """The app's messaging address. A ``client`` of the test's own may lead into an app in the same process."""

    url: str
    world: World
    patience: float = PATIENCE
    client: httpx.Client | None = None
    now: Callable[[], datetime] = machine_time
    """The clock of the tokens' claims; the machine's unless said otherwise."""

    def carry(self, parcel: Parcel) -> Answer:
        """One request."""
        client = self.client or httpx.Client(trust_env=False, timeout=self.patience, verify=NO_TLS)
        try:
            got = client.post(self.url, content=parcel.body(), headers=self._headers(parcel))
        except httpx.TimeoutException:
            return Answer(0, failure=TIMED_OUT)
        except httpx.TransportError:
            return Answer(0, failure="connection failed")
        finally:
            if self.client is None:
                client.close()
        failure = "" if got.is_success else f"answered {got.status_code}"
        return Answer(got.status_code, got.content, failure, headers=dict(got.headers))

    def _headers(self, parcel: Parcel) -> dict[str, str]:
        seal, chat = parcel.seal, parcel.activity.get("conversation", {})
        told = {
            "Content-Type": seal.content_type,
            "User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
            "x-ms-conversation-id": chat.get("id", ""),
            "x-ms-tenant-id": chat.get("tenantId", ""),
            "Authorization": f"Bearer {self._token(parcel)}"
            if seal.authorization is None
            else seal.authorization,
        }
        return {name: value for name, value in told.items() if value}

    def _token(self, parcel: Parcel) -> str:
        now = int(self.now().timestamp())
        claims = {
            "serviceurl": self.world.service_url,
            "nbf": now,
            "iat": now,
            "exp": now + LASTS,
            "iss": self.world.cloud.issuer,
            "aud": self.world.app.client_id,
            **parcel.seal.claims,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        seal = parcel.seal
        return token(kept, seal.key or self.world.keys.signing, algorithm=seal.algorithm, kid=seal.kid)
