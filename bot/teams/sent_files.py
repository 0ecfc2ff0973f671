"""How does a file get out of Teams? From the people's own storage or the connector alone, within a size; no name is
believed."""

from collections.abc import Sequence

from bot.teams.api import TeamsApi
from bot.teams.events import SentAttachment
from handlers.routing import NOT_FETCHED, SentFile
from reading.documents.model import FileRefusal

# A page of a scan is a few megabytes; Teams itself allows a gigabyte.
MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10


def fetch(api: TeamsApi, files: Sequence[SentAttachment], service: str) -> tuple[SentFile, ...]:
    """The files that can be had; one that cannot is there with nothing in it, so that it is spoken of."""
    return tuple(_one(api, each, service) for each in files[:MOST_FILES])


def _one(api: TeamsApi, file: SentAttachment, service: str) -> SentFile:
    content = api.download(file.address, MOST_BYTES + 1, service, with_token=file.with_token)
    if content is None:
        return SentFile(name=file.name, content=b"", away=NOT_FETCHED)
    if len(content) > MOST_BYTES:
        return SentFile(name=file.name, content=b"", away=FileRefusal.TOO_LARGE.value)
    return SentFile(name=file.name, content=content)
