"""How is one thing that came in from Twilio worked on, from who sent it to the answer that was handed over?

Runs in a worker thread, and may run again after a crash at any line: whatever follows from it is written in one
transaction with the mark that it is done.
"""

import json
import logging
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.service.answers import Answers
from bot.sms import receipts
from bot.sms.api import TwilioApi
from bot.sms.events import CHANNEL, REF, TextIncoming, TextKind, read, read_status
from bot.sms.media import fetch
from db.queries import agencies, sent_before
from db.queries.context import ByContact, ByPerson, Sender
from db.records.facts import AgencyId, ContactKind
from db.records.inbox import InWork
from db.records.ledger import Claim, Destination
from db.records.phones import ConsentBy, PhoneSession
from db.unit_of_work import Writer, reading, writing
from handlers.front_desk import FrontDesk, Replied
from handlers.interaction import Interaction
from messages import phones as say
from messages import shared_phones as say_shared
from messages.kinds import MessageKind
from messages.trouble import Outside
from messages.words import Words
from reading.text.shared_phones import badge_to_log_in, logs_out
from reading.text.understand import understand
from training import inbox
from training.accounts import accounts
from training.accounts.accounts import Account, Behind
from training.ledger.parcels import Carrier
from training.office import Office, shared_now
from training.phones import mailed_codes, phones, shared_phones
from training.phones.phones import TextsWord
from training.phones.shared_phones import Here

log = logging.getLogger(__name__)

# Whoever is not known is told so that often in that time, however often a machine writes to us.
DAY = timedelta(days=1)
AT_MOST: Mapping[MessageKind, tuple[int, timedelta]] = {
    MessageKind.UNKNOWN_SENDER: (1, DAY),
    MessageKind.ACCESS_ENDED: (1, DAY),
    MessageKind.SHARED_LOCKED: (shared_phones.TOLD, shared_phones.TRIES_IN),
}
CODE = re.compile(rf"[0-9]{{{phones.CODE_DIGITS}}}")
# What an unknown phone asks to be linked with.
LINK = re.compile(r"link( (my|this))?( phone)?[.!]?", re.IGNORECASE)
# A text that was tried as a code and was none, whatever else it meant.
NO_CODE = "no-code"
# So surely somebody has to ask for no more texts in words of their own.
SURE = 0.85


class NumberUnknownError(Exception):
    """No agency has the number that was written to, or it is not known yet whose it is."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One text in work: what it is, whose number it was sent to, and whose phone it came from."""

    work: InWork
    incoming: TextIncoming
    behind: Behind
    here: Here | None = None  # a phone that many share, and who has it now

    @property
    def is_nobodys_turn(self) -> bool:
        """Whether it came from a shared phone on which nobody is logged in."""
        return self.here is not None and self.here.session is None

    @property
    def place(self) -> str:
        """The conversation: on a shared phone there is a new one whenever somebody logs in."""
        return self.here.session.session_id if self.here is not None and self.here.session is not None else ""

    @property
    def agency_id(self) -> AgencyId:
        return self.behind.agency_id

    @property
    def back(self) -> Destination:
        """To the number that wrote, from the number it wrote to."""
        number = self.incoming.number
        return Destination(channel=CHANNEL, address=self.incoming.address, place=number, account=number)

    def word(self, how: ConsentBy) -> TextsWord:
        """What was said about texts, in the words in which it was."""
        return TextsWord(
            number=self.incoming.number,
            person_id=self.behind.person_id,
            how=how,
            shown=" ".join(self.incoming.text.split())[:20] if how is ConsentBy.KEYWORD else "",
        )


