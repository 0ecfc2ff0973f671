"""What goes out tomorrow if nothing changes until then: to whom, when and on which way? Nothing is written or sent.

The planner's own agenda, asked as of the midnight at which the day begins where the agency is; what waits already; and
summaries, roll calls and next ways, asked of what says them as of the moment at which it will.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, ledger, limits, reminders, turns
from db.queries.reminders import ToBeSaid
from db.records.facts import AgencyId
from db.records.ledger import Waits
from db.records.switches import SwitchWord
from messages.kinds import MessageKind
from messages.model import Message
from messages.reminder import Reminded
from messages.words import Words
from training.digests import by_the_calendar, roll_call
from training.digests.shifts import ShiftCalendar
from training.digests.telling import ways_of_a_summary
from training.ledger.duty import Due, due
from training.ledger.routes import TEXTS, ways_to
from training.ledger.saying import opened
from training.office import Office, local_day
from training.ports import Clock
from training.reminders import escalating, telling
from training.reminders.agenda import Agenda, DueStep, PersonReminders, Raise, Today, agenda_of
from training.reminders.cases import Duty, duties
from training.reminders.planning import BATCH, on_file, today_at
from training.reminders.reminded import reminded
from training.reminders.rules import ReminderRules
from training.reminders.turns import next_way
from training.shifts.wall_clock import instant
from training.standings.compliance import standings_of

REMINDER = MessageKind.REMINDER.value
SHIFTS = ShiftCalendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One message to somebody. ``duties`` are what it reminds of, ``about`` whose duties they are where it went past
    them. ``ways`` are those that lead there, the first of them its own; ``segments`` are what it takes as a text.

    ``in_turn``: where nothing says that it arrived, it goes on the next way.
    """

    person_id: int
    kind: str
    at: datetime
    waits: Waits | None
    ways: tuple[str, ...]
    title: str = ""
    duties: tuple[Reminded, ...] = ()
    about: int | None = None
    segments: int = 0
    in_turn: bool = False

    @property
    def then(self) -> str:
        """The channel on which it goes next, where nothing says that it arrived; empty where there is none."""
        return self.ways[1] if self.in_turn and len(self.ways) > 1 else ""

    @property
    def way(self) -> str:
        """The channel on which it goes; empty where none leads there."""
        return self.ways[0] if self.ways else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """The day. ``held`` is said on a later one; ``paused`` by somebody's word, and ``waiting`` for it already.
    ``burst`` is how many reminders go at once, where that is more than may go without a word."""

    day: date
    zone: str
    goes: tuple[Coming, ...]
    held: tuple[Coming, ...]
    paused: bool
    waiting: int
    burst: int


def dry_run(office: Office, conn: Connection, agency_id: AgencyId, now: datetime, words: Words) -> DryRun:
    """Tomorrow at one agency, as of ``now``."""
    zone = agencies.agency(conn, agency_id).fact.time_zone
    day = local_day(now, zone) + timedelta(days=1)
    begins, ends = _midnight(day, zone, now), _midnight(day + timedelta(days=1), zone, now)
    today = today_at(office, conn, agency_id, day, zone, begins)
    run = _Run(office, conn, agency_id, today, words)
    said = run.everything(ends)
    within = _within_texts(conn, agency_id, today, _within_cap(conn, agency_id, today.rules, said, ends))
    goes = tuple(each for each in within if each.at < ends)
    switch = limits.newest_switch(conn, agency_id)
    return DryRun(
        day=day,
        zone=zone,
        goes=goes,
        held=tuple(each for each in within if each.at >= ends),
        paused=switch is not None and switch.fact.word is SwitchWord.PAUSED,
        waiting=limits.waiting_for_a_word(conn, agency_id),
        burst=_burst(goes, today.rules),
    )


