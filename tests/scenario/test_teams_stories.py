"""Story D.12, and a certificate from the personal chat to the record: what people see of them in Teams."""

import re
from dataclasses import replace

import httpx
import pytest

from bot.desk.render import Renderer
from db.queries.context import ByBadge
from db.records.ledger import Delivery, Receipt
from db.records.uploads import Step
from handlers.front_desk import FrontDesk
from scheduler.jobs import Work
from scheduler.reminders import plan_reminders
from tests.fakes.reader import UNREADABLE
from tests.fakes.teams.buttons import actions
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import nobodys_shifts_are_known
from tests.scenario.slack_cast import deliveries
from tests.scenario.teams_cast import (
    COORDINATOR,
    OFFICER,
    TeamsDesk,
    delivered,
    everything,
    in_both,
    in_teams,
    labels,
    words_of,
)
from tests.scenario.upload_cast import ALL, PHOTO, reading_as, upload

WHITMAN = "611"
HEIC, JPEG = "image/heic", "image/jpeg"


def test_a_dispatcher_in_teams(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency, in_teams(agency, same_clock=True) as desk:
        desk.ask(WHITMAN, "hello")
        owes = desk.ask(WHITMAN, "do i owe anything")
        said = " ".join(words_of(owes).split())
        assert said.startswith("NOT YET, Whitman (telecommunicator, lkm-2027.1): CPR")
        for part in ("Mar 20 2027 (18 days)", "no EMD call-taking", "CE 3 of 12 h", "304 days left"):
            assert part in said
        assert "Why" in labels(owes)
        assert "mn-demo-2026.2" in words_of(desk.ask(WHITMAN, "why is use of force not here"))
        classes = desk.ask(WHITMAN, "next cpr class")
        assert "Wed Mar 10 0700 (your shift ends 0600), Sat Mar 13 1300 (day off" in words_of(classes)
        assert {"Mar 10", "Mar 13"} <= set(labels(classes))
        sent = desk.teams.acts.file(desk.account(WHITMAN), "card.heic", PHOTO, HEIC)
        got = words_of(desk.answer_to(WHITMAN, sent))
        assert "U-3001" in got
        asked = words_of(desk.ask(WHITMAN, "cpr march 10 2027 4h red cross"))
        assert "Mar 10 2027 has not happened yet. Which date is on the c" in asked
        right = words_of(desk.ask(WHITMAN, "sorry mar 1"))
        for part in ("U-3001", "CPR, 4 h, Mar 1 2027", "Red Cross"):
            assert part in right


def opens_file(desk: TeamsDesk, card_of: str) -> None:
    """The link that the button gives, followed to its end by a browser."""
    card = delivered(desk, COORDINATOR, card_of)
    said = desk.press(COORDINATOR, card, "Open file")
    [link] = re.findall(r"https://rollcall\.example\.org(/f/[^\s\"'>|]+)", str(said.card))
    with httpx.Client(base_url=desk.service.url, timeout=20, trust_env=False) as browser:
        assert browser.get(link).status_code == 200
        assert browser.post(link).status_code == 200


def test_a_picture_is_on_record_once_it_was_opened_and_checked(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: UNREADABLE}) as agency, in_teams(agency, same_clock=True) as desk:
        desk.ask(COORDINATOR, "hello")
        sent = desk.teams.acts.file(
            desk.account(OFFICER), "IMG_1.JPG", PHOTO, JPEG, text="autism class today 4 hrs"
        )
        got = words_of(desk.answer_to(OFFICER, sent))
        assert "Got it: U-3001. From your text: Autism, 4 h, Mar 2 2027." in got
        desk.ask(OFFICER, "hennepin tech 9100-0442")
        assert "Sent to P. Nair. Not recorded until approved." in words_of(desk.ask(OFFICER, "ok"))
        card = delivered(desk, COORDINATOR, "from the officer's text, not checked")
        assert labels(card) == ["Open file", "Decide"]
        values = {"field-decision": "approve", "fields-confirmed": ",".join(ALL)}

        # At once: refused, to her alone.
        desk.opens(COORDINATOR, card, "Decide")
        refused = desk.answer_to(COORDINATOR, desk.teams.acts.submit(desk.account(COORDINATOR), values))
        assert "Open the file first" in words_of(refused)
        assert "Nothing was approved" not in everything(desk, OFFICER)

        opens_file(desk, "from the officer's text, not checked")
        desk.opens(COORDINATOR, card, "Decide")
        recorded = desk.answer_to(COORDINATOR, desk.teams.acts.submit(desk.account(COORDINATOR), values))
        assert "U-3001 is on record, approved by you" in words_of(recorded)
        told = words_of(delivered(desk, OFFICER, "RECORDED U-3001"))
        assert "35.5 of 48 h (73%)" in told
        assert upload(agency).step is Step.RECORDED
        delivered(desk, COORDINATOR, "U-3001 recorded by P. Nair, Mar 2 2027")
        assert labels(card) == []


