"""An agency to talk to: a clock that can be moved, people who ask by badge, and a record that can be written to."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, event

from bot.sms.render import render as as_text
from bot.terminal.render import plain as as_screen
from db.engine import WRITES
from db.keys.store import KeyStore
from db.queries import agencies, audit, evaluation, people, reporting, standings
from db.queries.context import ByBadge
from db.records.audit import AuditEntry
from db.records.facts import (
    AgencyId,
    Assignment,
    Completion,
    Credential,
    Credit,
    Employment,
    Kept,
    Person,
    PersonName,
    ReportingLine,
    Role,
    RoleGrant,
)
from db.records.work import KeptStanding
from db.unit_of_work import Writer, reading, writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Button, Message
from messages.words import Words, load
from rules.standing import Standing
from tests.fakes.clock import MovableClock
from tests.fakes.files import a_file_store
from tests.fakes.keys import a_key_store
from tests.fakes.packs import shipped_packs
from training.agency_setup import found, the_agency
from training.office import Office, local_day
from training.packs import PackShelf
from training.standings import compliance
from training.standings.compliance import Judged
from training.standings.person_facts import CYCLE_KIND, FIREARM

LAKEMONT = ZoneInfo("America/Chicago")
UTC = ZoneInfo("UTC")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
STATUS_WORDS = ("YES", "NOT YET", "OVERDUE", "UNKNOWN")
SMS, SCREEN = "sms", "terminal"


@dataclass(slots=True)
class Agency:
    """One agency with its front desk. People are named by badge, moments by the clock on Lakemont's wall."""

    office: Office
    clock: MovableClock
    agency_id: AgencyId
    words: Words = field(default_factory=load)
    # As at a door, the desk stands while people talk; another office has another one.
    _desk: tuple[Office, FrontDesk] | None = field(default=None, init=False, repr=False)

    def at(self, wall_clock: str) -> "Agency":
        """The same agency after its clock was moved, ``2027-06-30 23:59``."""
        self.clock.at = datetime.fromisoformat(wall_clock).replace(tzinfo=LAKEMONT).astimezone(UTC)
        return self

    @property
    def today(self) -> date:
        """The day in Lakemont."""
        return local_day(self.clock.at, LAKEMONT.key)

    def ask(self, badge: str, text: str, channel: str = SCREEN) -> Message:
        """The answer as the neutral message."""
        return self._answer(
            Interaction(agency_id=self.agency_id, sender=ByBadge(badge), channel=channel, text=text)
        )

    def press(self, badge: str, button: Button, channel: str = SCREEN) -> Message:
        """The answer to a pressed button."""
        return self._answer(
            Interaction(
                agency_id=self.agency_id,
                sender=ByBadge(badge),
                channel=channel,
                action=button.route,
                value=button.value,
            )
        )

    def text(self, badge: str, text: str) -> str:
        """The answer as the text message on a patrol phone."""
        return as_text(self.ask(badge, text, SMS), self.words)

    def screen(self, badge: str, text: str, width: int = 200) -> str:
        """The answer as a terminal shows it, wide enough that no sentence is wrapped."""
        return as_screen(self.ask(badge, text), self.words, width)

    def _answer(self, interaction: Interaction) -> Message:
        if self._desk is None or self._desk[0] is not self.office:
            self._desk = (self.office, FrontDesk(self.office, self.words))
        message = self._desk[1].answer(interaction, "Lakemont PD")
        # A database that failed answers politely; a story must not take that for an answer.
        assert message.kind is not MessageKind.BROKEN, message
        return message

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A snapshot of the record."""
        with reading(self.office.engine) as conn:
            yield conn

    @contextmanager
    def writing(self) -> Generator[Writer]:
        """The record, to be written to at this moment."""
        with writing(self.office.engine, self.agency_id, at=self.clock.at, channel="test") as writer:
            yield writer

    def id_of(self, badge: str) -> int:
        """The person who has the badge."""
        with self.reading() as conn:
            person = people.by_badge(conn, self.agency_id, badge)
        assert person is not None, badge
        return person.person_id

    def badges(self) -> tuple[str, ...]:
        """Everybody's badge."""
        with self.reading() as conn:
            return tuple(each.employment.fact.badge_number for each in people.roster(conn, self.agency_id))

    def sequence(self) -> int:
        """How much is known: every fact and every entry moves it."""
        with self.reading() as conn:
            return agencies.head_seq(conn, self.agency_id)

    def completions(self, badge: str, topic: str = "") -> list[Kept[Completion]]:
        """Somebody's completions, oldest first, of one topic when it is named."""
        person_id = self.id_of(badge)
        with self.reading() as conn:
            kept = evaluation.completions_for(conn, self.agency_id, [person_id]).get(person_id, ())
        return [each for each in kept if not topic or topic in each.fact.topics]

    def judged(self, badge: str, day: date | None = None, known_at: int | None = None) -> Judged:
        """The person judged afresh, with the whole working."""
        person_id = self.id_of(badge)
        with self.reading() as conn:
            found = compliance.judge(
                conn, self.office.shelf, self.agency_id, person_id, day or self.today, known_at=known_at
            )
        assert found is not None, badge
        return found

    def standing(self, badge: str, day: date | None = None, known_at: int | None = None) -> Standing:
        """Where the person stands when judged afresh."""
        return self.judged(badge, day, known_at).standing

    def kept(self, badge: str) -> KeptStanding | None:
        """The standing kept for the person."""
        person_id = self.id_of(badge)
        with self.reading() as conn:
            return standings.standing(conn, self.agency_id, person_id)

    def entries(self, *tags: str, about: str | None = None) -> tuple[AuditEntry, ...]:
        """Audit entries of these tags, newest first."""
        subject = None if about is None else self.id_of(about)
        with self.reading() as conn:
            return audit.entries(conn, self.agency_id, subject_id=subject, tags=tags or None, limit=1_000)

    def completes(
        self,
        badge: str,
        on: str,
        hours: str | None,
        topic: str,
        title: str = "A class",
        *,
        score: str | None = None,
        passed: bool | None = None,
        firearm: str | None = None,
        approved: bool | None = True,
    ) -> int:
        """A completion is recorded now; its id."""
        person_id = self.id_of(badge)
        with self.writing() as writer:
            return writer.record(
                Completion(
                    person_id=person_id,
                    completed_on=date.fromisoformat(on),
                    hours=None if hours is None else Decimal(hours),
                    topics=(topic,),
                    title=title,
                    board_approved=approved,
                    credit=Credit.YES,
                    score=None if score is None else Decimal(score),
                    passed=passed,
                    evidence={} if firearm is None else {"firearm_type": firearm},
                )
            )[0]

    def moves_under(self, badge: str, supervisor: str, wall_clock: str) -> None:
        """The person reports to somebody else from this minute on."""
        moment = datetime.fromisoformat(wall_clock).replace(tzinfo=LAKEMONT).astimezone(UTC)
        person_id, supervisor_id = self.id_of(badge), self.id_of(supervisor)
        with self.writing() as writer:
            old = _line_of(writer.conn, self.agency_id, person_id, moment)
            writer.correct(
                old.id,
                ReportingLine(
                    person_id=person_id,
                    supervisor_id=old.fact.supervisor_id,
                    unit_id=old.fact.unit_id,
                    valid_from=old.fact.valid_from,
                    valid_to=moment,
                ),
            )
            writer.record(
                ReportingLine(
                    person_id=person_id,
                    supervisor_id=supervisor_id,
                    unit_id=old.fact.unit_id,
                    valid_from=moment,
                )
            )

    def leaves(self, badge: str, on: date) -> None:
        """The person's last day with the agency."""
        with self.writing() as writer:
            person = people.by_badge(writer.conn, self.agency_id, badge)
            assert person is not None, badge
            kept = person.employment
            writer.correct(kept.id, replace(kept.fact, status="separated", ended_on=on))

    def hires(
        self,
        badge: str,
        given: str,
        family: str,
        *,
        kind: str = "officer",
        position: str = "police-officer",
        appointed: str = "2015-04-01",
        cycle: tuple[str, str] | None = None,
        roles: Sequence[Role] = (),
        under: str | None = None,
        weapons: Sequence[str] = (),
        whole_from: str | None = "2015-01-01",
        certified: str | None = None,
        zone: str | None = None,
    ) -> int:
        """Somebody new on the roster, hired long ago as far as it matters; their id."""
        supervisor_id = self.id_of(under) if under is not None else None
        with self.writing() as writer:
            person_id = writer.record(Person())[0]
            writer.record(
                PersonName(person_id=person_id, given=given, family=family),
                Employment(
                    person_id=person_id,
                    badge_number=badge,
                    kind=kind,
                    position=position,
                    status="active",
                    appointed_on=date.fromisoformat(appointed),
                    history_complete_from=None if whole_from is None else date.fromisoformat(whole_from),
                    time_zone=zone,
                ),
            )
            if cycle is not None:
                first, last = map(date.fromisoformat, cycle)
                writer.record(
                    Credential(person_id=person_id, kind=CYCLE_KIND, cycle_start=first, cycle_end=last)
                )
            if certified is not None:
                writer.record(
                    Credential(
                        person_id=person_id,
                        kind="certification",
                        discipline="police",
                        level="basic",
                        status="granted",
                        issued_on=date.fromisoformat(certified),
                    )
                )
            for weapon in weapons:
                writer.record(
                    Assignment(person_id=person_id, kind=f"{FIREARM}{weapon}", starts_on=date(2020, 1, 1))
                )
            for role in roles:
                writer.record(RoleGrant(person_id=person_id, role=role, valid_from=LONG_AGO))
            if supervisor_id is not None:
                writer.record(
                    ReportingLine(person_id=person_id, supervisor_id=supervisor_id, valid_from=LONG_AGO)
                )
        return person_id


