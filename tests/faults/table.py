"""The twenty scenarios, in the order of their numbers."""

from tests.faults.killing import (
    killed_at_work,
    killed_before_it_is_known,
    killed_before_it_is_sent,
    paused_and_woken,
)
from tests.faults.scenario import Scenario
from tests.faults.stores import POSTGRESQL, SQLITE

BOTH = (SQLITE, POSTGRESQL)

SCENARIOS = (
    Scenario(1, "killed while delivering", killed_at_work, BOTH),
    Scenario(2, "killed before success is written down", killed_before_it_is_known, BOTH),
    Scenario(3, "killed before the call", killed_before_it_is_sent, BOTH),
    Scenario(6, "paused over its lease, and woken", paused_and_woken, BOTH),
)
