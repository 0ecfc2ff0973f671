"""Is somebody with an officer's and a dispatcher's certificate judged under both, from the record on?"""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from rules.evaluate import Evaluation, evaluate
from rules.loader import load_for_state
from tests.scenario.import_cast import staffed_desk
from training.standings.person_facts import completion_of, facts_of

CERTIFICATES = "badge_number,certificate,level,status,status_date,date\n"
HISTORY = "badge_number,course_title,completed_on,hours,topics\n"
POLICE = "214,Police Officer,Basic,Granted,5/24/2016,5/24/2016\n"
DISPATCHER = "214,Telecommunicator,Supervisory,Granted,3/1/2019,3/1/2019\n"
NOVEMBER = datetime(2026, 11, 20, 15, tzinfo=UTC)


def judged(database: Engine, certificates: str, as_of: date = date(2026, 11, 20)) -> Evaluation:
    """Ruiz under Oregon's rules as the record stands."""
    desk = staffed_desk(database, NOVEMBER)
    desk.bring("certifications", CERTIFICATES + certificates)
    desk.bring("history", HISTORY + "214,Radio protocols,2026-02-03,12,telecommunicator\n")
    records = [completion_of(kept) for kept in desk.classes("214")]
    return evaluate((load_for_state("OR"),), facts_of(desk.facts("214"), as_of), records, as_of)


def applying(evaluation: Evaluation) -> set[str]:
    return {finding.requirement.id for finding in evaluation.findings if finding.applies is True}


def test_an_officer_who_dispatches_too_owes_the_duties_of_both(sqlite_database: Engine) -> None:
    evaluation = judged(sqlite_database, POLICE + DISPATCHER)
    assert {"or-police-total-84", "or-police-firearms-uof-8-annual", "or-telecom-12-annual"} <= applying(
        evaluation
    )
    (running,) = (
        each for each in evaluation.of("or-telecom-12-annual") if each.window and each.window.label == "2026"
    )
    assert running.satisfied is True


def test_a_dispatchers_level_brings_no_leadership_hours_to_an_officer(sqlite_database: Engine) -> None:
    assert "or-police-leadership-24" not in applying(judged(sqlite_database, POLICE + DISPATCHER))
    supervisor = POLICE.replace("Basic", "Supervisory")
    assert "or-police-leadership-24" in applying(judged(sqlite_database, POLICE + DISPATCHER + supervisor))


def test_a_certificate_that_lapsed_takes_only_its_own_duties_away(sqlite_database: Engine) -> None:
    lapsed = "214,Police Officer,Basic,Lapsed,5/25/2026,5/24/2016\n"
    owed = applying(judged(sqlite_database, POLICE + lapsed + DISPATCHER))
    assert "or-telecom-12-annual" in owed
    assert "or-police-total-84" not in owed
