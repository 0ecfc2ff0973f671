"""chat.*: posting, editing and deleting what the bot says."""

from typing import Any

from tests.fakes.slack import shapes, validate
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.call import MethodCall
from tests.fakes.slack.world import Channel, Message

Json = dict[str, Any]


def post_message(call: MethodCall) -> Json:
    """chat.postMessage: into a conversation, or to a person, whose direct message then has an id."""
    (name,) = call.arguments.required("channel")
    place = target(call, name)
    words = validate.text(call.arguments, longest=10**9)
    given = validate.blocks(call.arguments)
    attached = validate.attachments(call.arguments)
    if words is None and not given and not attached:
        raise SlackError("no_text")
    thread = call.arguments.timestamp("thread_ts", "invalid_thread_ts")
    note = validate.metadata(call.arguments)
    call.world.remarks += validate.remarks(words, given)
    call.limits.post(place.id, call.install.team_id, call.world.now())
    said = call.world.put(
        place.id,
        call.install.bot_user,
        (words or "")[: validate.LONGEST_TEXT],
        blocks=validate.with_ids(call.world, given or []),
        attachments=attached,
        metadata=note,
        bot_id=call.install.bot_id,
        thread_ts=thread,
    )
    return {
        "channel": place.id,
        "ts": said.ts,
        "message": shapes.message(call.world, said, all_metadata=True),
    }


def target(call: MethodCall, name: str) -> Channel:
    """Where a message goes: a conversation of the bot's, or the direct message with a person."""
    if name[0] in "UW" and name in call.world.users:
        person = call.world.users[name]
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        if person.deleted or person.is_stranger:
            raise SlackError("channel_not_found")
        place = call.world.im(name, call.install)
    else:
        place = call.joined_channel(name)
    if place.is_archived:
        raise SlackError("is_archived")
    if place.is_im and not call.world.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return place


def post_ephemeral(call: MethodCall) -> Json:
    """chat.postEphemeral: for one member of the conversation, gone when they reload."""
    name, reader = call.arguments.required("channel", "user")
    place = call.joined_channel(name)
    if place.is_archived:
        raise SlackError("is_archived")
    words = validate.text(call.arguments, longest=validate.LONGEST_EDITED_TEXT)
    given = validate.blocks(call.arguments)
    attached = validate.attachments(call.arguments)
    if words is None and not given and not attached:
        raise SlackError("no_text")
    if reader not in place.members:
        raise SlackError("user_not_in_channel")
    said = call.world.put(
        place.id,
        call.install.bot_user,
        words or "",
        blocks=validate.with_ids(call.world, given or []),
        attachments=attached,
        bot_id=call.install.bot_id,
        thread_ts=call.arguments.timestamp("thread_ts", "invalid_thread_ts"),
        only_for=reader,
    )
    return {"message_ts": said.ts}


def update(call: MethodCall) -> Json:
    """chat.update: only the bot's own messages; blocks that are not given stay."""
    name, ts = call.arguments.required("channel", "ts")
    said = own_message(call, name, ts, "cant_update_message")
    words = validate.text(call.arguments, longest=validate.LONGEST_EDITED_TEXT)
    given = validate.blocks(call.arguments)
    attached = validate.attachments(call.arguments)
    if words is None and given is None and "attachments" not in call.arguments.given:
        raise SlackError("no_text")
    if words is None and not (given or attached):
        raise SlackError("no_text")
    note = validate.metadata(call.arguments)
    if given:
        call.world.remarks += validate.remarks(words, given)
    said.versions.append((said.text, said.blocks))
    said.text = said.text if words is None else words
    if given is not None:
        said.blocks = validate.with_ids(call.world, given)
    if "attachments" in call.arguments.given:
        said.attachments = attached
    if "metadata" in call.arguments.given:
        said.metadata = note
    said.edited = call.world.ts()
    told = shapes.message(call.world, said, all_metadata=True)
    return {"channel": said.channel, "ts": said.ts, "text": said.text, "message": told}


def delete(call: MethodCall) -> Json:
    """chat.delete: only the bot's own messages."""
    name, ts = call.arguments.required("channel", "ts")
    said = own_message(call, name, ts, "cant_delete_message")
    said.deleted = True
    return {"channel": said.channel, "ts": said.ts}


def own_message(call: MethodCall, name: str, ts: str, not_ours: str) -> Message:
    """A message of the bot's own in a conversation named by its id; a person's id is not one."""
    said = call.world.message(call.seen_channel(name).id, ts)
    if said is None:
        raise SlackError("message_not_found")
    if said.bot_id != call.install.bot_id:
        raise SlackError(not_ours)
    return said
