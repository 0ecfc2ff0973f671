"""Are the rules well? Every pack that is held loads, and none was left unreviewed for too long."""

from datetime import date, timedelta

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, ok
from db.queries import agencies
from db.unit_of_work import reading
from rules.errors import PackError, UnknownPackError
from rules.pack import Pack
from training.office import Office

# A rule nobody has looked at for this long is named: legislatures meet every year.
STALE_AFTER = timedelta(days=300)


def packs(patient: Patient) -> CheckFinding:
    """Every pack that lies here."""
    office = patient.office
    if office is None:
        return NOT_CHECKED
    try:
        held = office.shelf.held
    except PackError as error:
        return failed("packs-unreadable", problem=str(error))
    broken = [pack_id for pack_id in held if not _loads(office, pack_id)]
    if broken:
        return failed("packs-broken", packs=", ".join(broken))
    return ok("packs", count=len(held))


def chosen_packs(patient: Patient) -> CheckFinding:
    """The packs that agencies are judged by: all that answering needs."""
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        chosen = {each.fact.pack for number in numbers for each in agencies.packs(conn, number)}
    broken = sorted(pack_id for pack_id in chosen if not _loads(office, pack_id))
    if broken:
        return failed("packs-broken", packs=", ".join(broken))
    return ok("packs", count=len(chosen))


def reviews(patient: Patient) -> CheckFinding:
    """When the rules were last compared with the law."""
    office = patient.office
    if office is None:
        return NOT_CHECKED
    limit = office.clock.now().date() - STALE_AFTER
    stale = [pack.name for pack in usable_packs(office) if _was_left(pack, limit)]
    if stale:
        return attention("reviews-old", packs=", ".join(stale), days=STALE_AFTER.days)
    return ok("reviews", days=STALE_AFTER.days)


def usable_packs(office: Office) -> tuple[Pack, ...]:
    """The packs that can be used, whatever else lies beside them."""
    try:
        held = office.shelf.held
    except PackError:
        return ()
    return tuple(office.shelf.pack(pack_id) for pack_id in held if _loads(office, pack_id))


def _was_left(pack: Pack, limit: date) -> bool:
    return any(requirement.reviewed_on < limit for requirement in pack.requirements)


def _loads(office: Office, pack_id: str) -> bool:
    try:
        office.shelf.pack(pack_id)
    except (PackError, UnknownPackError):
        return False
    return True
