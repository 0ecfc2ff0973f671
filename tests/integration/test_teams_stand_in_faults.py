"""Does the Teams stand-in limit haste, fail on demand, and tell what people do to messages and to the app?"""

import httpx
import pytest

from tests.fakes.teams import faults
from tests.fakes.teams.errors import CONNECTOR
from tests.fakes.teams.faults import CREATE, DOWNLOAD, ELSEWHERE, KEYS, MEMBER, OPENID, SEND, TOKEN, UPDATE
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.server import StandIn
from tests.integration.teams_cast import (
    App,
    ask,
    for_a_token,
    later,
    okafor,
    post,
    ruiz,
    token,
    web,
)

# -- haste


def test_a_conversation_takes_seven_messages_a_second_and_eight_in_two(teams: StandIn) -> None:
    held = token(teams)
    told = [post(teams, ruiz(teams), held, text=str(n)).status_code for n in range(8)]
    assert told == [201] * 7 + [429]
    assert teams.calls[-1].error == "Throttled"
    assert post(teams, okafor(teams), held, text="another").status_code == 201
    later(teams, seconds=1)
    assert post(teams, ruiz(teams), held, text="the eighth").status_code == 201
    late = post(teams, ruiz(teams), held, text="the ninth")
    assert (late.status_code, late.headers["Retry-After"]) == (429, "1")
    teams.limits = Limits.none()
    assert all(post(teams, ruiz(teams), held, text=str(n)).status_code == 201 for n in range(10))


def test_the_roster_is_asked_fourteen_times_a_second(teams: StandIn) -> None:
    held = token(teams)
    path = f"conversations/{teams.world.personal(ruiz(teams)).id}/members/{ruiz(teams).id}"
    assert [ask(teams, "GET", path, held).status_code for _ in range(15)] == [200] * 14 + [429]


# -- faults on demand


def test_the_connector_fails_as_told_and_says_whether_it_was_done(teams: StandIn) -> None:
    held, officer = token(teams), ruiz(teams)
    teams.faults.next(
        SEND,
        faults.rate_limited(3),
        *(faults.failed(after=False, status=status) for status in (412, 500, 502, 503, 504)),
        faults.failed(after=True, status=502),
        faults.page(502),
        None,
    )
    got = [post(teams, officer, held, text=str(n)) for n in range(9)]
    assert [each.status_code for each in got] == [429, 412, 500, 502, 503, 504, 502, 502, 201]
    assert got[0].headers["Retry-After"] == "3"
    assert [each.json()["error"]["code"] for each in got[:4]] == [
        "Throttled",
        "PreconditionFailed",
        "ServiceError",
        "ServiceError",
    ]
    assert [each.text for each in teams.world.said_to(officer)] == ["6", "8"]
    assert [call.done for call in teams.calls_of(SEND)] == [False] * 6 + [True, False, True]


def test_a_service_address_that_changed_is_in_the_next_activity(teams: StandIn) -> None:
    app, held, old = App(teams), token(teams), teams.service_url
    chat = teams.world.personal(ruiz(teams)).id
    teams.world.region = "emea"
    assert teams.acts.message(ruiz(teams), "am i good?").to(app.door()).ok
    assert app.got[0]["serviceUrl"] == f"{teams.world.base}/emea/" == teams.service_url
    headers, body = {"Authorization": f"Bearer {held}"}, {"type": "message", "text": "You are."}
    stale = web("POST", f"{old}v3/conversations/{chat}/activities", headers=headers, json=body)
    assert (stale.status_code, stale.json()["error"]["code"]) == (403, "InvalidBotApiHost")
    assert post(teams, ruiz(teams), held, text="You are.").status_code == 201


def test_an_address_that_microsoft_does_not_have_is_in_the_journal(teams: StandIn) -> None:
    assert web("POST", f"{teams.service_url}/v3/conversations").status_code == 404
    assert [call.reason for call in teams.calls_of(ELSEWHERE)] == ["nothing is at /teams//v3/conversations"]


def test_every_refusal_can_be_asked_for(teams: StandIn) -> None:
    held, officer = token(teams), ruiz(teams)
    for code, (status, _) in CONNECTOR.items():
        teams.faults.next(SEND, faults.refused(code))
        refused = post(teams, officer, held, text="Hello.")
        assert refused.status_code == status, code
    assert not teams.world.said_to(officer)
    teams.faults.next(SEND, faults.rate_limited(0))
    assert "Retry-After" not in post(teams, officer, held, text="Hello.").headers
    teams.faults.always(TOKEN, faults.refused("90033"))
    assert for_a_token(teams).json()["error"] == "temporarily_unavailable"
    teams.faults.clear()
    assert for_a_token(teams).status_code == 200


