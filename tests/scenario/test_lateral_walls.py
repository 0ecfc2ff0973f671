"""Does a request between two agencies of one installation tell either anything before it may? And only to whom?"""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from db.queries.lateral import Proof
from messages.kinds import MessageKind
from messages.model import to_json as as_json
from tests.scenario.lateral_cast import (
    AT_ASHBY,
    AT_LAKEMONT,
    NOTHING_FOR_YOU,
    allows,
    asks,
    button,
    labels,
    press,
    releases,
    say,
    two_agencies,
    words_of,
)
from training.walls import Walls


def test_a_request_looks_the_same_whether_the_agency_knows_the_officer_or_not(database: Engine) -> None:
    two = two_agencies(database)

    def told(badge: str, name: str) -> list[str]:
        asked = say(two.lakemont, "902", f"intake {badge} from Ashby Sheriff")
        again = say(two.lakemont, "902", f"intake {badge} from Ashby Sheriff")
        return [as_json(each).replace(name, "NAME").replace(badge, "BADGE") for each in (asked, again)]

    # Hall never was at Ashby.
    assert told("311", "Stone") == told("312", "Hall")
    lines = words_of(say(two.lakemont, "902", "intakes")).splitlines()
    before = {line.split(":", 1)[1] for line in lines if "from Ashby Sheriff" in line}
    assert before == {" asked Mar 1 2027, nothing released."}
    assert NOTHING_FOR_YOU in words_of(say(two.ashby, "905", "releases"))
    # Neither the officer's word nor a refusal is heard at the other end.
    allows(two)
    assert words_of(say(two.lakemont, "902", "intakes")).splitlines() == lines
    press(two.ashby, "905", say(two.ashby, "905", "releases"), "1: keep back")
    assert words_of(say(two.lakemont, "902", "intakes")).splitlines() == lines


def test_nobody_at_the_other_agency_hears_of_an_officer_they_do_not_know(database: Engine) -> None:
    two = two_agencies(database)
    say(two.lakemont, "902", "intake 312 from Ashby Sheriff")
    for badge in AT_ASHBY:
        assert words_of(say(two.ashby, badge, "releases")) == NOTHING_FOR_YOU, badge


def test_before_the_officer_allows_it_nobody_else_there_hears_that_they_have_another_employer(
    database: Engine,
) -> None:
    two = two_agencies(database)
    asks(two)
    for badge in AT_ASHBY.keys() - {"47"}:
        assert words_of(say(two.ashby, badge, "releases")) == NOTHING_FOR_YOU, badge
    shown = button(say(two.ashby, "47", "releases"), "1: allow")
    for badge in AT_ASHBY.keys() - {"47"}:
        said = say(two.ashby, badge, action="release", value=shown.value)
        assert "not open to you" in words_of(said), badge
        said = say(two.ashby, badge, action="release-stop", value=shown.value)
        assert "not open to you" in words_of(said), badge
    assert two.ashby.entries("record:released") == ()


@pytest.mark.parametrize(
    ("what", "row"),
    [
        ("the name", ("Alex Stone", "else@lakemont.example.org", "612-555-0111", "officer", "5", "active")),
        (
            "the mail address",
            ("Alex Stone", "stone@ashby.example.org", "612-555-0111", "officer", "5", "active"),
        ),
        (
            "the telephone",
            ("Alex Stone", "else@lakemont.example.org", "612-555-0147", "officer", "5", "active"),
        ),
        (
            "the license alone",
            ("Alex Stone", "else@lakemont.example.org", "612-555-0111", "officer", "88123", "active"),
        ),
    ],
)
def test_one_thing_in_common_is_nobody(
    database: Engine, what: str, row: tuple[str, str, str, str, str, str]
) -> None:
    # Even with the badge that the officer has at the other agency.
    here = {badge: each for badge, each in AT_LAKEMONT.items() if badge != "311"}
    two = two_agencies(database, lakemont={**here, "47": row})
    assert "Asked" in words_of(say(two.lakemont, "902", "intake 47 from Ashby Sheriff"))
    for badge in AT_ASHBY:
        assert words_of(say(two.ashby, badge, "releases")) == NOTHING_FOR_YOU, (what, badge)


def test_an_officer_of_the_other_agency_without_an_employment_here_cannot_be_asked_for(
    database: Engine,
) -> None:
    two = two_agencies(database)
    for whom in ("48", "99999", "Torres"):
        said = say(two.lakemont, "902", f"intake {whom} from Ashby Sheriff")
        assert said.kind is MessageKind.REFUSED_PERSON, whom
    known, unknown = (
        as_json(say(two.lakemont, "902", f"intake {each} from Ashby")) for each in ("48", "99999")
    )
    assert known == unknown
    assert two.lakemont.entries("intake:asked") == ()


def test_a_button_of_one_agency_opens_nothing_at_the_other(database: Engine) -> None:
    two = two_agencies(database)
    asks(two)
    allow = button(say(two.ashby, "47", "releases"), "1: allow")
    # Whoever has Lakemont's Stone, or their badge, allows nothing through Lakemont's door.
    for badge in ("311", "902", "905"):
        assert "not open to you" in words_of(say(two.lakemont, badge, action="release", value=allow.value)), (
            badge
        )
    allows(two)
    releases(two)
    take = button(say(two.lakemont, "902", "intakes"), "1: take in")
    forged = say(two.ashby, "902", action="intake-take", value=take.value)
    assert "does not stand any more" in words_of(forged)
    assert say(two.lakemont, "311", action="intake-take", value=take.value).kind is MessageKind.NOT_ALLOWED
    for value in ("", "0", "-1", "9" * 30, "x", f"{take.value}:1", allow.value):
        assert "does not stand any more" in words_of(
            say(two.lakemont, "902", action="intake-take", value=value)
        )
    assert two.stone_at_lakemont() == []


def test_the_keeper_of_the_records_does_not_release_their_own(database: Engine) -> None:
    row = AT_ASHBY["47"]
    mine = (*row[:3], "officer;records", *row[4:])
    two = two_agencies(database, ashby={**AT_ASHBY, "47": mine})
    asks(two)
    shown = say(two.ashby, "47", "releases")
    press(two.ashby, "47", shown, "1: allow")
    press(two.ashby, "47", shown, "1: allow")
    assert two.ashby.entries("record:released") == ()


def test_an_agency_that_asks_is_not_asked_by_whom_it_is_not_for(database: Engine) -> None:
    two = two_agencies(database)
    for badge in ("311", "905"):
        said = say(two.lakemont, badge, "intake 311 from Ashby Sheriff")
        assert said.kind is MessageKind.NOT_ALLOWED, badge
    assert two.lakemont.entries("intake:asked") == ()


class ByAddressAlone(Walls):
    """A wall that takes a mail address for a person."""

    def agreeing(self, asked: Proof, held: Proof) -> tuple[str, ...]:
        return ("email",) if asked.emails & held.emails else ()


def test_the_story_of_one_thing_in_common_would_notice_a_wall_that_leaks(sqlite_database: Engine) -> None:
    row = ("Alex Stone", "stone@ashby.example.org", "612-555-0111", "officer", "5", "active")
    two = two_agencies(sqlite_database, lakemont={**AT_LAKEMONT, "47": row})
    say(two.lakemont, "902", "intake 47 from Ashby Sheriff")
    leaking = replace(two.ashby, office=replace(two.ashby.office, walls=ByAddressAlone()))
    assert labels(say(leaking, "47", "releases")) == ["1: allow", "1: keep back"]
