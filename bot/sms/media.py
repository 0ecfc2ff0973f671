"""How does a picture get from Twilio to us? From the address of the settings alone, within a size and a time; the key
goes nowhere else."""

from collections.abc import Sequence

from bot.sms.api import TwilioApi
from handlers.routing import NOT_FETCHED, SentFile

# A message carries at most ten files and five megabytes together; a recompressed picture is far smaller.
MOST_BYTES = 6 * 1024 * 1024


def fetch(api: TwilioApi, addresses: Sequence[str]) -> tuple[SentFile, ...]:
    """The files that can be had; one that cannot is there with nothing in it, so that it is spoken of."""
    left, found = MOST_BYTES, []
    for address in addresses:
        content = api.download(address, left) if left else None
        left -= len(content or b"")
        # Twilio gives no names, and a name decides nothing.
        away = NOT_FETCHED if content is None else ""
        found.append(SentFile(name="", content=content or b"", away=away))
    return tuple(found)
