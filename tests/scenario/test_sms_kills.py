"""Workers die, Twilio fails, statuses come shuffled and twice: every text ends explained, and none is doubled."""

import os
from collections import Counter
from contextlib import suppress
from random import Random

import pytest

from db.queries import people
from db.records.facts import ChannelAccount, MatchedBy
from db.records.ledger import Destination, QueueState, Receipt
from db.unit_of_work import reading
from messages.phones import phone_linked
from tests.fakes.twilio import faults
from tests.fakes.twilio.delivery import Parcel as Request
from tests.scenario.cast import Agency
from tests.scenario.sms_cast import OURS, SmsDesk, by_text
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier, Found, Parcel, TryOutcome
from training.ledger.saying import ToSay, plan
from training.office import shared_now

# The build sends fewer than a night's run: MANY_TEXTS=2000.
TEXTS = int(os.environ.get("MANY_TEXTS", "80"))
NUMBERS = [f"+161255501{number:02d}" for number in range(50, 90)]


class KilledError(Exception):
    """The process is gone."""


class Dying(Carrier):
    """A carrier in a process that dies once the text is out."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def send(self, parcel: Parcel) -> TryOutcome:
        self._carrier.send(parcel)
        raise KilledError

    def find(self, parcel: Parcel) -> Found:
        return self._carrier.find(parcel)


def _fault(chance: Random) -> faults.Fault | None:
    made = (
        faults.dropped(after=True),
        faults.dropped(after=False),
        faults.failed(after=True),
        faults.failed(after=False),
        faults.malformed(),
        faults.rate_limited(1),
    )
    return chance.choice(made) if chance.random() < 0.3 else None


def _planned(desk: SmsDesk, chance: Random) -> None:
    """Texts of their own words and texts of the same words, to many phones."""
    agency, office = desk.agency, desk.agency.office
    for number in NUMBERS:
        desk.twilio.world.add_phone(number)
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        staff = [each.person_id for each in people.roster(conn, agency.agency_id)]
    with agency.writing() as writer:
        writer.record(
            *(
                ChannelAccount(
                    person_id=staff[0],
                    channel="sms",
                    address=OURS,
                    account=number,
                    matched_by=MatchedBy.CODE,
                )
                for number in NUMBERS
            )
        )
        for text in range(TEXTS):
            number = chance.choice(NUMBERS)
            name = "Lakemont PD" if text % 4 == 0 else f"Lakemont PD {text}"
            said = ToSay(
                person_id=staff[0],
                message=phone_linked(name, agency.words),
                routes=(Destination(channel="sms", address=OURS, place=number, account=number),),
            )
            assert plan(writer, office.keys, said, now=now)


def _round(desk: SmsDesk, chance: Random, carrier: Carrier) -> None:
    worker = Worker(desk.agency.office)
    for claim in worker.claim(20):
        fate = chance.random()
        if fate < 0.1:
            continue
        desk.twilio.faults.next("messages.create", _fault(chance))
        if fate < 0.25:
            with suppress(KilledError):
                worker.deliver(claim, Dying(carrier))
        else:
            worker.deliver(claim, carrier)
        desk.twilio.faults.clear()


def _statuses(desk: SmsDesk, chance: Random, waiting: list[Request]) -> None:
    """Some of what Twilio has to say, in any order, some of it twice."""
    for sid in list(desk.twilio.world.messages):
        if chance.random() < 0.4 and (request := desk.twilio.step(sid)) is not None:
            waiting += [request] * chance.choice((1, 1, 2))
    chance.shuffle(waiting)
    for _ in range(len(waiting) // 2):
        assert desk.send(waiting.pop()).ok
    desk.until_quiet()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_text_ends_explained_and_none_is_doubled(embedded: Agency, seed: int) -> None:
    with by_text(embedded) as desk:
        chance = Random(seed)  # noqa: S311  the same dice every time
        _planned(desk, chance)
        [staff] = desk.service.hall.staff
        waiting: list[Request] = []
        while any(each.state is not QueueState.DONE for each in desk.answers()):
            _round(desk, chance, staff.carrier)
            _statuses(desk, chance, waiting)
            desk.later(seconds=40)
        desk.send_all(*waiting, *desk.twilio.deliver_all())
        sent = Counter(each.status_callback for each in desk.twilio.world.messages.values())
        assert len(desk.answers()) == TEXTS
        assert {each.receipt for each in desk.answers()} == {Receipt.DELIVERED}
        assert sum(sent.values()) == TEXTS
