"""Did it go as it may? What the ledger says and what really came out, held against each other at the end."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from time import monotonic

from db.records.ledger import Receipt
from tests.faults.auditor import looked_at
from tests.faults.hands import Crew
from tests.faults.providers import Providers
from tests.faults.rows import ASKABLE, Row
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import pause, until
from training.ledger.delivering import LEASE

PATIENCE = 240.0
A_LOOK = 0.1
# Longer than a tick: nobody is at it, so what is left was a dead hand's.
STILL = 7.0
# Somebody of the night shift hears of it in the night.
BETWEEN_STOPS, STOPS = timedelta(minutes=360), 60


def judged(
    site: Site,
    providers: Providers,
    rows: tuple[Row, ...],
    *,
    senders_lost: int | None = None,
    in_flight: int = 0,
) -> Outcome:
    """What the ledger says and what really came out, held against each other.

    ``senders_lost``: so many may be uncertain. ``in_flight``: so many may have come out twice, because a clock that
    jumped ended the leases of calls that were being made; they are counted all the same.
    """
    books, effects = looked_at(site), providers.effects()
    by_message = {each.message_id: each for each in books.attempts}
    lost, doubled, unmarked, untrue = 0, 0, 0, 0
    for row in rows:
        kept, times = by_message[row.message_id], effects[row.number]
        unknown = kept.receipt is Receipt.UNKNOWN
        doubled += times > 1
        lost += times == 0 and not unknown
        unmarked += times > 1 and not unknown
        untrue += kept.receipt is Receipt.HANDED_OVER and times == 0
    uncertain = books.ended(Receipt.UNKNOWN)
    why = list(books.broken[:5])
    if lost:
        why.append(f"{lost} never came out")
    if doubled > in_flight:
        why.append(f"{doubled} came out twice, {unmarked} of them not marked")
    if untrue:
        why.append(f"{untrue} are said to be sent and are not")
    asked = [by_message[row.message_id] for row in rows if row.route in ASKABLE]
    if any(each.receipt is Receipt.UNKNOWN for each in asked):
        why.append("uncertain where the channel can be asked")
    if senders_lost is not None and uncertain > senders_lost:
        why.append(f"{uncertain} uncertain, and only {senders_lost} senders died")
    return Outcome(
        planned=len(rows),
        sent=sum(effects[row.number] > 0 for row in rows),
        lost=lost,
        doubled=doubled,
        delayed=books.delayed,
        uncertain=uncertain,
        why=tuple(why),
    )


def out_of_order(providers: Providers, rows: Sequence[Row]) -> int:
    """How many came out in another order than they were planned in, place by place."""
    order: dict[str, list[int]] = defaultdict(list)
    for said in list(providers.slack.world.messages):
        if said.bot_id:
            order[said.channel] += providers.numbers_in(said.text)
    for text in list(providers.twilio.world.messages.values()):
        order[text.to] += providers.numbers_in(text.body)
    known = {row.number for row in rows}
    return sum(
        later < earlier
        for numbers in order.values()
        for earlier, later in pairwise(each for each in numbers if each in known)
    )


@dataclass
class Patience:
    """Lets the leases of whoever is gone end once nobody gets any further; ``passed`` seconds were passed over."""

    site: Site
    end: float = field(default_factory=lambda: monotonic() + PATIENCE)
    passed: float = 0.0
    _before: tuple[int, int] = (-1, -1)
    _still: int = 0

    def wait(self, calls: int) -> bool:
        """A moment; False when it has taken too long."""
        pause(A_LOOK)
        now = (self.site.left(), calls)
        self._still = 0 if now != self._before else self._still + 1
        self._before = now
        if now[0] and self._still * A_LOOK > STILL:
            self.site.jump(LEASE + timedelta(seconds=1))
            self.passed += LEASE.total_seconds() + 1
            self._still = 0
        return monotonic() < self.end


def finished(site: Site, providers: Providers, crew: Crew) -> float:
    """Go on until nothing is left, with one hand at least. How many seconds of leases were passed over."""
    patience = Patience(site)
    while site.left() and patience.wait(providers.calls()):
        if not crew.alive:
            crew.hire()
    return patience.passed


def in_their_hours(site: Site) -> None:
    """Go on through the hours of as many days as it takes until everybody has heard everything; somebody works."""
    for _ in range(STOPS):
        until(lambda: not site.left(due=True), "what is due is said or put off")
        if not site.left():
            return
        site.jump(BETWEEN_STOPS)
