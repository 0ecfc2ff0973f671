"""Who is sent a code for a phone by e-mail, and how often? Whoever the roster has this very number for, and whomever a
coordinator names.

Whoever asks from a number learns nothing by it: see [decision 0033](../docs/decisions/0033-codes-by-e-mail.md).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from db.queries import agencies, people, sent_before
from db.records.facts import AgencyId, ContactKind
from db.records.ledger import Destination
from db.unit_of_work import Writer
from messages import phones as say
from messages.kinds import MessageKind
from messages.words import Words
from training.ledger.recipients import may_be_written_to
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now
from training.phones import phones

CHANNEL = "email"
# So many letters to one address, and so many answers to one number, in that time.
MOST_CODES, MOST_CODES_IN = 3, timedelta(minutes=60)
# What is of no use once the code in it is over.
CODE_KINDS = frozenset({MessageKind.PHONE_CODE_LETTER})


class NoLetter(StrEnum):
    """Why nobody is sent a code by e-mail."""

    OFF = "off"  # mail is not set up
    NO_ADDRESS = "no-address"  # the roster has none, or none that is theirs alone
    TOO_OFTEN = "too-often"


def is_on(conn: Connection, agency_id: AgencyId) -> bool:
    """Whether the agency's mail goes out from here."""
    return bool(_addresses(conn, agency_id, CHANNEL))


def our_number(conn: Connection, agency_id: AgencyId) -> str:
    """The number to text a code to; empty where there are several, or a service with numbers of its own."""
    ours = _addresses(conn, agency_id, phones.CHANNEL)
    return ours[0] if len(ours) == 1 and ours[0][:1] in "+0123456789" else ""


def way_to(conn: Connection, agency_id: AgencyId, person_id: int, now: datetime) -> Destination | NoLetter:
    """Where a code for this person goes, or why none does."""
    ours = _addresses(conn, agency_id, CHANNEL)
    if not ours:
        return NoLetter.OFF
    points = people.contact_points(conn, agency_id, [person_id])
    held = [each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL]
    own = [each for each in held if _serving(conn, agency_id, ContactKind.EMAIL, each, now) == [person_id]]
    if not own:
        return NoLetter.NO_ADDRESS
    route = Destination(channel=CHANNEL, address=ours[0], place=own[0], account=own[0])
    since = now - MOST_CODES_IN
    sent = sent_before.times_said(conn, agency_id, route, MessageKind.PHONE_CODE_LETTER.value, since=since)
    return NoLetter.TOO_OFTEN if sent >= MOST_CODES else route


def post(writer: Writer, office: Office, person_id: int, route: Destination, words: Words) -> None:
    """A new code on its way to this person; an earlier one is over."""
    code = phones.new_code()
    phones.keep_code(writer, office.keys, person_id, code)
    facts = say.CodeFacts(
        agency=agencies.agency(writer.conn, writer.agency_id).fact.name,
        code=code,
        number=our_number(writer.conn, writer.agency_id),
        minutes=int(phones.CODE_LASTS.total_seconds() // 60),
    )
    said = ToSay(
        person_id=person_id,
        message=say.phone_code_letter(facts, words),
        routes=(route,),
        about="phone",
        kept=say.phone_code_kept(words),
    )
    plan(writer, office.keys, said, now=shared_now(office, writer.conn))


def post_to_holder(writer: Writer, office: Office, number: str, words: Words) -> None:
    """A code to the one serving person whose number this is on the roster; else nothing, and nobody hears which."""
    holders = _serving(writer.conn, writer.agency_id, ContactKind.MOBILE, number, writer.at)
    if len(holders) != 1:
        return
    (person_id,) = holders
    route = way_to(writer.conn, writer.agency_id, person_id, writer.at)
    if isinstance(route, Destination):
        post(writer, office, person_id, route, words)


def _serving(
    conn: Connection, agency_id: AgencyId, kind: ContactKind, value: str, now: datetime
) -> list[int]:
    found = people.by_contact(conn, agency_id, kind, value)
    return [each.person_id for each in found if may_be_written_to(conn, agency_id, each.person_id, now)]


def _addresses(conn: Connection, agency_id: AgencyId, channel: str) -> list[str]:
    doors = agencies.doors(conn, agency_id)
    return [each.fact.address for each in doors if each.fact.channel == channel]
