"""Does the connector of the Teams stand-in take and refuse what Microsoft's does?"""

import pytest

from tests.fakes.teams.server import StandIn
from tests.integration.teams_cast import (
    App,
    Json,
    a_card,
    a_submit,
    an_execute,
    ask,
    attached,
    later,
    okafor,
    post,
    post_card,
    ruiz,
    token,
    web,
)

# -- opening a conversation


def test_a_conversation_is_opened_with_one_person_and_stays_the_same(teams: StandIn) -> None:
    held, tenant = token(teams), teams.world.tenant
    [first, second] = [
        ask(teams, "POST", "conversations", held, members=[{"id": name}], tenantId=tenant)
        for name in (ruiz(teams).aad, ruiz(teams).id)
    ]
    assert (first.status_code, first.json()) == (201, second.json())
    assert first.json()["id"].startswith("a:1")
    whoever = {"members": [{"id": okafor(teams).id}], "channelData": {"tenant": {"id": tenant}}}
    bot = {"id": teams.world.app.id}
    assert ask(teams, "POST", "conversations", held, bot=bot, isGroup=False, **whoever).status_code == 201


def test_a_conversation_that_cannot_be_is_not_opened(teams: StandIn) -> None:
    held, me = token(teams), {"id": ruiz(teams).aad}
    stranger = teams.world.add_person("Sam Lee", tenant=teams.world.add_tenant("t-2"))
    right: Json = {"members": [me], "tenantId": teams.world.tenant}
    wrong: list[Json] = [
        {"members": [me]},
        {"members": []},
        right | {"members": [me, {"id": okafor(teams).aad}]},
        right | {"members": [{"id": ruiz(teams).email}]},
        right | {"members": [{"id": stranger.aad}]},
        right | {"isGroup": True},
        right | {"bot": {"id": "28:another"}},
        right | {"activity": {"type": "message", "text": "Hello."}},
    ]
    for each in wrong:
        refused = ask(teams, "POST", "conversations", held, **each)
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "BadArgument"), each
        assert teams.calls[-1].reason, each
    ruiz(teams).installed = False
    refused = ask(teams, "POST", "conversations", held, **right)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "BotNotInConversationRoster")


# -- posting


def test_nothing_reaches_whom_the_bot_may_not_write_to(teams: StandIn) -> None:
    held, officer = token(teams), ruiz(teams)
    chat = teams.world.personal(officer)
    officer.blocked = "MessageWritesBlocked"
    blocked = post(teams, officer, held, text="Hello.")
    assert (blocked.status_code, blocked.json()["errorCode"]) == (403, 209)
    assert '"subCode": "MessageWritesBlocked"' in blocked.json()["message"]
    told = []
    for change in ("ConversationBlockedByUser", "not installed", "disabled", "deleted"):
        officer.blocked = change if change[0] == "C" else ""
        officer.installed = change != "not installed"
        teams.world.disabled_by_admin = change == "disabled"
        chat.deleted = change == "deleted"
        refused = post(teams, officer, held, text="Hello.")
        told.append((refused.status_code, refused.json()["error"]["code"]))
    assert told == [
        (403, "ConversationBlockedByUser"),
        (403, "BotNotInConversationRoster"),
        (403, "BotDisabledByAdmin"),
        (404, "ConversationNotFound"),
    ]
    assert not teams.world.said_to(officer)
    group = teams.world.add_group(officer, with_bot=False)
    refused = ask(teams, "POST", f"conversations/{group.id}/activities", held, type="message", text="Hi.")
    assert refused.json()["error"]["code"] == "BotNotInConversationRoster"


