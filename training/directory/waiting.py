"""Who hears that changes wait in the directory? Whoever coordinates, after a look in the night that writes nothing."""

import logging
from dataclasses import replace
from zoneinfo import ZoneInfo

from db.queries import agencies, reporting
from db.queries import directory as kept
from db.records.facts import AgencyId, Role
from db.records.imports import RowFate
from db.records.ledger import Occasion
from db.unit_of_work import reading, working, writing
from messages.directory import DirectoryFacts, waiting
from messages.words import Words
from training.directory import following
from training.directory.following import DirectoryLook
from training.directory.model import AgencyDirectory
from training.errors import ErrorCode, RollcallError
from training.imports import planning
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.office import Office, local_day, shared_now
from training.reminders.rules import in_force

log = logging.getLogger(__name__)

SUBJECT = "directory"
# Nobody works on the roster then, and a second of work more is felt by nobody.
FROM_HOUR, TO_HOUR = 3, 6
# It may answer at the next look of the same night; of anything else somebody has to be told, once a night.
MENDED_BY_TIME = frozenset({ErrorCode.DIRECTORY_UNREACHABLE})


def tell_what_waits(office: Office, agency_id: AgencyId, directory: AgencyDirectory, words: Words) -> int:
    """Look at all of the directory once a night, and tell whoever coordinates what waits, once; how many were told."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        zone = agencies.agency(conn, agency_id).fact.time_zone
        state = kept.state(conn, agency_id)
    today = local_day(now, zone)
    looked = state.looked_at is not None and local_day(state.looked_at, zone) == today
    if looked or not FROM_HOUR <= now.astimezone(ZoneInfo(zone)).hour < TO_HOUR:
        return 0
    try:
        look = following.look(office, agency_id, directory, today, whole=True)
    except RollcallError as error:
        log.error("directory-not-read", extra={"agency": agency_id, "error": error.code.value})  # noqa: TRY400  a trace says nothing more
        if error.code not in MENDED_BY_TIME:
            _looked(office, agency_id, "")
        return 0
    with reading(office.engine) as conn:
        planned = planning.plan(conn, agency_id, look.file.preview, today)
    facts = DirectoryFacts(
        new=planned.count(RowFate.ACCEPTED),
        changed=planned.count(RowFate.CORRECTED),
        rejected=planned.count(RowFate.REJECTED),
        gone=len(look.gone),
    )
    if not (facts.new or facts.changed or facts.gone) or state.told == look.file.digest:
        _looked(office, agency_id, state.told)
        return 0
    return _tell(office, agency_id, look, facts, words)


def _tell(
    office: Office, agency_id: AgencyId, look: DirectoryLook, facts: DirectoryFacts, words: Words
) -> int:
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        holders = reporting.holders_of(conn, agency_id, Role.COORDINATOR, now)
    told = 0
    with writing(office.engine, agency_id, at=now) as writer:
        turns = in_force(writer.conn, agency_id).turns
        for holder in holders:
            said = ToSay(
                person_id=holder,
                message=waiting(facts, words),
                routes=ways_to(office, writer.conn, agency_id, holder, turns.order),
                about=SUBJECT,
                occasion=Occasion(
                    agency_id=agency_id, person_id=holder, subject=SUBJECT, window=look.file.digest
                ),
                own_question=True,
                in_turn=turns.wait_minutes,
            )
            told += plan(writer, office.keys, said, now=now) is not None
        state = kept.state(writer.conn, agency_id)
        kept.keep_state(writer.conn, agency_id, replace(state, told=look.file.digest, looked_at=now))
    return told


def _looked(office: Office, agency_id: AgencyId, told: str) -> None:
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with working(office.engine) as conn:
        state = kept.state(conn, agency_id)
        kept.keep_state(conn, agency_id, replace(state, told=told, looked_at=now))
