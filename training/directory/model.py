"""Whom does the agency's directory hold? What is asked of it, as the directory says it and before anybody judges it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


class InstallOutcome(StrEnum):
    """What came of installing the app; the catalogue holds ``teams-install-<value>`` for each."""

    INSTALLED = "installed"
    THERE = "there"
    NO_ACCOUNT = "no-account"


@dataclass(frozen=True, slots=True)
class AppAtPerson:
    """What came of it at one person."""

    object_id: str
    outcome: InstallOutcome


class AgencyDirectory(Protocol):
    """The agency's Microsoft directory. Called from worker threads and commands, never from the event loop; what goes
    wrong is a RollcallError."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the roster for which it speaks."""
        ...

    def knock(self) -> None:
        """Ask one question and wait for nothing; RollcallError for what stands in the way."""
        ...

    def everybody(self) -> DirectoryReading:
        """All of it, and a link to what changes from now on."""
        ...

    def changes(self, link: str) -> DirectoryReading | None:
        """Who changed since the link was given; None where it leads nowhere any more, or to too many."""
        ...

    def install(self, app: str, object_ids: Sequence[str]) -> Iterator[AppAtPerson]:
        """Install the app of this package for these people, one after the other, as far as it comes."""
        ...
