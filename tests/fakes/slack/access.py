"""May this token call this method? The kind of token, what became of it, and its scopes."""

from collections.abc import Iterable

from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.world import Channel, Install, World

NEEDED = {
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "files.info": "files:read",
    "reactions.add": "reactions:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
}


def need(install: Install, *any_of: str) -> None:
    """Refuse unless the token holds one of these scopes."""
    if install.scopes.isdisjoint(any_of):
        raise SlackError(
            "missing_scope", needed=",".join(any_of), provided=",".join(sorted(install.scopes)) or "none"
        )


def bot(world: World, token: str | None, method: str) -> Install:
    """The installation whose bot token this is."""
    if not token:
        raise SlackError("not_authed")
    if token == world.app.app_token:
        raise SlackError("not_allowed_token_type")
    install = world.installs.get(token)
    if install is None:
        raise SlackError("invalid_auth")
    if install.revoked:
        raise SlackError(install.revoked)
    if method in NEEDED:
        need(install, NEEDED[method])
    return install


def app_level(world: World, token: str | None) -> None:
    """Refuse unless this is the app's own token, good for opening connections."""
    if not token:
        raise SlackError("not_authed")
    if token in world.installs:
        raise SlackError("not_allowed_token_type")
    if token != world.app.app_token:
        raise SlackError("invalid_auth")
    held = world.app.app_token_scopes
    if "connections:write" not in held:
        raise SlackError("missing_scope", needed="connections:write", provided=",".join(sorted(held)))


def in_conversation(install: Install, channel: Channel, right: str) -> None:
    """Refuse unless the token may read or see conversations of this kind."""
    need(install, f"{channel.kind}:{right}")


def in_some_conversation(
    install: Install, right: str, kinds: Iterable[str] = ("channels", "groups", "im", "mpim")
) -> None:
    """Refuse a token that may not do this in any kind of conversation."""
    need(install, *(f"{kind}:{right}" for kind in kinds))
