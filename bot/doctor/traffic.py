"""Does what comes in get answered, and what goes out arrive? And has everybody an account who could have one?"""

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, not_set, ok
from db.queries import accounts, agencies, inbox, ledger
from db.unit_of_work import reading
from training.inbox import FAILED, WAITING


def came_in(patient: Patient) -> CheckFinding:
    """What waits to be worked on, and what failed for good."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        counts = inbox.counts(conn)
    failed, waiting = counts.get(FAILED, 0), sum(counts.get(each, 0) for each in WAITING)
    if failed:
        return attention("inbox-failed", failed=failed, waiting=waiting)
    return ok("inbox", waiting=waiting)


def goes_out(patient: Patient) -> CheckFinding:
    """What waits to be sent, and of what nobody can tell whether it arrived."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        waiting = sum(ledger.counts(conn).values())
        lost, doubtful = ledger.lost(conn)
    if lost or doubtful:
        return attention("ledger-trouble", failed=lost, doubtful=doubtful, waiting=waiting)
    return ok("ledger", waiting=waiting)


def linked(patient: Patient) -> CheckFinding:
    """How many people have no chat account yet, and which accounts wait for somebody to say whose they are."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        without = sum(accounts.without_account(conn, number) for number in numbers)
        asked = sum(len(accounts.open_questions(conn, number)) for number in numbers)
    if not numbers:
        return not_set("reachable-nobody")
    if asked:
        return attention("accounts-asked", count=asked, without=without)
    return ok("accounts", count=without)
