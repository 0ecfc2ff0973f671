"""Is it Microsoft that knocks, for our bot, about our tenant? Everything a token can have wrong is asked, one by one.

Reasons are for the log; whoever knocks learns that they were refused and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from jwt.exceptions import PyJWTError

from bot.teams.clouds import Connector
from bot.teams.keys import KeyRing

CHANNEL_ID = "msteams"
ALGORITHM = "RS256"
# Two services' clocks are never the same; Microsoft's own package allows as much.
LEEWAY = 300  # seconds
LONGEST_TOKEN = 16_384


class KnockRefusedError(Exception):
    """Who knocks is not let in; ``why`` names the first thing that is wrong."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Doorkeeper(Protocol):
    """Who is let in. ``open`` and ``close`` belong to the event loop."""

    @property
    def is_guard(self) -> bool:
        """Whether anything is asked of whoever knocks that only Microsoft can answer."""
        ...

    @property
    def has_keys(self) -> bool | None:
        """Whether there are keys to know anybody by; None where none are needed."""
        ...

    def open(self) -> None:
        """Get ready to let anybody in."""
        ...

    async def close(self) -> None:
        """Nobody is let in any more."""
        ...

    async def check(self, authorization: str, activity: Mapping[str, Any]) -> None:
        """KnockRefusedError for whoever is not; KeysUnreachableError while nobody can tell."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDoorkeeper:
    """Only what is signed for our bot and is about our own tenant."""

    connector: Connector
    issuer: str
    keys: KeyRing
    client_id: str
    tenant_id: str

    @property
    def is_guard(self) -> bool:
        """It is."""
        return True

    @property
    def has_keys(self) -> bool | None:
        """Whether they were ever had."""
        return self.keys.is_known

    def open(self) -> None:
        """Begin to fetch the keys, and go on."""
        self.keys.open()

    async def close(self) -> None:
        """Fetch no more."""
        await self.keys.close()

    async def check(self, authorization: str, activity: Mapping[str, Any]) -> None:
        """The same; the order is that of the cost."""
        scheme, _, token = authorization.partition(" ")
        if scheme.casefold() != "bearer" or not token or len(token) > LONGEST_TOKEN:
            raise KnockRefusedError("no-token")
        claims = await self._claims(token)
        said = activity.get("serviceUrl")
        signed = claims.get("serviceurl") or claims.get("serviceUrl")
        if not isinstance(said, str) or not isinstance(signed, str) or _bare(signed) != _bare(said):
            raise KnockRefusedError("service-url")
        if not self.connector.vouches_for(said):
            raise KnockRefusedError("service-host")
        if activity.get("channelId") != CHANNEL_ID:
            raise KnockRefusedError("channel")
        tenants = tenants_in(activity)
        if not tenants or any(each.casefold() != self.tenant_id.casefold() for each in tenants):
            raise KnockRefusedError("tenant")

    async def _claims(self, token: str) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except PyJWTError:
            raise KnockRefusedError("malformed") from None
        key_id = header.get("kid")
        if header.get("alg") != ALGORITHM or not isinstance(key_id, str):
            raise KnockRefusedError("algorithm")
        found = await self.keys.key(key_id)
        if found is None:
            raise KnockRefusedError("key")
        if found.endorsed and CHANNEL_ID not in found.endorsed:
            raise KnockRefusedError("endorsement")
        try:
            return jwt.decode(
                token,
                found.key,
                algorithms=[ALGORITHM],
                audience=self.client_id,
                issuer=self.issuer,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except PyJWTError as error:
            raise KnockRefusedError(type(error).__name__) from None


def tenants_in(activity: Mapping[str, Any]) -> tuple[str, ...]:
    """Every tenant that an activity says it is about."""
    channel, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel.get("tenant") if isinstance(channel, Mapping) else None
    said = (
        tenant.get("id") if isinstance(tenant, Mapping) else None,
        conversation.get("tenantId") if isinstance(conversation, Mapping) else None,
    )
    return tuple(each for each in said if isinstance(each, str) and each)


def _bare(url: str) -> str:
    return url.rstrip("/")
