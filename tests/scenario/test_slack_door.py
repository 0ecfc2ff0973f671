"""Officers talk to Rollcall in Slack: where an answer goes, what comes again, and who is nobody there."""

from datetime import date

import pytest

from db.records.facts import ContactKind, ContactPoint
from tests.fakes.slack.world import User
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import (
    CHANNEL,
    COORDINATOR,
    OFFICER,
    PDF,
    RUIZ,
    SERGEANT,
    SlackDesk,
    a_channel,
    in_slack,
    shown,
    words_of,
)

# Where an answer goes


def test_the_first_message_is_answered_after_an_introduction_that_comes_once(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        first = desk.ask(OFFICER, "am i good?")
        assert words_of(first).startswith(RUIZ)
        desk.ask(OFFICER, "why")
        said = desk.said_to(OFFICER)
        assert len(said) == 3
        assert "training desk" in words_of(said[0])
        assert "Ruiz" not in words_of(said[0])
        assert not desk.slack.world.remarks


def test_an_answer_in_a_thread_stays_there_and_a_thread_is_a_talk_of_its_own(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        answer = desk.answer_to(OFFICER, asked)
        assert answer.thread_ts is None
        assert asked.said is not None
        threaded = desk.ask(OFFICER, "history", thread_ts=asked.said.ts)
        assert threaded.thread_ts == asked.said.ts
        # MORE is about the last thing said in the same place.
        outside = desk.ask(OFFICER, "more")
        assert outside.thread_ts is None
        assert words_of(outside).startswith(RUIZ)


def test_a_mention_is_answered_privately_and_the_channel_learns_nothing(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        place = a_channel(desk, OFFICER, SERGEANT)
        answer = desk.answer_to(
            OFFICER, desk.slack.events.mention(desk.account(OFFICER), "am i good?", place)
        )
        assert words_of(answer).startswith(RUIZ)
        assert desk.slack.world.posted(place) == []
        [whisper] = desk.slack.world.whispers(desk.account(OFFICER))
        assert whisper.channel == place
        assert "direct message" in whisper.text
        assert "Ruiz" not in whisper.text + shown(whisper.blocks)
        assert desk.slack.world.whispers(desk.account(SERGEANT)) == []


def test_a_mention_in_a_thread_whispers_in_that_thread(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        place = a_channel(desk, OFFICER)
        root = desk.slack.world.put(place, desk.account(OFFICER), "hello")
        asked = desk.slack.events.mention(desk.account(OFFICER), "am i good?", place, thread_ts=root.ts)
        answer = desk.answer_to(OFFICER, asked)
        assert answer.thread_ts is None
        [whisper] = desk.slack.world.whispers(desk.account(OFFICER))
        assert whisper.thread_ts == root.ts


def test_a_command_is_answered_privately_wherever_it_is_typed(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account, place = desk.account(OFFICER), a_channel(desk, OFFICER)
        here = desk.answer_to(OFFICER, desk.slack.acts.command(account, "/rollcall", "am i good?"))
        assert words_of(here).startswith(RUIZ)
        assert desk.slack.world.whispers(account) == []
        there = desk.answer_to(OFFICER, desk.slack.acts.command(account, "/rollcall", "am i good?", place))
        assert words_of(there).startswith(RUIZ)
        assert desk.slack.world.posted(place) == []
        assert len(desk.slack.world.whispers(account)) == 1


def test_a_command_may_hold_any_word(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        # The library looks for this one in whatever comes.
        command = desk.slack.acts.command(desk.account(OFFICER), "/rollcall", "what is a payload")
        assert desk.answer_to(OFFICER, command).text


@pytest.mark.parametrize("text", ["", "   "])
def test_a_command_without_words_shows_what_can_be_asked(embedded: Agency, text: str) -> None:
    with in_slack(embedded) as desk:
        menu = desk.answer_to(OFFICER, desk.slack.acts.command(desk.account(OFFICER), "/rollcall", text))
        assert "status:" in " ".join(each["action_id"] for _, each in menu.elements())


def test_a_command_in_a_channel_that_we_are_not_in_is_answered_all_the_same(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = desk.account(OFFICER)
        desk.slack.world.add_channel("C0ELSEWHERE", account, with_bot=False)
        command = desk.slack.acts.command(account, "/rollcall", "am i good?", "C0ELSEWHERE")
        assert words_of(desk.answer_to(OFFICER, command)).startswith(RUIZ)


def test_somebody_elses_name_in_a_mention_is_their_badge(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        answer = desk.ask(SERGEANT, f"how is <@{desk.account(OFFICER)}>")
        # Nobody has linked that account yet, and a name from Slack is nobody's.
        assert "Ruiz" not in words_of(answer)
        desk.ask(OFFICER, "hi")
        assert "Ruiz" in words_of(desk.ask(SERGEANT, f"how is <@{desk.account(OFFICER)}>"))
        refused = desk.ask(OFFICER, f"how is <@{desk.account(SERGEANT)}>")
        assert "Okafor" not in words_of(refused)


# Files


def test_a_file_is_spoken_of_and_the_question_beside_it_is_not_lost_in_silence(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        sent = desk.slack.events.file_share(desk.account(OFFICER), "cert.pdf", PDF, text="am i good?")
        answer = desk.answer_to(OFFICER, sent)
        assert answer.text
        twin = desk.slack.events.file_shared(sent)
        assert desk.send(twin).ok
        desk.until_quiet()
        assert desk.said_to(OFFICER)[-1] is answer


def test_the_shortcut_takes_a_message_with_a_file_and_says_so_without_one(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = desk.account(OFFICER)
        plain = desk.slack.world.put(a_channel(desk, OFFICER), account, "no file here")
        without = desk.slack.acts.message_action(account, "file-certificate", plain)
        assert "no file" in words_of(desk.answer_to(OFFICER, without))
        shared = desk.slack.world.add_file(account, "cert.pdf", PDF, "application/pdf", channels=[CHANNEL])
        said = desk.slack.world.put(CHANNEL, account, "", files=[shared.id])
        taken = desk.answer_to(OFFICER, desk.slack.acts.message_action(account, "file-certificate", said))
        assert "no file" not in words_of(taken)
        assert desk.slack.world.posted(CHANNEL) == []
        assert [each.done for each in desk.slack.calls_of("download")] == [True]


@pytest.mark.parametrize("size", [1, 50_000_000])
def test_a_file_that_is_not_what_slack_says_is_not_taken(embedded: Agency, size: int) -> None:
    with in_slack(embedded) as desk:
        sent = desk.slack.events.file_share(desk.account(OFFICER), "cert.pdf", PDF, told_size=size)
        assert desk.answer_to(OFFICER, sent).text


# Who is there


def outsider(desk: SlackDesk, **given: object) -> User:
    """An account with the address of an officer that is no member's of ours."""
    desk.slack.world.add_workspace(type(desk.slack.world.workspaces["T0LAKEMONT"])("T0FOREIGN", "Elsewhere"))
    return desk.slack.world.add_user("U0OUTSIDE", "Dana Ruiz", "dana.ruiz@lakemont.example", **given)


@pytest.mark.parametrize(
    "given",
    [{"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}, {"deleted": True}],
    ids=lambda given: next(iter(given)),
)
def test_guests_strangers_and_past_accounts_are_nobody(embedded: Agency, given: dict[str, bool]) -> None:
    with in_slack(embedded) as desk:
        account = outsider(desk, **given)
        place = desk.slack.world.im(account.id)
        assert desk.send(desk.slack.events.message(account.id, "am i good?", place.id)).ok
        desk.until_quiet()
        assert not any("Ruiz" in words_of(each) for each in desk.slack.world.said_to(account.id))
        assert embedded.entries("account:linked") == ()


def test_a_guest_whose_link_ended_is_a_stranger_again(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "am i good?")
        assert desk.send(desk.slack.events.user_change(desk.account(OFFICER), is_restricted=True)).ok
        desk.until_quiet()
        assert "Ruiz" not in words_of(desk.ask(OFFICER, "am i good?"))


def test_another_address_in_the_profile_moves_no_rights(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "am i good?")
        desk.account(COORDINATOR)
        email = desk.slack.world.users[desk.account(COORDINATOR)].email
        assert desk.send(desk.slack.events.user_change(desk.account(OFFICER), email=email)).ok
        desk.until_quiet()
        assert words_of(desk.ask(OFFICER, "am i good?")).startswith(RUIZ)


def test_two_people_with_one_address_are_not_guessed_between(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = desk.account(OFFICER)
        other = desk.slack.world.users[desk.account(SERGEANT)]
        with embedded.writing() as writer:
            writer.record(
                ContactPoint(
                    person_id=embedded.id_of(OFFICER),
                    kind=ContactKind.EMAIL,
                    value=(other.email or "").casefold(),
                )
            )
        answer = desk.ask(SERGEANT, "am i good?")
        assert "Okafor" not in words_of(answer)
        assert account


def test_whoever_left_is_told_that_access_ended_and_nothing_else(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "am i good?")
        embedded.leaves(OFFICER, date(2027, 3, 1))
        said = words_of(desk.ask(OFFICER, "am i good?"))
        assert said.startswith("Your access ended")
        assert "Ruiz" not in said
