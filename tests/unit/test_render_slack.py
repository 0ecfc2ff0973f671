"""Does Slack get what it takes, say everything in words, and never make more of a text than a text?"""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from bot.slack.home import render_home
from bot.slack.presses import press
from bot.slack.render import render_message
from messages.model import (
    Button,
    Checklist,
    ChecklistItem,
    ChecklistState,
    Fact,
    Facts,
    Link,
    Message,
    Note,
    Paragraph,
    Picture,
    Table,
)
from messages.replies import GOES_ON
from tests.fakes.slack.blockkit import problems
from tests.unit.any_message import HOSTILE, MANY, messages
from tests.unit.form_cast import FORM
from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import drawn, kept
from tests.unit.slack_cast import (
    REACHES,
    WORDS,
    draw,
    everywhere,
    inside,
    letters,
    message,
    offered,
    pressed,
    seen,
    texts_of,
    wrong_with,
)

PLAIN_BLOCKS = {"section", "context", "actions", "header", "divider"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_looks_as_reviewed(name: str) -> None:
    assert drawn(name, "slack") == kept("slack", name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_slack_takes_each_message_whole_with_every_button_also_where_it_knows_the_plain_blocks_alone(
    name: str,
) -> None:
    said = EXAMPLES[name](WORDS)
    for rich in (True, False):
        found = draw(said, rich=rich)

        assert wrong_with(found) == []
        assert pressed(found.blocks) == offered(said)
        assert "no room" not in found.text
        for block in found.blocks:
            parsed = SdkBlock.parse(block)
            assert parsed is not None
            parsed.validate_json()
        if not rich:
            assert {block["type"] for block in found.blocks} <= PLAIN_BLOCKS


@MANY
@given(messages(), st.booleans())
def test_slack_takes_any_message_and_nothing_is_lost_silently(said: Message, rich: bool) -> None:
    found = draw(said, rich=rich)

    assert wrong_with(found) == []
    leads = pressed(found.blocks)
    assert None not in leads
    shown = letters("".join(seen(found.blocks)))
    if letters("had no room here.") in shown:
        # The word that brings the rest, where there is such a word for it.
        assert said.kind not in GOES_ON or any(each is not None and each[0] == "more" for each in leads)
    else:
        assert leads == offered(said)
        assert [text for text in texts_of(said) if letters(text) not in shown] == []
    ids = [each["action_id"] for each in inside(found.blocks, "button")]
    assert len(ids) == len(set(ids))


@pytest.mark.long
@MANY
@given(messages(), st.booleans())
def test_nothing_anybody_wrote_can_mention_or_lead_anywhere(said: Message, rich: bool) -> None:
    found = draw(said, rich=rich)
    home = render_home(said, WORDS, as_of="Mar 2 2027 14:10", agency="Lakemont PD", nonce="n", rich=rich)

    for text in (*seen(found.blocks), *seen(home["blocks"]), found.text):
        assert not REACHES.search(text), text
    # Slack reads markup in the text beside the blocks only, and there is none of it.
    assert not [*inside(found.blocks, "mrkdwn"), *inside(home, "mrkdwn")]
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", found.text)
    links = {each.href for each in said.actions if isinstance(each, Link)}
    links |= {row.href for part in said.body if isinstance(part, Facts) for row in part.rows}
    links |= {part.href for part in said.body if isinstance(part, Picture)}
    assert {each["url"] for each in inside(found.blocks, "button") if "url" in each} <= links


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_still_said(name: str) -> None:
    words = re.findall(r"[a-z]{3,}", name)
    found = draw(message(Paragraph(name), Facts((Fact(name, name),))))

    said = "".join(seen(found.blocks)).replace("\u200b", "")
    assert [each for each in words if each not in said] == []


@pytest.mark.parametrize("name", [*HOSTILE, "x y " * 600, "&<>*_~`@# " * 250])
def test_slack_takes_a_hostile_name_wherever_it_stands(name: str) -> None:
    said = everywhere(name)
    home = render_home(said, WORDS, as_of=name, agency=name, nonce="n")

    for rich in (True, False):
        assert wrong_with(draw(said, rich=rich)) == []
        assert wrong_with(draw(message(*said.body[:4], title=name), rich=rich)) == []
        for part in said.body:
            assert wrong_with(draw(message(part), rich=rich)) == []
    assert problems("home", home) == []


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("Smith & <b>", "Smith &amp; &lt;\u200bb&gt;"),
        ("&lt;!here&gt;", "&amp;\u200blt;!here&amp;\u200bgt;"),
        ("*YES* for all", "\u2217YES\u2217 for all"),
        ("_x_ ~y~ `z`", "\u02cdx\u02cd \u223cy\u223c \u02cbz\u02cb"),
        ("> not quoted", "\u200b&gt; not quoted"),
        ("roster_2027 4*4", "roster_2027 4*4"),
        ("ruiz@lakemont.gov", "ruiz@lakemont\u200b.gov"),
        (":skull: in #general", ":\u200bskull: in #\u200bgeneral"),
        ("at 14:10, Minn. R. 6700.0900", "at 14:10, Minn. R. 6700.0900"),
    ],
)
def test_markup_that_somebody_typed_is_shown_as_typed(typed: str, beside: str) -> None:
    assert draw(message(Paragraph(typed))).text == beside


