"""How is Microsoft's connector called? The one module that speaks to Microsoft's own package; no repeats behind our
back, and every answer says whether it may have happened."""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx
from microsoft_teams.api.activities import MessageActivityInput, TypingActivityInput
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.common.http import Client, ClientOptions
from pydantic import BaseModel, ValidationError

from bot.microsoft.tokens import BotTokens, NoTokenError
from bot.service.bridge import Bridge, read_at_most
from bot.teams.clouds import FILE_HOSTS, is_one_of

log = logging.getLogger(__name__)

# Teams answers within a second or two.
PATIENCE = timedelta(seconds=15)
DEFAULT_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
OK, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, PRECONDITION, TOO_MANY, SERVER_TROUBLE = (
    200,
    401,
    403,
    404,
    412,
    429,
    500,
)
# What the package says instead of an id that it was not given.
NO_ID = "DO_NOT_USE_PLACEHOLDER_ID"
LONGEST_WORD = 80
# Where the connector has what was pasted into a message; whoever sends one can name any address.
_ATTACHMENT = re.compile(r"(?:/[A-Za-z0-9-]+)*/v3/attachments/[^/]+/views/[^/.]+")
# A connector that is begun to be reached and is not there: nothing left this machine.
NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class TeamsPlace:
    """A conversation, and the connector that reaches it."""

    service: str
    conversation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsAnswer:
    """What came of a call. ``doubtful``: it may have happened although no good answer came; ``status`` is HTTP's."""

    ok: bool
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 0
    error: str = ""
    after: timedelta | None = None
    doubtful: bool = False

    @property
    def ref(self) -> str:
        """The connector's id of what was made; empty where it gave none."""
        found = self.data.get("id")
        return found if isinstance(found, str) and found != NO_ID else ""


UNREACHABLE = TeamsAnswer(ok=False, error="unreachable")
UNCLEAR = TeamsAnswer(ok=False, error="unclear", doubtful=True)


