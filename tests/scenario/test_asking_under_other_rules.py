"""Do weapons, first cycles, exemptions, leave, other packs and further types of duty show in the one answer?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW
from db.queries.context import ByBadge
from db.records.facts import AgencyPack, Exemption, ExemptionKind, Leave, Role
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Checklist
from tests.scenario.cast import SMS, Agency, agency_in, new_agency
from training.packs import PackShelf

RUIZ, LEE, NOVAK, HALL, MEYER, HOSTETLER, RAHIMI, OKAFOR = (
    "214",
    "231",
    "240",
    "205",
    "209",
    "251",
    "224",
    "77",
)

NOTHING_DONE = {MessageKind.APPROVALS, MessageKind.NOT_UNDERSTOOD, MessageKind.OUT_OF_SCOPE}

FEDERAL_PACK = """
id: federal
version: "2027.1"
state: MN
label: Task force
cycle: {rule: given, years: 3}
general_topic: general
topics:
  general: {label: General}
  radio: {label: Encrypted radio}
tracks: {federal: Federal task force}
verdicts: [federal]
headline: [federal-radio]
not_encoded:
  - row: Airtime
    reason: Time on the air is no training.
"""
FEDERAL_DUTY = """
id: federal-radio
short: FED-3
label: Encrypted radio
duty: Officers take at least this many hours on the encrypted radio in each calendar year.
track: federal
measure: hours
verdicts: [federal]
applies: {fact: position, is: police-officer}
window: calendar-year
minimum:
  - {since: 2027-01-01, reckoned: window-start, hours: 3}
counts: {topics: [radio]}
consequence: no task force radio issued
confidence: agency
references:
  - title: Task force agreement
    href: agency:task-force
    retrieved: 2027-01-04
    supports: [minimum, window, applies, counts, consequence]
    confidence: agency
