"""What would a roster written from the directory say? The same columns as a file's, read by the same reader."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.directory.model import DirectoryPerson, DirectoryReading
from training.imports.roster_facts import ACTIVE_STATUS, is_civilian_post

# Who they are; what else is written is for the settings to say.
ALWAYS = ("badge_number", "family_name", "given_name", "employment_status", "directory_id")
RANK, POSITION, APPOINTED, STATUS = "rank", "position", "appointed_on", "employment_status"


class LeftOut(StrEnum):
    """Why an account is no row; the catalogue holds ``directory-left-out-<value>`` and, of people on the roster,
    ``directory-gone-<value>``."""

    GUEST = "guest"
    DISABLED = "disabled"
    OUTSIDE = "outside"
    NO_BADGE = "no-badge"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryTable:
    """The table as bytes, and by id why everybody else is no row of it."""

    data: bytes
    rows: int
    left_out: Mapping[str, LeftOut]

    def counted(self) -> Mapping[LeftOut, int]:
        """How many accounts are left out, by why."""
        return Counter(self.left_out.values())


def table_of(
    reading: DirectoryReading, columns: Sequence[str], on_file: frozenset[str], badges: frozenset[str]
) -> DirectoryTable:
    """The roster as the directory has it. ``on_file``: ids of entries that somebody on the roster has; ``badges``: the
    badges on it. Of somebody new the directory says more: nobody else has said anything of them yet."""
    left_out = dict.fromkeys(reading.removed, LeftOut.REMOVED)
    rows = []
    for person in sorted(reading.people, key=lambda each: (each.badge, each.object_id)):
        why = _why_not(person)
        if why is not None:
            left_out[person.object_id] = why
            continue
        is_new = person.object_id not in on_file and person.badge.casefold() not in badges
        rows.append(_row(person, is_new=is_new))
    named = [*ALWAYS, *columns, *([POSITION] if RANK in columns else [])]
    written = io.StringIO()
    table = csv.DictWriter(written, named, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return DirectoryTable(data=written.getvalue().encode(), rows=len(rows), left_out=left_out)


def _why_not(person: DirectoryPerson) -> LeftOut | None:
    if person.guest:
        return LeftOut.GUEST
    if person.outside:
        return LeftOut.OUTSIDE
    if not person.enabled:
        return LeftOut.DISABLED
    return None if person.badge else LeftOut.NO_BADGE


def _row(person: DirectoryPerson, *, is_new: bool) -> dict[str, str]:
    # Whoever takes calls is no officer; the roster knows it of the others.
    position = person.job_title if is_new and is_civilian_post(person.job_title) else ""
    appointed = person.hired_on.isoformat() if is_new and person.hired_on is not None else ""
    return {
        "badge_number": person.badge,
        "family_name": person.family,
        "given_name": person.given,
        # Of the others the roster knows it better: an account says nothing of a leave.
        STATUS: ACTIVE_STATUS if is_new else "",
        "directory_id": person.object_id,
        "email": person.email,
        "mobile_phone": person.mobile_phone,
        RANK: person.job_title,
        POSITION: position,
        "unit": person.unit,
        "supervisor_badge": person.supervisor_badge,
        APPOINTED: appointed,
    }
