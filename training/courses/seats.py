"""How many seats of a class are taken, and how many are left? Counted from the requests that hold them."""

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from db.queries import courses
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import AgencyId


def taken(conn: Connection, agency_id: AgencyId, numbers: Collection[int]) -> Mapping[int, int]:
    """How many seats of each of these classes are held by a request; every number is there."""
    counts = Counter(courses.held(conn, agency_id)) if numbers else Counter[int]()
    return {number: counts[number] for number in numbers}


def left(offering: CourseOffering, held: int) -> int | None:
    """Seats that nobody holds; None where nobody said how many there are. A class that is full has none."""
    if offering.status is OfferingStatus.FULL:
        return 0
    return None if offering.seats is None else max(offering.seats - held, 0)
