"""How is a link given to one person for one thing, once? Its token is in nobody's hands but theirs: here lies a digest.

Whoever has the token may use it, as whoever has a letter may open it; so it is short-lived, works once, and leads to
one thing. Looking at what a link is does not use it up: chat tools look at every link before a person does.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection

from db.keys import cipher
from db.keys.errors import UnreadableItemError
from db.queries import accounts, links
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Destination
from db.records.links import KeptLink, LinkPurpose
from db.unit_of_work import Writer, reading, working
from training.asking import Question
from training.office import Office, shared_now

log = logging.getLogger(__name__)

# 256 bits: nobody guesses one, however often they try.
TOKEN_BYTES = 32
LASTS: Mapping[LinkPurpose, timedelta] = {
    # Long enough to get back to the car, where the certificate lies; story D.3 says half an hour.
    LinkPurpose.UPLOAD: timedelta(minutes=30),
    # Somebody's paper is behind it, and whoever asked sits in front of the screen.
    LinkPurpose.LOOK: timedelta(minutes=10),
    LinkPurpose.DOWNLOAD: timedelta(minutes=10),
}
PATHS: Mapping[LinkPurpose, str] = {
    LinkPurpose.UPLOAD: "/u/",
    LinkPurpose.LOOK: "/f/",
    LinkPurpose.DOWNLOAD: "/f/",
}

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """A link that works still, as somebody has opened it: for whom it was made and what it carries."""

    agency_id: AgencyId
    person_id: int
    purpose: LinkPurpose
    payload: Payload
    digest: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A link about to be given: its address, and what makes it work, in the transaction of the answer."""

    href: str
    does: Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The conversation in which an upload link was asked for. ``back``: where its answers go, when a channel carries
    them; ``place`` as in a question."""

    channel: str
    place: str = ""
    back: Destination | None = None


def minutes(purpose: LinkPurpose) -> int:
    """How long a link works, for the sentence that gives it."""
    return int(LASTS[purpose].total_seconds() // 60)


def offer(question: Question, purpose: LinkPurpose, payload: Payload) -> Offer | None:
    """A link for the asker; None where this installation has no address that their browser reaches."""
    office = question.office
    if not office.links_at or office.asked_at is not None:
        return None
    token, person_id = new_token(), question.asker.person_id

    def does(writer: Writer) -> Iterable[AuditDraft]:
        issue(writer, office, person_id, purpose, payload, token=token)
        return ()

    return Offer(address(office, purpose, token), does)


def offer_upload(question: Question) -> Offer | None:
    """A link that takes files into the conversation in which the asker is."""
    back = question.back
    payload = {
        "channel": question.channel,
        "place": question.place,
        "back": None
        if back is None
        else {
            "address": back.address,
            "place": back.place,
            "thread": back.thread,
            "account": back.account,
        },
    }
    return offer(question, LinkPurpose.UPLOAD, payload)


def issue(
    writer: Writer,
    office: Office,
    person_id: int,
    purpose: LinkPurpose,
    payload: Payload,
    *,
    token: str = "",
) -> str:
    """A link for one person, in the transaction of what it belongs to; its token, which is kept nowhere."""
    token = token or new_token()
    digest = digest_of(token)
    place = _place(writer.agency_id, person_id, purpose, digest)
    closed = cipher.seal(office.keys.work_key(), json.dumps(payload).encode(), place)
    links.keep(
        writer.conn,
        KeptLink(
            agency_id=writer.agency_id,
            digest=digest,
            person_id=person_id,
            purpose=purpose,
            payload=closed,
            expires_at=shared_now(office, writer.conn) + LASTS[purpose],
        ),
    )
    return token


def new_token() -> str:
    """A token that nobody can guess."""
    return token_urlsafe(TOKEN_BYTES)


def address(office: Office, purpose: LinkPurpose, token: str) -> str:
    """Where the link leads, for whoever it is given to."""
    return f"{office.links_at.rstrip('/')}{PATHS[purpose]}{token}"


def found(office: Office, token: str, purposes: Collection[LinkPurpose]) -> OpenedLink | None:
    """The link of a token, left as it is; None for one that is used, over, for something else, or none at all."""
    digest = digest_of(token)
    with reading(office.engine) as conn:
        kept = links.find(conn, digest, shared_now(office, conn))
    if kept is None or kept.purpose not in purposes:
        return None
    place = _place(kept.agency_id, kept.person_id, kept.purpose, digest)
    try:
        payload = json.loads(cipher.unseal(office.keys.work_key(), kept.payload, place))
    except UnreadableItemError:
        # Its key is another one by now, or its row was changed; whoever asks gets a new link.
        log.warning("link-unreadable")
        return None
    return OpenedLink(
        agency_id=kept.agency_id,
        person_id=kept.person_id,
        purpose=kept.purpose,
        payload=payload,
        digest=digest,
    )


def take(conn: Connection, office: Office, link: OpenedLink) -> bool:
    """Use the link up in this transaction; False when somebody was first, or its time is over by now."""
    return links.take(conn, link.agency_id, link.digest, shared_now(office, conn))


def clear_expired(office: Office) -> int:
    """Let go of links that nobody used; how many."""
    with working(office.engine) as conn:
        return links.clear(conn, shared_now(office, conn))


def origin_of(office: Office, link: OpenedLink) -> Origin:
    """Where an upload link was asked for. Where the channel gave no way back, the newest account there is one."""
    channel, place = str(link.payload["channel"]), str(link.payload["place"])
    back = link.payload.get("back")
    if isinstance(back, Mapping):
        return Origin(channel=channel, place=place, back=Destination(channel=channel, **back))
    with reading(office.engine) as conn:
        held = [
            each.fact
            for each in accounts.of_person(conn, link.agency_id, link.person_id)
            if each.fact.channel == channel
        ]
    route = (
        Destination(channel=channel, address=held[0].address, place=held[0].account, account=held[0].account)
        if held
        else None
    )
    return Origin(channel=channel, place=place, back=route)


def digest_of(token: str) -> str:
    """Under what a token is known; it has so much chance in it that no key is needed."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _place(agency_id: AgencyId, person_id: int, purpose: LinkPurpose, digest: str) -> str:
    """What a payload is bound to: a row that was made somebody else's opens no more."""
    return f"link:{agency_id}:{person_id}:{purpose.value}:{digest}"
