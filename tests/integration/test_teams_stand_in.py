"""Does the stand-in for Teams give tokens, take messages and sign activities as Microsoft does?"""

from typing import Any

import pytest
from microsoft_teams.api.activities import MessageActivityInput, TypingActivityInput
from microsoft_teams.api.clients.conversation.client import ConversationClient
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models import Account
from microsoft_teams.common.http import ClientOptions

from tests.fakes import loop
from tests.fakes.teams.server import StandIn
from tests.fakes.teams.wrongs import WRONGS
from tests.integration.teams_cast import (
    App,
    ask,
    for_a_token,
    lakemont,
    later,
    okafor,
    post,
    ruiz,
    token,
    web,
)

# -- tokens and keys


def test_entra_gives_a_token_that_lasts_an_hour(teams: StandIn) -> None:
    told = for_a_token(teams).json()
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3599)
    assert post(teams, ruiz(teams), told["access_token"], text="Good evening.").status_code == 201
    later(teams, seconds=3599)
    late = post(teams, ruiz(teams), told["access_token"], text="Still there?")
    assert (late.status_code, teams.calls[-1].reason) == (401, "the token is expired")
    teams.authority.revoke()
    assert post(teams, ruiz(teams), token(teams), text="A new one.").status_code == 201
    assert teams.authority.given == 2


@pytest.mark.parametrize(
    ("given", "status", "error", "number"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_id": "wrong"}, 400, "unauthorized_client", 700016),
        ({"tenant": "wrong"}, 400, "invalid_request", 90002),
        ({"scope": "https://api.botframework.com"}, 400, "invalid_scope", 1002012),
        ({"scope": "https://api.botframework.us/.default"}, 400, "invalid_resource", 500011),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"client_secret": ""}, 400, "invalid_request", 900144),
    ],
)
def test_entra_says_what_is_wrong_with_a_question(
    teams: StandIn, given: dict[str, str], status: int, error: str, number: int
) -> None:
    refused = for_a_token(teams, **given)
    told = refused.json()
    assert (refused.status_code, told["error"], told["error_codes"]) == (status, error, [number])
    assert told["error_description"].startswith(f"AADSTS{number}: ")
    assert "client_secret" not in teams.calls_of("token")[0].parameters
    assert teams.authority.given == 0


def test_a_secret_that_is_over_and_a_token_taken_back_open_nothing(teams: StandIn) -> None:
    held = token(teams)
    teams.authority.revoke()
    teams.authority.secret_expired = True
    assert post(teams, ruiz(teams), held, text="Hello?").status_code == 401
    assert for_a_token(teams).json()["error_codes"] == [7000222]


def test_a_token_for_the_directory_or_of_nobody_opens_no_conversation(teams: StandIn) -> None:
    graph = token(teams, scope="https://graph.microsoft.com/.default")
    for held in (graph, "of.good.news", token(teams)[:-4] + "AAAA"):
        assert post(teams, ruiz(teams), held, text="Hello?").status_code == 401
    assert web("GET", f"{teams.service_url}v3/conversations/none/members").status_code == 401


def test_the_keys_stand_beside_the_document_that_names_them(teams: StandIn) -> None:
    document = web("GET", teams.openid_url).json()
    assert document["issuer"] == "https://api.botframework.com"
    assert document["jwks_uri"] == teams.openid_url.replace("/openidconfiguration", "/keys")
    [key] = web("GET", document["jwks_uri"]).json()["keys"]
    assert (key["kty"], key["endorsements"]) == ("RSA", ["msteams"])
    added = teams.world.keys.add()
    teams.world.keys.remove(teams.world.keys.published[0])
    assert [each["kid"] for each in web("GET", document["jwks_uri"]).json()["keys"]] == [added.kid]


