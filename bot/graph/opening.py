"""How is the directory opened where its kit may not be installed, and is heavy where it is? When it is first asked."""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.graph.wanted import wanted_of
from config.settings import Settings
from training.directory.calendars import AgencyCalendars, CalendarEntry
from training.directory.model import AgencyDirectory, AppAtPerson, DirectoryReading


def directory_of(settings: Settings) -> AgencyDirectory | None:
    """The agency's directory; None where nobody switched it on. Nothing of the kit is loaded before it is asked."""
    return _WhenAsked(settings) if settings.graph.roster and settings.teams.is_on else None


def calendars_of(settings: Settings) -> AgencyCalendars | None:
    """People's own calendars; None where nobody switched them on."""
    return _CalendarsWhenAsked(settings) if settings.graph.calendar and settings.teams.is_on else None


class _WhenAsked(AgencyDirectory):
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def columns(self) -> tuple[str, ...]:
        return wanted_of(self._settings.graph).columns

    def knock(self) -> None:
        self._open().knock()

    def everybody(self) -> DirectoryReading:
        return self._open().everybody()

    def changes(self, link: str) -> DirectoryReading | None:
        return self._open().changes(link)

    def install(self, app: str, object_ids: Sequence[str]) -> Iterator[AppAtPerson]:
        return self._open().install(app, object_ids)

    def _open(self) -> AgencyDirectory:
        from bot.graph.directory import GraphDirectory  # noqa: PLC0415  an extra, and half a second of work

        return GraphDirectory(self._settings)


class _CalendarsWhenAsked(AgencyCalendars):
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def enter(self, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
        return self._open().enter(object_id, entry, transaction)

    def change(self, object_id: str, event_id: str, entry: CalendarEntry) -> bool:
        return self._open().change(object_id, event_id, entry)

    def remove(self, object_id: str, event_id: str) -> None:
        self._open().remove(object_id, event_id)

    @cache  # noqa: B019  one for the life of the service: its token is kept
    def _open(self) -> AgencyCalendars:
        from bot.graph.directory import GraphCalendars  # noqa: PLC0415  an extra, and half a second of work

        return GraphCalendars(self._settings)
