"""Something is planned for Officer Ruiz, a channel that takes whatever it is given, and shifts to put on file."""

from datetime import date, datetime

from db.queries import agencies, ledger, people, shifts
from db.records.ledger import Delivery, Destination
from db.records.shifts import ShiftPattern, WorkKind, WorkSpan
from db.unit_of_work import reading
from messages.trouble import slow_down
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.scenario.cast import LAKEMONT, Agency
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.saying import ToSay, plan

RUIZ = "214"


class Everything(Carrier):
    """A channel that takes whatever it is given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def send(self, parcel: Parcel) -> TryOutcome:
        self.given.append(parcel.attempt_id)
        return TryOutcome(fate=Fate.HANDED_OVER, ref="1")

    def find(self, parcel: Parcel) -> Found:
        return Found(trace=Trace.THERE if parcel.attempt_id in self.given else Trace.NOT_THERE)


def tells(agency: Agency, *, own_question: bool, due_at: datetime | None = None) -> Delivery:
    """Something is planned for Ruiz; how it stands."""
    with agency.writing() as writer:
        said = ToSay(
            person_id=agency.id_of(RUIZ),
            message=slow_down(agency.words),
            routes=(Destination(channel="slack", address="T0", place="U0214"),),
            due_at=due_at,
            own_question=own_question,
        )
        plan(writer, agency.office.keys, said, now=agency.clock.at)
    return all_of(agency)[-1]


def all_of(agency: Agency) -> tuple[Delivery, ...]:
    with reading(agency.office.engine) as conn:
        return ledger.deliveries(conn, agency.agency_id)


def ticks(agency: Agency, channel: Everything) -> int:
    deliver_what_is_due(Work(agency.office, lambda: False, {"slack": channel}))
    return len(channel.given)


def unit_of(agency: Agency, name: str) -> int:
    with agency.reading() as conn:
        found = {unit.fact.name: unit.fact.unit_id for unit in agencies.units(conn, agency.agency_id)}
    unit_id = found[name]
    assert unit_id is not None
    return unit_id


def nobodys_shifts_are_known(agency: Agency) -> None:
    """The rotations that the demo agency brings are taken back."""
    with agency.writing() as writer:
        everybody = [each.person_id for each in people.roster(writer.conn, agency.agency_id)]
        for kept in shifts.patterns(writer.conn, agency.agency_id, everybody):
            writer.withdraw(kept.id, ShiftPattern)


def every_night(agency: Agency, unit: str = "B shift") -> ShiftPattern:
    return ShiftPattern(
        unit_id=unit_of(agency, unit),
        name=unit,
        zone=LAKEMONT.key,
        anchor=date(2027, 3, 1),
        cycle_days=1,
        works=("1",),
        begins="18:00",
        ends="06:00",
        # The demo's own began earlier, and a newer one ends it.
        starts_on=date(2027, 1, 1),
    )


def span(agency: Agency, badge: str, kind: WorkKind, at: str, until: str, ref: str = "") -> WorkSpan:
    return WorkSpan(
        person_id=agency.id_of(badge),
        kind=kind,
        starts_at=_wall(at),
        ends_at=_wall(until),
        zone=LAKEMONT.key,
        ref=ref,
    )


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LAKEMONT)
