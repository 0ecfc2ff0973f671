"""What Slack did not send, sent twice, or sent for nobody to answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fakes.slack.delivery import Parcel
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import (
    CHANNEL,
    OFFICER,
    PDF,
    SlackDesk,
    a_channel,
    in_slack,
    kept_events,
)

# What is not answered


def test_edits_deletions_and_bots_are_left_alone(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        desk.answer_to(OFFICER, asked)
        assert asked.said is not None
        place, said = asked.said.channel, len(desk.slack.calls_of("chat.postMessage"))
        for parcel in (
            desk.slack.events.edit(asked.said, "why"),
            desk.slack.events.delete(asked.said),
            desk.slack.events.by_a_bot("am i good?", place),
            desk.slack.events.by_a_bot("am i good?", place, ours=True),
            desk.slack.events.event({"type": "reaction_added", "user": desk.account(OFFICER)}),
            desk.slack.events.event({"type": "never_heard_of"}),
        ):
            assert desk.send(parcel).ok
        desk.until_quiet()
        assert len(desk.slack.calls_of("chat.postMessage")) == said


def test_what_is_not_slacks_is_refused_and_nothing_is_kept(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        refused = {
            "forged": asked.forged(),
            "replayed": asked.replayed(),
            "altered": asked.altered("am i good", "am I  bad"),
            "unsigned": asked.without("X-Slack-Signature"),
            "undated": asked.without("X-Slack-Request-Timestamp"),
            "forged command": desk.slack.acts.command(desk.account(OFFICER), "/rollcall", "hi").forged(),
            "forged check": desk.slack.events.challenge().forged(),
        }
        assert {name: desk.send(each).status for name, each in refused.items()} == dict.fromkeys(refused, 401)
        broken = {
            "no json": asked.with_body(b"{nope"),
            "a list": asked.with_body(b"[]"),
            "a word": asked.with_body(b'"hello"'),
            "a number": asked.with_body(b"1"),
            "nothing": asked.with_body(b"null"),
            "deep": asked.with_body(b"[" * 100_000),
            "no text": asked.with_body(b"\xff\xfe\x00"),
            "payload": asked.with_body(b"payload=%7Bnope", "application/x-www-form-urlencoded"),
            "no form": asked.labelled("text/plain").with_body(b"hello"),
            "payload list": asked.with_body(b"payload=%5B%5D", "application/x-www-form-urlencoded"),
        }
        answered = {name: desk.send(each).status for name, each in broken.items()}
        assert {name: status for name, status in answered.items() if not 400 <= status < 500} == {}
        assert desk.send(asked.oversized(2_000_000)).status == 413
        assert kept_events(embedded) == {}
        assert desk.slack.calls == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "event_callback"},
        {"type": "event_callback", "event": [], "team_id": 7, "authorizations": [3]},
        {"type": "event_callback", "event": {"type": "message", "channel_type": "im", "user": ["U"]}},
        {"type": "block_actions", "actions": [{"action_id": 3}], "team": "T0LAKEMONT"},
        {
            "type": "view_submission",
            "view": {"type": "modal", "state": {"values": [1]}},
            "team": {"id": "T0LAKEMONT"},
        },
        {
            "type": "view_submission",
            "view": {"type": "modal", "callback_id": "nothing-of-ours"},
            "team": {"id": "T0LAKEMONT"},
        },
        {"type": "message_action", "callback_id": "file-certificate", "message": 3},
        {"type": "shortcut", "callback_id": "x"},
        {"command": ["/rollcall"]},
    ],
    ids=lambda body: str(body.get("type", "none")),
)
def test_a_body_of_no_known_form_is_taken_and_left_alone(embedded: Agency, body: dict[str, object]) -> None:
    with in_slack(embedded) as desk:
        answer = desk.send(Parcel("events_api", body))
        assert answer.status in (200, 400), answer
        desk.until_quiet()
        assert desk.slack.calls_of("chat.postMessage") == []
        assert set(kept_events(embedded)) <= {"done"}


def test_the_address_check_is_answered(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        answer = desk.send(desk.slack.events.challenge("a word"))
        assert answer.status == 200
        assert b"a word" in answer.body


@pytest.mark.parametrize(
    "text", ["\ud800 am i good", "a\u0000b", "<!channel> <@U0> <#C0|x> <http://x|y>", "x" * 40_000]
)
def test_whatever_somebody_types_is_answered(embedded: Agency, text: str) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, text)
        assert kept_events(embedded) == {"done": 1}
        assert not any("<!channel>" in each.text for each in desk.said_to(OFFICER))


# What comes again


def kinds(desk: SlackDesk) -> dict[str, Parcel]:
    """One of everything that is answered."""
    account = desk.account(OFFICER)
    return {
        "message": desk.slack.events.message(account, "am i good?"),
        "mention": desk.slack.events.mention(account, "am i good?", CHANNEL),
        "command": desk.slack.acts.command(account, "/rollcall", "am i good?"),
        "file": desk.slack.events.file_share(account, "cert.pdf", PDF),
    }


@pytest.mark.parametrize("kind", ["message", "mention", "command", "file"])
def test_what_slack_hands_over_again_is_answered_once(embedded: Agency, kind: str) -> None:
    with in_slack(embedded) as desk, ThreadPoolExecutor(4) as slack:
        a_channel(desk, OFFICER)
        parcel = kinds(desk)[kind]
        again = [parcel, parcel.again(), parcel.again().again(), parcel]
        assert all(answer.ok for answer in slack.map(desk.send, again))
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == 2
        assert len(desk.slack.world.whispers(desk.account(OFFICER))) == (kind == "mention")
        assert kept_events(embedded) == {"done": 1}
