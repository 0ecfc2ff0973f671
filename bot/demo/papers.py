"""What people hold, how they are placed and when they work: certificates, CPR cards, leave, duties, rotations."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from bot.demo.model import TELECOMMUNICATOR, TODAY, DemoPerson, between, dice, us_date, weekday, years_later
from bot.demo.people import A_SHIFT, ADMINISTRATION, B_SHIFT
from bot.demo.told import CARD_ISSUED

Row = tuple[str, ...]

CERTIFICATION_COLUMNS: Final = ("badge_number", "certificate", "level", "status", "date", "expires_on")
CARD_COLUMNS: Final = ("badge_number", "card", "issued_on", "expires_on", "issuer")
LEAVE_COLUMNS: Final = ("badge_number", "kind", "starts_on", "ends_on", "returned_on")
ASSIGNMENT_COLUMNS: Final = ("badge_number", "assignment", "starts_on", "ends_on")
PATTERN_COLUMNS: Final = (
    "unit", "badge_number", "pattern", "first_day", "cycle_days", "works", "starts", "ends", "starts_on",
)  # fmt: skip

# Two on and one off, twice, then two on and two off: on duty on 2 March 2027, in the night to 18 March, and on 7, 8, 10
# and 11 June.
_PATROL: Final = ("2027-01-05", "10", "1-2, 4-5, 7-8")
# Whitman answers calls at night; whoever has nothing of their own keeps the hours of the office.
_PATTERNS: Final[Sequence[Row]] = (
    (ADMINISTRATION, "", "Office", "", "", "Mon-Fri", "08:00", "16:00", "2024-01-01"),
    (A_SHIFT, "", A_SHIFT, *_PATROL, "06:00", "18:00", "2024-01-01"),
    (B_SHIFT, "", B_SHIFT, *_PATROL, "18:00", "06:00", "2024-01-01"),
    ("", "611", "Dispatch nights", "", "", "Sun-Thu", "22:00", "06:00", "2024-01-01"),
)

# Badge, kind, first day, last day. The kind never says why. The first five are away on the demo's day; without the last
# two and Ruiz, six of B shift are left in the week of the second crisis negotiation.
LEAVE: Final = (
    ("226", "family", date(2026, 12, 14), date(2027, 3, 28)),
    ("224", "military", date(2027, 2, 8), date(2027, 5, 31)),
    ("158", "family", date(2027, 1, 18), date(2027, 4, 16)),
    ("618", "unpaid", date(2027, 2, 15), date(2027, 3, 26)),
    ("917", "family", date(2027, 2, 22), date(2027, 5, 14)),
    ("203", "military", date(2025, 3, 3), date(2025, 5, 30)),
    ("615", "family", date(2024, 9, 16), date(2024, 12, 13)),
    ("219", "vacation", date(2027, 6, 5), date(2027, 6, 13)),
    ("234", "vacation", date(2027, 6, 7), date(2027, 6, 20)),
)

# Badge, certificate, day of issue, last day.
_SPECIAL_CERTIFICATES: Final = (
    ("71", "TASER Instructor", date(2026, 4, 22), date(2028, 4, 22)),
    ("77", "Use of Force Instructor", date(2025, 9, 16), date(2028, 9, 16)),
    ("66", "Firearms Instructor", date(2025, 6, 27), date(2028, 6, 27)),
    ("172", "K9 Handler Team", date(2026, 10, 15), date(2027, 10, 15)),
    ("175", "K9 Handler Team", date(2026, 10, 15), date(2027, 10, 15)),
    ("203", "Field Training Officer", date(2023, 2, 17), None),
    ("207", "Field Training Officer", date(2023, 2, 17), None),
    ("611", "Emergency Medical Dispatcher", date(2026, 8, 21), date(2028, 8, 21)),
)

# Both began after the school-resource duty came into force, with the course done before the first day.
_SCHOOL_OFFICERS: Final = ("181", "184")
_SCHOOL_FROM: Final = date(2026, 8, 31)

# Since when the agency issues what people carry; whoever came later got it at the end of field training.
_ISSUE: Final[Mapping[str, date]] = {
    "handgun": date(2019, 1, 15),
    "patrol-rifle": date(2021, 5, 17),
    "shotgun": date(2019, 1, 15),
    "taser": date(2020, 2, 24),
}


def on_leave(badge: str, day: date) -> bool:
    """Whether somebody was away on a day."""
    return any(who == badge and start <= day <= end for who, _, start, end in LEAVE)


def certifications(people: Sequence[DemoPerson]) -> list[Row]:
    """Licenses by person, then the special certificates. Dates are month first, as the state lists them."""
    rows: list[Row] = []
    for person in people:
        appointed = us_date(person.appointed_on)
        if person.cycle_end is not None:
            rows.append(
                (
                    person.badge,
                    "Peace Officer License",
                    "Full",
                    "Active",
                    appointed,
                    us_date(person.cycle_end),
                )
            )
        elif person.position == TELECOMMUNICATOR:
            rows.append((person.badge, "Telecommunicator", "Basic", "Active", appointed, ""))
    for badge, certificate, issued, expires in _SPECIAL_CERTIFICATES:
        rows.append((badge, certificate, "", "Active", us_date(issued), us_date(expires) if expires else ""))
    return rows


def cards(people: Sequence[DemoPerson]) -> list[Row]:
    """The CPR card that everybody holds, after the one before it where they were here long enough."""
    rows: list[Row] = []
    for person in people:
        chance = dice(person.badge, "cpr")
        issued = CARD_ISSUED.get(person.badge) or _issued(person, between(chance, 20, 590))
        earlier = weekday(issued - timedelta(days=between(chance, 705, 726)))
        days = [day for day in (earlier, issued) if day >= person.appointed_on]
        issuer = "Red Cross" if chance.random() < 0.6 else "Heart Safe Lakemont"
        rows += [
            (person.badge, "CPR", day.isoformat(), years_later(day, 2).isoformat(), issuer) for day in days
        ]
    return rows


def _issued(person: DemoPerson, days_ago: int) -> date:
    day = weekday(max(TODAY - timedelta(days=days_ago), person.appointed_on + timedelta(days=4)))
    while on_leave(person.badge, day):
        day -= timedelta(days=7)
    return day


def leave() -> list[Row]:
    """Absences; whoever is back has a first day of duty."""
    return [
        (badge, kind, us_date(start), us_date(end), us_date(end + timedelta(days=3)) if end < TODAY else "")
        for badge, kind, start, end in LEAVE
    ]


def assignments(people: Sequence[DemoPerson]) -> list[Row]:
    """What sworn people carry, one row a weapon, then duties with requirements of their own."""
    rows: list[Row] = [
        (person.badge, kind, max(_ISSUE[item], person.appointed_on).isoformat(), "")
        for person in people
        if person.sworn
        for item, kind in [*((weapon, f"firearm:{weapon}") for weapon in person.weapons), ("taser", "taser")]
    ]
    rows += [(badge, "school-resource-officer", _SCHOOL_FROM.isoformat(), "") for badge in _SCHOOL_OFFICERS]
    return rows


def patterns() -> Sequence[Row]:
    """When each unit works, and who has a rotation of their own."""
    return _PATTERNS


def is_school_officer(badge: str) -> bool:
    return badge in _SCHOOL_OFFICERS
