"""A training desk with files to import: an office with a clock of its own, and tables written as one string."""

import argparse
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot.commands import imports
from config.settings import Settings
from db.queries import agencies, audit, evaluation, people, standings
from db.queries.context import ByBadge
from db.records.audit import AuditEntry
from db.records.facts import AgencyId, Completion, Kept, PersonFacts
from db.records.imports import RowFate
from db.records.work import KeptStanding
from db.unit_of_work import reading
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import load
from reading.tables.preview import TableKind
from tests.fakes.clock import MovableClock
from tests.fakes.keys import a_key_store
from tests.fakes.packs import shipped_packs
from training.agency_setup import found, the_agency
from training.audit import AuditTag
from training.imports.model import Plan, WrittenImport
from training.imports.opening import ImportFile, open_file
from training.imports.planning import plan
from training.imports.writing import write
from training.office import Office, local_day

MONDAY = datetime(2027, 3, 1, 15, tzinfo=UTC)
TUESDAY = datetime(2027, 3, 2, 15, tzinfo=UTC)
WEDNESDAY = datetime(2027, 3, 3, 15, tzinfo=UTC)
ZONE = "America/Chicago"

ROSTER = """
badge_number,name,email,mobile_phone,rank,unit,supervisor_badge,roles,appointed_on,state,position
214,"Ruiz, Dana",Dana.Ruiz@lakemont.example.org,612-555-0142,Officer,B shift,77,officer,2015-04-01,MN,police-officer
77,Kim Okafor,kim.okafor@lakemont.example.org,,Sergeant,B shift,31,officer;supervisor,2010-04-19,MN,police-officer
71,Marcus Adeyemi,marcus.adeyemi@lakemont.example.org,,Sergeant,A shift,31,officer,2009-05-11,MN,police-officer
31,Ray Torres,ray.torres@lakemont.example.org,,Lieutenant,Patrol,,officer;command,2004-03-15,MN,police-officer
611,Jo Whitman,jo.whitman@lakemont.example.org,,,Communications,31,civilian,2022-05-03,MN,telecommunicator
"""


def table(text: str) -> bytes:
    """A file as it is brought; a blank first line only makes the test easier to read."""
    return text.lstrip("\n").encode()


def office_at(database: Engine, at: datetime) -> Office:
    """The office of an installation with its clock stopped."""
    return Office(database, MovableClock(at), shipped_packs(), a_key_store(), fixed=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """One agency's training desk at one moment; ``at`` is the same desk at another."""

    office: Office
    agency_id: AgencyId

    def at(self, moment: datetime) -> "Desk":
        """The same record later."""
        return Desk(office_at(self.office.engine, moment), self.agency_id)

    @property
    def today(self) -> date:
        """The day where the agency is."""
        return local_day(self.office.clock.now(), ZONE)

    def opened(self, kind: str, text: str) -> ImportFile:
        """The file as it is read."""
        return open_file(TableKind(kind), f"{kind}.csv", table(text), today=self.today)

    def plan(self, kind: str, text: str) -> Plan:
        """What importing the file would do."""
        with reading(self.office.engine) as conn:
            return plan(conn, self.agency_id, self.opened(kind, text).preview, self.today)

    def bring(self, kind: str, text: str, by: int | None = None) -> tuple[Plan, WrittenImport]:
        """Import the file as a coordinator who says yes, and says who it is or not."""
        planned = self.plan(kind, text)
        file = self.opened(kind, text)
        written = write(
            self.office,
            self.agency_id,
            planned,
            file_name=file.name,
            file_hash=file.digest,
            actor_id=by,
            channel="terminal",
        )
        return planned, written

    def id_of(self, badge: str) -> int:
        """The person who has the badge now."""
        with reading(self.office.engine) as conn:
            person = people.by_badge(conn, self.agency_id, badge)
        assert person is not None, badge
        return person.person_id

    def facts(self, badge: str, known_at: int | None = None) -> PersonFacts:
        """Everything but completions that is on file about somebody."""
        person_id = self.id_of(badge)
        with reading(self.office.engine) as conn:
            return evaluation.facts_for(conn, self.agency_id, [person_id], known_at=known_at)[person_id]

    def classes(self, badge: str, known_at: int | None = None) -> tuple[Kept[Completion], ...]:
        """Somebody's completions."""
        person_id = self.id_of(badge)
        with reading(self.office.engine) as conn:
            found = evaluation.completions_for(conn, self.agency_id, [person_id], known_at=known_at)
        return found.get(person_id, ())

    def entries(self, tag: str) -> tuple[AuditEntry, ...]:
        """What the audit chain has of one kind."""
        with reading(self.office.engine) as conn:
            return tuple(audit.entries(conn, self.agency_id, tags=[tag]))

    def kept_standing(self, conn: Connection, badge: str) -> KeptStanding | None:
        """The standing as it was last kept."""
        return standings.standing(conn, self.agency_id, self.id_of(badge))

    def sequence(self) -> int:
        """How much is known: every fact ever written moves it."""
        with reading(self.office.engine) as conn:
            return agencies.head_seq(conn, self.agency_id)

    def imports_audited(self) -> int:
        """How many imports the audit chain tells of."""
        with reading(self.office.engine) as conn:
            return len(audit.entries(conn, self.agency_id, tags=[AuditTag.IMPORT_WRITTEN]))


def new_desk(database: Engine, at: datetime = MONDAY) -> Desk:
    """An agency with nobody in it."""
    office = office_at(database, at)
    return Desk(office, found(office, "Lakemont PD", "MN", ZONE, ("mn",)))


def staffed_desk(database: Engine, at: datetime = MONDAY) -> Desk:
    """An agency with the five people of the roster above."""
    desk = new_desk(database, at)
    desk.bring("roster", ROSTER)
    return desk


def fates(planned: Plan) -> dict[RowFate, int]:
    """How many rows have each fate; none that nobody has."""
    return {fate: planned.count(fate) for fate in RowFate if planned.count(fate)}


def reasons(planned: Plan) -> dict[int, tuple[str, ...]]:
    """By row, the codes of a rejection or a skip."""
    return {row.line: tuple(each.code for each in row.because) for row in planned.rows if row.because}


def notes(planned: Plan) -> dict[int, tuple[str, ...]]:
    """By row, the codes of what should be seen."""
    return {row.line: tuple(each.code for each in row.notes) for row in planned.rows if row.notes}


@dataclass(frozen=True, slots=True)
class Said:
    """What the command answered."""

    code: int
    out: str
    aside: str


def command(
    office: Office,
    *words: str | Path,
    agency_name: str = "Lakemont PD",
    screen: type[io.StringIO] = io.StringIO,
) -> Said:
    """``rollcall import`` as typed; ``screen`` is where it is answered."""
    parser = argparse.ArgumentParser()
    imports.add_arguments(parser)
    out, aside = screen(), screen()
    settings = Settings(agency_name=agency_name)
    arguments = parser.parse_args([str(word) for word in words])
    code = imports.run(arguments, office, the_agency(office), load(), out, settings=settings, aside=aside)
    return Said(code, out.getvalue(), aside.getvalue())


def ask(desk: Desk, badge: str, text: str, channel: str = "terminal") -> Message:
    message = FrontDesk(desk.office, load()).answer(
        Interaction(agency_id=desk.agency_id, sender=ByBadge(badge), channel=channel, text=text),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN
    return message
