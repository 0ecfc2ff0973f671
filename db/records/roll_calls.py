"""Roll calls: what was covered before whom, the training that is asked for it, and the word about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.records.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall(Fact):
    """A supervisor said that what could be read aloud was read, before whoever was on the roster of that shift.

    ``covered``: how many things that were. Nobody gets hours by it.
    """

    person_id: int
    shift: str
    starts_at: datetime
    covered: int
    present: Sequence[int]
    absent: Sequence[int] = ()


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
