"""Is this request from this machine's own browser, on one of our own pages? Anything else is turned away.

A page somewhere on the web can send requests to localhost, or point a name of its own at it; neither may reach a desk
that shows people's records.
"""

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
FORBIDDEN = 403
# How a browser names the page behind a request for a picture, a script or a frame, which carries no origin. Whoever
# follows a link to the desk comes from elsewhere too, and sees it as a page of its own.
FOREIGN = frozenset({"cross-site", "same-site"})
# A browser that keeps to these loads nothing from anywhere else and shows the desk in nobody's frame. The page library
# compiles its templates in the browser and sets styles on elements, hence the two "unsafe" words.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class LocalOnly:
    """Lets through what is addressed to a loopback name and does not come from another site."""

    def __init__(self, app: ASGIApp, sentence: str) -> None:
        self._app = app
        self._sentence = sentence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif is_local(Headers(scope=scope)):
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "http":
            await PlainTextResponse(self._sentence, FORBIDDEN)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})


def is_local(headers: Headers) -> bool:
    """Whether host and origin are loopback names and the same place, and no other page asks for a part of this one."""
    given = headers.get("host", "")
    host = urlsplit(f"//{given}")
    if set(given) & set("@/?#\\") or _name(host.hostname) not in LOOPBACK:
        return False
    if headers.get("sec-fetch-site") in FOREIGN and headers.get("sec-fetch-dest") != "document":
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    place = urlsplit(origin)
    return place.scheme == "http" and place.hostname == host.hostname and _port(place) == _port(host)


def _name(hostname: str | None) -> str:
    return (hostname or "").lower()


def _port(place: SplitResult) -> int | None:
    try:
        return place.port or 80
    except ValueError:
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            # A page of ours that is stricter, or that takes a form, says so itself.
            headers = [each for each in HEADERS if each[0] not in given]
            message = {**message, "headers": [*message["headers"], *headers]}
        await send(message)

    return sending
