"""Who is behind an account of a chat tool? Found once by the roster's address, kept, and ended with the employment.

Never by a name, and never by what the account says of itself later.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import accounts, agencies, people
from db.queries import links as links_given
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, ChannelAccount, ContactKind, Door, MatchedBy
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer, reading, writing
from messages.introduction import NOTICE, IntroductionFacts, introduction
from messages.words import Words
from training.audit import AuditTag
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now

INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a channel names it: the workspace or tenant, and the id it has there."""

    channel: str
    address: str
    account: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was made now; ``introduction`` is the first message to this person, if there is one to send."""

    person_id: int
    introduction: str | None


def open_first_door(
    office: Office, channel: str, address: str, *, besides: Sequence[str] = ()
) -> AgencyId | None:
    """The settings make the first row: with one agency and no door of this channel yet, this one is its.

    None where it cannot be told whose it is. ``besides``: addresses of nobody's, of doors that were only tried.
    """
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        taken = agencies.at_door(conn, channel, address)
        others = [
            door.fact
            for each in numbers
            for door in agencies.doors(conn, each)
            if door.fact.channel == channel and door.fact.address not in besides
        ]
        now = shared_now(office, conn)
    if taken is not None or len(numbers) != 1 or others:
        return taken
    (agency_id,) = numbers
    with writing(office.engine, agency_id, at=now, channel=channel) as writer:
        # Another process may have been first: the chain's lock is ours now.
        if agencies.at_door(writer.conn, channel, address) is None:
            writer.record(Door(channel=channel, address=address))
            writer.audit(AuditDraft(tag=AuditTag.DOOR_OPENED, data={"channel": channel, "address": address}))
    return agency_id


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose door something came through, and whose account it came from; nobody's until it is linked."""

    agency_id: AgencyId
    agency_name: str
    person_id: int | None


def behind(office: Office, channel: str, addresses: Sequence[str], account: str) -> Behind | None:
    """Agency and person, in one snapshot; None where no agency has this door. The last address is the account's."""
    with reading(office.engine) as conn:
        for address in addresses:
            agency_id = agencies.at_door(conn, channel, address)
            if agency_id is not None:
                name = agencies.agency(conn, agency_id).fact.name
                person_id = accounts.owner(conn, agency_id, channel, addresses[-1], account)
                return Behind(agency_id, name, person_id)
    return None


def badge_of(office: Office, agency_id: AgencyId, channel: str, address: str, account: str) -> str:
    """The badge of whoever has this account; empty for nobody."""
    with reading(office.engine) as conn:
        person_id = accounts.owner(conn, agency_id, channel, address, account)
        found = () if person_id is None else people.by_ids(conn, agency_id, [person_id])
    return found[0].employment.fact.badge_number if found else ""


def candidates(office: Office, agency_id: AgencyId, email: str) -> tuple[int, ...]:
    """Everybody at the agency with this address: whoever works there, and only else whoever has left."""
    with reading(office.engine) as conn:
        found = people.by_contact(conn, agency_id, ContactKind.EMAIL, email.strip().casefold())
    employed = [each for each in found if each.employment.fact.ended_on is None]
    return tuple(sorted({each.person_id for each in employed or found}))


def link(
    office: Office,
    agency_id: AgencyId,
    account: Account,
    person_id: int,
    matched_by: MatchedBy,
    words: Words,
    *,
    actor_id: int | None = None,
) -> Linked | None:
    """The account is this person's from now on, and Rollcall introduces itself there, once in a lifetime.

    None when it is already somebody else's: that is for a person to sort out.
    """
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with writing(office.engine, agency_id, at=now, actor_id=actor_id, channel=account.channel) as writer:
        held = accounts.links(writer.conn, agency_id, account.channel, account.address, account.account)
        if any(each.fact.person_id != person_id for each in held):
            return None
        if not held:
            writer.audit(linked_to(writer, account, person_id, matched_by))
        return Linked(person_id, introduce(writer, office, account, person_id, words))


def linked_to(
    writer: Writer, account: Account, person_id: int, matched_by: MatchedBy, **more: object
) -> AuditDraft:
    """The account is kept as this person's; the entry that says so."""
    writer.record(
        ChannelAccount(
            person_id=person_id,
            channel=account.channel,
            address=account.address,
            account=account.account,
            matched_by=matched_by,
        )
    )
    data = {**more, "matched_by": matched_by.value}
    return AuditDraft(tag=AuditTag.ACCOUNT_LINKED, subject_id=person_id, data=data)


def take_away(writer: Writer, link_id: int, person_id: int) -> None:
    """One link of an account ends, and with it what the account was given to open for its owner."""
    writer.withdraw(link_id, ChannelAccount)
    links_given.end_all_of(writer.conn, writer.agency_id, person_id)


def let_go(writer: Writer, account: Account, why: str) -> list[AuditDraft]:
    """Every link of the account ends; the entries that say so, one a link."""
    held = accounts.links(writer.conn, writer.agency_id, account.channel, account.address, account.account)
    for each in held:
        take_away(writer, each.id, each.fact.person_id)
    return [
        AuditDraft(tag=AuditTag.ACCOUNT_UNLINKED, subject_id=each.fact.person_id, data={"why": why})
        for each in held
    ]


def unlink(office: Office, agency_id: AgencyId, account: Account, why: str) -> int:
    """The account is nobody's any more; how many links ended."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        if not accounts.links(conn, agency_id, account.channel, account.address, account.account):
            return 0
    with writing(office.engine, agency_id, at=now, channel=account.channel) as writer:
        ended = let_go(writer, account, why)
        writer.audit(*ended)
        outdate(writer, account)
    return len(ended)


def outdate(writer: Writer, account: Account) -> None:
    """Whatever page of its own stands open at the account shows somebody who is no longer behind it."""
    accounts.outdate_pages(writer.conn, writer.agency_id, account.channel, account.address, account.account)


def introduce(writer: Writer, office: Office, account: Account, person_id: int, words: Words) -> str | None:
    """Plan Rollcall's first message to somebody, once in a lifetime and notice; its id."""
    agency = agencies.agency(writer.conn, writer.agency_id).fact
    said = ToSay(
        person_id=person_id,
        message=introduction(IntroductionFacts(agency.name), words),
        # The channel opens the conversation; where it did is asked for by the account.
        routes=(
            Destination(
                channel=account.channel,
                address=account.address,
                place=account.account,
                account=account.account,
            ),
        ),
        about=f"{INTRODUCTION} {NOTICE}",
        occasion=Occasion(agency_id=writer.agency_id, person_id=person_id, subject=INTRODUCTION, step=NOTICE),
    )
    return plan(writer, office.keys, said, now=writer.at)
