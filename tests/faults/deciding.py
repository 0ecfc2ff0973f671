"""Somebody answers at the moment at which their silence goes past them: which of the two was first? The second part of
scenario 17; two planners and one door are at it at once.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random

from sqlalchemy import select

from bot.composition import compose
from config.settings import load
from db.queries import people
from db.queries.audit import entries
from db.queries.context import ByBadge
from db.records.audit import AuditEntry
from db.records.facts import AgencyId
from db.tables import reminder_case
from db.unit_of_work import reading
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.words import load as load_words
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.faults.auditor import looked_at
from tests.faults.by_the_clock import SAID, IntoAFile, enter_rules
from tests.faults.planning import with_phones
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import pause
from training.audit import AuditTag
from training.office import business_now, local_day
from training.reminders.planning import plan_agency
from training.standings.compliance import tick

_FORKED = get_context("forkserver")
PLANNERS = 2
PATIENCE = 120.0
# Of the door: a planner takes ten people at once.
A_HEAD_START = 0.4
AN_HOUR, SILENT = timedelta(minutes=60), timedelta(days=4)
MANY = 100_000
ZONE = "America/Chicago"


def _plans(environment: Mapping[str, str], folder: str, number: int, begin: Barrier, after: float) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    office, words = compose(load()), load_words()
    begin.wait(PATIENCE)
    pause(after)
    plan_agency(office, AgencyId(number), words)


def _answers(
    environment: Mapping[str, str],
    folder: str,
    number: int,
    begin: Barrier,
    awake: str,
    badges: Sequence[str],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    desk = FrontDesk(compose(load()), load_words())

    def asks(badge: str) -> None:
        desk.answer(
            Interaction(agency_id=AgencyId(number), sender=ByBadge(badge), channel="terminal", text="status"),
            "Lakemont PD",
        )

    # What is read at the first answer is read: the race is between the two, not between their modules.
    asks(awake)
    begin.wait(PATIENCE)
    for badge in badges:
        asks(badge)


def _gone_quiet(site: Site) -> None:
    """Everybody was reminded of what is due, and has said nothing for days; nobody has looked since."""
    words = load_words()
    with_phones(site)
    enter_rules(site, site.agency_id, {"escalation": {"notice_on": "2027-01-01", "from_days_before": 365}})
    plan_agency(site.office, site.agency_id, words)
    work = Work(site.office, lambda: False, {"sms": IntoAFile(site.office, site.folder / SAID)})
    for _ in range(24):
        deliver_what_is_due(work)
        site.jump(AN_HOUR)
    site.jump(SILENT)
    tick(site.office, site.agency_id, local_day(business_now(site.office), ZONE))


def _log(site: Site, *tags: AuditTag) -> dict[int, list[AuditEntry]]:
    """What is written down about each person, oldest first."""
    found: dict[int, list[AuditEntry]] = defaultdict(list)
    with reading(site.office.engine) as conn:
        for each in reversed(entries(conn, site.agency_id, tags=list(map(str, tags)), limit=MANY)):
            if each.subject_id is not None:
                found[each.subject_id].append(each)
    return found


def answered_while_it_goes_past(asked: Asked) -> Outcome:
    """Whoever would go to their supervisor answers, while two processes plan."""
    with asked.ground.a_site() as site:
        _gone_quiet(site)
        plan_agency(site.office, site.agency_id, load_words())
        silent = sorted(_log(site, AuditTag.REMINDER_RAISED))
    with asked.ground.a_site() as site:
        _gone_quiet(site)
        with reading(site.office.engine) as conn:
            roster = people.roster(conn, site.agency_id)
        badges = [each.employment.fact.badge_number for each in roster if each.person_id in silent]
        awake = next(each.employment.fact.badge_number for each in roster if each.person_id not in silent)
        chance = Random(asked.seed)  # noqa: S311  the same dice every time
        chance.shuffle(badges)
        begin = _FORKED.Barrier(PLANNERS + 1)
        given = (dict(site.environment()), str(site.folder), int(site.agency_id), begin)
        hands = [
            _FORKED.Process(target=_plans, args=(*given, chance.uniform(0, A_HEAD_START)), daemon=True)
            for _ in range(PLANNERS)
        ]
        hands.append(_FORKED.Process(target=_answers, args=(*given, awake, badges), daemon=True))
        for each in hands:
            each.start()
        for each in hands:
            each.join(PATIENCE)
        codes = {each.exitcode for each in hands}
        plan_agency(site.office, site.agency_id, load_words())
        log = _log(site, AuditTag.REMINDER_RAISED, AuditTag.MESSAGE_ANSWERED)
        with reading(site.office.engine) as conn:
            kept = conn.execute(select(reminder_case.c.person_id, reminder_case.c.raised)).all()
        why = [each for each in looked_at(site, "reminder ").broken if "I3" not in each]
    if codes != {0}:
        why.append(f"ended with {codes}")
    past = answered = 0
    for person_id in silent:
        tags = [each.tag for each in log[person_id]]
        raised = tags.count(AuditTag.REMINDER_RAISED)
        first_answer = tags.index(AuditTag.MESSAGE_ANSWERED) if AuditTag.MESSAGE_ANSWERED in tags else None
        if first_answer is None:
            why.append(f"{person_id} answered, and the log does not say so: {tags}")
        elif AuditTag.REMINDER_RAISED in tags[first_answer:]:
            why.append(f"{person_id} had answered, and it went past them: {tags}")
        cases = sum(row.raised for row in kept if row.person_id == person_id)
        if cases != raised:
            why.append(f"{person_id}: {raised} went out, and {cases} are known of")
        past += raised > 0
        answered += not raised
    if not silent:
        why.append("nobody was silent")
    said = (f"{len(silent)} were silent: {past} went past them first, {answered} answered first",)
    return Outcome(planned=len(silent), sent=past, why=tuple(why), said=said)
