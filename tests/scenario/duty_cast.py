"""Something is planned for Officer Ruiz, and a channel that takes whatever it is given."""

from db.queries import ledger
from db.records.ledger import Delivery, Destination
from db.unit_of_work import reading
from messages.trouble import slow_down
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.scenario.cast import Agency
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


def tells(agency: Agency, *, own_question: bool) -> Delivery:
    """Something is planned for Ruiz; how it stands."""
    with agency.writing() as writer:
        said = ToSay(
            person_id=agency.id_of(RUIZ),
            message=slow_down(agency.words),
            routes=(Destination(channel="slack", address="T0", place="U0214"),),
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
