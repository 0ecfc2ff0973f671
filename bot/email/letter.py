"""How does a message become a letter? Plain text, one recipient, and an id by which it is found in both mail logs."""

from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from messages.model import Message
from messages.plain import plain_text

CHANNEL = "email"


def letter(message: Message, *, sender: str, to: str, message_id: str, at: datetime) -> EmailMessage:
    """The letter. ValueError where an address is none, or would begin another line."""
    written = EmailMessage(policy=SMTP)
    written["From"] = sender
    # Taken apart here: an address with a comma or a line in it is nobody's, and not two people's.
    written["To"] = Address(addr_spec=to)
    written["Subject"] = " ".join(message.title.split())
    written["Date"] = format_datetime(at)
    written["Message-ID"] = message_id
    # So that no absence note comes back.
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(plain_text(replace(message, title=""), CHANNEL).replace("\n", "\n\n") + "\n")
    return written
