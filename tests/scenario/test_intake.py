"""What is held of somebody from another agency: evidence, a claim, or nothing known, duty by duty?"""

from sqlalchemy import Engine

from db.records.facts import Credit
from db.unit_of_work import reading
from messages.kinds import MessageKind
from messages.model import to_json as as_json
from tests.scenario.import_cast import Desk, ask, new_desk
from tests.scenario.lateral_cast import by_duty
from training.standings import compliance
from training.standings.intake import Held, duty_held

ROSTER = (
    "badge_number,name,rank,unit,supervisor_badge,roles,appointed_on,state,position,cycle_start,cycle_end\n"
    "311,Alex Stone,Officer,B shift,,officer,2026-02-01,MN,police-officer,2024-07-01,2027-06-30\n"
    "902,Priya Nair,,Training,,civilian;coordinator,2016-01-04,MN,records,,\n"
)
HEADER = "Badge,Course,Date,Hours,Topics,Approved,Status,Provider\n"
CRISIS = (
    "311,Crisis Intervention,2025-06-24,6,crisis_intervention,yes,Completed,Sgt. Approver of Elsewhere PD\n"
)
CLAIM = "311,Autism Response,2025-05-24,4,autism,yes,Claimed,\n"


def desk_with(database: Engine, *rows: str) -> Desk:
    desk = new_desk(database)
    desk.bring("roster", ROSTER)
    desk.bring("history", HEADER + "".join(rows))
    return desk


def test_each_duty_says_evidence_claim_or_unknown(database: Engine) -> None:
    desk = desk_with(database, CRISIS, CLAIM)
    message = ask(desk, "902", "intake 311")
    assert message.kind is MessageKind.INTAKE
    duties = by_duty(message)
    assert duties["CRI-6"] == ("evidence held", "Jun 24 2025, 6 h")
    assert duties["AUT-4"] == ("claimed, no evidence", "May 24 2025, 4 h (claimed)")
    assert duties["DIV-1"] == ("unknown", "none")
    assert duties["CE-48"][0] == "claimed, no evidence"


def test_what_is_met_without_a_record_is_no_evidence(database: Engine) -> None:
    desk = desk_with(database, CRISIS)
    with reading(desk.office.engine) as conn:
        judged = compliance.judge(conn, desk.office.shelf, desk.agency_id, desk.id_of("311"), desk.today)
    assert judged is not None
    (finding,) = judged.evaluation.of("mn-mlo-crisis-6")
    assert duty_held(finding).held is Held.EVIDENCE
    assert duty_held(finding._replace(counted=())).held is Held.UNKNOWN


def test_a_claim_is_taken_both_ways_until_its_row_says_otherwise(database: Engine) -> None:
    desk = desk_with(database, CLAIM)
    (claimed,) = desk.classes("311")
    assert (claimed.fact.credit, claimed.fact.credit_reason) == (Credit.DOUBTFUL, "claimed")
    desk.bring("history", HEADER + CLAIM.replace("Claimed", "Completed"))
    (proven,) = desk.classes("311")
    assert proven.fact.credit is Credit.YES
    assert by_duty(ask(desk, "902", "intake 311"))["AUT-4"][0] == "evidence held"


def test_who_approved_elsewhere_is_not_shown_and_the_look_is_written_down(database: Engine) -> None:
    desk = desk_with(database, CRISIS)
    message = ask(desk, "902", "lateral intake 311")
    assert "Approver" not in as_json(message)
    assert [each.subject_id for each in desk.entries("record:viewed")] == [desk.id_of("311")]


def test_an_intake_of_nobody_is_refused_and_an_officer_may_not_ask(database: Engine) -> None:
    desk = desk_with(database, CRISIS)
    assert ask(desk, "902", "intake 999").kind is MessageKind.REFUSED_PERSON
    assert ask(desk, "902", "intake").title == "Intake of whom?"
    assert ask(desk, "311", "intake 311").kind is MessageKind.NOT_ALLOWED
