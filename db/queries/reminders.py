"""By which rules is somebody reminded, what did they wish, and of which duties are they being reminded?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union,
    update,
)

from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.ledger import Occasion, QueueState, Receipt, Waits
from db.records.reminders import CaseEnd, CaseKey, ReminderCase, ReminderRulesEntry, ReminderWish, StepLeftOut
from db.tables import (
    attempt,
    message,
    notification,
    pilot_member,
    reminder_rules,
    reminder_wish,
    standing,
    step_left_out,
)
from db.tables import reminder_case as case
from db.upsert import upsert


def newest_rules(conn: Connection, agency_id: AgencyId) -> Kept[ReminderRulesEntry] | None:
    """The version entered last; None where the agency entered none."""
    row = (
        conn.execute(
            in_force_rows(ReminderRulesEntry, agency_id).order_by(reminder_rules.c.version.desc()).limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(ReminderRulesEntry, row)


def wish(conn: Connection, agency_id: AgencyId, person_id: int) -> Kept[ReminderWish] | None:
    """How this person wants to be reminded; None when they never said."""
    row = (
        conn.execute(
            in_force_rows(ReminderWish, agency_id)
            .where(reminder_wish.c.person_id == person_id)
            .order_by(reminder_wish.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(ReminderWish, row)


def pilot(conn: Connection, agency_id: AgencyId) -> frozenset[int]:
    """Everybody of the pilot; empty where there is none."""
    return frozenset(
        conn.execute(select(pilot_member.c.person_id).where(in_force(pilot_member, agency_id))).scalars()
    )


def wishes(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> Mapping[int, ReminderWish]:
    """What each of these people wished last; whoever never said anything is not in it."""
    rows = conn.execute(
        in_force_rows(ReminderWish, agency_id)
        .where(reminder_wish.c.person_id.in_(person_ids))
        .order_by(reminder_wish.c.id)
    ).mappings()
    return {row["person_id"]: kept_of(ReminderWish, row).fact for row in rows}


def to_plan(conn: Connection, agency_id: AgencyId, today: date, after: int, limit: int) -> tuple[int, ...]:
    """People whose standing says something new, or of whose cases one is to be looked at; in order, after this one.

    Whose standing is about to be judged again waits for that.
    """
    settled = and_(
        standing.c.marked_at.is_(None),
        or_(standing.c.next_change_on.is_(None), standing.c.next_change_on > today),
    )
    new = select(standing.c.person_id).where(
        standing.c.agency_id == agency_id, standing.c.unplanned, settled, standing.c.person_id > after
    )
    theirs = and_(standing.c.agency_id == case.c.agency_id, standing.c.person_id == case.c.person_id)
    due = select(case.c.person_id).where(
        case.c.agency_id == agency_id,
        case.c.closed_at.is_(None),
        case.c.next_on <= today,
        case.c.person_id > after,
        or_(exists().where(theirs, settled), ~exists().where(theirs)),
    )
    people = union(new, due).subquery()
    return tuple(conn.execute(select(people.c.person_id).order_by(people.c.person_id).limit(limit)).scalars())


def may_be_planned(conn: Connection, agency_id: AgencyId, by: date) -> tuple[int, ...]:
    """Everybody about whose reminders something may be done up to this day, as far as is known now; in order."""
    moves = select(standing.c.person_id).where(
        standing.c.agency_id == agency_id,
        or_(standing.c.unplanned, standing.c.marked_at.is_not(None), standing.c.next_change_on <= by),
    )
    due = select(case.c.person_id).where(
        case.c.agency_id == agency_id, case.c.closed_at.is_(None), case.c.next_on <= by
    )
    people = union(moves, due).subquery()
    return tuple(conn.execute(select(people.c.person_id).order_by(people.c.person_id)).scalars())


@dataclass(frozen=True, slots=True)
class ToBeSaid:
    """Something that is said to somebody later; ``body`` is closed, and ``about`` somebody else of whom it speaks.

    ``in_turn``: on another way, where nothing says that it arrived on this one.
    """

    message_id: str
    person_id: int
    kind: str
    body: bytes
    channel: str
    due_at: datetime
    waits: Waits | None
    about: int | None
    in_turn: bool = False


def waiting_from(conn: Connection, agency_id: AgencyId, begins: datetime) -> tuple[ToBeSaid, ...]:
    """What is due to be said at this instant or later, the soonest first."""
    others = select(func.min(notification.c.person_id)).where(
        notification.c.message_id == message.c.message_id, notification.c.person_id != message.c.person_id
    )
    rows = conn.execute(
        select(
            message.c.message_id,
            message.c.person_id,
            message.c.kind,
            message.c.body,
            attempt.c.channel,
            attempt.c.due_at,
            attempt.c.waits,
            message.c.next_way_at.is_not(None).label("in_turn"),
            others.scalar_subquery().label("about"),
        )
        .join_from(attempt, message, message.c.message_id == attempt.c.message_id)
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.state == QueueState.READY.value,
            attempt.c.due_at >= begins,
            message.c.person_id.is_not(None),
            message.c.body.is_not(None),
        )
        .order_by(attempt.c.due_at, attempt.c.attempt_id)
    ).mappings()
    return tuple(
        ToBeSaid(
            **{
                **row,
                "waits": None if row["waits"] is None else Waits(row["waits"]),
                "in_turn": bool(row["in_turn"]),
            }
        )
        for row in rows
    )


def bodies(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> Mapping[int, str]:
    """The kept standings of these people, as they lie there; whoever has none is not in it."""
    rows = conn.execute(
        select(standing.c.person_id, standing.c.body).where(
            standing.c.agency_id == agency_id,
            standing.c.person_id.in_(person_ids),
            standing.c.body.is_not(None),
        )
    )
    return {row.person_id: row.body for row in rows}


def planned(conn: Connection, agency_id: AgencyId, said: Mapping[int, str]) -> None:
    """These standings are in everybody's reminders now, unless another one came meanwhile."""
    statement = (
        update(standing)
        .where(
            standing.c.agency_id == agency_id,
            standing.c.person_id == bindparam("whose"),
            standing.c.body == bindparam("said"),
        )
        .values(unplanned=false())
    )
    if said:
        conn.execute(statement, [{"whose": who, "said": body} for who, body in sorted(said.items())])


