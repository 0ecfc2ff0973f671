"""Whose is a phone, and does its owner want texts there? A code through another door links it; STOP ends texts.

A number on the roster links nothing: numbers are typed wrong, and change hands. See
[decision 0028](../docs/decisions/0028-a-phone-is-linked-by-a-code.md).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import randbelow

from sqlalchemy import Connection

from db.keys.store import KeyStore
from db.queries import accounts, agencies, conversations, links, people, phones, reporting
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept, MatchedBy, Role
from db.records.ledger import Delivery, Destination, Occasion
from db.records.phones import ConsentBy, ConsentWord, SharedPhone, TextConsent
from db.unit_of_work import Writer, reading, working, writing
from messages import phones as say
from messages import shared_phones as say_shared
from messages.kinds import MessageKind
from messages.model import Message
from messages.phones import Lost, LostFacts
from messages.words import Words
from training.accounts.accounts import Account, let_go, linked_to, unlink
from training.asking import asked_by, conversation_at
from training.audit import AuditTag
from training.ledger.recipients import may_be_written_to
from training.ledger.saying import ToSay, plan
from training.ledger.turns import answered_by
from training.office import Office, local_day, shared_now
from training.people import display_name
from training.permissions import hidden

CHANNEL = "sms"
CODE_DIGITS = 8
CODE_LASTS = timedelta(minutes=10)
# Why something is not sent to a number.
MOVED, SESSION_OVER = "number-moved", "session-over"
# Wrong codes from one number in that time; after them none of it is even looked at.
WRONG_CODES, WRONG_CODES_IN = 5, timedelta(minutes=60)

# What is about a phone itself means nothing elsewhere.
_OF_THE_PHONE = frozenset(
    {
        MessageKind.INTRODUCTION.value,
        MessageKind.PHONE_LINKED.value,
        MessageKind.SHIFT_ON.value,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsWord:
    """Something said about texts to a number, by whoever has it."""

    number: str
    person_id: int | None
    how: ConsentBy
    shown: str


def wants_texts(conn: Connection, agency_id: AgencyId, number: str) -> bool:
    """Whether nobody has said that this number wants none."""
    kept = phones.consent(conn, agency_id, number)
    return kept is None or kept.fact.word is ConsentWord.GIVEN


def agree(writer: Writer, word: TextsWord) -> None:
    """Texts are wanted there from now on."""
    _say(writer, word, ConsentWord.GIVEN)


def refuse(writer: Writer, office: Office, word: TextsWord, words: Words) -> None:
    """No texts from now on. A person's other ways are offered to them, and the coordinator is told, once."""
    shared = phones.shared(writer.conn, writer.agency_id, word.number)
    wanted = wants_texts(writer.conn, writer.agency_id, word.number)
    consent_id = _say(writer, word, ConsentWord.WITHDRAWN)
    if shared is not None:
        end_session(writer, shared, "stopped")
        if wanted:
            tell_of_shared(writer, office, shared, Lost.OPTED_OUT, str(consent_id), words)
        return
    if consent_id is None or word.person_id is None:
        return
    if word.how is not ConsentBy.CARRIER:
        answered_by(writer, word.person_id)
    elsewhere = routes_elsewhere(writer, word.person_id)
    if elsewhere:
        tell(writer, office, word.person_id, say.texts_stopped(words), elsewhere, "texts-stopped", consent_id)
    lose_route(writer, office, word.person_id, Lost.OPTED_OUT, str(consent_id), words)


def lose_route(
    writer: Writer, office: Office, person_id: int, why: Lost, occasion: str, words: Words
) -> None:
    """Tell the coordinator that texts reach somebody no more, or of whoever is hidden from them the custodian; once for
    each ``occasion``."""
    found = people.by_ids(writer.conn, writer.agency_id, [person_id])
    if not found:
        return
    facts = LostFacts(display_name(found[0]), why, elsewhere=bool(routes_elsewhere(writer, person_id)))
    told = _who_may_learn_of(writer, office, person_id, Role.COORDINATOR)
    for holder in told or _who_may_learn_of(writer, office, person_id, Role.RECORDS):
        if routes := routes_elsewhere(writer, holder):
            subject = f"route-lost {person_id}"
            tell(writer, office, holder, say.route_lost(facts, words), routes, subject, occasion)


