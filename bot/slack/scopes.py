"""What does Rollcall need to be allowed in Slack, and for which call or event? The manifest asks for the same."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# By scope, the methods that are called and the events that are handled because of it.
SCOPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "app_mentions:read": ("app_mention",),
        "chat:write": ("chat.postEphemeral", "chat.postMessage", "chat.update"),
        "commands": ("/rollcall", "file-certificate"),
        "files:read": ("files.info",),
        "im:history": ("conversations.history", "conversations.replies", "message.im"),
        "im:write": ("conversations.open",),
        "users:read": ("user_change", "users.info"),
        "users:read.email": ("users.lookupByEmail",),
    }
)
EVENTS: Final = frozenset(
    {"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"}
)
"""What is subscribed to, and nothing else: an event that nobody handles is repeated by Slack."""
COMMAND: Final = "/rollcall"


def missing(granted: frozenset[str]) -> tuple[str, ...]:
    """Scopes that are needed and were not granted."""
    return tuple(sorted(set(SCOPES) - granted))
