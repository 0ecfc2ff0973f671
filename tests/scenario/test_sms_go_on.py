"""A question asked by text is finished in Slack, and the other way round: one conversation, in one place at a time."""

import pytest
from sqlalchemy import func, select

from db.tables import conversation, ticket
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import SlackDesk, words_of
from tests.scenario.sms_cast import CAR, PHONES, SmsDesk, by_text_and_in_slack

OFFICER, OTHER, SERGEANT, COORDINATOR = "214", "231", "77", "902"
NOTHING = "You asked me nothing elsewhere"


def _open(agency: Agency, badge: str) -> list[str]:
    """Where something is open between this person and Rollcall."""
    with agency.reading() as conn:
        found = select(conversation.c.channel).where(
            conversation.c.person_id == agency.id_of(badge), conversation.c.expires_at > agency.clock.at
        )
        return sorted(conn.execute(found).scalars())


def _both(desk: SmsDesk, slack: SlackDesk, badge: str = OFFICER) -> None:
    desk.link(badge)
    slack.ask(badge, "hi")
    desk.later(seconds=1)


def test_a_question_asked_by_text_is_finished_in_slack(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _both(desk, slack)
        desk.ask(OFFICER, "am i good?")
        desk.ask(OFFICER, "why")
        desk.later(seconds=1)
        said = words_of(slack.ask(OFFICER, "continue"))
        assert "Rule CE-48 (mn-demo-2026.2): 14 recorded completions" in said
        assert "Minn. R. 6700.1000" in said  # what a text had no room for
        assert "You asked this first over another door" in said
        assert "14 records counted" in words_of(slack.ask(OFFICER, "list"))
        # It is in one place: on the phone nothing is open of it any more.
        assert _open(lakemont, OFFICER) == ["slack"]


def test_and_a_question_asked_in_slack_by_text(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        slack.ask(OFFICER, "why")
        desk.later(seconds=1)
        assert desk.ask(OFFICER, "go on").startswith("Rule CE-48 (mn-demo-2026.2)")
        assert desk.ask(OFFICER, "list").startswith("CE-48, page 1 of 5")
        desk.later(seconds=1)
        # And back again, where it had come to.
        assert "14 records counted" in words_of(slack.ask(OFFICER, "go on"))
        assert _open(embedded, OFFICER) == ["slack"]


def test_the_page_that_was_shown_last_is_shown_and_more_is_the_next(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        slack.ask(OFFICER, "history")
        second = words_of(slack.ask(OFFICER, "more"))
        desk.later(seconds=1)
        by_text = desk.ask(OFFICER, "continue")
        assert "Page 2 of" in by_text
        assert "Page 3 of" in desk.ask(OFFICER, "more")
        assert second


def test_a_question_of_ours_that_waits_for_an_answer_is_answered_elsewhere(embedded: Agency) -> None:
    embedded.hires("555", "Sal", "Ruiz", under=SERGEANT, cycle=("2024-07-01", "2027-06-30"))
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack, SERGEANT)
        asked = desk.ask(SERGEANT, "how is ruiz")
        assert "1" in asked
        desk.later(seconds=1)
        again = words_of(slack.ask(SERGEANT, "continue"))
        assert "Ruiz" in again
        assert _open(embedded, SERGEANT) == ["slack"]
        assert "Ruiz." in words_of(slack.ask(SERGEANT, "1"))


def test_who_may_see_what_is_asked_anew(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack, SERGEANT)
        assert desk.ask(SERGEANT, "how is ruiz").startswith("NOT YET, Ruiz.")
        desk.later(seconds=1)
        embedded.moves_under(OFFICER, "31", "2027-03-02 14:10")
        desk.later(seconds=1)
        said = words_of(slack.ask(SERGEANT, "continue"))
        assert "NOT YET, Ruiz." not in said
        assert "31.5" not in said


def test_nothing_is_done_twice(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _both(desk, slack)
        desk.ask(OFFICER, "human")
        desk.later(seconds=1)
        assert "I have it here now." in words_of(slack.ask(OFFICER, "continue"))
        with lakemont.reading() as conn:
            assert conn.execute(select(func.count()).select_from(ticket)).scalar_one() == 1


def test_half_an_hour_later_it_is_over(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.link(OFFICER)
        desk.ask(OFFICER, "why")
        desk.later(minutes=31)
        assert NOTHING in words_of(slack.ask(OFFICER, "continue"))


def test_nobody_goes_on_with_somebody_elses(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        desk.ask(OFFICER, "why")
        assert NOTHING in words_of(slack.ask(OTHER, "continue"))


def test_words_that_are_set_aside_are_not_asked_again(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        desk.ask(OFFICER, "my ssn is 078-05-1120, am i good?")
        desk.later(seconds=1)
        said = words_of(slack.ask(OFFICER, "continue"))
        assert "078" not in said
        assert "NOT YET" not in said


@pytest.mark.parametrize("text", ["officer down shots fired", "i want to kill myself"])
def test_what_was_said_in_danger_is_asked_again_by_nobody(embedded: Agency, text: str) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        desk.ask(OFFICER, text)
        desk.later(seconds=1)
        assert "I have it here now." in words_of(slack.ask(OFFICER, "continue"))


def test_nothing_is_brought_to_a_phone_that_many_share(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _both(desk, slack)
        slack.ask(COORDINATOR, f"share phone {CAR} Car 12")
        desk.ask_from(CAR, "ON 214")
        desk.service.tick()
        words = words_of(slack.said_to(OFFICER)[-1])
        code = next(each for each in words.split() if each.isdecimal() and len(each) == 8)
        desk.ask_from(CAR, code)
        slack.ask(OFFICER, "why")
        desk.later(seconds=1)
        said = desk.ask_from(CAR, "continue")
        assert "This phone is shared" in said
        assert "CE-48" not in said
        # What was asked there by somebody is theirs to go on with where they are alone.
        desk.ask_from(CAR, "hours left")
        desk.later(seconds=1)
        assert "16.5 h left" in words_of(slack.ask(OFFICER, "continue"))
        assert PHONES[OFFICER] not in said
