"""A channel's way out in the hands of the test: it does what the script says, and remembers what it did."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome

OK = TryOutcome(fate=Fate.HANDED_OVER)


class DiedError(Exception):
    """The process that made the call is gone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one call does: whether it has its effect, and what is said of it; no answer means that the worker dies."""

    effect: bool
    answer: TryOutcome | None


FINE = Turn(effect=True, answer=OK)
DIES_BEFORE, DIES_AFTER = Turn(effect=False, answer=None), Turn(effect=True, answer=None)
UNCLEAR_BEFORE = Turn(effect=False, answer=TryOutcome(fate=Fate.UNCLEAR, error="unclear"))
UNCLEAR_AFTER = Turn(effect=True, answer=TryOutcome(fate=Fate.UNCLEAR, error="unclear"))
UNREACHABLE = Turn(effect=False, answer=TryOutcome(fate=Fate.NOT_NOW, error="unreachable"))
REFUSED = Turn(effect=False, answer=TryOutcome(fate=Fate.REFUSED, error="no"))


@dataclass
class ScriptedCarrier(Carrier):
    """Does the turns of the script, then what it does by habit. ``watch`` is told of each parcel before anything."""

    script: deque[Turn] = field(default_factory=deque)
    habit: Turn = FINE
    looking: deque[Trace] = field(default_factory=deque)
    effects: list[Parcel] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    watch: Callable[[Parcel], None] = lambda _: None

    def send(self, parcel: Parcel) -> TryOutcome:
        """Put it where it belongs, or not."""
        self.calls.append(f"send {parcel.attempt_id}")
        self.watch(parcel)
        turn = self.script.popleft() if self.script else self.habit
        if turn.effect:
            self.effects.append(parcel)
        if turn.answer is None:
            raise DiedError
        return turn.answer

    def find(self, parcel: Parcel) -> Found:
        """Look among the effects, unless the script says what looking shows."""
        self.calls.append(f"find {parcel.attempt_id}")
        if self.looking:
            return Found(trace=self.looking.popleft())
        there = any(each.attempt_id == parcel.attempt_id for each in self.effects)
        return Found(trace=Trace.THERE if there else Trace.NOT_THERE)

    def times(self, attempt_id: str) -> int:
        """How often an attempt had its effect."""
        return sum(each.attempt_id == attempt_id for each in self.effects)
