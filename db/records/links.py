"""One-time links: what they are for, and one of them as it is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.records.facts import AgencyId


class LinkPurpose(StrEnum):
    """The one thing a link does."""

    UPLOAD = "upload"  # takes files
    LOOK = "look"  # shows files beside what is said of them
    DOWNLOAD = "download"  # hands out one file as it came


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLink:
    """A link that works still. ``digest`` is that of its token, ``payload`` closed."""

    agency_id: AgencyId
    digest: str
    person_id: int
    purpose: LinkPurpose
    payload: bytes
    expires_at: datetime