def _who_may_learn_of(writer: Writer, office: Office, person_id: int, role: Role) -> list[int]:
    """Whoever else holds the role now and may know that there is such a person."""
    holders = reporting.holders_of(writer.conn, writer.agency_id, role, writer.at)
    asked = {
        each: asked_by(office, writer.conn, writer.agency_id, ByPerson(each), CHANNEL)
        for each in holders
        if each != person_id
    }
    return [
        each for each, question in asked.items() if question is not None and person_id not in hidden(question)
    ]


def another_way(writer: Writer, delivery: Delivery) -> tuple[Destination, ...]:
    """Where whoever a text was for is reached otherwise; nothing where they are not."""
    if delivery.person_id is None or delivery.kind in _OF_THE_PHONE:
        return ()
    return routes_elsewhere(writer, delivery.person_id)


def is_shared(conn: Connection, agency_id: AgencyId, number: str) -> bool:
    """Whether many use this phone."""
    return phones.shared(conn, agency_id, number) is not None


def lose_number(writer: Writer, office: Office, person_id: int | None, number: str, words: Words) -> None:
    """Texts do not get to this number: the coordinator is told whose it is, or which shared phone, once."""
    shared = phones.shared(writer.conn, writer.agency_id, number)
    if shared is not None:
        tell_of_shared(writer, office, shared, Lost.NUMBER, number, words)
    elif person_id is not None:
        lose_route(writer, office, person_id, Lost.NUMBER, number, words)


def tell_of_shared(
    writer: Writer, office: Office, shared: Kept[SharedPhone], why: Lost, occasion: str, words: Words
) -> None:
    """Tell whoever coordinates that a shared phone is not reached any more; once for each ``occasion``."""
    message = say_shared.lost(facts_of(shared), why, words)
    for holder in reporting.holders_of(writer.conn, writer.agency_id, Role.COORDINATOR, writer.at):
        if routes := routes_elsewhere(writer, holder):
            tell(writer, office, holder, message, routes, f"shared-lost {shared.id}", occasion)


def facts_of(shared: Kept[SharedPhone], *, in_use: bool = False) -> say_shared.PhoneFacts:
    """A shared phone as a message names it."""
    return say_shared.PhoneFacts(
        phone_id=shared.id, number=shared.fact.number, name=shared.fact.name, in_use=in_use
    )


def end_session(writer: Writer, shared: Kept[SharedPhone], why: str) -> None:
    """Nobody is logged in on a shared phone any more, and what was talked about there is over."""
    number = shared.fact.number
    ended = phones.session(writer.conn, writer.agency_id, number)
    if ended is None:
        return
    phones.end_session(writer.conn, writer.agency_id, number)
    # Whoever has the phone next reads the texts on it, and the links in them.
    links.end_all_of(writer.conn, writer.agency_id, ended.person_id)
    conversations.forget(
        writer.conn, writer.agency_id, ended.person_id, conversation_at(CHANNEL, ended.session_id)
    )
    data = {"phone": shared.id, "why": why}
    writer.audit(AuditDraft(tag=AuditTag.PHONE_LOGGED_OUT, subject_id=ended.person_id, data=data))


def refused_by_carrier(office: Office, agency_id: AgencyId, word: TextsWord, words: Words) -> None:
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
        now = shared_now(office, conn)
        month = _month(conn, agency_id, now)
        sent = phones.segments_sent(conn, agency_id, month)
        if in_danger or most is None or sent + segments <= most:
            phones.count_segments(conn, agency_id, month, segments)
            return True
    with writing(office.engine, agency_id, at=now, channel=CHANNEL) as writer:
        for holder in reporting.holders_of(writer.conn, agency_id, Role.COORDINATOR, now):
            if routes := routes_elsewhere(writer, holder):
                tell(writer, office, holder, say.texts_used_up(most, words), routes, "texts-used-up", month)
    return False


def give_back(office: Office, agency_id: AgencyId, segments: int) -> None:
    """They were surely not sent: nobody bills them."""
    with working(office.engine) as conn:
        month = _month(conn, agency_id, shared_now(office, conn))
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


