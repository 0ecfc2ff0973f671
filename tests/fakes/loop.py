"""An event loop of a test's own, in a thread of its own: Playwright keeps one running in the thread of the tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


def run(story: Coroutine[Any, Any, ResultT]) -> ResultT:
    """What the story gives back; what it raises is raised here."""
    with ThreadPoolExecutor(1) as own_thread:
        return own_thread.submit(asyncio.run, story).result()
