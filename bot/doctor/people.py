"""Are the agencies set up, can everybody be reached, and is the roster fresh?"""

from datetime import timedelta

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, not_set, ok
from db.queries import agencies, imports, people
from db.unit_of_work import reading
from training.office import business_now, local_day
from training.requests.approvers import alone
from training.requests.rules import in_force

# People come and go every month; a roster that is older speaks of others.
ROSTER_OLD_AFTER = timedelta(days=45)
ROSTER = "roster"


def agencies_set_up(patient: Patient) -> CheckFinding:
    """Whether there is an agency, and each has rules to be judged by today."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    now = business_now(office)
    without = 0
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        for number in numbers:
            day = local_day(now, agencies.agency(conn, number).fact.time_zone)
            without += not agencies.packs_on(conn, number, day)
    if not numbers:
        return not_set("agencies-none")
    if without:
        return attention("agencies-without-rules", count=without)
    return ok("agencies", count=len(numbers))


def reachable(patient: Patient) -> CheckFinding:
    """Whether there is an address for everybody who works here."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        counts = [people.without_address(conn, number) for number in agencies.agencies(conn)]
    if not counts:
        return not_set("reachable-nobody")
    missing = sum(counts)
    return attention("reachable-missing", count=missing) if missing else ok("reachable")


def roster(patient: Patient) -> CheckFinding:
    """When the roster of the agency that waits longest was last imported."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        dates = [imports.last_imported_at(conn, number, ROSTER) for number in numbers]
    now = business_now(office)
    if not numbers:
        return not_set("reachable-nobody")
    imported = [each for each in dates if each is not None]
    if len(imported) < len(dates):
        return attention("roster-never", count=len(dates) - len(imported))
    age = now - min(imported)
    if age > ROSTER_OLD_AFTER:
        return attention("roster-old", days=age.days)
    return ok("roster", days=max(age.days, 0))


def decided_by_somebody(patient: Patient) -> CheckFinding:
    """Whether there is somebody for the request of everybody, also of the one person who decides all others."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    now = business_now(office)
    without = 0
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        for number in numbers:
            today = local_day(now, agencies.agency(conn, number).fact.time_zone)
            rules = in_force(conn, number)
            without += alone(conn, number, office.walls, rules, now=now, today=today)
    if not numbers:
        return not_set("reachable-nobody")
    return attention("approvers-nobody", count=without) if without else ok("approvers")
