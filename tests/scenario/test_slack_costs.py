"""What does one thing from Slack cost the record, before the acknowledgement and in all?"""

from dataclasses import replace

from bot.composition import ProcessClock
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from tests.fakes.slack import faults
from tests.scenario.cast import Agency, counted
from tests.scenario.slack_cast import OFFICER, in_slack


def as_installed(agency: Agency) -> Agency:
    """The same with the clock of an installation: it is the database's, and has to be asked for."""
    office = replace(agency.office, fixed=False, clock=ProcessClock())
    set_clock(office, NOW)
    return replace(agency, office=office)


def test_before_the_receipt_there_are_few_statements_in_one_write_transaction(lakemont: Agency) -> None:
    with in_slack(as_installed(lakemont)) as desk:
        desk.ask(OFFICER, "am i good?")
        account = desk.account(OFFICER)
        gate = faults.held(after=False)
        desk.slack.faults.next("chat.postMessage", gate)
        assert desk.send(desk.slack.events.message(account, "why")).ok
        gate.gate.wait_reached()
        # What comes now waits its turn, so that only its receipt is counted.
        asked = desk.slack.events.message(account, "am i good?")
        with counted(lakemont.office.engine) as first, counted(lakemont.office.keys.engine) as keys:
            assert desk.send(asked).ok
        with counted(lakemont.office.engine) as again:
            assert desk.send(asked.again()).ok
        gate.gate.release()
        desk.until_quiet()
    for cost in (first, again):
        assert len(cost.reads) + len(cost.writes) <= 5, (cost.reads, cost.writes)
        assert cost.write_transactions == 1
    assert keys.reads + keys.writes == []


def test_one_question_costs_the_record_so_many_statements_in_all(lakemont: Agency) -> None:
    with in_slack(as_installed(lakemont)) as desk:
        desk.ask(OFFICER, "am i good?")
        with counted(lakemont.office.engine) as cost, counted(lakemont.office.keys.engine) as keys:
            desk.ask(OFFICER, "am i good?")
            desk.until_quiet()
    # Kept, counted among what came in this minute, answered, handed over to an account that is still theirs; and the
    # key of what was said, where keys are.
    assert cost.write_transactions == 3
    assert len(cost.reads) + len(cost.writes) <= 28, "\n".join(
        ("READS", *cost.reads, "WRITES", *cost.writes, f"KEYS {len(keys.reads)} {len(keys.writes)}")
    )
