"""What does a year of reminders look like, and is every message of it explained? The demo agency with its clock moved
from stop to stop, people who answer, put off, take the class or say nothing, and an account of each at the end."""

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.commands.demo import make_demo
from bot.demo.agency import NOW, TIME_ZONE
from bot.desk.clock import Daybreak, move
from bot.desk.deliveries import Schedule, Scheduled, talk_of
from bot.desk.seats import Talk
from db.queries import people, reminders
from db.queries.context import ByBadge
from db.records.facts import AgencyId, Card, Completion
from db.records.ledger import QueueState, Receipt, Way
from db.tables import attempt, message, notification
from db.unit_of_work import reading, writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Button, Message
from messages.reminder import BETWEEN
from messages.words import load
from rules.pack import AtAllTimes, Requirement
from rules.standing import LineState
from training.agency_setup import the_agency
from training.ledger.duty import due
from training.ledger.parcels import Parcel
from training.office import Office, business_now, local_day
from training.standings.compliance import standing_of
from training.standings.duties import rule_of

LAKEMONT = ZoneInfo(TIME_ZONE)
TAKES_THE_CLASS, PUTS_IT_OFF = 0.45, 0.15
CARD_LASTS = timedelta(days=730)


@dataclass
class Year:
    """The agency, and what its people do about what they hear."""

    office: Office
    agency_id: AgencyId
    dice: random.Random
    heard: list[tuple[Talk, Message]] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def hears(self, parcel: Parcel) -> None:
        """Something came to a pane."""
        if parcel.route.way is not Way.UPDATE:
            self.heard.append((talk_of(parcel.route), parcel.message))

    def react(self) -> None:
        """Whoever heard something since the last stop does something about it, or nothing."""
        heard, self.heard = self.heard, []
        for talk, said in heard:
            if said.kind is not MessageKind.REMINDER:
                continue
            drawn = self.dice.random()
            if drawn < TAKES_THE_CLASS:
                self._completes(talk.badge, said)
            elif drawn < TAKES_THE_CLASS + PUTS_IT_OFF:
                self._says(talk, "later")
            else:
                self.did["said nothing"] += 1

    def _says(self, talk: Talk, text: str) -> None:
        who = Interaction(
            agency_id=self.agency_id, sender=ByBadge(talk.badge), channel=talk.channel, text=text
        )
        FrontDesk(self.office, load()).answer(who, "Lakemont PD")
        self.did[f"said {text}"] += 1

    def _completes(self, badge: str, said: Message) -> None:
        subjects = {
            each
            for action in said.actions
            if isinstance(action, Button) and action.route == "snooze"
            for each in action.value.split(BETWEEN)
        }
        at = business_now(self.office)
        today = local_day(at, TIME_ZONE)
        with reading(self.office.engine) as conn:
            person = people.by_badge(conn, self.agency_id, badge)
            if person is None:
                return
            standing, _ = standing_of(conn, self.office.shelf, self.agency_id, person.person_id, today)
        if standing is None:
            return
        facts: list[Completion | Card] = []
        for line in standing.lines:
            rule = rule_of(self.office.shelf, standing, line.requirement)
            named = line.requirement if line.item is None else f"{line.requirement}|{line.item}"
            inside = any(named.startswith(each) for each in subjects) or line.inside in subjects
            if rule is None or not inside or (line.state is LineState.MET and line.window is not None):
                continue
            facts.append(_done(person.person_id, rule[1], line.item, line.hours_left, at))
        with writing(self.office.engine, self.agency_id, at=at, channel="year") as writer:
            writer.record(*facts)
        self.did["took the class"] += len(facts)


def _done(
    person_id: int, rule: Requirement, item: str | None, left: Decimal | None, at: datetime
) -> Completion | Card:
    today = local_day(at, TIME_ZONE)
    if isinstance(rule.clock, AtAllTimes):
        return Card(
            person_id=person_id,
            covers=tuple(sorted(rule.clock.covers)),
            valid_from=today,
            valid_to=today + CARD_LASTS,
        )
    topics = sorted(rule.counts.topics or {"general"})
    return Completion(
        person_id=person_id,
        completed_on=today,
        hours=left or Decimal(8),
        topics=tuple(topics[:1]),
        title=rule.short,
        board_approved=True,
        score=Decimal(95),
        passed=True,
        evidence={} if item is None else {"firearm_type": item},
    )


@dataclass(frozen=True, slots=True)
class Account:
    """One message: when it was planned and handed over, to whom, and why. ``wrong`` is what is not explained."""

    planned_at: datetime
    handed_over_at: datetime | None
    who: str
    kind: str
    why: str
    became: str
    wrong: str = ""

    def row(self) -> Sequence[str]:
        """As a line of the file."""
        over = "" if self.handed_over_at is None else self.handed_over_at.astimezone(LAKEMONT).isoformat()
        return (
            self.planned_at.astimezone(LAKEMONT).isoformat(),
            over,
            self.who,
            self.kind,
            self.why,
            self.became,
            self.wrong,
        )


