"""What goes along with a button, and which was pressed? Its route and its value, and nothing else of ours.

A value is an id and no permission: anybody in the tenant can send any, and whoever answers asks again who may.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.drawing import seen
from bot.drawing.addresses import is_address
from bot.teams import limits
from messages.model import Action, Button, Link

# Where the route stands in what comes back; it also tells our own buttons from any other.
ROUTE, VALUE = "rollcall", "value"
_NAMED = re.compile(r"[a-z][a-z0-9-]*")


def press(data: object) -> tuple[str, str] | None:
    """Route and value of a pressed button, from what Teams sent; None for anything that is none of ours."""
    if not isinstance(data, Mapping):
        return None
    route, value = data.get(ROUTE), data.get(VALUE, "")
    if not isinstance(route, str) or len(route) > limits.ROUTE or not _NAMED.fullmatch(route):
        return None
    if not isinstance(value, str) or seen.length(value) > limits.BUTTON_VALUE or not value.isprintable():
        return None
    return route, value


def can_be_pressed(action: Action) -> bool:
    """Whether it comes back as what it is, or leads to where a person may go."""
    if isinstance(action, Link):
        return is_address(action.href, ("https://",), limits.ADDRESS)
    return press(carried(action)) == (action.route, action.value)


def pressing(action: Action, forms: Collection[str], name: str | None = None) -> dict[str, Any]:
    """What a button does, or a line when it is pressed. ``forms`` are the routes that open a dialog.

    ``name`` is what a screen reader says of a line, empty when it reads the line itself; a button has its label.
    """
    if isinstance(action, Link):
        return {"type": "Action.OpenUrl", **_titled(action, name), "url": action.href}
    return opens_dialog(action, name) if action.route in forms else execute(action, name)


def execute(button: Button, name: str | None = None) -> dict[str, Any]:
    """A press that is answered in place; an older client sends the same as a message."""
    data = carried(button)
    older = {"type": "Action.Submit", **(_titled(button, name) if name is None else {}), "data": data}
    titled = _titled(button, name)
    return {"type": "Action.Execute", **titled, "verb": button.route, "data": data, "fallback": older}


def opens_dialog(button: Button, name: str | None = None) -> dict[str, Any]:
    """A press for which Teams fetches a dialog: that takes the older kind, for every client."""
    data = {"msteams": {"type": "task/fetch"}} | carried(button)
    return {"type": "Action.Submit", **_titled(button, name), "data": data}


def carried(button: Button) -> dict[str, Any]:
    """All that goes along with a button."""
    return {ROUTE: button.route, VALUE: button.value}


def label(action: Action) -> str:
    """What stands on a button: one short line."""
    return seen.cut(seen.line(action.label), limits.BUTTON_TEXT) or seen.NOTHING


def _titled(action: Action, name: str | None) -> dict[str, str]:
    title = label(action) if name is None else name
    return {"title": title} if title else {}
