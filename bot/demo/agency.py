"""The demo agency as an agency would hand it over: eight CSV files, the same bytes every time."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.demo.histories import history_of
from bot.demo.model import HISTORY_FROM, DemoPerson, HistoryLine, us_date
from bot.demo.offerings import OFFERING_COLUMNS, offerings
from bot.demo.papers import (
    ASSIGNMENT_COLUMNS,
    CARD_COLUMNS,
    CERTIFICATION_COLUMNS,
    LEAVE_COLUMNS,
    PATTERN_COLUMNS,
    assignments,
    cards,
    certifications,
    leave,
    patterns,
)
from bot.demo.people import PEOPLE
from bot.demo.quirks import EXTRA_LINES, spoilt
from rules.standing import StandingWord

STATE: Final = "MN"
TIME_ZONE: Final = "America/Chicago"
NOW: Final = datetime(2027, 3, 2, 20, 10, tzinfo=UTC)  # Tuesday, 14:10 in Lakemont
# What the agency says about pay for a class on a day off, and where that is written.
DAY_OFF_PAY: Final = ("pay code TR applies", "labor agreement, article 12.3")

ROSTER_COLUMNS: Final = (
    "badge_number",
    "name",
    "email",
    "mobile_phone",
    "rank",
    "unit",
    "supervisor_badge",
    "roles",
    "employment_status",
    "appointed_on",
    "state",
    "license_number",
    "license_status",
    "cycle_start",
    "cycle_end",
    "position",
    "assignments",
    "time_zone",
    "history_complete_from",
)
HISTORY_COLUMNS: Final = (
    "badge_number",
    "course_title",
    "completed_on",
    "hours",
    "topics",
    "provider",
    "course_number",
    "board_approved",
    "delivery",
    "status",
    "firearm_type",
    "score",
    "passed",
)


def demo_files() -> Mapping[str, bytes]:
    """CSV text by kind, in the order in which it has to be imported."""
    return {
        "roster": _csv(ROSTER_COLUMNS, (_roster_row(person) for person in PEOPLE)),
        "certifications": _csv(CERTIFICATION_COLUMNS, certifications(PEOPLE)),
        "cards": _csv(CARD_COLUMNS, cards(PEOPLE)),
        "leave": _csv(LEAVE_COLUMNS, leave()),
        "assignments": _csv(ASSIGNMENT_COLUMNS, assignments(PEOPLE)),
        "history": _csv(HISTORY_COLUMNS, _history_rows()),
        "patterns": _csv(PATTERN_COLUMNS, patterns()),
        "courses": _csv(OFFERING_COLUMNS, offerings()),
    }


def intended_standings() -> Mapping[str, StandingWord]:
    """The word each person is meant to hear at ``NOW``, by badge."""
    return {person.badge: person.standing for person in PEOPLE}


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _roster_row(person: DemoPerson) -> tuple[str, ...]:
    # Whoever was here before the history begins has older classes that nobody typed in.
    whole_from = HISTORY_FROM.isoformat() if person.appointed_on < HISTORY_FROM else ""
    return (
        person.badge,
        person.name,
        f"{person.name.lower().replace(' ', '.')}@lakemont.example.org",
        f"+1 612 555 {person.phone}",
        person.rank,
        person.unit,
        person.supervisor,
        ";".join(person.roles),
        "active",
        person.appointed_on.isoformat(),
        STATE,
        person.license_number,
        "active" if person.sworn else "",
        person.cycle_start.isoformat() if person.cycle_start else "",
        person.cycle_end.isoformat() if person.cycle_end else "",
        person.position,
        ";".join(person.duties),
        TIME_ZONE,
        whole_from,
    )


def _history_rows() -> Iterable[tuple[str, ...]]:
    known = {person.badge for person in PEOPLE}
    for person in PEOPLE:
        for line in spoilt(person.badge, history_of(person)):
            yield _history_row(person.badge, line)
    for badge, line in EXTRA_LINES:
        if badge not in known:
            yield _history_row(badge, line)


def _history_row(badge: str, line: HistoryLine) -> tuple[str, ...]:
    return (
        badge,
        line.title,
        us_date(line.on) if line.written_date is None else line.written_date,
        line.hours,
        line.topics,
        line.provider,
        line.number,
        line.approved,
        line.delivery,
        line.status,
        line.firearm_type,
        line.score,
        line.passed,
    )
