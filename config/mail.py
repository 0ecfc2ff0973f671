"""Where does mail go out? The one address of a mail server, read into its parts."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

# The port of each way, where the address names none.
PORTS: Final = {"smtps": 465, "smtp": 587}
HINT: Final = (
    "not the address of a mail server; write smtps://USER:PASSWORD@HOST:465, or smtp://USER:PASSWORD@HOST:587, "
    "with %40 for an @ in the user's name"
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """One mail server. ``encrypted``: from the first byte, and not only once it was asked for (STARTTLS)."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(given: str) -> MailServer:
    """The server that an address names. ValueError with a hint, and nothing of the address in it."""
    parts = urlsplit(given)
    try:
        port = parts.port
    except ValueError:
        raise ValueError(HINT) from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError(HINT)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("a user without a password, or the other way round; write both or neither")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        encrypted=parts.scheme == "smtps",
        user=user,
        password=password,
    )


def bare_address(given: str) -> str:
    """The address alone, of one that may have a name beside it. ValueError where there is none."""
    address = parseaddr(given)[1]
    local, at, domain = address.rpartition("@")
    if not (local and at and "." in domain) or not given.isprintable() or " " in address:
        raise ValueError(f'"{given}" is not an e-mail address; write one like training@example.gov')
    return address
