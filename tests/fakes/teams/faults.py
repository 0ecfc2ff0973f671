"""What goes wrong at Microsoft, and when? The same script and gates as at the other stand-ins, by the names below."""

from tests.fakes.faults import (
    ANY,
    PATIENCE,
    Fault,
    Gate,
    Kind,
    Script,
    dropped,
    failed,
    held,
    malformed,
    rate_limited,
)

__all__ = [
    "ANY",
    "CREATE",
    "DELETE",
    "DOWNLOAD",
    "ELSEWHERE",
    "KEYS",
    "MEMBER",
    "MEMBERS",
    "OPENID",
    "PATIENCE",
    "PICTURE",
    "SEND",
    "TOKEN",
    "TYPING",
    "UPDATE",
    "Fault",
    "Gate",
    "Kind",
    "Script",
    "dropped",
    "failed",
    "held",
    "malformed",
    "page",
    "rate_limited",
    "refused",
]

TOKEN = "token"  # noqa: S105  a name
OPENID = "openid"
KEYS = "keys"
CREATE = "create_conversation"
SEND = "send_activity"
TYPING = "send_typing"
UPDATE = "update_activity"
DELETE = "delete_activity"
MEMBER = "get_member"
MEMBERS = "get_members"
DOWNLOAD = "download"
PICTURE = "picture"
ELSEWHERE = "elsewhere"
"""An address that Microsoft does not have."""


def page(status: int = 200) -> Fault:
    """A web page instead of an answer, as a proxy or a maintenance window gives; nothing was done."""
    return Fault(Kind.PAGE, status)


def refused(code: str) -> Fault:
    """A refusal by its code, as in ``errors.CONNECTOR`` or ``errors.ENTRA``; nothing was done."""
    return Fault(Kind.REFUSED, error=code)
