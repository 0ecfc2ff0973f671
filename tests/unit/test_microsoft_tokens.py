"""Is there always a token that is good, asked for as seldom as can be?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from pydantic import SecretStr

from bot.microsoft.clouds import CLOUDS, cloud_of
from bot.microsoft.tokens import MicrosoftTokens, NoTokenError
from config.settings import Graph, Teams, TeamsCloud
from tests.fakes.graph.login import AUTHORITY, Login, refusal, settings
from tests.fakes.loop import run

TEAMS = settings()
CLOUD = cloud_of(TEAMS, Graph())
BOT, GRAPH = CLOUD.bot_scope, CLOUD.graph_scope


class Hands:
    """A clock of seconds, moved by the test."""

    at = 1000.0

    def __call__(self) -> float:
        return self.at


def now(tokens: MicrosoftTokens, scope: str) -> str:
    """The token that whoever asks now gets, in an event loop of their own."""
    return run(tokens.token(scope))


@pytest.fixture
def login() -> Login:
    return Login()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def tokens(login: Login, hands: Hands) -> Iterator[MicrosoftTokens]:
    made = MicrosoftTokens(TEAMS, CLOUD, now=hands, transport=login.transport())
    yield made
    made.close()


def test_a_token_is_kept_for_its_scope(tokens: MicrosoftTokens, login: Login) -> None:
    assert now(tokens, BOT) == now(tokens, BOT) == "token-1"
    assert now(tokens, GRAPH) == "token-2"
    assert login.asked == [BOT, GRAPH]


def test_whoever_asks_at_once_waits_for_one_renewal(tokens: MicrosoftTokens, login: Login) -> None:
    login.gate.clear()
    with ThreadPoolExecutor(4) as people:
        waiting = [people.submit(now, tokens, BOT) for _ in range(4)]
        login.gate.set()
        assert {each.result() for each in waiting} == {"token-1"}
    assert login.asked == [BOT]


def test_near_its_end_the_next_is_fetched_and_nobody_waits(
    tokens: MicrosoftTokens, login: Login, hands: Hands
) -> None:
    assert now(tokens, BOT) == "token-1"
    hands.at += 3600 - 300
    assert now(tokens, BOT) == "token-1"
    assert login.asked == [BOT]
    hands.at += 1
    login.gate.clear()
    assert now(tokens, BOT) == "token-1"
    login.gate.set()
    # One renewal after another: whatever is asked for next comes after it.
    now(tokens, GRAPH)
    assert now(tokens, BOT) == "token-2"
    assert login.asked == [BOT, BOT, GRAPH]


def test_a_token_at_its_end_is_not_handed_out(tokens: MicrosoftTokens, hands: Hands) -> None:
    assert now(tokens, BOT) == "token-1"
    hands.at += 3600 - 29
    assert now(tokens, BOT) == "token-2"


def test_while_a_renewal_fails_the_old_token_serves(
    tokens: MicrosoftTokens, login: Login, hands: Hands
) -> None:
    assert now(tokens, BOT) == "token-1"
    hands.at += 3600 - 200
    login.failing.append(httpx.Response(503))
    assert now(tokens, BOT) == "token-1"
    now(tokens, GRAPH)
    assert now(tokens, BOT) == "token-1"
    hands.at += 11
    now(tokens, BOT)
    now(tokens, "https://third.test/.default")
    assert now(tokens, BOT) == "token-3"


def test_a_secret_that_is_not_taken_is_said_by_name_and_not_tried_at_every_message(
    login: Login, hands: Hands
) -> None:
    wrong = TEAMS.model_copy(update={"client_secret": SecretStr("old")})
    tokens = MicrosoftTokens(wrong, CLOUD, now=hands, transport=login.transport())
    for _ in range(3):
        with pytest.raises(NoTokenError, match="invalid_client AADSTS7000215") as caught:
            now(tokens, BOT)
        assert caught.value.refused
    assert login.asked == [BOT]
    hands.at += 10
    with pytest.raises(NoTokenError):
        now(tokens, BOT)
    assert login.asked == [BOT, BOT]
    tokens.close()


def test_a_busy_login_is_left_alone_for_as_long_as_it_asks(
    tokens: MicrosoftTokens, login: Login, hands: Hands
) -> None:
    login.failing.append(refusal(429, "temporarily_unavailable", 90033, wait=120))
    with pytest.raises(NoTokenError) as caught:
        now(tokens, BOT)
    assert not caught.value.refused
    hands.at += 119
    with pytest.raises(NoTokenError):
        now(tokens, BOT)
    hands.at += 1
    assert now(tokens, BOT) == "token-1"
    assert login.asked == [BOT, BOT]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>sign in</html>"),
        httpx.Response(200, json=["token"]),
        httpx.Response(200, json={"access_token": ""}),
        httpx.Response(200, json={"access_token": 7, "expires_in": 3600}),
        httpx.Response(302, headers={"location": "http://elsewhere.test/"}),
    ],
)
def test_an_answer_that_is_none_is_no_token(
    answer: httpx.Response, tokens: MicrosoftTokens, login: Login
) -> None:
    login.failing.append(answer)
    with pytest.raises(NoTokenError):
        now(tokens, BOT)
    assert login.asked == [BOT]


def test_a_line_that_breaks_is_no_token_and_no_secret_is_in_the_words(hands: Hands) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"no line for {request.content.decode()}")

    tokens = MicrosoftTokens(TEAMS, CLOUD, now=hands, transport=httpx.MockTransport(broken))
    with pytest.raises(NoTokenError) as caught:
        now(tokens, BOT)
    assert (caught.value.why, caught.value.refused) == ("ConnectError", False)
    assert "example" not in repr(caught.value)
    tokens.close()


@pytest.mark.parametrize(("lives", "asked"), [("3600", 1), (None, 2), (10, 2)])
def test_how_long_a_token_lives_is_its_own_word(
    lives: object, asked: int, tokens: MicrosoftTokens, login: Login
) -> None:
    login.lives = lives
    assert now(tokens, BOT)
    assert now(tokens, BOT)
    assert len(login.asked) == asked


def test_a_token_that_a_service_refuses_is_asked_for_anew_once(tokens: MicrosoftTokens, login: Login) -> None:
    old = now(tokens, GRAPH)
    tokens.forget(GRAPH, old)
    new = now(tokens, GRAPH)
    # Somebody else was refused with the old one; the new one is as good as it was.
    tokens.forget(GRAPH, old)
    assert now(tokens, GRAPH) == new == "token-2"
    assert login.asked == [GRAPH, GRAPH]


def test_each_cloud_has_its_own_addresses_and_every_cloud_has_some() -> None:
    assert CLOUDS.keys() == set(TeamsCloud)
    assert CLOUDS[TeamsCloud.GCC] == CLOUDS[TeamsCloud.PUBLIC]
    high, dod = CLOUDS[TeamsCloud.GCC_HIGH], CLOUDS[TeamsCloud.DOD]
    assert (high.graph, dod.graph) == (
        "https://graph.microsoft.us/v1.0",
        "https://dod-graph.microsoft.us/v1.0",
    )
    assert high.graph_scope == "https://graph.microsoft.us/.default"
    for each in (high, dod):
        assert each.authority == "https://login.microsoftonline.us"
        assert each.issuer == "https://api.botframework.us"
        assert not [address for address in (each.openid, each.bot_scope) if ".com" in address]


def test_the_settings_move_addresses_and_no_scope() -> None:
    teams = Teams(
        **TEAMS.model_dump(exclude={"cloud", "openid_url"}),
        cloud=TeamsCloud.GCC_HIGH,
        openid_url="http://127.0.0.1:9100/v1/.well-known/openidconfiguration",
    )
    cloud = cloud_of(teams, Graph(url="http://127.0.0.1:9100/v1.0/"))
    assert (cloud.authority, cloud.graph) == (AUTHORITY, "http://127.0.0.1:9100/v1.0")
    assert cloud.openid.startswith("http://127.0.0.1:9100/")
    assert cloud.graph_scope == "https://graph.microsoft.us/.default"
