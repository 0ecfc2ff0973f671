"""How is Microsoft Graph called? The SDK behind one door: a token for its own host alone, a deadline around each call,
and every failure as what a person can do about it. Only ``opening`` imports this, and only when it is used."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
from kiota_abstractions.api_error import APIError
from kiota_abstractions.authentication import AccessTokenProvider, AllowedHostsValidator
from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider as BearerTokens
from kiota_abstractions.request_information import RequestInformation
from kiota_abstractions.request_option import RequestOption
from kiota_abstractions.serialization import Parsable, ParsableFactory
from kiota_http.middleware.options import RedirectHandlerOption, RetryHandlerOption
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory

from bot.microsoft.clouds import Cloud
from bot.microsoft.tokens import MicrosoftTokens, NoTokenError
from training.errors import ErrorCode, RollcallError

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
ReadT = TypeVar("ReadT", bound=Parsable)
Pause = Callable[[float], Awaitable[None]]

PATIENCE: Final = timedelta(seconds=60)
TRIES: Final = 5
# Waited when Graph does not say how long, and at most when it does: a longer wait is for the next look.
DEFAULT_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(seconds=60)
LATER: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
# What an answer is read as that tells of an error.
ERRORS: Final[dict[str, type[ParsableFactory[Any]]]] = {"XXX": ODataError}
# Microsoft's own words for a link that is no longer followed.
STALE: Final = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})


class GoneError(Exception):
    """What was asked for is not there: a person, or where to go on."""


class ThereError(Exception):
    """What was asked to be made is there already."""


class GraphKit:
    """Graph for one piece of work, in the event loop of that work alone. ``transport`` and ``pause`` are a test's;
    ``tries``: as often a question is asked at most."""

    def __init__(
        self,
        cloud: Cloud,
        tokens: MicrosoftTokens,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
        tries: int = TRIES,
    ) -> None:
        self._cloud = cloud
        self._tokens = tokens
        self._pause = pause
        self._tries = tries
        self._access = _Access(cloud, tokens)
        # Redirects would be followed anywhere, and tries again are counted here, where somebody waits for them.
        options: dict[str, RequestOption] = {
            RedirectHandlerOption.get_key(): RedirectHandlerOption(should_redirect=False),
            RetryHandlerOption.get_key(): RetryHandlerOption(max_retries=0, should_retry=False),
        }
        self._http = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(
                timeout=PATIENCE.total_seconds(), transport=transport, trust_env=False, follow_redirects=False
            ),
            options=options,
        )
        self._adapter = GraphRequestAdapter(BearerTokens(self._access), client=self._http)
        self._adapter.base_url = cloud.graph
        self.client: Final = GraphServiceClient(request_adapter=self._adapter)

    @property
    def root(self) -> str:
        """Where Graph is, with its version."""
        return self._cloud.graph

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    def trusted(self, link: str) -> str:
        """A link as the service gave it; refused when it leads to any other host."""
        if not self._access.is_home(link):
            log.error("directory-link-elsewhere", extra={"host": urlsplit(link).hostname or ""})
            raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="a link to another host")
        return link

    async def read(
        self,
        request: Callable[[], RequestInformation],
        answer: type[ReadT],
        permission: str,
    ) -> ReadT:
        """What comes of one question, as our own kind of answer. Each try is a request of its own: the token of the one
        before stays in it."""
        return await self.ask(lambda: self._adapter.send_async(request(), answer, ERRORS), permission)

    async def act(self, request: Callable[[], RequestInformation], permission: str) -> None:
        """Have something done; its answer is not read. It may be asked for twice, so it must be the same when it is."""

        async def done() -> bool:
            await self._adapter.send_no_response_content_async(request(), ERRORS)
            return True

        await self.ask(done, permission)

    async def ask(self, request: Callable[[], Awaitable[ResultT | None]], permission: str) -> ResultT:
        """What comes of one request, tried again where the service asks for it. RollcallError when nothing does, and
        GoneError for what is not there. ``permission`` is named when it is the one that is missing."""
        renewed = False
        for left in reversed(range(self._tries)):
            try:
                async with asyncio.timeout(PATIENCE.total_seconds()):
                    answer = await request()
            except APIError as error:
                if error.response_status_code == HTTPStatus.UNAUTHORIZED and not renewed:
                    # Once: the token may have been taken back; a registration that was is nothing to try again.
                    renewed = True
                    self._access.forget()
                    continue
                if error.response_status_code not in LATER or not left:
                    raise _trouble(error, permission) from None
                await self._pause(_asked_to_wait(error).total_seconds())
            except NoTokenError as error:
                raise RollcallError(ErrorCode.DIRECTORY_NO_TOKEN, why=error.why) from None
            except (httpx.HTTPError, TimeoutError, OSError) as error:
                if not left:
                    raise RollcallError(ErrorCode.DIRECTORY_UNREACHABLE, why=type(error).__name__) from None
                await self._pause(DEFAULT_WAIT.total_seconds())
            except Exception as error:  # noqa: BLE001  the kit raises no other kind for a page that is none of Graph's
                raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why=type(error).__name__) from None
            else:
                if answer is None:
                    raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="nothing")
                return answer
        raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="401")


class _Access(AccessTokenProvider):
    """Gives the token of the directory to the directory, and to nobody else."""

    def __init__(self, cloud: Cloud, tokens: MicrosoftTokens) -> None:
        self._home = urlsplit(cloud.graph)
        self._scope = cloud.graph_scope
        self._tokens = tokens
        self._given = ""
        self._hosts = AllowedHostsValidator([self._home.hostname or ""])

    def is_home(self, address: str) -> bool:
        """Whether it leads to the directory itself."""
        there = urlsplit(address)
        return (there.scheme, there.netloc) == (self._home.scheme, self._home.netloc)

    def forget(self) -> None:
        """The last token was not taken."""
        self._tokens.forget(self._scope, self._given)

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, Any] | None = None
    ) -> str:
        """A token; none for another host."""
        del additional_authentication_context
        if not self.is_home(uri):
            return ""
        self._given = await self._tokens.token(self._scope)
        return self._given

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        """Whom the library may ask about."""
        return self._hosts


def _trouble(error: APIError, permission: str) -> Exception:
    status = error.response_status_code or 0
    code = _code(error)
    headers = _headers(error)
    log.warning(
        "directory-refused",
        extra={
            "status": status,
            "error": code,
            "request": headers.get("request-id", ""),
            "permission": permission,
        },
    )
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE) or code.casefold() in STALE:
        return GoneError(code)
    if status == HTTPStatus.CONFLICT:
        return ThereError(code)
    if status == HTTPStatus.FORBIDDEN:
        return RollcallError(ErrorCode.DIRECTORY_PERMISSION, permission=permission)
    if status in LATER:
        return RollcallError(ErrorCode.DIRECTORY_UNREACHABLE, why=str(status))
    return RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why=f"{status} {code}".strip())


def _code(error: APIError) -> str:
    """Microsoft's own word for what is wrong; what it writes besides may name people."""
    said = error.error if isinstance(error, ODataError) else None
    code = said.code if said is not None else None
    return code if isinstance(code, str) and code.isidentifier() else ""


def _headers(error: APIError) -> Mapping[str, str]:
    return {str(name).lower(): str(value) for name, value in dict(error.response_headers or {}).items()}


def _asked_to_wait(error: APIError) -> timedelta:
    said = _headers(error).get("retry-after", "")
    wait = timedelta(seconds=int(said)) if said.isdecimal() else DEFAULT_WAIT
    return min(wait, LONGEST_WAIT)
