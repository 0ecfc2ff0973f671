"""What is due to be said, and by which channel? Claimed, sent outside any transaction, and brought to its end."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from db.records.ledger import Claim, Ending
from messages.words import load
from scheduler.jobs import Work
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office
from training.reminders.limits import HoldsBack
from training.reminders.still_so import before_sending
from training.requests.still_so import before_sending as still_so_of_requests

log = logging.getLogger(__name__)

# A tick has other work as well; what is left is claimed by the next one.
BUDGET = timedelta(seconds=8)
AT_ONCE = 5
# A channel that fails so often in a row is left alone until the next tick.
TIRED_AFTER = 2
REST = timedelta(seconds=10)


def deliver_what_is_due(work: Work) -> int:
    """Every attempt that is due, as far as the time goes; how many came one step further.

    Each way out has a thread of its own: a channel that is slow to answer keeps no other waiting.
    """
    words = load()
    holds_back = HoldsBack(words)

    def still_so(office: Office, claim: Claim) -> Ending | None:
        return (
            holds_back(office, claim)
            or before_sending(office, claim, words)
            or still_so_of_requests(office, claim)
        )

    worker = Worker(work.office, still_so)
    channels = worker.channels_due()
    if elsewhere := [each for each in channels if each not in work.carriers]:
        worker.not_carried(elsewhere)
    lanes = _lanes(channels, work.carriers)
    shift = _Shift(monotonic() + BUDGET.total_seconds(), work.stopping)
    if len(lanes) < 2:
        return sum(_deliver_in(worker, each, shift) for each in lanes)
    with ThreadPoolExecutor(len(lanes), thread_name_prefix="lane") as threads:
        return sum(threads.map(lambda each: _deliver_in(worker, each, shift), lanes))


@dataclass(frozen=True, slots=True)
class _Lane:
    """Channels that go out by one carrier."""

    channels: tuple[str, ...]
    carrier: "_Patient"


def _lanes(channels: Sequence[str], carriers: Mapping[str, Carrier]) -> list[_Lane]:
    by_carrier: dict[int, list[str]] = {}
    for name in channels:
        if name in carriers:
            by_carrier.setdefault(id(carriers[name]), []).append(name)
    return [_Lane(tuple(names), _Patient(carriers[names[0]])) for names in by_carrier.values()]


class _Shift:
    """How long the lanes of one tick go on: to the end of the time, and on while one of them is in a call that began
    before it, for the tick lasts as long as that call."""

    def __init__(self, end: float, stopping: Callable[[], bool]) -> None:
        self.stopping = stopping
        self._end = end
        self._began: dict[_Lane, float] = {}

    def goes_on(self, lane: _Lane) -> bool:
        """Whether this lane may take on more."""
        if self.stopping():
            return False
        now = monotonic()
        others = [began for each, began in list(self._began.items()) if each is not lane]
        if now < self._end or any(began < self._end for began in others):
            self._began[lane] = now
            return True
        return False

    def is_over(self, lane: _Lane) -> None:
        """This lane has come to its end."""
        self._began.pop(lane, None)


def _deliver_in(worker: Worker, lane: _Lane, shift: _Shift) -> int:
    done = 0
    try:
        while shift.goes_on(lane):
            claims = worker.claim(AT_ONCE, channels=lane.channels)
            if not claims:
                break
            for claim in claims:
                if shift.stopping():
                    worker.hand_back(claim)
                else:
                    done += _deliver(worker, claim, lane.carrier)
    finally:
        shift.is_over(lane)
    return done


def _deliver(worker: Worker, claim: Claim, carrier: "_Patient") -> int:
    try:
        return worker.deliver(claim, carrier) is not None
    except SQLAlchemyError as error:
        # Its lease ends, and then it is looked for or sent.
        log.warning("delivery-cut", extra={"error": type(error).__name__, "channel": claim.route.channel})
    except Exception as error:  # noqa: BLE001  one that cannot be sent keeps no other from being sent
        log.error("delivery-failed", extra={"error": type(error).__name__, "channel": claim.route.channel})  # noqa: TRY400  a trace may hold what was said
        worker.give_up(claim, type(error).__name__)
    return 0


class _Patient(Carrier):
    """A carrier whose channel is left alone for a while once it failed several times in a row."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._failures: Counter[str] = Counter()

    def send(self, parcel: Parcel) -> TryOutcome:
        address = parcel.route.address
        if self._failures[address] >= TIRED_AFTER:
            return TryOutcome(fate=Fate.NOT_NOW, error="channel-tired", after=REST, everywhere=True)
        sent = self._carrier.send(parcel)
        troubled = sent.fate is Fate.UNCLEAR or (sent.fate is Fate.NOT_NOW and sent.after is None)
        self._failures[address] = self._failures[address] + 1 if troubled else 0
        return sent

    def find(self, parcel: Parcel) -> Found:
        if self._failures[parcel.route.address] >= TIRED_AFTER:
            return Found(trace=Trace.NOT_NOW, after=REST)
        return self._carrier.find(parcel)
