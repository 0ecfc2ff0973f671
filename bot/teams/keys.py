"""Which keys does Microsoft sign with? Fetched beside the requests, never by one, and asked for again when one is new.

Whoever sends a made-up key id makes nobody fetch anything more than once in a while.
"""

import asyncio
import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

import aiohttp
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from bot.service.bridge import read_at_most

log = logging.getLogger(__name__)

# Microsoft announces a key days before it signs with it, and asks to look once a day:
# learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
AGAIN_AFTER = timedelta(hours=6)
AFTER_TROUBLE = timedelta(seconds=15)
# An unknown key id is looked for this often at most, and a request waits so long for it.
LOOK_EVERY = timedelta(seconds=60)
PATIENCE = timedelta(seconds=3)
CALL = timedelta(seconds=10)
MOST_BYTES = 1024 * 1024


class KeysUnreachableError(Exception):
    """Nobody said yet which keys there are: what came in can neither be believed nor refused."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and the channels it may speak for; none named means that it was not said."""

    key: PyJWK
    endorsed: frozenset[str]


class KeyRing:
    """The keys of one cloud. Lives in the event loop."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys: Mapping[str, SigningKey] = {}
        self._looked: float | None = None
        self._looking: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def is_known(self) -> bool:
        """Whether the keys were ever had."""
        return bool(self._keys)

    def open(self) -> None:
        """Begin to fetch them, and go on for as long as the process runs."""
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Fetch no more."""
        going = [each for each in (self._keeping, self._looking) if each is not None]
        for each in going:
            each.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def key(self, key_id: str) -> SigningKey | None:
        """The key of this id; None where Microsoft has none. KeysUnreachableError while none was ever had."""
        found = self._keys.get(key_id)
        if found is None and self._may_look():
            self._look()
        if found is None and self._looking is not None:
            await asyncio.wait([self._looking], timeout=PATIENCE.total_seconds())
            found = self._keys.get(key_id)
        if found is None and not self._keys:
            raise KeysUnreachableError
        return found

    def _may_look(self) -> bool:
        return self._looked is None or monotonic() - self._looked > LOOK_EVERY.total_seconds()

    def _look(self) -> asyncio.Task[None]:
        if self._looking is None or self._looking.done():
            self._looked = monotonic()
            self._looking = asyncio.create_task(self._fetch())
        return self._looking

    async def _keep(self) -> None:
        while True:
            before = self._keys
            await self._look()
            got = self._keys is not before
            await asyncio.sleep((AGAIN_AFTER if got else AFTER_TROUBLE).total_seconds())

    async def _fetch(self) -> None:
        try:
            timeout = aiohttp.ClientTimeout(total=CALL.total_seconds())
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(self._address, allow_redirects=False) as answer,
            ):
                body = await read_at_most(answer, MOST_BYTES) if answer.status == 200 else None
            found = {} if body is None else keys_in(json.loads(body))
        except (TimeoutError, aiohttp.ClientError, RecursionError, ValueError) as error:
            log.warning("keys-unreachable", extra={"error": type(error).__name__})
            return
        if not found:
            log.warning("keys-unreachable", extra={"error": "none"})
            return
        self._keys = found


def keys_in(said: object) -> Mapping[str, SigningKey]:
    """Every usable key of a key set, by its id; whatever is none is left out."""
    listed = said.get("keys") if isinstance(said, Mapping) else None
    found = {}
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and (made := _key(each)) is not None:
            found[str(each["kid"])] = made
    return found


def _key(said: Mapping[str, Any]) -> SigningKey | None:
    if not isinstance(said.get("kid"), str) or said.get("kty") != "RSA":
        return None
    try:
        key = PyJWK(dict(said), algorithm="RS256")
    except (PyJWTError, ValueError):
        return None
    endorsed = said.get("endorsements")
    named: Collection[object] = endorsed if isinstance(endorsed, list) else ()
    return SigningKey(key, frozenset(str(each) for each in named))
