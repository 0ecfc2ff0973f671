"""What does a file say, with what its sender says beside it? One draft, whether it was read at once or later."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from db.queries import uploads
from db.records.facts import AgencyId
from db.records.uploads import FileMark, Step
from reading.certificates.model import CertificateReading
from reading.certificates.sure import CONFIDENT
from reading.certificates.told import Told
from training.uploads import checks
from training.uploads.values import Draft, From, differing, from_reading, said

# So many bits of a picture's hash may differ between two photographs of one paper.
NEAR = 6
# What an upload that ended so does not stand in the way of.
ENDED = frozenset({Step.WITHDRAWN, Step.RETURNED, Step.SET_ASIDE})


def draft_from(
    reading: CertificateReading | None, before: Draft, told: Told, titles: Mapping[str, str]
) -> Draft:
    """The draft with what was read, if anything was, and what its sender says about it.

    ``before`` is what was known without the reading. Where a surely read value is another one, it is asked which.
    """
    draft = before
    if reading is not None:
        draft = replace(
            from_reading(reading, before.words),
            held_by_another=before.held_by_another,
            same_as=before.same_as,
        )
    if draft.is_list:
        return draft
    unclear = differing(draft.entry, told, CONFIDENT) or checks.unclear(told)
    spoken = checks.without_unclear(told, unclear)
    return replace(draft.with_entry(said(draft.entry, spoken, From.OFFICER, titles)), unclear=unclear)


def looks_like(
    conn: Connection, agency_id: AgencyId, sha256: str, looks: str, own: Sequence[FileMark]
) -> int | None:
    """The number of an own upload of which this is another photograph or scan; ``own`` are marks of what one sent."""
    for mark in reversed(own):
        if mark.sha256 != sha256 and _is_near(looks, mark.looks):
            state = uploads.by_id(conn, agency_id, mark.upload_id)
            if state is not None and state.step not in ENDED:
                return state.kept.fact.number
    return None


def _is_near(one: str, other: str) -> bool:
    """Whether two hashes of pictures differ in so few bits that they may show one paper."""
    if not one or len(one) != len(other):
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR
