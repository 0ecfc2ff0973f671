"""Does the record follow the roster, row by row, and never further than the roster says?"""

from datetime import date, timedelta

from sqlalchemy import Engine

from db.queries import agencies, directory, people, reporting
from db.records.facts import ContactKind, Role
from db.records.imports import RowFate
from db.unit_of_work import reading
from tests.scenario.import_cast import (
    MONDAY,
    ROSTER,
    TUESDAY,
    WEDNESDAY,
    fates,
    new_desk,
    notes,
    reasons,
    staffed_desk,
)
from training.imports.model import Change

RUIZ_ENTRY = "6f1e0000-0000-4000-8000-000000000214"
SECOND = timedelta(seconds=1)


def test_a_roster_that_comes_twice_doubles_nobody(database: Engine) -> None:
    desk = staffed_desk(database)
    before = desk.sequence()
    planned, written = desk.at(TUESDAY).bring("roster", ROSTER)
    assert fates(planned) == {RowFate.UNCHANGED: 5}
    assert written.at is None
    assert desk.sequence() == before
    assert desk.imports_audited() == 1


def test_people_are_kept_with_their_contacts_kind_roles_and_units(database: Engine) -> None:
    desk = staffed_desk(database)
    ruiz = desk.id_of("214")
    with reading(database) as conn:
        points = people.contact_points(conn, desk.agency_id, [ruiz])
        units = {unit.fact.unit_id: unit.fact for unit in agencies.units(conn, desk.agency_id)}
        holders = {role: reporting.holders_of(conn, desk.agency_id, role, MONDAY) for role in Role}
    assert {(point.fact.kind, point.fact.value) for point in points} == {
        (ContactKind.EMAIL, "dana.ruiz@lakemont.example.org"),
        (ContactKind.MOBILE, "+16125550142"),
    }
    above = {
        unit.name: units[unit.parent_unit_id].name if unit.parent_unit_id is not None else None
        for unit in units.values()
    }
    assert above == {"Patrol": None, "A shift": "Patrol", "B shift": "Patrol", "Communications": "Patrol"}
    assert {role for role, held in holders.items() if desk.id_of("77") in held} == {
        Role.OFFICER,
        Role.SUPERVISOR,
    }
    assert desk.facts("611").employment.fact.kind == "civilian"


def test_a_supervisor_further_down_the_file_is_found(database: Engine) -> None:
    desk = staffed_desk(database)
    with reading(database) as conn:
        line = reporting.lines_at(conn, desk.agency_id, MONDAY)
    assert line[desk.id_of("214")].fact.supervisor_id == desk.id_of("77")
    assert line[desk.id_of("77")].fact.supervisor_id == desk.id_of("31")


def test_a_transfer_in_the_next_roster_moves_the_chain_at_that_moment(database: Engine) -> None:
    desk = staffed_desk(database)
    moved = ROSTER.replace("Officer,B shift,77,", "Officer,A shift,71,")
    planned, _ = desk.at(TUESDAY).bring("roster", moved)
    assert fates(planned) == {RowFate.CORRECTED: 1, RowFate.UNCHANGED: 4}
    ruiz, okafor, adeyemi = desk.id_of("214"), desk.id_of("77"), desk.id_of("71")
    with reading(database) as conn:
        scope = desk.agency_id
        assert reporting.is_below(conn, scope, ruiz, okafor, TUESDAY - SECOND)
        assert not reporting.is_below(conn, scope, ruiz, okafor, TUESDAY)
        assert not reporting.is_below(conn, scope, ruiz, adeyemi, TUESDAY - SECOND)
        assert reporting.is_below(conn, scope, ruiz, adeyemi, TUESDAY)
    assert planned.of(RowFate.CORRECTED)[0].changes == (
        Change("supervisor_badge", "Kim Okafor", "Marcus Adeyemi"),
        Change("unit", "B shift", "A shift"),
    )


