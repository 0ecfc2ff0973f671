"""How is the directory asked from a worker thread? In a thread with an event loop of its own, so that what the kit does
at its first answer, about a second of work, holds up nobody who is being answered in a chat."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

import httpx

from bot.graph import calendars, installing, people
from bot.graph.kit import TRIES, GraphKit, Pause
from bot.graph.wanted import DirectoryWanted, wanted_of
from bot.microsoft.clouds import cloud_of
from bot.microsoft.tokens import MicrosoftTokens
from config.settings import Settings
from training.directory.calendars import AgencyCalendars, CalendarEntry
from training.directory.model import AgencyDirectory, AppAtPerson, DirectoryReading
from training.errors import RollcallError

ResultT = TypeVar("ResultT")


class _Graph:
    """Graph, asked from a worker thread. ``tokens``, ``transport`` and ``pause`` are given by tests alone."""

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
        self._settings = settings

    def _apart(self, work: Callable[[GraphKit], Coroutine[Any, Any, ResultT]], tries: int = TRIES) -> ResultT:
        async def begin() -> ResultT:
            kit = GraphKit(
                self._cloud, self._tokens, transport=self._transport, pause=self._pause, tries=tries
            )
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


class GraphDirectory(_Graph, AgencyDirectory):
    """The agency's directory."""

    @property
    def _wanted(self) -> DirectoryWanted:
        return wanted_of(self._settings.graph)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the roster for which it speaks."""
        return self._wanted.columns

    def knock(self) -> None:
        """Ask one question and wait for nothing; RollcallError for what stands in the way."""
        self._apart(lambda kit: people.knock(kit, self._wanted), tries=1)

    def everybody(self) -> DirectoryReading:
        """All of it, and a link to what changes from now on."""
        return self._apart(lambda kit: people.everybody(kit, self._wanted))

    def changes(self, link: str) -> DirectoryReading | None:
        """Who changed since the link was given; None where it leads nowhere any more, or to too many."""
        return self._apart(lambda kit: people.changes(kit, self._wanted, link))

    def install(self, app: str, object_ids: Sequence[str]) -> Iterator[AppAtPerson]:
        """Install the app of this package for these people, one after the other, as far as it comes."""
        done: list[AppAtPerson] = []
        trouble: RollcallError | None = None

        async def all_of_them(kit: GraphKit) -> None:
            async for each in installing.install(kit, app, object_ids):
                done.append(each)  # noqa: PERF401  what came before a failure has to be kept

        try:
            self._apart(all_of_them)
        except RollcallError as error:
            trouble = error
        # What was done is told before what stopped it.
        yield from done
        if trouble is not None:
            raise trouble


class GraphCalendars(_Graph, AgencyCalendars):
    """People's own calendars."""

    def enter(self, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
        """Its id; None for somebody without a calendar."""
        return self._apart(lambda kit: calendars.enter(kit, object_id, entry, transaction))

    def change(self, object_id: str, event_id: str, entry: CalendarEntry) -> bool:
        """It says this now; False where it is not there any more."""
        return self._apart(lambda kit: calendars.change(kit, object_id, event_id, entry))

    def remove(self, object_id: str, event_id: str) -> None:
        """It is not there any more, whoever took it away."""
        self._apart(lambda kit: calendars.remove(kit, object_id, event_id))
