"""Do certificates, cards, leave, duties and personnel actions become the facts that the rules ask for?"""

from datetime import date

from sqlalchemy import Engine

from db.records.imports import RowFate
from tests.scenario.import_cast import TUESDAY, WEDNESDAY, fates, reasons, staffed_desk
from training.imports.model import Change
from training.standings.person_facts import CYCLE_KIND

CERTIFICATES = "badge_number,certificate,level,status,status_date,date\n"
CARDS = "badge_number,group,card,issued_on,expires_on\n"
ACTIONS = "badge_number,date,agency,action,rank\n"


def test_a_later_status_of_a_certificate_stands_beside_the_earlier_one(database: Engine) -> None:
    desk = staffed_desk(database)
    granted = "214,Police Officer,Basic,Granted,5/24/2016,5/24/2016\n"
    lapsed = "214,Police Officer,Basic,Lapsed,5/25/2026,5/24/2016\n"
    desk.bring("certifications", CERTIFICATES + granted)
    desk.at(TUESDAY).bring("certifications", CERTIFICATES + lapsed)
    found = [(kept.fact.status, kept.fact.status_on) for kept in desk.facts("214").credentials]
    assert found == [("granted", date(2016, 5, 24)), ("lapsed", date(2026, 5, 25))]
    again = desk.at(WEDNESDAY).plan("certifications", CERTIFICATES + granted)
    assert fates(again) == {RowFate.UNCHANGED: 1}


def test_a_wrong_day_of_issue_is_corrected(database: Engine) -> None:
    desk = staffed_desk(database)
    row = "214,Police Officer,Basic,Granted,,5/24/2016\n"
    desk.bring("certifications", CERTIFICATES + row)
    planned, _ = desk.at(TUESDAY).bring("certifications", CERTIFICATES + row.replace("5/24", "5/25"))
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("issued_on", "2016-05-24", "2016-05-25"),)


