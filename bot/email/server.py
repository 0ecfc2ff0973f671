"""How is a mail server spoken to? Encrypted, its certificate checked, within a time limit, one letter at a time."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.serving import is_loopback
from config.mail import MailServer

# For each thing that is asked; all of them together stay within the lease of an attempt.
PATIENCE_SECONDS = 8.0


class NotEncryptedError(Exception):
    """The server does not offer what keeps a password and a letter from being read on the way."""


@contextmanager
def connected(
    server: MailServer, own_name: str, context: ssl.SSLContext | None = None
) -> Iterator[smtplib.SMTP]:
    """A server that knows who we are. What goes wrong on the way there is raised; the good-bye never fails."""
    trusted = context or ssl.create_default_context()
    smtp = _opened(server, own_name, trusted)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.encrypted:
            _encrypt(smtp, server, trusted)
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _opened(server: MailServer, own_name: str, context: ssl.SSLContext) -> smtplib.SMTP:
    # Named, because the library would ask the network for the name of this machine and tell it.
    if server.encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=PATIENCE_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, own_name, timeout=PATIENCE_SECONDS)


def _encrypt(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    elif not is_loopback(server.host):
        # What goes to a relay on this machine is on no wire.
        raise NotEncryptedError
