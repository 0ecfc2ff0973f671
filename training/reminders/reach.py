"""Who is reached by no way, who only by one that failed, who wants no texts and has nothing else; and which reminders
reached nobody, or are held too long? Rolled every day, and told on the day on which it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import accounts, agencies, ledger, people, phones, reach, reminders, reporting
from db.queries.reach import HeldBack, NotReached
from db.records.facts import AgencyId, Role
from db.records.ledger import Occasion, Waits
from db.unit_of_work import reading, writing
from messages import reach as say
from messages.kinds import MessageKind
from messages.reach import Unreached
from messages.words import Words
from training.ledger.duty import due
from training.ledger.routes import TEXTS, channels_of, ways_to
from training.ledger.saying import ToSay, plan
from training.office import Office, local_day, shared_now
from training.people import is_serving
from training.reminders.rules import in_force

# What somebody was reminded of before that is listed elsewhere by now: it is overdue, or over.
LOOKED_BACK = timedelta(days=14)
# A way that failed longer ago may be mended.
FAILED_LATELY = timedelta(days=60)
REMINDER = MessageKind.REMINDER.value


@dataclass(frozen=True, slots=True)
class HeldTooLong:
    """A reminder that waits longer than the agency holds anything; ``until`` None where nobody knows how long."""

    person_id: int
    planned_at: datetime
    waits: Waits
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who is not reached, and why; the reminders that are not known to have reached anybody, and those that
    are held longer than the agency holds anything."""

    people: Mapping[int, Unreached]
    reminders: tuple[NotReached, ...]
    held: tuple[HeldTooLong, ...]


def roll(office: Office, conn: Connection, agency_id: AgencyId, now: datetime) -> Roll:
    """Everybody who serves, by the ways that exist at this moment; and every reminder of the last two weeks."""
    return Roll(
        _people(office, conn, agency_id, now),
        not_reached(conn, agency_id, now),
        held_too_long(conn, agency_id, now),
    )


def not_reached(conn: Connection, agency_id: AgencyId, now: datetime) -> tuple[NotReached, ...]:
    """Reminders that no way took, and those of which nothing is known after the hours that the rules give."""
    silent = timedelta(hours=in_force(conn, agency_id).turns.list_hours)
    return reach.not_reached(conn, agency_id, REMINDER, after=now - LOOKED_BACK, silent_before=now - silent)


def not_reached_since(
    conn: Connection, agency_id: AgencyId, since: datetime, now: datetime
) -> tuple[NotReached, ...]:
    """Those of which that is known since then."""
    silent = timedelta(hours=in_force(conn, agency_id).turns.list_hours)
    return tuple(
        each
        for each in not_reached(conn, agency_id, now)
        if each.ended_at + (silent if each.taken else timedelta()) >= since
    )


def held_too_long(conn: Connection, agency_id: AgencyId, now: datetime) -> tuple[HeldTooLong, ...]:
    """Reminders that wait longer for their person's time than the agency holds anything, or nobody knows how long."""
    most = timedelta(hours=in_force(conn, agency_id).hours.hold_hours)
    found = []
    for each in reach.held_back(conn, agency_id, REMINDER):
        if each.until - each.planned_at > most:
            found.append(HeldTooLong(each.person_id, each.planned_at, each.waits, each.until))
        elif _is_endless(conn, agency_id, each, now):
            found.append(HeldTooLong(each.person_id, each.planned_at, each.waits, None))
    return tuple(found)


def _is_endless(conn: Connection, agency_id: AgencyId, held: HeldBack, now: datetime) -> bool:
    """Whether they are on a leave of which nobody knows the end: what waits for it is put off a day at a time."""
    return (
        held.waits is Waits.ON_LEAVE
        and due(conn, agency_id, held.person_id, now, not_before=held.planned_at).over_cap
    )


def _people(office: Office, conn: Connection, agency_id: AgencyId, now: datetime) -> Mapping[int, Unreached]:
    if office.local_desk:
        return {}
    order = in_force(conn, agency_id).turns.order
    zone = agencies.agency(conn, agency_id).fact.time_zone
    pilot = reminders.pilot(conn, agency_id)
    day = local_day(now, zone)
    serving = [
        each.person_id
        for each in people.roster(conn, agency_id)
        if is_serving(each, day) and (not pilot or each.person_id in pilot)
    ]
    links = [each.fact for each in accounts.everybodys(conn, agency_id)]
    unwanted = phones.without_consent(conn, agency_id)
    opted_out = {each.person_id for each in links if each.channel == TEXTS and each.account in unwanted}
    ways = channels_of(conn, agency_id, links, unwanted, serving)
    lost = reach.ways_lost(conn, agency_id, after=now - FAILED_LATELY)
    found: dict[int, Unreached] = {}
    for person_id in serving:
        theirs = ways[person_id].intersection(order)
        if not theirs:
            found[person_id] = Unreached.OPTED_OUT if person_id in opted_out else Unreached.NO_WAY
        elif theirs <= lost.get(person_id, frozenset()):
            found[person_id] = Unreached.ONLY_FAILED
    return found


def tell_agency(office: Office, agency_id: AgencyId, words: Words) -> int:
    """Tell whoever coordinates of each reminder that reached nobody, on that day, once; and once a day how many are not
    reached at all. How many messages."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        zone = agencies.agency(conn, agency_id).fact.time_zone
        day = local_day(now, zone)
        failed = not_reached(conn, agency_id, now)
        holders = reporting.holders_of(conn, agency_id, Role.COORDINATOR, now)
        daily = [each for each in holders if not _told(conn, agency_id, each, day.isoformat())]
        new = {
            each: [one for one in failed if not _told(conn, agency_id, each, one.message_id)]
            for each in holders
        }
        if not any(new.values()) and not daily:
            return 0
        found = _people(office, conn, agency_id, now) if daily else {}
    told = 0
    with writing(office.engine, agency_id, at=now) as writer:
        order = in_force(writer.conn, agency_id).turns
        for holder in holders:
            occasions = [_occasion(agency_id, holder, each.message_id) for each in new[holder]]
            if holder in daily:
                occasions.append(_occasion(agency_id, holder, day.isoformat()))
            if not occasions:
                continue
            if not new[holder] and not found:
                # Nothing to say today; it is not asked again.
                for each in occasions:
                    if not ledger.is_planned(writer.conn, each):
                        ledger.plan(writer.conn, each, None, now=now)
                continue
            facts = say.ReachFacts(
                reminders=len(new[holder]), counts=_counts(found) if holder in daily else ()
            )
            said = ToSay(
                person_id=holder,
                message=say.told(facts, words),
                routes=ways_to(office, writer.conn, agency_id, holder, order.order),
                about=f"reach {day.isoformat()}",
                occasions=occasions,
                own_question=True,
                in_turn=order.wait_minutes,
            )
            told += plan(writer, office.keys, said, now=now) is not None
    return told


def _counts(found: Mapping[int, Unreached]) -> tuple[tuple[Unreached, int], ...]:
    return tuple((why, n) for why in Unreached if (n := sum(each is why for each in found.values())))


def _occasion(agency_id: AgencyId, person_id: int, what: str) -> Occasion:
    return Occasion(agency_id=agency_id, person_id=person_id, subject="unreached", window=what)


def _told(conn: Connection, agency_id: AgencyId, person_id: int, what: str) -> bool:
    return ledger.is_planned(conn, _occasion(agency_id, person_id, what))