def accounts(office: Office, agency_id: AgencyId) -> Iterator[Account]:
    """Every message that was planned, with its reason."""
    with reading(office.engine) as conn:
        names = {
            each.person_id: f"{each.employment.fact.badge_number} {each.family}"
            for each in people.roster(conn, agency_id)
        }
        whys: dict[str, list[str]] = {}
        for row in conn.execute(select(notification).where(notification.c.agency_id == agency_id)).mappings():
            if row["message_id"] is not None:
                said = (row["subject"], row["window"], row["due"], row["step"])
                whys.setdefault(row["message_id"], []).append(" ".join(filter(None, said)))
        rows = conn.execute(
            select(message.c.message_id, message.c.person_id, message.c.kind, message.c.about, attempt)
            .join(attempt, attempt.c.message_id == message.c.message_id, isouter=True)
            .where(message.c.agency_id == agency_id)
            .order_by(message.c.created_at)
        ).mappings()
        for row in rows:
            yield _account(conn, agency_id, dict(row), names, whys)


def _account(
    conn: Connection,
    agency_id: AgencyId,
    row: dict[str, object],
    names: dict[int, str],
    whys: dict[str, list[str]],
) -> Account:
    who = row["person_id"]
    person_id = who if isinstance(who, int) else 0
    ended = row["ended_at"]
    sent = row["receipt"] in {Receipt.HANDED_OVER.value, Receipt.ANSWERED.value, Receipt.DELIVERED.value}
    at = ended if sent and isinstance(ended, datetime) else None
    why = "; ".join(whys.get(str(row["message_id"]), []))
    cancelled = row["receipt"] == Receipt.CANCELLED.value
    wrong = []
    if not why and not cancelled:
        wrong.append("no occasion")
    by_shift = row["kind"] in {MessageKind.REMINDER.value, MessageKind.ESCALATION.value}
    if at is not None and by_shift and due(conn, agency_id, person_id, at).waits is not None:
        wrong.append("off duty")
    if row["state"] not in {QueueState.DONE.value, None} and row["waits"] is None:
        wrong.append("still waits")
    created = row["created_at"]
    return Account(
        planned_at=created if isinstance(created, datetime) else NOW,
        handed_over_at=at,
        who=names.get(person_id, ""),
        kind=str(row["kind"]),
        why=why or str(row["error"]),
        became=str(row["receipt"] or row["waits"] or "no way"),
        wrong=", ".join(wrong),
    )


def too_often(found: Sequence[Account], cap: int) -> list[str]:
    """People who were reminded more often on one day than the agency allows."""
    per_day = Counter(
        (each.who, each.handed_over_at.astimezone(LAKEMONT).date())
        for each in found
        if each.kind == MessageKind.REMINDER.value and each.handed_over_at is not None
    )
    return [f"{who} on {day}: {count}" for (who, day), count in per_day.items() if count > cap]


def run(days: int, seed: int, out: Path | None) -> int:
    """Walk through the days; 1 when a message is not explained."""
    with tempfile.TemporaryDirectory(prefix="rollcall-year-") as folder:
        office = make_demo(Path(folder), links_at="http://localhost")
        agency_id = the_agency(office)
        if agency_id is None:
            return 1
        year = Year(office, agency_id, random.Random(seed))  # noqa: S311  whoever takes a class in a made-up year is no secret
        schedule = Schedule(office, year.hears)
        happenings = (
            Daybreak(office, agency_id, LAKEMONT),
            Scheduled(office, agency_id, LAKEMONT, schedule),
        )
        began, stops = process_time(), 0
        for _ in move(office, NOW + timedelta(days=days), happenings):
            stops += 1
            year.react()
        spent = process_time() - began
        found = list(accounts(office, agency_id))
        with reading(office.engine) as conn:
            open_cases = [
                each
                for theirs in reminders.cases(
                    conn, agency_id, [p.person_id for p in people.roster(conn, agency_id)]
                ).values()
                for each in theirs
                if each.closed is None
            ]
        office.engine.dispose()
    if out is not None:
        with out.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("planned", "handed over", "who", "kind", "why", "became", "not explained"))
            writer.writerows(each.row() for each in found)
    print(f"{days} days, seed {seed}: {stops} stops in {spent:.0f} CPU seconds")
    print(f"people: {', '.join(f'{name} {count}' for name, count in sorted(year.did.items()))}")
    for (kind, became), count in sorted(Counter((each.kind, each.became) for each in found).items()):
        print(f"{count:6} {kind}: {became}")
    wrong = [each for each in found if each.wrong]
    print(f"{len(found)} attempts to say something, {len(found) - len(wrong)} explained")
    for each in wrong[:20]:
        print("  not explained:", *each.row())
    often = too_often(found, cap=3)
    print(f"over the daily cap: {len(often)}", *often[:5])
    print(f"cases still open: {len(open_cases)}")
    return 1 if wrong or often else 0


def main() -> int:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--out", type=Path, default=None, help="every message with its reason, as CSV")
    asked = parser.parse_args()
    return run(asked.days, asked.seed, asked.out)


if __name__ == "__main__":
    sys.exit(main())