def plan_again(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int] | None = None) -> None:
    """Look at these people's reminders again, or at everybody's, as when rules or wishes have changed."""
    statement = update(standing).where(standing.c.agency_id == agency_id)
    if person_ids is not None:
        statement = statement.where(standing.c.person_id.in_(person_ids))
    conn.execute(statement.values(unplanned=true()))


def plan_again_whoever_owes(conn: Connection, agency_id: AgencyId) -> None:
    """Look again at the reminders of everybody with an open case, as when other classes can be taken."""
    theirs = exists().where(
        case.c.agency_id == standing.c.agency_id,
        case.c.person_id == standing.c.person_id,
        case.c.closed_at.is_(None),
    )
    conn.execute(update(standing).where(standing.c.agency_id == agency_id, theirs).values(unplanned=true()))


def cases(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]
) -> Mapping[int, tuple[ReminderCase, ...]]:
    """Every case of these people, those that ended too, in the order in which they opened."""
    rows = conn.execute(
        select(case)
        .where(case.c.agency_id == agency_id, case.c.person_id.in_(person_ids))
        .order_by(case.c.person_id, case.c.opened_on, case.c.subject, case.c.due_on, case.c.episode)
    ).mappings()
    found: dict[int, list[ReminderCase]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(_case(row))
    return {person_id: tuple(each) for person_id, each in found.items()}


def keep(conn: Connection, agency_id: AgencyId, kept: Sequence[ReminderCase]) -> None:
    """Cases of this agency as they stand from now on."""
    upsert(
        conn,
        case,
        [_row(each) for each in kept if each.key.agency_id == agency_id],
        lambda offered: {name: offered[name] for name in _STATE},
    )


def steps_told(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]
) -> frozenset[tuple[CaseKey, str]]:
    """Which step of which case was planned before."""
    rows = conn.execute(
        select(notification).where(
            notification.c.agency_id == agency_id,
            notification.c.person_id.in_(person_ids),
            # What is told of other things has no due date.
            notification.c.due != "",
        )
    ).mappings()
    return frozenset((_key(row, date.fromisoformat(row["due"])), row["step"]) for row in rows)


