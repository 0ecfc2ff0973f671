"""What of the directory is the agency's, and where does its badge stand? As the settings say it."""

from dataclasses import dataclass
from typing import Final

from config.directory import listed
from config.settings import Graph

EXTENSION: Final = "extensionAttribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryWanted:
    """``badge``: the property that holds it. ``columns``: of the roster, for which it speaks. ``group``: whose
    members alone are the agency's, empty for everybody with a badge. ``units``: groups that are units; without any the
    unit is the department."""

    badge: str
    columns: tuple[str, ...]
    group: str = ""
    units: tuple[str, ...] = ()

    @property
    def badge_property(self) -> str:
        """What has to be named for Graph to give the badge."""
        return "onPremisesExtensionAttributes" if self.badge.startswith(EXTENSION) else self.badge


def wanted_of(graph: Graph) -> DirectoryWanted:
    """As the settings say it."""
    return DirectoryWanted(
        badge=graph.badge,
        columns=listed(graph.columns),
        group=graph.group or "",
        units=listed(graph.unit_groups or ""),
    )
