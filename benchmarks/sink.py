"""Where the deliveries of a benchmark end: it answers each request as Twilio does one that it took."""

import asyncio
import signal
import sys
from itertools import count

_SIDS = count(1)
_BODY = (
    '{{"sid": "SM{sid:032x}", "status": "queued", "to": "+16125550142", "from": "+16125550100", "body": "",'
    ' "num_segments": "1", "direction": "outbound-api", "error_code": null, "error_message": null,'
    ' "date_created": "Tue, 02 Mar 2027 20:10:00 +0000"}}'
)


class _Line(asyncio.Protocol):
    """One connection; requests have a body of known length."""

    def __init__(self) -> None:
        self._came = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        while (end := self._came.find(b"\r\n\r\n")) >= 0:
            head = self._came[:end].lower()
            _, found, rest = head.partition(b"content-length:")
            length = int(rest.split(b"\r\n")[0]) if found else 0
            if len(self._came) < end + 4 + length:
                return
            self._came = self._came[end + 4 + length :]
            body = _BODY.format(sid=next(_SIDS)).encode()
            answer = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: "
            if self._transport is not None:
                self._transport.write(answer + str(len(body)).encode() + b"\r\n\r\n" + body)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Line, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    told = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()


if __name__ == "__main__":
    asyncio.run(_serve())
    sys.exit(0)
