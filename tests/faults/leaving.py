"""What becomes of deliveries when workers are told to end in the middle of them, and newer ones begin beside them?
Scenario 18.
"""

from sqlalchemy import func, select

from db.tables import attempt
from db.unit_of_work import reading
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged
from tests.faults.older import beside_older_code
from tests.faults.providers import both
from tests.faults.rows import plan_rows
from tests.faults.scenario import Asked
from tests.faults.tally import Outcome, added
from tests.faults.waiting import until

WITHIN = 30.0
ROUNDS = 3


def leaving(asked: Asked) -> Outcome:
    """18: everybody is told to end under load; and a release takes the place of the one before it, one by one."""
    return added(_told_to_end(asked), beside_older_code(asked))


def _told_to_end(asked: Asked) -> Outcome:
    """Three times over; what they have begun they finish."""
    why: list[str] = []
    slowest = 0.0
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, asked.rows)
        for number in range(1, ROUNDS + 1):
            hands = [crew.hire(before=0.025, after=0.025) for _ in range(asked.workers)]
            until(lambda: providers.calls() > number * asked.rows // 5, "under load")  # noqa: B023  used at once
            for each in hands:
                each.tell_to_end()
            slowest = max(slowest, until(lambda: not crew.alive, "everybody has ended", WITHIN + 5))
            codes = [each.process.exitcode for each in hands]
            if codes != [0] * len(hands):
                why.append(f"ended with {codes}")
            with reading(site.office.engine) as conn:
                open_ = conn.execute(
                    select(attempt.c.state, func.count())
                    .where(attempt.c.state.in_(("claimed", "sending")))
                    .group_by(attempt.c.state)
                ).all()
                doubtful = conn.execute(
                    select(func.count()).select_from(attempt).where(attempt.c.receipt == "unknown")
                ).scalar_one()
            if open_ or doubtful:
                why.append(f"left behind: {[tuple(each) for each in open_]}, {doubtful} unknown")
        finished(site, providers, crew)
        outcome = judged(site, providers, rows, senders_lost=0)
        left = site.left()
    if left:
        why.append(f"{left} are not done")
    if slowest > WITHIN:
        why.append(f"ending took {slowest:.0f} s")
    return outcome.also(*why, said=(f"ended within {slowest:.0f} s",))