def test_the_text_beside_the_blocks_begins_with_the_word_and_ends_with_what_to_do() -> None:
    text = draw(EXAMPLES["status-not-yet"](WORDS)).text

    assert text.startswith("NOT YET, Ruiz.\n31.5 of 48 h (65%), 120 days left (Jun 30).")
    assert text.endswith("Reply NEXT, WHY, MENU or PICTURE.")


def test_a_long_text_beside_the_blocks_says_how_much_is_missing_and_keeps_what_to_do() -> None:
    rows = tuple(Fact(f"Line {number}", "&" * 50) for number in range(40))
    found = draw(message(Facts(rows), title="YES.", actions=(Button("Why", "why", typed="WHY"),)))

    shown = found.text.count("Line ")
    assert 5 < shown < 40
    assert found.text.endswith(f"{40 - shown} more lines had no room here. MORE for the rest.\nReply WHY.")


def test_an_endless_message_ends_where_a_line_ends_and_says_how_many_more_there_are() -> None:
    rows = tuple(Fact(f"Officer {number:04d}", "31.5 of 48 h") for number in range(900))
    found = draw(message(Facts(rows), title="B shift", actions=(Button("Menu", "menu", typed="MENU"),)))

    said = "\n".join(seen(found.blocks))
    shown = re.findall(r"Officer \d{4}: 31\.5 of 48 h", said)
    assert wrong_with(found) == []
    assert len(shown) > 200
    assert f"{900 - len(shown)} more lines had no room here. MORE for the rest." in said
    assert pressed(found.blocks) == [("more", ""), ("menu", "")]


def test_a_message_that_offers_more_already_does_not_offer_it_twice() -> None:
    rows = tuple(Fact(f"Officer {number:04d}", "31.5 of 48 h") for number in range(900))
    found = draw(message(Facts(rows), actions=(Button("More", "more", "list|2", "MORE"),)))

    assert pressed(found.blocks) == [("more", "list|2")]


def test_more_buttons_than_a_row_takes_go_into_several_and_each_can_be_told_apart() -> None:
    buttons = tuple(Button(f"Record {number}", "record", f"C-{number}") for number in range(60))
    found = draw(message(Paragraph("Which?"), actions=buttons))

    rows = [block for block in found.blocks if block["type"] == "actions"]
    assert [len(row["elements"]) for row in rows] == [25, 25, 10]
    assert found.blocks[-1]["elements"][-1]["action_id"] == "record:59"


def test_a_long_label_is_cut_where_a_word_ends() -> None:
    label = "Continuing education in the licensing cycle that ends on the last day of June of next year"
    [button] = inside(draw(message(actions=(Button(label, "why"),))).blocks, "button")

    assert (
        button["text"]["text"]
        == "Continuing education in the licensing cycle that ends on the last day of..."
    )
    assert "value" not in button


def test_blocks_are_new_each_time_they_are_drawn() -> None:
    said = EXAMPLES["status-not-yet"](WORDS)
    ids = [
        {block["block_id"] for block in render_message(said, WORDS, rich=True, nonce=nonce).blocks}
        for nonce in ("a", "b")
    ]

    assert ids[0].isdisjoint(ids[1])


