"""Whoever wishes the agency ill in Teams, and Microsoft on a bad day: nothing of anybody's gets to anybody else."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.service.pace import SendingPace
from bot.teams import playground
from bot.teams.door import MESSAGES
from bot.teams.events import read
from db.queries.context import ByBadge
from db.records.facts import Door
from db.records.ledger import Destination
from db.records.work import ChatReference
from messages.trouble import slow_down
from tests.fakes.teams import faults
from tests.fakes.teams.delivery import Parcel
from tests.scenario.cast import Agency
from tests.scenario.request_cast import LEE
from tests.scenario.slack_cast import RUIZ, a_service, kept_events
from tests.scenario.teams_cast import (
    COORDINATOR,
    OFFICER,
    SERGEANT,
    TeamsDesk,
    everything,
    in_teams,
    labels,
    settings_for,
    words_of,
)
from training import inbox
from training.accounts import pilot, references
from training.inbox import Came
from training.ledger.saying import ToSay, plan

STATUS = "am i good?"
NOT_INSTALLED = "Add Rollcall under Apps in Teams, then ask me there"


def kept(agency: Agency, parcel: Parcel) -> None:
    """It came in and was kept, and whoever kept it is gone."""
    incoming = read(parcel.activity)
    came = Came(
        channel="teams",
        event=incoming.event,
        address=incoming.tenant,
        place=incoming.account,
        kind=incoming.kind.value,
        body=parcel.body(),
    )
    assert inbox.keep(agency.office, came) is not None


def planned(desk: TeamsDesk, badge: str) -> None:
    """Something waits to be said to somebody."""
    agency, person = desk.agency, desk.account(badge)
    route = Destination(
        channel="teams", address=desk.teams.world.tenant, place=person.aad, account=person.aad
    )
    with agency.writing() as writer:
        said = ToSay(person_id=agency.id_of(badge), message=slow_down(agency.words), routes=(route,))
        plan(writer, agency.office.keys, said, now=agency.clock.at)


def has(desk: TeamsDesk, badge: str) -> ChatReference | None:
    world, agency = desk.teams.world, desk.agency
    return references.find(agency.office, agency.agency_id, "teams", world.tenant, desk.account(badge).aad)


# A process that is gone, another that does not listen, and two at once


def test_a_form_that_nobody_waits_for_any_more_is_in_the_chat(embedded: Agency) -> None:
    with (
        in_teams(embedded) as desk,
        a_service(embedded, settings_for(desk.teams), listening=False) as worker,
    ):
        menu = desk.ask(OFFICER, "what if")
        ruiz, acts = desk.account(OFFICER), desk.teams.acts
        opening = acts.press(ruiz, menu, "Try a class")
        desk.opens(OFFICER, menu, "Try a class")
        entered = {"data": {"rollcall": "what-if", "value": "", "field-hours": "lots"}}
        wrong = acts.invoke(ruiz, "task/submit", entered)
        for parcel, said in ((opening, "What if, Ruiz"), (wrong, "lots")):
            before = len(desk.said_to(OFFICER))
            kept(embedded, parcel)
            embedded.clock.at += inbox.LEASE * 2
            worker.tick()
            (answer,) = desk.said_to(OFFICER)[before:]
            assert said in words_of(answer)
            assert "Try a class" in labels(answer)
        assert set(kept_events(embedded)) == {"done"}


def test_a_press_that_two_processes_get_is_answered_once(embedded: Agency) -> None:
    with in_teams(embedded) as desk, a_service(embedded, settings_for(desk.teams)) as other:
        said = desk.ask(OFFICER, STATUS)
        press = desk.teams.acts.press(desk.account(OFFICER), said, "Why")
        doors = [desk.door, desk.teams.door(f"{other.url}{MESSAGES}", 20.0)] * 2
        before = len(desk.said_to(OFFICER))
        with ThreadPoolExecutor(4) as teams:
            assert all(each.ok for each in teams.map(press.to, doors))
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == before + 1


# Where an answer may go


def test_a_conversation_of_several_that_says_it_is_personal_gets_no_answer(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        said = desk.ask(OFFICER, STATUS)
        ruiz, acts, world = desk.account(OFFICER), desk.teams.acts, desk.teams.world
        own = has(desk, OFFICER)
        group = world.add_group(ruiz, desk.account(SERGEANT))
        told = {"id": group.id, "conversationType": "personal", "tenantId": world.tenant}
        for parcel in (acts.message(ruiz, STATUS), acts.press(ruiz, said, "Why")):
            before = len(desk.said_to(OFFICER))
            assert desk.send(parcel.changed(conversation=told)).status == 200
            desk.until_quiet()
            assert world.posted(group) == []
            assert len(desk.said_to(OFFICER)) == before + 1
        assert has(desk, OFFICER) == own
        # Nor does a press tell whose own conversation an unknown one is.
        strange = {**told, "id": "a:1strange"}
        assert desk.send(acts.press(ruiz, said, "Why").changed(conversation=strange)).status == 200
        desk.until_quiet()
        assert has(desk, OFFICER) == own


def test_a_conversation_that_was_given_out_twice_stays_that_of_the_first(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, STATUS)
        world, lee = desk.teams.world, desk.account(LEE)
        theirs = world.personal(desk.account(OFFICER))
        before = len(world.posted(theirs))
        theirs.members[:] = [lee]
        team = world.add_team("Patrol", lee)
        assert desk.send(desk.teams.acts.mention(lee, STATUS, team.general)).ok
        desk.until_quiet()
        assert desk.teams.calls_of(faults.CREATE)
        assert len(world.posted(theirs)) == before


def test_a_connector_that_moved_and_one_that_is_none_of_microsofts(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        for badge in (OFFICER, SERGEANT):
            desk.ask(badge, "hello")
        own, world = has(desk, OFFICER), desk.teams.world
        assert own is not None
        world.region = "amer"
        for address, other in (
            (own.service_url, SERGEANT),
            ("https://smba.example.invalid/teams", COORDINATOR),
        ):
            moved = ChatReference(
                channel="teams",
                address=own.address,
                conversation=own.conversation,
                service_url=address,
                account=own.account,
                user=own.user,
            )
            references.keep(embedded.office, embedded.agency_id, moved)
            embedded.clock.at += inbox.MINUTE
            desk.ask(other, "hello")
            before = len(desk.said_to(OFFICER))
            planned(desk, OFFICER)
            for _ in range(3):
                embedded.clock.at += inbox.MINUTE
                desk.service.tick()
            assert len(desk.said_to(OFFICER)) == before + 1
            now = has(desk, OFFICER)
            assert now is not None
            assert now.service_url == world.service_url.rstrip("/")


def test_while_microsoft_wants_quiet_nothing_is_shown_and_all_of_it_is_said_once_later(
    embedded: Agency,
) -> None:
    with in_teams(embedded) as desk:
        for badge in (OFFICER, SERGEANT):
            desk.ask(badge, "hello")
        desk.teams.faults.next(faults.SEND, faults.rate_limited(60))
        asked = [desk.teams.acts.message(desk.account(badge), STATUS) for badge in (OFFICER, SERGEANT)]
        assert desk.send(asked[0]).ok
        desk.until_quiet()
        shown, calls = len(desk.teams.world.typing), len(desk.teams.calls)
        assert desk.send(asked[1]).ok
        desk.until_quiet()
        assert (len(desk.teams.world.typing), len(desk.teams.calls)) == (shown, calls)
        # Its own clock stands still in a story.
        desk.carrier.pace = SendingPace(1_000, inbox.MINUTE)
        for _ in range(4):
            embedded.clock.at += inbox.MINUTE
            desk.service.tick()
        for badge in (OFFICER, SERGEANT):
            assert sum("of 48 h" in words_of(each) for each in desk.said_to(badge)) == 1


def test_a_tenant_that_was_shut_for_a_while_has_lost_nobody(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        before, world = len(desk.said_to(OFFICER)), desk.teams.world
        for shut in (True, False):
            world.disabled_by_admin = shut
            planned(desk, OFFICER)
            embedded.clock.at += inbox.MINUTE
            desk.service.tick()
        assert len(desk.said_to(OFFICER)) == before + 1


def test_somebody_whose_tenant_is_not_told_is_nobody_where_several_tenants_may_be(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz = desk.account(OFFICER, untold=("tenantId", "userRole"))
        team = desk.teams.world.add_team("Joint", ruiz)
        desk.answer_to(OFFICER, desk.teams.acts.mention(ruiz, STATUS, team.general))
        assert RUIZ not in everything(desk, OFFICER)
        assert embedded.entries("account:linked", about=OFFICER) == ()
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


# Who is written to


def test_in_a_pilot_an_installation_introduces_nobody_else(embedded: Agency) -> None:
    pilot.add(embedded.office, embedded.agency_id, ByBadge(COORDINATOR), [SERGEANT])
    with in_teams(embedded) as desk:
        for badge in (OFFICER, SERGEANT):
            assert desk.send(desk.teams.acts.install(desk.account(badge))).ok
        desk.until_quiet()
        assert desk.said_to(OFFICER) == []
        assert len(desk.said_to(SERGEANT)) == 1


def test_who_tried_the_playground_on_the_record_has_not_shut_out_the_tenant(embedded: Agency) -> None:
    with embedded.writing() as writer:
        writer.record(Door(channel="teams", address=playground.TENANT))
    with in_teams(embedded) as desk:
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


def test_whoever_asks_in_a_channel_and_has_no_chat_is_told_how_to_get_one(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        world, ruiz = desk.teams.world, desk.account(OFFICER, installed=False)
        team = world.add_team("Patrol", ruiz)
        assert desk.send(desk.teams.acts.mention(ruiz, STATUS, team.general)).ok
        desk.until_quiet()
        (note,) = world.posted(team.general)
        assert NOT_INSTALLED in words_of(note)
        assert RUIZ not in words_of(note)
        ruiz.installed = True
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


# What comes with it


def test_our_token_opens_what_was_pasted_and_nothing_else(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        ruiz, world = desk.account(OFFICER), desk.teams.world
        pasted = world.add_file("image", b"x", "image/png")
        chat = world.personal(ruiz)
        alike = world.base.replace("127.0.0.1", "localhost")
        for address in (
            f"{world.service_url}v3/conversations/{chat.id}/members",
            f"{world.service_url}v3/attachments/../conversations/{chat.id}/members",
            f"{alike}/{world.region}/v3/attachments/{pasted.id}/views/original",
            f"{world.base.replace('//', '//a:b@')}/{world.region}/v3/attachments/{pasted.id}/views/original",
            "",
            "https://[",
        ):
            parcel = desk.teams.acts.message(ruiz, "file this")
            attached = [{"contentType": "image/png", "contentUrl": address}]
            desk.answer_to(OFFICER, parcel.changed(attachments=attached))
        assert not [*desk.teams.calls_of(faults.MEMBERS), *desk.teams.calls_of(faults.PICTURE)]


DATA: tuple[Mapping[str, Any], ...] = (
    {"rollcall": "never-heard-of", "value": "1"},
    {"rollcall": "deny-request", "value": "R-999999999999"},
    {"rollcall": "enter-budget", "value": "", "field-year": "\ud800", "field-total": 1e308},
    {"rollcall": "share-phone", "value": "", "field-number": ["612"], "fields-people": {"a": 1}},
    {"rollcall": "what-if", "value": "", "field-topic": "\x00", "field-hours": True, "field-": "x"},
    {"rollcall": "what-if", "value": "x" * 501},
    {"rollcall": "what-if", "value": "1", "field-hours": "\ud800\x00" * 2_000, "fields-topic": ",,,"},
)


def test_whatever_a_press_or_a_form_carries_it_ends_and_is_answered(lakemont: Agency) -> None:
    with in_teams(lakemont) as desk:
        desk.ask(OFFICER, "hello")
        ruiz, acts = desk.account(OFFICER), desk.teams.acts
        for at, data in enumerate(DATA):
            lakemont.clock.at += inbox.MINUTE
            for name, value in (
                ("adaptiveCard/action", {"action": {"type": "Action.Execute", "data": data}}),
                ("task/fetch", {"data": data}),
                ("task/submit", {"data": data}),
            ):
                answer = desk.send(acts.invoke(ruiz, name, value))
                assert (answer.status, bool(answer.json())) == (200, True), (at, name)
        odd: list[Any] = [[], "x", 7, None, {"action": []}, {"action": {"data": [1]}}, {"data": "x"}]
        for value in odd:
            for name in ("adaptiveCard/action", "task/fetch", "task/submit"):
                assert desk.send(acts.invoke(ruiz, name, value)).status == 200
        desk.until_quiet()
        assert set(kept_events(lakemont)) == {"done"}
        assert "wrong" not in everything(desk, OFFICER)


# What is shown under a pressed button


def test_the_line_under_a_button_says_what_came_of_the_press_and_again_that_nothing_did(
    embedded: Agency,
) -> None:
    with in_teams(embedded) as desk:
        card = desk.ask(COORDINATOR, "duplicates")
        decided = {"rollcall": "same"}
        shown = desk.teams.world.notices.setdefault(desk.account(COORDINATOR).id, [])
        desk.press(COORDINATOR, card, "2: same", data=decided)
        desk.press(COORDINATOR, card, "2: same", data=decided)
        assert shown[0].startswith("Decided: Record ")
        assert "is withdrawn and" in shown[0]
        assert "That one is not open any more" in shown[1]
        assert len(embedded.entries("likeness:decided")) == 1
        # Whoever else presses it decides nothing.
        desk.ask(OFFICER, "hello")
        theirs = desk.teams.acts.press(desk.account(OFFICER), card, "3: same", data=decided)
        assert desk.send(theirs).ok
        desk.until_quiet()
        assert len(embedded.entries("likeness:decided")) == 1
