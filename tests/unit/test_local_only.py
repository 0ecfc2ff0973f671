"""Does the desk turn away whatever does not come from this machine's own browser?"""

from collections.abc import Mapping

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.local_only import LocalOnly
from bot.serving import is_loopback
from tests.fakes.loop import run

OURS = {"host": "localhost:8000"}


async def _the_record(scope: Scope, _: Receive, send: Send) -> None:
    """An app that shows the record to whoever reaches it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the record"})


def ask(headers: Mapping[str, str], kind: str = "http") -> list[Message]:
    """What comes back to a request with these headers."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request"}

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    run(LocalOnly(_the_record, sentence="only here")(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1:8000"},
        {"host": "[::1]:8000"},
        {"host": "LOCALHOST:8000"},
        {"origin": "http://localhost:8000"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "none", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"},  # a link in a mail or on a page
    ],
)
def test_this_machines_own_browser_is_let_in(headers: dict[str, str]) -> None:
    assert ask(OURS | headers)[-1]["body"] == b"the record"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rollcall.example.org"},  # a name somewhere that points at 127.0.0.1
        {"host": "localhost.example.org:8000"},
        {"host": "127.0.0.1.example.org"},
        {"host": ""},
        {"host": "localhost:8000@example.org"},
        {"host": "example.org@localhost:8000"},
        {"host": "localhost/example.org"},
        {"origin": "https://example.org"},
        {"origin": "null"},  # a page in a sandbox, or a file
        {"origin": "http://localhost:9999"},  # another program of this machine
        {"origin": "https://localhost:8000"},
        {"origin": "http://localhost:8000.example.org"},
        {"origin": "http://localhost:99999999"},
        {"host": "localhost:8000", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "script"},  # a part of a foreign page
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "same-site", "sec-fetch-dest": "image"},  # of another program of this machine
    ],
)
def test_anything_else_is_turned_away_with_one_sentence(headers: dict[str, str]) -> None:
    start, body = ask(OURS | headers)
    assert (start["status"], body["body"]) == (403, b"only here")


def test_a_request_without_a_host_is_turned_away() -> None:
    assert ask({})[0]["status"] == 403


def test_a_foreign_page_opens_no_live_connection() -> None:
    assert ask(OURS | {"origin": "http://localhost:8000"}, "websocket") == [{"type": "websocket.accept"}]
    assert [each["type"] for each in ask(OURS | {"origin": "https://example.org"}, "websocket")] == [
        "websocket.close"
    ]


def test_a_browser_is_told_to_load_nothing_from_anywhere_else() -> None:
    policy = dict(ask(OURS)[0]["headers"])[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104  what must not be
        ("::", False),
        ("192.168.1.4", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_only_an_address_of_this_machine_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
