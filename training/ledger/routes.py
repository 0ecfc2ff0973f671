"""By which way is somebody told something that they did not just ask for?"""

from db.records.facts import ChannelAccount, Kept, PersonAtAgency
from db.records.ledger import Destination
from training.office import Office

# The local desk as an address: panes of this process.
DESK = "local-desk"
DESK_CHANNEL = "desk"


def to_person(
    office: Office, person: PersonAtAgency, link: Kept[ChannelAccount] | None
) -> Destination | None:
    """To their account of a chat tool; without one to their pane, where a local desk is open; None where there is
    neither."""
    if link is not None:
        account = link.fact
        return Destination(channel=account.channel, address=account.address, place=account.account)
    if not office.local_desk:
        return None
    badge = person.employment.fact.badge_number
    return Destination(channel=DESK_CHANNEL, address=DESK, place=badge, account=badge)
