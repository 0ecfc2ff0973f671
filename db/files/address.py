"""Which bucket is it, and how is it opened where the kit for it may not be installed?"""

from dataclasses import dataclass
from datetime import timedelta

from db.files.port import FileStore

# Somebody may be waiting for an answer meanwhile.
PATIENCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketAddress:
    """Where a bucket is and who may use it. ``patience``: how long one try of a request may take."""

    url: str
    access_key: str
    secret_key: str
    region: str
    endpoint: str
    patience: timedelta = PATIENCE


def in_bucket(address: BucketAddress) -> FileStore:
    """The store in that bucket. The kit is an extra, and nobody who keeps files in a folder has it."""
    from db.files.bucket import Bucket  # noqa: PLC0415  an extra; see above

    return Bucket(address)
