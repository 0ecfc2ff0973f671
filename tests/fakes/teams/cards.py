"""Would Teams show this Adaptive Card? The least that every card needs."""

from typing import Any


def check_card(card: Any, *, is_dialog: bool = False) -> list[str]:
    """What is wrong with a card of a message or, when ``is_dialog``, of a dialog; empty when nothing is."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["no Adaptive Card"]
    found = []
    if card.get("version") not in {f"1.{minor}" for minor in range(6)}:
        found.append(f"version {card.get('version')!r}")
    if not isinstance(card.get("body"), list) or not all(isinstance(each, dict) for each in card["body"]):
        found.append("no list of elements for a body")
        return found
    if not is_dialog and any(str(each.get("type")).startswith("Input.") for each in card["body"]):
        found.append("inputs in a message")
    return found
