"""Does every door by which something goes out say whether it can change what it said?"""

from bot.desk.seats import CHANNELS
from bot.doors import DOORS
from training.ledger.changing import CHANGES


def test_every_door_by_which_something_goes_out_says_whether_it_can_change_what_it_said() -> None:
    staffed = {vars(door.staff)["name"] for door in DOORS if door.staff is not None}
    assert staffed | set(CHANNELS.values()) == set(CHANGES)