class SmsWork:
    """The worker of this channel. ``sender`` is our own number or service, as the settings name it."""

    def __init__(
        self,
        office: Office,
        words: Words,
        front_desk: FrontDesk,
        api: TwilioApi,
        carrier: Carrier,
        sender: str,
    ) -> None:
        self._office = office
        self._api = api
        self._words = words
        self._front_desk = front_desk
        self._sender = sender
        self._answers = Answers(office, carrier)

    def open_door(self) -> bool:
        """The settings make the first one: the number or service that they name. Whether it is somebody's now."""
        return accounts.open_first_door(self._office, CHANNEL, self._sender) is not None

    def work(self, work: InWork) -> None:
        """Do what it asks for. What it raises leaves it to be tried again."""
        fields = self._fields(work)
        if work.kind == TextKind.RECEIPT:
            receipts.take(self._office, work, read_status(fields, fields.get(REF, "")), self._words)
            return
        incoming = read(fields, self._sender)
        if incoming.kind is TextKind.NOTHING or incoming.number == incoming.address:
            inbox.nothing_to_do(self._office, work)
            return
        case = self._case(work, incoming)
        if case is None:
            raise NumberUnknownError
        self._heard(case)

    def tell_given_up(self, work: InWork, trouble: Exception) -> None:
        """It failed for good: kept for the coordinator, and the sender is told what to name it by."""
        kind = type(trouble).__name__
        if work.kind == TextKind.RECEIPT:
            inbox.give_up(self._office, work, kind, None, None)
            return
        incoming = read(self._fields(work), self._sender)
        case = self._case(work, incoming)
        agency_id, person_id = (None, None) if case is None else (case.agency_id, case.behind.person_id)
        reference = inbox.give_up(self._office, work, kind, agency_id, person_id)
        if case is None or person_id is None or incoming.kind is not TextKind.TEXT:
            return
        message = self._front_desk.broken(trouble, reference)
        self._answers.send(self._answers.keep_apart(case.agency_id, person_id, message, case.back))

    def _fields(self, work: InWork) -> Mapping[str, str]:
        said: Mapping[str, str] = json.loads(inbox.opened(self._office, work))
        return said

    def _case(self, work: InWork, incoming: TextIncoming) -> _Case | None:
        """Whose number it was sent to, and whose it came from; nobody's when it has changed hands since."""
        if incoming.address == self._sender:
            self.open_door()
        found = accounts.behind(self._office, CHANNEL, (incoming.address,), incoming.number)
        if found is None:
            return None
        here = shared_phones.here(self._office, found.agency_id, incoming.number)
        if here is not None:
            person_id = None if here.session is None else here.session.person_id
            return _Case(work, incoming, Behind(found.agency_id, found.agency_name, person_id), here)
        account = Account(CHANNEL, incoming.address, incoming.number)
        if found.person_id is not None and phones.forget_if_it_moved(
            self._office, found.agency_id, account, found.person_id
        ):
            found = Behind(found.agency_id, found.agency_name, None)
        return _Case(work, incoming, found)

    def _heard(self, case: _Case) -> None:
        """Words about texts themselves come first: they are kept, and never answered or argued with."""
        with reading(self._office.engine) as conn:
            wanted = phones.wants_texts(conn, case.agency_id, case.incoming.number)
        match case.incoming.kind:
            case TextKind.STOP:
                self._refused(case, ConsentBy.KEYWORD)
            case TextKind.START:
                self._agreed(case)
            case TextKind.HELP:
                # Twilio has answered that.
                inbox.nothing_to_do(self._office, case.work)
            case _ if not wanted and case.incoming.maybe_start:
                self._agreed(case)
            case _ if not wanted:
                inbox.nothing_to_do(self._office, case.work)
            case _ if case.here is not None and (badge := badge_to_log_in(case.incoming.text)):
                self._ask_for_code(case, case.here, badge)
            case _ if case.here is not None and logs_out(case.incoming.text):
                self._log_out(case, case.here)
            case _ if self._asks_for_none(case):
                self._refused(case, ConsentBy.WORDS)
            case _ if code := _code(case.incoming.text):
                self._try(case, code)
            case _ if case.behind.person_id is None and LINK.fullmatch(case.incoming.text.strip()):
                self._asked_for_code(case)
            case _:
                self._answer(case)

    def _asks_for_none(self, case: _Case) -> bool:
        today = self._office.clock.now().date()
        found = understand(case.incoming.text, channel=CHANNEL, role="officer", today=today)
        return found.intent == "stop_messages" and found.confidence >= SURE

    def _refused(self, case: _Case, how: ConsentBy) -> None:
        with self._writing(case) as writer:
            phones.refuse(writer, self._office, case.word(how), self._words)
            self._done(writer.conn, case)

    def _agreed(self, case: _Case) -> None:
        with self._writing(case) as writer:
            phones.agree(writer, case.word(ConsentBy.KEYWORD))
            self._done(writer.conn, case)

    def _ask_for_code(self, case: _Case, here: Here, badge: str) -> None:
        """The same answer whether anybody has that badge; after too many tries from a phone there is none."""
        message = say_shared.shift_asked(case.behind.agency_name, shared_phones.minutes(), self._words)
        if self._times_said(case, message.kind, shared_phones.TRIES_IN) >= shared_phones.TRIES:
            log.warning("codes-locked", extra={"channel": CHANNEL})
            inbox.nothing_to_do(self._office, case.work)
            return
        with self._writing(case) as writer:
            shared_phones.ask_for_code(
                writer, self._office, here.shared, badge, case.behind.agency_name, self._words
            )
            claims = self._answers.keep(writer.conn, case.agency_id, None, message, case.back)
            self._done(writer.conn, case)
        self._answers.send(claims)

    def _log_out(self, case: _Case, here: Here) -> None:
        """The phone is nobody's; what it is told is the same whether it was anybody's."""
        message = say_shared.shift_off(case.behind.agency_name, self._words)
        with self._writing(case) as writer:
            phones.end_session(writer, here.shared, "off")
            claims = self._answers.keep(writer.conn, case.agency_id, None, message, case.back)
            self._done(writer.conn, case)
        self._answers.send(claims)

    def _times_said(self, case: _Case, kind: MessageKind, within: timedelta) -> int:
        with reading(self._office.engine) as conn:
            since = shared_now(self._office, conn) - within
            return sent_before.times_said(conn, case.agency_id, case.back, kind.value, since=since)

    def _try(self, case: _Case, code: str) -> None:
        """What may be a code. After too many wrong ones from a number it is not even looked at.

        From a phone that is somebody's already it makes it another's, or it is no code and means something else.
        """
        known = case.behind.person_id is not None
        kind = MessageKind.NOT_UNDERSTOOD if known else MessageKind.CODE_WRONG
        opened = self._link if case.here is None else self._log_in
        if self._times_said(case, kind, phones.WRONG_CODES_IN) >= phones.WRONG_CODES:
            log.warning("codes-locked", extra={"channel": CHANNEL})
            inbox.nothing_to_do(self._office, case.work)
        elif known and self._tried_too_often(case):
            self._answer(case)
        elif not opened(case, code) and known:
            self._answer(case, kind=NO_CODE)

    def _tried_too_often(self, case: _Case) -> bool:
        """Counted by what came and not by what was said: digits may mean a day, or a value of a certificate."""
        tried = inbox.came_before(self._office, case.work, NO_CODE, phones.WRONG_CODES_IN)
        return tried >= phones.WRONG_CODES

    def _log_in(self, case: _Case, code: str) -> bool:
        """Whether it was a code for this shared phone. While nobody has it, the phone is told when it was none."""
        begun: list[PhoneSession] = []
        claims: list[Claim] = []

        def then(writer: Writer, session: PhoneSession | None) -> None:
            agency = case.behind.agency_name
            if session is not None:
                begun.append(session)
                zone = ZoneInfo(agencies.agency(writer.conn, case.agency_id).fact.time_zone)
                message = say_shared.shift_on(agency, session.ends_at.astimezone(zone), self._words)
            elif case.behind.person_id is not None:
                return
            else:
                message = say.code_wrong(agency, self._words)
            person_id = None if session is None else session.person_id
            claims.extend(self._answers.keep(writer.conn, case.agency_id, person_id, message, case.back))
            inbox.done(writer.conn, case.work, agency_id=case.agency_id, person_id=person_id)

        account = Account(CHANNEL, case.incoming.address, case.incoming.number)
        shared_phones.log_in(self._office, case.agency_id, account, code, then)
        self._answers.send(claims)
        return bool(begun)

    def _link(self, case: _Case, code: str) -> bool:
        """Whether it was a code. A number that is nobody's is told when it was none."""
        linked: list[int] = []
        claims: list[Claim] = []

        def then(writer: Writer, person_id: int | None) -> None:
            if person_id is not None:
                linked.append(person_id)
            elif case.behind.person_id is not None:
                return
            agency = case.behind.agency_name
            message = (say.code_wrong if person_id is None else say.phone_linked)(agency, self._words)
            claims.extend(self._answers.keep(writer.conn, case.agency_id, person_id, message, case.back))
            inbox.done(writer.conn, case.work, agency_id=case.agency_id, person_id=person_id)

        account = Account(CHANNEL, case.incoming.address, case.incoming.number)
        phones.link(self._office, case.agency_id, account, code, then)
        self._answers.send(claims)
        return bool(linked)

    def _asked_for_code(self, case: _Case) -> None:
        """The same answer to every number, whether or not a letter goes out; and nothing after a few of them."""
        with reading(self._office.engine) as conn:
            by_mail = mailed_codes.is_on(conn, case.agency_id)
        if not by_mail:
            self._answer(case)
            return
        message = say.code_asked(
            case.behind.agency_name, int(phones.CODE_LASTS.total_seconds() // 60), self._words
        )
        claims: list[Claim] = []
        with self._writing(case) as writer:
            since = writer.at - mailed_codes.MOST_CODES_IN
            said = sent_before.times_said(
                writer.conn, case.agency_id, case.back, message.kind.value, since=since
            )
            if said < mailed_codes.MOST_CODES:
                mailed_codes.post_to_holder(writer, self._office, case.incoming.number, self._words)
                claims.extend(self._answers.keep(writer.conn, case.agency_id, None, message, case.back))
            self._done(writer.conn, case)
        self._answers.send(claims)

    def _answer(self, case: _Case, kind: str = "") -> None:
        claims: list[Claim] = []

        def then(conn: Connection, replied: Replied) -> None:
            if not self._said_enough(conn, case, replied):
                claims.extend(
                    self._answers.keep(conn, case.agency_id, replied.person_id, replied.message, case.back)
                )
            inbox.done(conn, case.work, agency_id=case.agency_id, person_id=replied.person_id, kind=kind)

        interaction = Interaction(
            agency_id=case.agency_id,
            sender=_sender(case.behind.person_id),
            channel=CHANNEL,
            place=case.place,
            private=case.here is None,
            text=case.incoming.text,
            stranger=Outside.SHARED if case.is_nobodys_turn else Outside.UNKNOWN,
            # A stranger's files are not fetched.
            files=() if case.behind.person_id is None else fetch(self._api, case.incoming.media),
            serving_only=True,
            back=case.back,
        )
        self._front_desk.reply(interaction, case.behind.agency_name, then)
        self._answers.send(claims)

    def _said_enough(self, conn: Connection, case: _Case, replied: Replied) -> bool:
        kind = replied.message.kind
        if kind not in AT_MOST:
            return False
        most, within = AT_MOST[kind]
        since = shared_now(self._office, conn) - within
        return sent_before.times_said(conn, case.agency_id, case.back, kind.value, since=since) >= most

    def _writing(self, case: _Case) -> AbstractContextManager[Writer]:
        with reading(self._office.engine) as conn:
            now = shared_now(self._office, conn)
        person_id = case.behind.person_id
        return writing(self._office.engine, case.agency_id, at=now, actor_id=person_id, channel=CHANNEL)

    def _done(self, conn: Connection, case: _Case) -> None:
        inbox.done(conn, case.work, agency_id=case.agency_id, person_id=case.behind.person_id)


def _sender(person_id: int | None) -> Sender:
    # A number on the roster that nobody has confirmed is nobody's: numbers are typed wrong, and change hands.
    return ByContact(ContactKind.MOBILE, "") if person_id is None else ByPerson(person_id)


def _code(text: str) -> str:
    """A code, however it is written."""
    bare = re.sub(r"[\s-]", "", text)
    return bare if CODE.fullmatch(bare) else ""