def test_a_pasted_picture_is_fetched_with_our_token_and_a_file_in_a_channel_is_asked_for_privately(
    embedded: Agency,
) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency, in_teams(agency, same_clock=True) as desk:
        desk.ask(OFFICER, "hello")
        pasted = desk.teams.acts.picture(desk.account(OFFICER), PHOTO, "autism class today 4 hrs")
        assert "Got it: U-3001" in words_of(desk.answer_to(OFFICER, pasted))
        team = desk.teams.world.add_team("Patrol", desk.account(OFFICER))
        there = desk.teams.acts.file_elsewhere(desk.account(OFFICER), team.general, "file this")
        answer = words_of(desk.answer_to(OFFICER, there))
        assert "U-3002" not in answer


def without_files(agency: Agency) -> Agency:
    """The agency as the settings of its cloud make its office."""
    return replace(agency, office=replace(agency.office, without_files=frozenset({"teams"})))


@pytest.mark.parametrize("cloud", ["gcc-high", "dod"])
def test_where_a_bot_takes_no_files_the_way_to_send_one_is_a_link(embedded: Agency, cloud: str) -> None:
    with (
        reading_as(embedded, {}) as agency,
        in_teams(without_files(agency), same_clock=True, cloud=cloud) as desk,
    ):
        said = desk.ask(OFFICER, "upload")
        assert "This chat takes no files. Upload the photo or PDF with the button" in words_of(said)
        (link,) = [each["url"] for each in actions(said.card or {}) if each["title"] == "Upload"]
        assert link.startswith("https://rollcall.example.org/u/")


def test_a_reminder_comes_to_the_personal_chat_once_and_an_answer_is_an_answer_to_it(
    embedded: Agency,
) -> None:
    agency = embedded.at("2027-04-01 10:00")
    nobodys_shifts_are_known(agency)
    with in_teams(agency, same_clock=True) as desk:
        desk.ask(OFFICER, "hello")
        for _ in range(2):
            desk.service.tick()
            plan_reminders(Work(agency.office, lambda: False, {}))
        reminder = delivered(desk, OFFICER, "Continuing education is due Jun 30 (90 days)")
        for _ in range(2):
            desk.service.tick()
        assert desk.said_to(OFFICER)[-1] is reminder
        (sent,) = reminders_of(agency, OFFICER)
        assert (sent.route.channel, sent.receipt) == ("teams", Receipt.HANDED_OVER)
        desk.ask(OFFICER, "next")
        (sent,) = reminders_of(agency, OFFICER)
        assert sent.receipt is Receipt.ANSWERED


def reminders_of(agency: Agency, badge: str) -> list[Delivery]:
    who = agency.id_of(badge)
    return [each for each in deliveries(agency) if each.kind == "reminder" and each.person_id == who]


def test_the_card_in_teams_the_home_tab_in_slack_and_the_desk_show_the_same_numbers(embedded: Agency) -> None:
    with in_both(embedded) as (desk, slack):
        slack.ask(OFFICER, "hello")
        shown = [words_of(desk.ask(OFFICER, "am i good?")), slack.home(OFFICER)]
        message = FrontDesk(embedded.office, embedded.words).home(
            embedded.agency_id, ByBadge(OFFICER), "desk", serving_only=True
        )
        assert message is not None
        shown.append(Renderer(embedded.words).card(message, "home"))
    hours = [set(re.findall(r"[\d.]+ of [\d.]+ h", each.replace("\u00a0", " "))) for each in shown]
    assert hours[0] == hours[1] == hours[2]
    assert "31.5 of 48 h" in hours[0]
