"""How is Slack called? One session, no repeats behind our back, and every answer says whether it may have happened."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackObjectFormationError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.bridge import Bridge, read_at_most

log = logging.getLogger(__name__)

# Slack answers within a second or two; whoever waits longer may as well look later whether it was done.
PATIENCE = timedelta(seconds=15)
TOO_MANY, SERVER_TROUBLE = 429, 500
DEFAULT_WAIT = timedelta(seconds=30)

FILE_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})

# Said by Slack itself about a call that may have had its effect all the same.
DOUBTFUL = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "unclear"})
# Whoever runs the installation has to act; until then nothing can be sent, and nothing is lost by waiting.
NEEDS_AN_OPERATOR = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAnswer:
    """What came of a call. ``doubtful``: it may have happened although no good answer came."""

    ok: bool
    data: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    after: timedelta | None = None
    doubtful: bool = False


UNREACHABLE = SlackAnswer(ok=False, error="unreachable")
UNCLEAR = SlackAnswer(ok=False, error="unclear", doubtful=True)


class SlackApi:
    """The Web API of one workspace or organization, called from worker threads; its session lives in the event loop."""

    def __init__(self, token: str, url: str) -> None:
        self._token = token
        self._url = url
        self._client: AsyncWebClient | None = None
        self._session: aiohttp.ClientSession | None = None
        self._bridge = Bridge(PATIENCE)

    async def open(self) -> AsyncWebClient:
        """Make the session, in the event loop that it then belongs to."""
        if self._client is None:
            self._bridge.open()
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE.total_seconds())
            )
            self._client = AsyncWebClient(
                token=self._token,
                base_url=self._url,
                session=self._session,
                timeout=int(PATIENCE.total_seconds()),
                # The library's own would send again what may have been sent.
                retry_handlers=[],
            )
        return self._client

    async def close(self) -> None:
        """Let go of the session."""
        if self._session is not None:
            await self._session.close()
        self._client = self._session = None

    def write(self, method: str, **given: Any) -> SlackAnswer:
        """Call a method that does something. Never raises."""
        return self._bridge.wait(self._call(method, {"json": given}), UNREACHABLE, UNCLEAR)

    def read(self, method: str, **given: Any) -> SlackAnswer:
        """Call a method that only looks. Never raises."""
        said = {name: _as_parameter(value) for name, value in given.items()}
        return self._bridge.wait(self._call(method, {"params": said}), UNREACHABLE, UNCLEAR)

    def download(self, address: str, limit: int) -> bytes | None:
        """A file of Slack's, as much as ``limit`` bytes of it; None when it is larger or does not come."""
        return self._bridge.wait(self._download(address, limit), None, None)

    def trusts(self, address: SplitResult) -> bool:
        """Whether the token may go there: Slack's own hosts for files, and the one that the settings name."""
        own = urlsplit(self._url)
        if (address.scheme, address.netloc) == (own.scheme, own.netloc):
            return True
        return address.scheme == "https" and address.netloc in FILE_HOSTS

    async def _call(self, method: str, given: Mapping[str, Any]) -> SlackAnswer:
        client = await self.open()
        try:
            response = await client.api_call(method, **given)
        except SlackApiError as error:
            return _refused(error)
        except (aiohttp.ClientConnectorError, SlackRequestError, SlackObjectFormationError) as error:
            # Nothing reached Slack.
            log.warning("slack-unreachable", extra={"error": type(error).__name__})
            return UNREACHABLE
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            log.warning("slack-unclear", extra={"error": type(error).__name__})
            return UNCLEAR
        data = response.data
        return SlackAnswer(ok=True, data=data if isinstance(data, Mapping) else {})

    async def _download(self, address: str, limit: int) -> bytes | None:
        await self.open()
        if self._session is None:
            return None
        try:
            async with self._session.get(
                address, headers={"authorization": f"Bearer {self._token}"}, allow_redirects=False
            ) as response:
                # A page to log in at is what comes instead of the file when the token is not taken.
                if response.status != 200 or response.content_type == "text/html":
                    return None
                return await read_at_most(response, limit)
        except (TimeoutError, aiohttp.ClientError):
            return None


def _refused(error: SlackApiError) -> SlackAnswer:
    response = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    data = response.data if isinstance(getattr(response, "data", None), Mapping) else {}
    said = str(data.get("error") or ("ratelimited" if status == TOO_MANY else "unclear"))
    if status == TOO_MANY or said == "ratelimited":
        return SlackAnswer(ok=False, data=data, error="ratelimited", after=_asked_to_wait(response))
    if said in NEEDS_AN_OPERATOR:
        log.error("slack-refuses-us", extra={"error": said})
    doubtful = status >= SERVER_TROUBLE or said in DOUBTFUL
    return SlackAnswer(ok=False, data=data, error=said, doubtful=doubtful)


def _asked_to_wait(response: Any) -> timedelta:
    headers = {str(name).lower(): value for name, value in dict(getattr(response, "headers", {})).items()}
    said = headers.get("retry-after")
    value = str(said[0] if isinstance(said, list) and said else said)
    return timedelta(seconds=int(value)) if value.isdecimal() else DEFAULT_WAIT


def _as_parameter(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
