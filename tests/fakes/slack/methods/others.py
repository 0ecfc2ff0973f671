"""auth.test, api.test, blocks.validate, files.info and reactions.add."""

import re
from typing import Any

from tests.fakes.slack import shapes, validate
from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.blockkit import Surface
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.call import MethodCall

Json = dict[str, Any]

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def auth_test(call: MethodCall) -> Json:
    """auth.test: whose token this is."""
    space, install = call.world.workspaces[call.install.team_id], call.install
    told: Json = {
        "url": f"https://{space.domain}.slack.com/",
        "team": space.name,
        "user": call.world.app.name.lower(),
        "team_id": space.id,
        "user_id": install.bot_user,
        "bot_id": install.bot_id,
        "is_enterprise_install": install.is_enterprise_install,
    }
    if space.enterprise_id:
        told["enterprise_id"] = space.enterprise_id
    return told


def api_test(arguments: Arguments) -> Json:
    """api.test: says back what it was given, or fails as it was told; needs no token."""
    error = arguments.text("error")
    if error is not None:
        raise SlackError(error, args=arguments.given)
    return {"args": arguments.given}


def blocks_validate(call: MethodCall) -> Json:
    """blocks.validate: exactly one of blocks, a message or a view."""
    given = {
        name: call.arguments.structure(name, "invalid_arguments") for name in ("blocks", "message", "view")
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    if len(chosen) != 1:
        raise SlackError("invalid_arguments", ["provide exactly one of `blocks`, `message` or `view`"])
    ((name, value),) = chosen.items()
    payload = {"blocks": value} if name == "blocks" else value
    if not isinstance(payload, dict):
        raise SlackError("invalid_arguments", [f"must be an object [json-pointer:/{name}]"])
    surface: Surface = "message"
    if name == "view":
        surface = "home" if payload.get("type") == "home" else "modal"
    if found := validate.refused_in(surface, payload):
        raise SlackError(f"invalid_{name}", errors=[_detail(each) for each in found])
    return {}


def _detail(line: str) -> Json:
    where, _, message = line.partition(": ")
    return {"pointer": f"/{where}", "code": "failed_constraint", "message": message}


def files_info(call: MethodCall) -> Json:
    """files.info: files in conversations of the bot's."""
    (name,) = call.arguments.required("file")
    shared = call.world.files.get(name)
    if shared is None:
        raise SlackError("file_not_found")
    if shared.deleted:
        raise SlackError("file_deleted")
    places = [call.world.channels[each] for each in shared.channels]
    if not any(call.install.bot_user in each.members for each in places):
        raise SlackError("file_not_found")
    paging = {"count": 100, "total": 0, "page": 1, "pages": 0}
    return {"file": shapes.file(shared, call.base), "comments": [], "paging": paging}


def reactions_add(call: MethodCall) -> Json:
    """reactions.add."""
    channel, name, ts = call.arguments.required("channel", "name", "timestamp")
    call.arguments.timestamp("timestamp", "bad_timestamp")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    said = call.world.message(call.joined_channel(channel).id, ts)
    if said is None:
        raise SlackError("message_not_found")
    who = said.reactions.setdefault(name, [])
    if call.install.bot_user in who:
        raise SlackError("already_reacted")
    who.append(call.install.bot_user)
    return {}
