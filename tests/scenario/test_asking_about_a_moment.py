"""What was true on a day, and what did the file say then? Every answer can be asked for another moment, and says so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.queries.hindsight import Hindsight, hindsight
from db.records.facts import Completion
from messages.model import Button
from tests.scenario.cast import SCREEN, SMS, STATUS_WORDS, Agency

RUIZ, LEE, NOVAK, WHITMAN, OKAFOR = "214", "231", "240", "611", "77"
AUTISM = "31.5 of 48 h"


def completes_autism(agency: Agency, on: str = "2027-02-20") -> None:
    """A class that was taken in February and comes on file when the clock says."""
    agency.completes(RUIZ, on, "4", "autism", title="Autism Response")


def test_a_day_in_the_past_is_answered_for_that_day_and_says_so(lakemont: Agency) -> None:
    said = lakemont.text(RUIZ, "was I good on 2026-12-31?")
    assert said.startswith("NOT YET, Ruiz. 29.5 of 48 h (61%), 181 days left (Jun 30 2027).")
    assert "This is for Dec 31 2026, by what is on file now." in said
    assert lakemont.text(RUIZ, "am i good").startswith("NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left")


def test_a_day_to_come_supposes_nothing_more(lakemont: Agency) -> None:
    said = lakemont.text(RUIZ, "am i good on 2027-07-15")
    assert said.startswith("OVERDUE, Ruiz.")
    assert "if nothing more is recorded before then" in said


def test_a_day_that_nobody_on_the_roster_will_see_is_asked_about_and_not_reckoned(embedded: Agency) -> None:
    for text in ("am i good on 12/31/9999", "team as of 12/31/9999", "status as of 1/1/0001"):
        assert "as a day. Write it like this" in embedded.screen(OKAFOR, text), text


def test_a_late_entry_is_in_the_day_and_not_in_what_the_file_said(lakemont: Agency) -> None:
    completes_autism(lakemont.at("2027-03-10 09:00"))
    by_now = lakemont.text(RUIZ, "status as of 2027-03-05")
    as_known = lakemont.text(RUIZ, "what did my file say on 2027-03-05")
    assert "35.5 of 48 h" in by_now
    assert AUTISM in as_known
    assert "This is what the file said on Mar 5 2027 23:59." in as_known
    screen = lakemont.screen(RUIZ, "status as known on 2027-03-05")
    assert "1 completion of that time was recorded later and is not in it." in screen
    assert "Autism: 0 of 4 h" in screen


def test_a_correction_leaves_what_the_file_said_before_it(lakemont: Agency) -> None:
    kept = lakemont.at("2027-03-10 09:00").completions(RUIZ, "domestic-violence")[0]
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal("2.25")))
    assert "29.75 of 48 h" in lakemont.text(RUIZ, "am i good")
    assert "29.75 of 48 h" in lakemont.text(RUIZ, "status as of 2027-03-05")
    known = lakemont.screen(RUIZ, "status as known on 2027-03-05")
    assert AUTISM in known
    assert "1 completion in it has been corrected, withdrawn or moved since." in known


def test_the_minute_decides_what_was_on_file(lakemont: Agency) -> None:
    completes_autism(lakemont.at("2027-03-10 09:30"))
    lakemont.at("2027-03-12 08:00")
    assert AUTISM in lakemont.text(RUIZ, "status as known on 2027-03-10 9:29 am")
    assert "35.5 of 48 h" in lakemont.text(RUIZ, "status as known on 2027-03-10 at 09:30")
    assert "35.5 of 48 h" in lakemont.text(RUIZ, "status as known on March 10")


def test_where_a_clock_was_set_back_the_answer_does_not_look_certain(lakemont: Agency) -> None:
    completes_autism(lakemont.at("2027-03-10 09:30"))
    completes_autism(lakemont.at("2027-03-05 08:00"), "2027-02-21")
    lakemont.at("2027-03-12 08:00")
    doubt = "A clock was set back around then, so what was on file at that moment is not certain."
    for question in ("status as known on 2027-03-05", "list as known on 2027-03-09"):
        assert doubt in lakemont.screen(RUIZ, question), question
    assert doubt in lakemont.text(RUIZ, "status as known on 2027-03-07")
    lakemont.screen(RUIZ, "status as known on 2027-03-05")
    assert doubt in lakemont.screen(RUIZ, "why")
    for question in ("status as known on 2027-03-04", "status as known on 2027-03-11", "am i good"):
        assert "clock" not in lakemont.screen(RUIZ, question), question


def test_nothing_on_file_is_no_more_certain_than_the_clock_was(lakemont: Agency) -> None:
    completes_autism(lakemont.at("2027-03-10 09:30"))
    completes_autism(lakemont.at("2027-01-15 08:00"), "2027-01-10")
    lakemont.at("2027-03-12 08:00")
    said = lakemont.screen(RUIZ, "status as known on 2027-01-14")
    assert "nothing was on file" in said
    assert "clock" not in said
    assert "A clock was set back around then" in lakemont.screen(RUIZ, "status as known on 2027-02-01")


def test_day_and_file_can_be_two_moments(lakemont: Agency) -> None:
    completes_autism(lakemont.at("2027-03-10 09:30"))
    said = lakemont.text(RUIZ, "status as of 2027-07-15 as known on 2027-03-05")
    assert said.startswith("OVERDUE, Ruiz. Continuing education 31.5 of 48 h")
    assert "This is for Jul 15 2027, by what the file said on Mar 5 2027 23:59." in said


def test_the_same_question_gives_the_same_answer_for_ever(lakemont: Agency) -> None:
    question = "status as known on 2027-03-05"
    first = lakemont.at("2027-03-06 08:00").screen(RUIZ, question)
    kept = lakemont.completions(RUIZ, "crisis-intervention")[0]
    completes_autism(lakemont, "2027-03-06")
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal(1)))
    lakemont.at("2029-01-01 08:00")
    later = lakemont.screen(RUIZ, question)
    assert (
        later.replace("1 completion in it has been corrected, withdrawn or moved since.", "").split()
        == first.split()
    )


def test_what_continues_an_answer_stays_on_its_moment_and_a_new_question_is_about_now(
    lakemont: Agency,
) -> None:
    lakemont.text(RUIZ, "was i good on 2026-12-31")
    why = lakemont.text(RUIZ, "why")
    assert "13 recorded completions since Jul 1 2024 = 29.5 h" in why
    assert "This is for Dec 31 2026" in why
    assert "This is for Dec 31 2026" in lakemont.text(RUIZ, "list")
    assert "This is for Dec 31 2026" in lakemont.text(RUIZ, "more")
    assert "This is for" not in lakemont.text(RUIZ, "am i good")
    assert "14 recorded completions" in lakemont.text(RUIZ, "why")


def test_a_button_under_an_answer_stays_on_its_moment(lakemont: Agency) -> None:
    message = lakemont.ask(RUIZ, "was i good on 2026-12-31")
    why = next(each for each in message.actions if isinstance(each, Button) and each.route == "why")
    said = lakemont.press(RUIZ, why)
    assert "Dec 31 2026" in str(said.body[0])


@pytest.mark.parametrize(
    "text", ["status as of june", "status as of the day of the incident", "hours as known on 2026"]
)
def test_a_day_that_is_not_one_day_is_asked_for_and_not_guessed(embedded: Agency, text: str) -> None:
    said = embedded.text(RUIZ, text)
    assert said.startswith("I cannot read")
    assert not said.startswith(STATUS_WORDS)


def test_the_file_of_a_day_to_come_is_not_made_up(lakemont: Agency) -> None:
    said = lakemont.text(RUIZ, "status as known on 2027-12-01")
    assert said.startswith("Nobody can say yet what the file will hold on 2027-12-01.")


def test_before_anything_was_on_file_the_answer_is_unknown(lakemont: Agency) -> None:
    message = lakemont.ask(RUIZ, "status as known on 2027-01-15", SMS)
    assert message.first_word == "UNKNOWN"
    assert lakemont.text(RUIZ, "status as known on 2027-01-15").startswith(
        "UNKNOWN. At Lakemont PD nothing was on file"
    )


@pytest.mark.parametrize(
    "text",
    [
        "how many hours did i have on 2026-12-31", "was i good on taser on 2026-12-31", "missing as of 2026-12-31",
        "deadlines as of 2026-12-31", "when does my cpr expire as of 2026-12-31", "why as of 2026-12-31",
        "list as of 2026-12-31", "history as of 2026-12-31", "picture as of 2026-12-31",
    ],
)  # fmt: skip
def test_every_question_about_oneself_can_be_asked_for_another_day(lakemont: Agency, text: str) -> None:
    for channel in (SMS, SCREEN):
        message = lakemont.ask(RUIZ, text, channel)
        assert "This is for Dec 31 2026, by what is on file now." in str(message.body[0]), message.title
        assert "This is for Dec 31 2026, by what is on file now." in " ".join(
            each.text for each in message.sms
        )


@pytest.mark.parametrize(
    "text", ["was ruiz good on 2026-12-31", "team as of 2026-12-31", "who was overdue on 2026-12-31"]
)
def test_a_sergeant_asks_about_another_day_too(lakemont: Agency, text: str) -> None:
    message = lakemont.ask(OKAFOR, text)
    assert "This is for Dec 31 2026" in str(message.body[0])


@pytest.mark.parametrize(
    ("badge", "text"), [("902", "intake 214 as of 2026-12-31"), ("902", "figures as of 2026-12-31")]
)
def test_the_coordinators_lists_can_be_asked_for_another_day(lakemont: Agency, badge: str, text: str) -> None:
    assert "This is for Dec 31 2026" in str(lakemont.ask(badge, text).body[0])


def test_a_team_leaves_out_whom_the_file_cannot_speak_of(lakemont: Agency) -> None:
    said = lakemont.screen(OKAFOR, "team as of 2018-01-01")
    assert "not on file then" in said
    assert "overdue" not in said.casefold().partition("this is for")[0]
    assert "not on file then" not in lakemont.screen(OKAFOR, "how is my team")


def test_who_may_ask_is_decided_now_and_not_by_the_line_of_that_day(lakemont: Agency) -> None:
    asked = "was ruiz good on 2027-03-02"
    assert "Ruiz" in lakemont.ask(OKAFOR, asked).title
    lakemont.moves_under(RUIZ, "31", "2027-03-03 09:00")
    refused = lakemont.at("2027-03-04 09:00").ask(OKAFOR, asked)
    unknown = lakemont.ask(OKAFOR, "was zimmer good on 2027-03-02")
    assert (refused.kind, refused.title, refused.body) == (unknown.kind, unknown.title, unknown.body)
    assert "This is for" not in str(refused)


def test_an_answer_about_another_moment_is_nobodys_present_standing_and_is_written_down_with_it(
    lakemont: Agency,
) -> None:
    before = lakemont.kept(RUIZ)
    lakemont.text(RUIZ, "status as of 2027-07-15 as known on 2027-03-02")
    assert lakemont.kept(RUIZ) == before
    entry = lakemont.entries("question:answered")[0]
    assert entry.data["moment"]["as_of"] == "2027-07-15"
    assert entry.data["as_of"] == "2027-07-15"
    assert entry.data["moment"]["known_at"] <= lakemont.sequence()


def test_what_comes_to_light_is_counted_once_each(lakemont: Agency) -> None:
    lakemont.at("2027-03-10 09:00")
    before = lakemont.sequence()
    completes_autism(lakemont)
    late = next(each for each in lakemont.completions(RUIZ, "autism"))
    crisis, violence = (
        lakemont.completions(RUIZ, topic)[0] for topic in ("crisis-intervention", "domestic-violence")
    )
    with lakemont.writing() as writer:
        again = writer.correct(late.id, replace(late.fact, hours=Decimal(3)))
        writer.correct(again, replace(late.fact, hours=Decimal(2)))
        writer.withdraw(crisis.id, Completion)
        writer.correct(violence.id, replace(violence.fact, person_id=lakemont.id_of(LEE)))
    with lakemont.reading() as conn:
        ruiz = hindsight(conn, lakemont.agency_id, lakemont.id_of(RUIZ), date(2027, 3, 5), before)
        too_early = hindsight(conn, lakemont.agency_id, lakemont.id_of(RUIZ), date(2027, 2, 19), before)
        lee = hindsight(conn, lakemont.agency_id, lakemont.id_of(LEE), date(2027, 3, 5), before)
    assert ruiz == Hindsight(recorded_later=1, changed=2)
    assert too_early == Hindsight(recorded_later=0, changed=2)
    assert lee == Hindsight(recorded_later=1, changed=0)