def test_one_table_is_native_and_the_next_one_says_its_columns_in_each_line() -> None:
    table = Table("Who", ("Name", "Standing", "First"), (("Ofc. Ruiz", "NOT YET", ""),))
    found = draw(message(table, table))

    [native] = inside(found.blocks, "table")
    assert [[cell["text"] for cell in row] for row in native["rows"]] == [
        ["Name", "Standing", "First"],
        ["Ofc. Ruiz", "NOT YET", "-"],
    ]
    assert "".join(seen(found.blocks[-1])).endswith("Ofc. Ruiz: Standing: NOT YET")


@pytest.mark.parametrize(
    ("rows", "columns", "characters", "is_native"),
    [
        (99, 1, 1, True),
        (100, 1, 1, False),
        (2, 20, 1, True),
        (2, 21, 1, False),
        (9, 1, 1_000, True),
        (10, 1, 1_000, False),
    ],
)
def test_a_table_larger_than_slacks_is_told_in_lines(
    rows: int, columns: int, characters: int, *, is_native: bool
) -> None:
    cell = "x" * characters
    found = draw(message(Table("", (cell,) * columns, ((cell,) * columns,) * rows)))

    assert bool(list(inside(found.blocks, "table"))) is is_native
    assert wrong_with(found) == []
    assert "no room" not in "".join(seen(found.blocks))


@pytest.mark.parametrize(("parts", "whole"), [(49, True), (50, True), (51, False), (80, False)])
def test_as_many_blocks_are_used_as_slack_takes(parts: int, *, whole: bool) -> None:
    found = draw(message(*[Note("x")] * parts))

    assert wrong_with(found) == []
    assert len(found.blocks) == min(parts, 50)
    # Where it is not whole, a row of buttons and the remark about the rest take the place of two.
    assert (f"{parts - 48} more lines" in "".join(seen(found.blocks))) is not whole


def test_each_row_and_each_line_has_its_button_right_below() -> None:
    table = Table("", ("Date", "Record"), (("Feb 1", "C-11"), ("Feb 2", "C-12")), _opening("C-11", "C-12"))
    items = Checklist(
        "Agency",
        (
            ChecklistItem(
                text="TASER", state=ChecklistState.DONE, word="Done", action=Button("TASER", "why", "own|tsr")
            ),
            ChecklistItem(text="CPR", state=ChecklistState.OPEN, word="Open"),
        ),
    )
    blocks = draw(message(table, items)).blocks

    assert [block["type"] for block in blocks] == ["table", "actions", "header", "rich_text", "actions"]
    assert pressed(blocks[1]) == [("record", "C-11"), ("record", "C-12")]
    assert pressed(blocks[4]) == [("why", "own|tsr")]
    assert "".join(seen(blocks[3])) == "bulletDone - TASERbulletOpen - CPR" or "Done" in "".join(
        seen(blocks[3])
    )


def test_a_table_with_buttons_for_some_rows_only_has_none() -> None:
    table = Table("", ("Date", "Record"), (("Feb 1", "C-11"), ("Feb 2", "C-12")), _opening("C-11"))

    assert pressed(draw(message(table)).blocks) == []


def test_no_heading_is_left_standing_over_nothing() -> None:
    # The list after the heading has no room: the heading goes with it.
    found = draw(
        message(*[Note("x")] * 47, Facts((Fact("Due", "Jun 30"),), "Deadlines"), Note("x"), Note("x"))
    )

    assert "Deadlines" not in "".join(seen(found.blocks))
    assert [block["type"] for block in found.blocks[-3:]] == ["context", "context", "actions"]


@pytest.mark.parametrize("sign", ["\u202e", "\ud800", " ", "\n", "<", ">", "|", '"'])
def test_an_address_with_a_sign_that_hides_or_ends_it_is_not_followed(sign: str) -> None:
    found = draw(message(actions=(Link("Law", f"https://example.gov/{sign}x"),)))

    assert not list(inside(found.blocks, "button"))
    assert wrong_with(found) == []


def _opening(*numbers: str) -> tuple[Button, ...]:
    return tuple(Button(each, "record", each) for each in numbers)


