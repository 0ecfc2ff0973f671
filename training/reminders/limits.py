"""What keeps a reminder back that is due? Somebody stopped them, they are too many, its person had enough today.

Nothing is dropped: what is kept back waits, and is worded anew when it goes. See
[decision 0041](../../docs/decisions/0041-whose-turn-it-is.md).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, limits, reporting
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept, Role
from db.records.ledger import Claim, Ending, Occasion, Waits
from db.records.switches import ReminderSwitch, SwitchWord
from db.unit_of_work import Writer, reading, working, writing
from messages import limits as say
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words
from training.audit import AuditTag
from training.ledger.duty import due
from training.ledger.recipients import may_be_written_to
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.office import Office, local_day, shared_now
from training.reminders.rules import ReminderRules, in_force

# A pause stops what is said about duties by itself, to whomever; too many at once and too many a day are reminders.
STOPPED_KINDS = frozenset({MessageKind.REMINDER.value, MessageKind.ESCALATION.value})
# A word that was lost is looked for so often.
LOOK_AGAIN = timedelta(minutes=60)
# What is planned within that time becomes due at once.
AT_ONCE = timedelta(minutes=10)
A_MOMENT = timedelta(seconds=1)
# Counted no further when somebody is told how many there are.
MANY = 1_000_000


class HoldsBack:
    """Asked before each sending: until when it waits, and for what; None when it may go now.

    Counting a great many before each of them would cost more than sending them: it is done once a moment.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._counted: dict[AgencyId, datetime] = {}

    def __call__(self, office: Office, claim: Claim) -> Ending | None:
        """Of something in hand."""
        if claim.kind not in STOPPED_KINDS or claim.person_id is None:
            return None
        with reading(office.engine) as conn:
            now = shared_now(office, conn)
            said = limits.newest_switch(conn, claim.agency_id)
            if said is not None and said.fact.word is SwitchWord.PAUSED:
                return Ending(receipt=None, again_at=now + LOOK_AGAIN, waits=_why(said))
            if claim.kind != MessageKind.REMINDER.value:
                return None
            rules = in_force(conn, claim.agency_id)
            too_many = self._is_to_count(claim.agency_id, now) and _too_many(
                conn, claim.agency_id, said, rules, now
            )
            later = None if too_many else _later_today(conn, claim, claim.person_id, rules, now)
        if too_many:
            _stop_a_burst(office, claim.agency_id, said, rules, self._words)
            return Ending(receipt=None, again_at=now + LOOK_AGAIN, waits=Waits.BURST)
        return later

    def _is_to_count(self, agency_id: AgencyId, now: datetime) -> bool:
        last = self._counted.get(agency_id)
        if last is not None and last <= now < last + A_MOMENT:
            return False
        self._counted[agency_id] = now
        return True


def _why(said: Kept[ReminderSwitch]) -> Waits:
    """Rollcall itself stops them for one reason only."""
    return Waits.BURST if said.recorded_by is None else Waits.PAUSED


def _too_many(
    conn: Connection,
    agency_id: AgencyId,
    said: Kept[ReminderSwitch] | None,
    rules: ReminderRules,
    now: datetime,
) -> bool:
    """More than the agency wants to go without a word, of those that nobody has let go yet."""
    most, kind = rules.limits.burst, MessageKind.REMINDER.value
    if not most:
        return False
    since = None if said is None else said.recorded_at
    # And the one in hand.
    if 1 + limits.due_now(conn, agency_id, kind, now, since=since, most=most) > most:
        return True
    lately = now - AT_ONCE if since is None else max(now - AT_ONCE, since)
    return limits.planned_lately(conn, agency_id, kind, lately, most=most + 1) > most


def _later_today(
    conn: Connection, claim: Claim, person_id: int, rules: ReminderRules, now: datetime
) -> Ending | None:
    """What was tried before may have come into the night; and nobody hears more in a day than the agency wants."""
    if claim.tries:
        allowed = due(conn, claim.agency_id, person_id, now)
        if allowed.waits is not None:
            return Ending(receipt=None, again_at=allowed.at, waits=allowed.waits)
    tomorrow = _tomorrow(conn, claim.agency_id, now)
    if said_today(conn, claim.agency_id, person_id, now, but=claim.message_id) < rules.limits.daily_cap:
        return None
    at = due(conn, claim.agency_id, person_id, tomorrow).at
    return Ending(receipt=None, again_at=at, waits=Waits.DAILY_CAP)


