"""Officers talk to Rollcall in Teams: who is let in, where an answer goes, what comes again, and who is nobody."""

import pytest

from tests.fakes.teams.wrongs import OTHER_TENANT, WRONGS
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import RUIZ, kept_events
from tests.scenario.teams_cast import (
    COORDINATOR,
    OFFICER,
    SERGEANT,
    everything,
    in_teams,
    words_of,
)

STATUS = "am i good?"

# Who is let in


def test_whatever_is_wrong_with_a_token_it_is_refused_and_nothing_is_kept(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz = desk.account(OFFICER)
        for what, make in WRONGS.items():
            wrong = make(desk.teams.acts.message(ruiz, STATUS), desk.door)
            answer = desk.send(wrong)
            assert (answer.status, answer.body) == (401, b""), what
        assert kept_events(embedded) == {}
        assert desk.said_to(OFFICER) == []
        # The same, right.
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"am i good?"', b"\xff\xfe", b"[" * 50_000, b'{"a": 1e999}[']
)
def test_what_is_no_activity_is_refused_before_anything_else(embedded: Agency, body: bytes) -> None:
    with in_teams(embedded) as desk:
        ruiz = desk.account(OFFICER)
        answer = desk.send(desk.teams.acts.message(ruiz, STATUS).with_body(body).sealed(authorization=""))
        assert answer.status == 400
        assert kept_events(embedded) == {}


def test_what_is_too_large_is_not_read(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz = desk.account(OFFICER)
        assert desk.send(desk.teams.acts.message(ruiz, STATUS).oversized(256 * 1024 + 1)).status == 413
        assert desk.send(desk.teams.acts.message(ruiz, STATUS).oversized(256 * 1024)).ok


def test_a_new_key_is_found_and_a_withdrawn_one_is_not_believed(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, STATUS)
        looked = len(desk.teams.calls_of("keys"))
        desk.teams.world.keys.replace()
        # It was looked a moment ago: whoever signs with made-up keys makes nobody look again and again.
        assert desk.send(desk.teams.acts.message(desk.account(OFFICER), STATUS)).status == 401
        assert len(desk.teams.calls_of("keys")) == looked


# Where an answer goes


def test_the_first_message_is_answered_after_an_introduction_that_comes_once(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)
        desk.ask(OFFICER, "why")
        said = desk.said_to(OFFICER)
        assert len(said) == 3
        assert "training desk" in words_of(said[0])
        assert "Ruiz" not in words_of(said[0])
        assert said[1].summary.startswith(RUIZ)
        assert desk.teams.world.typing


def test_a_mention_is_answered_privately_and_the_channel_learns_nothing(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        team = desk.teams.world.add_team("Patrol", desk.account(OFFICER), desk.account(SERGEANT))
        mention = desk.teams.acts.mention(desk.account(OFFICER), "am i good?", team.general)
        assert words_of(desk.answer_to(OFFICER, mention)).startswith(RUIZ)
        (note,) = desk.teams.world.posted(team.general)
        assert "answered you in a direct message" in words_of(note)
        assert "Ruiz" not in words_of(note)
        assert mention.said is not None
        assert note.thread == mention.said.thread


def test_a_mention_of_somebody_is_a_question_about_them(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        desk.ask(SERGEANT, "hello")
        group = desk.teams.world.add_group(desk.account(OFFICER), desk.account(SERGEANT))
        asked = desk.teams.acts.mention(
            desk.account(SERGEANT), "status of {who}", group, who=desk.account(OFFICER)
        )
        assert "Ruiz" in words_of(desk.answer_to(SERGEANT, asked))
        stranger = desk.teams.world.add_person("Pat Boyle")
        group.members.append(stranger)
        asked = desk.teams.acts.mention(desk.account(SERGEANT), "status of {who}", group, who=stranger)
        assert "NOT YET, Okafor" not in words_of(desk.answer_to(SERGEANT, asked))


def test_what_comes_twice_is_answered_once(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        asked = desk.teams.acts.message(desk.account(OFFICER), STATUS)
        desk.answer_to(OFFICER, asked)
        before = len(desk.said_to(OFFICER))
        assert desk.send(asked).ok
        assert desk.send(desk.teams.acts.message(desk.account(SERGEANT), STATUS)).ok
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == before


def test_an_edit_a_deletion_a_reaction_and_typing_are_not_answered(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz, acts = desk.account(OFFICER), desk.teams.acts
        asked = acts.message(ruiz, STATUS)
        answer = desk.answer_to(OFFICER, asked)
        assert asked.said is not None
        before = len(desk.said_to(OFFICER))
        for each in (
            acts.edit(asked.said, "status of 231"),
            acts.delete(asked.said),
            acts.react(ruiz, answer),
            acts.typing(ruiz),
        ):
            assert desk.send(each).ok
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == before


# Who is nobody


def test_guests_strangers_and_people_of_other_tenants_learn_nothing(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        world = desk.teams.world
        world.add_tenant(OTHER_TENANT)
        email = desk.account(OFFICER).email
        guest = world.add_person("Dana Ruiz", email, guest=True, aad="1b1f0b2e-0000-4000-8000-000000000001")
        nobody = world.add_person("Dana Ruiz", "dana@elsewhere.example")
        other = world.add_person("Dana Ruiz", email, tenant=OTHER_TENANT)
        for person in (guest, nobody):
            before = len(world.said_to(person))
            assert desk.send(desk.teams.acts.message(person, STATUS)).ok
            desk.until_quiet()
            (said,) = world.said_to(person)[before:]
            assert RUIZ not in words_of(said)
            assert "214" not in words_of(said)
        # Let into a shared channel, and signed as about our own tenant.
        team = world.add_team("Joint", desk.account(OFFICER), other)
        assert desk.send(desk.teams.acts.mention(other, STATUS, team.general)).ok
        desk.until_quiet()
        assert world.said_to(other) == [] or RUIZ not in words_of(world.said_to(other)[-1])


def test_a_name_gives_nothing_and_another_address_moves_no_rights(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, STATUS)
        desk.account(OFFICER).email = "okafor@lakemont.example"
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


def test_whoever_installs_it_is_introduced_to_once_and_taken_away_nothing_is_sent(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz, acts = desk.account(OFFICER), desk.teams.acts
        for each in (acts.install(ruiz), acts.bot_added(ruiz)):
            assert desk.send(each).ok
        desk.until_quiet()
        (introduction,) = desk.said_to(OFFICER)
        assert "training desk" in words_of(introduction)
        assert desk.send(acts.uninstall(ruiz)).ok
        desk.until_quiet()
        sends = len(desk.teams.calls_of("send_activity"))
        desk.ask(COORDINATOR, "hello")
        before = len(desk.teams.calls_of("send_activity"))
        assert before > sends
        assert desk.send(acts.install(ruiz)).ok
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == 1
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


def test_an_old_client_presses_by_a_message(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        said = desk.ask(OFFICER, STATUS)
        by_new = desk.press(OFFICER, said, "Why")
        by_old = desk.press(OFFICER, said, "Why", old=True)
        assert words_of(by_new) == words_of(by_old)
        # Whoever pressed sees at once that something came of it.
        assert desk.teams.world.notices[desk.account(OFFICER).id]
        assert everything(desk, OFFICER).count(words_of(by_new)) == 2


def test_what_is_no_button_of_ours_gets_a_sentence(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        ruiz, acts = desk.account(OFFICER), desk.teams.acts
        desk.ask(OFFICER, STATUS)
        for name, value in (
            ("task/fetch", {"data": {"rollcall": 5}}),
            ("adaptiveCard/action", {"action": {"type": "Action.Execute", "verb": "x", "data": {}}}),
            ("composeExtension/query", {}),
            ("signin/verifyState", {"state": "1"}),
        ):
            answer = desk.send(acts.invoke(ruiz, name, value))
            assert answer.status == 200, name
