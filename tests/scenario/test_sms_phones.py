"""Whose is a phone, who wants texts there, and what becomes of a number that changes hands?"""

import re
from dataclasses import replace
from datetime import date

import pytest

from db.queries import people, phones
from db.records.facts import ContactKind, ContactPoint, Employment
from db.records.ledger import Receipt
from db.records.phones import ConsentBy, ConsentWord
from tests.fakes.twilio import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import SlackDesk, words_of
from tests.scenario.sms_cast import OURS, PHONES, STRANGER, SmsDesk, by_text, by_text_and_in_slack

OFFICER, OTHER, COORDINATOR = "214", "231", "902"
PERSONAL = ("Ruiz", "NOT YET", "31.5")


def _code(desk: SmsDesk, slack: SlackDesk, badge: str = OFFICER) -> str:
    desk.service.tick()
    said = words_of(slack.ask(badge, "link my phone"))
    assert OURS in said
    assert "10 minutes" in said
    found = re.search(r"\b\d{8}\b", said)
    assert found is not None, said
    return found[0]


def _consent(agency: Agency, number: str) -> tuple[ConsentWord, ConsentBy, int | None] | None:
    with agency.reading() as conn:
        kept = phones.consent(conn, agency.agency_id, number)
    return None if kept is None else (kept.fact.word, kept.fact.how, kept.fact.person_id)


# A phone is linked


