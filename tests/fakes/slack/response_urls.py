"""What may an app still say with a late address? Five uses in half an hour, to one person or the whole channel."""

from typing import Any

from tests.fakes.slack import validate
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.world import Message, ResponseUrl, World

Json = dict[str, Any]

USES = 5
SECONDS = 30 * 60.0


def use(world: World, name: str, given: Json) -> Json:
    """Post, replace or delete; the service answers a bare `ok`, or an error with a status of its own."""
    address = world.response_urls.get(name)
    if address is None:
        raise SlackError("invalid_url")
    if world.now() - address.at > SECONDS:
        raise SlackError("expired_url")
    if address.uses >= USES:
        raise SlackError("used_url")
    arguments = Arguments(given, None, is_json=True)
    if arguments.flag("delete_original"):
        _original(world, address).deleted = True
        address.uses += 1
        return {"ok": True}
    words = validate.text(arguments, longest=validate.LONGEST_TEXT)
    blocks = validate.blocks(arguments)
    attached = validate.attachments(arguments)
    if words is None and not blocks and not attached:
        raise SlackError("no_text")
    address.uses += 1
    kept = validate.with_ids(world, blocks or [])
    if arguments.flag("replace_original"):
        said = _original(world, address)
        said.versions.append((said.text, said.blocks))
        said.text, said.blocks, said.attachments, said.edited = words or "", kept, attached, world.ts()
        return {"ok": True}
    to_all = arguments.text("response_type") == "in_channel"
    bot = world.bot_of(world.channels[address.channel].team_id)
    world.put(
        address.channel,
        bot.bot_user,
        words or "",
        blocks=kept,
        attachments=attached,
        bot_id=bot.bot_id,
        thread_ts=arguments.timestamp("thread_ts", "invalid_thread_ts"),
        only_for=None if to_all else address.user,
    )
    return {"ok": True}


def _original(world: World, address: ResponseUrl) -> Message:
    for said in world.messages:
        if said.channel == address.channel and said.ts == address.message and not said.deleted:
            return said
    raise SlackError("message_not_found")
