"""What else may be asked of messages and their files: lists, one, redaction, deletion."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from tests.fakes.twilio import shapes
from tests.fakes.twilio.carrier import FINAL
from tests.fakes.twilio.errors import TwilioError, not_found
from tests.fakes.twilio.world import Media, Message, World

Json = dict[str, Any]
Given = Mapping[str, Sequence[str]]
ThingT = TypeVar("ThingT", Message, Media)

PAGE_SIZE = 50
LARGEST_PAGE = 1000
DATES = ("DateSent", "DateSent<", "DateSent>")
FINISHED = FINAL | {"sent", "received"}


def messages(world: World, path: str, given: Given) -> Json:
    """A page of messages, the newest first. What was not sent yet has no DateSent, and no such filter finds it."""
    wanted = {name: given[name][0] for name in ("To", "From", *DATES) if given.get(name)}
    found = [
        each for each in reversed(world.messages.values()) if not each.deleted and _matches(each, wanted)
    ]
    return _page(path, given, wanted, "messages", found, lambda each: shapes.message(world, each))


def files(world: World, path: str, message: Message, given: Given) -> Json:
    """A page of a message's files."""
    found = [world.media[each] for each in message.media if not world.media[each].deleted]
    return _page(path, given, {}, "media_list", found, lambda each: shapes.media(world, each))


def update(world: World, message: Message, given: Given) -> Json:
    """Redact a message that is finished, or cancel one that waits to be scheduled."""
    if "Body" not in given or given["Body"][0] or "Status" in given:
        raise TwilioError(30400)
    if message.status not in FINISHED:
        raise TwilioError(20009)
    message.body, message.updated = "", world.now()
    return shapes.message(world, message)


def delete(world: World, message: Message) -> None:
    """Take a finished message away, with its files."""
    if message.status not in FINISHED:
        raise TwilioError(20009)
    message.deleted = True
    for each in message.media:
        world.media[each].deleted = True


def media(world: World, path: str, message: str, sid: str) -> Media:
    """One file of one message."""
    found = world.media.get(sid)
    if found is None or found.deleted or found.message != message:
        raise not_found(path)
    return found


def _matches(message: Message, wanted: dict[str, str]) -> bool:
    if message.to != wanted.get("To", message.to) or message.sender != wanted.get("From", message.sender):
        return False
    return all(_sent(message.sent, name, wanted[name]) for name in DATES if name in wanted)


def _sent(sent: datetime | None, name: str, given: str) -> bool:
    begins, ends = _span(given)
    if sent is None:
        return False
    match name:
        case "DateSent<":
            return sent <= begins if begins == ends else sent < ends
        case "DateSent>":
            return sent >= begins
        case _:
            return begins <= sent < max(ends, begins + timedelta(seconds=1))


def _span(given: str) -> tuple[datetime, datetime]:
    """A day from end to end, or an instant."""
    try:
        day = datetime.combine(date.fromisoformat(given), datetime.min.time(), UTC)
    except ValueError:
        pass
    else:
        return day, day + timedelta(days=1)
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise TwilioError(20001, f"The date {given} cannot be read.") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at, at


def _number(given: Given, name: str, otherwise: int) -> int:
    told = given[name][0] if given.get(name) else str(otherwise)
    if not told.isascii() or not told.isdigit():
        raise TwilioError(20001, f"{name} must be a number.")
    return int(told)


def _page(
    path: str,
    given: Given,
    wanted: dict[str, str],
    name: str,
    found: list[ThingT],
    shape: Callable[[ThingT], Json],
) -> Json:
    size = _number(given, "PageSize", PAGE_SIZE)
    if not 1 <= size <= LARGEST_PAGE:
        raise TwilioError(20001, f"PageSize must be from 1 to {LARGEST_PAGE}.")
    page = _number(given, "Page", 0)
    start = 0
    if page:
        last = given["PageToken"][0].removeprefix("PA") if given.get("PageToken") else ""
        sids = [each.sid for each in found]
        if last not in sids:
            raise TwilioError(
                20001, "A page after the first is asked for with the PageToken of the one before."
            )
        start = sids.index(last) + 1
    shown = found[start : start + size]

    def uri(number: int, **more: str) -> str:
        return f"{path}?{urlencode({**wanted, 'PageSize': size, 'Page': number, **more})}"

    goes_on = start + size < len(found)
    return {
        "end": start + len(shown) - 1 if shown else start,
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1, PageToken=f"PA{shown[-1].sid}") if goes_on else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": None,
        "start": start,
        "uri": uri(page),
        name: [shape(each) for each in shown],
    }
