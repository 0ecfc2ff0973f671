"""What becomes of what comes by the day and the hour, over both changes of the clock, a leap day and the end of a year?
Scenarios 8 and 9.

Two processes at once do all that the scheduler does for each agency; the scenario moves the clock of the record and
waits for both at each stop. What they say goes into a file, whatever the ledger says of it.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.composition import compose
from bot.desk.clock import set_clock
from config.settings import load
from db.queries import agencies, people
from db.records.facts import (
    AgencyId,
    Card,
    Employment,
    Person,
    PersonName,
    Role,
    RoleGrant,
)
from db.records.reminders import ReminderRulesEntry
from db.unit_of_work import Writer, reading, writing
from messages.kinds import MessageKind
from messages.plain import plain_text
from messages.words import load as load_words
from scheduler.delivery import deliver_what_is_due
from scheduler.digests import SHIFTS
from scheduler.jobs import Work
from tests.faults.auditor import looked_at
from tests.faults.rows import a_phone
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from training.agency_setup import found
from training.digests.by_the_calendar import say_what_is_due
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office, business_now, local_day, shared_now
from training.reminders.planning import plan_agency
from training.reminders.rules import shipped_words
from training.sealed.sealing import keep_text
from training.shifts.wall_clock import ONE_DAY, instant
from training.standings.compliance import tick

_FORKED = get_context("forkserver")
HANDS = 2
PATIENCE = 120.0
SAID = "said.jsonl"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
CLOCKS = (time(0), time(1, 30), time(2, 30), time(9))
# A ladder by which nobody is reminded: what a scenario plans is all that is said.
NOTHING_BESIDE: Mapping[str, object] = {"days_before": [], "overdue_every": 0}
KINDS = (MessageKind.REMINDER, MessageKind.COORDINATORS_DAY)
HALF_AN_HOUR, AN_HOUR = timedelta(minutes=30), timedelta(minutes=60)
# The middle one of three days is that of the change.
CHANGES = (date(2027, 3, 13), date(2027, 11, 6))
DAYS = 3
# What a stop takes is added to its instant.
SLACK = timedelta(minutes=5)
# The shipped ladder, written out by hand for two days on which a calendar may slip.
YEAR_END = """
    2027-10-02 2027-11-01 2027-12-01 2027-12-17 2027-12-24 2027-12-30 2027-12-31 2028-01-01 2028-01-08
    2028-01-15 2028-01-22 2028-01-29 2028-02-05 2028-02-12 2028-02-19 2028-02-26 2028-03-04
"""
LEAP_DAY = """
    2027-12-01 2027-12-31 2028-01-30 2028-02-15 2028-02-22 2028-02-28 2028-02-29 2028-03-01 2028-03-08
"""
LADDERS = {date(2027, 12, 31): YEAR_END.split(), date(2028, 2, 29): LEAP_DAY.split()}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that came out: whose agency, to whom, of which kind, at which instant, and its words."""

    agency_id: int
    person_id: int
    kind: str
    at: datetime
    words: str


class IntoAFile(Carrier):
    """Whatever is handed over is written down, with the instant of the record."""

    def __init__(self, office: Office, path: Path) -> None:
        self._office = office
        self._path = path

    def send(self, parcel: Parcel) -> TryOutcome:
        with reading(self._office.engine) as conn:
            at = shared_now(self._office, conn)
        said = [
            parcel.agency_id,
            parcel.person_id,
            parcel.message.kind.value,
            at.isoformat(),
            plain_text(parcel.message, "desk"),
        ]
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
        return TryOutcome(fate=Fate.HANDED_OVER, ref=parcel.attempt_id)

    def find(self, parcel: Parcel) -> Found:  # noqa: ARG002  the port's shape
        return Found(trace=Trace.CANNOT_TELL)