def keep_shift_code(writer: Writer, keys: KeyStore, person_id: int, number: str, code: str) -> None:
    """The person's code for one shared phone; an earlier one is over."""
    digest = _digest(keys, writer.agency_id, code, number)
    phones.keep_shift_code(writer.conn, writer.agency_id, person_id, number, digest, writer.at + CODE_LASTS)


def whose_shift_code(writer: Writer, keys: KeyStore, number: str, code: str) -> int | None:
    """Who was sent this code for this shared phone; it is used up by it."""
    digest = _digest(keys, writer.agency_id, code, number)
    return phones.take_shift_code(writer.conn, writer.agency_id, number, digest, writer.at)


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
        # A phone that many share is nobody's.
        shared = phones.shared(writer.conn, agency_id, account.account) is not None
        person_id = None if shared else whose_code(writer, office.keys, code)
        if person_id is not None and not may_be_written_to(writer.conn, agency_id, person_id, now):
            person_id = None
        if person_id is not None:
            _hand_over(writer, account, person_id)
        then(writer, person_id)


def whose_code(writer: Writer, keys: KeyStore, code: str) -> int | None:
    """Who was shown this code, which is used up by it."""
    return phones.take_code(writer.conn, writer.agency_id, _digest(keys, writer.agency_id, code), writer.at)


def not_theirs(
    conn: Connection, office: Office, agency_id: AgencyId, account: Account, person_id: int, since: datetime
) -> str:
    """Why what was said to this person since then does not go to the number; empty while it is theirs.

    Asked before anything about them goes there. A shared phone is theirs for as long as they are logged in.
    """
    if phones.shared(conn, agency_id, account.account) is None:
        return "" if _still_has(conn, agency_id, account, person_id) else MOVED
    session = phones.session(conn, agency_id, account.account)
    if session is None or session.ends_at <= shared_now(office, conn):
        return SESSION_OVER
    # What was said before they logged in was said to somebody else, or in a conversation that is over.
    return "" if session.person_id == person_id and session.began_at <= since else SESSION_OVER


def _still_has(conn: Connection, agency_id: AgencyId, account: Account, person_id: int) -> bool:
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
    word = TextsWord(
        number=account.account,
        person_id=person_id,
        how=ConsentBy.CODE,
        shown=say.NOTICE,
    )
    agree(writer, word)


def _say(writer: Writer, word: TextsWord, said: ConsentWord) -> int | None:
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


def has_another_door(conn: Connection, agency_id: AgencyId, person_id: int) -> bool:
    """Whether somebody is known in chat, where they get a code of their own."""
    return any(each.fact.channel != CHANNEL for each in accounts.of_person(conn, agency_id, person_id))


def routes_elsewhere(writer: Writer, person_id: int) -> tuple[Destination, ...]:
    """The newest way to somebody that is no text; nothing where there is none."""
    found = accounts.of_person(writer.conn, writer.agency_id, person_id)
    chat = [each.fact for each in found if each.fact.channel != CHANNEL]
    return tuple(
        Destination(channel=each.channel, address=each.address, place=each.account, account=each.account)
        for each in chat[:1]
    )


def tell(
    writer: Writer,
    office: Office,
    person_id: int,
    message: Message,
    routes: tuple[Destination, ...],
    subject: str,
    occasion: object,
    kept: Message | None = None,
) -> None:
    """Plan to say something where somebody is reached, once for each occasion."""
    said = ToSay(
        person_id=person_id,
        message=message,
        routes=routes,
        kept=kept,
        about=subject,
        occasion=Occasion(
            agency_id=writer.agency_id, person_id=person_id, subject=subject, window=str(occasion)
        ),
    )
    plan(writer, office.keys, said, now=writer.at)


def _month(conn: Connection, agency_id: AgencyId, now: datetime) -> str:
    zone = agencies.agency(conn, agency_id).fact.time_zone
    return f"{local_day(now, zone):%Y-%m}"


def _digest(keys: KeyStore, agency_id: AgencyId, code: str, number: str = "") -> str:
    said = f"shift code {agency_id} {number} {code}" if number else f"link code {agency_id} {code}"
    return hmac.new(keys.work_key(), said.encode(), sha256).hexdigest()
