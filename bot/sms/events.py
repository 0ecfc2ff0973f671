"""What did Twilio hand over? Its own id, which of our numbers, who wrote what, or what became of a text of ours.

Twilio adds fields without notice: what is not known here is left alone, and nothing is believed but the signature.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

CHANNEL = "sms"
# The attempt that a status is about: it goes along in the address that Twilio calls back.
REF = "ref"
# A number with its country code, or a short code. Other kinds of senders (apps, names) are no telephones.
NUMBER = re.compile(r"\+[1-9]\d{6,14}|\d{3,8}")
# A message carries ten files at most.
MOST_MEDIA = 10


class TextKind(StrEnum):
    """What something asks for."""

    TEXT = "text"
    STOP = "stop"
    START = "start"
    HELP = "help"
    RECEIPT = "receipt"
    NOTHING = "nothing"


# Words that Twilio and the carriers answer by themselves, whatever stands beside them in our own language.
KEYWORDS: Mapping[str, TextKind] = {
    "stop": TextKind.STOP,
    "stopall": TextKind.STOP,
    "stop all": TextKind.STOP,
    "unsubscribe": TextKind.STOP,
    "end": TextKind.STOP,
    "quit": TextKind.STOP,
    "cancel": TextKind.STOP,
    "revoke": TextKind.STOP,
    "optout": TextKind.STOP,
    "opt out": TextKind.STOP,
    "start": TextKind.START,
    "unstop": TextKind.START,
    "help": TextKind.HELP,
    "info": TextKind.HELP,
}
# Taken for START by Twilio, and for an answer by everybody else: it is START only from somebody who said STOP.
MAYBE_START = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextIncoming:
    """One text that came in. ``address`` is the number or the service of ours it was sent to."""

    kind: TextKind
    event: str
    address: str
    number: str
    text: str = ""
    media: tuple[str, ...] = ()
    maybe_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What became of a text of ours. ``attempt`` is empty for one that was not sent by this version."""

    event: str
    sid: str
    word: str
    code: str
    attempt: str
    number: str


def read(fields: Mapping[str, str], ours: str) -> TextIncoming:
    """A text that came in, from the fields as they were sent. ``ours`` is the number or service of the settings."""
    number = fields.get("From", "").strip()
    sid = fields.get("MessageSid") or fields.get("SmsSid") or ""
    text = fields.get("Body", "")
    word = _bare(text)
    known = bool(sid) and NUMBER.fullmatch(number) is not None
    return TextIncoming(
        kind=_kind(fields.get("OptOutType", ""), word) if known else TextKind.NOTHING,
        event=sid,
        address=_address(fields, ours),
        number=number,
        text=text,
        media=_media(fields),
        maybe_start=word == MAYBE_START,
    )


def read_status(fields: Mapping[str, str], attempt: str) -> Status:
    """What became of a text; the event is the same for the same status of the same text."""
    sid = fields.get("MessageSid") or fields.get("SmsSid") or ""
    word = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").strip().lower()
    return Status(
        event=f"{sid}:{word}",
        sid=sid,
        word=word,
        code=fields.get("ErrorCode", "").strip(),
        attempt=attempt,
        number=fields.get("To", "").strip(),
    )


def sender_of(fields: Mapping[str, str], ours: str) -> str:
    """Which of our numbers or services a status says that a text was sent from."""
    return _address(fields, ours, "From")


def _address(fields: Mapping[str, str], ours: str, number_in: str = "To") -> str:
    """A number that is in a service is named with it; which of the two speaks for the agency, the settings say."""
    service, number = fields.get("MessagingServiceSid", ""), fields.get(number_in, "").strip()
    return ours if ours in (service, number) else service or number


def _kind(opt_out: str, word: str) -> TextKind:
    """Twilio's own word for it decides where it has one."""
    said = opt_out.strip().lower()
    if said in (TextKind.STOP, TextKind.START, TextKind.HELP):
        return TextKind(said)
    return KEYWORDS.get(word, TextKind.TEXT)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?\"'")


def _media(fields: Mapping[str, str]) -> tuple[str, ...]:
    said = fields.get("NumMedia", "")
    count = min(int(said), MOST_MEDIA) if said.isascii() and said.isdecimal() else 0
    return tuple(fields.get(f"MediaUrl{number}", "") for number in range(count))
