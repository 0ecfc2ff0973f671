"""Who is behind a Slack account: found by the roster's address, asked where it is not plain, ended with the job."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.queries import accounts, ledger, people, reporting
from db.records.facts import ContactKind, ContactPoint, MatchedBy, Role, RoleGrant
from db.records.ledger import Destination
from db.unit_of_work import reading
from messages.trouble import slow_down
from tests.fakes.slack.world import Message, Workspace
from tests.integration.service_process import until
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.slack_cast import COORDINATOR, OFFICER, SlackDesk, in_slack, shown
from training.ledger.saying import ToSay, plan

ASKED = "I asked the training coordinator whose account this is"
UNKNOWN = "I do not know this sender"
LEFT = "Your access ended when you left Lakemont PD"


def address_of(agency: Agency, badge: str) -> str:
    with agency.reading() as conn:
        points = people.contact_points(conn, agency.agency_id, [agency.id_of(badge)])
    return next(each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL)


def shares_an_address(agency: Agency, badge: str, other: str) -> None:
    """The roster has one person's address for a second person too."""
    value, person_id = address_of(agency, badge), agency.id_of(other)
    with agency.writing() as writer:
        writer.record(ContactPoint(person_id=person_id, kind=ContactKind.EMAIL, value=value))


def coordinates(agency: Agency, badge: str) -> None:
    """Somebody keeps the training records as well."""
    person_id = agency.id_of(badge)
    with agency.writing() as writer:
        writer.record(RoleGrant(person_id=person_id, role=Role.COORDINATOR, valid_from=LONG_AGO))


def owner(desk: SlackDesk, account: str) -> int | None:
    agency = desk.agency
    with reading(agency.office.engine) as conn:
        return accounts.owner(conn, agency.agency_id, "slack", desk.slack.world.home_team, account)


def stranger(desk: SlackDesk, name: str, email: str | None, text: str = "am i good?", **given: Any) -> str:
    """Somebody the cast does not know writes; everything that is said to them, in one text."""
    account = (
        name if name in desk.slack.world.users else desk.slack.world.add_user(name, name, email, **given).id
    )
    before = len(desk.slack.world.said_to(account))
    assert desk.send(desk.slack.events.message(account, text)).ok
    until(desk.quiet, f"the work for {name}")
    return "\n".join(each.text for each in desk.slack.world.said_to(account)[before:])


def button(said: Message, words: str) -> str:
    """The id of the button with these words."""
    found = [element for _, element in said.elements() if words in str(element.get("text"))]
    assert len(found) == 1, (words, shown(said.blocks))
    return str(found[0]["action_id"])


def card(desk: SlackDesk, badge: str = COORDINATOR) -> Message:
    """The question about an account that somebody has before them."""
    return next(each for each in reversed(desk.said_to(badge)) if "Whose is the chat account" in each.text)


def asked_about_ruiz(desk: SlackDesk) -> str:
    """Ruiz and Novak have one address; the account with it wrote. The account."""
    shares_an_address(desk.agency, OFFICER, "231")
    desk.ask(COORDINATOR, "hello")
    account = desk.account(OFFICER)
    assert ASKED in stranger(desk, account, None)
    desk.service.tick()
    return account