def test_a_phone_is_linked_by_a_code_that_travels_by_another_door(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        code = _code(desk, slack)
        first = desk.ask(OFFICER, f"{code[:4]} {code[4:]}")
        assert first.startswith("Lakemont PD")
        assert "STOP" in first
        assert not any(each in first for each in PERSONAL)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        given = (ConsentWord.GIVEN, ConsentBy.CODE, lakemont.id_of(OFFICER))
        assert _consent(lakemont, PHONES[OFFICER]) == given
        tags = [each.tag for each in lakemont.entries()]
        assert tags.count("consent:given") == 1
        # Once: the same code from another phone is nothing.
        assert "not open" in desk.ask_from(STRANGER, code)


def test_a_code_lasts_ten_minutes(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        code = _code(desk, slack)
        desk.later(minutes=10, seconds=1)
        assert "not open" in desk.ask(OFFICER, code)
        assert _consent(embedded, PHONES[OFFICER]) is None


def test_a_new_code_ends_the_last_one(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        first, second = _code(desk, slack), _code(desk, slack)
        assert "not open" in desk.ask(OFFICER, first)
        assert "is linked" in desk.ask(OFFICER, second)


def test_after_five_wrong_codes_not_even_the_right_one_is_looked_at(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        code = _code(desk, slack)
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        for _ in range(5):
            assert "not open" in desk.ask_from(STRANGER, wrong)
        desk.text(STRANGER, code)
        assert len(desk.said_to(STRANGER)) == 5
        # The person's own phone is another one.
        assert "is linked" in desk.ask(OFFICER, code)


def test_a_code_is_shown_nowhere_else(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        code = _code(desk, slack)
        with embedded.reading() as conn:
            dump = "\n".join(conn.connection.driver_connection.iterdump())  # type: ignore[union-attr]  # sqlite3's own connection
        assert code not in dump
        desk.link(OTHER)
        assert "This phone is linked already" in desk.ask(OTHER, "link my phone")


def test_the_coordinator_is_the_other_door_where_there_is_none(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.service.tick()
        said = words_of(slack.ask(COORDINATOR, "link phone 214"))
        assert "Ruiz" in said
        code = re.search(r"\b\d{8}\b", said)
        assert code is not None
        assert "is linked" in desk.ask(OFFICER, code[0])
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")


def test_a_code_of_somebody_who_is_known_in_chat_is_shown_to_nobody_else(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.service.tick()
        slack.ask(OFFICER, "hi")
        said = words_of(slack.ask(COORDINATOR, "link phone 214"))
        assert "known in chat" in said
        assert re.search(r"\b\d{8}\b", said) is None


def test_nobody_else_gets_a_code_for_somebody_else(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.service.tick()
        for asker, text in (
            (OFFICER, "link phone 231"),
            ("77", "link phone 214"),
            (COORDINATOR, "link phone 9999"),
        ):
            assert re.search(r"\b\d{8}\b", words_of(slack.ask(asker, text))) is None
        own = words_of(slack.ask(OFFICER, "link phone 214"))
        assert re.search(r"\b\d{8}\b", own)
        assert re.search(r"\b\d{8}\b", words_of(slack.ask(OFFICER, "link my phone 6125550142")))


def test_eight_digits_from_a_linked_phone_are_a_code_or_something_else(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        number = desk.link(OFFICER)
        for _ in range(5):
            assert "not open" not in desk.ask(OFFICER, "9100-0442")
        code = _code(desk, slack, OTHER)
        desk.text(number, code)
        assert len(desk.said_to(number)) == 5
        desk.later(minutes=61)
        assert "is linked" in desk.ask(OFFICER, _code(desk, slack, OTHER))
        assert desk.ask(OFFICER, "am i good?").startswith("YES, Lee.")


def test_wrong_codes_from_a_linked_phone_are_counted_whatever_else_they_mean(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.link(OFFICER)
        for _ in range(5):
            # A day, so it is answered like one.
            assert desk.ask(OFFICER, "2027-03-02").startswith("NOT YET, Ruiz.")
        assert "is linked" not in desk.ask(OFFICER, _code(desk, slack, OTHER))
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        desk.later(minutes=61)
        assert "is linked" in desk.ask(OFFICER, _code(desk, slack, OTHER))


# A number changes hands


def test_a_code_from_a_number_of_somebody_else_takes_it_from_them(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.ask(OFFICER, _code(desk, slack))
        with embedded.writing() as writer:
            writer.record(
                ContactPoint(person_id=embedded.id_of(OTHER), kind=ContactKind.MOBILE, value=PHONES[OFFICER])
            )
        assert "do not know this sender" in desk.ask(OFFICER, "am i good?")
        desk.ask_from(PHONES[OFFICER], _code(desk, slack, OTHER))
        assert desk.ask(OFFICER, "am i good?").startswith("YES, Lee.")


def test_a_number_that_the_roster_lets_go_of_is_nobodys(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        with lakemont.writing() as writer:
            person_id = lakemont.id_of(OFFICER)
            points = people.contact_points(writer.conn, writer.agency_id, [person_id])
            [mobile] = [each for each in points if each.fact.kind is ContactKind.MOBILE]
            assert mobile.fact.value == PHONES[OFFICER]
            writer.correct(mobile.id, replace(mobile.fact, value="+16125550177"))
        said = desk.ask(OFFICER, "am i good?")
        assert "do not know this sender" in said
        assert not any(each in said for each in PERSONAL)


def test_what_is_still_to_be_sent_does_not_go_to_whoever_has_the_number_now(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.twilio.faults.next("messages.create", faults.refused(21611, 429))
        desk.text(number, "am i good?")
        with embedded.writing() as writer:
            person_id = embedded.id_of(OTHER)
            writer.record(ContactPoint(person_id=person_id, kind=ContactKind.MOBILE, value=number))
        desk.later(minutes=2)
        desk.service.tick()
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.error) == (Receipt.SKIPPED, "number-moved")
        assert desk.said_to(number) == []


def test_whoever_has_left_is_told_nothing(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        with embedded.writing() as writer:
            person = people.by_badge(writer.conn, writer.agency_id, OFFICER)
            assert person is not None
            kept = person.employment
            ended: Employment = replace(kept.fact, ended_on=date(2027, 3, 1), status="separated")
            writer.correct(kept.id, ended)
        said = desk.ask(OFFICER, "am i good?")
        assert not any(each in said for each in PERSONAL)
        desk.text(PHONES[OFFICER], "am i good?")
        assert len(desk.said_to(PHONES[OFFICER])) == 1


# Who wants no texts


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop. ", "UNSUBSCRIBE", "please don't text me"])
def test_stop_is_kept_and_never_answered(lakemont: Agency, word: str) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        desk.text(number, word)
        desk.text(number, "am i good?")
        desk.service.tick()
        assert desk.said_to(number) == []
        how = ConsentBy.WORDS if "text" in word else ConsentBy.KEYWORD
        assert _consent(lakemont, number) == (ConsentWord.WITHDRAWN, how, lakemont.id_of(OFFICER))
        desk.text(number, "stop")
        assert [each.tag for each in lakemont.entries()].count("consent:withdrawn") == 1
        desk.text(number, "START")
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")


def test_yes_is_start_only_from_whoever_said_stop(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        assert desk.ask(OFFICER, "yes")
        desk.text(number, "stop")
        desk.text(number, "yes")
        assert len(desk.said_to(number)) == 1
        given = (ConsentWord.GIVEN, ConsentBy.KEYWORD, embedded.id_of(OFFICER))
        assert _consent(embedded, number) == given


def test_help_is_twilios_to_answer(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.text(number, "HELP")
        assert desk.said_to(number) == []


def test_whoever_wants_no_texts_is_offered_chat_and_the_coordinator_knows_once(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        slack.ask(COORDINATOR, "hi")
        desk.ask(OFFICER, _code(desk, slack))
        told, knew = len(slack.said_to(OFFICER)), len(slack.said_to(COORDINATOR))
        for _ in range(2):
            desk.text(PHONES[OFFICER], "stop")
            desk.service.tick()
            desk.service.tick()
        assert len(slack.said_to(OFFICER)) == told + 1
        assert "no more texts" in words_of(slack.said_to(OFFICER)[-1])
        [said] = slack.said_to(COORDINATOR)[knew:]
        assert "Ruiz" in words_of(said)
        assert "wants no texts" in words_of(said)
        assert words_of(slack.ask(OFFICER, "am i good?")).startswith("NOT YET, Ruiz.")


def test_a_stranger_who_says_stop_is_never_written_to(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.text(STRANGER, "stop")
        desk.text(STRANGER, "am i good?")
        assert desk.said_to(STRANGER) == []
        assert _consent(embedded, STRANGER) == (ConsentWord.WITHDRAWN, ConsentBy.KEYWORD, None)


def test_what_the_carrier_says_of_consent_is_kept_and_is_no_error(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.twilio.faults.next("messages.create", faults.refused(21610))
        desk.text(number, "am i good?")
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.error) == (Receipt.SKIPPED, "opted-out")
        assert _consent(embedded, number) == (
            ConsentWord.WITHDRAWN,
            ConsentBy.CARRIER,
            embedded.id_of(OFFICER),
        )
        calls = len(desk.twilio.calls_of("messages.create"))
        desk.text(number, "am i good?")
        assert len(desk.twilio.calls_of("messages.create")) == calls