def test_cards_and_cycles_come_from_one_list_of_the_state(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, _ = desk.bring(
        "cards",
        CARDS
        + "214,Certification Cards,First Aid and CPR,5/17/2025,5/17/2027\n"
        + "214,Maintenance Requirements,LE Basic 3 Year,1/1/2026,12/31/2028\n"
        + "214,Maintenance Requirements,LE Annual,1/1/2026,12/31/2026\n"
        + "214,Maintenance Requirements,LE Basic 3 Year,1/1/2023,1/1/1950\n"
        + "214,Code of Ethics,Signed,4/24/2015,\n",
    )
    assert reasons(planned) == {4: ("window-yearly",), 5: ("window-closed",), 6: ("not-a-card",)}
    facts = desk.facts("214")
    assert [kept.fact.covers for kept in facts.cards] == [("first-aid", "cpr")]
    assert [(kept.fact.kind, kept.fact.cycle_end) for kept in facts.credentials] == [
        (CYCLE_KIND, date(2028, 12, 31))
    ]


def test_a_card_that_ends_as_it_begins_is_given_back(database: Engine) -> None:
    desk = staffed_desk(database)
    planned = desk.plan("cards", CARDS + "214,Cards,CPR,5/16/2026,5/16/2026\n")
    assert reasons(planned) == {2: ("card-dates-doubtful",)}


def test_a_return_from_leave_completes_the_leave_on_file(database: Engine) -> None:
    desk = staffed_desk(database)
    head = "badge_number,kind,starts_on,ends_on,returned_on\n"
    desk.bring("leave", f"{head}214,military,12/14/2026,3/28/2027,\n")
    planned, _ = desk.at(TUESDAY).bring("leave", f"{head}214,military,12/14/2026,2/19/2027,2/22/2027\n")
    assert fates(planned) == {RowFate.CORRECTED: 1}
    (leave,) = desk.facts("214").leaves
    assert (leave.fact.kind, leave.fact.returned_on) == ("military", date(2027, 2, 22))


def test_what_somebody_carries_keeps_the_name_the_rules_know(database: Engine) -> None:
    desk = staffed_desk(database)
    duties = "badge_number,assignment,starts_on,ends_on,earlier_basic_sro_course\n"
    desk.bring(
        "assignments",
        f"{duties}214,firearm:patrol-rifle,2021-05-17,,\n214,school-resource-officer,2026-08-31,,yes\n",
    )
    weapon, school = (kept.fact for kept in desk.facts("214").assignments)
    assert weapon.kind == "firearm:patrol-rifle"
    assert school.details == {"earlier_basic_sro_course": True}


def test_a_duty_of_the_roster_gets_its_first_day_from_the_list_of_duties(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("roster", "badge_number,name,assignments\n214,Dana Ruiz,K9 handler\n")
    desk.at(TUESDAY).bring("assignments", "badge_number,assignment,starts_on\n214,K9 handler,2025-02-03\n")
    (duty,) = desk.facts("214").assignments
    assert (duty.fact.kind, duty.fact.starts_on) == ("k9-handler", date(2025, 2, 3))


def test_a_roster_ends_only_the_duties_it_gave(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("assignments", "badge_number,assignment,starts_on\n214,taser,2025-02-03\n")
    desk.bring("roster", "badge_number,name,assignments\n214,Dana Ruiz,K9 handler;taser\n")
    desk.at(TUESDAY).bring("roster", "badge_number,name,assignments\n214,Dana Ruiz,\n")
    ends = {kept.fact.kind: kept.fact.ends_on for kept in desk.facts("214").assignments}
    assert ends == {"taser": None, "k9-handler": date(2027, 3, 2)}


def test_actions_of_a_state_become_leave_and_the_end_of_the_employment(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("roster", "badge_number,name,employment_status\n214,Dana Ruiz,Inactive\n")
    actions = (
        f"{ACTIONS}214,4/1/2015,Lakemont PD,Hired,Officer\n"
        "214,6/15/2020,Lakemont PD,LOA,Officer\n214,9/14/2020,Lakemont PD,Return LOA,Officer\n"
        "214,2/26/2027,Lakemont PD,Resigned,Officer\n"
    )
    planned, _ = desk.at(TUESDAY).bring("employment", actions)
    facts = desk.facts("214")
    assert [(kept.fact.starts_on, kept.fact.returned_on) for kept in facts.leaves] == [
        (date(2020, 6, 15), date(2020, 9, 14))
    ]
    said = facts.employment.fact
    assert (said.status, said.ended_on, said.facts["separated_on"]) == (
        "separated",
        date(2027, 2, 26),
        "2027-02-26",
    )
    assert sum(fates(planned).values()) == 4
    again = desk.at(WEDNESDAY).plan("employment", actions)
    assert again.writes == 0


def test_who_went_on_to_another_agency_was_never_out_of_service(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("roster", "badge_number,name,employment_status\n214,Dana Ruiz,Inactive\n")
    desk.bring(
        "employment",
        f"{ACTIONS}214,4/1/2015,Lakemont PD,Hired,Officer\n214,2/26/2027,Lakemont PD,Resigned,Officer\n"
        "214,2/26/2027,Elm County Sheriff,Hired,Deputy\n",
    )
    said = desk.facts("214").employment.fact
    assert said.ended_on == date(2027, 2, 26)
    assert said.facts == {"employed_elsewhere": True}


def test_a_gap_between_two_posts_is_kept_with_its_end(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring(
        "employment",
        f"{ACTIONS}214,4/1/2010,Elm County Sheriff,Hired,Deputy\n214,7/14/2014,Elm County Sheriff,Resigned,Deputy\n"
        "214,4/1/2015,Lakemont PD,Hired,Officer\n",
    )
    said = desk.facts("214").employment.fact
    assert said.facts == {"separated_on": "2014-07-14", "returned_on": "2015-04-01"}
    assert said.status == "active"
