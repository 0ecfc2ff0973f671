"""Does a coordinator see what may be twice, decide, and never see it again? And does nothing change before that?"""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.sms.render import render as as_text
from db.queries import likeness
from db.queries.context import ByBadge
from db.records.facts import Credential, Credit
from db.unit_of_work import reading, writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Button, Message, Paragraph
from messages.words import load
from tests.scenario.import_cast import ROSTER, WEDNESDAY, Desk, ask, new_desk
from training.twins.duplicates import proposals
from training.twins.likeness import Proposal

COORDINATOR = (
    "902,Priya Nair,nair@lakemont.example.org,,,Training,31,civilian;coordinator,2016-01-04,MN,records\n"
)
TWICE = """
Badge,Course,Date,Hours,Topics,Course Number
214,Use of Force Refresher,2026-05-24,4,use_of_force,LKM-1
214,Use of Force Refresher,2026-05-24,4,use_of_force,POST-9
214,Ethics,2026-03-01,2,ethics,LKM-2
"""


def office_with(database: Engine, history: str = TWICE, roster: str = "") -> Desk:
    desk = new_desk(database)
    desk.bring("roster", ROSTER.lstrip("\n") + COORDINATOR + roster)
    desk.bring("history", history)
    return desk


def press(desk: Desk, badge: str, message: Message, label: str) -> Message:
    button = next(each for each in message.actions if isinstance(each, Button) and each.label == label)
    return FrontDesk(desk.office, load()).answer(
        Interaction(
            agency_id=desk.agency_id,
            sender=ByBadge(badge),
            channel="terminal",
            action=button.route,
            value=button.value,
        ),
        "Lakemont PD",
    )


def said(message: Message) -> str:
    return "\n".join(part.text for part in message.body if isinstance(part, Paragraph))


def waiting(desk: Desk) -> tuple[Proposal, ...]:
    with reading(desk.office.engine) as conn:
        return proposals(conn, desk.agency_id, desk.today).open


def test_one_line_says_which_two_why_and_what_would_go(database: Engine) -> None:
    desk = office_with(database)
    message = ask(desk, "902", "duplicates")
    assert message.kind is MessageKind.DUPLICATES
    line = said(message)
    assert "1 thing may be twice or wrong." in line
    assert "the same day, the same title, the same hours and they came from two places" in line
    assert [each.label for each in message.actions[:2]] == ["1: same", "1: not the same"]
    assert len(desk.classes("214")) == 3


def test_same_withdraws_one_clears_the_doubt_and_is_written_down(database: Engine) -> None:
    desk = office_with(database)
    before = {kept.fact.course_number: kept for kept in desk.classes("214")}
    assert before["POST-9"].fact.credit is Credit.DOUBTFUL
    message = press(desk, "902", ask(desk, "902", "duplicates"), "1: same")
    assert message.kind is MessageKind.DUPLICATE_DECIDED
    left = {kept.fact.course_number: kept.fact.credit for kept in desk.classes("214")}
    assert left == {"LKM-1": Credit.YES, "LKM-2": Credit.YES}
    assert "Nothing on file looks twice or wrong." in said(ask(desk, "902", "duplicates"))
    withdrawn = desk.entries("completion:withdrawn")
    assert [(each.actor_id, each.subject_id, each.data["record"]) for each in withdrawn] == [
        (desk.id_of("902"), desk.id_of("214"), before["POST-9"].id)
    ]
    (decided,) = desk.entries("likeness:decided")
    assert (decided.actor_id, decided.subject_id) == (desk.id_of("902"), desk.id_of("214"))
    one, other = sorted(before[number].id for number in ("LKM-1", "POST-9"))
    kept = decided.data["decision"]
    assert decided.data == {
        "subject": "completions",
        "verdict": "same",
        "one": one,
        "other": other,
        "decision": kept,
    }
    assert withdrawn[0].data == {"record": before["POST-9"].id, "decision": kept}
    with reading(desk.office.engine) as conn:
        assert [each.fact.withdrawn_id for each in likeness.decisions(conn, desk.agency_id)] == [
            before["POST-9"].id
        ]
    # The same file next month brings the withdrawn one back for nobody.
    assert desk.bring("history", TWICE)[1].facts == 0


def test_not_the_same_is_never_proposed_again_and_both_count(database: Engine) -> None:
    desk = office_with(database)
    doubted = next(kept.id for kept in desk.classes("214") if kept.fact.credit is Credit.DOUBTFUL)
    ask(desk, "902", "duplicates")
    ask(desk, "902", "not the same 1")
    assert waiting(desk) == ()
    assert {kept.fact.credit for kept in desk.classes("214")} == {Credit.YES}
    (decided,), (cleared,) = desk.entries("likeness:decided"), desk.entries("completion:corrected")
    assert (decided.data["verdict"], cleared.subject_id) == ("different", desk.id_of("214"))
    assert cleared.data == {"record": doubted, "decision": decided.data["decision"]}
    assert not desk.entries("completion:withdrawn")
    later = desk.at(WEDNESDAY)
    kept = next(each for each in later.classes("214") if each.fact.course_number == "LKM-1")
    with writing(later.office.engine, later.agency_id, at=WEDNESDAY) as writer:
        writer.correct(kept.id, replace(kept.fact, provider="Lakemont PD"))
    assert waiting(later) == (), "a corrected record is the same record"


