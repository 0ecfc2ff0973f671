"""A patrol phone that many share: somebody's for a shift, and before and after that it learns nothing."""

import re
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import func, select

from db.queries import people, phones
from db.records.facts import ContentKind
from db.records.ledger import Destination, Receipt
from db.records.phones import ConsentBy, ConsentWord
from db.tables import content_item, conversation
from messages.elsewhere import which_file
from tests.fakes.twilio import faults
from tests.fakes.twilio.world import Fate
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import SlackDesk, deliveries, first, words_of
from tests.scenario.sms_cast import CAR, OURS, SmsDesk, by_text, by_text_and_in_slack
from training.ledger.saying import ToSay, plan
from training.office import shared_now

RUIZ, LEE, SERGEANT, COORDINATOR = "214", "231", "77", "902"
CODE = re.compile(r"\b\d{8}\b")
PERSONAL = ("Ruiz", "Lee", "NOT YET", "YES", "31.5", "214", "231")
LOCKED, WRONG, WELCOME = "this phone is shared", "not open", "you are logged in"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 2000


def _share(desk: SmsDesk, slack: SlackDesk, name: str = "Car 12") -> None:
    desk.service.tick()
    said = words_of(slack.ask(COORDINATOR, f"share phone {CAR} {name}"))
    assert "Shared from now on: Car 12, ending in 0150." in said


def _code(desk: SmsDesk, slack: SlackDesk, badge: str) -> str:
    """What comes to somebody in Slack after their badge was texted."""
    known = len(slack.said_to(badge)) if badge in slack.accounts else 0
    if not known:
        slack.ask(badge, "hi")
        known = len(slack.said_to(badge))
    asked = desk.ask_from(CAR, f"ON {badge}")
    assert not any(each in asked for each in PERSONAL)
    desk.service.tick()
    [said] = slack.said_to(badge)[known:]
    found = CODE.search(words_of(said))
    assert found is not None
    return found[0]


def _log_in(desk: SmsDesk, slack: SlackDesk, badge: str) -> str:
    said = desk.ask_from(CAR, _code(desk, slack, badge))
    assert WELCOME in said
    assert not any(each in said for each in PERSONAL)
    return said


def _tags(agency: Agency, of: str = "phone:") -> list[tuple[str, object]]:
    found = [each for each in agency.entries() if each.tag.startswith(of)]
    return [(each.tag, each.data.get("why")) for each in reversed(found)]


# Somebody has it for a shift


