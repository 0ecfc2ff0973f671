"""Which certificates, cards and licensing cycles does a person have? One row of either table."""

import re
from datetime import date

from reading.tables.cellreader import CellReader, kebab
from reading.tables.codes import RowCode
from reading.tables.rows import CardRow, CertificationRow, CycleRow

# Certificate statuses: True is held, False is not (yet, or any more), None does not say.
HELD: dict[str, bool | None] = {
    "granted": True,
    "active": True,
    "current": True,
    "valid": True,
    "issued": True,
    "held": True,
    "renewed": True,
    "required": False,
    "lapsed": False,
    "expired": False,
    "revoked": False,
    "suspended": False,
    "denied": False,
    "surrendered": False,
    "inactive": False,
    "app-recd": False,
    "application-received": False,
    "pending": False,
    "reqcertext": False,  # a longer time to reach it, so it is not reached
    "reactivate": None,  # asked for or done: the state's word does not tell
    "reactivated": True,
}

# Words on cards and what such a card covers. "Heartsaver" and BLS courses are CPR by another name.
COVERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bfirst[ -]?aid\b"), "first-aid"),
    (re.compile(r"\bcpr\b|\bbls\b|\bbasic life support\b|\bheartsaver\b"), "cpr"),
    (re.compile(r"\baed\b"), "aed"),
    (re.compile(r"\btaser\b|\bcew\b"), "taser"),
)

# What states list beside cards and is none: the signature under a code of ethics is evidence of another duty.
NOT_CARDS = re.compile(r"code of ethics|^(?:law enforcement )?signed$")

CYCLE_GROUPS = re.compile(r"maintenance requirements?|licensing cycle|maintenance window|ce cycle")
_YEARS = re.compile(r"\b([1-9])[ -]?y(?:ea)?rs?\b")
_TRACKS = ("leadership", "basic", "management", "supervisory")

# The state of Oregon ends a window that it has closed on this day; no window can truly end before it starts.
CLOSED_ON = date(1950, 1, 1)


def read_certification(cell: CellReader) -> CertificationRow:
    """One level of one certificate."""
    badge = cell.badge()
    certificate = cell.required("certificate")
    status = cell.text("status")
    word = kebab(status)
    if status and HELD.get(word) is None:
        cell.doubt(RowCode.CERTIFICATE_STATUS_UNCLEAR, status=status[:60])
    issued_on, status_on = cell.day("date"), cell.day("status_date")
    expires_on = cell.day("expires_on", month_end=True)
    probation_until = cell.day("probation_date")
    cell.happened("date", issued_on)
    cell.happened("status_date", status_on)
    cell.likely("expires_on", expires_on)
    cell.likely("probation_date", probation_until)
    cell.in_sequence("date", issued_on, "expires_on", expires_on)
    return CertificationRow(
        badge_number=badge,
        certificate=certificate,
        level=cell.optional("level"),
        status=status or None,
        # An own list without statuses is a list of what people hold, as far as it has a date of issue.
        held=HELD.get(word) if status else (issued_on is not None or None),
        issued_on=issued_on,
        status_on=status_on,
        expires_on=expires_on,
        probation_until=probation_until,
    )


def read_card(cell: CellReader) -> CardRow | CycleRow | None:
    """One card, or one of the cycle windows that a state lists among its cards."""
    badge = cell.badge()
    name, group = cell.required("card"), cell.text("group")
    if CYCLE_GROUPS.search(group.casefold()):
        return _cycle(cell, badge, name)
    if NOT_CARDS.search(group.casefold()) or NOT_CARDS.search(name.casefold()):
        cell.skip(RowCode.NOT_A_CARD, card=f"{group}: {name}" if group else name)
        return None
    covers = tuple(word for pattern, word in COVERS if pattern.search(f"{group} {name}".casefold()))
    if name and not covers:
        covers = (kebab(name),)
        cell.note(RowCode.CARD_UNKNOWN, card=name[:80])
    issued_on = cell.day("issued_on")
    expires_on = cell.day("expires_on", month_end=True)
    _doubt_card_dates(cell, issued_on, expires_on)
    return CardRow(
        badge_number=badge,
        name=name,
        covers=covers,
        issued_on=issued_on,
        expires_on=expires_on,
        number=cell.optional("number"),
        issuer=cell.optional("issuer"),
    )


def _doubt_card_dates(cell: CellReader, issued_on: date | None, expires_on: date | None) -> None:
    cell.happened("issued_on", issued_on)
    cell.likely("expires_on", expires_on)
    if issued_on is None and expires_on is None:
        cell.problem(RowCode.VALUE_MISSING, column="expires_on")
    elif issued_on is not None and expires_on is not None and expires_on <= issued_on:
        # Which of the two is the slip, nobody can tell from the row.
        cell.doubt(
            RowCode.CARD_DATES_DOUBTFUL, issued_on=issued_on.isoformat(), expires_on=expires_on.isoformat()
        )


def _cycle(cell: CellReader, badge: str, name: str) -> CycleRow:
    start = cell.day("issued_on", required=True)
    end = cell.day("expires_on")
    closed = end == CLOSED_ON
    if closed:
        cell.correct("expires_on", cell.raw("expires_on"), "", RowCode.WINDOW_END_CLOSED)
        end = None
    cell.likely("issued_on", start)
    cell.likely("expires_on", end)
    cell.in_sequence("issued_on", start, "expires_on", end)
    words = name.casefold()
    years = _YEARS.search(words)
    promised = int(years[1]) if years else 1 if "annual" in words else None
    return CycleRow(
        badge_number=badge,
        name=name,
        track=next((track for track in _TRACKS if track in words), "general"),
        years=promised,
        cycle_start=start or date.min,
        cycle_end=end,
        closed=closed,
    )
