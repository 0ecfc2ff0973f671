"""What becomes of deliveries when a channel fails, is slow, asks for time, or will never take them? 13, 14 and 19."""

from datetime import timedelta
from random import Random

from sqlalchemy import update

from db.queries import ledger
from db.records.ledger import Receipt
from db.tables import message
from db.unit_of_work import reading, working
from tests.fakes import faults
from tests.faults.auditor import looked_at
from tests.faults.capping import daily_cap
from tests.faults.hands import Crew
from tests.faults.judging import finished, judged, out_of_order
from tests.faults.providers import Providers, both
from tests.faults.rows import Route, plan_rows
from tests.faults.scenario import Asked
from tests.faults.tally import Outcome, added
from tests.faults.waiting import until

TEXTS, POSTS = "messages.create", "chat.postMessage"
ASKS_FOR = 4  # seconds that a channel asks to be left alone
TIMES_ASKED = 4
NO_NUMBER = 21211


def failing_channels(asked: Asked) -> Outcome:
    """13: texts go on while Slack answers nothing at all, and then meet time-outs after acceptance, cut lines and
    server errors themselves."""
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    count = max(20, asked.rows // 4)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, count, (Route.POST, Route.TEXT))
        gate = faults.held(after=True)
        providers.slack.faults.next(POSTS, gate, gate)
        crew.hire()
        took = until(lambda: len(providers.twilio.calls_of(TEXTS)) >= count // 2, "every text was tried")
        slow = [each for each in providers.slack.calls_of(POSTS) if not each.finished]
        gate.gate.release()
        providers.twilio.faults.next(TEXTS, *(_a_fault(chance) for _ in range(count // 2)))
        rows += plan_rows(site, providers, count, (Route.TEXT,), first=count)
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
    why = [f"{left} are not done"] if left else []
    if not slow:
        why.append("texts waited until Slack had answered")
    said = f"{count // 2} texts went out in {took:.0f} s while {len(slow)} calls of Slack hung"
    return outcome.also(*why, said=(said,))


def _a_fault(chance: Random) -> faults.Fault | None:
    made = (
        faults.dropped(after=True),
        faults.dropped(after=False),
        faults.failed(after=True),
        faults.failed(after=False, status=503),
        faults.malformed(),
    )
    return chance.choice(made) if chance.random() < 0.3 else None


def channels_and_days_that_ask_for_time(asked: Asked) -> Outcome:
    """14: each channel says several times that it wants to be left alone, and people are to hear of more than the
    agency tells anybody in a day."""
    return added(_left_alone(asked), daily_cap(asked))


def _left_alone(asked: Asked) -> Outcome:
    """They are left alone, and nothing overtakes."""
    count = max(20, asked.rows // 4)
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, count, (Route.POST, Route.TEXT))
        for stand_in, name in ((providers.slack, POSTS), (providers.twilio, TEXTS)):
            stand_in.faults.next(name, None, faults.rate_limited(ASKS_FOR), None, None)
            stand_in.faults.next(name, faults.rate_limited(ASKS_FOR))
        for _ in range(asked.workers):
            crew.hire()
        finished(site, providers, crew)
        outcome = judged(site, providers, rows)
        left = site.left()
        hasty = _calls_in_the_quiet(providers)
        overtaken = out_of_order(providers, rows)
        refused = looked_at(site).ended(Receipt.FAILED)
    why = [f"{left} are not done"] if left else []
    if hasty > TIMES_ASKED * (asked.workers - 1):
        why.append(f"{hasty} calls came while a channel had asked for time")
    if overtaken:
        why.append(f"{overtaken} came out before what was said earlier in the same place")
    if refused:
        why.append(f"{refused} were dropped")
    return outcome.also(*why, said=(f"{hasty} calls were under way when a channel asked for time",))


def _calls_in_the_quiet(providers: Providers) -> int:
    """How many calls came before the time was over that the channel had asked for."""
    hasty = 0
    for calls in (providers.slack.calls_of(POSTS), providers.twilio.calls_of(TEXTS)):
        asked = [each.at for each in calls if each.fault is faults.Kind.RATE_LIMITED]
        for at in asked:
            over = at + timedelta(seconds=ASKS_FOR) - timedelta(milliseconds=50)
            hasty += sum(at < each.at < over for each in calls)
    return hasty


def poison(asked: Asked) -> Outcome:
    """19: a number that does not exist, words that cannot be opened, a pack that is no pack: the rest goes on."""
    count = 24
    with asked.ground.a_site() as site, both() as providers, Crew(site) as crew:
        site.settings |= providers.settings()
        rows = plan_rows(site, providers, count, (Route.POST, Route.TEXT))
        wrong, spoilt = rows[1], rows[2]
        with reading(site.office.engine) as conn:
            kept = {each.message_id: each for each in ledger.deliveries(conn, site.agency_id)}
        number = kept[wrong.message_id].route.place
        providers.twilio.world.phones[number].refusal = NO_NUMBER
        with working(site.office.engine) as conn:
            conn.execute(update(message).where(message.c.message_id == spoilt.message_id).values(body=b"?"))
        pack = site.folder / "packs" / "us-xx"
        pack.mkdir(parents=True)
        (pack / "pack.yaml").write_text("not: [a pack", encoding="utf-8")
        crew.hire()
        finished(site, providers, crew)
        books, effects = looked_at(site), providers.effects()
        left = site.left()
    by_message = {each.message_id: each for each in books.attempts}
    failed = {
        row.number: by_message[row.message_id].error
        for row in rows
        if by_message[row.message_id].receipt is Receipt.FAILED
    }
    refused = {row.number for row in rows if kept[row.message_id].route.place == number}
    why = list(books.broken)
    if left:
        why.append(f"{left} are not done")
    if set(failed) != refused | {spoilt.number} or not all(failed.values()):
        why.append(f"ended as failed: {failed}")
    fine = {row.number for row in rows} - set(failed)
    if {each for each, times in effects.items() if times == 1} != fine:
        why.append("the rest did not all come out once")
    if "job-failed" in crew.said or "agency-left-out" in crew.said:
        why.append("a pack that is no pack kept a job from its work")
    return Outcome(
        planned=count,
        sent=len(effects),
        lost=len(fine - set(effects)),
        doubled=sum(times > 1 for times in effects.values()),
        why=tuple(why),
        said=(f"quarantined with reasons {sorted(set(failed.values()))}",),
    )
