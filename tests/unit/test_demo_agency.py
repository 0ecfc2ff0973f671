"""Does the demo agency say what the stories need? Counted here from its own files, without the rules."""

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.demo.agency import NOW, TIME_ZONE, demo_files, intended_standings
from bot.demo.people import UNITS
from rules.standing import StandingWord

TODAY = date(2027, 3, 2)
RUIZ, LEE, NOVAK, OKAFOR, WHITMAN = "214", "231", "240", "77", "611"
HALL, ITO, MEYER = "205", "604", "209"
FLOORS = {
    "crisis-intervention": Decimal(6),
    "autism": Decimal(4),
    "conflict-management": Decimal(1),
    "diversity-implicit-bias": Decimal(1),
    "bias-crimes": Decimal(1),
}
Row = dict[str, str]


@cache
def table(kind: str) -> tuple[Row, ...]:
    return tuple(csv.DictReader(io.StringIO(demo_files()[kind].decode(), newline="")))


def roster() -> dict[str, Row]:
    return {row["badge_number"]: row for row in table("roster")}


def sworn() -> list[str]:
    return [badge for badge, row in roster().items() if row["position"] == "police-officer"]


def day(text: str) -> date | None:
    """A month-first date, or None where there is no such day or no century."""
    try:
        month, number, year = map(int, text.split("/"))
        return date(year, month, number) if year > 1900 else None
    except ValueError:
        return None


def passed(
    badge: str, topic: str | None = None, weapon: str | None = None
) -> list[tuple[date, Decimal, Row]]:
    """What certainly counts of a person's history up to today; the second of two equal entries does not."""
    seen: set[tuple[str, Decimal]] = set()
    found = []
    for row in table("history"):
        on = day(row["completed_on"])
        if row["badge_number"] != badge or on is None or on > TODAY:
            continue
        if row["status"].strip().lower() not in {"passed", "completed"}:
            continue
        if topic not in {None, row["topics"]} or weapon not in {None, row["firearm_type"]}:
            continue
        hours = Decimal(row["hours"])
        if hours and (row["course_title"] + row["completed_on"][-4:], hours) in seen:
            continue
        seen.add((row["course_title"] + row["completed_on"][-4:], hours))
        found.append((on, hours, row))
    return found


def in_cycle(badge: str, topic: str | None = None) -> list[tuple[date, Decimal, Row]]:
    start = date.fromisoformat(roster()[badge]["cycle_start"])
    return [record for record in passed(badge, topic) if record[0] >= start]


def hours(records: list[tuple[date, Decimal, Row]]) -> Decimal:
    return sum((record[1] for record in records), Decimal(0))


def approved(badge: str, topic: str) -> Decimal:
    return hours([record for record in in_cycle(badge, topic) if record[2]["board_approved"] == "Yes"])


def elective(badge: str) -> Decimal:
    return sum(
        (max(approved(badge, topic) - floor, Decimal(0)) for topic, floor in FLOORS.items()), Decimal(0)
    )


