"""Roll calls: what was prepared and covered, the training that is asked for it, and the word about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.records.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall(Fact):
    """What was prepared for a supervisor before a shift: how many things can be read aloud, and for whom.

    ``present`` are on the roster when it begins, ``absent`` are meant to be and are not.
    """

    person_id: int
    shift: str
    starts_at: datetime
    items: int
    present: Sequence[int]
    absent: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallCovered(Fact):
    """A supervisor said that it was read aloud. Nobody gets hours by it."""

    roll_call_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallTraining(Fact):
    """Hours that a supervisor asks for what was taught there: a draft until whoever coordinates decides."""

    roll_call_id: int
    topic: str
    minutes: int
    instructor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallDecision(Fact):
    """What became of a draft: on record for everybody who was there, or not."""

    training_id: int
    recorded: bool
    asked_by: int
    decided_by: int