reviewed: {on: 2027-01-04, by: "Priya Nair, training coordinator"}
"""


def grant(
    agency: Agency,
    badge: str,
    requirement: str,
    kind: ExemptionKind,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    new_due: date | None = None,
) -> None:
    """An approved exemption, waiver or extension is recorded."""
    with agency.writing() as writer:
        writer.record(
            Exemption(
                person_id=agency.id_of(badge),
                requirement=requirement,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                new_due=new_due,
                reason="letter on file",
            )
        )


def goes_on_leave(agency: Agency, badge: str, start: date, end: date | None = None) -> None:
    """A leave is recorded."""
    with agency.writing() as writer:
        writer.record(Leave(person_id=agency.id_of(badge), kind="military", starts_on=start, ends_on=end))


def test_an_officer_current_on_one_of_two_weapons_is_told_which_one_is_not(lakemont: Agency) -> None:
    said = lakemont.text(MEYER, "am i good")
    assert said.startswith(
        "OVERDUE, Meyer. Firearms qualification (patrol rifle) was due Feb 18 (12 days ago)."
    )
    items = [
        (item.text, item.word)
        for part in lakemont.ask(MEYER, "am i good").body
        if isinstance(part, Checklist)
        for item in part.items
        if item.text.startswith("Firearms")
    ]
    assert items == [
        ("Firearms qualification (handgun)", "Done"),
        ("Firearms qualification (patrol rifle)", "Overdue"),
    ]


def test_a_qualification_with_the_other_weapon_helps_nothing(embedded: Agency) -> None:
    embedded.completes(MEYER, "2027-03-01", "0", "firearms-qualification", passed=True, firearm="handgun")
    assert embedded.text(MEYER, "am i good").startswith(
        "OVERDUE, Meyer. Firearms qualification (patrol rifle)"
    )
    embedded.completes(
        MEYER, "2027-03-02", "0", "firearms-qualification", passed=True, firearm="patrol-rifle"
    )
    assert embedded.text(MEYER, "am i good").startswith("NOT YET")


def test_a_failed_qualification_does_not_qualify(embedded: Agency) -> None:
    embedded.completes(
        MEYER, "2027-03-01", "0", "firearms-qualification", passed=False, firearm="patrol-rifle", score="61"
    )
    assert embedded.text(MEYER, "am i good").startswith(
        "OVERDUE, Meyer. Firearms qualification (patrol rifle)"
    )


def test_a_question_about_firearms_names_every_weapon(embedded: Agency) -> None:
    said = embedded.text(MEYER, "am i good on firearms")
    assert said.startswith("OVERDUE")
    assert "patrol rifle" in said


def test_a_first_cycle_officer_owes_what_the_pack_says_and_nothing_from_before(embedded: Agency) -> None:
    """The demo state prorates nothing; years that ended before the first day of work are not asked for."""
    standing = embedded.standing(HOSTETLER)
    total = standing.line("mn-ce-total-48")
    assert total is not None
    assert (total.hours_required, total.due_on) == (Decimal(48), date(2029, 6, 30))
    assert standing.word == "NOT YET"
    assert not [line for line in standing.lines if line.due_on and line.due_on < date(2026, 9, 14)]


def test_what_a_first_cycle_officer_is_spared_is_said(embedded: Agency) -> None:
    """The academy year is spared by an approved record, because this pack spares nothing by itself."""
    grant(
        embedded,
        HOSTETLER,
        "UOF-1",
        ExemptionKind.EXEMPTION,
        starts_on=date(2026, 9, 14),
        ends_on=date(2027, 9, 13),
    )
    said = embedded.text(HOSTETLER, "am i good on use of force")
    assert said.startswith("YES, Hostetler.")
    assert "Exempt until Sep 13 by an approved record" in said
    assert "Use of force 0 of 1 h" not in embedded.text(HOSTETLER, "am i good")


def test_an_extension_moves_the_due_date_and_says_so(embedded: Agency) -> None:
    grant(embedded, RUIZ, "CE-48", ExemptionKind.EXTENSION, new_due=date(2027, 9, 30))
    said = embedded.text(RUIZ, "am i good")
    assert "212 days left (Sep 30)" in said
    assert "Extended to Sep 30 by an approved record" in said
    assert "Extended to Sep 30" in embedded.text(RUIZ, "why")


def test_what_is_overdue_is_named_when_only_the_total_was_extended(embedded: Agency) -> None:
    grant(embedded, RUIZ, "CE-48", ExemptionKind.EXTENSION, new_due=date(2027, 9, 30))
    said = embedded.at("2027-07-02 10:00").text(RUIZ, "am i good")
    assert said.startswith("OVERDUE, Ruiz.")
    first, second, *_ = said.removeprefix("OVERDUE, Ruiz. ").split(". ")
    assert "Jun 30" in f"{first} {second}", said


def test_an_extended_deadline_is_overdue_the_day_after_the_new_day(embedded: Agency) -> None:
    for requirement in (
        "CE-48",
        "MLO-16",
        "AUT-4",
        "BIAS-1",
        "ELE-3",
        "CRI-6",
        "CON-1",
        "DIV-1",
        "WEL-1",
        "DEE-2",
    ):
        grant(embedded, RUIZ, requirement, ExemptionKind.EXTENSION, new_due=date(2027, 7, 20))
    assert embedded.at("2027-07-20 23:59").text(RUIZ, "am i good").startswith("NOT YET, Ruiz. 31.5 of 48 h")
    assert embedded.at("2027-07-21 00:00").text(RUIZ, "am i good").startswith("OVERDUE")


def test_an_exemption_takes_the_duty_out_of_the_open_ones_and_stays_visible(embedded: Agency) -> None:
    grant(
        embedded,
        RUIZ,
        "AUT-4",
        ExemptionKind.EXEMPTION,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    message = embedded.ask(RUIZ, "am i good")
    states = {
        item.text: item.state.value
        for part in message.body
        if isinstance(part, Checklist)
        for item in part.items
    }
    assert states["Autism"] == "exempt"
    assert "Open: Bias crimes 1 h" in embedded.text(RUIZ, "am i good")
    assert "Exempt until Dec 31 by an approved record" in embedded.screen(RUIZ, "am i good")
    assert "exempt" in embedded.text(RUIZ, "autism?")


def test_a_waived_duty_ends_overdue_and_is_shown_as_waived(embedded: Agency) -> None:
    grant(embedded, HALL, "TSR-12", ExemptionKind.WAIVER, starts_on=date(2027, 1, 1))
    assert embedded.text(HALL, "am i good").startswith("NOT YET")
    assert "Waived by an approved record" in embedded.screen(HALL, "am i good")


def test_an_exemption_ends_on_its_last_day(embedded: Agency) -> None:
    grant(
        embedded, HALL, "TSR-12", ExemptionKind.WAIVER, starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 2)
    )
    assert embedded.at("2027-03-02 23:59").text(HALL, "am i good").startswith("NOT YET")
    assert embedded.at("2027-03-03 00:00").text(HALL, "am i good").startswith("OVERDUE")


def test_an_extended_card_is_explained_by_the_extension_and_not_by_a_leave(embedded: Agency) -> None:
    grant(embedded, NOVAK, "MED-3", ExemptionKind.EXTENSION, new_due=date(2027, 4, 1))
    shown = embedded.screen(NOVAK, "am i good")
    assert shown.startswith("NOT YET")
    assert "Extended to Apr 1 by an approved record" in shown
    assert "Leave relieves" not in shown
    assert embedded.at("2027-04-02 00:00").text(NOVAK, "am i good").startswith("OVERDUE")


def test_why_never_tells_the_reason_of_somebody_elses_exemption(embedded: Agency) -> None:
    """Reasons of exemptions and leave may be about health."""
    grant(embedded, RUIZ, "AUT-4", ExemptionKind.EXEMPTION, starts_on=date(2027, 1, 1))
    goes_on_leave(embedded, RUIZ, date(2027, 1, 1), date(2027, 2, 1))
    for text in ("how is ruiz", "my team"):
        shown = repr(embedded.ask(OKAFOR, text))
        assert "letter on file" not in shown, text
        assert "military" not in shown, text


@pytest.mark.parametrize("badge", [RAHIMI])
def test_somebody_on_leave_is_told_that_the_leave_is_on_file(embedded: Agency, badge: str) -> None:
    assert "leave" in embedded.screen(badge, "am i good").lower()


def test_a_long_leave_makes_the_end_of_an_oregon_cycle_a_question_and_nobody_overdue(
    database: Engine,
) -> None:
    """Only the state can say by how much a leave of more than six months moves the end of 2026."""
    agency = new_agency(database, NOW, ("or",))
    agency.hires("1", "Pat", "Birch", appointed="2024-02-05", certified="2024-03-10")
    for year in (2024, 2025, 2026, 2027):
        agency.completes("1", f"{year}-02-20", "8", "use-of-force")
        agency.completes("1", f"{year}-02-20", "1", "ethics")
    agency.completes("1", "2026-02-20", "3", "mental-health")
    agency.completes("1", "2026-02-20", "2", "airway-circulatory")
    assert agency.text("1", "am i good").startswith("OVERDUE, Birch. Maintenance hours")
    goes_on_leave(agency, "1", date(2024, 6, 1), date(2025, 3, 1))
    assert "Leave extends the cycle" in agency.screen("1", "am i good")
    assert agency.ask("1", "am i good").first_word == "UNKNOWN"


def test_the_same_classes_stand_differently_under_two_packs(lakemont: Agency, database: Engine) -> None:
    agency = new_agency(database, NOW, ("mn", "or"))
    agency.hires("1", "Pat", "Border", cycle=("2024-07-01", "2027-06-30"), certified="2024-03-10")
    for day, hours in (("2025-03-01", "30"), ("2026-03-01", "30")):
        agency.completes("1", day, hours, "general")
    standing = agency.standing("1")
    lines = {each: standing.line(each) for each in ("mn-ce-total-48", "or-police-total-84")}
    counted = {
        each: (line.hours_counted, line.hours_required) if line else None for each, line in lines.items()
    }
    assert counted == {
        "mn-ce-total-48": (Decimal(60), Decimal(48)),
        "or-police-total-84": (Decimal(60), Decimal(84)),
    }
    assert set(standing.packs) == {"mn-2026.1", "or-2026.1"}


def test_a_fourth_type_of_duty_comes_from_a_folder_and_joins_the_same_answer(
    sqlite_lakemont: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "packs" / "federal"
    (folder / "requirements").mkdir(parents=True)
    (folder / "pack.yaml").write_text(FEDERAL_PACK.lstrip(), encoding="utf-8")
    (folder / "requirements" / "010-radio.yaml").write_text(FEDERAL_DUTY.lstrip(), encoding="utf-8")
    agency = agency_in(sqlite_lakemont, NOW, tmp_path / "packs")
    assert "federal" in PackShelf(tmp_path / "packs").held
    assert agency.text(LEE, "am i good").startswith("YES")
    with agency.writing() as writer:
        writer.record(AgencyPack(pack="federal", starts_on=date(2027, 1, 1)))
    message = agency.ask(LEE, "am i good")
    assert message.first_word == "NOT YET"
    headings = [part.title for part in message.body if isinstance(part, Checklist)]
    assert headings == ["State", "Agency policy", "Federal task force"]
    shown = agency.screen(LEE, "am i good")
    assert "Encrypted radio: 0 of 3 h" in shown
    assert "federal-2027.1" in shown
    assert "Encrypted radio" in agency.text(LEE, "am i good")
    agency.completes(LEE, "2027-02-01", "3", "radio")
    assert agency.text(LEE, "am i good").startswith("YES")
    assert agency.ask("611", "am i good").first_word == "NOT YET"
    assert "Encrypted radio" not in agency.screen("611", "am i good")


def test_a_pack_that_cannot_be_read_is_said_and_not_shown_as_a_crash(
    sqlite_lakemont: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "packs" / "federal"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("id: federal\nversion: [", encoding="utf-8")
    agency = agency_in(sqlite_lakemont, NOW, tmp_path / "packs")
    with agency.writing() as writer:
        writer.record(AgencyPack(pack="federal", starts_on=date(2027, 1, 1)))
    desk = FrontDesk(agency.office, agency.words)
    for text in ("am i good", "why", "my team"):
        message = desk.answer(
            Interaction(agency_id=agency.agency_id, sender=ByBadge(OKAFOR), channel=SMS, text=text),
            "Lakemont PD",
        )
        assert message.first_word is None, text
        assert "Nair" in repr(message) or "coordinator" in repr(message), text


def test_a_pack_begins_and_ends_on_its_days(sqlite_lakemont: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "federal"
    (folder / "requirements").mkdir(parents=True)
    (folder / "pack.yaml").write_text(FEDERAL_PACK.lstrip(), encoding="utf-8")
    (folder / "requirements" / "010-radio.yaml").write_text(FEDERAL_DUTY.lstrip(), encoding="utf-8")
    agency = agency_in(sqlite_lakemont, NOW, tmp_path / "packs")
    with agency.writing() as writer:
        writer.record(AgencyPack(pack="federal", starts_on=date(2027, 3, 10), ends_on=date(2027, 3, 20)))
    words = [
        agency.at(f"2027-03-{day} 12:00").ask(LEE, "am i good", SMS).first_word
        for day in ("09", "10", "20", "21")
    ]
    assert words == ["YES", "NOT YET", "NOT YET", "YES"]


def test_hours_score_and_pass_are_printed_together_and_hours_are_never_invented(embedded: Agency) -> None:
    title = "Everything At Once"
    embedded.completes(RUIZ, "2026-12-05", "2.25", "general", title, score="87.5", passed=True)
    embedded.completes(RUIZ, "2026-12-06", None, "general", "Nothing But A Title")
    embedded.completes(RUIZ, "2026-12-07", None, "general", "Only A Score", score="71")
    rows = [line for line in embedded.screen(RUIZ, "history 2026").splitlines() if "Dec" in line]
    assert len(rows) == 3, rows
    whole = next(row for row in rows if title in row)
    for part in ("2.25 h", "score 87.5", "passed"):
        assert part in whole
    bare = next(row for row in rows if "Nothing But A Title" in row)
    assert " h" not in bare.partition("Nothing But A Title")[2]
    assert "passed" not in bare
    scored = next(row for row in rows if "Only A Score" in row)
    assert "score 71" in scored
    assert " h" not in scored.partition("Only A Score")[2]
    listed = embedded.screen(RUIZ, "list") + embedded.screen(RUIZ, "more")
    assert "33.75" in embedded.text(RUIZ, "am i good")
    assert " 0 h" not in listed


def test_a_year_of_history_is_paged_through_line_by_line_in_a_text(embedded: Agency) -> None:
    expected = [kept for kept in embedded.completions(RUIZ) if kept.fact.completed_on.year == 2026]
    pages = [embedded.text(RUIZ, "history 2026")]
    while "MORE" in pages[-1] and len(pages) < 12:
        pages.append(embedded.text(RUIZ, "more"))
    said = " ".join(pages)
    for kept in expected:
        day = kept.fact.completed_on
        assert f"{day:%b} {day.day} {day.year} " in said, (day, pages)
    assert "10 completions on file for 2026" in pages[0]


def test_a_year_without_classes_says_so(embedded: Agency) -> None:
    for year in ("2019", "2031"):
        message = embedded.ask(RUIZ, f"history {year}")
        assert message.kind is MessageKind.HISTORY
        assert year in embedded.screen(RUIZ, f"history {year}")


def test_in_an_agency_of_one_the_officer_is_the_coordinator_too(sqlite_database: Engine) -> None:
    agency = new_agency(sqlite_database, NOW, ("mn",))
    roles = (Role.OFFICER, Role.SUPERVISOR, Role.COORDINATOR, Role.COMMAND)
    agency.hires("1", "Pat", "Solo", cycle=("2026-07-01", "2029-06-30"), appointed="2026-07-01", roles=roles)
    own = agency.text("1", "am i good")
    assert own.split(",")[0] in {"YES", "NOT YET", "OVERDUE", "UNKNOWN"}
    assert agency.text("1", "how is solo") == own
    assert "Total 1 person" in agency.screen("1", "my team")
    assert "Solo" in agency.screen("1", "my team")
    assert not agency.entries("record:viewed")
    assert "P. Solo" in agency.text("1", "human")
    before = agency.completions("1")
    for text in ("approve", "approve all"):
        assert agency.ask("1", text).kind in NOTHING_DONE, text
    assert agency.text("1", "approve u-3107 because i said so").startswith("No certificate by that number")
    assert agency.completions("1") == before


def test_an_agency_with_nobody_to_coordinate_names_no_name(sqlite_database: Engine) -> None:
    agency = new_agency(sqlite_database, NOW, ("mn",))
    agency.hires("1", "Pat", "Alone", cycle=("2026-07-01", "2029-06-30"), appointed="2026-07-01")
    said = agency.text("1", "human")
    assert "None" not in said
    assert "coordinator" in said


def test_two_agencies_in_one_database_do_not_see_each_other(lakemont: Agency) -> None:
    other = new_agency(lakemont.office.engine, NOW, ("mn",))
    other.hires("77", "Kim", "Elsewhere", roles=(Role.SUPERVISOR, Role.COORDINATOR, Role.COMMAND))
    other.hires("5", "Lee", "Otherton", under="77", cycle=("2026-07-01", "2029-06-30"))
    for text in ("how is ruiz", "how is novak", "how is whitman"):
        assert other.ask("77", text).kind is MessageKind.REFUSED_PERSON, text
    assert "Ruiz" not in other.screen("77", "my team")
    assert lakemont.ask("902", "how is otherton").kind is MessageKind.REFUSED_PERSON
    assert "Otherton" not in lakemont.screen("902", "my team")
    assert other.ask("214", "am i good").kind is MessageKind.UNKNOWN_SENDER


def test_hours_stay_exact_decimals_however_many_quarters_there_are(embedded: Agency) -> None:
    for number in range(1, 11):
        embedded.completes(RUIZ, f"2027-01-{number:02}", "0.1", "general", f"Tenth {number}")
    line = embedded.standing(RUIZ).line("mn-ce-total-48")
    assert line is not None
    assert line.hours_counted == Decimal("32.5")
    assert "32.5 of 48 h" in embedded.text(RUIZ, "am i good")
