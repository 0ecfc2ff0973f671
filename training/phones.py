"""Whose is a phone, and does its owner want texts there? A code through another door links it; STOP ends texts.

A number on the roster links nothing: numbers are typed wrong, and change hands. See
[decision 0028](../docs/decisions/0028-a-phone-is-linked-by-a-code.md).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import randbelow

from sqlalchemy import Connection

from db.keys.store import KeyStore
from db.queries import accounts, agencies, people, phones, reporting
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, MatchedBy, Role
from db.records.ledger import Occasion, Route
from db.records.phones import ConsentBy, ConsentWord, TextConsent
from db.unit_of_work import Writer, reading, working, writing
from messages import phones as say
from messages.model import Message
from messages.phones import Lost, LostFacts
from messages.words import Words
from training.accounts import Account, let_go, linked_to, unlink
from training.audit import AuditTag
from training.ledger.recipients import may_be_written_to
from training.ledger.saying import Said, plan
from training.office import Office, local_day, shared_now
from training.people import display_name

CHANNEL = "sms"
CODE_DIGITS = 8
CODE_LASTS = timedelta(minutes=10)
# Wrong codes from one number in that time; after them none of it is even looked at.
WRONG_CODES, WRONG_CODES_IN = 5, timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Something said about texts to a number, by whoever has it."""

    address: str
    number: str
    person_id: int | None
    how: ConsentBy
    shown: str


def wants_texts(conn: Connection, agency_id: AgencyId, number: str) -> bool:
    """Whether nobody has said that this number wants none."""
    kept = phones.consent(conn, agency_id, number)
    return kept is None or kept.fact.word is ConsentWord.GIVEN


def agree(writer: Writer, word: Word) -> None:
    """Texts are wanted there from now on."""
    _say(writer, word, ConsentWord.GIVEN)


def refuse(writer: Writer, office: Office, word: Word, words: Words) -> None:
    """No texts from now on. A person's other ways are offered to them, and the coordinator is told, once."""
    consent_id = _say(writer, word, ConsentWord.WITHDRAWN)
    if consent_id is None or word.person_id is None:
        return
    elsewhere = _routes(writer, word.person_id)
    if elsewhere:
        _plan(
            writer, office, word.person_id, say.texts_stopped(words), elsewhere, "texts-stopped", consent_id
        )
    lose_route(writer, office, word.person_id, Lost.OPTED_OUT, str(consent_id), words)


def lose_route(
    writer: Writer, office: Office, person_id: int, why: Lost, occasion: str, words: Words
) -> None:
    """Tell the coordinator that texts reach somebody no more; once for each ``occasion``."""
    found = people.by_ids(writer.conn, writer.agency_id, [person_id])
    if not found:
        return
    facts = LostFacts(display_name(found[0]), why, elsewhere=bool(_routes(writer, person_id)))
    for holder in reporting.holders_of(writer.conn, writer.agency_id, Role.COORDINATOR, writer.at):
        routes = _routes(writer, holder)
        if routes and holder != person_id:
            subject = f"route-lost {person_id}"
            _plan(writer, office, holder, say.route_lost(facts, words), routes, subject, occasion)


def refused_by_carrier(office: Office, agency_id: AgencyId, word: Word, words: Words) -> None:
    """The carrier says that this number wants no texts: somebody said STOP where we did not hear it."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with writing(office.engine, agency_id, at=now, channel=CHANNEL) as writer:
        refuse(writer, office, word, words)


def may_be_spent(
    office: Office, agency_id: AgencyId, segments: int, most: int | None, words: Words, *, in_danger: bool
) -> bool:
    """Count what is about to be sent. False when it is more than was set for the month, which the coordinator is told.

    Whatever is said to somebody in danger is counted and never held back.
    """
    with working(office.engine) as conn:
        now, month = shared_now(office, conn), _month(office, conn, agency_id)
        sent = phones.segments_sent(conn, agency_id, month)
        if in_danger or most is None or sent + segments <= most:
            phones.count_segments(conn, agency_id, month, segments)
            return True
    with writing(office.engine, agency_id, at=now, channel=CHANNEL) as writer:
        for holder in reporting.holders_of(writer.conn, agency_id, Role.COORDINATOR, now):
            if routes := _routes(writer, holder):
                _plan(writer, office, holder, say.texts_used_up(most, words), routes, "texts-used-up", month)
    return False


def give_back(office: Office, agency_id: AgencyId, segments: int) -> None:
    """They were surely not sent: nobody bills them."""
    with working(office.engine) as conn:
        month = _month(office, conn, agency_id)
        phones.count_segments(conn, agency_id, month, -segments)


def new_code() -> str:
    """A code that nobody can guess in the time it lasts."""
    return f"{randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def keep_code(writer: Writer, keys: KeyStore, person_id: int, code: str) -> None:
    """The person's code for the next minutes; an earlier one is over."""
    expires_at = writer.at + CODE_LASTS
    phones.keep_code(
        writer.conn, writer.agency_id, person_id, _digest(keys, writer.agency_id, code), expires_at
    )


