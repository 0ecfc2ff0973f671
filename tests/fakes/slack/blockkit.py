"""What would Slack refuse about these blocks or this view?"""

from collections.abc import Mapping
from typing import Any, Literal

Surface = Literal["message", "home", "modal"]


def problems(surface: Surface, payload: Mapping[str, Any]) -> list[str]:
    """One line for each fault: where, a colon, what."""
    found = []
    if surface == "message" and not payload.get("text"):
        found.append("text: is needed beside the blocks")
    blocks = payload.get("blocks")
    if not isinstance(blocks, list):
        return [*found, "blocks: are missing"]
    most = 50 if surface == "message" else 100
    if len(blocks) > most:
        found.append(f"blocks: are {len(blocks)}, more than {most}")
    return found
