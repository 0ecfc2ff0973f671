"""What is a job of the scheduler? A name, how often, and work that finds in clock and database what is to be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from training.ledger.parcels import Carrier
from training.office import Office


@dataclass(frozen=True, slots=True)
class Work:
    """What a job is given. ``stopping`` says that the process is about to end: leave off at the next good place.

    ``carriers`` are the ways out, by channel.
    """

    office: Office
    stopping: Callable[[], bool]
    carriers: Mapping[str, Carrier] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table.

    ``run`` is plain synchronous code in a worker thread; it gives back how many things it did. It may run late, twice,
    or in two processes at once, and must leave the same record: never one run, one step. What it raises is logged, and
    it is tried again at the next tick; the other jobs go on.
    """

    name: str
    every: timedelta
    run: Callable[[Work], int]
