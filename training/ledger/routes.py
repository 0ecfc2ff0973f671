"""By which way is somebody told something that they did not just ask for?"""

from sqlalchemy import Connection

from db.queries import accounts, people
from db.records.facts import AgencyId, ChannelAccount, Kept, PersonAtAgency
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


def ways_to(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[Destination, ...]:
    """Every way to somebody, in the order in which they are tried; empty where there is none."""
    found = people.by_ids(conn, agency_id, [person_id])
    links = accounts.of_person(conn, agency_id, person_id)
    ways = [to_person(office, each, link) for each in found for link in (*links, *([] if links else [None]))]
    return tuple(each for each in ways if each is not None)
