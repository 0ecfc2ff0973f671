"""Where can something be changed after it was said, and how is it put in the place of what stands there?"""

from collections.abc import Mapping
from dataclasses import replace

from db.records.ledger import Delivery, Destination, QueueState, Way
from training.ledger.routes import DESK_CHANNEL, EMAIL, TEXTS

# Of each door by which something goes out: whether its carrier puts a ``Way.UPDATE`` in the place of the message that
# its ``target`` names. A door that is not here changes nothing.
CHANGES: Mapping[str, bool] = {
    "slack": True,
    "teams": True,
    DESK_CHANNEL: True,
    TEXTS: False,
    EMAIL: False,
}


def can_change(said: Delivery) -> bool:
    """Whether it was put somewhere for good, and can become something else there."""
    there = said.state is QueueState.DONE and bool(said.ref) and said.route.way is Way.POST
    return there and CHANGES.get(said.route.channel, False)


def in_its_place(said: Delivery) -> Destination:
    """The way to where it stands."""
    return replace(said.route, place=said.sent_in or said.route.place, way=Way.UPDATE, target=said.ref)
