"""The stand-in as it runs: one bucket with path-style addresses, in threads of its own."""

import threading
from collections import deque
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.fakes.s3.signature import problem_of

PATIENCE = 10.0
REGION = "us-gov-west-1"
ACCESS_KEY, SECRET_KEY = "AKIAEXAMPLE", "made/up+secret"
AT_ONCE = 2  # so that every list of more is continued
_STATUS = {
    "NoSuchKey": 404,
    "NoSuchBucket": 404,
    "InternalError": 500,
    "SlowDown": 503,
    "MethodNotAllowed": 405,
}


class Fault(StrEnum):
    """What goes wrong with the next request of a method, once."""

    BROKEN = "InternalError"
    SLOW_DOWN = "SlowDown"
    DENIED = "AccessDenied"
    SILENT = "silent"  # no answer until the test is over
    DROPPED = "dropped"  # done, and the line is cut before the answer


class StandIn:
    """A bucket on loopback: ``with StandIn() as s3``. ``objects`` are what is in it, by key."""

    def __init__(self, bucket: str = "rollcall-files") -> None:
        self.bucket = bucket
        self.objects: dict[str, bytes] = {}
        self._faults: deque[tuple[str, Fault]] = deque()
        self.released = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, name="s3-stand-in", daemon=True)

    @property
    def endpoint(self) -> str:
        """What Rollcall is pointed at."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, method: str, *faults: Fault) -> None:
        """The next requests of this method go wrong in this order."""
        self._faults.extend((method, fault) for fault in faults)

    def next_fault(self, method: str) -> Fault | None:
        """The fault that this request meets; used up."""
        for at, (of, fault) in enumerate(self._faults):
            if of == method:
                del self._faults[at]
                return fault
        return None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, world: StandIn) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.world = world


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name in the library
        """Nothing: a test is not interested."""

    def do_PUT(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        where = urlsplit(self.path)
        bucket, _, key = unquote(where.path).lstrip("/").partition("/")
        fault = self.server.world.next_fault(self.command)
        if fault is Fault.SILENT:
            self.server.world.released.wait(PATIENCE)
            self.close_connection = True
            return
        code = problem_of(self.command, self.path, dict(self.headers), body, ACCESS_KEY, SECRET_KEY, REGION)
        if not code and fault is not None and fault is not Fault.DROPPED:
            code = fault.value
        if not code and bucket != self.server.world.bucket:
            code = "NoSuchBucket"
        if code:
            self._say(_STATUS.get(code, 403), _error(code))
            return
        status, answer = self._done(key, parse_qs(where.query, keep_blank_values=True), body)
        if fault is Fault.DROPPED:
            self.close_connection = True
            return
        self._say(status, answer)

    def _done(self, key: str, query: dict[str, list[str]], body: bytes) -> tuple[int, bytes]:
        match self.command:
            case "PUT" if key and not query:
                self.server.world.objects[key] = body
                return 200, b""
            case "GET" if not key and query.get("list-type") == ["2"]:
                return 200, _listed(self.server.world, query)
            case "GET" | "HEAD" if key:
                found = self.server.world.objects.get(key)
                return (404, _error("NoSuchKey")) if found is None else (200, found)
            case "DELETE" if key:
                self.server.world.objects.pop(key, None)
                return 204, b""
        return 405, _error("MethodNotAllowed")

    def _say(self, status: int, answer: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("ETag", '"made-up"')
        self.send_header("Last-Modified", "Tue, 02 Mar 2027 20:10:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)


def _listed(world: StandIn, query: dict[str, list[str]]) -> bytes:
    prefix, after = query.get("prefix", [""])[0], query.get("continuation-token", [""])[0]
    keys = sorted(key for key in world.objects if key.startswith(prefix) and key > after)
    page = keys[:AT_ONCE]
    more = len(keys) > len(page)
    said = [
        f"<IsTruncated>{str(more).lower()}</IsTruncated>",
        f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else "",
        *(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2027-03-02T20:10:00.000Z</LastModified>"
            f'<ETag>"made-up"</ETag><Size>{len(world.objects[key])}</Size></Contents>'
            for key in page
        ),
    ]
    return _xml("ListBucketResult", "".join(said))


def _error(code: str) -> bytes:
    return _xml("Error", f"<Code>{code}</Code><Message>made up</Message>")


def _xml(name: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><{name}>{inside}</{name}>'.encode()
