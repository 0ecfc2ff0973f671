"""What is due to be said, and by which channel? Claimed, sent outside any transaction, and brought to its end."""

import logging
from collections import Counter
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from db.records.ledger import Claim, Ending
from messages.words import load
from scheduler.jobs import Work
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office
from training.reminders.limits import held_back
from training.reminders.still_so import before_sending

log = logging.getLogger(__name__)

# A tick has other work as well; what is left is claimed by the next one.
BUDGET = timedelta(seconds=8)
AT_ONCE = 5
# A channel that fails so often in a row is left alone until the next tick.
TIRED_AFTER = 2
REST = timedelta(seconds=10)


def deliver_what_is_due(work: Work) -> int:
    """Every attempt that is due, as far as the time goes; how many came one step further."""
    words = load()

    def still_so(office: Office, claim: Claim) -> Ending | None:
        return held_back(office, claim, words) or before_sending(office, claim)

    worker, done = Worker(work.office, still_so), 0
    carriers = {name: _Patient(carrier) for name, carrier in work.carriers.items()}
    end = monotonic() + BUDGET.total_seconds()
    while monotonic() < end and not work.stopping():
        claims = worker.claim(AT_ONCE)
        if not claims:
            break
        for claim in claims:
            done += _deliver(worker, claim, carriers)
    return done


def _deliver(worker: Worker, claim: Claim, carriers: dict[str, "_Patient"]) -> int:
    try:
        return worker.deliver(claim, carriers.get(claim.route.channel)) is not None
    except SQLAlchemyError as error:
        # Its lease ends, and then it is looked for or sent.
        log.warning("delivery-cut", extra={"error": type(error).__name__, "channel": claim.route.channel})
    except Exception as error:  # noqa: BLE001  one that cannot be sent keeps no other from being sent
        log.error("delivery-failed", extra={"error": type(error).__name__, "channel": claim.route.channel})  # noqa: TRY400  a trace may hold what was said
        worker.finish(claim, TryOutcome(fate=Fate.UNCLEAR, error=type(error).__name__))
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
