"""By which ways is somebody told something that they did not just ask for, and in which order?"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

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


def channels_of(
    conn: Connection,
    agency_id: AgencyId,
    links: Sequence[ChannelAccount],
    unwanted: Collection[str],
    person_ids: Collection[int],
) -> Mapping[int, frozenset[str]]:
    """The channels on which each of these people is reached, in two statements, a local desk apart. ``links`` are
    everybody's, and ``unwanted`` the numbers whose owners want no texts."""
    mail = _mail_door(conn, agency_id)
    emails = {
        each.fact.person_id: each.fact.value
        for each in reversed(people.contact_points(conn, agency_id, list(person_ids)))
        if each.fact.kind is ContactKind.EMAIL
    }
    own: dict[int, list[ChannelAccount]] = {}
    for link in links:
        own.setdefault(link.person_id, []).append(link)
    return {
        who: frozenset(_linked(own.get(who, ()), unwanted.__contains__, mail, emails.get(who, "")))
        for who in person_ids
    }


def _ways(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Mapping[str, Destination]:
    points = people.contact_points(conn, agency_id, [person_id])
    held = {kind: [each.fact.value for each in points if each.fact.kind is kind] for kind in ContactKind}
    ways = _linked(
        [each.fact for each in accounts.of_person(conn, agency_id, person_id)],
        lambda number: not _wants_texts(conn, agency_id, number),
        _mail_door(conn, agency_id),
        next(iter(held[ContactKind.EMAIL]), ""),
    )
    if office.local_desk:
        ways |= _panes(conn, agency_id, person_id, has_phone=bool(held[ContactKind.MOBILE]))
    return ways


def _linked(
    links: Iterable[ChannelAccount], is_unwanted: Callable[[str], bool], mail: str, email: str
) -> dict[str, Destination]:
    """One way on each channel: the newest account, a number only where its owner wants texts, and the address where
    letters go out from ``mail``."""
    ways: dict[str, Destination] = {}
    for link in links:
        if link.channel not in ways and (link.channel != TEXTS or not is_unwanted(link.account)):
            ways[link.channel] = Destination(
                channel=link.channel, address=link.address, place=link.account, account=link.account
            )
    if mail and email:
        ways[EMAIL] = Destination(channel=EMAIL, address=mail, place=email, account=email)
    return ways


def _mail_door(conn: Connection, agency_id: AgencyId) -> str:
    doors = agencies.doors(conn, agency_id)
    return next((each.fact.address for each in doors if each.fact.channel == EMAIL), "")


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
