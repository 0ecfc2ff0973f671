"""Whose is a phone that many share? Whoever logged in with a code from another door, for a shift; else nobody's.

See [decision 0033](../docs/decisions/0033-a-shared-phone-is-somebodys-for-a-shift.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import Connection

from db.queries import accounts as accounts_kept
from db.queries import agencies, people, phones
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept
from db.records.phones import ConsentBy, PhoneSession, SharedPhone
from db.unit_of_work import Writer, reading, writing
from messages import phones as say_phones
from messages import shared_phones as say
from messages.words import Words
from training.accounts.accounts import Account, let_go
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.ledger.recipients import may_be_written_to
from training.office import Office, shared_now
from training.phones.phones import (
    CHANNEL,
    CODE_LASTS,
    TextsWord,
    agree,
    end_session,
    facts_of,
    keep_shift_code,
    new_code,
    routes_elsewhere,
    tell,
    whose_code,
    whose_shift_code,
)

# The longest regular patrol shift. Whoever forgets OFF is logged out by it; once shifts are known, theirs ends it.
SHIFT_LASTS = timedelta(days=1) / 2
# So often in an hour a badge may be tried on one phone: each try may write to somebody.
TRIES, TRIES_IN = 5, timedelta(minutes=60)
# So often in an hour the phone is told how to log in: no two machines talk to each other for ever.
TOLD = 10

Does = Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True)
class Here:
    """A shared phone, and who has it at this moment."""

    shared: Kept[SharedPhone]
    session: PhoneSession | None


def here(office: Office, agency_id: AgencyId, number: str) -> Here | None:
    """The shared phone with this number; None for a phone that nobody shares."""
    with reading(office.engine) as conn:
        shared = phones.shared(conn, agency_id, number)
        if shared is None:
            return None
        now = shared_now(office, conn)
        session = _running(conn, agency_id, number, now)
        if session is not None and not may_be_written_to(conn, agency_id, session.person_id, now):
            session = None
    return Here(shared, session)


def _running(conn: Connection, agency_id: AgencyId, number: str, now: datetime) -> PhoneSession | None:
    found = phones.session(conn, agency_id, number)
    return found if found is not None and found.ends_at > now else None


def ask_for_code(
    writer: Writer, office: Office, shared: Kept[SharedPhone], badge: str, agency: str, words: Words
) -> None:
    """Send the holder of a badge a code where they are known already, if there is such a holder and such a place."""
    person = people.by_badge(writer.conn, writer.agency_id, badge)
    if person is None or not may_be_written_to(writer.conn, writer.agency_id, person.person_id, writer.at):
        return
    routes = routes_elsewhere(writer, person.person_id)
    if not routes:
        return
    code = new_code()
    keep_shift_code(writer, office.keys, person.person_id, shared.fact.number, code)
    facts = say.SharedCodeFacts(
        agency=agency,
        phone=facts_of(shared),
        code=code,
        minutes=minutes(),
    )
    message, kept = say.shift_code(facts, words), say.shift_code_kept(words)
    tell(
        writer,
        office,
        person.person_id,
        message,
        routes,
        f"shift-code {shared.id}",
        token_hex(8),
        kept=kept,
    )


def minutes() -> int:
    """How long a code is good for."""
    return int(CODE_LASTS.total_seconds() // 60)


def log_in(
    office: Office,
    agency_id: AgencyId,
    account: Account,
    code: str,
    then: Callable[[Writer, PhoneSession | None], None],
) -> None:
    """Whoever was given the code has the phone from now on. ``then`` is given the session in the same write."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with writing(office.engine, agency_id, at=now, channel=account.channel) as writer:
        shared = phones.shared(writer.conn, agency_id, account.account)
        person_id = None if shared is None else _whose(writer, office, account.account, code)
        if shared is None or person_id is None:
            then(writer, None)
            return
        end_session(writer, shared, "another")
        session = PhoneSession(
            number=account.account,
            person_id=person_id,
            session_id=token_hex(8),
            began_at=now,
            ends_at=now + SHIFT_LASTS,
        )
        phones.begin_session(writer.conn, agency_id, session)
        word = TextsWord(
            number=account.account,
            person_id=person_id,
            how=ConsentBy.CODE,
            shown=say_phones.NOTICE,
        )
        agree(writer, word)
        data = {"phone": shared.id}
        writer.audit(AuditDraft(tag=AuditTag.PHONE_LOGGED_IN, subject_id=person_id, data=data))
        then(writer, session)


