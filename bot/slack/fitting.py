"""What stays when a message is more than Slack takes? The beginning, the buttons, and how much there is for MORE."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.slack import limits
from bot.slack.blocks import Block, BlockPiece

# Of the blocks and of their size, what the buttons under a message may take at most.
SHARE_OF_BUTTONS = 2


@dataclass(frozen=True, slots=True)
class Room:
    """How many blocks a surface takes, and how many bytes of them."""

    blocks: int
    bytes: int

    def holds(self, pieces: Sequence[BlockPiece], nonce: str) -> bool:
        return len(pieces) <= self.blocks and sum(_size(each, nonce) for each in pieces) <= self.bytes


@dataclass(frozen=True, slots=True)
class FittedBlocks:
    """The blocks, and how many lines and buttons had no room."""

    blocks: tuple[Block, ...]
    left: int


def fitted(
    body: Sequence[BlockPiece],
    buttons: Sequence[BlockPiece],
    more: Callable[[int], Sequence[BlockPiece]],
    room: Room,
    nonce: str,
) -> FittedBlocks:
    """Everything, or as much as fits before ``more``, which says how many lines are left, and the buttons."""
    if room.holds([*body, *buttons], nonce):
        return FittedBlocks(_with_ids([*body, *buttons], nonce), 0)
    share = Room(room.blocks // SHARE_OF_BUTTONS, room.bytes // SHARE_OF_BUTTONS)
    kept_buttons = _beginning(buttons, share, nonce)
    # The note is as long as its longest number, so that the room it needs does not depend on what is left.
    most = sum(each.lines for each in (*body, *buttons))
    end = [*more(most), *kept_buttons]
    size = sum(_size(each, nonce) for each in end)
    kept = _beginning(body, Room(room.blocks - len(end), room.bytes - size), nonce)
    while len(kept) > 1 and kept[-1].heads:
        kept.pop()
    left = most - sum(each.lines for each in (*kept, *kept_buttons))
    return FittedBlocks(_with_ids([*kept, *more(left), *kept_buttons], nonce), left)


def _beginning(pieces: Sequence[BlockPiece], room: Room, nonce: str) -> list[BlockPiece]:
    kept: list[BlockPiece] = []
    used = 0
    for each in pieces:
        used += _size(each, nonce)
        if len(kept) == room.blocks or used > room.bytes:
            break
        kept.append(each)
    return kept


def _size(piece: BlockPiece, nonce: str) -> int:
    text = json.dumps(piece.block, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode()) + len(nonce.encode()) + limits.COST_OF_A_BLOCK


def _with_ids(pieces: Sequence[BlockPiece], nonce: str) -> tuple[Block, ...]:
    return tuple(
        {"type": piece.block["type"], "block_id": f"{nonce}.{number}"} | piece.block
        for number, piece in enumerate(pieces)
    )