def test_nobody_decides_about_their_own_records(database: Engine) -> None:
    desk = office_with(database, TWICE.replace("214,", "902,"))
    for answer in ("same 1", "not the same 1"):
        ask(desk, "902", "duplicates")
        assert "your own record" in said(ask(desk, "902", answer))
    assert len(waiting(desk)) == 1
    assert not desk.entries("likeness:decided")
    assert Credit.DOUBTFUL in {kept.fact.credit for kept in desk.classes("902")}


def test_the_standing_of_the_person_is_judged_again(database: Engine) -> None:
    desk = office_with(database)
    ask(desk, "214", "am i good")
    press(desk, "902", ask(desk, "902", "duplicates"), "1: same")
    with reading(desk.office.engine) as conn:
        from_kept = desk.kept_standing(conn, "214")
    assert from_kept is not None
    assert from_kept.dirty


def test_only_a_coordinator_sees_and_decides(database: Engine) -> None:
    desk = office_with(database)
    for badge in ("214", "77", "31", "611"):
        for text in ("duplicates", "same 1", "not the same 1", "completeness", "intake 214"):
            assert ask(desk, badge, text).kind is MessageKind.NOT_ALLOWED, (badge, text)
    pressed = ask(desk, "902", "duplicates")
    assert press(desk, "214", pressed, "1: same").kind is MessageKind.NOT_ALLOWED
    assert len(waiting(desk)) == 1
    assert not desk.entries("likeness:decided")


def test_an_answer_that_comes_twice_or_to_nothing_changes_nothing(database: Engine) -> None:
    desk = office_with(database)
    shown = ask(desk, "902", "duplicates")
    press(desk, "902", shown, "1: same")
    again = press(desk, "902", shown, "1: same")
    assert "not open any more" in said(again)
    assert "not open any more" in said(ask(desk, "902", "same 9"))
    assert len(desk.entries("likeness:decided")) == 1


def test_people_are_noted_as_one_and_never_merged(database: Engine) -> None:
    desk = office_with(
        database,
        roster='0214,"Ruiz, Dana",dana2@example.org,,Officer,B shift,77,officer,2015-04-01,MN,police-officer\n',
    )
    message = ask(desk, "902", "duplicates")
    assert "Dana Ruiz (214) and Dana Ruiz (0214) may be one person" in said(message)
    answer = press(desk, "902", message, "1: same")
    assert "Nobody was merged" in said(answer)
    assert desk.id_of("214") != desk.id_of("0214")
    assert len(desk.classes("214")) == 3
    assert "may be one person" not in said(ask(desk, "902", "duplicates"))


def test_two_who_have_one_license_number_may_be_one_person(sqlite_database: Engine) -> None:
    desk = office_with(sqlite_database)
    with writing(desk.office.engine, desk.agency_id, at=WEDNESDAY) as writer:
        for badge, number in (("214", "088123"), ("77", "88123")):
            writer.record(Credential(person_id=desk.id_of(badge), kind="license", state="MN", number=number))
    assert "may be one person: the same license number" in said(ask(desk, "902", "duplicates"))


@pytest.mark.parametrize(("on", "says"), [("2031-05-24", "has not come yet"), ("1948-05-24", "before 1950")])
def test_a_day_that_cannot_be_is_proposed_and_may_be_right(database: Engine, on: str, says: str) -> None:
    desk = office_with(database, f"Badge,Course,Date,Hours\n214,Ethics,{on},2\n")
    message = ask(desk, "902", "duplicates")
    assert says in said(message)
    ask(desk, "902", "right 1")
    assert says not in said(ask(desk, "902", "duplicates"))


def test_the_numbers_of_a_list_stay_until_the_next_one(database: Engine) -> None:
    other = "214,Ethics,2026-03-01,2,ethics,POST-2\n"
    desk = office_with(database, TWICE + other)
    ask(desk, "902", "duplicates")
    ask(desk, "902", "not the same 1")
    ask(desk, "902", "same 2")
    assert [each.data["verdict"] for each in desk.entries("likeness:decided")] == ["same", "different"]
    assert waiting(desk) == ()


def test_a_text_shows_one_with_the_words_to_type(database: Engine) -> None:
    desk = office_with(database)
    text = as_text(ask(desk, "902", "duplicates", "sms"), load())
    assert text.isascii()
    assert "SAME 1 or NOT THE SAME 1" in text
