"""How is Twilio called? Within a time limit, without repeats behind our back, and every answer says whether it may
have happened."""

import asyncio
import logging
import re
from base64 import b64encode
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.service.bridge import Bridge, read_at_most
from config.settings import RESERVED_NUMBERS, Twilio

log = logging.getLogger(__name__)

# Twilio answers within a second or two; whoever waits longer may as well look later whether it was done.
PATIENCE = timedelta(seconds=12)
FOUND, TOO_MANY, SERVER_TROUBLE = 200, 429, 500
ELSEWHERE = frozenset({301, 302, 303, 307, 308})
DEFAULT_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)
# What Twilio keeps for a handset that is off; a text about today is nothing tomorrow.
VALID_FOR = timedelta(hours=4)
SERVICE = "MG"
TRYING_OUT = "trying-out"
# Kept for stories: no telephone has one of these.
_RESERVED = re.compile(r"\+1[2-9][0-9]{2}55501[0-9]{2}")


def is_let_through(number: str, named: Sequence[str]) -> bool:
    """Whether a text may go to this number while texts are tried out."""
    return number in named or (RESERVED_NUMBERS in named and _RESERVED.fullmatch(number) is not None)


@dataclass(frozen=True, slots=True)
class ListedText:
    """One of our texts as Twilio has it."""

    sid: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioAnswer:
    """What came of a call. ``doubtful``: it may have happened although no good answer came."""

    ok: bool
    sid: str = ""
    listed: tuple[ListedText, ...] = ()
    code: str = ""
    after: timedelta | None = None
    doubtful: bool = False


UNREACHABLE = TwilioAnswer(ok=False, code="unreachable")
UNCLEAR = TwilioAnswer(ok=False, code="unclear", doubtful=True)


class AskedToWaitError(Exception):
    """Twilio asks for time; the library hides how much."""

    def __init__(self, after: timedelta) -> None:
        super().__init__()
        self.after = after


class Transport(AsyncTwilioHttpClient):  # type: ignore[misc]  # the library does not say its types
    """The library's own, at the address of the settings and with a time limit that holds."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = urlsplit(base)

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Ask, once. A 429 is raised with the time it asks for."""
        asked = urlsplit(url)
        path = self._base.path.rstrip("/") + asked.path
        url = urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))
        said = dict(headers or {})
        if auth is not None:
            # As a header: the argument of the library's own goes away with the next aiohttp.
            said["Authorization"] = _basic(*auth)
        async with asyncio.timeout(PATIENCE.total_seconds()):
            response = await super().request(
                method, url, params, data, said, None, timeout, allow_redirects=allow_redirects
            )
        if response.status_code == TOO_MANY:
            raise AskedToWaitError(_asked_to_wait(response))
        return response


