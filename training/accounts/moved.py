"""Is an account still that of the person whom something is for? Asked at the moment of sending: what waited may be
about somebody whose account this was."""

from db.queries import accounts
from db.unit_of_work import reading
from training.ledger.parcels import Parcel
from training.office import Office

# Why something is not sent to an account.
MOVED = "account-moved"


def moved_on(office: Office, parcel: Parcel) -> bool:
    """Whether the account was theirs once and is no more."""
    route = parcel.route
    if parcel.person_id is None:
        return False
    account = route.account or route.place
    with reading(office.engine) as conn:
        return accounts.was_once_of(
            conn, parcel.agency_id, parcel.person_id, route.channel, route.address, account
        )
