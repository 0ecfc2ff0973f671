"""What is a person called in a file that names nobody? The same word every time, which only the key can lead back."""

import hmac
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

from db.records.facts import AgencyId

LENGTH = 16


def pseudonym(key: bytes, agency_id: AgencyId, person_id: int) -> str:
    """The person's word at this agency; another agency's key of the same installation gives another one."""
    of_agency = hmac.digest(key, f"agency {agency_id}".encode(), sha256)
    word = hmac.digest(of_agency, f"person {person_id}".encode(), sha256)
    return "P-" + b32encode(word).decode("ascii")[:LENGTH]


def person_behind(key: bytes, agency_id: AgencyId, person_ids: Iterable[int], written: str) -> int | None:
    """Whose word it is, among these people; None when it is nobody's there."""
    # As bytes: of texts only plain letters may be compared, and somebody may have written anything.
    wanted = written.strip().upper().encode("utf-8", "surrogatepass")
    words = ((each, pseudonym(key, agency_id, each).encode()) for each in person_ids)
    found = (each for each, word in words if hmac.compare_digest(word, wanted))
    return next(found, None)
