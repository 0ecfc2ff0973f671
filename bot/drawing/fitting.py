"""What stays when a message is more than a chat takes? The beginning, the buttons, and how much there is for MORE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

# Of the pieces and of their size, what the buttons under a message may take at most.
SHARE_OF_BUTTONS = 2


class Piece(Protocol):
    """One thing that is drawn; ``lines`` is how much it says, ``heads`` when it only says what comes below it."""

    @property
    def lines(self) -> int: ...

    @property
    def heads(self) -> bool: ...


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Room:
    """How many pieces a surface takes, and how much of them."""

    pieces: int
    size: int


@dataclass(frozen=True, slots=True)
class Fitted(Generic[P]):
    """The pieces, and how many lines and buttons had no room."""

    body: tuple[P, ...]
    buttons: tuple[P, ...]
    left: int


def fitted(
    body: Sequence[P],
    buttons: Sequence[P],
    more: Callable[[int], Sequence[P]],
    room: Room,
    size: Callable[[P], int],
) -> Fitted[P]:
    """Everything, or as much as fits before ``more``, which says how many lines are left, and the buttons."""
    everything = (*body, *buttons)
    if len(everything) <= room.pieces and sum(map(size, everything)) <= room.size:
        return Fitted(tuple(body), tuple(buttons), 0)
    share = Room(room.pieces // SHARE_OF_BUTTONS, room.size // SHARE_OF_BUTTONS)
    kept_buttons = _beginning(buttons, share, size)
    # The note is as long as its longest number, so that the room it needs does not depend on what is left.
    most = sum(each.lines for each in everything)
    end = [*more(most), *kept_buttons]
    kept = _beginning(body, Room(room.pieces - len(end), room.size - sum(map(size, end))), size)
    while len(kept) > 1 and kept[-1].heads:
        kept.pop()
    left = most - sum(each.lines for each in (*kept, *kept_buttons))
    return Fitted((*kept, *more(left)), tuple(kept_buttons), left)


def _beginning(pieces: Sequence[P], room: Room, size: Callable[[P], int]) -> list[P]:
    kept: list[P] = []
    used = 0
    for each in pieces:
        used += size(each)
        if len(kept) == room.pieces or used > room.size:
            break
        kept.append(each)
    return kept
