"""conversations.* and users.conversations: opening, looking at and reading conversations."""

import base64
import binascii
from typing import Any

from tests.fakes.slack import access, shapes
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.call import MethodCall
from tests.fakes.slack.world import Channel, Message

Json = dict[str, Any]

LARGEST_PAGE = 999
MOST_PEOPLE = 8


def open_(call: MethodCall) -> Json:
    """conversations.open: the direct message with one person, or one that exists by its id."""
    access.need(call.install, "im:write", "mpim:write")
    users, name = call.arguments.text("users"), call.arguments.text("channel")
    if name is not None:
        place = call.seen_channel(name)
        if not place.is_im:
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(call, place, already=True)
    if users is None:
        raise SlackError("users_list_not_supplied")
    ids = [each.strip() for each in users.split(",") if each.strip()]
    if len(ids) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for each in ids:
        person = call.world.users.get(each)
        if person is None:
            raise SlackError("user_not_found")
        if person.deleted:
            raise SlackError("user_disabled")
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        if person.is_stranger:
            raise SlackError("user_not_visible")
    if len(ids) != 1:
        raise SlackError("not_enough_users" if not ids else "method_not_supported_for_channel_type")
    access.need(call.install, "im:write")
    before = set(call.world.channels)
    place = call.world.im(ids[0], call.install)
    return _opened(call, place, already=place.id in before)


def _opened(call: MethodCall, place: Channel, *, already: bool) -> Json:
    told = (
        shapes.channel(call.world, place, call.install)
        if call.arguments.flag("return_im")
        else {"id": place.id}
    )
    return {"no_op": already, "already_open": already, "channel": told}


def info(call: MethodCall) -> Json:
    """conversations.info."""
    (name,) = call.arguments.required("channel")
    access.in_some_conversation(call.install, "read")
    place = call.seen_channel(name)
    access.in_conversation(call.install, place, "read")
    return {"channel": shapes.channel(call.world, place, call.install)}


def history(call: MethodCall) -> Json:
    """conversations.history: newest first, without the answers in threads, a page at a time."""
    (name,) = call.arguments.required("channel")
    place = _readable(call, name)
    found = [m for m in _between(call, place) if m.thread_ts in (None, m.ts)]
    return _page(call, list(reversed(found)))


def replies(call: MethodCall) -> Json:
    """conversations.replies: a message and the answers in its thread, oldest first."""
    name, ts = call.arguments.required("channel", "ts")
    place = _readable(call, name)
    parent = call.world.message(place.id, ts)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    return _page(call, [m for m in _between(call, place) if root in (m.ts, m.thread_ts)])


def of_user(call: MethodCall) -> Json:
    """users.conversations: where the bot, or a person, is a member."""
    access.in_some_conversation(call.install, "read")
    kinds = set((call.arguments.text("types") or "public_channel").split(","))
    names = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    if kinds - set(names):
        raise SlackError("invalid_types")
    who = call.arguments.text("user") or call.install.bot_user
    wanted = {names[each] for each in kinds}
    access.need(call.install, *(f"{each}:read" for each in sorted(wanted)))
    found = [c for c in call.world.channels.values() if who in c.members and c.kind in wanted]
    start, most = cursor(call.arguments), call.arguments.number("limit", 100, LARGEST_PAGE)
    told = [shapes.channel(call.world, each, call.install) for each in found[start : start + most]]
    return {"channels": told, "response_metadata": {"next_cursor": next_cursor(start + most, len(found))}}


def _readable(call: MethodCall, name: str) -> Channel:
    access.in_some_conversation(call.install, "history")
    place = call.seen_channel(name)
    access.in_conversation(call.install, place, "history")
    return call.joined_channel(name)


def _between(call: MethodCall, place: Channel) -> list[Message]:
    oldest = call.arguments.timestamp("oldest", "invalid_ts_oldest")
    latest = call.arguments.timestamp("latest", "invalid_ts_latest")
    low, high = _micros(oldest or "0"), _micros(latest) if latest else 10**18
    if call.arguments.flag("inclusive"):
        low, high = low - 1, high + 1
    mine = (m for m in call.world.messages if m.channel == place.id and not m.deleted and m.only_for is None)
    return [m for m in mine if low < _micros(m.ts) < high]


def _page(call: MethodCall, found: list[Message]) -> Json:
    most = call.arguments.number("limit", 100, LARGEST_PAGE) or 100
    start = cursor(call.arguments)
    everything = call.arguments.flag("include_all_metadata")
    told = [_with_thread(call, each, everything) for each in found[start : start + most]]
    more = start + most < len(found)
    page: Json = {"messages": told, "has_more": more, "pin_count": 0}
    if more:
        page["response_metadata"] = {"next_cursor": next_cursor(start + most, len(found))}
    return page


def _with_thread(call: MethodCall, said: Message, all_metadata: bool) -> Json:
    told = shapes.message(call.world, said, all_metadata=all_metadata)
    answers = [m for m in call.world.messages if m.thread_ts == said.ts and m is not said and not m.deleted]
    answers = [m for m in answers if m.channel == said.channel and m.only_for is None]
    if answers:
        told |= {"thread_ts": said.ts, "reply_count": len(answers), "latest_reply": answers[-1].ts}
    return told


def _micros(ts: str) -> int:
    whole, _, rest = ts.partition(".")
    return int(whole) * 1_000_000 + int(rest.ljust(6, "0") or 0)


def cursor(arguments: Arguments) -> int:
    """Where a page begins."""
    given = arguments.text("cursor")
    if given is None:
        return 0
    try:
        kind, _, number = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if kind != "from" or not number.isdecimal():
        raise SlackError("invalid_cursor")
    return int(number)


def next_cursor(start: int, total: int) -> str:
    """How the next page is asked for; empty after the last."""
    return base64.b64encode(f"from:{start}".encode()).decode() if start < total else ""