def test_a_link_that_is_none_is_shown_as_text_and_the_law_can_be_followed() -> None:
    law = Fact("Law", "Minn. R. 6700.0900", "https://www.revisor.mn.gov/rules/6700.0900/")
    found = draw(message(Facts((law,)), actions=(Link("Here", "javascript:alert(1)"), Link("Up", "//x"))))

    [button] = inside(found.blocks, "button")
    assert (button["url"], button["text"]["text"]) == (law.href, "Minn. R. 6700.0900")
    assert press(button["action_id"], None) is None
    assert "Here: javascript:alert(1)" in "".join(seen(found.blocks))


def test_a_picture_is_shown_only_where_slack_can_fetch_it_and_always_in_words() -> None:
    safe, ours = Picture("https://example.gov/p.png", "A card"), Picture("/desk/files/1", "A card")

    [image] = inside(draw(message(safe)).blocks, "image")
    assert image["alt_text"] == "A card"
    for found in (draw(message(ours)), draw(message(safe), rich=False)):
        assert not list(inside(found.blocks, "image"))
        assert "A card" in "".join(seen(found.blocks))


def test_a_form_opens_by_its_route_and_says_what_it_holds() -> None:
    found = draw(replace(message(Paragraph("Enter it.")), form=FORM))

    assert pressed(found.blocks) == [("record", "")]
    said = "".join(seen(found.blocks))
    assert "Topic: Autism" in said
    assert "2027-03-09 - That day has not come yet." in said


@pytest.mark.parametrize(
    ("action_id", "value", "expected"),
    [
        ("why:3", "own|mn-ce-48||", ("why", "own|mn-ce-48||")),
        ("why:3", None, ("why", "")),
        ("what-if:0", "", ("what-if", "")),
        ("why", "x", None),
        ("why:", "x", None),
        ("why:x", "x", None),
        ("why:3:4", "x", None),
        ("why:\u0663", "x", None),
        (" why:3", "x", None),
        ("why:3\n", "x", None),
        ("WHY:3", "x", None),
        ("link/3", None, None),
        ("why:3", 7, None),
        ("why:3", "x" * 2_001, None),
        ("why:3", "a\nb", None),
        ("why:3", "\ud800", None),
        ("w" * 300 + ":3", "x", None),
        (None, "x", None),
        (["why:3"], "x", None),
    ],
)
def test_only_what_was_offered_can_be_pressed(action_id: object, value: object, expected: object) -> None:
    assert press(action_id, value) == expected


@given(st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text())), st.one_of(st.none(), st.text()))
def test_whatever_is_sent_as_a_press_is_a_route_or_nothing(action_id: object, value: object) -> None:
    found = press(action_id, value)

    assert found is None or re.fullmatch(r"[a-z][a-z0-9-]*", found[0])


def test_a_home_shows_where_somebody_stands_in_order_and_as_of_when() -> None:
    said = EXAMPLES["home"](WORDS)
    view = render_home(said, WORDS, as_of="Mar 2 2027 14:10", agency="Lakemont PD", nonce="n")

    assert problems("home", view) == []
    assert pressed(view["blocks"]) == offered(said)
    text = "\n".join(seen(view["blocks"]))
    places = [
        text.index(each) for each in ("NOT YET", "As of Mar 2 2027 14:10", "31.5 of 48 h", "Overall: 65%")
    ]
    assert places == sorted(places)
    assert not list(inside(view, "table"))


def test_a_stranger_sees_a_sentence_and_nothing_about_anybody() -> None:
    view = render_home(None, WORDS, as_of="Mar 2 2027 14:10", agency="Lakemont PD", nonce="n")

    assert problems("home", view) == []
    [block] = view["blocks"]
    assert block["text"]["text"].startswith(
        "This is the Lakemont PD training desk. I do not know this sender"
    )


@MANY
@given(messages())
def test_slack_takes_any_home(said: Message) -> None:
    view = render_home(said, WORDS, as_of="Mar 2 2027 14:10", agency="Lakemont PD", nonce="n")

    assert problems("home", view) == []


def test_a_state_is_never_told_without_its_word() -> None:
    for state in ChecklistState:
        item = ChecklistItem(text="CPR", state=state, word=f"word of {state.value}")
        for rich in (True, False):
            assert item.word in json.dumps(draw(message(Checklist("", (item,))), rich=rich).blocks)


def test_a_remark_is_smaller_than_an_answer() -> None:
    blocks = draw(message(Paragraph("Yes."), Note("As of today."))).blocks

    assert [block["type"] for block in blocks] == ["section", "context"]
