"""What of a message has room in one card? Its beginning, six buttons and the other ones, and how much more there is."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.drawing.fitting import Room, fitted
from bot.teams import limits
from bot.teams.cards import CardPiece, Element, card


@dataclass(frozen=True, slots=True)
class FittedCard:
    """The card, and how many lines and buttons had no room."""

    card: Element
    left: int


def fitted_card(
    body: Sequence[CardPiece],
    rest: Sequence[CardPiece],
    bar: Sequence[CardPiece],
    more: Callable[[int], Sequence[CardPiece]],
    fallback: str,
) -> FittedCard:
    """The card. ``bar`` are its buttons; ``rest`` is what had no room among them, and stands above them."""
    frame = units(card((), ({},), fallback))
    # Nothing counts the elements of a card; only their size does.
    room = Room(sys.maxsize, limits.CARD_UNITS - frame)
    found = fitted(body, [*bar, *rest], more, room, lambda piece: units(piece.element) + 1)
    kept = [each.element for each in found.buttons]
    buttons = min(len(bar), len(kept))
    above = [each.element for each in found.body]
    return FittedCard(card([*above, *kept[buttons:]], kept[:buttons], fallback), found.left)


def units(value: object) -> int:
    """How much it takes when it is sent, in UTF-16."""
    sent = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(sent.encode("utf-16-le", "surrogatepass")) // 2
