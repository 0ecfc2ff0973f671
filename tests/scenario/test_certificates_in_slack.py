"""A certificate in Slack: sent there or by text, reviewed there in a window, and settled on the card for everyone."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from db.queries import uploads
from db.records.facts import Role, RoleGrant
from db.records.uploads import Step
from tests.fakes.reader import UNREADABLE, certificate
from tests.fakes.slack.world import Message
from tests.integration.service_process import until
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.slack_cast import (
    CHANNEL,
    COORDINATOR,
    OFFICER,
    SlackDesk,
    a_channel,
    delivered,
    everything,
    first,
    in_slack,
    shown,
    window,
    words_of,
)
from tests.scenario.sms_cast import PHONES, by_text_and_in_slack
from tests.scenario.upload_cast import ALL, LEE, PHOTO, VALUES, reading_as, upload

JPEG = "image/jpeg"


def sends(desk: SlackDesk, text: str = "", **given: Any) -> Message:
    """A photo in a direct message, and the answer."""
    shared = desk.slack.events.file_share(desk.account(OFFICER), "IMG_1.JPG", PHOTO, JPEG, text=text, **given)
    return desk.answer_to(OFFICER, shared)


def decides(desk: SlackDesk, card: Message, badge: str = COORDINATOR, **entered: Any) -> Message:
    """The window of the card, filled in and sent; what is answered."""
    window(desk, badge, card, "review-certificate")
    values: Mapping[str, Any] = {"decision": "approve", **entered}
    return desk.answer_to(badge, desk.slack.acts.view_submission(desk.account(badge), values))


def opens_file(desk: SlackDesk, card: Message, badge: str = COORDINATOR) -> str:
    """The link that the button gives, followed to its end by a browser."""
    said = desk.press(badge, card, first(card, "open-certificate"))
    [link] = re.findall(r"https://rollcall\.example\.org(/f/[^\s\"'>|]+)", str(said.blocks))
    with httpx.Client(base_url=desk.service.url, timeout=20) as browser:
        before = browser.get(link)
        assert before.status_code == 200
        page = browser.post(link)
    assert page.status_code == 200, page.text
    return page.text


def test_a_class_told_in_slack_with_its_picture_is_on_record_once_opened_and_checked(
    lakemont: Agency,
) -> None:
    with reading_as(lakemont, {PHOTO: UNREADABLE}) as agency, in_slack(agency, same_clock=True) as desk:
        desk.ask(COORDINATOR, "hello")
        got = words_of(sends(desk, "autism class today 4 hrs"))
        assert "Got it: U-3001. From your text: Autism, 4 h, Mar 2 2027." in got
        assert "Hennepin Tech, course 9100-0442" in words_of(desk.ask(OFFICER, "hennepin tech 9100-0442"))
        assert "Sent to P. Nair. Not recorded until approved." in words_of(desk.ask(OFFICER, "ok"))

        card = delivered(desk, COORDINATOR, "U-3001")
        assert "from the officer's text, not checked" in words_of(card)
        assert [each["text"]["text"] for _, each in card.elements()] == ["Open file", "Decide"]

        # At once: refused, to her alone, and written down.
        refused = decides(desk, card, confirmed=list(ALL))
        assert "Open the file first, then confirm class, date and hours. Nothing was approved." in words_of(
            refused
        )
        assert "Nothing was approved" not in everything(desk, OFFICER)
        [pressed] = agency.entries("upload:not-approved")
        assert pressed.data["number"] == 3001
        assert upload(agency).step is Step.SUBMITTED

        opens_file(desk, card)
        recorded = decides(desk, card, confirmed=list(ALL))
        assert "U-3001 is on record, approved by you" in words_of(recorded)

        told = words_of(delivered(desk, OFFICER, "RECORDED U-3001"))
        assert "approved by P. Nair" in told
        assert "35.5 of 48 h (73%)" in told
        assert "Not yet filed with the state." in told

        # The card, for everyone who looks at it: who and when, and nothing left to press.
        settled = until_settled(desk, card)
        assert "U-3001 recorded by P. Nair, Mar 2 2027" in settled
        assert list(card.elements()) == []


def until_settled(desk: SlackDesk, card: Message) -> str:
    def is_settled() -> bool:
        desk.service.tick()
        return not list(card.elements())

    until(is_settled, "the card is settled")
    return shown(card.blocks)


def test_an_officer_by_text_and_a_coordinator_in_slack(lakemont: Agency) -> None:
    with (
        reading_as(lakemont, {PHOTO: UNREADABLE}) as agency,
        by_text_and_in_slack(agency) as (phones, desk),
    ):
        desk.ask(COORDINATOR, "hello")
        number = phones.link(OFFICER)
        phones.send_all(phones.twilio.text(number, "autism class today 4 hrs", (PHOTO, JPEG)))
        phones.ask(OFFICER, "hennepin tech 9100-0442")
        assert phones.ask(OFFICER, "ok") == (
            "Sent to P. Nair. Not recorded until approved. Ask U-3001 any time."
        )
        card = delivered(desk, COORDINATOR, "U-3001")
        assert "by text" in words_of(card)
        opens_file(desk, card)
        decides(desk, card, confirmed=list(ALL))

        def is_told() -> bool:
            desk.service.tick()
            return phones.said_to(PHONES[OFFICER])[-1].startswith("RECORDED")

        until(is_told, "the officer is told")
        assert phones.said_to(PHONES[OFFICER])[-1].startswith(
            "RECORDED U-3001: Autism, 4 h, Mar 2 2027, Hennepin Tech, course 9100-0442"
        )


def test_the_window_holds_what_is_known_and_asks_for_what_is_not(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency, same_clock=True) as desk:
        desk.ask(COORDINATOR, "hello")
        sends(desk)
        desk.ask(OFFICER, "ok")
        card = delivered(desk, COORDINATOR, "U-3001")
        view = window(desk, COORDINATOR, card, "review-certificate")
        fields = {block["block_id"]: block for block in view.blocks if block["type"] == "input"}
        assert {
            name: fields[name]["element"].get("initial_value") for name in ("title", "hours", "number")
        } == {name: VALUES[name] for name in ("title", "hours", "number")}
        assert fields["completed_on"]["element"]["initial_date"] == "2027-03-02"
        assert [name for name, each in fields.items() if each["optional"]] == [
            "confirmed", "reason", "words", "started_on", "hours", "number", "topics",
        ]  # fmt: skip
        # Nothing is recommended: no decision is chosen, and nothing is ticked.
        assert "initial_option" not in fields["decision"]["element"]
        assert "initial_options" not in fields["confirmed"]["element"]
        assert fields["topics"]["element"]["type"] in ("checkboxes", "multi_static_select")


def test_what_is_wrong_in_the_window_is_said_in_the_window(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency, same_clock=True) as desk:
        desk.ask(COORDINATOR, "hello")
        sends(desk)
        desk.ask(OFFICER, "ok")
        card = delivered(desk, COORDINATOR, "U-3001")
        window(desk, COORDINATOR, card, "review-certificate")
        given = {"decision": "approve", "completed_on": "2027-03-09", "hours": "four"}
        answer = desk.send(desk.slack.acts.view_submission(desk.account(COORDINATOR), given))
        assert answer.json()["response_action"] == "errors"
        assert set(answer.json()["errors"]) == {"completed_on", "hours"}
        assert upload(agency).step is Step.SUBMITTED


def test_what_goes_back_is_put_right_in_slack_and_the_card_says_so(embedded: Agency) -> None:
    with (
        reading_as(embedded, {PHOTO: certificate(hours="6")}) as agency,
        in_slack(agency, same_clock=True) as desk,
    ):
        desk.ask(COORDINATOR, "hello")
        sends(desk)
        desk.ask(OFFICER, "ok")
        card = delivered(desk, COORDINATOR, "U-3001")
        given = {"decision": "return", "reason": "wrong-values", "words": "It reads 4 h."}
        assert "is back with the officer" in words_of(decides(desk, card, **given))
        told = words_of(delivered(desk, OFFICER, "RETURNED U-3001 by P. Nair"))
        assert "In their words: It reads 4 h." in told
        assert "U-3001 returned to the officer by P. Nair" in until_settled(desk, card)
        desk.ask(OFFICER, "u-3001 4 hours")
        desk.ask(OFFICER, "ok")
        again = delivered(desk, COORDINATOR, "4 h")
        assert again.ts != card.ts
        assert list(again.elements())


def test_of_two_coordinators_the_second_is_told_who_decided(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency, in_slack(agency, same_clock=True) as desk:
        with agency.writing() as writer:
            writer.record(RoleGrant(person_id=agency.id_of(LEE), role=Role.COORDINATOR, valid_from=LONG_AGO))
        for each in (COORDINATOR, LEE):
            desk.ask(each, "hello")
        sends(desk)
        desk.ask(OFFICER, "ok")
        mine, theirs = delivered(desk, COORDINATOR, "U-3001"), delivered(desk, LEE, "U-3001")
        for badge, card in ((COORDINATOR, mine), (LEE, theirs)):
            opens_file(desk, card, badge)
        slow = window(desk, LEE, theirs, "review-certificate")
        decides(desk, mine, confirmed=list(ALL))
        late = desk.slack.acts.view_submission(
            desk.account(LEE), {"decision": "approve", "confirmed": list(ALL)}, slow
        )
        assert "U-3001 was decided by P. Nair" in words_of(desk.answer_to(LEE, late))
        assert len(agency.entries("upload:recorded")) == 1
        # Both cards say it, whoever's they are.
        for card in (mine, theirs):
            assert "U-3001 recorded by P. Nair" in until_settled(desk, card)


def test_what_its_sender_takes_back_leaves_nothing_to_press(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency, same_clock=True) as desk:
        desk.ask(COORDINATOR, "hello")
        sends(desk)
        desk.ask(OFFICER, "ok")
        card = delivered(desk, COORDINATOR, "U-3001")
        desk.ask(OFFICER, "withdraw u-3001")
        assert "U-3001 was taken back by D. Ruiz" in until_settled(desk, card)


def test_the_form_puts_right_what_words_could_not(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(hours=None)}) as agency, in_slack(agency) as desk:
        got = sends(desk)
        window(desk, OFFICER, got, "certificate-correct")
        said = desk.answer_to(
            OFFICER, desk.slack.acts.view_submission(desk.account(OFFICER), {"hours": "7.5"})
        )
        assert "U-3001: Autism Response, 7.5 h, Mar 2 2027" in words_of(said)
        assert upload(agency).step is Step.RECEIVED


def test_the_shortcut_files_it_and_asks_for_the_public_copy_to_go(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency) as desk:
        account = desk.account(OFFICER)
        desk.ask(OFFICER, "hello")
        a_channel(desk, OFFICER)
        shared = desk.slack.world.add_file(account, "IMG_1.JPG", PHOTO, JPEG, channels=[CHANNEL])
        said = desk.slack.world.put(CHANNEL, account, "my class", files=[shared.id])
        desk.answer_to(OFFICER, desk.slack.acts.message_action(account, "file-certificate", said))
        got, please = everything(desk, OFFICER).split("Got it: U-3001.")[1], desk.said_to(OFFICER)[-1]
        assert "Autism Response, 4 h" in got
        assert words_of(please) == "Everyone in that channel can see your file. Please delete it there."
        assert desk.slack.world.posted(CHANNEL) == []


def test_a_file_in_a_channel_is_answered_privately_and_names_nobody_there(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency) as desk:
        account = desk.account(OFFICER)
        desk.ask(OFFICER, "hello")
        a_channel(desk, OFFICER, LEE)
        shared = desk.slack.world.add_file(account, "ruiz-cert.jpg", PHOTO, JPEG, channels=[CHANNEL])
        asked = desk.slack.events.mention(account, "autism 4 hrs", CHANNEL, files=[shared.id])
        assert "Got it: U-3001." in words_of(desk.answer_to(OFFICER, asked))
        assert desk.slack.world.posted(CHANNEL) == []
        until(lambda: bool(desk.slack.world.whispers(account)), "a word in the channel")
        [whisper] = desk.slack.world.whispers(account)
        assert words_of(whisper) == (
            "I answered you in a direct message, where nobody else reads along. "
            "Everyone in that channel can see your file. Please delete it there."
        )
        assert upload(agency).step is Step.RECEIVED


@pytest.mark.parametrize("size", [21 * 1024 * 1024, None])
def test_a_file_that_is_not_had_is_said_plainly(embedded: Agency, size: int | None) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, in_slack(agency) as desk:
        said = words_of(sends(desk, "my class", told_size=size if size is not None else len(PHOTO) + 1))
        assert ("larger than 20 MB" if size is not None else "did not come through") in said
        assert "Nothing was added to your record." in said
        with agency.reading() as conn:
            assert not uploads.of_person(conn, agency.agency_id, agency.id_of(OFFICER), limit=9)
