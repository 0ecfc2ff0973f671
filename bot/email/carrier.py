"""How does a letter get to a mail server? It can take it, refuse it or fall silent; none of that says it arrived."""

import logging
import smtplib
import ssl
from datetime import timedelta
from email.errors import MessageError

from bot.email.letter import CHANNEL, letter
from bot.email.server import NotEncryptedError, connected
from config.mail import MailServer, bare_address
from db.queries import people
from db.records.facts import ContactKind
from db.unit_of_work import reading
from training.ledger.parcels import TOO_LATE as SLEPT
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office, moved_by, shared_now
from training.phones.mailed_codes import CODE_KINDS
from training.phones.phones import CODE_LASTS

log = logging.getLogger(__name__)

# Whoever has to mend a server, a password or a certificate needs a moment.
FOR_AN_OPERATOR = timedelta(seconds=60)
MOVED, TOO_LATE, NO_ADDRESS, UNREACHABLE, LOST = (
    "address-changed",
    "too-late",
    "address",
    "unreachable",
    "unclear",
)
LATER, NEVER = 400, 500


class EmailCarrier(Carrier):
    """The way to one mail server. ``context`` says whose certificates are believed; without one, the machine's own."""

    def __init__(
        self, server: MailServer, sender: str, office: Office, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._sender = sender
        self._address = bare_address(sender)
        self._domain = self._address.rpartition("@")[2]
        self._office = office
        self._context = context

    def send(self, parcel: Parcel) -> TryOutcome:
        """Hand it over, unless it has lost its sense: the address is another's, or a code in it is over."""
        with reading(self._office.engine) as conn:
            now = shared_now(self._office, conn)
            at = now - moved_by(self._office, conn)
            if parcel.person_id is not None and parcel.route.place not in {
                each.fact.value
                for each in people.contact_points(conn, parcel.agency_id, [parcel.person_id])
                if each.fact.kind is ContactKind.EMAIL
            }:
                return TryOutcome(fate=Fate.UNWANTED, error=MOVED)
        if parcel.message.kind in CODE_KINDS and now > parcel.since + CODE_LASTS:
            return TryOutcome(fate=Fate.UNWANTED, error=TOO_LATE)
        message_id = f"<{parcel.attempt_id}@{self._domain}>"
        try:
            written = letter(
                parcel.message, sender=self._sender, to=parcel.route.place, message_id=message_id, at=at
            )
            body = written.as_bytes()
        except (ValueError, IndexError, MessageError):
            return TryOutcome(fate=Fate.REFUSED, error=NO_ADDRESS)
        return self._handed_over(parcel, body, message_id)

    def find(self, parcel: Parcel) -> Found:  # noqa: ARG002  the port's shape
        """Nobody can ask a mail server what it has taken: whoever looks finds the id in its log."""
        return Found(trace=Trace.CANNOT_TELL)

    def _handed_over(self, parcel: Parcel, body: bytes, message_id: str) -> TryOutcome:
        try:
            with connected(self._server, self._domain, self._context) as smtp:
                code, _ = smtp.mail(self._address)
                if code >= LATER:
                    # The same for every letter: whoever runs Rollcall has to mend it.
                    return _refuses_us(str(code)) if code >= NEVER else _later(str(code))
                code, _ = smtp.rcpt(parcel.route.place)
                if code >= LATER:
                    return _by_code(code, message_id)
                return SLEPT if parcel.is_too_late else _content(smtp, body, message_id)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, NotEncryptedError) as error:
            return _refuses_us(type(error).__name__)
        except ssl.SSLError as error:
            return _refuses_us(type(error).__name__)
        except smtplib.SMTPResponseException as error:
            return _later(str(error.smtp_code))
        except (smtplib.SMTPException, OSError) as error:
            log.warning("mail-unreachable", extra={"channel": CHANNEL, "error": type(error).__name__})
            return TryOutcome(fate=Fate.NOT_NOW, error=UNREACHABLE)


def _content(smtp: smtplib.SMTP, body: bytes, message_id: str) -> TryOutcome:
    """From here on it may have been taken although no answer comes: said twice is worse than looked up."""
    try:
        code, _ = smtp.data(body)
    except smtplib.SMTPDataError as error:
        # Refused before a byte of it was sent.
        code = error.smtp_code
    except (smtplib.SMTPException, OSError) as error:
        log.warning("mail-unclear", extra={"channel": CHANNEL, "error": type(error).__name__})
        return TryOutcome(fate=Fate.UNCLEAR, ref=message_id, error=LOST)
    return _by_code(code, message_id)


def _by_code(code: int, message_id: str) -> TryOutcome:
    if code >= NEVER:
        log.warning("mail-refused", extra={"channel": CHANNEL, "error": str(code)})
        return TryOutcome(fate=Fate.REFUSED, error=str(code))
    if code >= LATER:
        return _later(str(code))
    return TryOutcome(fate=Fate.HANDED_OVER, ref=message_id)


def _later(code: str) -> TryOutcome:
    return TryOutcome(fate=Fate.NOT_NOW, error=code)


def _refuses_us(why: str) -> TryOutcome:
    log.error("mail-refuses-us", extra={"channel": CHANNEL, "error": why})
    return TryOutcome(fate=Fate.NOT_NOW, error=why, after=FOR_AN_OPERATOR, everywhere=True)
