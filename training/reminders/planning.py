"""Who is reminded of what today? Standings become cases, and the steps whose day has come become messages: once,
however often, how late and by how many processes it is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from db.queries import agencies, people, reminders, standings
from db.records.facts import AgencyId
from db.unit_of_work import reading, writing
from messages.kinds import MessageKind
from messages.words import Words
from rules.standing import Standing, StandingLine
from training.courses.in_time import ClassesInTime
from training.courses.open_classes import open_at
from training.ledger.duty import due
from training.office import Office, business_now, local_day, shared_now
from training.people import is_serving
from training.reminders import telling
from training.reminders.agenda import PersonReminders, Today, agenda_of
from training.reminders.rules import in_force
from training.standings.compliance import current

# People looked at in one transaction when nothing is said to them, and when something is: a reply waits for it.
BATCH, TOLD_AT_ONCE = 500, 10
# The verdict of a pack that says whether a license goes on.
RENEWAL = "renewal"


def plan_agency(
    office: Office, agency_id: AgencyId, words: Words, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Everything that is to be planned for today at one agency; about how many people something is said."""
    with reading(office.engine) as conn:
        zone = agencies.agency(conn, agency_id).fact.time_zone
    day = local_day(business_now(office), zone)
    told = after = 0
    while not stopping():
        with reading(office.engine) as conn:
            found = reminders.to_plan(conn, agency_id, day, after, BATCH)
        if not found:
            break
        after = found[-1]
        talk = _quietly(office, agency_id, found, day, zone)
        for at in range(0, len(talk), TOLD_AT_ONCE):
            if stopping():
                break
            told += _aloud(office, agency_id, talk[at : at + TOLD_AT_ONCE], day, zone, words)
    return told


def _quietly(office: Office, agency_id: AgencyId, found: Sequence[int], day: date, zone: str) -> list[int]:
    """Cases of people to whom nothing is said; the others are given back."""
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        today = today_at(office, writer.conn, agency_id, day, zone, business_now(office))
        batch = _read(office, writer.conn, today, agency_id, found)
        agendas = {each.person_id: agenda_of(each, today) for each in batch.people}
        quiet = {person_id: agenda for person_id, agenda in agendas.items() if agenda.says_nothing}
        reminders.keep(writer.conn, agency_id, [each for agenda in quiet.values() for each in agenda.kept])
        reminders.planned(
            writer.conn, agency_id, {each: batch.bodies[each] for each in quiet if each in batch.bodies}
        )
    return [each for each in agendas if each not in quiet]


def _aloud(
    office: Office, agency_id: AgencyId, found: Sequence[int], day: date, zone: str, words: Words
) -> int:
    """The same for people about whom something is said. All is read again: somebody else may have been first."""
    told = 0
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        today = today_at(office, writer.conn, agency_id, day, zone, business_now(office))
        batch = _read(office, writer.conn, today, agency_id, found)
        for each in batch.people:
            agenda = agenda_of(each, today)
            reminders.keep(
                writer.conn, agency_id, telling.tell(writer, office, each.person_id, agenda, today, words)
            )
            told += not agenda.says_nothing
        reminders.planned(writer.conn, agency_id, batch.bodies)
    return told


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some people as they are on file, and the standings that were read of them. Whoever is about to be judged again is
    left out."""

    people: tuple[PersonReminders, ...]
    bodies: Mapping[int, str]


def _read(
    office: Office, conn: Connection, today: Today, agency_id: AgencyId, found: Sequence[int]
) -> _Batch:
    stands: dict[int, Standing | None] = dict.fromkeys(found)
    bodies = {}
    for row in standings.standings(conn, agency_id, found):
        standing = current(row, office.shelf, today.day)
        if standing is None or row.body is None:
            del stands[row.person_id]
        else:
            stands[row.person_id], bodies[row.person_id] = standing, row.body
    return _Batch(on_file(conn, today, agency_id, stands, shared_now(office, conn)), bodies)


def on_file(
    conn: Connection,
    today: Today,
    agency_id: AgencyId,
    stands: Mapping[int, Standing | None],
    now: datetime,
) -> tuple[PersonReminders, ...]:
    """These people as they are on file, with where they stand on the day; ``now`` is when it is planned."""
    found = list(stands)
    known = reminders.cases(conn, agency_id, found)
    told = reminders.steps_told(conn, agency_id, found)
    unsent = reminders.unsent(conn, agency_id, found, MessageKind.REMINDER.value)
    wishes = reminders.wishes(conn, agency_id, found)
    pilot = reminders.pilot(conn, agency_id)
    serving = {
        each.person_id for each in people.by_ids(conn, agency_id, found) if is_serving(each, today.day)
    }
    batch = []
    for person_id, standing in stands.items():
        waits = unsent.get(person_id, ())
        wish = wishes.get(person_id)
        batch.append(
            PersonReminders(
                agency_id=agency_id,
                person_id=person_id,
                standing=standing if person_id in serving else None,
                known=known.get(person_id, ()),
                told=told,
                unsent=waits,
                without=() if wish is None else wish.without,
                send_day=local_day(due(conn, agency_id, person_id, now).at, today.zone) if waits else None,
                spoken_to=not pilot or person_id in pilot,
            )
        )
    return tuple(batch)


def today_at(
    office: Office, conn: Connection, agency_id: AgencyId, day: date, zone: str, at: datetime
) -> Today:
    """A day at the agency, as it is planned at that instant."""

    def is_license(line: StandingLine) -> bool:
        pack = office.shelf.find(line.pack)
        rule = None if pack is None else pack.requirement(line.requirement)
        return rule is not None and RENEWAL in rule.verdicts

    return Today(
        day=day,
        at=at,
        zone=zone,
        rules=in_force(conn, agency_id),
        is_license=is_license,
        classes=ClassesInTime(open_at(conn, agency_id, at), office.shelf),
    )
