"""Which pages of people's own stand open on a channel and show something that is no longer true?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from db.queries import accounts, agencies
from db.records.facts import AgencyId
from db.records.work import HomePage
from db.unit_of_work import reading, working
from training.office import Office, local_day, shared_now

# Pages brought up to date in one go; the rest follow a moment later.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Showing:
    """What a page is about to show: the moment where the agency is, its name, and which standing is kept."""

    at: datetime
    agency_name: str
    standing: str


def about_to_show(office: Office, agency_id: AgencyId, person_id: int | None) -> Showing:
    """Read before the page is made: whatever changes in between brings it up again."""
    with reading(office.engine) as conn:
        agency = agencies.agency(conn, agency_id).fact
        standing = "" if person_id is None else accounts.standing_shown(conn, agency_id, person_id)
        now = shared_now(office, conn)
    return Showing(now.astimezone(ZoneInfo(agency.time_zone)), agency.name, standing)


def keep(office: Office, agency_id: AgencyId, page: HomePage) -> None:
    """The page is open and shows this."""
    with working(office.engine) as conn:
        accounts.keep_page(conn, agency_id, page, shared_now(office, conn))


def still_behind(office: Office, agency_id: AgencyId, page: HomePage) -> int | None:
    """Whose page it is at this moment; None when the account is no longer that of whom it showed."""
    with reading(office.engine) as conn:
        owner = accounts.owner(conn, agency_id, page.channel, page.address, page.account)
    return owner if owner == page.person_id else None


def forget(office: Office, agency_id: AgencyId, page: HomePage) -> None:
    """The page is nobody's."""
    with working(office.engine) as conn:
        accounts.forget_page(conn, agency_id, page)


def behind(office: Office, channel: str) -> Iterator[tuple[AgencyId, HomePage]]:
    """Pages whose person was judged again, or that show yesterday's numbers."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        found = []
        for agency_id in agencies.agencies(conn):
            zone = agencies.agency(conn, agency_id).fact.time_zone
            midnight = datetime.combine(local_day(now, zone), time.min, ZoneInfo(zone))
            pages = accounts.pages_behind(conn, agency_id, channel, midnight=midnight, limit=BATCH)
            found += [(agency_id, page) for page in pages]
    yield from found
