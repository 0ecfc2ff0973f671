"""Which button was pressed? Its route stands in its id and its value beside it; whatever else comes back is nothing.

A value is an id and no permission: who may do what is asked again by whoever answers.
"""

import re

from bot.drawing import seen
from bot.slack import limits
from messages.model import Button

# A route as the handlers name it, and the number of the button in its message.
_PRESSED = re.compile(r"([a-z][a-z0-9-]*):[0-9]{1,4}")
# Slack reports as well that a link was followed; its id is no route.
LINK = "link/"


def action_id(button: Button, number: int) -> str:
    """What Slack calls the button; ``number`` tells it apart from the others of the message."""
    return f"{button.route}:{number}"


def press(action_id: object, value: object) -> tuple[str, str] | None:
    """Route and value of a pressed button, from what Slack sent; None for anything that is none of ours."""
    if not isinstance(action_id, str) or len(action_id) > limits.IDENTIFIER:
        return None
    found = _PRESSED.fullmatch(action_id)
    said = "" if value is None else value
    if found is None or not isinstance(said, str) or seen.length(said) > limits.BUTTON_VALUE:
        return None
    return (found[1], said) if said.isprintable() else None
