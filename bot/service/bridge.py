"""How does a worker thread call an outside service whose session lives in the event loop?

It waits so long, and no longer for a loop that is gone.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp

ResultT = TypeVar("ResultT")

# What the bridge allows beyond the call's own patience before a worker thread gives up on the event loop.
BEYOND = timedelta(seconds=5)
PART = 65_536


class Bridge:
    """From worker threads into one event loop. ``patience`` is how long a call may take there."""

    def __init__(self, patience: timedelta) -> None:
        self._seconds = (patience + BEYOND).total_seconds()
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Lead into the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """Lead nowhere: no call is begun any more."""
        self._loop = None

    def wait(self, call: Coroutine[Any, Any, ResultT], otherwise: ResultT, in_doubt: ResultT) -> ResultT:
        """What the call gives; ``otherwise`` where it was not begun, ``in_doubt`` where nobody can tell."""
        if self._loop is None or self._loop.is_closed():
            call.close()
            return otherwise
        waiting = asyncio.run_coroutine_threadsafe(call, self._loop)
        try:
            return waiting.result(self._seconds)
        except (FutureTimeoutError, CancelledError):
            # The event loop is not what it was; whether anything left it nobody can tell.
            waiting.cancel()
            return in_doubt


async def read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes | None:
    """The body of an answer; None, and no more of it read, as soon as it is larger."""
    read = bytearray()
    async for part in response.content.iter_chunked(PART):
        read += part
        if len(read) > limit:
            return None
    return bytes(read)
