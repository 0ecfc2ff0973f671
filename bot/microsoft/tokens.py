"""With what do we knock at a service of Microsoft's? A token for its scope, kept while it is good, renewed early by one
renewal at a time and never inside the event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from time import monotonic
from typing import Any, Final, Protocol

import httpx

from bot.microsoft.clouds import Cloud
from config.settings import Teams

log = logging.getLogger(__name__)

PATIENCE: Final = timedelta(seconds=10)
# Before its end a token is renewed beside whoever uses it ...
EARLY: Final = timedelta(minutes=5)
# ... and this near to its end it is not handed out any more: it has to last for the call.
TOO_OLD: Final = timedelta(seconds=30)
# What was just refused is not asked again for everybody who waits.
AFTER_A_REFUSAL: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(minutes=5)
GOOD, TOO_MANY, SERVER_TROUBLE = 200, 429, 500
LONGEST_LIFE: Final = timedelta(hours=24)
MOST_BYTES: Final = 65_536
LONGEST_WORD: Final = 60


class NoTokenError(Exception):
    """No token came. ``refused``: somebody has to mend the registration, and ``why`` is Microsoft's own word for it;
    else it may come later. ``after``: not to be asked again before."""

    def __init__(self, why: str, *, refused: bool, after: timedelta = AFTER_A_REFUSAL) -> None:
        super().__init__(why)
        self.why = why
        self.refused = refused
        self.after = after


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    ends: float  # seconds of ``now``


class BotTokens(Protocol):
    """With what the bot knocks at its connector; None where that asks for nothing."""

    async def token(self, scope: str) -> str | None:
        """What goes along; NoTokenError when there is none to be had."""
        ...

    def forget(self, scope: str, token: str) -> None:
        """It was not taken."""
        ...

    def close(self) -> None:
        """Begin nothing any more."""
        ...


class MicrosoftTokens:
    """Tokens of the bot's registration, by scope. Of no event loop: the service's and a worker's own ask alike."""

    def __init__(
        self,
        teams: Teams,
        cloud: Cloud,
        *,
        now: Callable[[], float] = monotonic,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._teams = teams
        self._address = f"{cloud.authority}/{teams.tenant_id}/oauth2/v2.0/token"
        self._now = now
        self._transport = transport
        self._lock = Lock()
        self._kept: dict[str, _Token] = {}
        self._renewing: dict[str, Future[str]] = {}
        self._refusals: dict[str, tuple[NoTokenError, float]] = {}
        # A thread of its own: workers that wait for an answer must not keep the token for it from coming.
        self._renewer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="microsoft-tokens")

    async def token(self, scope: str) -> str:
        """A token that is good now, in whichever event loop it is asked for. NoTokenError when there is none."""
        kept = self._at_hand(scope)
        # Whoever is cut short while waiting cuts nobody else's renewal short.
        return kept if kept is not None else await asyncio.shield(asyncio.wrap_future(self._renew(scope)))

    def token_at_once(self, scope: str) -> str:
        """A new one for whoever has no event loop and waits, to see whether there is one."""
        return self._renew(scope).result()

    def forget(self, scope: str, token: str) -> None:
        """A service did not take this token: the next is a new one. Another's newer one is left alone."""
        with self._lock:
            kept = self._kept.get(scope)
            if kept is not None and kept.text == token:
                del self._kept[scope]

    def close(self) -> None:
        """Begin no renewal any more."""
        self._renewer.shutdown(wait=False, cancel_futures=True)

    def _at_hand(self, scope: str) -> str | None:
        """The token kept, as long as it is good; near its end the next is fetched beside it."""
        with self._lock:
            kept = self._kept.get(scope)
            left = -1.0 if kept is None else kept.ends - self._now()
        if kept is None or left < TOO_OLD.total_seconds():
            return None
        if left < EARLY.total_seconds():
            self._renew(scope)
        return kept.text

    def _renew(self, scope: str) -> Future[str]:
        """The one renewal of this scope that is under way, or a new one."""
        with self._lock:
            under_way = self._renewing.get(scope)
            if under_way is not None:
                return under_way
            kept = self._kept.get(scope)
            if kept is not None and kept.ends - self._now() >= EARLY.total_seconds():
                # It came between the look and the asking.
                there: Future[str] = Future()
                there.set_result(kept.text)
                return there
            refusal = self._refusals.get(scope)
            if refusal is not None and self._now() < refusal[1]:
                failed: Future[str] = Future()
                failed.set_exception(refusal[0])
                return failed
            renewal = self._renewing[scope] = self._renewer.submit(self._fetched, scope)
            return renewal

    def _fetched(self, scope: str) -> str:
        try:
            token = self._ask(scope)
        except NoTokenError as error:
            log.warning("no-token", extra={"scope": scope, "error": error.why, "refused": error.refused})
            with self._lock:
                self._refusals[scope] = (error, self._now() + error.after.total_seconds())
            raise
        else:
            with self._lock:
                self._kept[scope] = token
                self._refusals.pop(scope, None)
            return token.text
        finally:
            with self._lock:
                del self._renewing[scope]

    def _ask(self, scope: str) -> _Token:
        secret = self._teams.client_secret
        form = {
            "grant_type": "client_credentials",
            "client_id": self._teams.client_id or "",
            "client_secret": "" if secret is None else secret.get_secret_value(),
            "scope": scope,
        }
        asked_at = self._now()
        try:
            # The environment's proxies and .netrc are no settings of ours; a redirect would carry the secret away.
            with httpx.Client(
                timeout=PATIENCE.total_seconds(),
                follow_redirects=False,
                trust_env=False,
                transport=self._transport,
            ) as client:
                answer = client.post(self._address, data=form)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoTokenError(type(error).__name__, refused=False) from None
        said = _object(answer)
        if answer.status_code != GOOD:
            raise _refusal(answer, said)
        text, lives = said.get("access_token"), said.get("expires_in")
        if not isinstance(text, str) or not text:
            raise NoTokenError("no-token-in-answer", refused=False)
        return _Token(text, asked_at + _life(lives))


def _life(said: object) -> float:
    """Seconds that a token lives, as the answer says; Microsoft writes the number also as text."""
    seconds = int(said) if isinstance(said, int) or (isinstance(said, str) and said.isdecimal()) else 0
    return float(min(seconds, LONGEST_LIFE.total_seconds()))


def _refusal(answer: httpx.Response, said: dict[str, Any]) -> NoTokenError:
    why = said.get("error")
    word = (
        why
        if isinstance(why, str) and why.isprintable() and len(why) <= LONGEST_WORD
        else str(answer.status_code)
    )
    codes = said.get("error_codes")
    if isinstance(codes, list) and codes and isinstance(codes[0], int):
        word = f"{word} AADSTS{codes[0]}"
    wait = answer.headers.get("retry-after", "")
    after = timedelta(seconds=int(wait)) if wait.isdecimal() else AFTER_A_REFUSAL
    mended_by_time = answer.status_code == TOO_MANY or answer.status_code >= SERVER_TROUBLE
    return NoTokenError(word, refused=not mended_by_time, after=min(after, LONGEST_WAIT))


def _object(answer: httpx.Response) -> dict[str, Any]:
    if len(answer.content) > MOST_BYTES:
        return {}
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
