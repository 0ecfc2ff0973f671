"""Do buttons and dialogs of the Teams stand-in send what Teams sends, and are answers shown as Teams shows them?"""

import httpx
import pytest

from tests.fakes.teams.answers import NOT_REACHED, WENT_WRONG
from tests.fakes.teams.filling import filled
from tests.fakes.teams.server import StandIn
from tests.fakes.teams.world import Message
from tests.integration.teams_cast import (
    App,
    Json,
    a_card,
    a_submit,
    an_execute,
    attached,
    okafor,
    opening,
    post_card,
    ruiz,
)

CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"
APPROVE = an_execute("Approve", rollcall="approve", value="7")
NOTE = {"type": "Input.Text", "id": "note", "label": "Note", "maxLength": 20}
DAY = {
    "type": "Input.Date",
    "id": "day",
    "label": "Day",
    "isRequired": True,
    "errorMessage": "Choose a day.",
}
TOPIC = {
    "type": "Input.ChoiceSet",
    "id": "topic",
    "label": "Topic",
    "wrap": True,
    "choices": [{"title": "First aid", "value": "aid"}, {"title": "Range", "value": "range"}],
}


@pytest.fixture
def app(teams: StandIn) -> App:
    """An app that answers what the test sets."""
    return App(teams)


@pytest.fixture
def said(teams: StandIn) -> Message:
    """A card before the sergeant."""
    card = a_card(
        APPROVE, a_submit("Why", rollcall="why", value=""), opening("Note", rollcall="note", value="7")
    )
    assert post_card(teams, okafor(teams), card).status_code == 201
    return teams.world.said_to(okafor(teams))[0]


def answering(app: App, told: object, status: int = 200) -> App:
    """The app, which answers this from now on."""
    app.answer = httpx.Response(status, json=told)
    return app


def card_response(card: object) -> Json:
    """Another card in place of the one that was pressed."""
    return {"statusCode": 200, "type": CARD, "value": card}


def a_dialog(*inputs: Json, **more: object) -> Json:
    """A task that opens a dialog."""
    card = a_card(a_submit("Send", rollcall="note", value="7"), body=[*inputs])
    return {"task": {"type": "continue", "value": {"title": "A note", "card": attached(card), **more}}}


# -- pressing


def test_execute_is_an_invoke_whose_card_only_the_presser_sees(
    teams: StandIn, app: App, said: Message
) -> None:
    after = a_card(body=[{"type": "TextBlock", "text": "Approved.", "wrap": True}])
    answering(app, card_response(after))
    assert teams.acts.press(okafor(teams), said, "Approve").to(app.door()).ok
    [got] = app.got
    assert (got["type"], got["name"], got["replyToId"]) == ("invoke", "adaptiveCard/action", said.id)
    assert got["value"] == {
        "action": {
            "type": "Action.Execute",
            "title": "Approve",
            "verb": "decide",
            "data": {"rollcall": "approve", "value": "7"},
        },
        "trigger": "manual",
    }
    assert got["id"].startswith("f:")
    assert (said.card_for(okafor(teams)), said.card_for(ruiz(teams))) == (after, said.card)
    with pytest.raises(AssertionError, match="nothing to press"):
        teams.acts.press(okafor(teams), said, "Approve")
    teams.world.change(said, "", after)
    assert teams.acts.press(okafor(teams), said, "Approve", stale=True).to(app.door()).ok


def test_submit_and_an_old_client_send_a_message_without_words(
    teams: StandIn, app: App, said: Message
) -> None:
    assert teams.acts.press(okafor(teams), said, "Why").to(app.door()).ok
    assert teams.acts.press(okafor(teams), said, "Approve", old=True).to(app.door()).ok
    assert [(each["type"], each["value"], "text" in each) for each in app.got] == [
        ("message", {"rollcall": "why", "value": ""}, False),
        ("message", {"rollcall": "approve", "value": "7"}, False),
    ]