def occasion(key: CaseKey, step: str) -> Occasion:
    """How the ledger knows one step of a case."""
    return Occasion(
        agency_id=key.agency_id,
        person_id=key.person_id,
        subject=key.subject,
        window=key.window,
        due=key.due_on.isoformat(),
        episode=key.episode,
        step=step,
    )


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message of reminders that nobody has begun to send, and the steps that it says."""

    message_id: str
    about: str
    steps: tuple[tuple[CaseKey, str], ...]


def unsent(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int], kind: str
) -> Mapping[int, tuple[Unsent, ...]]:
    """Messages of this kind that wait for their time, by the person they are for."""
    waiting = exists().where(
        attempt.c.message_id == message.c.message_id, attempt.c.state == QueueState.READY.value
    )
    begun = exists().where(
        attempt.c.message_id == message.c.message_id,
        or_(attempt.c.state != QueueState.READY.value, attempt.c.tries > 0),
    )
    rows = conn.execute(
        select(message.c.about, notification)
        .join(notification, notification.c.message_id == message.c.message_id)
        .where(
            message.c.agency_id == agency_id,
            message.c.person_id.in_(person_ids),
            message.c.kind == kind,
            notification.c.person_id == message.c.person_id,
            waiting,
            ~begun,
        )
        .order_by(notification.c.message_id, notification.c.subject, notification.c.step)
    ).mappings()
    found: dict[int, dict[str, Unsent]] = {}
    for row in rows:
        mine = found.setdefault(row["person_id"], {})
        before = mine.get(row["message_id"])
        step = (_key(row, date.fromisoformat(row["due"])), row["step"])
        mine[row["message_id"]] = Unsent(
            row["message_id"], row["about"], (*(before.steps if before else ()), step)
        )
    return {person_id: tuple(each.values()) for person_id, each in found.items()}


def say_instead(
    conn: Connection, agency_id: AgencyId, steps: Iterable[tuple[CaseKey, str]], message_id: str
) -> None:
    """The same steps are said by another message."""
    for key, step in steps:
        said = occasion(key, step)
        conn.execute(
            update(notification)
            .where(
                notification.c.agency_id == agency_id,
                *(notification.c[name] == getattr(said, name) for name in _OCCASION),
            )
            .values(message_id=message_id)
        )


def taken_by_a_channel(conn: Connection, agency_id: AgencyId, key: CaseKey) -> tuple[datetime, ...]:
    """When a channel took a reminder of this case, in order."""
    said = occasion(key, "")
    rows = conn.execute(
        select(attempt.c.ended_at)
        .join(message, message.c.message_id == attempt.c.message_id)
        .join(notification, notification.c.message_id == message.c.message_id)
        .where(
            *(notification.c[name] == getattr(said, name) for name in _OCCASION if name != "step"),
            message.c.agency_id == agency_id,
            message.c.person_id == key.person_id,
            attempt.c.receipt.in_(_TAKEN),
            attempt.c.ended_at.is_not(None),
        )
        .order_by(attempt.c.ended_at)
    ).scalars()
    return tuple(rows)


def next_day(conn: Connection, agency_id: AgencyId, after: date) -> date | None:
    """The first day after this one on which a case is looked at."""
    found: date | None = conn.execute(
        select(func.min(case.c.next_on)).where(
            case.c.agency_id == agency_id, case.c.closed_at.is_(None), case.c.next_on > after
        )
    ).scalar_one()
    return found


def next_sending(conn: Connection, agency_id: AgencyId, after: datetime) -> datetime | None:
    """The first instant after this one at which something is due to be said, or said on its next way."""
    due: datetime | None = conn.execute(
        select(func.min(attempt.c.due_at)).where(
            attempt.c.agency_id == agency_id,
            attempt.c.state == QueueState.READY.value,
            attempt.c.due_at > after,
        )
    ).scalar_one()
    next_way: datetime | None = conn.execute(
        select(func.min(message.c.next_way_at)).where(
            message.c.agency_id == agency_id, message.c.next_way_at > after
        )
    ).scalar_one()
    return min((each for each in (due, next_way) if each is not None), default=None)


def said_about(conn: Connection, agency_id: AgencyId, message_id: str) -> str:
    """What a message belongs to; empty for nothing."""
    found = conn.execute(
        select(message.c.about).where(message.c.agency_id == agency_id, message.c.message_id == message_id)
    ).scalar_one_or_none()
    return found or ""


def cases_said(conn: Connection, agency_id: AgencyId, message_id: str) -> tuple[ReminderCase, ...]:
    """The cases that a message reminds of, as they stand now."""
    said_by = select(notification).where(
        notification.c.agency_id == agency_id, notification.c.message_id == message_id
    )
    rows = list(conn.execute(said_by).mappings())
    if not rows:
        return ()
    said = {_key(row, date.fromisoformat(row["due"])) for row in rows if row["due"]}
    everything = cases(conn, agency_id, sorted({row["person_id"] for row in rows}))
    return tuple(each for theirs in everything.values() for each in theirs if each.key in said)


# A channel has it. Whether it arrived is for the channel to say.
_TAKEN = tuple(
    each.value
    for each in (Receipt.HANDED_OVER, Receipt.ACCEPTED, Receipt.DELIVERED, Receipt.NONE, Receipt.ANSWERED)
)
_OCCASION = ("agency_id", "person_id", "subject", "window", "due", "episode", "step")
_STATE = (
    "next_on",
    "later_on",
    "safe_on",
    "last_step",
    "told_at",
    "silent_since",
    "raised",
    "raised_at",
    "closed_at",
    "closed",
)


def _row(kept: ReminderCase) -> dict[str, Any]:
    said = {name: getattr(kept, name) for name in (*_STATE, "terms", "opened_on")}
    said["closed"] = None if kept.closed is None else kept.closed.value
    return {**asdict(kept.key), **said}


def _case(row: RowMapping) -> ReminderCase:
    said = {name: row[name] for name in (*_STATE, "terms", "opened_on")}
    said["closed"] = None if row["closed"] is None else CaseEnd(row["closed"])
    return ReminderCase(key=_key(row, row["due_on"]), **said)


def _key(row: RowMapping, due_on: date) -> CaseKey:
    return CaseKey(
        agency_id=AgencyId(row["agency_id"]),
        person_id=row["person_id"],
        subject=row["subject"],
        window=row["window"],
        due_on=due_on,
        episode=row["episode"],
    )


def every_rules(conn: Connection, agency_id: AgencyId) -> tuple[Kept[ReminderRulesEntry], ...]:
    """Every version that was entered here, the oldest first."""
    rows = conn.execute(
        in_force_rows(ReminderRulesEntry, agency_id).order_by(reminder_rules.c.version)
    ).mappings()
    return tuple(kept_of(ReminderRulesEntry, row) for row in rows)


def agency_left_out(conn: Connection, agency_id: AgencyId) -> tuple[Kept[StepLeftOut], ...]:
    """Why the agency left the sixty-day step out, in every version of its rules."""
    rows = conn.execute(
        in_force_rows(StepLeftOut, agency_id)
        .where(step_left_out.c.person_id.is_(None))
        .order_by(step_left_out.c.id)
    ).mappings()
    return tuple(kept_of(StepLeftOut, row) for row in rows)


def left_out_by(conn: Connection, agency_id: AgencyId, person_id: int) -> Kept[StepLeftOut] | None:
    """Why this person left it out last; None when they never did."""
    row = (
        conn.execute(
            in_force_rows(StepLeftOut, agency_id)
            .where(step_left_out.c.person_id == person_id)
            .order_by(step_left_out.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(StepLeftOut, row)