def test_a_sergeant_who_steps_down_loses_the_role_and_keeps_the_past(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.at(TUESDAY).bring("roster", ROSTER.replace("officer;supervisor", "officer"))
    okafor = desk.id_of("77")
    with reading(database) as conn:
        assert okafor in reporting.holders_of(conn, desk.agency_id, Role.SUPERVISOR, TUESDAY - SECOND)
        assert okafor not in reporting.holders_of(conn, desk.agency_id, Role.SUPERVISOR, TUESDAY)


def test_who_is_missing_from_a_new_roster_is_reported_and_stays(database: Engine) -> None:
    desk = staffed_desk(database)
    without = "\n".join(line for line in ROSTER.splitlines() if not line.startswith("611"))
    planned, _ = desk.at(TUESDAY).bring("roster", without)
    assert [(person.badge_number, person.name) for person in planned.missing] == [("611", "Jo Whitman")]
    assert desk.facts("611").employment.fact.status == "active"


def test_a_column_that_the_file_lacks_says_nothing(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, written = desk.at(TUESDAY).bring("roster", "badge_number,name\n214,Dana Ruiz\n")
    assert fates(planned) == {RowFate.UNCHANGED: 1}
    assert written.at is None


def test_a_telephone_taken_off_the_roster_is_no_longer_answered_to(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.at(TUESDAY).bring("roster", ROSTER.replace("612-555-0142", ""))
    with reading(database) as conn:
        points = people.contact_points(conn, desk.agency_id, [desk.id_of("214")])
    assert [point.fact.kind for point in points] == [ContactKind.EMAIL]


def test_a_badge_does_not_change_hands_in_silence(database: Engine) -> None:
    desk = staffed_desk(database)
    stranger = "badge_number,name,appointed_on\n214,Nora Falk,2027-02-01\n"
    planned, written = desk.at(TUESDAY).bring("roster", stranger)
    assert reasons(planned) == {2: ("badge-of-another",)}
    assert written.at is None


def test_a_badge_is_free_once_its_holder_has_left(database: Engine) -> None:
    desk = staffed_desk(database)
    left = "badge_number,name,employment_status,separated_on\n214,Dana Ruiz,Resigned,2027-03-01\n"
    desk.at(TUESDAY).bring("roster", left)
    ruiz = desk.id_of("214")
    assert desk.facts("214").employment.fact.ended_on == date(2027, 3, 1)
    stranger = "badge_number,name,appointed_on\n214,Nora Falk,2027-03-03\n"
    planned, _ = desk.at(WEDNESDAY).bring("roster", stranger)
    assert fates(planned) == {RowFate.ACCEPTED: 1}
    assert desk.id_of("214") != ruiz


def test_two_rows_with_one_badge_are_both_given_back(database: Engine) -> None:
    planned = new_desk(database).plan("roster", "badge_number,name\n5,Ann Bell\n5,Bob Crow\n6,Cy Dorn\n")
    assert reasons(planned) == {2: ("badge-twice",), 3: ("badge-repeated",)}
    assert planned.count(RowFate.ACCEPTED) == 1


def test_a_new_badge_of_somebody_we_know_by_address_is_a_change(database: Engine) -> None:
    desk = staffed_desk(database)
    ruiz = desk.id_of("214")
    desk.bring("history", "badge_number,course_title,completed_on,hours\n214,Ethics,2026-05-04,2\n")
    planned, _ = desk.at(TUESDAY).bring("roster", ROSTER.replace("\n214,", "\n1214,"))
    assert notes(planned)[2] == ("badge-changed",)
    assert desk.id_of("1214") == ruiz
    history = "badge_number,course_title,completed_on,hours\n1214,Ethics,2026-05-04,2\n"
    again = desk.at(TUESDAY).plan("history", history)
    assert fates(again) == {RowFate.UNCHANGED: 1}


def test_an_unknown_supervisor_leaves_nobody_in_sight_of_the_record(database: Engine) -> None:
    desk = new_desk(database)
    planned, _ = desk.bring("roster", ROSTER.replace("B shift,77,", "B shift,777,"))
    assert "supervisor-unknown" in notes(planned)[2]
    with reading(database) as conn:
        assert reporting.lines_at(conn, desk.agency_id, MONDAY)[desk.id_of("214")].fact.supervisor_id is None


def test_supervisors_in_a_circle_answer_for_nobody(database: Engine) -> None:
    desk = new_desk(database)
    circle = "badge_number,name,supervisor_badge\n1,Ann Bell,2\n2,Bob Crow,1\n"
    planned, _ = desk.bring("roster", circle)
    assert {line: codes[-1] for line, codes in notes(planned).items()} == {
        2: "supervisor-circle",
        3: "supervisor-circle",
    }
    with reading(database) as conn:
        assert not reporting.is_below(conn, desk.agency_id, desk.id_of("1"), desk.id_of("2"), MONDAY)


def test_a_new_licensing_cycle_stands_beside_the_one_before(database: Engine) -> None:
    desk = new_desk(database)
    head = "badge_number,name,license_number,license_status,cycle_start,cycle_end\n"
    desk.bring("roster", f"{head}1,Ann Bell,L-1,active,2024-07-01,2027-06-30\n")
    desk.at(TUESDAY).bring("roster", f"{head}1,Ann Bell,L-1,active,2027-07-01,2030-06-30\n")
    cycles = [kept.fact.cycle_start for kept in desk.facts("1").credentials]
    assert cycles == [date(2024, 7, 1), date(2027, 7, 1)]


def test_a_wrong_end_of_a_cycle_is_corrected_in_its_place(database: Engine) -> None:
    desk = new_desk(database)
    head = "badge_number,name,cycle_start,cycle_end\n"
    desk.bring("roster", f"{head}1,Ann Bell,2024-07-01,2027-06-03\n")
    planned, _ = desk.at(TUESDAY).bring("roster", f"{head}1,Ann Bell,2024-07-01,2027-06-30\n")
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("cycle_end", "2027-06-03", "2027-06-30"),)
    assert [kept.fact.cycle_end for kept in desk.facts("1").credentials] == [date(2027, 6, 30)]


def test_an_empty_cell_where_the_history_begins_means_that_it_is_whole(database: Engine) -> None:
    desk = new_desk(database)
    desk.bring("roster", "badge_number,name,history_complete_from\n1,Ann Bell,\n2,Bob Crow,2022-01-01\n")
    assert desk.facts("1").employment.fact.history_complete_from == date(1900, 1, 1)
    assert desk.facts("2").employment.fact.history_complete_from == date(2022, 1, 1)


def test_facts_in_columns_of_their_own_are_kept_and_unclear_dates_are_left_out(database: Engine) -> None:
    desk = new_desk(database)
    planned, _ = desk.bring(
        "roster",
        "badge_number,name,may_pursue,rank_tier,certified_on\n1,Ann Bell,no,Middle Management,3/4/2027\n",
    )
    assert desk.facts("1").employment.fact.facts == {"may_pursue": False, "rank_tier": "middle-management"}
    assert "fact-left-out" in notes(planned)[2]


def test_an_address_of_two_people_is_pointed_out(database: Engine) -> None:
    shared = "badge_number,name,email\n1,Ann Bell,desk@x.example.org\n2,Bob Crow,desk@x.example.org\n"
    planned = new_desk(database).plan("roster", shared)
    assert all("address-shared" in codes for codes in notes(planned).values())
    assert len(notes(planned)) == 2


def test_the_directory_says_who_it_is_whatever_name_and_badge_they_have_by_now(
    sqlite_database: Engine,
) -> None:
    desk = staffed_desk(sqlite_database)
    head = "badge_number,name,directory_id\n"
    desk.at(TUESDAY).bring("roster", f"{head}214,Dana Ruiz,{RUIZ_ENTRY.upper()}\n")
    ruiz = desk.id_of("214")
    planned, _ = desk.at(WEDNESDAY).bring("roster", f"{head}1214,Dana Vance,{RUIZ_ENTRY}\n")
    assert fates(planned) == {RowFate.CORRECTED: 1}
    assert desk.id_of("1214") == ruiz
    with reading(sqlite_database) as conn:
        assert directory.owner(conn, desk.agency_id, RUIZ_ENTRY) == ruiz
        assert {name.fact.family for name in people.names(conn, desk.agency_id, ruiz)} == {"Vance", "Ruiz"}


def test_an_entry_whose_badge_is_worn_by_somebody_else_is_rejected(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    head = "badge_number,name,directory_id\n"
    desk.at(TUESDAY).bring("roster", f"{head}214,Dana Ruiz,{RUIZ_ENTRY}\n")
    planned = desk.at(WEDNESDAY).plan("roster", f"{head}77,Kim Okafor,{RUIZ_ENTRY}\n")
    assert reasons(planned) == {2: ("badge-of-another",)}


def test_an_entry_that_two_rows_name_is_nobodys_and_one_that_is_none_is_left_out(
    sqlite_database: Engine,
) -> None:
    desk = staffed_desk(sqlite_database)
    both = f"badge_number,name,directory_id\n214,Dana Ruiz,{RUIZ_ENTRY}\n77,Kim Okafor,{RUIZ_ENTRY}\n"
    planned = desk.plan("roster", both + "71,Marcus Adeyemi,71\n")
    assert fates(planned) == {RowFate.UNCHANGED: 3}
    assert "directory-id-left-out" in str(planned.preview.rows)
