"""What does the doctor ask of every chat tool? Whether it can reach us, and whose door its address is."""

from urllib.parse import urlsplit

from bot.serving import is_loopback
from config.settings import Settings
from db.queries import agencies
from db.unit_of_work import reading
from training.office import Office


def address_of(settings: Settings, path: str) -> str:
    """Where a chat tool would call us."""
    return settings.public_url.rstrip("/") + path


def is_reached_from_outside(settings: Settings) -> bool:
    """Whether the public address is one that somebody else can call, over TLS."""
    address = urlsplit(settings.public_url)
    return address.scheme == "https" and not is_loopback(address.hostname or "")


def addresses_known(office: Office, channel: str) -> frozenset[str]:
    """The addresses of this channel that are some agency's door."""
    with reading(office.engine) as conn:
        return frozenset(
            kept.fact.address
            for number in agencies.agencies(conn)
            for kept in agencies.doors(conn, number)
            if kept.fact.channel == channel
        )
