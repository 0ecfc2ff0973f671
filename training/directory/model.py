"""Whom does the agency's directory hold? What is asked of it, as the directory says it and before anybody judges it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPerson:
    """One account. Texts are as they stand there, empty for nothing; ``badge`` from where the settings say."""

    object_id: str
    badge: str = ""
    given: str = ""
    family: str = ""
    email: str = ""
    mobile_phone: str = ""
    job_title: str = ""
    unit: str = ""
    supervisor_badge: str = ""
    hired_on: date | None = None
    enabled: bool = True
    guest: bool = False
    outside: bool = False  # not in the group that makes somebody the agency's


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryReading:
    """What was read. ``whole``: everybody, not only who changed. ``link``: where to go on once this is written."""

    people: tuple[DirectoryPerson, ...]
    removed: tuple[str, ...] = ()  # ids that the directory has no more
    link: str = ""
    whole: bool = True


class AgencyDirectory(Protocol):
    """The agency's Microsoft directory. Called from worker threads and commands, never from the event loop; what goes
    wrong is a RollcallError."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the roster for which it speaks."""
        ...

    def everybody(self) -> DirectoryReading:
        """All of it, and a link to what changes from now on."""
        ...

    def changes(self, link: str) -> DirectoryReading | None:
        """Who changed since the link was given; None where it leads nowhere any more, or to too many."""
        ...
