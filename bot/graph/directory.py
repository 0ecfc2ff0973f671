"""How is the directory asked from a worker thread? In a thread with an event loop of its own, so that what the kit does
at its first answer, about a second of work, holds up nobody who is being answered in a chat."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

import httpx

from bot.graph import people
from bot.graph.kit import GraphKit, Pause
from bot.graph.wanted import wanted_of
from bot.microsoft.clouds import cloud_of
from bot.microsoft.tokens import MicrosoftTokens
from config.settings import Settings
from training.directory.model import AgencyDirectory, DirectoryReading

ResultT = TypeVar("ResultT")


class GraphDirectory(AgencyDirectory):
    """The agency's directory. ``tokens``, ``transport`` and ``pause`` are given by tests alone."""

    def __init__(
        self,
        settings: Settings,
        *,
        tokens: MicrosoftTokens | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._cloud = cloud_of(settings.teams, settings.graph)
        self._tokens = tokens or MicrosoftTokens(settings.teams, self._cloud)
        self._transport = transport
        self._pause = pause
        self._wanted = wanted_of(settings.graph)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the roster for which it speaks."""
        return self._wanted.columns

    def everybody(self) -> DirectoryReading:
        """All of it, and a link to what changes from now on."""
        return self._apart(lambda kit: people.everybody(kit, self._wanted))

    def changes(self, link: str) -> DirectoryReading | None:
        """Who changed since the link was given; None where it leads nowhere any more, or to too many."""
        return self._apart(lambda kit: people.changes(kit, self._wanted, link))

    def _apart(self, work: Callable[[GraphKit], Coroutine[Any, Any, ResultT]]) -> ResultT:
        async def begin() -> ResultT:
            kit = GraphKit(self._cloud, self._tokens, transport=self._transport, pause=self._pause)
            try:
                return await work(kit)
            finally:
                await kit.close()

        coming: Future[ResultT] = Future()

        def run() -> None:
            try:
                coming.set_result(asyncio.run(begin()))
            except BaseException as error:  # noqa: BLE001  raised again where it is waited for
                coming.set_exception(error)

        # Whatever it waits for keeps no process from ending.
        Thread(target=run, name="graph", daemon=True).start()
        return coming.result()
