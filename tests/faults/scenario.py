"""What is one scenario given, and how is it named?"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.sites import Ground
from tests.faults.tally import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """How large it is, by which dice, and where its installations come from."""

    ground: Ground
    seed: int
    rows: int
    workers: int

    @property
    def kind(self) -> str:
        """On which kind of database."""
        return self.ground.store.kind


@dataclass(frozen=True, slots=True)
class Scenario:
    """One line of the table. ``on``: the kinds of database on which it makes sense."""

    number: int
    name: str
    run: Callable[[Asked], Outcome]
    on: tuple[str, ...]