def test_buttons_of_one_title_are_told_apart_by_what_they_carry(teams: StandIn, app: App) -> None:
    card = a_card(*(a_submit("Open", rollcall="open", value=value) for value in "78"))
    assert post_card(teams, okafor(teams), card).status_code == 201
    [said] = teams.world.said_to(okafor(teams))
    with pytest.raises(AssertionError, match="several to press"):
        teams.acts.press(okafor(teams), said, "Open")
    assert teams.acts.press(okafor(teams), said, "Open", data={"value": "8"}).to(app.door()).ok
    assert app.got[0]["value"] == {"rollcall": "open", "value": "8"}


def test_words_are_shown_to_the_presser_and_everything_else_is_trouble(
    teams: StandIn, app: App, said: Message
) -> None:
    answering(app, {"statusCode": 200, "type": WORDS, "value": "It is decided already."})
    assert teams.acts.press(okafor(teams), said, "Approve").to(app.door()).ok
    assert teams.world.notices.pop(okafor(teams).id) == ["It is decided already."]
    wrong = {
        "not statusCode": {"type": WORDS, "value": "Fine."},
        "the words are": {"statusCode": 200, "type": WORDS, "value": {}},
        "the app says BadRequest: No": {
            "statusCode": 400,
            "type": "application/vnd.microsoft.error",
            "value": {"code": "BadRequest", "message": "No"},
        },
        "an error has": {"statusCode": 500, "type": "application/vnd.microsoft.error", "value": "No"},
        "no answer of": {"statusCode": 200, "type": "message", "value": "Fine."},
        "no title": card_response(a_card(a_submit("", rollcall="why", value=""))),
        "bytes": card_response(a_card(body=[{"type": "TextBlock", "text": "x" * 30_000, "wrap": True}])),
        "no object": [],
    }
    for reason, told in wrong.items():
        answer = teams.acts.press(okafor(teams), said, "Approve").to(answering(app, told).door())
        assert (answer.ok, reason in answer.trouble) == (False, True), (reason, answer.trouble)
    assert (
        not teams.acts.press(okafor(teams), said, "Approve").to(answering(app, card_response({})).door()).ok
    )
    assert teams.world.notices[okafor(teams).id] == [WENT_WRONG] * (len(wrong) + 1)
    assert not said.own_cards


def test_an_answer_that_is_no_json_or_no_success_or_never_comes_is_trouble(
    teams: StandIn, app: App, said: Message
) -> None:
    press = teams.acts.press(okafor(teams), said, "Approve")
    for answer in (
        httpx.Response(200),
        httpx.Response(200, text="fine"),
        httpx.Response(200, content=b"{", headers={"Content-Type": "application/json"}),
        httpx.Response(202, json={}),
        httpx.Response(500),
    ):
        app.answer = answer
        assert not press.to(app.door()).ok
    assert teams.world.notices.pop(okafor(teams).id) == [WENT_WRONG] * 5

    def gone(error: type[httpx.TransportError]) -> httpx.Client:
        def fails(_: httpx.Request) -> httpx.Response:
            raise error("made up")

        return httpx.Client(transport=httpx.MockTransport(fails))

    late, cut = (
        press.to(teams.door("http://app.lakemont.example", client=gone(each)))
        for each in (httpx.ReadTimeout, httpx.ConnectError)
    )
    assert (late.failure, cut.failure) == ("timed out", "connection failed")
    assert teams.world.notices[okafor(teams).id] == [NOT_REACHED] * 2
    assert (
        not teams.acts.message(ruiz(teams), "Hello?")
        .to(teams.door("http://app.lakemont.example", client=gone(httpx.ReadTimeout)))
        .ok
    )


# -- dialogs