def test_a_shared_phone_answers_whoever_logged_in_and_nobody_before_or_after(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _share(desk, slack)
        assert LOCKED in desk.ask_from(CAR, "am i good?")
        said = _log_in(desk, slack, RUIZ)
        assert said.startswith("Lakemont PD training desk")
        assert "2:10" in said or "02:10" in said or "0210" in said
        assert desk.ask_from(CAR, "am i good?").startswith("NOT YET, Ruiz.")
        off = desk.ask_from(CAR, "OFF")
        after = desk.ask_from(CAR, "am i good?")
        assert LOCKED in after
        assert not any(each in off + after for each in PERSONAL)
        assert _tags(lakemont) == [
            ("phone:shared", None),
            ("phone:logged-in", None),
            ("phone:logged-out", "off"),
        ]


def test_what_the_phone_is_told_does_not_say_whether_a_badge_exists(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        slack.ask(RUIZ, "hi")
        said = {desk.ask_from(CAR, f"on {badge}") for badge in (RUIZ, LEE, "9999")}
        assert len(said) == 1
        # Lee has no other door and nobody has 9999: neither is written to.
        desk.service.tick()
        assert [each.kind for each in deliveries(embedded)].count("shift-code") == 1


def test_a_code_lasts_ten_minutes_and_opens_this_phone_alone(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        code = _code(desk, slack, RUIZ)
        # Not the officer's own phone, and no other.
        assert WRONG in desk.ask(RUIZ, code)
        desk.later(minutes=10, seconds=1)
        assert WRONG in desk.ask_from(CAR, code)
        assert LOCKED in desk.ask_from(CAR, "am i good?")


def test_after_five_wrong_codes_not_even_the_right_one_is_looked_at(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        code = _code(desk, slack, RUIZ)
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        for _ in range(5):
            assert WRONG in desk.ask_from(CAR, wrong)
        before = len(desk.said_to(CAR))
        desk.text(CAR, code)
        assert len(desk.said_to(CAR)) == before
        assert LOCKED in desk.ask_from(CAR, "am i good?")


def test_nobody_tries_badges_without_end(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        slack.ask(RUIZ, "hi")
        for _ in range(5):
            desk.ask_from(CAR, "ON 214")
        before = len(desk.said_to(CAR))
        desk.text(CAR, "ON 214")
        desk.service.tick()
        assert len(desk.said_to(CAR)) == before
        assert [each.kind for each in deliveries(embedded)].count("shift-code") == 5


def test_two_machines_do_not_talk_to_each_other_for_ever(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        for _ in range(14):
            desk.text(CAR, "hello")
        assert len(desk.said_to(CAR)) == 10
        assert "911" in desk.ask_from(CAR, "officer down shots fired")


def test_the_coordinator_is_the_other_door_where_there_is_none(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        desk.ask_from(CAR, "ON 231")
        found = CODE.search(words_of(slack.ask(COORDINATOR, "link phone 231")))
        assert found is not None
        assert WELCOME in desk.ask_from(CAR, found[0])
        assert desk.ask_from(CAR, "am i good?").startswith("YES, Lee.")
        # It made the phone nobody's for good.
        desk.ask_from(CAR, "off")
        assert LOCKED in desk.ask_from(CAR, "am i good?")


def test_a_code_is_in_nobodys_archive(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        code = _code(desk, slack, RUIZ)
        with embedded.reading() as conn:
            dump = "\n".join(conn.connection.driver_connection.iterdump())  # type: ignore[union-attr]  # sqlite3's own connection
        assert code not in dump


def test_links_in_the_texts_of_a_shared_phone_end_with_the_session(embedded: Agency) -> None:
    office = replace(embedded.office, links_at="https://desk.lakemont.example")
    with by_text_and_in_slack(replace(embedded, office=office)) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        paths = [
            found[0]
            for said in ("my transcript", "how do i send a certificate")
            if (found := re.search(r"/[uf]/[\w-]{40,}", desk.ask_from(CAR, said)))
        ]
        assert [each[:3] for each in paths] == ["/f/", "/u/"]
        # An address that lasts is not for whoever has the phone next.
        assert desk.ask_from(CAR, "calendar").startswith("NOT on a phone that several people use")
        with httpx.Client(base_url=desk.service.url) as browser:
            assert [browser.get(each).status_code for each in paths] == [200, 200]
            desk.ask_from(CAR, "OFF")
            assert [browser.get(each).status_code for each in paths] == [404, 404]


def test_a_session_ends_by_itself(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        desk.later(hours=11, minutes=59)
        assert desk.ask_from(CAR, "am i good?").startswith("NOT YET, Ruiz.")
        desk.later(minutes=1)
        assert LOCKED in desk.ask_from(CAR, "am i good?")
        desk.service.tick()
        desk.service.tick()
        assert _tags(lakemont)[-1] == ("phone:logged-out", "over")
        assert _tags(lakemont).count(("phone:logged-out", "over")) == 1


def test_whoever_has_left_is_not_behind_the_phone_any_more(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        with embedded.writing() as writer:
            person = people.by_badge(writer.conn, writer.agency_id, RUIZ)
            assert person is not None
            kept = person.employment
            writer.correct(kept.id, replace(kept.fact, ended_on=date(2027, 3, 1), status="separated"))
        assert LOCKED in desk.ask_from(CAR, "am i good?")
        desk.later(minutes=61)
        asked = desk.ask_from(CAR, "ON 214")
        assert not any(each in asked for each in PERSONAL)
        desk.service.tick()
        assert [each.kind for each in deliveries(embedded)].count("shift-code") == 1


# Nothing goes from one to the next


@pytest.mark.parametrize("word", ["why", "list", "more", "and taser?", "1"])
def test_what_was_said_to_the_one_before_is_not_there_for_the_next(lakemont: Agency, word: str) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, LEE)
        fresh = desk.ask_from(CAR, word)
        desk.later(minutes=31)
        _log_in(desk, slack, RUIZ)
        desk.ask_from(CAR, "am i good?")
        desk.ask_from(CAR, "why")
        _log_in(desk, slack, LEE)
        assert desk.ask_from(CAR, word) == fresh
        assert "Ruiz" not in fresh
        assert _tags(lakemont).count(("phone:logged-out", "another")) == 2


def test_a_conversation_begins_anew_with_each_session_also_for_the_same_person(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        fresh = desk.ask_from(CAR, "list")
        desk.ask_from(CAR, "how is taser")
        desk.ask_from(CAR, "why")
        assert desk.ask_from(CAR, "list") != fresh
        desk.ask_from(CAR, "off")
        with embedded.reading() as conn:
            place = conversation.c.channel.like("sms %")
            assert conn.execute(select(func.count()).where(place)).scalar_one() == 0
        _log_in(desk, slack, RUIZ)
        assert desk.ask_from(CAR, "list") == fresh


def test_an_answer_that_waits_goes_to_nobody_once_its_session_is_over(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        desk.twilio.faults.next("messages.create", faults.refused(21611, 429))
        desk.text(CAR, "am i good?")
        desk.later(minutes=2)
        with lakemont.writing() as writer:
            shared = phones.shared(writer.conn, writer.agency_id, CAR)
            assert shared is not None
            phones.end_session(writer.conn, writer.agency_id, CAR)
        before = desk.said_to(CAR)
        desk.service.tick()
        assert desk.said_to(CAR) == before
        [skipped] = [each for each in desk.answers() if each.receipt is Receipt.SKIPPED]
        assert skipped.error == "session-over"


@pytest.mark.parametrize("who", [RUIZ, LEE])
def test_what_was_planned_before_somebody_logged_in_is_not_said_to_them(embedded: Agency, who: str) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        with embedded.writing() as writer:
            said = ToSay(
                person_id=embedded.id_of(RUIZ),
                message=which_file(embedded.words),
                routes=(Destination(channel="sms", address=OURS, place=CAR, account=CAR),),
                due_at=embedded.clock.at + timedelta(hours=1),
            )
            plan(writer, embedded.office.keys, said, now=shared_now(embedded.office, writer.conn))
        desk.later(minutes=50)
        _log_in(desk, slack, who)
        before = desk.said_to(CAR)
        desk.later(minutes=30)
        desk.service.tick()
        assert desk.said_to(CAR) == before
        [skipped] = [each for each in desk.answers() if each.kind == "which-file"]
        assert (skipped.receipt, skipped.error) == (Receipt.SKIPPED, "session-over")


def test_a_file_is_of_whoever_is_logged_in_and_of_nobody_before(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        _share(desk, slack)
        desk.send_all(desk.twilio.text(CAR, "autism class", (JPEG, "image/jpeg")))
        assert desk.twilio.calls_of("media.download") == []
        _log_in(desk, slack, RUIZ)
        desk.send_all(desk.twilio.text(CAR, "autism class", (JPEG, "image/jpeg")))
        with lakemont.reading() as conn:
            kept = select(content_item.c.person_id).where(content_item.c.kind == ContentKind.FILE.value)
            assert set(conn.execute(kept).scalars()) == {lakemont.id_of(RUIZ)}


# No more texts there


@pytest.mark.parametrize("word", ["STOP", "end", "please don't text me"])
def test_stop_ends_it_for_everybody_and_the_coordinator_knows_once(embedded: Agency, word: str) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        told, knew = len(slack.said_to(RUIZ)), len(slack.said_to(COORDINATOR))
        before = desk.said_to(CAR)
        for text in (word, word, "ON 214", "am i good?"):
            desk.text(CAR, text)
            desk.service.tick()
        assert desk.said_to(CAR) == before
        assert len(slack.said_to(RUIZ)) == told
        [said] = slack.said_to(COORDINATOR)[knew:]
        assert "Somebody texted STOP from Car 12, ending in 0150." in words_of(said)
        assert _tags(embedded)[-1] == ("phone:logged-out", "stopped")
        desk.text(CAR, "START")
        assert LOCKED in desk.ask_from(CAR, "am i good?")
        _log_in(desk, slack, RUIZ)


def test_whoever_logs_in_has_agreed_and_it_is_on_record(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        assert "you agree to texts" in words_of(slack.said_to(RUIZ)[-1])
        with embedded.reading() as conn:
            kept = phones.consent(conn, embedded.agency_id, CAR)
        assert kept is not None
        assert (kept.fact.word, kept.fact.how) == (ConsentWord.GIVEN, ConsentBy.CODE)
        assert kept.fact.person_id == embedded.id_of(RUIZ)


def test_a_shared_number_that_takes_no_texts_is_named_as_that(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        knew = len(slack.said_to(COORDINATOR))
        desk.twilio.world.phone(CAR).fate = Fate.LANDLINE
        desk.ask_from(CAR, "am i good?")
        desk.send_all(*desk.twilio.deliver(desk.sent_to(CAR)[-1].sid))
        desk.service.tick()
        [said] = slack.said_to(COORDINATOR)[knew:]
        assert "Car 12" in words_of(said)
        assert "Ruiz" not in words_of(said)


# Who says that a phone is shared


def test_only_the_coordinator_shares_a_phone_and_the_form_says_what_is_wrong(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        desk.service.tick()
        for badge in (RUIZ, SERGEANT):
            said = words_of(slack.ask(badge, f"share phone {CAR}"))
            assert "Shared from now on" not in said
            assert "0150" not in words_of(slack.ask(badge, "shared phones"))
        listed = slack.ask(COORDINATOR, "shared phones")
        assert "No phone is shared." in words_of(listed)
        account = slack.account(COORDINATOR)
        assert slack.send(slack.slack.acts.block_action(account, listed, first(listed, "share-phone"))).ok
        slack.until_quiet()
        wrong = slack.send(slack.slack.acts.view_submission(account, {"number": "12", "name": "Car 12"}))
        assert "telephone number" in str(wrong.body)
        entered = {"number": "(612) 555-0150", "name": "Car 12"}
        said = words_of(slack.answer_to(COORDINATOR, slack.slack.acts.view_submission(account, entered)))
        assert "Shared from now on: Car 12, ending in 0150." in said
        assert LOCKED in desk.ask_from(CAR, "am i good?")
        listed = slack.ask(COORDINATOR, "shared phones")
        ended = slack.press(COORDINATOR, listed, first(listed, "unshare-phone"))
        assert "Not shared any more" in words_of(ended)
        assert "do not know this sender" in desk.ask_from(CAR, "am i good?")
        again = words_of(slack.ask(COORDINATOR, f"unshare phone {CAR}"))
        assert "No phone with that number is shared." in again
        assert [tag for tag, _ in _tags(lakemont)] == ["phone:shared", "phone:unshared"]


def test_a_phone_of_one_person_becomes_nobodys_when_it_is_shared(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        number = desk.link(RUIZ)
        assert desk.ask(RUIZ, "am i good?").startswith("NOT YET, Ruiz.")
        desk.service.tick()
        said = words_of(slack.ask(COORDINATOR, f"share phone {number}"))
        assert "It was linked to one person." in said
        assert "Ruiz" not in said
        assert LOCKED in desk.ask(RUIZ, "am i good?")
        assert "I write from" in words_of(slack.ask(COORDINATOR, f"share phone {OURS}"))
        assert "shared already" in words_of(slack.ask(COORDINATOR, f"share phone {number} Car 9"))


def test_whoever_is_logged_in_is_logged_out_when_the_sharing_ends(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        _share(desk, slack)
        _log_in(desk, slack, RUIZ)
        assert "In use" in words_of(slack.ask(COORDINATOR, "shared phones"))
        slack.ask(COORDINATOR, f"unshare phone {CAR}")
        said = desk.ask_from(CAR, "am i good?")
        assert "do not know this sender" in said
        assert _tags(embedded)[-2:] == [("phone:logged-out", "unshared"), ("phone:unshared", None)]


def test_on_and_off_mean_nothing_from_a_phone_of_ones_own(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(RUIZ)
        assert "shared" not in desk.ask(RUIZ, "ON 231")
        assert "logged in" not in desk.ask(RUIZ, "off")
        assert desk.ask(RUIZ, "am i good?").startswith("NOT YET, Ruiz.")