def months_on(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def due(badge: str, topic: str, months: int, weapon: str | None = None) -> date:
    return months_on(max(on for on, _, _ in passed(badge, topic, weapon)), months)


def weapons(badge: str) -> list[str]:
    held = [row["assignment"] for row in table("assignments") if row["badge_number"] == badge]
    return [kind.removeprefix("firearm:") for kind in held if kind.startswith("firearm:")]


def card_until(badge: str) -> date:
    return max(
        date.fromisoformat(row["expires_on"]) for row in table("cards") if row["badge_number"] == badge
    )


def repeated(badge: str) -> set[tuple[str, date]]:
    """Everything that is done again and again, with the day until which it holds."""
    dates = {("cpr", card_until(badge)), ("cjis-awareness", due(badge, "cjis-awareness", 12))}
    if badge in sworn():
        dates |= {("taser", due(badge, "taser", 12)), ("evoc", due(badge, "evoc", 60))}
        dates |= {(weapon, due(badge, "firearms-qualification", 6, weapon)) for weapon in weapons(badge)}
    return dates


def lapsed(badge: str) -> set[tuple[str, date]]:
    return {(what, on) for what, on in repeated(badge) if on < TODAY}


def cycle_is_done(badge: str) -> bool:
    return (
        hours(in_cycle(badge)) >= 48
        and all(approved(badge, topic) >= floor for topic, floor in FLOORS.items())
        and elective(badge) >= 3
        and approved(badge, "officer-wellness") >= 1
        and hours(in_cycle(badge, "de-escalation")) >= 2
        and hours([use for use in passed(badge, "use-of-force") if use[0].year == TODAY.year]) >= 1
    )


def telecommunicator_hours(badge: str) -> dict[int, Decimal]:
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    for on, amount, _ in passed(badge, "telecommunicator"):
        by_year[on.year] += amount
    return by_year


def test_the_files_are_the_same_bytes_in_every_process() -> None:
    digest = "\n".join(
        [
            "import hashlib",
            "from bot.demo.agency import demo_files",
            "print(hashlib.sha256(b''.join(demo_files().values())).hexdigest())",
        ]
    )
    other = subprocess.run(  # noqa: S603 - our own three lines
        [sys.executable, "-c", digest],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )

    assert other.stdout.strip() == hashlib.sha256(b"".join(demo_files().values())).hexdigest()


def test_the_files_come_in_the_order_of_import() -> None:
    assert list(demo_files()) == [
        "roster", "certifications", "cards", "leave", "assignments", "history", "patterns", "courses",
    ]  # fmt: skip


def test_it_is_a_tuesday_afternoon_in_lakemont() -> None:
    assert NOW.tzinfo is UTC
    assert NOW.astimezone(ZoneInfo(TIME_ZONE)).replace(tzinfo=None) == datetime(2027, 3, 2, 14, 10)  # noqa: DTZ001  a wall clock, compared as one


def test_ruiz_has_fourteen_completions_of_thirty_one_and_a_half_hours() -> None:
    counted = [record for record in in_cycle(RUIZ) if record[1] > 0]

    assert len(counted) == 14
    assert hours(counted) == Decimal("31.5")


def test_ruiz_owes_autism_bias_crimes_and_one_elective_hour() -> None:
    short = {topic: floor - approved(RUIZ, topic) for topic, floor in FLOORS.items()}

    assert {topic: left for topic, left in short.items() if left > 0} == {
        "autism": Decimal(4),
        "bias-crimes": Decimal(1),
    }
    assert elective(RUIZ) == 2
    assert approved(RUIZ, "officer-wellness") == 1
    assert hours(in_cycle(RUIZ, "de-escalation")) == 2


def test_ruiz_did_use_of_force_in_january_and_drives_until_august() -> None:
    assert [on for on, _, _ in passed(RUIZ, "use-of-force") if on.year == 2027] == [date(2027, 1, 12)]
    assert due(RUIZ, "evoc", 60) == date(2027, 8, 14)
    assert not in_cycle(RUIZ, "evoc")


def test_ruiz_is_in_the_last_year_of_the_cycle_with_a_linked_phone() -> None:
    row = roster()[RUIZ]

    assert (row["cycle_start"], row["cycle_end"]) == ("2024-07-01", "2027-06-30")
    assert (date(2027, 6, 30) - TODAY).days == 120
    assert row["mobile_phone"] == "+1 612 555 0142"
    assert weapons(RUIZ) == ["handgun", "patrol-rifle"]


@pytest.mark.parametrize("badge", [LEE, NOVAK, OKAFOR])
def test_lee_novak_and_okafor_have_done_their_whole_cycle(badge: str) -> None:
    assert cycle_is_done(badge)


def test_lee_has_forty_nine_and_a_half_hours_and_every_credit() -> None:
    assert hours(in_cycle(LEE)) == Decimal("49.5")
    assert sum(approved(LEE, topic) for topic in FLOORS) == 16


def test_whitman_has_three_of_twelve_hours_and_whole_years_before() -> None:
    by_year = telecommunicator_hours(WHITMAN)

    assert by_year.pop(2027) == 3
    assert by_year == dict.fromkeys(range(2022, 2027), Decimal(12))
    assert card_until(WHITMAN) == date(2027, 3, 20)
    assert due(WHITMAN, "cjis-awareness", 12) == date(2027, 11, 11)
    assert roster()[WHITMAN]["appointed_on"] == "2022-05-03"


def test_exactly_four_people_have_something_that_ran_out() -> None:
    assert {badge: lapsed(badge) for badge in roster() if lapsed(badge)} == {
        NOVAK: {("cpr", date(2027, 2, 27))},
        HALL: {("taser", date(2027, 2, 24))},
        ITO: {("cjis-awareness", date(2027, 3, 1))},
        MEYER: {("patrol-rifle", date(2027, 2, 18))},
    }


def test_exactly_four_people_have_something_that_runs_out_within_sixty_days() -> None:
    soon = {
        badge: near
        for badge in roster()
        if (near := {(what, on) for what, on in repeated(badge) if TODAY <= on <= TODAY + timedelta(days=60)})
    }

    assert soon == {
        WHITMAN: {("cpr", date(2027, 3, 20))},
        "613": {("cjis-awareness", date(2027, 3, 9))},
        "222": {("taser", date(2027, 3, 19))},
        "217": {("evoc", date(2027, 3, 23))},
    }


def test_nobody_missed_a_year_of_use_of_force() -> None:
    for badge in sworn():
        first = max(2022, int(roster()[badge]["appointed_on"][:4]))
        assert {on.year for on, _, _ in passed(badge, "use-of-force")} >= set(range(first, 2027)), badge


def test_no_telecommunicator_missed_hours_in_a_year_that_is_over() -> None:
    for badge, row in roster().items():
        if row["position"] == "telecommunicator":
            by_year = telecommunicator_hours(badge)
            first = max(2022, int(row["appointed_on"][:4]))
            assert all(by_year[year] >= 12 for year in range(first, 2027)), badge


def test_who_is_meant_to_hear_yes_owes_nothing_and_who_hears_not_yet_owes_something() -> None:
    for badge, word in intended_standings().items():
        position = roster()[badge]["position"]
        if position == "police-officer":
            owes = not cycle_is_done(badge)
        else:
            owes = position == "telecommunicator" and telecommunicator_hours(badge)[2027] < 12
        if word in {StandingWord.YES, StandingWord.NOT_YET}:
            assert owes == (word is StandingWord.NOT_YET), badge
            assert not lapsed(badge), badge


def test_a_class_entered_twice_or_taught_completes_nobody() -> None:
    for badge, word in intended_standings().items():
        if word is StandingWord.NOT_YET and badge in sworn():
            start = date.fromisoformat(roster()[badge]["cycle_start"])
            every = [
                Decimal(row["hours"])
                for row in table("history")
                if row["badge_number"] == badge
                and (on := day(row["completed_on"])) is not None
                and on >= start
            ]
            assert sum(every, Decimal(0)) < 48, badge


def test_the_two_unknown_people_would_be_complete_with_the_doubtful_line() -> None:
    unknown = {badge for badge, word in intended_standings().items() if word is StandingWord.UNKNOWN}
    doubts = {
        badge: [
            (row["course_title"], row["topics"], row["board_approved"], row["hours"])
            for _, _, row in in_cycle(badge)
            if "Region" in row["course_title"] or not row["board_approved"]
        ]
        for badge in unknown
    }

    assert doubts == {
        "229": [("Regional Training Day, block C", "", "Yes", "4")],
        "187": [(doubts["187"][0][0], "bias-crimes", "", "2")],
    }
    assert {badge for badge in unknown if hours(in_cycle(badge)) >= 48} == unknown
    assert not any(cycle_is_done(badge) for badge in unknown)


def test_nobody_overdue_has_a_line_without_a_topic_that_might_be_the_missing_one() -> None:
    untold = {row["badge_number"] for row in table("history") if not row["topics"]}

    assert not untold & {NOVAK, HALL, ITO, MEYER}


def test_five_people_are_on_leave_and_one_of_them_is_on_b_shift() -> None:
    away = [
        row["badge_number"]
        for row in table("leave")
        if (start := day(row["starts_on"])) and (end := day(row["ends_on"])) and start <= TODAY <= end
    ]

    assert len(away) == 5
    assert [roster()[badge]["unit"] for badge in away].count("B shift") == 1


def test_nobody_trains_while_on_leave() -> None:
    for row in table("leave"):
        start, end = day(row["starts_on"]), day(row["ends_on"])
        assert start is not None
        assert end is not None
        assert not [on for on, _, _ in passed(row["badge_number"]) if start <= on <= end], row


def test_okafor_leads_eight_officers() -> None:
    team = [badge for badge, row in roster().items() if row["supervisor_badge"] == OKAFOR]

    assert len(team) == 8
    assert {RUIZ, LEE, NOVAK} < set(team)
    assert {roster()[badge]["unit"] for badge in team} == {"B shift"}


def test_every_line_of_supervisors_ends_at_somebody_without_one() -> None:
    people = roster()
    for badge in people:
        line = [badge]
        while supervisor := people[line[-1]]["supervisor_badge"]:
            assert supervisor not in line
            assert "supervisor" in people[supervisor]["roles"].split(";")
            line.append(supervisor)
        assert line[-1] in {"1", "990"}, badge


def test_every_unit_hangs_under_one_and_two_of_them_are_too_small_to_show() -> None:
    sizes = Counter(row["unit"] for row in roster().values())

    assert set(sizes) <= set(UNITS)
    assert {parent for parent in UNITS.values() if parent} <= set(UNITS)
    assert {unit for unit in ("Investigations", "K9") if sizes[unit] < 5} == {"Investigations", "K9"}


def test_three_cycle_phases_stand_side_by_side() -> None:
    starts = Counter(roster()[badge]["cycle_start"] for badge in sworn())

    assert set(starts) == {"2024-07-01", "2025-07-01", "2026-07-01"}
    assert min(starts.values()) >= 9


def test_telephones_are_reserved_and_addresses_lead_nowhere() -> None:
    phones = [row["mobile_phone"] for row in roster().values()]

    assert all(re.fullmatch(r"\+1 612 555 01\d\d", phone) for phone in phones)
    assert len(set(phones)) == len(phones)
    assert all(row["email"].endswith("@lakemont.example.org") for row in roster().values())


def test_nothing_is_exclaimed_and_nothing_is_sent_twice_under_one_badge() -> None:
    assert not [kind for kind, content in demo_files().items() if b"!" in content]
    assert len(roster()) == len(table("roster"))


def test_every_row_belongs_to_somebody_but_one() -> None:
    strangers = [
        (kind, row["badge_number"])
        for kind in demo_files()
        for row in table(kind)
        if kind != "courses" and row["badge_number"] not in roster() and row.get("unit") not in UNITS
    ]

    assert strangers == [("history", "2140")]


def test_the_order_of_day_and_month_is_settled_by_evidence_and_three_dates_are_not_days() -> None:
    written = [row["completed_on"] for row in table("history")]

    assert any(int(text.split("/")[1]) > 12 for text in written)
    assert not any(int(text.split("/")[0]) > 12 for text in written)
    assert sorted(text for text in written if day(text) is None) == ["1/0/1900", "2/30/2026", "4/3/26"]


def test_the_histories_hold_every_kind_of_disorder() -> None:
    statuses = {row["status"].strip().lower() for row in table("history")}
    lines = table("history")

    assert statuses >= {"", "instructed", "registered", "no show", "cancelled", "failed", "incomplete"}
    assert any(row["provider"] == "#N/A" for row in lines)
    assert any(row["course_title"] != row["course_title"].strip() for row in lines)
    assert sum(not row["topics"] for row in lines) > 20
    assert any(row["course_number"].startswith("0") for row in lines)
