"""What becomes of more reminders than the agency wants anybody to hear in a day? The second part of scenario 14."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from bot.demo.agency import TIME_ZONE
from db.tables import attempt, message
from db.unit_of_work import reading
from tests.faults.by_the_clock import NOTHING_BESIDE, enter_rules
from tests.faults.hands import Crew
from tests.faults.judging import in_their_hours, judged, out_of_order
from tests.faults.providers import both
from tests.faults.rows import plan_reminders
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from training.office import local_day

PEOPLE, EACH, A_DAY = 6, 5, 2
OFTEN = timedelta(seconds=1)


def daily_cap(asked: Asked) -> Outcome:
    """What is too much for one day comes on the next one that is theirs, in its order, and nothing is dropped."""
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        limits = {"daily_cap": A_DAY, "burst": 0}
        enter_rules(site, site.agency_id, {"ladder": NOTHING_BESIDE, "limits": limits})
        rows = plan_reminders(site, providers, PEOPLE * EACH, PEOPLE)
        for _ in range(asked.workers):
            crew.hire(every=OFTEN)
        in_their_hours(site)
        outcome = judged(site, providers, rows)
        days = _by_day(site)
        overtaken, left = out_of_order(providers, rows), site.left()
    why = [f"{left} are not done"] if left else []
    if max(days.values()) > A_DAY:
        why.append(f"somebody heard {max(days.values())} in a day")
    if overtaken:
        why.append(f"{overtaken} came out before what was said earlier to the same person")
    most, over = max(days.values()), len({day for _, day in days})
    said = f"{EACH} reminders each for {PEOPLE} people, {A_DAY} a day: {most} at most came on one, over {over} days"
    return outcome.also(*why, said=(said,))


def _by_day(site: Site) -> Counter[tuple[int, date]]:
    """How many came to somebody on one day of the agency's."""
    rows = (
        select(message.c.person_id, attempt.c.ended_at)
        .join(attempt, attempt.c.message_id == message.c.message_id)
        .where(message.c.about.like("row %"), attempt.c.ended_at.is_not(None))
    )
    with reading(site.office.engine) as conn:
        return Counter((row.person_id, local_day(row.ended_at, TIME_ZONE)) for row in conn.execute(rows))