def test_lines_are_cut_answers_spoilt_and_calls_held(teams: StandIn) -> None:
    held, officer = token(teams), ruiz(teams)
    teams.faults.next(SEND, faults.dropped(after=False), faults.dropped(after=True), faults.malformed())
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            post(teams, officer, held, text="Hello.")
    with pytest.raises(ValueError, match="Unterminated"):
        post(teams, officer, held, text="Hello.").json()
    assert len(teams.world.said_to(officer)) == 2
    chat = teams.world.personal(officer).id
    teams.faults.next(UPDATE, slow := faults.held(after=False))
    slow.gate.release()
    sent = teams.world.said_to(officer)[0]
    body = {"type": "message", "text": "Changed."}
    assert ask(teams, "PUT", f"conversations/{chat}/activities/{sent.id}", held, **body).is_success
    slow.gate.wait_reached()
    for method, path in ((MEMBER, f"conversations/{chat}/members/{officer.id}"), (DOWNLOAD, "")):
        teams.faults.next(method, faults.failed(after=False, status=503))
        assert (
            ask(teams, "GET", path, held) if path else web("GET", f"{teams.world.base}/download/x")
        ).status_code == 503
    teams.faults.next(CREATE, faults.failed(after=True, status=504))
    members = {"members": [{"id": officer.aad}], "tenantId": teams.world.tenant}
    assert ask(teams, "POST", "conversations", held, **members).status_code == 504
    assert teams.journal.until_called(CREATE)[0].done


def test_the_keys_can_be_out_of_reach(teams: StandIn) -> None:
    teams.faults.always(KEYS, faults.failed(after=False, status=503))
    teams.faults.next(OPENID, faults.page(200))
    assert web("GET", teams.openid_url).text.startswith("<html>")
    url = web("GET", teams.openid_url).json()["jwks_uri"]
    assert web("GET", url).status_code == 503
    assert [call.done for call in teams.calls_of(KEYS)] == [False]


# -- what people do to messages and to the app


def test_an_edit_has_the_id_of_what_was_edited(teams: StandIn) -> None:
    app = App(teams)
    first = teams.acts.message(ruiz(teams), "am i god?")
    assert first.said is not None
    for parcel in (
        teams.acts.edit(first.said, "am i good?"),
        teams.acts.delete(first.said),
        teams.acts.restore(first.said),
    ):
        assert parcel.to(app.door()).ok
    assert [(each["type"], each["channelData"]["eventType"], each.get("text")) for each in app.got] == [
        ("messageUpdate", "editMessage", "am i good?"),
        ("messageDelete", "softDeleteMessage", None),
        ("messageUpdate", "undeleteMessage", "am i good?"),
    ]
    assert {each["id"] for each in app.got} == {first.said.id}


def test_reactions_and_typing_are_told(teams: StandIn) -> None:
    app = App(teams)
    post(teams, ruiz(teams), text="Range day is Friday.")
    [said] = teams.world.said_to(ruiz(teams))
    for parcel in (
        teams.acts.react(ruiz(teams), said),
        teams.acts.react(ruiz(teams), said, remove=True),
        teams.acts.typing(ruiz(teams)),
        teams.acts.event("event", ruiz(teams), said.chat, name="application/vnd.microsoft.readReceipt"),
        teams.acts.invoke(ruiz(teams), "config/fetch", {}),
    ):
        assert parcel.to(app.door()).ok
    assert [each["type"] for each in app.got] == [
        "messageReaction",
        "messageReaction",
        "typing",
        "event",
        "invoke",
    ]
    assert (app.got[0]["reactionsAdded"], app.got[0]["replyToId"]) == ([{"type": "like"}], said.id)
    assert app.got[1]["reactionsRemoved"] == [{"type": "like"}]
    assert not said.reactions
    assert "name" not in app.got[0]["from"]


def test_the_app_comes_and_goes(teams: StandIn) -> None:
    app, officer = App(teams), teams.world.add_person("Ray Torres", installed=False)
    with pytest.raises(AssertionError, match="does not have the app"):
        teams.acts.message(officer, "Hello?")
    assert post(teams, officer, text="Welcome.").status_code == 403
    assert teams.acts.install(officer).to(app.door()).ok
    assert teams.acts.bot_added(officer).to(app.door()).ok
    assert post(teams, officer, text="Welcome.").status_code == 201
    assert teams.acts.uninstall(officer).to(app.door()).ok
    assert post(teams, officer, text="Still there?").status_code == 403
    assert teams.acts.install(officer, "add-upgrade").to(app.door()).ok
    assert [each.get("action") for each in app.got] == ["add", None, "remove", "add-upgrade"]
    assert [each["id"] for each in app.got[1]["membersAdded"]] == [teams.world.app.id, officer.id]
    assert len({each["conversation"]["id"] for each in app.got}) == 1


def test_the_app_comes_into_groups_and_hears_only_what_mentions_it(teams: StandIn) -> None:
    app = App(teams)
    group = teams.world.add_group(ruiz(teams), with_bot=False)
    with pytest.raises(AssertionError, match="hears nothing"):
        teams.acts.mention(ruiz(teams), "help", group)
    with pytest.raises(AssertionError, match="not there"):
        teams.acts.mention(okafor(teams), "help", group)
    assert teams.acts.install_in(ruiz(teams), group).to(app.door()).ok
    assert teams.acts.mention(ruiz(teams), "help", group).to(app.door()).ok
    assert teams.acts.uninstall_in(ruiz(teams), group).to(app.door()).ok
    team = teams.world.add_team("Patrol", ruiz(teams))
    assert teams.acts.joined(okafor(teams), team).to(app.door()).ok
    kinds = [each["conversation"]["conversationType"] for each in app.got]
    assert kinds == ["groupChat", "groupChat", "groupChat", "channel"]
    assert app.got[3]["channelData"]["eventType"] == "teamMemberAdded"
    assert team.members == team.general.members == [ruiz(teams), okafor(teams)]
