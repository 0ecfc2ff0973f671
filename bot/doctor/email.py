"""Does the mail server take us? Knocked at, encrypted, shown who we are, and left without a letter."""

import smtplib
import ssl

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, failed, not_set, ok
from bot.email.server import NotEncryptedError, connected
from config.mail import bare_address, mail_server


def server(patient: Patient) -> CheckFinding:
    """Whether a letter could be handed over."""
    settings = patient.settings
    if settings is None:
        return NOT_CHECKED
    if settings.smtp_url is None or settings.mail_from is None:
        return not_set("email-off")
    named, address = mail_server(settings.smtp_url.get_secret_value()), bare_address(settings.mail_from)
    try:
        with connected(named, address.rpartition("@")[2]) as smtp:
            code, _ = smtp.noop()
    except (NotEncryptedError, smtplib.SMTPNotSupportedError):
        return failed("email-not-encrypted", host=named.host)
    except ssl.SSLError:
        return failed("email-certificate", host=named.host)
    except smtplib.SMTPAuthenticationError:
        return failed("email-login-refused", host=named.host)
    except (smtplib.SMTPException, OSError):
        return failed("email-unreachable", host=named.host)
    return ok("email", host=named.host) if code < 400 else failed("email-unreachable", host=named.host)