def _line_of(conn: Connection, agency_id: AgencyId, person_id: int, at: datetime) -> Kept[ReportingLine]:
    return reporting.lines_at(conn, agency_id, at)[person_id]


def agency_in(engine: Engine, at: datetime, *pack_folders: Path, keys: KeyStore | None = None) -> Agency:
    """The one agency that a database holds; ``keys`` when what was written there before is to be opened."""
    clock = MovableClock(at)
    shelf = PackShelf(*pack_folders) if pack_folders else shipped_packs()
    office = Office(engine, clock, shelf, keys or a_key_store(), fixed=True, files=a_file_store())
    agency_id = the_agency(office)
    assert agency_id is not None
    return Agency(office, clock, agency_id)


def new_agency(engine: Engine, at: datetime, packs: Sequence[str], *pack_folders: Path) -> Agency:
    """An agency with nobody in it yet, judged by these packs."""
    clock = MovableClock(at)
    shelf = PackShelf(*pack_folders) if pack_folders else shipped_packs()
    office = Office(engine, clock, shelf, a_key_store(), fixed=True, files=a_file_store())
    return Agency(office, clock, found(office, "Lakemont PD", "MN", LAKEMONT.key, packs))


def told(entry: AuditEntry) -> dict[str, object]:
    """What an entry says by itself, without where the words of the exchange are kept."""
    return {name: value for name, value in entry.data.items() if name not in {"asked", "answered"}}