def test_a_cloud_of_the_government_signs_under_its_own_name() -> None:
    with lakemont(cloud="gcc-high") as teams:
        assert teams.world.cloud.scope == "https://api.botframework.us/.default"
        assert post(teams, ruiz(teams), token(teams), text="Hello.").status_code == 201
        assert teams.acts.typing(ruiz(teams)).to(App(teams).door()).ok
        with pytest.raises(AssertionError, match="no files"):
            teams.acts.file(ruiz(teams), "card.pdf", b"%PDF")


# -- what is sent to the app


def test_what_people_write_reaches_an_app_that_checks_everything(teams: StandIn) -> None:
    app = App(teams)
    parcel = teams.acts.message(ruiz(teams), "am i good?")
    assert parcel.to(app.door()).ok
    [got] = app.got
    assert (got["type"], got["text"], got["textFormat"]) == ("message", "am i good?", "plain")
    assert got["from"] == {
        "id": ruiz(teams).id,
        "aadObjectId": ruiz(teams).aad,
        "name": "Dana Ruiz",
    }
    assert got["conversation"]["conversationType"] == "personal"
    assert [each["contentType"] for each in got["attachments"]] == ["text/html"]
    assert parcel.said is not None
    assert got["id"] == parcel.said.id
    assert parcel.to(app.door()).ok
    assert app.got[1] == got


@pytest.mark.parametrize("way", WRONGS)
def test_an_activity_that_is_wrong_in_one_way_is_refused(teams: StandIn, way: str) -> None:
    app = App(teams)
    parcel = teams.acts.message(ruiz(teams), "am i good?")
    answer = WRONGS[way](parcel, app.door()).to(app.door())
    assert (answer.status, answer.failure) == (401, "answered 401")
    assert app.got == []
    assert parcel.to(app.door()).ok


def test_keys_change_and_the_next_activity_has_the_new_one(teams: StandIn) -> None:
    app = App(teams)
    old = teams.world.keys.signing
    teams.world.keys.replace()
    parcel = teams.acts.message(ruiz(teams), "am i good?")
    assert parcel.to(app.door()).ok
    assert parcel.sealed(key=old).to(app.door()).status == 401


def test_a_body_may_be_anything_under_a_token_that_is_right(teams: StandIn) -> None:
    parcel = teams.acts.message(ruiz(teams), "am i good?")
    assert parcel.with_body(b"{").body() == b"{"
    assert len(parcel.oversized(300_000).body()) == 300_000


# -- what the app sends, by Microsoft's own client


def test_microsofts_own_client_opens_posts_changes_and_asks(teams: StandIn) -> None:
    async def story() -> list[Any]:
        chats = ConversationClient(teams.service_url, ClientOptions(token=token(teams), timeout=30))
        opened = await chats.create(
            CreateConversationParams(members=[Account(id=ruiz(teams).aad)], tenant_id=teams.world.tenant)
        )
        await chats.create_activity(opened.id, TypingActivityInput())
        sent = await chats.create_activity(opened.id, MessageActivityInput(text="Range day is Friday."))
        await chats.update_activity(opened.id, sent.id, MessageActivityInput(text="Range day is Monday."))
        member = await chats.get_member_by_id(opened.id, ruiz(teams).aad)
        gone = await chats.reply_to_activity(opened.id, sent.id, MessageActivityInput(text="Forget it."))
        await chats.delete_activity(opened.id, gone.id)
        await chats.http.http.aclose()
        return [opened, sent, member]

    opened, sent, member = loop.run(story())
    assert opened.id == teams.world.personal(ruiz(teams)).id
    [said] = teams.world.said_to(ruiz(teams))
    assert (said.id, said.text, said.edited) == (sent.id, "Range day is Monday.", True)
    assert [each.text for each in said.versions] == ["Range day is Friday."]
    assert (member.aad_object_id, member.email) == (ruiz(teams).aad, "dana.ruiz@lakemont.example")
    assert teams.world.typing == [opened.id]
    assert not teams.world.said_to(okafor(teams))
    assert ask(teams, "GET", f"conversations/{opened.id}/members").json()[0]["objectId"] == ruiz(teams).aad
