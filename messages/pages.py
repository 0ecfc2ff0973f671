"""How much of a long list fits one answer, and which part of it is shown?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

# Lines of a page: what a screen shows without scrolling, and what two texts can hold beside head and reply.
SCREEN_LINES = 10
TEXT_LINES = 3
# Things that are decided one by one: a choice without the line it is about would be a trap.
SCREEN_CHOICES, TEXT_CHOICES = 5, 1
# Doors that carry plain text only.
TEXT_DOORS = frozenset({"sms"})
# Where somebody has files of their own and this program takes none.
TERMINAL = "terminal"


def lines_for(channel: str) -> int:
    """Lines of one page on a channel."""
    return TEXT_LINES if channel in TEXT_DOORS else SCREEN_LINES


def choices_for(channel: str) -> int:
    """Things to decide about on one page of a channel."""
    return TEXT_CHOICES if channel in TEXT_DOORS else SCREEN_CHOICES


@dataclass(frozen=True, slots=True)
class Pages:
    """``asked`` is the page somebody wants; a page beyond the last is the last."""

    total: int
    lines: int
    asked: int

    @property
    def count(self) -> int:
        return max(-(-self.total // self.lines), 1)

    @property
    def page(self) -> int:
        return min(max(self.asked, 1), self.count)

    @property
    def is_last(self) -> bool:
        return self.page == self.count

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items of this page."""
        return items[(self.page - 1) * self.lines : self.page * self.lines]
