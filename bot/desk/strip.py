"""What stands beside the talk? Every audit entry as it is written, and every standing that turned by itself."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from db.records.facts import AgencyId
from messages.daybreak import Turn, turn
from messages.trail import LineKind, TrailLine, entry
from messages.words import Words
from training.log.trail import Trail, trail
from training.office import Office

# Older lines go from the page; the record keeps every entry.
MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class StripLine:
    """One line under a key of its own, so that a page knows which ones it has."""

    key: str
    line: TrailLine

    @property
    def is_turn(self) -> bool:
        """Whether it is a computed standing and no entry."""
        return self.line.kind is LineKind.TURN


class Strip:
    """Lines in the order in which they came. It shows everybody to whoever looks, so a demo alone has one."""

    def __init__(self, office: Office, agency_id: AgencyId, words: Words) -> None:
        self._office = office
        self._agency_id = agency_id
        self._words = words
        self._lines: deque[StripLine] = deque(maxlen=MOST_LINES)
        self._last = 0
        self._turns = 0

    @property
    def lines(self) -> tuple[StripLine, ...]:
        """Oldest first."""
        return tuple(self._lines)

    def unread(self) -> Trail:
        """What was written since the last entry that is shown; safe to ask in a worker thread, changes nothing."""
        return trail(self._office, self._agency_id, after=self._last)

    def add(self, new: Trail) -> bool:
        """Show entries; whether there were any."""
        self._lines.extend(
            StripLine(f"entry-{each.position}", entry(each, self._words)) for each in new.entries
        )
        self._last = new.last
        return bool(new.entries)

    def add_turns(self, turns: Iterable[Turn]) -> None:
        """Add standings that turned as a day began."""
        for each in turns:
            self._turns += 1
            self._lines.append(StripLine(f"turn-{self._turns}", turn(each, self._words)))
