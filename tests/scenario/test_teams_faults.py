"""What becomes of an answer when Microsoft is slow, refuses or does not know, and of a route that is lost?"""

from datetime import timedelta

import httpx
import pytest

from bot.service.pace import SendingPace
from db.records.ledger import QueueState, Receipt
from tests.fakes.teams import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import RUIZ, deliveries, kept_events
from tests.scenario.teams_cast import OFFICER, TeamsDesk, everything, in_teams, words_of

STATUS = "am i good?"
# What a release or a restart takes at Microsoft.
MINUTE = timedelta(minutes=1)


def asks(desk: TeamsDesk) -> None:
    """Ruiz asks, and all that can be done at once is done."""
    assert desk.send(desk.teams.acts.message(desk.account(OFFICER), STATUS)).ok
    desk.until_quiet()


def later(desk: TeamsDesk, times: int = 6) -> None:
    """Minutes go by, and the scheduler looks in each of them."""
    for _ in range(times):
        desk.agency.clock.at += MINUTE
        desk.service.tick()


def test_what_was_surely_not_taken_is_sent_later_and_said_once(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        for turn, fault in enumerate((faults.rate_limited(2), faults.refused("PreconditionFailed")), 1):
            desk.teams.faults.next(faults.SEND, fault)
            asks(desk)
            assert everything(desk, OFFICER).count(RUIZ) == turn - 1
            # The quiet that was asked for is this process's own, by its own clock.
            desk.carrier.pace = SendingPace(1_000, MINUTE)
            later(desk)
            assert everything(desk, OFFICER).count(RUIZ) == turn


def test_a_token_that_ended_early_is_asked_for_again_at_once(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        tokens = len(desk.teams.calls_of("token"))
        desk.teams.faults.next(faults.SEND, faults.refused("Unauthorized"))
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)
        assert len(desk.teams.calls_of("token")) == tokens + 1


@pytest.mark.parametrize(
    "fault",
    [faults.failed(after=True, status=502), faults.dropped(after=True), faults.malformed()],
    ids=["502", "cut", "garbage"],
)
def test_what_may_have_been_taken_is_not_said_again(embedded: Agency, fault: faults.Fault) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        desk.teams.faults.next(faults.SEND, fault)
        asks(desk)
        later(desk)
        last = deliveries(embedded)[-1]
        assert (last.state, last.receipt, last.error) == (QueueState.DONE, Receipt.UNKNOWN, "cannot-tell")
        assert everything(desk, OFFICER).count(RUIZ) == 1


@pytest.mark.parametrize("code", ["MessageWritesBlocked", "BotNotInConversationRoster"])
def test_a_blocked_route_is_lost_until_the_person_writes_again(embedded: Agency, code: str) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        desk.teams.faults.next(faults.SEND, faults.refused(code))
        asks(desk)
        later(desk)
        assert deliveries(embedded)[-1].error == code
        assert deliveries(embedded)[-1].receipt is Receipt.SKIPPED
        assert RUIZ not in everything(desk, OFFICER)
        assert words_of(desk.ask(OFFICER, STATUS)).startswith(RUIZ)


def test_a_conversation_that_is_gone_is_begun_anew(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        desk.ask(OFFICER, "hello")
        desk.teams.faults.next(faults.SEND, faults.refused("ConversationNotFound"))
        asks(desk)
        later(desk)
        assert desk.teams.calls_of(faults.CREATE)
        assert everything(desk, OFFICER).count(RUIZ) == 1


def test_while_the_keys_were_never_had_nothing_is_believed_and_microsoft_is_told_to_come_again(
    embedded: Agency,
) -> None:
    with in_teams(embedded, without_keys=True) as desk:
        answer = desk.send(desk.teams.acts.message(desk.account(OFFICER), STATUS))
        assert answer.status == 503
        assert answer.headers["retry-after"]
        assert kept_events(embedded) == {}
        found = {
            each["name"]: each for each in httpx.get(f"{desk.service.url}/health/ready").json()["checks"]
        }
        assert found["teams-keys"]["state"] == "attention"
        assert "ROLLCALL_TEAMS_CLOUD" in found["teams-keys"]["line"]