def test_a_dialog_opens_is_filled_in_shows_its_errors_and_closes(
    teams: StandIn, app: App, said: Message
) -> None:
    sergeant = okafor(teams)
    answering(app, a_dialog(NOTE, DAY, height="small", width=400))
    assert teams.acts.press(sergeant, said, "Note").to(app.door()).ok
    assert (app.got[0]["name"], app.got[0]["value"]["data"]) == (
        "task/fetch",
        {"msteams": {"type": "task/fetch"}, "rollcall": "note", "value": "7"},
    )
    assert teams.acts.dialog(sergeant).title == "A note"
    for values, why in (
        ({}, "must be filled in"),
        ({"day": "Friday"}, "no date"),
        ({"hour": "8"}, "no such"),
    ):
        with pytest.raises(AssertionError, match=why):
            teams.acts.submit(sergeant, {"day": "2027-03-04"} | values if "hour" in values else values)
    answering(app, a_dialog(NOTE, title="Say more"))
    assert teams.acts.submit(sergeant, {"day": "2027-03-04"}, "Send").to(app.door()).ok
    assert (app.got[1]["name"], app.got[1]["value"]["data"]) == (
        "task/submit",
        {"rollcall": "note", "value": "7", "note": "", "day": "2027-03-04"},
    )
    assert teams.acts.dialog(sergeant).title == "Say more"
    answering(app, {"task": {"type": "message", "value": "Your note is kept."}})
    assert teams.acts.submit(sergeant, {"note": "well done"}).to(app.door()).ok
    assert teams.world.notices[sergeant.id] == ["Your note is kept."]
    with pytest.raises(AssertionError, match="no dialog open"):
        teams.acts.submit(sergeant)
    with pytest.raises(AssertionError, match="no dialog open"):
        teams.acts.close(sergeant)


def test_nothing_for_an_answer_closes_a_dialog_and_opens_none(
    teams: StandIn, app: App, said: Message
) -> None:
    sergeant = okafor(teams)
    assert not teams.acts.press(sergeant, said, "Note").to(app.door()).ok
    answering(app, a_dialog(NOTE))
    for end in ("answer", "close"):
        app.answer = httpx.Response(200, json=a_dialog(NOTE))
        assert teams.acts.press(sergeant, said, "Note").to(app.door()).ok
        if end == "answer":
            app.answer = httpx.Response(200)
            assert teams.acts.submit(sergeant).to(app.door()).ok
        else:
            teams.acts.close(sergeant)
        assert not teams.world.dialogs


def test_a_dialog_that_teams_cannot_show_is_trouble(teams: StandIn, app: App, said: Message) -> None:
    press = teams.acts.press(okafor(teams), said, "Note")
    good = a_dialog(NOTE)["task"]["value"]

    def showing(**changes: object) -> Json:
        return {"task": {"type": "continue", "value": good | changes}}

    wrong = {
        "not a task": {"statusCode": 200, "type": WORDS, "value": "Fine."},
        "a task has": {"task": {"type": "continue"}},
        "no task is": {"task": {"type": "open", "value": good}},
        "the words": {"task": {"type": "message", "value": ""}},
        "no object": {"task": {"type": "continue", "value": "card"}},
        "a dialog has no": showing(url="https://rollcall.example"),
        "a dialog has a title": showing(title=""),
        "height": showing(height="huge"),
        "width": showing(width=-1),
        "attached card": showing(card=a_card()),
        "no dialog shows": showing(card={"contentType": "text/html", "content": "<p>"}),
        "in a dialog": showing(card=attached(a_card(APPROVE))),
        "opens no dialog": showing(card=attached(a_card(opening("More", rollcall="note", value="")))),
    }
    for reason, told in wrong.items():
        answer = press.to(answering(app, told).door())
        assert (answer.ok, reason in answer.trouble) == (False, True), (reason, answer.trouble)
    assert not teams.world.dialogs


def test_inputs_come_as_teams_sends_them() -> None:
    card = a_card(body=[NOTE, DAY | {"value": "2027-03-04"}, {"type": "Container", "items": [TOPIC]}])
    assert filled(card, {}) == {"note": "", "day": "2027-03-04"}
    assert filled(card, {"topic": "aid", "note": "hi"}) == {"note": "hi", "day": "2027-03-04", "topic": "aid"}
    many = a_card(body=[TOPIC | {"isMultiSelect": True}])
    assert filled(many, {"topic": "aid,range"}) == {"topic": "aid,range"}
    for values in ({"topic": "swimming"}, {"note": "x" * 21}, {"day": ""}, {"other": "1"}):
        with pytest.raises(AssertionError):
            filled(card, values)
    with pytest.raises(AssertionError, match="nobody can"):
        filled(a_card(body=[{"type": "Input.Rating", "id": "stars"}]), {"stars": "5"})