def test_what_teams_would_not_show_is_refused_with_the_reason(teams: StandIn) -> None:
    held, card, summary = token(teams), attached(a_card()), "Range day"
    wrong: dict[str, Json] = {
        "unknown fields": {"text": "Hi.", "blocks": []},
        "a bot posts no": {"type": "event", "text": "Hi."},
        "textFormat": {"text": "Hi.", "textFormat": "html"},
        "text is no text": {"text": 7},
        "is no list": {"text": "Hi.", "entities": {}},
        "from is not the bot": {"text": "Hi.", "from_": {"id": ruiz(teams).id}},
        "recipient": {"text": "Hi.", "recipient": {"id": okafor(teams).id}},
        "conversation": {"text": "Hi.", "conversation": {"id": "a:1other"}},
        "channelId": {"text": "Hi.", "channelId": "slack"},
        "serviceUrl": {"text": "Hi.", "serviceUrl": "https://smba.trafficmanager.net/teams/"},
        "channelData holds": {"text": "Hi.", "channelData": {"rollcall": 1}},
        "another tenant": {"text": "Hi.", "channelData": {"tenant": {"id": "t-2"}}},
        "alert": {"text": "Hi.", "channelData": {"notification": {"alert": "yes"}}},
        "neither text": {"text": "  "},
        "two messages": {"text": "Hi.", "attachments": [card], "summary": summary},
        "needs a summary": {"attachments": [card]},
        "one line": {"attachments": [card], "summary": "a\nb"},
        "attachments": {"attachments": [card] * 11, "summary": summary},
        "no attachment of kind": {"attachments": [{"contentType": "text/html"}], "summary": summary},
        "an attached card has no": {"attachments": [card | {"contentUrl": "x"}], "summary": summary},
        "a picture": {"attachments": [{"contentType": "image/png", "contentUrl": "x"}], "summary": summary},
        "no entity": {"text": "Hi.", "entities": [{"type": "clientInfo"}]},
        "a mention whose words": {"text": "Hi.", "entities": [{"type": "mention", "text": "<at>Ruiz</at>"}]},
        "whoever is mentioned": {
            "text": "Hi <at>Lee</at>.",
            "entities": [{"type": "mention", "text": "<at>Lee</at>", "mentioned": {"id": "29:lee"}}],
        },
    }
    for reason, body in wrong.items():
        refused = post(teams, ruiz(teams), held, **body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "BadArgument"), reason
        assert reason in teams.calls[-1].reason, (reason, teams.calls[-1].reason)
    assert not teams.world.said_to(ruiz(teams))


def test_cards_whose_buttons_would_fail_are_refused(teams: StandIn) -> None:
    held = token(teams)
    fine, plain = (
        an_execute("Approve", rollcall="approve", value="1"),
        a_submit("Why", rollcall="why", value=""),
    )
    wrong: dict[str, Json] = {
        "more than 6 actions": a_card(*[plain | {"title": str(n)} for n in range(7)]),
        "no verb": a_card(fine | {"verb": ""}),
        "for a fallback": a_card({name: value for name, value in fine.items() if name != "fallback"}),
        "the fallback has": a_card(fine | {"fallback": plain}),
        "data is no object": a_card(plain | {"data": "why"}),
        "no title": a_card(plain | {"title": ""}),
        "unknown action": a_card(plain | {"type": "Action.Http"}),
        "https": a_card({"type": "Action.OpenUrl", "title": "Map", "url": "javascript:0"}),
        "unknown data.msteams": a_card(a_submit("Why", msteams={"type": "task/open"})),
        "of version": a_card(fine) | {"version": "1.4"},
        "ids of their own": a_card(body=[{"type": "Container", "items": [{"type": "Input.Text"}]}]),
    }
    for reason, card in wrong.items():
        refused = post_card(teams, ruiz(teams), card)
        assert refused.status_code == 400, reason
        assert reason in teams.calls[-1].reason, (reason, teams.calls[-1].reason)
    shown: list[Json] = [
        {"type": "HeroCard"},
        a_card() | {"version": "2.0"},
        a_card() | {"body": "words"},
        a_card(body=[{"type": "Input.Text", "id": "note", "label": "Note"}]),
    ]
    for card in shown:
        assert post_card(teams, ruiz(teams), card).status_code == 400, card
        assert teams.calls[-1].reason
    assert post_card(teams, ruiz(teams), a_card(fine, plain)).status_code == 201
    [said] = teams.world.said_to(ruiz(teams))
    assert said.card == a_card(fine, plain)
    assert (said.text, said.summary) == ("", "Range day")
    assert post(
        teams, ruiz(teams), held, text="Hi.", channelData={"notification": {"alert": True}}
    ).is_success
    assert teams.world.said_to(ruiz(teams))[-1].alert