class TwilioApi:
    """One account, called from worker threads; its session lives in the event loop."""

    def __init__(self, settings: Twilio) -> None:
        self._settings = settings
        self._transport: Transport | None = None
        self._client: Client | None = None
        self._bridge = Bridge(PATIENCE)

    async def open(self) -> None:
        """Make the session, in the event loop that it then belongs to."""
        settings = self._settings
        self._bridge.open()
        self._transport = Transport(settings.api_url)
        user, secret = settings.credentials
        self._client = Client(user, secret, settings.account_sid, http_client=self._transport)

    async def close(self) -> None:
        """Let go of the session."""
        self._bridge.close()
        if self._transport is not None:
            await self._transport.close()
        self._client = self._transport = None

    def send(self, *, to: str, sender: str, text: str, callback: str) -> TwilioAnswer:
        """Have a text sent. Never raises."""
        # Here, because nothing gets past it: with it set no other phone rings.
        if self._settings.only_to and not is_let_through(to, self._settings.only_to.split(",")):
            return TwilioAnswer(ok=False, code=TRYING_OUT)
        given: dict[str, Any] = {
            "to": to,
            "body": text,
            "validity_period": int(VALID_FOR.total_seconds()),
        }
        if callback:
            given["status_callback"] = callback
        given["messaging_service_sid" if sender.startswith(SERVICE) else "from_"] = sender
        return self._bridge.wait(self._send(given), UNREACHABLE, UNCLEAR)

    def sent_to(self, number: str, limit: int) -> TwilioAnswer:
        """What was sent to a number, the newest first. Never raises."""
        return self._bridge.wait(self._list(number, limit), UNREACHABLE, UNCLEAR)

    def download(self, address: str, limit: int) -> bytes | None:
        """A file of a message, of at most ``limit`` bytes; None when it is larger, elsewhere, or does not come."""
        return self._bridge.wait(self._download(address, limit), None, None)

    async def _download(self, address: str, limit: int) -> bytes | None:
        session = None if self._transport is None else self._transport.session
        if session is None or not self._is_ours(address):
            return None
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                key = {"Authorization": self._key()}
                async with session.get(address, headers=key, allow_redirects=False) as answer:
                    if answer.status == FOUND:
                        return await read_at_most(answer, limit)
                    to = urljoin(address, answer.headers.get("Location", ""))
                    if answer.status not in ELSEWHERE or not self._may_be_followed(to):
                        return None
                # Where the file lies now is another house: it knows the address, and is given no key.
                async with session.get(to, allow_redirects=False) as answer:
                    return await read_at_most(answer, limit) if answer.status == FOUND else None
        except (TimeoutError, aiohttp.ClientError, ValueError):
            return None

    def _is_ours(self, address: str) -> bool:
        """Whether the key may go there: a file of this account's messages, at the address of the settings."""
        asked, own = urlsplit(address), urlsplit(self._settings.api_url)
        home = f"{own.path.rstrip('/')}/2010-04-01/Accounts/{self._settings.account_sid}/Messages/"
        here = (asked.scheme, asked.netloc) == (own.scheme, own.netloc)
        return here and asked.path.startswith(home) and ".." not in asked.path and "%" not in asked.path

    def _may_be_followed(self, address: str) -> bool:
        """Encrypted, unless Twilio itself is a stand-in that is not."""
        return urlsplit(address).scheme in {"https", urlsplit(self._settings.api_url).scheme}

    def _key(self) -> str:
        return _basic(*self._settings.credentials)

    async def _send(self, given: dict[str, Any]) -> TwilioAnswer:
        return await self._asked(self._sending(given))

    async def _sending(self, given: dict[str, Any]) -> TwilioAnswer:
        made = await self._api().messages.create_async(**given)
        return TwilioAnswer(ok=True, sid=str(made.sid or "")) if made.sid else UNCLEAR

    async def _list(self, number: str, limit: int) -> TwilioAnswer:
        return await self._asked(self._listing(number, limit))

    async def _listing(self, number: str, limit: int) -> TwilioAnswer:
        # Not asked for by time: what still waits to be sent has none.
        found = await self._api().messages.list_async(to=number, limit=limit)
        listed = tuple(
            ListedText(str(each.sid), str(each.body or ""), (each.date_created or datetime.now(UTC)))
            for each in found
        )
        return TwilioAnswer(ok=True, listed=listed)

    def _api(self) -> Client:
        if self._client is None:
            raise aiohttp.ClientConnectionError
        return self._client

    async def _asked(self, call: Coroutine[Any, Any, TwilioAnswer]) -> TwilioAnswer:
        try:
            return await call
        except AskedToWaitError as asked:
            return TwilioAnswer(ok=False, code=str(TOO_MANY), after=asked.after)
        except TwilioRestException as error:
            return _refused(error)
        except aiohttp.ClientConnectorError as error:
            # Nothing reached Twilio.
            log.warning("twilio-unreachable", extra={"error": type(error).__name__})
            return UNREACHABLE
        except (TimeoutError, aiohttp.ClientError, TwilioException, KeyError, ValueError) as error:
            log.warning("twilio-unclear", extra={"error": type(error).__name__})
            return UNCLEAR


def _basic(user: str, secret: str) -> str:
    return "Basic " + b64encode(f"{user}:{secret}".encode()).decode()


def _refused(error: TwilioRestException) -> TwilioAnswer:
    """A refusal with a code is one. Without a code it came from something in between, and nobody can tell."""
    code = str(error.code or "")
    if error.status >= SERVER_TROUBLE or not code:
        log.warning("twilio-unclear", extra={"error": code or str(error.status)})
        return TwilioAnswer(ok=False, code=code or "unclear", doubtful=True)
    return TwilioAnswer(ok=False, code=code)


def _asked_to_wait(response: Response) -> timedelta:
    headers = response.headers or {}
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    if not (said.isascii() and said.isdecimal()):
        return DEFAULT_WAIT
    return min(max(timedelta(seconds=int(said)), timedelta(seconds=1)), LONGEST_WAIT)