def test_an_address_that_two_people_have_is_asked_once_and_tells_nothing(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = asked_about_ruiz(desk)
        said = stranger(desk, account, None, "how many hours do i have")
        desk.service.tick()

        assert ASKED in said
        assert not any(name in said for name in ("Ruiz", "Novak", "31.5"))
        assert owner(desk, account) is None
        cards = [each for each in desk.said_to(COORDINATOR) if "Whose is the chat account" in each.text]
        assert len(cards) == 1
        assert "Ruiz (badge 214)" in cards[0].text
        assert "(badge 231)" in cards[0].text


def test_the_first_decision_counts_and_the_second_is_told_who_and_when(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        # Somebody who works by day: Okafor would be asked when the night shift begins.
        desk.ask("62", "hello")
        coordinates(embedded, "62")
        account = asked_about_ruiz(desk)
        asked, other = card(desk), card(desk, "62")

        said = desk.press(COORDINATOR, asked, button(asked, ", 214"))
        assert "is now that of" in said.text
        assert "(badge 214)" in said.text
        assert owner(desk, account) == embedded.id_of(OFFICER)
        with embedded.reading() as conn:
            (link,) = accounts.of_person(conn, embedded.agency_id, embedded.id_of(OFFICER))
        assert (link.fact.matched_by, link.recorded_by) == (
            MatchedBy.COORDINATOR,
            embedded.id_of(COORDINATOR),
        )

        desk.service.tick()
        assert "This is Rollcall" in desk.said_to(OFFICER)[-1].text
        assert desk.ask(OFFICER, "am i good?").text.startswith("NOT YET")

        again = desk.press("62", other, button(other, ", 231"))
        assert again.text.startswith("Decided already:")
        assert "(badge 214) on Mar 2 2027 14:10" in again.text
        assert owner(desk, account) == embedded.id_of(OFFICER)


def test_an_account_that_the_coordinator_says_is_nobodys_stays_a_stranger(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = asked_about_ruiz(desk)
        asked = card(desk)
        assert (
            "belongs to nobody who was named"
            in desk.press(COORDINATOR, asked, button(asked, "None of these")).text
        )
        assert UNKNOWN in stranger(desk, account, None)
        assert owner(desk, account) is None


def test_whoever_is_coordinator_no_more_when_the_button_is_pressed_decides_nothing(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = asked_about_ruiz(desk)
        asked = card(desk)
        with embedded.writing() as writer:
            for kept in reporting.role_grants(writer.conn, embedded.agency_id, embedded.id_of(COORDINATOR)):
                if kept.fact.role is Role.COORDINATOR:
                    writer.correct(kept.id, replace(kept.fact, valid_to=embedded.clock.at))
        desk.press(COORDINATOR, asked, button(asked, ", 214"))
        assert owner(desk, account) is None
        assert not embedded.entries("account:linked", about=OFFICER)


def test_nobody_links_an_account_to_themselves(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(COORDINATOR, "hello")
        shares_an_address(embedded, OFFICER, COORDINATOR)
        account = desk.account(OFFICER)
        assert ASKED in stranger(desk, account, None)
        desk.service.tick()
        asked = card(desk)
        said = desk.press(COORDINATOR, asked, button(asked, ", 902"))
        assert said.text.startswith("Somebody else has to link an account to you")
        assert owner(desk, account) is None


def test_a_second_account_with_somebodys_address_is_asked_about(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hello")
        desk.ask(COORDINATOR, "hello")
        said = stranger(desk, "U0SECOND", address_of(embedded, OFFICER))
        assert ASKED in said
        assert "31.5" not in said
        assert owner(desk, "U0SECOND") is None
        assert owner(desk, desk.account(OFFICER)) == embedded.id_of(OFFICER)


def test_the_coordinator_lists_accounts_and_takes_one_away_for_good(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        assert "Ruiz" in desk.home(OFFICER) or "31.5" in desk.home(OFFICER)
        listed = desk.ask(COORDINATOR, "accounts")
        assert "2 accounts are linked" in listed.text
        assert "unlink" not in desk.ask(OFFICER, "accounts").text.lower()

        assert desk.ask(COORDINATOR, "unlink 214").text.startswith("Unlinked:")
        desk.service.tick()
        home = shown(desk.slack.world.homes[desk.account(OFFICER)].blocks)
        assert "31.5" not in home
        # The address alone does not bring it back: it is asked.
        assert ASKED in stranger(desk, desk.account(OFFICER), None)
        assert "1 account waits for you" in desk.ask(COORDINATOR, "accounts").text


def test_the_coordinator_sees_what_did_not_arrive(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(COORDINATOR, "hello")
        assert "Everything arrived" in desk.ask(COORDINATOR, "undelivered").text
        with embedded.writing() as writer:
            said = ToSay(
                person_id=embedded.id_of(OFFICER),
                message=slow_down(embedded.words),
                routes=(Destination(channel="slack", address=desk.slack.world.home_team, place="U0NOBODY"),),
            )
            plan(writer, embedded.office.keys, said, now=embedded.clock.at)
        desk.service.tick()
        said_now = desk.ask(COORDINATOR, "undelivered").text
        assert "1 message did not arrive" in said_now
        assert "Ruiz" in said_now
        assert "Not sent: tell the person another way" in said_now
        assert "did not arrive" not in desk.ask(OFFICER, "undelivered").text


def test_whoever_writes_faster_than_anybody_answers_is_told_once_and_loses_nothing(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hello")
        for number in range(2, 24):
            assert desk.send(desk.slack.events.message(desk.account(OFFICER), f"glossary unit {number}")).ok
        until(desk.quiet, "the haste")
        # Slack takes a few at once and the rest a second apart, so what counts is what was made ready.
        with embedded.reading() as conn:
            ready = ledger.deliveries(conn, embedded.agency_id, person_id=embedded.id_of(OFFICER))
        assert Counter(each.kind for each in ready) == {
            "introduction": 1, "greeting": 1, "glossary": 19, "slow-down": 1,
        }  # fmt: skip
        # Each was kept with an entry of its own.
        assert len(embedded.entries("question:answered", about=OFFICER)) == 23
        # Danger is never too much.
        assert desk.send(desk.slack.events.message(desk.account(OFFICER), "shots fired, officer down")).ok
        until(desk.quiet, "the danger")
        embedded.at("2027-03-02 14:12")
        assert desk.send(desk.slack.events.message(desk.account(OFFICER), "am i good?")).ok
        until(desk.quiet, "the question")
        with embedded.reading() as conn:
            ready = ledger.deliveries(conn, embedded.agency_id, person_id=embedded.id_of(OFFICER))
        assert {"emergency", "status"} <= {each.kind for each in ready}


def test_an_officer_sees_no_accounts_and_unlinks_nobody(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask("77", "hello")
        desk.ask(OFFICER, "unlink 77")
        assert owner(desk, desk.account("77")) == embedded.id_of("77")


def test_separation_ends_answers_and_what_is_queued_and_a_rehire_brings_them_back(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        shares_an_address(embedded, OFFICER, "231")
        desk.ask(COORDINATOR, "hello")
        assert desk.ask("77", "am i good?").text
        # A card is queued for the coordinator, who leaves before it is sent.
        assert ASKED in stranger(desk, desk.account(OFFICER), None)
        before = len(desk.said_to(COORDINATOR))
        embedded.leaves(COORDINATOR, date(2027, 3, 1))
        desk.service.tick()
        assert len(desk.said_to(COORDINATOR)) == before
        assert embedded.entries("message:skipped", about=COORDINATOR)

        assert LEFT in desk.ask(COORDINATOR, "am i good?").text
        home = desk.home(COORDINATOR)
        assert LEFT in home
        assert "31.5" not in home

        with embedded.writing() as writer:
            person = people.by_badge(writer.conn, embedded.agency_id, COORDINATOR)
            assert person is not None
            kept = person.employment
            writer.correct(kept.id, replace(kept.fact, status="active", ended_on=None))
        assert LEFT not in desk.ask(COORDINATOR, "am i good?").text


def test_what_waits_for_an_account_is_not_said_once_it_is_theirs_no_more(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hi")
        person_id, before = embedded.id_of(OFFICER), len(desk.said_to(OFFICER))
        with embedded.writing() as writer:
            link = accounts.of_person(writer.conn, embedded.agency_id, person_id)[0].fact
            said = ToSay(
                person_id=person_id,
                message=slow_down(embedded.words),
                routes=(Destination(channel=link.channel, address=link.address, place=link.account),),
                about="waits",
            )
            plan(writer, embedded.office.keys, said, now=embedded.clock.at)
        assert desk.ask(COORDINATOR, "unlink 214").text.startswith("Unlinked:")
        desk.service.tick()
        assert len(desk.said_to(OFFICER)) == before
        assert embedded.entries("message:skipped", about=OFFICER)


def test_an_open_home_tab_of_somebody_who_leaves_shows_only_the_sentence(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        assert "31.5" in desk.home(OFFICER)
        embedded.leaves(OFFICER, date(2027, 3, 1))
        embedded.at("2027-03-03 00:01")
        desk.service.tick()
        home = shown(desk.slack.world.homes[desk.account(OFFICER)].blocks)
        assert LEFT in home
        assert "31.5" not in home


# Who is answered as nobody, each for its own reason.


def change(desk: SlackDesk, account: str, **changes: Any) -> None:
    assert desk.send(desk.slack.events.user_change(account, **changes)).ok
    until(desk.quiet, "the change")


@pytest.mark.parametrize("became", ["deleted", "is_restricted", "is_ultra_restricted"])
def test_an_account_that_is_no_members_any_more_is_nobodys(embedded: Agency, became: str) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hello")
        change(desk, desk.account(OFFICER), **{became: True})
        assert owner(desk, desk.account(OFFICER)) is None
        assert UNKNOWN in stranger(desk, desk.account(OFFICER), None)
        # Back again it is matched as before: nobody took it away.
        change(desk, desk.account(OFFICER), **{became: False})
        assert desk.ask(OFFICER, "am i good?").text.startswith("NOT YET")


def test_another_address_in_slack_moves_no_rights(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hello")
        sergeant = address_of(embedded, "77")
        change(desk, desk.account(OFFICER), email=sergeant, display_name="Sgt Okafor")
        assert owner(desk, desk.account(OFFICER)) == embedded.id_of(OFFICER)
        assert desk.ask(OFFICER, "my team").text.startswith("About other people")


def test_a_display_name_gives_nothing(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        said = stranger(desk, "U0EVIL", "evil@elsewhere.example", display_name="Dana Ruiz", teams=())
        assert UNKNOWN in said
        assert owner(desk, "U0EVIL") is None


def test_guests_strangers_and_unconfirmed_addresses_are_nobody(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        email = address_of(embedded, OFFICER)
        for what in ("is_restricted", "is_ultra_restricted", "is_stranger"):
            made = desk.slack.world.add_user(f"U0{what.upper()}", what, email)
            setattr(made, what, True)
            assert UNKNOWN in stranger(desk, made.id, None)
            assert owner(desk, made.id) is None
        assert UNKNOWN in stranger(desk, "U0NOMAIL", None)


def test_somebody_of_another_organization_is_not_even_looked_up(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hello")
        world = desk.slack.world
        world.add_workspace(Workspace("T0ASHBY", "Ashby", "ashby"))
        world.add_user("U0ASHBY", "Dana Ruiz", address_of(embedded, "231"), team_id="T0ASHBY")
        world.add_channel("C0SHARED", OFFICER, "U0ASHBY", is_ext_shared=True)
        looked = len(desk.slack.calls_of("users.info"))
        assert desk.send(desk.slack.events.mention("U0ASHBY", "am i good?", "C0SHARED")).ok
        until(desk.quiet, "the mention")
        assert len(desk.slack.calls_of("users.info")) == looked
        assert owner(desk, "U0ASHBY") is None
        assert not any("31.5" in each.text for each in world.messages)


def test_in_an_enterprise_grid_one_account_is_one_person_in_every_workspace(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        world = desk.slack.world
        home = world.workspaces[world.home_team]
        home.enterprise_id, home.enterprise_name = "E0COUNTY", "County"
        world.add_workspace(Workspace("T0OTHER", "Other", "other", "E0COUNTY", "County"))
        email = address_of(embedded, OFFICER)
        world.add_user("W0RUIZ", "Dana Ruiz", email, enterprise_id="E0COUNTY", teams=(home.id, "T0OTHER"))
        said = stranger(desk, "W0RUIZ", None)
        assert "NOT YET" in said
        with embedded.reading() as conn:
            found = accounts.owner(conn, embedded.agency_id, "slack", "E0COUNTY", "W0RUIZ")
        assert found == embedded.id_of(OFFICER)


def test_in_an_enterprise_grid_whoever_is_of_another_workspace_is_ours_and_of_another_organization_is_not(
    embedded: Agency,
) -> None:
    with in_slack(embedded) as desk:
        world = desk.slack.world
        home = world.workspaces[world.home_team]
        home.enterprise_id, home.enterprise_name = "E0COUNTY", "County"
        world.add_workspace(Workspace("T0OTHER", "Other", "other", "E0COUNTY", "County"))
        world.add_workspace(Workspace("T0ASHBY", "Ashby", "ashby", "E0ASHBY", "Ashby"))
        email = address_of(embedded, OFFICER)
        ours = {"team_id": "T0OTHER", "enterprise_id": "E0COUNTY", "teams": ("T0OTHER",)}
        world.add_user("W0RUIZ", "Dana Ruiz", email, **ours)
        theirs = {"team_id": "T0ASHBY", "enterprise_id": "E0ASHBY", "teams": ("T0ASHBY",)}
        world.add_user("W0FALSE", "Dana Ruiz", email, is_stranger=True, **theirs)
        assert "NOT YET" in stranger(desk, "W0RUIZ", None)
        assert "NOT YET" not in stranger(desk, "W0FALSE", None)


def test_a_bot_with_an_officers_address_is_not_answered(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        assert stranger(desk, "U0ROBOT", address_of(embedded, OFFICER), is_bot=True) == ""
        assert owner(desk, "U0ROBOT") is None