def _hand(
    environment: Mapping[str, str], folder: str, numbers: Sequence[int], begin: Barrier, done: Barrier
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    office, words = compose(load()), load_words()
    work = Work(office, lambda: False, {"sms": IntoAFile(office, Path(folder) / SAID)})
    while True:
        begin.wait(PATIENCE)
        for agency_id in map(AgencyId, numbers):
            with reading(office.engine) as conn:
                zone = agencies.agency(conn, agency_id).fact.time_zone
            tick(office, agency_id, local_day(business_now(office), zone))
            plan_agency(office, agency_id, words)
            say_what_is_due(office, words, SHIFTS, agency_id)
        deliver_what_is_due(work)
        done.wait(PATIENCE)


@dataclass(frozen=True, slots=True)
class Watchers:
    """The hands, and the clock that they look at."""

    site: Site
    begin: Barrier
    done: Barrier

    def stop_at(self, at: datetime) -> None:
        """It is that time now, and everybody does what there is to do."""
        set_clock(self.site.office, at)
        self.begin.wait(PATIENCE)
        self.done.wait(PATIENCE)

    def heard(self) -> list[Heard]:
        """Everything that came out so far."""
        lines = (self.site.folder / SAID).read_text(encoding="utf-8").splitlines()
        rows = map(json.loads, lines)
        return [
            Heard(agency_id, person_id, kind, datetime.fromisoformat(at), words)
            for agency_id, person_id, kind, at, words in rows
        ]


@contextmanager
def _watchers(site: Site, numbers: Sequence[int]) -> Iterator[Watchers]:
    begin, done = _FORKED.Barrier(HANDS + 1), _FORKED.Barrier(HANDS + 1)
    given = (dict(site.environment()), str(site.folder), list(numbers), begin, done)
    hands = [_FORKED.Process(target=_hand, args=given, daemon=True) for _ in range(HANDS)]
    for each in hands:
        each.start()
    try:
        yield Watchers(site, begin, done)
    finally:
        for each in hands:
            each.kill()
            each.join(PATIENCE)


def _an_agency(site: Site, zone: str, clock: time) -> AgencyId:
    """It reminds each day of what is overdue, and tells its coordinator the day, at this time of its own clock."""
    agency_id = found(site.office, f"{zone} at {clock}", "MN", zone, ["lkm"])
    with writing(site.office.engine, agency_id, at=LONG_AGO, channel="test") as writer:
        who = _somebody(writer, "1", date(2027, 1, 31))
        writer.record(RoleGrant(person_id=who, role=Role.COORDINATOR, valid_from=LONG_AGO))
    changed: dict[str, dict[str, object]] = {
        "ladder": {"days_before": [], "overdue_every": 1},
        "hours": {"begins": f"{clock:%H:%M}", "ends": "23:00"},
        "digests": {"coordinator_at": f"{clock:%H:%M}"},
    }
    enter_rules(site, agency_id, changed)
    return agency_id


def enter_rules(site: Site, agency_id: AgencyId, changed: Mapping[str, Mapping[str, object]]) -> None:
    """The shipped rules with these values in these parts."""
    rules = {
        name: {**part, **changed[name]} if name in changed else part for name, part in shipped_words().items()
    }
    with reading(site.office.engine) as conn:
        who = people.roster(conn, agency_id)[0].person_id
    with writing(site.office.engine, agency_id, at=LONG_AGO, channel="test") as writer:
        writer.record(
            ReminderRulesEntry(
                version=2,
                rules=json.loads(json.dumps(rules, default=str)),
                item_id=keep_text(writer, site.office.keys, who, "As the scenario has it."),
            )
        )


def _somebody(writer: Writer, badge: str, until: date) -> int:
    """An officer with a phone, and a card that is good until then."""
    person_id = writer.record(Person())[0]
    writer.record(
        PersonName(person_id=person_id, given="Ada", family=f"Number{badge}"),
        Employment(
            person_id=person_id,
            badge_number=badge,
            kind="officer",
            position="police-officer",
            status="active",
            appointed_on=date(2015, 4, 1),
            history_complete_from=date(2015, 1, 1),
        ),
        Card(
            person_id=person_id,
            covers=("first-aid-cpr", "cpr"),
            valid_from=date(2021, 1, 1),
            valid_to=until,
        ),
        a_phone(person_id),
    )
    return person_id


def both_changes_of_the_clock(asked: Asked) -> Outcome:
    """8: what comes daily, at four times of the clock in four zones, over three days with a change in the middle."""
    why: list[str] = []
    planned = sent = 0
    for first in CHANGES:
        with asked.ground.a_site() as site:
            zones = {
                _an_agency(site, zone, clock): (ZoneInfo(zone), clock) for zone in ZONES for clock in CLOCKS
            }
            with _watchers(site, [int(each) for each in zones]) as watchers:
                for stop in _stops(first):
                    watchers.stop_at(stop)
                heard = watchers.heard()
            why += [f"{first}: {each}" for each in looked_at(site, "reminder ").broken if "I3" not in each]
        for agency_id, (zone, clock) in zones.items():
            for number in range(DAYS):
                day = first + number * ONE_DAY
                for kind in KINDS:
                    said = [
                        each.at
                        for each in heard
                        if each.agency_id == agency_id
                        and each.kind == kind
                        and each.at.astimezone(zone).date() == day
                    ]
                    planned, sent = planned + 1, sent + len(said)
                    due = instant(day, clock, zone)
                    room = SLACK if number == 1 else AN_HOUR + SLACK
                    if len(said) != 1 or not due <= said[0] < due + room:
                        told = ", ".join(f"{each.astimezone(zone):%H:%M:%S %Z}" for each in said) or "never"
                        why.append(f"{kind} of {day} at {clock:%H:%M} in {zone.key}: {told}")
    said_ = (f"{len(ZONES)} zones, {len(CLOCKS)} times of the clock, {len(KINDS)} kinds, twice {DAYS} days",)
    return Outcome(
        planned=planned,
        sent=sent,
        lost=max(0, planned - sent),
        doubled=max(0, sent - planned),
        why=tuple(why[:10]),
        said=said_,
    )


def _stops(first: date) -> Iterator[datetime]:
    """Every hour while any of the zones has one of the days; around the change every half hour."""
    at = instant(first, time(), ZoneInfo(ZONES[0]))
    end = instant(first + DAYS * ONE_DAY, time(), ZoneInfo(ZONES[-1]))
    change = instant(first + ONE_DAY, time(), ZoneInfo(ZONES[0]))
    while at < end:
        yield at
        at += HALF_AN_HOUR if change <= at < change + 8 * AN_HOUR else AN_HOUR


def leap_day_and_year_end(asked: Asked) -> Outcome:
    """9: cards that are good until the 31st of December and the 29th of February, day by day over both."""
    with asked.ground.a_site() as site:
        agency_id = found(site.office, "Lakemont County", "MN", "America/Chicago", ["lkm"])
        with writing(site.office.engine, agency_id, at=LONG_AGO, channel="test") as writer:
            who = {_somebody(writer, f"{at}", until): until for at, until in enumerate(LADDERS, 1)}
        with _watchers(site, [int(agency_id)]) as watchers:
            day, last = date(2027, 10, 1), date(2028, 3, 9)
            while day <= last:
                watchers.stop_at(instant(day, time(9), ZoneInfo("America/Chicago")))
                day += ONE_DAY
            heard = watchers.heard()
        why = [each for each in looked_at(site, "reminder ").broken if "I3" not in each]
    planned = sent = lost = doubled = 0
    for person_id, until in who.items():
        expected = list(LADDERS[until])
        said = [
            each.at.astimezone(ZoneInfo("America/Chicago")).date().isoformat()
            for each in heard
            if each.person_id == person_id and each.kind == MessageKind.REMINDER and "CPR" in each.words
        ]
        planned, sent = planned + len(expected), sent + len(said)
        lost += len(set(expected) - set(said))
        doubled += len(said) - len(set(said))
        if said != expected:
            why.append(f"good until {until}: {said}")
    said_ = (f"{planned} steps of {len(who)} cards, a stop on each day from October to March",)
    return Outcome(planned=planned, sent=sent, lost=lost, doubled=doubled, why=tuple(why), said=said_)