class TeamsApi:
    """The connector of one registration, called from worker threads; its sessions live in the event loop."""

    def __init__(self, tokens: BotTokens, scope: str, bot_id: str) -> None:
        self._tokens = tokens
        self._scope = scope
        self._bot = {"id": f"28:{bot_id}"}
        self._bridge = Bridge(PATIENCE)
        self._client: Client | None = None
        self._files: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the sessions, in the event loop that they then belong to."""
        self._bridge.open()
        # What the environment names as a proxy or a password file is no setting of ours.
        self._client = Client(ClientOptions(token=lambda: self._tokens.token(self._scope)))
        await self._client.http.aclose()
        self._client.http = httpx.AsyncClient(
            timeout=PATIENCE.total_seconds(), follow_redirects=False, trust_env=False
        )
        self._files = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE.total_seconds()))

    async def close(self) -> None:
        """Let go of them."""
        if self._client is not None:
            await self._client.http.aclose()
        if self._files is not None:
            await self._files.close()
        self._client = self._files = None

    def post(self, place: TeamsPlace, activity: Mapping[str, Any]) -> TeamsAnswer:
        """Put a message into a conversation. Never raises."""
        return self._wait(self._post(place, activity))

    def update(self, place: TeamsPlace, message_id: str, activity: Mapping[str, Any]) -> TeamsAnswer:
        """Put another message in the place of an earlier one. Never raises."""
        return self._wait(self._update(place, message_id, activity))

    def begin(self, service: str, tenant: str, account: str) -> TeamsAnswer:
        """The personal conversation with one account, made if there is none; its id. Never raises."""
        return self._wait(self._begin(service, tenant, account))

    def member(self, place: TeamsPlace, user: str) -> TeamsAnswer:
        """What the conversation says of somebody in it. Never raises."""
        return self._wait(self._member(place, user))

    def download(self, address: str, limit: int, service: str, *, with_token: bool) -> bytes | None:
        """A file, as much as ``limit`` bytes of it; None when it is larger, elsewhere, or does not come.

        ``with_token``: it lies at the connector ``service`` itself, and our token goes along, there and nowhere else.
        """
        return self._bridge.wait(self._download(address, limit, service, with_token), None, None)

    async def typing(self, place: TeamsPlace) -> None:
        """Show that an answer is being written; whether that is seen matters to nobody."""
        await self._asked(
            place.service, lambda each: each.create_activity(place.conversation, TypingActivityInput())
        )

    def _wait(self, call: Coroutine[Any, Any, TeamsAnswer]) -> TeamsAnswer:
        return self._bridge.wait(call, UNREACHABLE, UNCLEAR)

    async def _post(self, place: TeamsPlace, activity: Mapping[str, Any]) -> TeamsAnswer:
        said = MessageActivityInput.model_validate(self._whole(place, activity))
        return await self._asked(place.service, lambda each: each.create_activity(place.conversation, said))

    async def _update(self, place: TeamsPlace, message_id: str, activity: Mapping[str, Any]) -> TeamsAnswer:
        said = MessageActivityInput.model_validate({**self._whole(place, activity), "id": message_id})
        return await self._asked(
            place.service, lambda each: each.update_activity(place.conversation, message_id, said)
        )

    async def _begin(self, service: str, tenant: str, account: str) -> TeamsAnswer:
        asked = CreateConversationParams.model_validate(
            {
                "bot": self._bot,
                "isGroup": False,
                "members": [{"id": account}],
                "tenantId": tenant,
                "channelData": {"tenant": {"id": tenant}},
            }
        )
        return await self._asked(service, lambda each: each.create(asked))

    async def _member(self, place: TeamsPlace, user: str) -> TeamsAnswer:
        return await self._asked(place.service, lambda each: each.get_member_by_id(place.conversation, user))

    def _whole(self, place: TeamsPlace, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            "type": "message",
            "from": self._bot,
            "conversation": {"id": place.conversation},
            **activity,
        }

    async def _asked(
        self, service: str, ask: Callable[[ConversationClient], Awaitable[BaseModel]]
    ) -> TeamsAnswer:
        answer = await self._once(service, ask)
        # A token may end before its time: nothing was done, and a new one is asked for, once.
        return (
            await self._once(service, ask) if answer.status == UNAUTHORIZED and not answer.after else answer
        )

    async def _once(
        self, service: str, ask: Callable[[ConversationClient], Awaitable[BaseModel]]
    ) -> TeamsAnswer:
        if self._client is None:
            return UNREACHABLE
        try:
            made = await ask(ConversationClient(service, self._client))
        except httpx.HTTPStatusError as error:
            return self._refused(error.response)
        except NoTokenError as error:
            # Nothing was sent: there was nothing to send it with.
            return TeamsAnswer(
                ok=False, error=f"no-token {error.why}", after=error.after, status=UNAUTHORIZED
            )
        except NOT_REACHED as error:
            log.warning("teams-unreachable", extra={"error": type(error).__name__})
            return UNREACHABLE
        except (httpx.HTTPError, ValidationError, ValueError, LookupError) as error:
            # It went out, and what came back says nothing.
            log.warning("teams-unclear", extra={"error": type(error).__name__})
            return UNCLEAR
        return TeamsAnswer(ok=True, data=made.model_dump(by_alias=True, exclude_none=True, mode="json"))

    def _refused(self, response: httpx.Response) -> TeamsAnswer:
        status, word = response.status_code, _word(response)
        after = _asked_to_wait(response)
        if status == UNAUTHORIZED:
            self._forget_token(response)
            log.error("teams-refuses-us", extra={"error": word})
        # Microsoft asks to try these again later, and says so where nothing was done:
        # learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
        told_to_wait = status in (PRECONDITION, TOO_MANY) or (status >= SERVER_TROUBLE and after is not None)
        return TeamsAnswer(
            ok=False,
            status=status,
            error=word,
            after=(after or DEFAULT_WAIT) if told_to_wait else None,
            doubtful=status >= SERVER_TROUBLE and not told_to_wait,
        )

    def _forget_token(self, response: httpx.Response) -> None:
        used = response.request.headers.get("authorization", "").removeprefix("Bearer ")
        self._tokens.forget(self._scope, used)

    async def _download(self, address: str, limit: int, service: str, with_token: bool) -> bytes | None:
        theirs = _origin(address) == _origin(service)
        fit = theirs and _is_attachment(address) if with_token else theirs or _is_file_host(address)
        if self._files is None or not fit:
            return None
        try:
            token = await self._tokens.token(self._scope) if with_token else None
            headers = {} if token is None else {"authorization": f"Bearer {token}"}
            async with self._files.get(address, headers=headers, allow_redirects=False) as response:
                return await read_at_most(response, limit) if response.status == OK else None
        except (TimeoutError, aiohttp.ClientError, NoTokenError, ValueError):
            return None


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ("", "")
    return (parts.scheme, parts.netloc)


def _is_attachment(address: str) -> bool:
    """Whether our token opens something there that somebody sent, and nothing else of the connector's."""
    return _ATTACHMENT.fullmatch(urlsplit(address).path) is not None


def _is_file_host(address: str) -> bool:
    scheme, host = _origin(address)
    return scheme == "https" and is_one_of(host, FILE_HOSTS)


def _word(response: httpx.Response) -> str:
    """Microsoft's own word for a refusal, or its number."""
    said = _object(response.content)
    # The oldest refusals have theirs in a text within the text.
    word = _map(said.get("error")).get("code") or _object(said.get("message")).get("subCode")
    fit = isinstance(word, str) and word.isascii() and word.isprintable() and 0 < len(word) <= LONGEST_WORD
    return str(word) if fit else f"http-{response.status_code}"


def _object(said: object) -> Mapping[str, Any]:
    try:
        return _map(json.loads(said)) if isinstance(said, str | bytes) else {}
    except (ValueError, RecursionError):
        return {}


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _asked_to_wait(response: httpx.Response) -> timedelta | None:
    said = response.headers.get("retry-after", "")
    return min(timedelta(seconds=int(said)), LONGEST_WAIT) if said.isdecimal() and len(said) < 9 else None