def _whose(writer: Writer, office: Office, number: str, code: str) -> int | None:
    """A code that was sent for this phone, or one that its holder or the coordinator asked for."""
    person_id = whose_shift_code(writer, office.keys, number, code)
    if person_id is None:
        person_id = whose_code(writer, office.keys, code)
    if person_id is None or not may_be_written_to(writer.conn, writer.agency_id, person_id, writer.at):
        return None
    return person_id


def end_what_is_over(office: Office) -> int:
    """Whose time is over is logged out; how many."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        over = [
            (agency_id, each.number)
            for agency_id in agencies.agencies(conn)
            for each in phones.sessions_over(conn, agency_id, now)
        ]
    for agency_id, number in over:
        with writing(office.engine, agency_id, at=now, channel=CHANNEL) as writer:
            shared = phones.shared(writer.conn, agency_id, number)
            # Looked at again: somebody may have logged in meanwhile.
            if shared is not None and _running(writer.conn, agency_id, number, now) is None:
                end_session(writer, shared, "over")
    return len(over)


# What a coordinator reads and decides.


def listed(question: Question) -> tuple[say.PhoneFacts, ...]:
    """Every shared phone, and whether somebody has it; not who."""
    conn, agency_id = question.conn, question.agency_id
    now = shared_now(question.office, conn)
    return tuple(
        facts_of(each, in_use=_running(conn, agency_id, each.fact.number, now) is not None)
        for each in phones.shared_ones(conn, agency_id)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What comes of the wish to share a phone or to end it, and what does it; nothing does where nothing changes."""

    code: say.SharedCode
    phone: say.PhoneFacts | None = None
    link_ended: bool = False
    does: Does | None = None


def share(question: Question, number: str, name: str) -> Sharing:
    """The phone with this number is shared from now on, whoever it was linked to."""
    conn, agency_id = question.conn, question.agency_id
    doors = [each.fact for each in agencies.doors(conn, agency_id) if each.fact.channel == CHANNEL]
    if any(each.address == number for each in doors):
        return Sharing(code="ours")
    already = phones.shared(conn, agency_id, number)
    if already is not None:
        return Sharing(code="already", phone=facts_of(already))
    accounts = [Account(CHANNEL, each.address, number) for each in doors]
    linked = any(_is_linked(conn, agency_id, each) for each in accounts)

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if phones.shared(writer.conn, agency_id, number) is not None:
            raise OvertakenError
        (shared_id,) = writer.record(SharedPhone(number=number, name=name))
        for each in accounts:
            yield from let_go(writer, each, "shared")
        yield AuditDraft(tag=AuditTag.PHONE_SHARED, data={"phone": shared_id})

    phone = say.PhoneFacts(phone_id=0, number=number, name=name)
    return Sharing(code="shared", phone=phone, link_ended=linked, does=does)


def _is_linked(conn: Connection, agency_id: AgencyId, account: Account) -> bool:
    return bool(accounts_kept.links(conn, agency_id, account.channel, account.address, account.account))


def unshare(question: Question, meant: str) -> Sharing:
    """The phone with this number or id is nobody's from now on."""
    kept = phones.shared_ones(question.conn, question.agency_id)
    found = next((each for each in kept if meant in (each.fact.number, str(each.id))), None)
    if found is None:
        return Sharing(code="none")

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = phones.shared(writer.conn, writer.agency_id, found.fact.number)
        if now is None or now.id != found.id:
            raise OvertakenError
        end_session(writer, found, "unshared")
        writer.withdraw(found.id, SharedPhone)
        yield AuditDraft(tag=AuditTag.PHONE_UNSHARED, data={"phone": found.id})

    return Sharing(code="unshared", phone=facts_of(found), does=does)
