"""May this message be sent? What Twilio checks before it takes a message, and the message as it is taken."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from tests.fakes.twilio import segments
from tests.fakes.twilio.errors import TwilioError
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.world import Message, Number, Service, World, is_phone, is_sender

LONGEST_BODY = 1600
MOST_MEDIA = 10
LONGEST_VALIDITY = 36_000
LONGEST_URL = 4000
MESSAGING_SERVICE = re.compile(r"MG[0-9a-f]{32}", re.ASCII)
KNOWN = frozenset(
    {
        "Body",
        "From",
        "MediaUrl",
        "MessagingServiceSid",
        "ProvideFeedback",
        "SmartEncoded",
        "StatusCallback",
        "To",
        "ValidityPeriod",
    }
)
WAITING = ("accepted", "queued", "sending")


def create(
    world: World, limits: Limits, given: Mapping[str, Sequence[str]], direction: str = "outbound-api"
) -> Message:
    """Take a message, or refuse it."""
    for name in sorted(set(given) - KNOWN):
        world.remarks.append(f"messages.create knows no {name}")

    def one(name: str) -> str:
        return given[name][0] if given.get(name) else ""

    to = one("To")
    if not to:
        raise TwilioError(21604)
    service = _service(world, one("MessagingServiceSid"))
    sender = _sender(world, one("From"), service)
    media_urls = [each for each in given.get("MediaUrl", ()) if each]
    body = _body(one("Body"), media_urls, smart=one("SmartEncoded").lower() == "true")
    _to(world, to, one("From"))
    callback = one("StatusCallback")
    if callback and not is_callback(callback):
        raise TwilioError(21609, f"The 'StatusCallback' URL {callback} is not a valid URL.")
    validity = _validity(one("ValidityPeriod"))
    if world.is_opted_out(service.sid if service else one("From"), to):
        raise TwilioError(21610)
    if media_urls and sender is not None and not sender.mms:
        raise TwilioError(21612, f"The From number {sender.number} cannot send pictures to {to}.")
    size = 1 if media_urls else segments.count(body, toll_free=bool(sender and sender.kind == "toll_free"))
    if sender is not None:
        limits.queue(sender.waits + _queued(world, sender.number), size)
    now = world.now()
    status = "accepted" if service else "queued"
    made = Message(
        sid=world.new_sid("MM" if media_urls else "SM"),
        direction=direction,
        to=to,
        sender=None if service else one("From"),
        body=body,
        status=status,
        created=now,
        updated=now,
        service=service.sid if service else None,
        segments=0 if service else size,
        media_urls=media_urls,
        status_callback=callback or (service.status_callback if service else ""),
        validity=validity,
        history=[status],
    )
    world.messages[made.sid] = made
    return made


def is_callback(url: str) -> bool:
    """An address that Twilio would call: a real host name, without underscores."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host or "_" in host or len(url) > LONGEST_URL:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return True


def _service(world: World, sid: str) -> Service | None:
    if not sid:
        return None
    if not MESSAGING_SERVICE.fullmatch(sid):
        raise TwilioError(21705)
    if sid not in world.services:
        raise TwilioError(21701)
    if not world.services[sid].senders:
        raise TwilioError(21703)
    return world.services[sid]


def _sender(world: World, sender: str, service: Service | None) -> Number | None:
    """The number that sends; a service chooses its own later."""
    if service is not None:
        return None
    if not sender:
        raise TwilioError(21603)
    if not is_sender(sender):
        raise TwilioError(
            21212,
            f"The 'From' number {sender} is not a valid phone number, shortcode, or alphanumeric sender ID.",
        )
    number = world.numbers.get(sender)
    if number is not None and not number.ours:
        raise TwilioError(
            21660, f"Mismatch between the 'From' number {sender} and the account {world.account.sid}"
        )
    if number is None or not number.sms:
        raise TwilioError(
            21606,
            f"The From phone number {sender} is not a valid, SMS-capable inbound phone number or short code"
            " for your account.",
        )
    return number


def _body(body: str, media_urls: list[str], *, smart: bool) -> str:
    if not body and not media_urls:
        raise TwilioError(21602)
    if smart:
        body = body.translate(segments.SMART)
    if len(body.encode("utf-16-be")) // 2 > LONGEST_BODY:
        raise TwilioError(21617)
    if len(media_urls) > MOST_MEDIA:
        raise TwilioError(21623)
    for each in media_urls:
        if not is_callback(each):
            raise TwilioError(21620, f"Invalid media URL(s): {each}")
    return body


def _to(world: World, to: str, sender: str) -> None:
    if not is_phone(to):
        raise TwilioError(21211, f"The 'To' number {to} is not a valid phone number.")
    if to == sender:
        raise TwilioError(21266, f"'To' and 'From' number cannot be the same: {to}")
    if not any(to.startswith(f"+{code}") for code in world.account.regions):
        raise TwilioError(
            21408,
            f"Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {to}.",
        )
    match world.phone(to).refusal:
        case 0:
            pass
        case 21612:
            raise TwilioError(
                21612,
                f"The message cannot be sent with the current combination of 'To' ({to}) and/or 'From' ({sender})"
                " parameters",
            )
        case 21211:
            raise TwilioError(21211, f"The 'To' number {to} is not a valid phone number.")
        case code:
            raise TwilioError(code)


def _validity(given: str) -> int:
    if not given:
        return LONGEST_VALIDITY
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= LONGEST_VALIDITY:
        raise TwilioError(21624)
    return int(given)


def _queued(world: World, sender: str) -> int:
    return sum(m.segments for m in world.messages.values() if m.sender == sender and m.status in WAITING)
