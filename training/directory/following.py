"""How does the roster follow the directory? Read, looked at by a person, written as the import of a roster, and only
then gone on from. Nobody is made inactive by it: whose account is gone is named, and a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from db.queries import directory as kept
from db.queries import people
from db.records.facts import AgencyId
from db.unit_of_work import reading, working
from reading.tables.preview import TableKind
from training.directory.model import AgencyDirectory, DirectoryReading
from training.directory.table import DirectoryTable, LeftOut, table_of
from training.errors import ErrorCode, RollcallError
from training.imports.model import OnFile
from training.imports.opening import ImportFile, open_file
from training.imports.register import SEPARATED, full_name
from training.office import Office, business_now

FILE_NAME = "directory.csv"
# Graph follows a link for seven days; a day less, for whoever looks at a preview overnight.
LINK_LIVES = timedelta(days=6)
# A directory that gives fewer than this of the people it gave before is more likely to be cut short than they are gone.
FEWEST = 0.8
# With so few people one who leaves is a fifth.
TOO_FEW_TO_TELL = 5


@dataclass(frozen=True, slots=True)
class AccountGone:
    """Somebody who works here by the roster, and whose account says otherwise."""

    person: OnFile
    why: LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryLook:
    """What the directory would say to the roster. ``file`` is opened as any roster is."""

    file: ImportFile
    table: DirectoryTable
    link: str
    whole: bool
    gone: tuple[AccountGone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnFile:
    """Who is on the roster: ids of entries with their owners, everybody's badge, and who works here."""

    owners: Mapping[str, int]
    badges: frozenset[str]
    present: Mapping[int, OnFile]


def look(
    office: Office,
    agency_id: AgencyId | None,
    directory: AgencyDirectory,
    today: date,
    *,
    whole: bool,
    fewer: bool = False,
) -> DirectoryLook:
    """Read the directory and open what it says; nothing is written. ``fewer``: somebody said that far fewer people than
    before are right."""
    before, state = _OnFile(owners={}, badges=frozenset(), present={}), kept.UNREAD
    if agency_id is not None:
        with reading(office.engine) as conn:
            before, state = _on_file(conn, agency_id), kept.state(conn, agency_id)
    found = None if whole or not _leads_on(state, business_now(office)) else directory.changes(state.link)
    if found is None:
        found = directory.everybody()
    table = table_of(found, directory.columns, frozenset(before.owners), before.badges)
    if found.whole:
        _refuse_a_part(found, table, before, fewer=fewer)
    file = open_file(TableKind.ROSTER, FILE_NAME, table.data, today=today)
    return DirectoryLook(
        file=file, table=table, link=found.link, whole=found.whole, gone=_gone(found, table, before)
    )


def is_what_was_shown(office: Office, agency_id: AgencyId, of: DirectoryLook) -> bool:
    """Whether somebody has looked at just this before it is written."""
    with reading(office.engine) as conn:
        return kept.state(conn, agency_id).shown == of.file.digest


def shown(office: Office, agency_id: AgencyId, of: DirectoryLook) -> None:
    """Somebody looks at it now."""
    with working(office.engine) as conn:
        kept.keep_state(conn, agency_id, replace(kept.state(conn, agency_id), shown=of.file.digest))


def gone_on(office: Office, agency_id: AgencyId, of: DirectoryLook) -> None:
    """All of it is in the record: the next look goes on from here."""
    at = business_now(office)
    with working(office.engine) as conn:
        state = kept.state(conn, agency_id)
        kept.keep_state(conn, agency_id, replace(state, link=of.link, link_at=at, shown=""))


def _leads_on(state: kept.DirectoryState, now: datetime) -> bool:
    return bool(state.link) and state.link_at is not None and now - state.link_at < LINK_LIVES


def _on_file(conn: Connection, agency_id: AgencyId) -> _OnFile:
    roster = people.roster(conn, agency_id)
    return _OnFile(
        owners={each.fact.object_id: each.fact.person_id for each in kept.entries(conn, agency_id)},
        badges=frozenset(each.employment.fact.badge_number.casefold() for each in roster),
        present={
            each.person_id: OnFile(each.employment.fact.badge_number, full_name(each))
            for each in roster
            if each.employment.fact.ended_on is None and each.employment.fact.status not in SEPARATED
        },
    )


def _refuse_a_part(found: DirectoryReading, table: DirectoryTable, before: _OnFile, *, fewer: bool) -> None:
    if not table.rows:
        raise RollcallError(ErrorCode.DIRECTORY_NOBODY)
    known = {each for each, person_id in before.owners.items() if person_id in before.present}
    still = {each.object_id for each in found.people} - table.left_out.keys()
    if not fewer and len(known) > TOO_FEW_TO_TELL and len(known & still) < FEWEST * len(known):
        raise RollcallError(ErrorCode.DIRECTORY_FEWER, now=len(known & still), before=len(known))


def _gone(found: DirectoryReading, table: DirectoryTable, before: _OnFile) -> tuple[AccountGone, ...]:
    why = dict(table.left_out)
    if found.whole:
        there = {each.object_id for each in found.people}
        why |= {each: LeftOut.REMOVED for each in before.owners if each not in there}
    owners = ((before.owners.get(each), reason) for each, reason in why.items())
    by_person = {who: reason for who, reason in owners if who is not None and who in before.present}
    gone = [AccountGone(before.present[who], reason) for who, reason in by_person.items()]
    return tuple(sorted(gone, key=lambda each: (each.person.name, each.person.badge_number)))
