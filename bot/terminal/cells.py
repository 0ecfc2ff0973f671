"""How is so much of so much drawn in characters, as wide as there is room for?"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

MOST_CELLS = 20
FEWEST_CELLS = 4
FRAME = 2


@dataclass(frozen=True, slots=True)
class Cells:
    """``[######....]``; more than all of it is full, and of nothing everything is done."""

    value: Decimal
    of: Decimal

    def text(self, cells: int = MOST_CELLS) -> str:
        """The bar in so many cells; a cell is filled when all of it is done."""
        share = min(self.value / self.of, Decimal(1)) if self.of else Decimal(1)
        filled = int(share * cells)
        return f"[{'#' * filled}{'.' * (cells - filled)}]"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        room = options.max_width - FRAME
        yield Text(self.text(max(min(room, MOST_CELLS), 1)), no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(
            min(FEWEST_CELLS + FRAME, options.max_width), min(MOST_CELLS + FRAME, options.max_width)
        )
