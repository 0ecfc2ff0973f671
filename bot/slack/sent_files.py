"""How does a file get out of Slack? By its id alone: size asked first, from Slack's own hosts only, never a name."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot.slack.api import SlackApi
from handlers.routing import NOT_FETCHED, SentFile
from reading.documents.model import FileRefusal

# A page of a scan is a few megabytes; Slack itself allows a gigabyte.
MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10


def fetch(api: SlackApi, ids: Sequence[str]) -> tuple[SentFile, ...]:
    """The files that can be had; one that cannot is there with nothing in it, so that it is spoken of."""
    return tuple(_one(api, each) for each in ids[:MOST_FILES])


def _one(api: SlackApi, file_id: str) -> SentFile:
    answer = api.read("files.info", file=file_id)
    found = answer.data.get("file")
    if not answer.ok or not isinstance(found, Mapping):
        return SentFile(name="", content=b"", away=NOT_FETCHED)
    name, size = str(found.get("name") or ""), found.get("size")
    address = found.get("url_private_download")
    if isinstance(size, int) and size > MOST_BYTES:
        return SentFile(name=name, content=b"", away=FileRefusal.TOO_LARGE.value)
    if not isinstance(size, int) or not isinstance(address, str) or not api.trusts(urlsplit(address)):
        return SentFile(name=name, content=b"", away=NOT_FETCHED)
    content = api.download(address, MOST_BYTES)
    if content is None or len(content) != size:
        return SentFile(name=name, content=b"", away=NOT_FETCHED)
    return SentFile(name=name, content=content)
