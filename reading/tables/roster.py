"""Who works here? One row of a roster, and what two rows about one person mean."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reading.tables.cellreader import CellReader, RowDraft, kebab, read_badge
from reading.tables.clocks import read_zone
from reading.tables.codes import RowCode, RowReason
from reading.tables.names import NameReading, join_name, read_name
from reading.tables.outcome import SortedRows
from reading.tables.rows import ReadName, RosterRow
from reading.telephones import telephone

ROLES = frozenset(
    {"officer", "civilian", "supervisor", "coordinator", "command", "records", "legal", "auditor",
     "union-observer", "administrator"}
)  # fmt: skip
ROLE_WORDS = {
    "admin": "administrator",
    "training-coordinator": "coordinator",
    "records-custodian": "records",
    "attorney": "legal",
    "union": "union-observer",
    "sworn": "officer",
    "non-sworn": "civilian",
}

STATES = {
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california", "CO": "colorado",
    "CT": "connecticut", "DE": "delaware", "DC": "district of columbia", "FL": "florida", "GA": "georgia",
    "HI": "hawaii", "ID": "idaho", "IL": "illinois", "IN": "indiana", "IA": "iowa", "KS": "kansas",
    "KY": "kentucky", "LA": "louisiana", "ME": "maine", "MD": "maryland", "MA": "massachusetts",
    "MI": "michigan", "MN": "minnesota", "MS": "mississippi", "MO": "missouri", "MT": "montana",
    "NE": "nebraska", "NV": "nevada", "NH": "new hampshire", "NJ": "new jersey", "NM": "new mexico",
    "NY": "new york", "NC": "north carolina", "ND": "north dakota", "OH": "ohio", "OK": "oklahoma",
    "OR": "oregon", "PA": "pennsylvania", "RI": "rhode island", "SC": "south carolina", "SD": "south dakota",
    "TN": "tennessee", "TX": "texas", "UT": "utah", "VT": "vermont", "VA": "virginia", "WA": "washington",
    "WV": "west virginia", "WI": "wisconsin", "WY": "wyoming",
}  # fmt: skip
STATE_CODES = {name: code for code, name in STATES.items()}

NOBODY = ReadName(display="", family="", given="")

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")

_OBJECT_ID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def read_roster(cell: CellReader) -> RosterRow:
    """One person."""
    badge = cell.badge()
    reading = _name(cell)
    appointed_on = cell.day("appointed_on")
    cell.likely("appointed_on", appointed_on)
    cycle_start, cycle_end = cell.day("cycle_start"), cell.day("cycle_end")
    cell.likely("cycle_start", cycle_start)
    cell.likely("cycle_end", cycle_end)
    cell.in_sequence("cycle_start", cycle_start, "cycle_end", cycle_end)
    complete_from = cell.day("history_complete_from")
    cell.likely("history_complete_from", complete_from)
    return RosterRow(
        badge_number=badge,
        name=reading.name,
        email=_email(cell),
        mobile_phone=_phone(cell),
        rank=_rank(cell, reading),
        unit=cell.optional("unit"),
        supervisor_badge=_supervisor(cell, badge),
        roles=_roles(cell),
        employment_status=kebab(cell.text("employment_status")) or None,
        appointed_on=appointed_on,
        state=_state(cell),
        license_number=cell.optional("license_number"),
        license_status=kebab(cell.text("license_status")) or None,
        cycle_start=cycle_start,
        cycle_end=cycle_end,
        position=kebab(cell.text("position")) or None,
        assignments=cell.words("assignments"),
        time_zone=_time_zone(cell),
        history_complete_from=complete_from,
        history_whole=cell.has("history_complete_from") and not cell.raw("history_complete_from"),
        directory_id=_directory_id(cell),
    )


def _name(cell: CellReader) -> NameReading:
    if cell.has("name"):
        text = cell.text("name", may_say_none=False)
        reading = read_name(text)
    else:
        family = cell.text("family_name", may_say_none=False)
        given = cell.text("given_name", may_say_none=False)
        middle = cell.text("middle_name")
        text = f"{family}, {given} {middle}".strip(" ,")
        reading = join_name(family, f"{given} {middle}".strip() if given else "")
    if reading is not None:
        return reading
    if text:
        cell.problem(RowCode.NAME_UNREADABLE, value=text[:80])
    else:
        cell.problem(RowCode.VALUE_MISSING, column="name")
    return NameReading(NOBODY)


def _rank(cell: CellReader, reading: NameReading) -> str | None:
    rank = cell.optional("rank")
    if reading.rank is None:
        return rank
    cell.correct("name", cell.raw("name"), reading.name.display, RowCode.RANK_TAKEN_FROM_NAME)
    return rank or reading.rank


def _email(cell: CellReader) -> str | None:
    text = cell.text("email")
    if not text:
        return None
    address = text.casefold().removeprefix("mailto:").strip("<> ")
    if _EMAIL.fullmatch(address):
        return address
    cell.correct("email", text[:200], "", RowCode.EMAIL_LEFT_OUT)
    return None


def _phone(cell: CellReader) -> str | None:
    text = cell.text("mobile_phone")
    if not text:
        return None
    number = telephone(text)
    if number is None:
        cell.correct("mobile_phone", text[:60], "", RowCode.PHONE_LEFT_OUT)
    return number


def _supervisor(cell: CellReader, badge: str) -> str | None:
    text = cell.text("supervisor_badge")
    if not text:
        return None
    supervisor = read_badge(text)
    if supervisor is None or supervisor == badge:
        cell.correct("supervisor_badge", text[:60], "", RowCode.SUPERVISOR_LEFT_OUT)
        return None
    if supervisor != text:
        cell.correct("supervisor_badge", text, supervisor, RowCode.BADGE_TIDIED)
    return supervisor


def _roles(cell: CellReader) -> tuple[str, ...]:
    roles: list[str] = []
    for word in cell.words("roles"):
        role = ROLE_WORDS.get(word, word)
        if role in ROLES:
            roles.append(role)
        else:
            cell.correct("roles", word[:60], "", RowCode.ROLE_LEFT_OUT)
    return tuple(dict.fromkeys(roles))


def _state(cell: CellReader) -> str | None:
    text = cell.text("state")
    if not text:
        return None
    code = text.upper()
    if code in STATES:
        return code
    found = STATE_CODES.get(" ".join(text.casefold().split()))
    if found is None:
        cell.correct("state", text[:60], "", RowCode.STATE_LEFT_OUT)
    return found


def _time_zone(cell: CellReader) -> str | None:
    text = cell.text("time_zone")
    zone = read_zone(text) if text else None
    if text and zone is None:
        cell.correct("time_zone", text[:60], "", RowCode.TIME_ZONE_LEFT_OUT)
    return zone


def _directory_id(cell: CellReader) -> str | None:
    text = cell.text("directory_id")
    if not text:
        return None
    if _OBJECT_ID.fullmatch(text):
        return text.casefold()
    cell.correct("directory_id", text[:60], "", RowCode.DIRECTORY_ID_LEFT_OUT)
    return None


def across_roster(drafts: Sequence[RowDraft]) -> SortedRows:
    """One badge is one person: a second row that says the same is skipped, one that differs is rejected."""
    first: dict[str, RowDraft] = {}
    kept: list[RowDraft] = []
    rejected: list[tuple[RowDraft, RowReason]] = []
    skipped: list[tuple[RowDraft, RowReason]] = []
    for draft in drafts:
        row = draft.row
        if not isinstance(row, RosterRow):
            continue
        earlier = first.setdefault(row.badge_number.casefold(), draft)
        if earlier is draft:
            kept.append(draft)
            continue
        line = ("line", str(earlier.line))
        if isinstance(earlier.row, RosterRow) and replace(earlier.row, badge_number=row.badge_number) == row:
            skipped.append((draft, RowReason(RowCode.ROW_REPEATED, (line,))))
        else:
            facts = (("badge", row.badge_number), line)
            rejected.append((draft, RowReason(RowCode.BADGE_REPEATED, facts)))
    return SortedRows(kept, rejected, skipped)