def test_size_is_counted_as_utf_16(teams: StandIn) -> None:
    held, room = token(teams), 14_336 - len('{"type":"message","text":""}')
    assert post(teams, ruiz(teams), held, text="x" * room).status_code == 201
    for text in ("x" * (room + 1), "😀" * (room // 2 + 1)):
        large = post(teams, ruiz(teams), held, text=text)
        assert (large.status_code, large.json()["error"]["code"]) == (413, "MessageSizeTooBig")


def test_a_body_that_is_no_json_object_is_refused(teams: StandIn) -> None:
    url = f"{teams.service_url}v3/conversations/{teams.world.personal(ruiz(teams)).id}/activities"
    headers = {"Authorization": f"Bearer {token(teams)}"}
    for content, kind in ((b"{", "application/json"), (b"[]", "application/json"), (b"{}", "text/plain")):
        refused = web("POST", url, content=content, headers={**headers, "Content-Type": kind})
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "BadSyntax")


# -- changing, and threads


def test_only_the_bots_own_messages_are_changed(teams: StandIn) -> None:
    held, path = token(teams), f"conversations/{teams.world.personal(ruiz(teams)).id}/activities"
    sent = post(teams, ruiz(teams), held, text="Range day is Friday.").json()["id"]
    theirs = teams.acts.message(ruiz(teams), "am i good?").said
    assert theirs is not None
    body = {"type": "message", "text": "Monday."}
    assert ask(teams, "PUT", f"{path}/{sent}", held, **body).json() == {"id": sent}
    assert ask(teams, "PUT", f"{path}/{sent}", held, id="other", **body).status_code == 400
    refused = ask(teams, "PUT", f"{path}/{theirs.id}", held, **body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "NotEnoughPermissions")
    assert ask(teams, "DELETE", f"{path}/{sent}", held).status_code == 200
    for gone in (sent, "1"):
        refused = ask(teams, "PUT", f"{path}/{gone}", held, **body)
        assert refused.json()["error"]["code"] == "ActivityNotFoundInConversation"
    assert not teams.world.said_to(ruiz(teams))


def test_an_answer_in_a_channel_stays_in_its_thread(teams: StandIn) -> None:
    app, held = App(teams), token(teams)
    team = teams.world.add_team("Patrol", ruiz(teams), okafor(teams))
    range_days = teams.world.add_channel(team, "Range")
    asked = teams.acts.mention(ruiz(teams), "who is due? Ask {kim}.", range_days, kim=okafor(teams))
    assert asked.to(app.door()).ok
    [got] = app.got
    assert asked.said is not None
    assert got["conversation"]["id"] == f"{range_days.id};messageid={asked.said.id}"
    assert got["conversation"]["isGroup"] is True
    assert got["text"] == "<at>Rollcall</at>&nbsp;who is due? Ask <at>Kim Okafor</at>.\n"
    assert [each["mentioned"]["id"] for each in got["entities"] if each["type"] == "mention"] == [
        teams.world.app.id,
        okafor(teams).id,
    ]
    assert got["channelData"]["team"]["id"] == team.id
    path = f"conversations/{got['conversation']['id']}/activities"
    assert (
        ask(teams, "POST", path, held, type="message", text="Nobody.", replyToId=got["id"]).status_code == 201
    )
    [said] = teams.world.posted(range_days)
    assert (said.thread, said.reply_to) == (asked.said.id, asked.said.id)
    anew = ask(teams, "POST", f"conversations/{range_days.id}/activities", held, type="message", text="News.")
    assert teams.world.posted(range_days)[1].thread == anew.json()["id"]
    late = teams.acts.mention(okafor(teams), "thanks", range_days, said)
    assert late.activity["replyToId"] == asked.said.id
    lost = ask(
        teams, "POST", f"conversations/{range_days.id};messageid=7/activities", held, type="message", text="?"
    )
    assert lost.status_code == 404


# -- who is there


def test_members_are_told_one_by_one_and_in_pages(teams: StandIn) -> None:
    held = token(teams)
    guest = teams.world.add_person("Pat Guest", "pat@county.example", guest=True, mail=None)
    many = [teams.world.add_person(f"Officer {n:03d}") for n in range(60)]
    path = f"conversations/{teams.world.add_team('Patrol', guest, *many).id}"
    one = ask(teams, "GET", f"{path}/members/{guest.id}", held).json()
    assert (one["userRole"], one["userPrincipalName"]) == (
        "guest",
        "pat_county.example#EXT#@lakemont.onmicrosoft.com",
    )
    assert (one["objectId"], one["tenantId"], one.get("email")) == (guest.aad, teams.world.tenant, None)
    by_name = ask(teams, "GET", f"{path}/members/officer.007@lakemont.example", held).json()
    assert (by_name["givenName"], by_name["surname"], by_name["userRole"]) == ("Officer", "007", "user")
    first = ask(teams, "GET", f"{path}/pagedMembers", held, pageSize=10).json()
    assert len(first["members"]) == 50
    rest = ask(
        teams, "GET", f"{path}/pagedmembers", held, continuationToken=first["continuationToken"]
    ).json()
    assert (len(rest["members"]), rest.get("continuationToken")) == (11, None)
    assert ask(teams, "GET", f"{path}/pagedMembers", held, pageSize="many").status_code == 400
    missing = ask(teams, "GET", f"{path}/members/{ruiz(teams).id}", held)
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "MemberNotFoundInConversation")
    ruiz(teams).installed = False
    alone = ask(teams, "GET", f"conversations/{teams.world.personal(ruiz(teams)).id}/members", held)
    assert alone.json()["error"]["code"] == "BotNotInConversationRoster"


