"""What somebody said about all reminders of an agency at once."""

from dataclasses import dataclass
from enum import StrEnum

from db.records.facts import Fact


class SwitchWord(StrEnum):
    """Stop them, let them go again, or let a great many go that wait."""

    PAUSED = "paused"
    RESUMED = "resumed"
    GO_AHEAD = "go-ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSwitch(Fact):
    """A word of a named person about every reminder of the agency. ``item_id`` holds their reason, where one is
    asked for."""

    word: SwitchWord
    item_id: int | None = None
