"""What becomes of a message? One status after the other, as far as the phone it goes to lets it come."""

from datetime import timedelta

from tests.fakes.twilio import segments
from tests.fakes.twilio.registration import VERIFIED
from tests.fakes.twilio.world import CODE_OF, Fate, Message, Number, Text, World

NEXT = {"accepted": "queued", "queued": "sending", "sending": "sent"}
FINAL = frozenset({"delivered", "undelivered", "failed", "canceled"})
UNREGISTERED = {"long_code": 30034, "toll_free": 30032, "short_code": 30007}


def step(world: World, message: Message) -> bool:
    """One status further. False when there is none: it is final, or the carrier will not say more."""
    with world.lock:
        if not message.is_outbound or message.status in FINAL:
            return False
        if message.status == "sent":
            return _arrive(world, message)
        now = world.now()
        if now >= message.created + timedelta(seconds=message.validity):
            return _become(world, message, "failed", 30036)
        if world.account.status != "active":
            return _become(world, message, "failed", 30002)
        if message.status == "accepted":
            _choose(world, message)
        if message.status == "queued":
            number = world.numbers[message.sender or ""]
            if not _registered(world, number):
                return _become(world, message, "undelivered", UNREGISTERED[number.kind])
        return _become(world, message, NEXT[message.status])


def end(world: World, message: Message, status: str, code: int | None = None) -> None:
    """The end that a test chose."""
    with world.lock:
        assert message.status not in FINAL, f"{message.sid} is {message.status} already"
        if message.sender is None:
            _choose(world, message)
        _become(world, message, status, code)


def _registered(world: World, number: Number) -> bool:
    service = world.service_of(number.number)
    in_campaign = number.kind != "long_code" or service is None or service.campaign == VERIFIED
    return number.registered and in_campaign


def _choose(world: World, message: Message) -> None:
    """The service gives its sender: the one this person knows already, or the first."""
    service = world.services[message.service or ""]
    known = [m.sender for m in world.messages.values() if m.to == message.to and m.sender in service.senders]
    message.sender = known[-1] if known else service.senders[0]


def _arrive(world: World, message: Message) -> bool:
    phone = world.phone(message.to)
    if phone.fate in CODE_OF:
        return _become(world, message, "undelivered", CODE_OF[phone.fate])
    said = Text(message.sender or "", message.body, len(message.media_urls))
    if phone.fate is Fate.SILENT:
        if not message.arrived:
            message.arrived = True
            phone.texts.append(said)
        return False
    message.arrived = True
    phone.texts.append(said)
    return _become(world, message, "delivered")


def _become(world: World, message: Message, status: str, code: int | None = None) -> bool:
    message.status, message.error_code, message.updated = status, code, world.now()
    message.history.append(status)
    if status == "sent":
        message.sent = world.now()
    if message.service and status == "sending":
        number = world.numbers.get(message.sender or "")
        toll_free = bool(number and number.kind == "toll_free")
        message.segments = 1 if message.media_urls else segments.count(message.body, toll_free=toll_free)
    return True