# -- files


def test_a_file_is_fetched_by_its_address_alone_and_for_a_while(teams: StandIn) -> None:
    app = App(teams)
    assert teams.acts.file(ruiz(teams), "Card.PDF", b"%PDF-1.7", text="my card").to(app.door()).ok
    [card, page] = app.got[0]["attachments"]
    assert (card["contentType"], page["contentType"]) == (
        "application/vnd.microsoft.teams.file.download.info",
        "text/html",
    )
    assert (card["name"], card["content"]["fileType"]) == ("Card.PDF", "pdf")
    assert card["contentUrl"].startswith("https://lakemont-my.sharepoint.com/")
    url = card["content"]["downloadUrl"]
    assert web("GET", url).content == b"%PDF-1.7"
    assert web("GET", url, headers={"Authorization": f"Bearer {token(teams)}"}).status_code == 401
    assert web("GET", url.partition("?")[0]).status_code == 401
    assert web("GET", f"{teams.world.base}/download/none?tempauth=none").status_code == 404
    later(teams, minutes=5)
    assert web("GET", url).status_code == 401


def test_a_pasted_picture_needs_the_bots_token(teams: StandIn) -> None:
    app = App(teams)
    assert teams.acts.picture(ruiz(teams), b"\x89PNG").to(app.door()).ok
    picture = app.got[0]["attachments"][0]
    assert picture["contentType"] == "image/*"
    assert "text" not in app.got[0]
    assert web("GET", picture["contentUrl"]).status_code == 401
    headers = {"Authorization": f"Bearer {token(teams)}"}
    assert web("GET", picture["contentUrl"], headers=headers).content == b"\x89PNG"
    assert web("GET", picture["contentUrl"].replace("views", "v"), headers=headers).status_code == 404
    gone = f"{teams.service_url}v3/attachments/none/views/original"
    assert web("GET", gone, headers=headers).status_code == 404


def test_several_files_come_in_one_message_and_a_file_elsewhere_has_no_address(teams: StandIn) -> None:
    app = App(teams)
    pair = (("a.pdf", b"a", "application/pdf"), ("scan", b"b", "image/png"))
    assert teams.acts.files(ruiz(teams), *pair).to(app.door()).ok
    kinds = [each["content"]["fileType"] for each in app.got[0]["attachments"][:2]]
    assert (kinds, "text" in app.got[0]) == (["pdf", ""], False)
    group = teams.world.add_group(ruiz(teams), okafor(teams))
    assert teams.acts.file_elsewhere(ruiz(teams), group, "my card").to(app.door()).ok
    assert [each["contentType"] for each in app.got[1]["attachments"]] == ["text/html"]
    teams.world.app.supports_files = False
    with pytest.raises(AssertionError, match="no files"):
        teams.acts.file(ruiz(teams), "card.pdf", b"%PDF")
