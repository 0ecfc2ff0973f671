"""A directory that says what the story gives it, and the command that follows it."""

import argparse
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.commands import directory as command
from config.settings import Settings
from tests.scenario.import_cast import Desk
from training.directory.model import (
    AgencyDirectory,
    AppAtPerson,
    DirectoryPerson,
    DirectoryReading,
    InstallOutcome,
)
from training.errors import RollcallError

TEXT = ("email", "rank", "unit", "supervisor_badge")


def entry(number: int) -> str:
    """The id of an entry of the directory, with a number to know it by."""
    return f"6f1e0000-0000-4000-8000-{number:012}"


def somebody(number: int, given: str, family: str, **more: Any) -> DirectoryPerson:
    """An account with a badge of its own."""
    return replace(
        DirectoryPerson(object_id=entry(number), badge=str(number), given=given, family=family), **more
    )


@dataclass(slots=True)
class CannedDirectory(AgencyDirectory):
    """``asked``: how it was asked, in order; ``stale``: its links lead nowhere any more."""

    people: list[DirectoryPerson] = field(default_factory=list)
    changed: list[DirectoryPerson] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    speaks_for: tuple[str, ...] = TEXT
    stale: bool = False
    asked: list[str] = field(default_factory=list)
    outcomes: dict[str, InstallOutcome] = field(default_factory=dict)
    stops: RollcallError | None = None  # after the last of them

    @property
    def columns(self) -> tuple[str, ...]:
        return self.speaks_for

    def knock(self) -> None:
        if self.stops is not None:
            raise self.stops

    def everybody(self) -> DirectoryReading:
        self.asked.append("everybody")
        return DirectoryReading(people=tuple(self.people), link=f"link-{len(self.asked)}")

    def changes(self, link: str) -> DirectoryReading | None:
        self.asked.append(link)
        if self.stale:
            return None
        changed, removed = tuple(self.changed), tuple(self.removed)
        return DirectoryReading(people=changed, removed=removed, link=f"link-{len(self.asked)}", whole=False)

    def install(self, app: str, object_ids: Sequence[str]) -> Iterator[AppAtPerson]:
        self.asked.append(app)
        for each in object_ids:
            if self.stops is not None and each not in self.outcomes:
                raise self.stops
            yield AppAtPerson(each, self.outcomes.get(each, InstallOutcome.INSTALLED))


def follow(desk: Desk, directory: CannedDirectory, *options: str) -> tuple[int, str]:
    """Run the command; its code and all that it says. RollcallError as it is raised."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out = io.StringIO()
    code = command.follow(
        parser.parse_args(options),
        desk.office,
        desk.agency_id,
        directory,
        settings=Settings.model_construct(),
        out=out,
        aside=out,
    )
    return code, out.getvalue()
