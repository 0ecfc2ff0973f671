"""The twenty scenarios, in the order of their numbers."""

from tests.faults.approving import decided_or_answered_while_it_goes_past
from tests.faults.by_the_clock import both_changes_of_the_clock, leap_day_and_year_end
from tests.faults.channels import channels_and_days_that_ask_for_time, failing_channels, poison
from tests.faults.doors import everything_again, forged
from tests.faults.killing import (
    killed_at_work,
    killed_before_it_is_known,
    killed_before_it_is_sent,
    paused_and_woken,
)
from tests.faults.leaving import leaving
from tests.faults.planning import clocks_that_jump, killed_while_planning, several_plan_at_once
from tests.faults.records import held_full_or_closed
from tests.faults.restoring import put_back
from tests.faults.scenario import Scenario
from tests.faults.servers import server_killed, server_restarted
from tests.faults.stores import POSTGRESQL, SQLITE

BOTH = (SQLITE, POSTGRESQL)


SCENARIOS = (
    Scenario(1, "killed while delivering", killed_at_work, BOTH),
    Scenario(2, "killed before success is written down", killed_before_it_is_known, BOTH),
    Scenario(3, "killed before the call", killed_before_it_is_sent, BOTH),
    Scenario(4, "killed while planning", killed_while_planning, BOTH),
    Scenario(5, "three plan at once", several_plan_at_once, BOTH),
    Scenario(6, "paused over its lease, and woken", paused_and_woken, BOTH),
    Scenario(7, "clocks that jump", clocks_that_jump, BOTH),
    Scenario(8, "both changes of the clock, four zones", both_changes_of_the_clock, BOTH),
    Scenario(9, "leap day and the end of a year", leap_day_and_year_end, BOTH),
    Scenario(10, "the server stops under load", server_restarted, (POSTGRESQL,)),
    Scenario(11, "the server is killed", server_killed, (POSTGRESQL,)),
    Scenario(12, "the record held, full or read-only", held_full_or_closed, (SQLITE,)),
    Scenario(13, "channels fail or hang", failing_channels, BOTH),
    Scenario(14, "channels and days ask for time", channels_and_days_that_ask_for_time, BOTH),
    Scenario(15, "everything four times, in any order", everything_again, BOTH),
    Scenario(16, "old, forged and altered requests", forged, BOTH),
    Scenario(17, "decided while it goes past them", decided_or_answered_while_it_goes_past, BOTH),
    Scenario(18, "told to end, beside older code", leaving, BOTH),
    Scenario(19, "poison", poison, BOTH),
    Scenario(20, "last night's backup put back", put_back, BOTH),
)