def link(
    office: Office,
    agency_id: AgencyId,
    account: Account,
    code: str,
    then: Callable[[Writer, int | None], None],
) -> None:
    """Whoever was shown the code has the phone it comes from. ``then`` is given whose it is now, in the same write.

    A number that was somebody else's is theirs no more: it has changed hands.
    """
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with writing(office.engine, agency_id, at=now, channel=account.channel) as writer:
        person_id = phones.take_code(writer.conn, agency_id, _digest(office.keys, agency_id, code), now)
        if person_id is not None and not may_be_written_to(writer.conn, agency_id, person_id, now):
            person_id = None
        if person_id is not None:
            _hand_over(writer, account, person_id)
        then(writer, person_id)


def still_has(conn: Connection, agency_id: AgencyId, account: Account, person_id: int) -> bool:
    """Whether a number is this person's at this moment, asked before anything about them goes there."""
    held = accounts.links(conn, agency_id, account.channel, account.address, account.account)
    return bool(held) and all(
        each.fact.person_id == person_id
        and not _has_moved(conn, agency_id, person_id, account.account, each.id)
        for each in held
    )


def forget_if_it_moved(office: Office, agency_id: AgencyId, account: Account, person_id: int) -> bool:
    """End the link of a number that the roster has since taken from this person, or given to another."""
    with reading(office.engine) as conn:
        held = accounts.links(conn, agency_id, account.channel, account.address, account.account)
        moved = any(_has_moved(conn, agency_id, person_id, account.account, each.id) for each in held)
    if moved:
        unlink(office, agency_id, account, "number-changed")
    return moved


def _has_moved(conn: Connection, agency_id: AgencyId, person_id: int, number: str, link_id: int) -> bool:
    # Whoever shows a code after the change has the phone, whatever the roster says.
    others = phones.others_with(conn, agency_id, person_id, number)
    return any(each > link_id for each in others) or phones.changed_since(
        conn, agency_id, person_id, number, link_id
    )


def _hand_over(writer: Writer, account: Account, person_id: int) -> None:
    ended = let_go(writer, account, "number-moved")
    # Whoever links the same phone anew has lost nothing.
    writer.audit(*(each for each in ended if each.subject_id != person_id))
    writer.audit(linked_to(writer, account, person_id, MatchedBy.CODE))
    word = Word(
        address=account.address,
        number=account.account,
        person_id=person_id,
        how=ConsentBy.CODE,
        shown=say.NOTICE,
    )
    agree(writer, word)


def _say(writer: Writer, word: Word, said: ConsentWord) -> int | None:
    """The id of what is kept; None when the same stands already, said by the same person."""
    kept = phones.consent(writer.conn, writer.agency_id, word.number)
    if kept is not None and kept.fact.word is said and kept.fact.person_id == word.person_id:
        return None
    fact = TextConsent(
        person_id=word.person_id, number=word.number, word=said, how=word.how, shown=word.shown
    )
    consent_id = writer.correct(kept.id, fact) if kept is not None else writer.record(fact)[0]
    tag = AuditTag.CONSENT_GIVEN if said is ConsentWord.GIVEN else AuditTag.CONSENT_WITHDRAWN
    data = {"how": word.how.value, "shown": word.shown}
    writer.audit(AuditDraft(tag=tag, subject_id=word.person_id, data=data))
    return consent_id


def _routes(writer: Writer, person_id: int) -> tuple[Route, ...]:
    """The newest way to somebody that is no text; nothing where there is none."""
    found = accounts.of_person(writer.conn, writer.agency_id, person_id)
    chat = [each.fact for each in found if each.fact.channel != CHANNEL]
    return tuple(
        Route(channel=each.channel, address=each.address, place=each.account, account=each.account)
        for each in chat[:1]
    )


def _plan(
    writer: Writer,
    office: Office,
    person_id: int,
    message: Message,
    routes: tuple[Route, ...],
    subject: str,
    occasion: object,
) -> None:
    said = Said(
        person_id=person_id,
        message=message,
        routes=routes,
        about=subject,
        occasion=Occasion(
            agency_id=writer.agency_id, person_id=person_id, subject=subject, window=str(occasion)
        ),
    )
    plan(writer, office.keys, said, now=writer.at)


def _month(office: Office, conn: Connection, agency_id: AgencyId) -> str:
    zone = agencies.agency(conn, agency_id).fact.time_zone
    return f"{local_day(shared_now(office, conn), zone):%Y-%m}"


def _digest(keys: KeyStore, agency_id: AgencyId, code: str) -> str:
    return hmac.new(keys.work_key(), f"link code {agency_id} {code}".encode(), sha256).hexdigest()
