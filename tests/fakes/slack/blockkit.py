"""What would Slack refuse about these blocks or this view?"""

from collections.abc import Mapping
from typing import Any, Literal

Surface = Literal["message", "home", "modal"]


def problems(surface: Surface, payload: Mapping[str, Any]) -> list[str]:
    """One line for each fault, as Slack words it."""
    blocks = payload.get("blocks")
    if not isinstance(blocks, list):
        return ["missing required field: blocks [json-pointer:/blocks]"]
    most = 50 if surface == "message" else 100
    return [f"no more than {most} items allowed [json-pointer:/blocks]"] if len(blocks) > most else []
