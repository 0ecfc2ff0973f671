"""users.*: who somebody is, found by id, by e-mail, or page by page."""

from typing import Any

from tests.fakes.slack import shapes
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.call import MethodCall
from tests.fakes.slack.methods.conversations import cursor, next_cursor
from tests.fakes.slack.world import User

Json = dict[str, Any]

EMAIL_SCOPE = "users:read.email"


def _told(call: MethodCall, person: User) -> Json:
    told = shapes.user(person, with_email=EMAIL_SCOPE in call.install.scopes and not person.is_stranger)
    if person.enterprise_id:
        told["enterprise_user"]["enterprise_name"] = (
            call.world.workspaces[person.team_id].enterprise_name or ""
        )
    return told


def info(call: MethodCall) -> Json:
    """users.info."""
    (name,) = call.arguments.required("user")
    person = call.world.users.get(name)
    if person is None:
        raise SlackError("user_not_found")
    return {"user": _told(call, person)}


def lookup_by_email(call: MethodCall) -> Json:
    """users.lookupByEmail: active members of the workspace only."""
    (email,) = call.arguments.required("email")
    for person in call.world.users.values():
        known = (person.email or "").lower() == email.lower() and _is_ours(call, person)
        if known and not (person.deleted or person.is_bot or person.is_stranger):
            return {"user": _told(call, person)}
    raise SlackError("users_not_found")


def list_(call: MethodCall) -> Json:
    """users.list, a page at a time; an organization's token names the workspace."""
    team_id = call.arguments.text("team_id")
    if call.install.is_enterprise_install and team_id is None:
        raise SlackError("missing_argument")
    ours = [each for each in call.world.users.values() if _is_ours(call, each, team_id)]
    start, most = cursor(call.arguments), call.arguments.number("limit", 0, 1000) or len(ours) or 1
    told = [_told(call, each) for each in ours[start : start + most]]
    return {
        "members": told,
        "cache_ts": int(call.world.now()),
        "response_metadata": {"next_cursor": next_cursor(start + most, len(ours))},
    }


def _is_ours(call: MethodCall, person: User, team_id: str | None = None) -> bool:
    space = call.world.workspaces[call.install.team_id]
    if call.install.is_enterprise_install and space.enterprise_id:
        inside = person.enterprise_id == space.enterprise_id
        return inside and (team_id is None or team_id in (person.teams or (person.team_id,)))
    return space.id in (person.teams or (person.team_id,))
