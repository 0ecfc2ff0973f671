"""Does somebody outside reach us, and is a request believed exactly when it is signed? Asked at our own address."""

from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from twilio.request_validator import RequestValidator

from bot.service.live import LIVE

# A person waits for the line.
PATIENCE_SECONDS = 5.0
# No sender stands in it, so it is believed and then left alone: nothing is kept of it, and nobody is answered.
LEFT_ALONE = {"RollcallDoctor": "signature check"}


class KnockOutcome(StrEnum):
    """What came of knocking at our own address."""

    OK = "ok"
    NOBODY = "nobody"  # nothing answers there
    SOMEBODY_ELSE = "somebody-else"  # something answers that is no Rollcall
    LETS_ALL_IN = "lets-all-in"  # a request that nobody signed was taken
    LETS_NONE_IN = "lets-none-in"  # ours was not, though it was signed


class _StayHere(HTTPRedirectHandler):
    """Another address is another answer."""

    def redirect_request(self, *_: object) -> None:
        """Followed nowhere."""


@dataclass(frozen=True, slots=True)
class Knock:
    """Our own address, the path where signed requests come in, and the secret that signs."""

    public_url: str
    path: str
    secret: str

    def way(self) -> KnockOutcome:
        """What whoever knocks there meets."""
        base = self.public_url.rstrip("/")
        live = _status(Request(base + LIVE))  # noqa: S310  the settings take web addresses only
        if live is None:
            return KnockOutcome.NOBODY
        if live != HTTPStatus.OK:
            return KnockOutcome.SOMEBODY_ELSE
        url = base + self.path
        unsigned = _status(_form(url, ""))
        if unsigned == HTTPStatus.OK:
            return KnockOutcome.LETS_ALL_IN
        if unsigned != HTTPStatus.FORBIDDEN:
            return KnockOutcome.SOMEBODY_ELSE
        digest = RequestValidator(self.secret).compute_signature(url, LEFT_ALONE)
        signature = digest if isinstance(digest, str) else b64encode(digest).decode()
        return (
            KnockOutcome.OK if _status(_form(url, signature)) == HTTPStatus.OK else KnockOutcome.LETS_NONE_IN
        )


def _form(url: str, signature: str) -> Request:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if signature:
        headers["X-Twilio-Signature"] = signature
    return Request(url, urlencode(LEFT_ALONE).encode(), headers, method="POST")  # noqa: S310  as above


def _status(request: Request) -> int | None:
    """How it was answered; None for nobody."""
    try:
        with build_opener(_StayHere).open(request, timeout=PATIENCE_SECONDS) as answer:
            return int(answer.status)
    except HTTPError as refused:
        refused.close()
        return refused.code
    except (OSError, HTTPException, ValueError):
        return None
