"""An officer with two employers of one installation: does the new one get what is held, and only by who may give it?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

from sqlalchemy import Engine

from bot.sms.render import render as as_text
from db.integrity import check_integrity
from db.records.facts import Completion, Credit
from db.unit_of_work import writing
from messages.model import Message
from messages.model import to_json as as_json
from messages.words import load
from tests.scenario.import_cast import TUESDAY, WEDNESDAY
from tests.scenario.lateral_cast import (
    AT_ASHBY,
    AT_LAKEMONT,
    CRISIS,
    NOTHING_FOR_YOU,
    Two,
    all_of_it,
    allows,
    asks,
    by_duty,
    press,
    releases,
    roster,
    say,
    takes_in,
    twice_on_file,
    two_agencies,
    words_of,
)

ETHICS_AT_LAKEMONT = "Badge,Course,Date,Hours,Topics,Approved\n311,Ethics,2026-07-07,2,ethics,yes\n"


def stone_left(database: Engine) -> Two:
    """Stone has no employment at Ashby any more."""
    row = AT_ASHBY["47"]
    return two_agencies(database, ashby={**AT_ASHBY, "47": (*row[:5], "separated")})


def tuesday(two: Two) -> Two:
    """The same a day later."""
    return Two(two.ashby.at(TUESDAY), two.lakemont.at(TUESDAY))


def test_the_officer_allows_it_the_records_office_releases_it_and_it_counts(database: Engine) -> None:
    two = two_agencies(database)
    assert by_duty(say(two.lakemont, "902", "intake 311"))["CRI-6"] == ("unknown", "none")
    assert "Asked Ashby Sheriff" in words_of(asks(two))
    assert "you allow it" in words_of(say(two.ashby, "47", "releases"))
    assert "may go to Lakemont PD" in words_of(allows(two))
    waiting = words_of(say(two.ashby, "905", "releases"))
    assert "badge 47" in waiting
    assert "license number and mobile phone" in waiting
    said = words_of(releases(two))
    assert "1 class goes" in said
    assert "1 class stays here, because it is claimed or in doubt." in said
    assert "1 class is new on the record." in words_of(takes_in(two))
    assert two.stone_at_lakemont() == [CRISIS]
    held = by_duty(say(two.lakemont, "902", "intake 311"))["CRI-6"]
    assert held == ("evidence held", "Jun 24 2025, 6 h (held at Ashby Sheriff)")
    assert check_integrity(database) == ()


def test_what_passes_is_day_hours_and_topics_and_nothing_else(sqlite_database: Engine) -> None:
    two = two_agencies(sqlite_database)
    all_of_it(two)
    (taken,) = two.lakemont.classes("311")
    assert taken.fact == Completion(
        person_id=two.lakemont.id_of("311"),
        completed_on=taken.fact.completed_on,
        hours=Decimal(6),
        topics=("crisis-intervention",),
        title="Class on file at Ashby Sheriff",
        provider="Ashby Sheriff",
        board_approved=True,
        source_key=taken.fact.source_key,
    )
    assert taken.recorded_by == two.lakemont.id_of("902")
    assert taken.source.startswith("intake:")
    shown = [
        as_json(say(two.lakemont, badge, text))
        for badge, text in (
            ("902", "intakes"),
            ("902", "intake 311"),
            ("905", "log"),
            ("311", "history"),
            ("311", "who saw my record"),
        )
    ]
    for words in ("Approver", "Northern", "N-118", "Park", "badge 47", "ashby.example"):
        assert not [each for each in shown if words in each], words
    assert str(two.ashby.id_of("47")) not in as_json(say(two.lakemont, "902", "intakes"))


def test_both_chains_tell_of_it_and_the_officer_reads_it(database: Engine) -> None:
    two = two_agencies(database)
    all_of_it(two)
    for desk, badge, tags in (
        (two.lakemont, "311", ("intake:asked", "intake:taken")),
        (two.ashby, "47", ("release:allowed", "record:released")),
    ):
        for tag in tags:
            (entry,) = desk.entries(tag)
            assert entry.subject_id == desk.id_of(badge), tag
    (allowed,), (released,) = two.ashby.entries("release:allowed"), two.ashby.entries("record:released")
    (asked,) = two.lakemont.entries("intake:asked")
    about = {"name": "Lakemont PD", "request": asked.data["request"]}
    assert allowed.data == about
    assert released.data == {
        **about,
        "kind": "record-released",
        "release": released.data["release"],
        "records": 1,
    }
    log = as_json(say(two.ashby, "905", "log"))
    assert "Park released the record of Stone to Lakemont PD." in log
    assert "Nair took in what Ashby Sheriff released of Stone." in as_json(say(two.lakemont, "905", "log"))
    assert "released your record to Lakemont PD" in as_json(say(two.ashby, "47", "who saw my record"))
    assert "Ashby" not in as_json(say(two.ashby, "48", "who saw my record"))


def test_pressed_twice_it_is_done_once(database: Engine) -> None:
    two = two_agencies(database)
    asks(two)
    asks(two)
    shown = say(two.ashby, "47", "releases")
    press(two.ashby, "47", shown, "1: allow")
    assert "Nothing changed" in words_of(press(two.ashby, "47", shown, "1: allow"))
    shown = say(two.ashby, "905", "releases")
    press(two.ashby, "905", shown, "1: release")
    assert "Nothing changed" in words_of(press(two.ashby, "905", shown, "1: release"))
    shown = say(two.lakemont, "902", "intakes")
    press(two.lakemont, "902", shown, "1: take in")
    assert "Nothing waits" in words_of(press(two.lakemont, "902", shown, "1: take in"))
    assert two.stone_at_lakemont() == [CRISIS]
    for desk, tag in (
        (two.lakemont, "intake:asked"),
        (two.ashby, "release:allowed"),
        (two.ashby, "record:released"),
        (two.lakemont, "intake:taken"),
    ):
        assert len(desk.entries(tag)) == 1, tag


def test_somebody_who_has_left_is_released_by_two_and_never_by_one(database: Engine) -> None:
    two = stone_left(database)
    asks(two)
    assert words_of(say(two.ashby, "990", "releases")) == NOTHING_FOR_YOU
    shown = say(two.ashby, "905", "releases")
    assert "two people release it" in words_of(shown)
    assert "Proposed" in words_of(press(two.ashby, "905", shown, "1: release"))
    assert "a second person" in words_of(press(two.ashby, "905", shown, "1: release"))
    assert two.ashby.entries("record:released") == ()
    press(two.ashby, "990", say(two.ashby, "990", "releases"), "1: release")
    assert [each.actor_id for each in two.ashby.entries("record:released")] == [two.ashby.id_of("990")]
    takes_in(two)
    assert two.stone_at_lakemont() == [CRISIS]


def test_somebody_who_has_left_may_still_allow_it_through_their_own_door(sqlite_database: Engine) -> None:
    two = stone_left(sqlite_database)
    asks(two)
    allows(two)
    assert "Released to Lakemont PD" in words_of(releases(two))


def test_while_nobody_keeps_the_records_the_coordinator_releases(sqlite_database: Engine) -> None:
    without = {badge: row for badge, row in AT_ASHBY.items() if badge != "905"}
    two = two_agencies(sqlite_database, ashby=without)
    asks(two)
    allows(two)
    press(two.ashby, "902", say(two.ashby, "902", "releases"), "1: release")
    assert len(two.ashby.entries("record:released")) == 1


def test_where_two_people_fit_a_person_says_which(sqlite_database: Engine) -> None:
    two = stone_left(sqlite_database)
    twice_on_file(two.ashby, "49", like="47")
    asks(two)
    shown = say(two.ashby, "905", "releases")
    assert words_of(shown).count("release only the right one") == 2
    (right,) = (
        number for number, line in enumerate(words_of(shown).splitlines()[1:3], 1) if "badge 47" in line
    )
    press(two.ashby, "905", shown, f"{right}: release")
    shown = say(two.ashby, "990", "releases")
    assert "badge 49" not in words_of(shown)
    press(two.ashby, "990", shown, "1: release")
    takes_in(two)
    assert two.stone_at_lakemont() == [CRISIS]


def test_without_enough_to_know_somebody_by_nothing_is_asked(sqlite_database: Engine) -> None:
    two = two_agencies(sqlite_database)
    assert "does not hold enough" in words_of(say(two.lakemont, "902", "intake 313 from Ashby Sheriff"))
    twice_on_file(two.lakemont, "322", like="312")
    assert "two people" in words_of(say(two.lakemont, "902", "intake 312 from Ashby Sheriff"))
    for agency in ("Lakemont PD", "Nowhere PD"):
        said = words_of(say(two.lakemont, "902", f"intake 311 from {agency}"))
        assert "No other agency of this installation has that name." in said
    assert two.lakemont.entries("intake:asked") == ()


def test_a_correction_there_changes_nothing_here_until_it_is_released_again(database: Engine) -> None:
    two = two_agencies(database)
    all_of_it(two)
    two = tuesday(two)
    (crisis,) = (each for each in two.ashby.classes("47") if each.fact.credit is Credit.YES)
    with writing(two.ashby.office.engine, two.ashby.agency_id, at=TUESDAY) as writer:
        writer.correct(crisis.id, replace(crisis.fact, hours=Decimal(5)))
        writer.record(replace(crisis.fact, hours=Decimal(2), topics=("autism",), source_key=None))
    assert two.stone_at_lakemont() == [CRISIS]
    assert "something newer is on file there" in words_of(say(two.lakemont, "902", "intakes"))
    assert "has changed since" in words_of(say(two.ashby, "905", "releases"))
    releases(two)
    said = words_of(takes_in(two))
    assert "1 class is new" in said
    assert "1 class was corrected." in said
    assert {hours for _, hours, _ in two.stone_at_lakemont()} == {"5", "2"}
    assert "newer" not in words_of(say(two.lakemont, "902", "intakes"))
    with writing(two.ashby.office.engine, two.ashby.agency_id, at=WEDNESDAY) as writer:
        for each in two.ashby.classes("47"):
            if each.fact.topics == ("autism",) and each.fact.credit is Credit.YES:
                writer.withdraw(each.id, Completion)
    releases(two)
    assert "1 class was withdrawn" in words_of(takes_in(two))
    assert {hours for _, hours, _ in two.stone_at_lakemont()} == {"5"}


def test_what_somebody_here_corrected_by_hand_stays(database: Engine) -> None:
    two = two_agencies(database)
    all_of_it(two)
    (here,) = two.lakemont.classes("311")
    with writing(two.lakemont.office.engine, two.lakemont.agency_id, at=TUESDAY) as writer:
        writer.correct(here.id, replace(here.fact, hours=Decimal(3)))
    (there,) = (each for each in two.ashby.classes("47") if each.fact.credit is Credit.YES)
    with writing(two.ashby.office.engine, two.ashby.agency_id, at=TUESDAY) as writer:
        writer.correct(there.id, replace(there.fact, hours=Decimal(5)))
    releases(two)
    assert "stays as somebody here left it" in words_of(takes_in(two))
    assert [hours for _, hours, _ in two.stone_at_lakemont()] == ["3"]


def test_kept_back_nothing_more_goes_and_what_was_taken_in_stays(database: Engine) -> None:
    two = two_agencies(database)
    all_of_it(two)
    press(two.ashby, "47", say(two.ashby, "47", "releases"), "1: keep back")
    two.ashby.bring("history", "Badge,Course,Date,Hours,Topics,Approved\n47,Ethics,2025-07-07,2,ethics,yes\n")
    assert words_of(say(two.ashby, "905", "releases")) == NOTHING_FOR_YOU
    assert two.stone_at_lakemont() == [CRISIS]
    assert "newer" not in words_of(say(two.lakemont, "902", "intakes"))


def test_kept_back_before_it_was_taken_in_nothing_comes(sqlite_database: Engine) -> None:
    two = two_agencies(sqlite_database)
    asks(two)
    allows(two)
    releases(two)
    shown = say(two.lakemont, "902", "intakes")
    press(two.ashby, "905", say(two.ashby, "905", "releases"), "1: keep back")
    assert "Nothing waits" in words_of(press(two.lakemont, "902", shown, "1: take in"))
    assert two.stone_at_lakemont() == []


def test_who_leaves_the_agency_that_asks_is_asked_for_no_more(sqlite_database: Engine) -> None:
    two = two_agencies(sqlite_database)
    asks(two)
    shown = say(two.ashby, "47", "releases")
    row = AT_LAKEMONT["311"]
    two.lakemont.bring("roster", roster({"311": (*row[:5], "separated")}))
    assert words_of(say(two.ashby, "47", "releases")) == NOTHING_FOR_YOU
    assert "not open to you" in words_of(press(two.ashby, "47", shown, "1: allow"))


def test_a_request_that_is_ended_stands_no_more_and_can_be_made_again(database: Engine) -> None:
    two = two_agencies(database)
    all_of_it(two)
    press(two.lakemont, "902", say(two.lakemont, "902", "intakes"), "1: end the request")
    assert "You have asked no other agency" in words_of(say(two.lakemont, "902", "intakes"))
    assert words_of(say(two.ashby, "47", "releases")) == NOTHING_FOR_YOU
    all_of_it(two)
    assert two.stone_at_lakemont() == [CRISIS], "the same class is the same record"


def test_both_employers_may_ask_each_other_and_no_class_comes_back_as_another(database: Engine) -> None:
    two = two_agencies(database)
    two.lakemont.bring("history", ETHICS_AT_LAKEMONT)
    all_of_it(two)
    say(two.ashby, "902", "intake 47 from Lakemont PD")
    press(two.lakemont, "311", say(two.lakemont, "311", "releases"), "1: allow")
    said = press(two.lakemont, "905", say(two.lakemont, "905", "releases"), "1: release")
    assert "1 class goes" in words_of(said)
    press(two.ashby, "902", say(two.ashby, "902", "intakes"), "1: take in")
    assert "newer" not in words_of(say(two.lakemont, "902", "intakes"))
    assert "newer" not in words_of(say(two.ashby, "902", "intakes"))
    at_ashby = {(each.fact.topics, each.fact.credit) for each in two.ashby.classes("47")}
    assert at_ashby == {
        (("crisis-intervention",), Credit.YES),
        (("autism",), Credit.DOUBTFUL),
        (("ethics",), Credit.YES),
    }
    assert len(two.ashby.classes("47")) == 3
    assert len(two.lakemont.classes("311")) == 2


def at_once(*acts: Callable[[], Message]) -> list[str]:
    """The answers to what several people press at the same moment."""
    together = Barrier(len(acts))

    def act(each: Callable[[], Message]) -> str:
        together.wait()
        return words_of(each())

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def test_at_the_same_moment_it_is_released_once_and_taken_in_once(database: Engine) -> None:
    second = ("Sol Reyes", "reyes@ashby.example.org", "", "civilian;records", "", "active")
    other = ("Kit Moss", "moss@lakemont.example.org", "", "civilian;coordinator", "", "active")
    two = two_agencies(database, ashby={**AT_ASHBY, "906": second}, lakemont={**AT_LAKEMONT, "903": other})
    two.lakemont.bring("history", ETHICS_AT_LAKEMONT)
    asks(two)
    say(two.ashby, "902", "intake 47 from Lakemont PD")
    allows(two)
    press(two.lakemont, "311", say(two.lakemont, "311", "releases"), "1: allow")
    here, there = (say(two.lakemont, "905", "releases"), say(two.ashby, "905", "releases"))
    said = at_once(
        lambda: press(two.ashby, "905", there, "1: release"),
        lambda: press(two.lakemont, "905", here, "1: release"),
        lambda: press(two.ashby, "906", there, "1: release"),
    )
    assert sum("Released to" in each for each in said) == 2
    here, there = (say(two.lakemont, "902", "intakes"), say(two.ashby, "902", "intakes"))
    said = at_once(
        lambda: press(two.lakemont, "902", here, "1: take in"),
        lambda: press(two.ashby, "902", there, "1: take in"),
        lambda: press(two.lakemont, "903", here, "1: take in"),
    )
    assert sum("Taken in" in each for each in said) == 2
    for desk in (two.ashby, two.lakemont):
        assert len(desk.entries("record:released")) == len(desk.entries("intake:taken")) == 1
    assert len(two.lakemont.classes("311")) == 2
    assert check_integrity(database) == ()


def test_a_class_that_is_on_file_already_is_in_doubt_until_somebody_decides(sqlite_database: Engine) -> None:
    two = two_agencies(sqlite_database)
    two.lakemont.bring(
        "history",
        "Badge,Course,Date,Hours,Topics,Approved\n311,Crisis at Patrol,2025-06-24,6,crisis_intervention,yes\n",
    )
    asks(two)
    allows(two)
    releases(two)
    assert "1 class may be on file twice: DUPLICATES." in words_of(takes_in(two))
    press(two.lakemont, "902", say(two.lakemont, "902", "duplicates"), "1: same")
    assert two.stone_at_lakemont() == [CRISIS]


def test_an_officer_allows_the_release_of_their_record_by_text(database: Engine) -> None:
    two = two_agencies(database)
    asks(two)
    shown = as_text(say(two.ashby, "47", "releases", channel="sms"), load())
    assert "ALLOW 1 or KEEP BACK 1." in shown
    assert shown.isascii()
    assert "Allowed" in words_of(say(two.ashby, "47", "Allow 1", channel="sms"))
    say(two.ashby, "905", "releases")
    assert "Released" in words_of(say(two.ashby, "905", "release 1"))
    say(two.lakemont, "902", "intakes")
    assert "Taken in" in words_of(say(two.lakemont, "902", "take in 1"))
    assert "taken back" in words_of(say(two.lakemont, "902", "end intake 1"))