@dataclass(slots=True)
class Statements:
    """What one answer asked of the database, in order; what a driver does by itself is left out."""

    reads: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    write_transactions: int = 0


@contextmanager
def counted(engine: Engine) -> Generator[Statements]:
    """Counts what is asked of the database meanwhile."""
    heard = Statements()

    def begun(conn: Connection) -> None:
        heard.write_transactions += bool(conn.get_execution_options().get(WRITES))

    def executed(conn: Connection, _cursor: object, statement: str, *_others: object) -> None:
        if statement.startswith(("PRAGMA", "BEGIN")):
            return
        writes = conn.get_execution_options().get(WRITES)
        (heard.writes if writes else heard.reads).append(statement)

    event.listen(engine, "begin", begun)
    event.listen(engine, "before_cursor_execute", executed)
    try:
        yield heard
    finally:
        event.remove(engine, "begin", begun)
        event.remove(engine, "before_cursor_execute", executed)


RUIZ, NOVAK, WHITMAN, OKAFOR = "214", "240", "611", "77"


def answered(agency: Agency, interaction: Interaction) -> Message:
    """The answer to whatever a door hands over; a database that failed is no answer."""
    message = FrontDesk(agency.office, agency.words).answer(interaction, "Lakemont PD")
    assert message.kind is not MessageKind.BROKEN, message
    return message


def submitted(agency: Agency, entered: Mapping[str, tuple[str, ...]], badge: str = RUIZ) -> Message:
    """The answer to the form of WHAT IF as it came back from a door."""
    return answered(
        agency,
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel="desk",
            action="what-if",
            form=entered,
        ),
    )
