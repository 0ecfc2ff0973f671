"""By which ways is somebody told something that they did not just ask for, and in which order?"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from db.queries import accounts, agencies, people, phones, reminders
from db.records.facts import AgencyId, ChannelAccount, ContactKind, Kept, PersonAtAgency
from db.records.ledger import Destination
from db.records.phones import ConsentWord
from training.office import Office

# The local desk as an address: panes of this process.
DESK = "local-desk"
DESK_CHANNEL = "desk"
TEXTS, EMAIL = "sms", "email"


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


def ways_to(
    office: Office, conn: Connection, agency_id: AgencyId, person_id: int, order: Sequence[str]
) -> tuple[Destination, ...]:
    """Every way that exists to somebody at this moment, one on each channel: those they wished for first, then by the
    agency's order. A channel that is not in the agency's order is not used."""
    wish = reminders.wish(conn, agency_id, person_id)
    wished = () if wish is None else wish.fact.channels
    found = _ways(office, conn, agency_id, person_id)
    in_order = dict.fromkeys((*(each for each in wished if each in order), *order))
    return tuple(found[each] for each in in_order if each in found)


def _ways(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Mapping[str, Destination]:
    ways: dict[str, Destination] = {}
    for kept in accounts.of_person(conn, agency_id, person_id):
        link = kept.fact
        if link.channel not in ways and (
            link.channel != TEXTS or _wants_texts(conn, agency_id, link.account)
        ):
            ways[link.channel] = Destination(
                channel=link.channel, address=link.address, place=link.account, account=link.account
            )
    points = people.contact_points(conn, agency_id, [person_id])
    held = {kind: [each.fact.value for each in points if each.fact.kind is kind] for kind in ContactKind}
    mail = [each.fact.address for each in agencies.doors(conn, agency_id) if each.fact.channel == EMAIL]
    if mail and held[ContactKind.EMAIL]:
        own = held[ContactKind.EMAIL][0]
        ways[EMAIL] = Destination(channel=EMAIL, address=mail[0], place=own, account=own)
    if office.local_desk:
        ways |= _panes(conn, agency_id, person_id, has_phone=bool(held[ContactKind.MOBILE]))
    return ways


def _wants_texts(conn: Connection, agency_id: AgencyId, number: str) -> bool:
    """A number is linked by a code that is its owner's consent; whatever was said about it since holds."""
    kept = phones.consent(conn, agency_id, number)
    return kept is None or kept.fact.word is ConsentWord.GIVEN


def _panes(
    conn: Connection, agency_id: AgencyId, person_id: int, *, has_phone: bool
) -> Mapping[str, Destination]:
    """At a local desk: somebody's pane, and the phone beside it where the roster has one of theirs."""
    badges = [each.employment.fact.badge_number for each in people.by_ids(conn, agency_id, [person_id])]
    return {
        channel: Destination(channel=channel, address=DESK, place=badge, account=badge)
        for badge in badges[:1]
        for channel in ((TEXTS, DESK_CHANNEL) if has_phone else (DESK_CHANNEL,))
    }