@dataclass(frozen=True, slots=True)
class _Standing(Clock):
    """It is that moment, and stays so."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def _as_of(office: Office, at: datetime) -> Office:
    """The same office at another moment."""
    return replace(office, clock=_Standing(at), fixed=True)


def _midnight(day: date, zone: str, like: datetime) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(like.tzinfo)


@dataclass(frozen=True, slots=True)
class _Run:
    """One look at tomorrow."""

    office: Office
    conn: Connection
    agency_id: AgencyId
    today: Today
    words: Words

    def everything(self, ends: datetime) -> list[Coming]:
        """What is planned then, and what waits already and still holds; the soonest first."""
        said = [
            *self._of_reminding(),
            *self._summaries(),
            *self._roll_calls(ends),
            *self._next_ways(ends),
        ]
        return sorted(said, key=lambda each: (each.at, each.person_id))

    def _of_reminding(self) -> list[Coming]:
        waiting = reminders.waiting_from(self.conn, self.agency_id, self.today.at)
        by_id = {each.message_id: each for each in waiting}
        found = {each.person_id for each in waiting if each.kind == REMINDER}
        found.update(reminders.may_be_planned(self.conn, self.agency_id, self.today.day))
        said: list[Coming] = []
        spoken: set[str] = set()
        for on_day in self._people(sorted(found), by_id.keys()):
            agenda = agenda_of(on_day, self.today)
            spoken.update(each.message_id for each in on_day.unsent)
            said += self._reminders(on_day, agenda, by_id)
            for each in agenda.raised:
                said += self._escalations(each)
        return said + [self._waits(each) for each in waiting if each.message_id not in spoken]

    def _summaries(self) -> Iterator[Coming]:
        """Those of the coordinator, the lieutenants and the chief, as they will be made at their hour."""
        digests = self.today.rules.digests
        at = instant(self.today.day, digests.coordinator_at, ZoneInfo(self.today.zone))
        then = _as_of(self.office, at)
        for each in by_the_calendar.what_is_due(then, self.conn, self.words, SHIFTS, self.agency_id):
            if not by_the_calendar.stays_away(digests, each):
                yield self._summary(each.person_id, each.message, at)

    def _roll_calls(self, ends: datetime) -> Iterator[Coming]:
        """Before each shift, as it will be prepared at its minute."""
        before = timedelta(minutes=self.today.rules.digests.roll_call_minutes_before)
        between = (self.today.at + before, ends + before)
        for start in roll_call.beginning(self.office, self.conn, SHIFTS, self.agency_id, *between):
            at = start.at - before
            each = roll_call.prepared(_as_of(self.office, at), self.conn, SHIFTS, self.agency_id, start)
            if each is not None and not roll_call.stays_away(self.today.rules, each):
                yield self._summary(each.supervisor, roll_call.words_of(each, self.words), at)

    def _summary(self, person_id: int, message: Message, at: datetime) -> Coming:
        ways = ways_of_a_summary(self.office, self.conn, self.agency_id, person_id)
        return self._said(person_id, message, Due(at), tuple(each.channel for each in ways))

    def _next_ways(self, ends: datetime) -> Iterator[Coming]:
        """What went out and goes once more on another way then, where nothing says until then that it arrived."""
        for turn, body in turns.waiting_between(self.conn, self.agency_id, self.today.at, ends):
            way = next_way(self.conn, self.office, turn, turn.next_way_at)
            if way.route is None or way.due is None:
                continue
            message = opened(self.office.keys, turn.message_id, body)
            yield self._said(turn.person_id, message, way.due, (way.route.channel,))

    def _people(self, found: Sequence[int], waiting: Iterable[str]) -> Iterator[PersonReminders]:
        for at in range(0, len(found), BATCH):
            some = found[at : at + BATCH]
            stands, _ = standings_of(self.conn, self.office.shelf, self.agency_id, some, self.today.day)
            people = {each: stands.get(each) for each in some}
            for each in on_file(self.conn, self.today, self.agency_id, people, self.today.at):
                # Whatever is due before is said by then.
                yield replace(each, unsent=tuple(one for one in each.unsent if one.message_id in waiting))

    def _reminders(
        self, on_day: PersonReminders, agenda: Agenda, waiting: dict[str, ToBeSaid]
    ) -> Iterator[Coming]:
        stale = {each.message_id for each in agenda.stale}
        steps = [*agenda.new, *agenda.again]
        if steps:
            yield self._reminder(on_day.person_id, steps)
        owed = {} if on_day.standing is None else _by_place(duties(on_day.standing, self.today.day))
        for each in on_day.unsent:
            if each.message_id in stale:
                continue
            known = [(key, name) for key, name in each.steps if (key.subject, key.window) in owed]
            about = {key: owed[key.subject, key.window] for key, _ in known}
            yield replace(
                self._waits(waiting[each.message_id]),
                duties=tuple(reminded(duty, key.due_on, self.words) for key, duty in about.items()),
            )

    def _reminder(self, person_id: int, steps: Sequence[DueStep]) -> Coming:
        said = telling.worded(
            self.conn, self.agency_id, person_id, steps, self.today, self.today.at, self.words
        )
        return self._new(person_id, said.message, said.when, duties_=telling.duties_of(steps, self.words))

    def _escalations(self, raised: Raise) -> Iterator[Coming]:
        message = escalating.words_of(self.conn, raised, self.today, self.words)
        if message is None:
            return
        key = raised.case.key
        told = (reminded(raised.duty, key.due_on, self.words),)
        for at, whom in enumerate(escalating.whom_to_tell(self.conn, self.office, raised, self.today)):
            if not ledger.is_planned(self.conn, escalating.occasion_of(raised, at)):
                when = due(self.conn, self.agency_id, whom, self.today.at)
                yield self._new(whom, message, when, duties_=told, about=key.person_id)

    def _new(
        self,
        person_id: int,
        message: Message,
        when: Due,
        *,
        duties_: tuple[Reminded, ...],
        about: int | None = None,
    ) -> Coming:
        order = self.today.rules.turns.order
        ways = tuple(
            each.channel for each in ways_to(self.office, self.conn, self.agency_id, person_id, order)
        )
        return replace(self._said(person_id, message, when, ways), duties=duties_, about=about)

    def _said(self, person_id: int, message: Message, when: Due, ways: tuple[str, ...]) -> Coming:
        return Coming(
            person_id=person_id,
            kind=message.kind.value,
            at=when.at,
            waits=when.waits,
            ways=ways,
            title=message.title,
            segments=self._segments(message, ways[:1]),
            in_turn=True,
        )

    def _waits(self, waiting: ToBeSaid) -> Coming:
        message = opened(self.office.keys, waiting.message_id, waiting.body)
        order = self.today.rules.turns.order
        others = [
            each.channel
            for each in ways_to(self.office, self.conn, self.agency_id, waiting.person_id, order)
            if each.channel != waiting.channel
        ]
        return Coming(
            person_id=waiting.person_id,
            kind=waiting.kind,
            at=waiting.due_at,
            waits=waiting.waits,
            ways=(waiting.channel, *others),
            title=message.title,
            about=waiting.about,
            segments=self._segments(message, (waiting.channel,)),
            in_turn=waiting.in_turn,
        )

    def _segments(self, message: Message, ways: Sequence[str]) -> int:
        rates = self.office.text_rates
        return 0 if rates is None or TEXTS not in ways else rates.segments(message, self.words)


def _by_place(found: Iterable[Duty]) -> dict[tuple[str, str], Duty]:
    return {(each.subject, each.window): each for each in found}


def _within_cap(
    conn: Connection, agency_id: AgencyId, rules: ReminderRules, said: Iterable[Coming], ends: datetime
) -> list[Coming]:
    """What is more for one person than the agency says in a day waits for the next."""
    of_person: dict[int, int] = {}
    kept = []
    for each in said:
        if each.kind == REMINDER and each.at < ends:
            of_person[each.person_id] = of_person.get(each.person_id, 0) + 1
            if of_person[each.person_id] > rules.limits.daily_cap:
                at = due(conn, agency_id, each.person_id, ends).at
                kept.append(replace(each, at=at, waits=Waits.DAILY_CAP))
                continue
        kept.append(each)
    return kept


def _within_texts(
    conn: Connection, agency_id: AgencyId, today: Today, said: Iterable[Coming]
) -> list[Coming]:
    """Reminders that are more than may be texted in this month go on the next way."""
    most = today.rules.limits.monthly_segments
    used = limits.reminder_segments(conn, agency_id, f"{today.day:%Y-%m}")
    kept = []
    for each in said:
        if most and each.kind == REMINDER and each.way == TEXTS:
            if used + each.segments > most:
                kept.append(replace(each, ways=each.ways[1:], segments=0))
                continue
            used += each.segments
        kept.append(each)
    return kept


def _burst(goes: Iterable[Coming], rules: ReminderRules) -> int:
    """How many reminders become due at one moment, where nobody lets so many go without a word; else 0."""
    at_once: dict[datetime, int] = {}
    for each in goes:
        if each.kind == REMINDER:
            at_once[each.at] = at_once.get(each.at, 0) + 1
    most = max(at_once.values(), default=0)
    return most if rules.limits.burst and most > rules.limits.burst else 0
