"""Which bucket is it, and who may use it? Plain values: nothing is opened here."""

from dataclasses import dataclass
from datetime import timedelta

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