def said_today(conn: Connection, agency_id: AgencyId, person_id: int, now: datetime, *, but: str = "") -> int:
    """How many reminders a channel took for somebody today, where the agency is.

    Who plans asks before it plans: what is over ``daily_cap`` waits for the next day, and is one message with what is
    due then.
    """
    began = _tomorrow(conn, agency_id, now) - timedelta(days=1)
    return limits.taken_since(conn, agency_id, person_id, MessageKind.REMINDER.value, began, but=but)


def _tomorrow(conn: Connection, agency_id: AgencyId, now: datetime) -> datetime:
    zone = agencies.agency(conn, agency_id).fact.time_zone
    day = local_day(now, zone) + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(now.tzinfo)


def _stop_a_burst(
    office: Office,
    agency_id: AgencyId,
    seen: Kept[ReminderSwitch] | None,
    rules: ReminderRules,
    words: Words,
) -> None:
    """They stop once, whichever process saw it, and whoever coordinates is told once."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
    with writing(office.engine, agency_id, at=now) as writer:
        said = limits.newest_switch(writer.conn, agency_id)
        if (None if said is None else said.id) != (None if seen is None else seen.id):
            return
        since = None if said is None else said.recorded_at
        kind = MessageKind.REMINDER.value
        count = 1 + limits.due_now(writer.conn, agency_id, kind, now, since=since, most=MANY)
        (switch_id,) = writer.record(ReminderSwitch(word=SwitchWord.PAUSED))
        writer.audit(
            AuditDraft(tag=AuditTag.REMINDERS_PAUSED, data={"due": count, "most": rules.limits.burst})
        )
        message = say.too_many(say.TooManyFacts(due=max(count, rules.limits.burst + 1)), words)
        tell_coordinators(writer, office, message, f"reminder-burst {switch_id}", rules, now)


def tell_coordinators(
    writer: Writer, office: Office, message: Message, occasion: str, rules: ReminderRules, now: datetime
) -> int:
    """Whoever coordinates hears of it on a way of theirs, once for each occasion; how many."""
    told = 0
    for holder in reporting.holders_of(writer.conn, writer.agency_id, Role.COORDINATOR, now):
        if not may_be_written_to(writer.conn, writer.agency_id, holder, now):
            continue
        said = ToSay(
            person_id=holder,
            message=message,
            routes=ways_to(office, writer.conn, writer.agency_id, holder, rules.turns.order),
            about=occasion,
            occasion=Occasion(agency_id=writer.agency_id, person_id=holder, subject=occasion),
            in_turn=rules.turns.wait_minutes,
        )
        told += plan(writer, office.keys, said, now=now) is not None
    return told


def may_be_spent(office: Office, agency_id: AgencyId, segments: int, words: Words) -> bool:
    """Count what a reminder is about to take as a text. False when it is more than reminders may in a month: then the
    next way has its turn, and whoever coordinates is told once."""
    with working(office.engine) as conn:
        rules = in_force(conn, agency_id)
        most, now = rules.limits.monthly_segments, shared_now(office, conn)
        month = _month(conn, agency_id, now)
        if not most or limits.reminder_segments(conn, agency_id, month) + segments <= most:
            limits.count_reminder_segments(conn, agency_id, month, segments)
            return True
    with writing(office.engine, agency_id, at=now) as writer:
        message = say.texts_used_up(most, words)
        tell_coordinators(writer, office, message, f"reminder-texts-used-up {month}", rules, now)
    return False


def give_back(office: Office, agency_id: AgencyId, segments: int) -> None:
    """They were surely not sent."""
    with working(office.engine) as conn:
        month = _month(conn, agency_id, shared_now(office, conn))
        limits.count_reminder_segments(conn, agency_id, month, -segments)


def _month(conn: Connection, agency_id: AgencyId, now: datetime) -> str:
    return f"{local_day(now, agencies.agency(conn, agency_id).fact.time_zone):%Y-%m}"
