"""What did a person take, teach or miss? One row of a history, and what rows say about each other."""

import re
from datetime import date

from reading.tables.cellreader import CellReader, kebab
from reading.tables.codes import RowCode
from reading.tables.rows import HistoryRow, PartTaken, RowCredit

# Status words as agencies and states write them, in kebab-case.
CREDITED = frozenset(
    {"passed", "pass", "p", "completed", "complete", "comp", "credit", "credited", "attended", "present",
     "satisfied", "satisfactory", "graduated", "finished", "done", "successful", "qualified", "met"}
)  # fmt: skip
TAUGHT = frozenset({"instructed", "instructor", "taught", "teaching", "instructing", "presenter"})
NOT_FINISHED = frozenset(
    {"incomplete", "registered", "required", "enrolled", "in-progress", "not-started", "pending", "scheduled",
     "assigned", "waitlisted", "wait-listed", "waitlist", "approved", "requested", "not-completed", "started",
     "open"}
)  # fmt: skip
NOT_PASSED = frozenset(
    {"failed", "fail", "f", "no-show", "noshow", "cancelled", "canceled", "withdrawn", "withdrew", "dropped",
     "absent", "not-passed", "unsatisfactory", "not-met", "denied", "excused", "removed", "did-not-attend"}
)  # fmt: skip

# Somebody says that it was done, and nothing of it is on file: it may count and may not.
CLAIMED = frozenset(
    {"claimed", "claim", "self-reported", "reported-by-officer", "unverified", "not-verified", "no-evidence",
     "no-proof", "claimed-no-evidence", "no-certificate"}
)  # fmt: skip

# Course numbers under which states keep their own books; each is read from public transcripts.
BOOKKEEPING_NUMBERS = re.compile(r"MISCMAIN|[0-9]{2}-CVDL[0-9A-Z]|REQ[A-Z]{3,6}")
BOOKKEEPING_TITLES = re.compile(r"maint(?:enance)?[- ]+not met|^required training:", re.IGNORECASE)
DELETION_NUMBERS = re.compile(r"X+DELETE")
DELETION_TITLES = re.compile(r"pending for deletion|marked for deletion", re.IGNORECASE)

YES = frozenset({"yes", "y", "true", "t", "1", "x", "approved", "\u2713", "\u2714"})
NO = frozenset({"no", "n", "false", "f", "0", "not approved"})


_ZERO = re.compile(r"0+(?:[.,]0*)?\s*%?")


def read_history(cell: CellReader) -> HistoryRow:
    """One class. What does not count is kept all the same, without credit and with the reason."""
    badge = cell.badge()
    number = cell.text("course_number")
    title = cell.title("course_title")
    if not title and not number:
        cell.problem(RowCode.VALUE_MISSING, column="course_title")
    completed_on = cell.day("completed_on")
    hours, minutes = cell.hours()
    status = cell.text("status")
    credit, part = _credit(cell, status, number, title)
    _doubt_day(cell, completed_on, credit)
    if credit is RowCredit.YES and cell.doubts:
        credit = RowCredit.DOUBTFUL
    return HistoryRow(
        badge_number=badge,
        course_title=title,
        completed_on=completed_on,
        hours=hours,
        minutes=minutes,
        topics=cell.words("topics"),
        provider=cell.optional("provider"),
        course_number=number,
        board_approved=board_approval(cell),
        delivery=kebab(cell.text("delivery")) or None,
        status=status or None,
        score=_score(cell, credit),
        firearm_type=kebab(cell.text("firearm_type")) or None,
        part=part,
        credit=credit,
    )


def _credit(cell: CellReader, status: str, number: str, title: str) -> tuple[RowCredit, PartTaken]:
    word = kebab(status)
    part = PartTaken.INSTRUCTOR if word in TAUGHT else PartTaken.ATTENDEE
    credit = _status_credit(cell, status, word)
    if BOOKKEEPING_NUMBERS.fullmatch(number.upper()) or BOOKKEEPING_TITLES.search(title):
        cell.note(RowCode.BOOKKEEPING, course_number=number)
        return RowCredit.NO, part
    if DELETION_NUMBERS.fullmatch(number.upper()) or DELETION_TITLES.search(title):
        if credit is RowCredit.NO:
            cell.note(RowCode.MARKED_FOR_DELETION, course_number=number)
        else:
            cell.doubt(RowCode.MARKED_FOR_DELETION, course_number=number)
    return credit, part


def _status_credit(cell: CellReader, status: str, word: str) -> RowCredit:
    if word in CREDITED:
        return RowCredit.YES
    if word in TAUGHT:
        cell.note(RowCode.TAUGHT, status=status)
        return RowCredit.NO
    if word in NOT_FINISHED:
        cell.note(RowCode.NOT_FINISHED, status=status)
        return RowCredit.NO
    if word in NOT_PASSED:
        cell.note(RowCode.NOT_PASSED, status=status)
        return RowCredit.NO
    if word in CLAIMED:
        cell.doubt(RowCode.CLAIMED, status=status)
    elif status:
        cell.doubt(RowCode.STATUS_UNKNOWN, status=status[:60])
    elif cell.has("status"):
        cell.doubt(RowCode.STATUS_MISSING)
    return RowCredit.YES  # without a status column the list is of what was completed


def _doubt_day(cell: CellReader, completed_on: date | None, credit: RowCredit) -> None:
    if completed_on is None:
        if not cell.raw("completed_on"):
            cell.doubt(RowCode.DATE_MISSING, column="completed_on")
    elif credit is RowCredit.NO:
        cell.likely("completed_on", completed_on)  # what is only due may well lie ahead
    else:
        cell.happened("completed_on", completed_on)


def _score(cell: CellReader, credit: RowCredit) -> str | None:
    score = cell.optional("score")
    # States write 0.0 where nothing was scored; nobody is credited for a class with a score of zero.
    if score is not None and credit is not RowCredit.NO and _ZERO.fullmatch(score):
        return None
    return score


def board_approval(cell: CellReader) -> bool | None:
    """Whether a board has approved a class; None where nobody said."""
    text = cell.text("board_approved")
    if not text:
        return None
    word = " ".join(text.casefold().split())
    if word in YES:
        return True
    if word in NO:
        return False
    cell.correct("board_approved", text[:60], "", RowCode.APPROVAL_LEFT_OUT)
    return None
