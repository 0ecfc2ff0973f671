"""Does Teams get what it takes, say everything in words, and never make more of a text than a text?"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.fitting import units
from bot.teams.presses import press
from bot.teams.render import DrawnActivity
from bot.teams.unmarked import unmarked
from messages.kinds import MessageKind
from messages.model import (
    Bar,
    Bars,
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
from tests.fakes.teams.cards import check_card, markdown_in
from tests.unit.any_message import HOSTILE, MANY, json_values, messages
from tests.unit.form_cast import FORM
from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import drawn, kept
from tests.unit.slack_cast import REACHES, everywhere, message, offered, texts_of
from tests.unit.teams_cast import (
    WORDS,
    bar_of,
    body_of,
    draw,
    inside,
    letters,
    pressed,
    read_as_markdown,
    said_in,
    seen,
    wrong_with,
)

# What is written for Teams, and for its phones, in order to be more than a text.
WRITTEN_FOR_TEAMS = (
    "<at>Chief Brandt</at> <at id='0'>x</at>",
    "[My status](javascript:alert(1)) [x](https://evil.example)",
    "[x]: https://evil.example 'y'",
    "![x](https://evil.example/p.png)",
    "[a][b] [c] (d)",
    "{{DATE(2027-03-02T06:00:00Z, SHORT)}} {{TIME(2027-03-02T06:00:00Z)}} {{date}} ${name}",
    "**YES** __YES__ *YES* 4*4*4 a*b*c ***x*** ~~NO~~",
    "# YES",
    "- one",
    "+ one",
    "* one",
    "1. one",
    "31.5 of 48 h",
    "(a)1. one (b)- two",
    "---",
    "***",
    "| a | b |",
    "    code",
    "\\*x\\* \\[y\\](z)",
    "&copy; &#42;x&#42; &lt;at&gt;",
    "<script>alert(1)</script> <br/> <!-- x -->",
    "\u200f\u202eSEY\u202c \u2067x\u2069",
    "\U0001f600" * 10_000,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_looks_as_reviewed_and_teams_takes_it_whole(name: str) -> None:
    assert drawn(name, "teams") == kept("teams", name).read_text(encoding="utf-8")

    said = EXAMPLES[name](WORDS)
    found = draw(said)
    assert wrong_with(found) == []
    if found.card is None:
        assert offered(said) == []
        return
    assert "no room" not in str(found.card["body"])
    leads = pressed(found)
    if len(offered(said)) - len(leads) > 12:
        # Many are words to type.
        assert len(bar_of(found)) == 6
    else:
        assert sorted(map(str, leads)) == sorted(map(str, offered(said)))


@MANY
@given(messages())
def test_teams_takes_any_message_that_reaches_nobody_and_nothing_is_lost_silently(said: Message) -> None:
    found = draw(said)

    assert wrong_with(found) == []
    _reaches_nobody(said, found)
    if found.card is None:
        assert offered(said) == []
        assert [text for text in texts_of(said) if letters(text) not in letters(found.text)] == []
        return
    leads = pressed(found)
    assert None not in leads
    shown = letters("".join(seen([*body_of(found), *bar_of(found)])))
    if letters("had no room here.") in shown:
        # The word that brings the rest, where there is such a word for it.
        assert said.kind not in GOES_ON or any(each is not None and each[0] == "more" for each in leads)
        return
    assert [text for text in texts_of(said) if letters(text) not in shown] == []
    for each in offered(said):
        if each in leads:
            leads.remove(each)
        else:
            assert letters(_typed(said, each)) in shown
    assert leads == []


def _typed(said: Message, lead: tuple[str, str]) -> str:
    [typed, *_] = [
        each.typed for each in said.actions if isinstance(each, Button) and (each.route, each.value) == lead
    ]
    return typed


def _reaches_nobody(said: Message, found: DrawnActivity) -> None:
    assert [text for text in said_in(found) if REACHES.search(text)] == []
    links = {each.href for each in said.actions if isinstance(each, Link)}
    links |= {row.href for part in said.body if isinstance(part, Facts) for row in part.rows}
    links |= {part.href for part in said.body if isinstance(part, Picture)}
    assert {each["url"] for each in inside(found.card, "Action.OpenUrl")} <= links


@pytest.mark.parametrize("name", [*WRITTEN_FOR_TEAMS, *HOSTILE, "x y " * 600, "&<>*_~`@#[]() " * 250])
def test_teams_takes_a_hostile_name_wherever_it_stands(name: str) -> None:
    said = everywhere(name)
    for each in (said, message(*said.body[:4], title=name), *(message(part) for part in said.body)):
        found = draw(each)
        assert wrong_with(found) == []
        assert [text for text in said_in(found) if REACHES.search(text)] == []
        assert [text for text in said_in(found) if "<at" in text] == []


@pytest.mark.parametrize("name", [*WRITTEN_FOR_TEAMS[:-1], *HOSTILE])
def test_a_hostile_name_is_still_said(name: str) -> None:
    found = draw(message(Paragraph(name), Facts((Fact(name, name),)), Note("x")))

    assert letters(name) in letters("".join(seen(body_of(found))))


lines = st.one_of(
    st.sampled_from(WRITTEN_FOR_TEAMS[:-1]),
    st.text(max_size=30),
    st.text("*_~`[](){}<>\\&#-+.1! :|=\u200bab\n", max_size=30),
)


@MANY
@given(lines)
def test_no_reader_of_markdown_finds_any(typed: str) -> None:
    for line in read_as_markdown(draw(message(Paragraph(typed), Note("x")))):
        assert markdown_in(line) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*YES* for all", "\u2217YES\u2217 for all"),
        ("roster_2027_final.csv", "roster_2027_final\u200b.csv"),
        ("[x](y)", "[x]\u200b(y)"),
        ("Minn. R. 6700.0900 [1]", "Minn. R. 6700.0900 [1]"),
        ("31.5 of 48 h", "31.5 of 48 h"),
        ("1. one", "\u200b1. one"),
        ("(a)- one", "(a)\u200b- one"),
        ("Mar 1 - Mar 2, -5", "Mar 1 - Mar 2, -5"),
        ("at 14:10, {x} a\\b", "at 14:10, {x} a\\b"),
        ("2 of 4", "2 of 4"),
        ("-", "\u200b-"),
    ],
)
def test_markup_that_somebody_typed_is_shown_as_typed(typed: str, shown: str) -> None:
    [element, _] = body_of(draw(message(Paragraph(typed), Note("x"))))

    assert element["text"] == shown


def test_words_that_are_all_need_no_card() -> None:
    found = draw(message(Paragraph("Yes.\nIt counts."), title="Autism"))

    assert (found.card, found.text, found.summary) == (
        None,
        "Autism\nYes.\nIt counts.",
        "Autism Yes. It counts.",
    )
    assert draw(message(Paragraph("Yes."), Note("As of today."))).card is not None


def test_words_too_long_for_one_message_are_a_card_that_says_what_is_missing() -> None:
    found = draw(message(*[Paragraph("word " * 190)] * 40))

    assert found.card is not None
    assert re.search(
        r"\d+ more lines had no room here\. MORE for the rest\.", "\n".join(seen(body_of(found)))
    )


def test_a_toast_begins_with_the_word() -> None:
    found = draw(EXAMPLES["status-not-yet"](WORDS))

    assert found.summary.startswith("NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30).")
    assert found.card is not None
    assert found.card["fallbackText"].startswith("NOT YET, Ruiz.\n")
    assert found.card["fallbackText"].endswith("Reply NEXT, WHY, MENU or PICTURE.")
    assert len(draw(message(Note("word " * 300), title="word " * 300)).summary) <= 250


def test_an_endless_message_ends_where_a_line_ends_and_says_how_many_more_there_are() -> None:
    rows = tuple(Fact(f"Officer {number:04d}", "31.5 of 48 h") for number in range(900))
    found = draw(message(Facts(rows), title="B shift", actions=(Button("Menu", "menu", typed="MENU"),)))

    shown = [each["title"] for one in inside(found.card, "FactSet") for each in one["facts"]]
    assert wrong_with(found) == []
    assert len(shown) > 150
    assert f"{900 - len(shown)} more lines had no room here. MORE for the rest." in list(seen(body_of(found)))
    assert pressed(found) == [("more", ""), ("menu", "")]


def test_a_message_that_offers_more_already_does_not_offer_it_twice() -> None:
    rows = tuple(Fact(f"Officer {number:04d}", "31.5 of 48 h") for number in range(900))
    found = draw(message(Facts(rows), actions=(Button("More", "more", "list|2", "MORE"),)))

    assert pressed(found) == [("more", "list|2")]


def test_a_list_that_is_too_long_for_its_buttons_at_the_side_is_drawn_closer() -> None:
    def items(count: int) -> Message:
        texts = (f"Duty {number}: 0 of 4 h" for number in range(count))
        return message(Checklist("Agency", tuple(_opening_item(each) for each in texts)))

    few, many, endless = (draw(items(count)) for count in (14, 22, 90))

    assert {each["type"] for each in body_of(few)[1:]} == {"ColumnSet"}
    assert {each["type"] for each in body_of(many)[1:]} == {"Container"}
    assert [len(pressed(each)) for each in (few, many)] == [14, 22]
    assert body_of(many)[1]["items"][0]["text"] == "Open - Duty 0: 0 of 4 h, Jun 30 \u203a"
    assert pressed(endless)[-1] == ("more", "")
    assert [wrong_with(each) for each in (few, many, endless)] == [[], [], []]


def _opening_item(text: str) -> ChecklistItem:
    button = Button(text.partition(":")[0], "why", f"own|{text.partition(':')[0]}|2024-07-01/2027-06-30|")
    return ChecklistItem(text=text, state=ChecklistState.OPEN, word="Open", due="Jun 30", action=button)


@pytest.mark.parametrize(
    ("count", "typed", "in_lines", "typing"),
    [
        (6, "T{}", 0, False),
        (7, "T{}", 1, False),
        (18, "T{}", 12, False),
        (19, "T{}", 0, True),
        (19, "", 13, False),
    ],
)
def test_more_buttons_than_teams_shows_are_lines_or_words_to_type(
    count: int, typed: str, in_lines: int, *, typing: bool
) -> None:
    buttons = tuple(Button(f"Record {n}", "record", f"C-{n}", typed.format(n)) for n in range(count))
    found = draw(message(Paragraph("Which?"), actions=buttons))

    assert [each["title"] for each in bar_of(found)] == [f"Record {n}" for n in range(6)]
    assert [each["columns"][0]["items"][0]["text"] for each in inside(found.card, "ColumnSet")] == [
        f"Record {n}" for n in range(6, 6 + in_lines)
    ]
    said = "\n".join(seen(body_of(found)))
    assert ("13 more: type T6, T7, T8," in said) is typing
    assert ("or T18." in said) is typing


def test_words_that_stand_above_are_not_said_again() -> None:
    found = draw(EXAMPLES["menu"](WORDS))

    assert body_of(found)[-1]["text"] == "43 more: type their words from above."


def test_a_row_of_a_table_says_each_number_behind_its_column_and_is_pressed_as_a_whole() -> None:
    columns = ("Date", "Title", "Hours", "Record")
    rows = (("Feb 1", "Autism", "4.5", "C-11"), ("Feb 2", "", "2", "C-12"))
    opening = tuple(Button(row[-1], "record", row[-1]) for row in rows)
    [heading, first, second] = body_of(draw(message(Table("Counted", columns, rows, opening))))

    assert (heading["text"], heading["style"]) == ("Counted", "heading")
    left, right = ([each["text"] for each in column["items"]] for column in first["columns"])
    assert left == ["Feb 1", "Title:\u00a0Autism; Hours:\u00a04.5"]
    assert right == ["C-11"]
    assert first["selectAction"]["title"] == "Feb 1: Title:\u00a0Autism; Hours:\u00a04.5 - C-11"
    assert press(first["selectAction"]["data"]) == ("record", "C-11")
    assert [each["text"] for each in second["columns"][0]["items"]] == ["Feb 2", "Hours:\u00a02"]


def test_a_table_with_buttons_for_some_rows_only_has_none() -> None:
    table = Table("", ("Date", "Record"), (("Feb 1", "C-11"), ("Feb 2", "C-12")), (Button("C-11", "record"),))
    found = draw(message(table))

    assert pressed(found) == []
    assert list(seen(body_of(found))) == ["Feb 1", "Record:\u00a0C-11", "Feb 2", "Record:\u00a0C-12"]


@pytest.mark.parametrize(
    ("label", "value", "in_columns"),
    [
        ("x" * 24, "y" * 160, True),
        ("x" * 25, "y", False),
        ("x", "y" * 161, False),
        ("x", "y\nz", False),
        ("", "y", False),
        ("x", "", False),
    ],
)
def test_facts_stand_beside_each_other_while_they_can_be_read_so_on_a_phone(
    label: str, value: str, *, in_columns: bool
) -> None:
    found = draw(message(Facts((Fact("Due", "Jun 30"), Fact(label, value)))))

    assert bool(list(inside(found.card, "FactSet"))) is in_columns
    assert letters(label + value) in letters("".join(seen(body_of(found)))).replace(":", "")


def test_the_law_can_be_followed_and_what_is_no_safe_address_is_shown_as_text() -> None:
    law = Fact("Law", "Minn. R. 6700.0900", "https://www.revisor.mn.gov/rules/6700.0900/")
    plain = Fact("Old", "6700", "http://www.revisor.mn.gov/")
    found = draw(
        message(
            Facts((Fact("Due", "Jun 30"), law, plain)),
            actions=(
                Link("Here", "javascript:alert(1)"),
                Link("Up", "http://x.example"),
                Link("Law", law.href),
            ),
        )
    )

    assert [each["url"] for each in inside(found.card, "Action.OpenUrl")] == [law.href] * 2
    said = "".join(seen(body_of(found)))
    assert "Here: javascript:alert" in said
    assert "Up: http:\u200b//x\u200b.example" in said


@pytest.mark.parametrize("sign", ["\u202e", "\ud800", " ", "\n", "<", ">", "|", '"'])
def test_an_address_with_a_sign_that_hides_or_ends_it_is_not_followed(sign: str) -> None:
    found = draw(message(actions=(Link("Law", f"https://example.gov/{sign}x"),)))

    assert not list(inside(found.card, "Action.OpenUrl"))
    assert wrong_with(found) == []


def test_a_picture_is_told_in_words_and_leads_to_it() -> None:
    found = draw(message(Picture("https://example.gov/p.png", "A card"), Picture("/desk/files/1", "Another")))

    [shown] = inside(found.card, "Action.OpenUrl")
    assert (shown["title"], shown["url"]) == ("A card", "https://example.gov/p.png")
    assert "Another" in list(seen(body_of(found)))


def test_a_button_is_pressed_in_place_or_opens_the_dialog_of_its_form() -> None:
    found = draw(
        message(Paragraph("Next?"), actions=(Button("Why", "why", "own|x"), Button("What if", "what-if")))
    )

    [why, what_if] = bar_of(found)
    assert (why["type"], why["verb"], why["title"]) == ("Action.Execute", "why", "Why")
    assert why["data"] == {"rollcall": "why", "value": "own|x"}
    assert why["fallback"] == {"type": "Action.Submit", "title": "Why", "data": why["data"]}
    assert what_if == {
        "type": "Action.Submit",
        "title": "What if",
        "data": {"msteams": {"type": "task/fetch"}, "rollcall": "what-if", "value": ""},
    }


def test_a_form_opens_by_its_route_and_says_what_it_holds() -> None:
    found = draw(replace(message(Paragraph("Enter it.")), form=replace(FORM, value="7")))

    [opens] = bar_of(found)
    assert opens["data"] == {"msteams": {"type": "task/fetch"}, "rollcall": "record", "value": "7"}
    said = "".join(seen(body_of(found)))
    assert "Topic: Autism" in said
    assert "2027-03-09 - That day has not come yet." in said


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"rollcall": "why", "value": "own|mn-ce-48||"}, ("why", "own|mn-ce-48||")),
        ({"rollcall": "why"}, ("why", "")),
        ({"rollcall": "what-if", "value": "", "field-hours": "4", "msteams": {}}, ("what-if", "")),
        ({"rollcall": "why", "value": None}, None),
        ({"rollcall": "why", "value": 7}, None),
        ({"rollcall": "why", "value": "x" * 501}, None),
        ({"rollcall": "why", "value": "a\nb"}, None),
        ({"rollcall": "why", "value": "\ud800"}, None),
        ({"rollcall": "WHY"}, None),
        ({"rollcall": "why\n"}, None),
        ({"rollcall": ""}, None),
        ({"rollcall": "w" * 65}, None),
        ({"rollcall": ["why"]}, None),
        ({"value": "x"}, None),
        ("why", None),
        (None, None),
        (["why"], None),
    ],
)
def test_only_what_was_offered_can_be_pressed(data: object, expected: object) -> None:
    assert press(data) == expected


@given(st.one_of(json_values, st.fixed_dictionaries({"rollcall": json_values, "value": json_values})))
def test_whatever_is_sent_as_a_press_is_a_route_or_nothing(data: object) -> None:
    found = press(data)

    assert found is None or re.fullmatch(r"[a-z][a-z0-9-]*", found[0])


def test_a_value_too_long_to_come_back_is_no_button() -> None:
    found = draw(message(Paragraph("x"), actions=(Button("Why", "why", "x" * 501),)))

    assert bar_of(found) == []


def test_a_state_is_never_told_without_its_word_and_only_what_is_late_has_a_color() -> None:
    for state in ChecklistState:
        item = ChecklistItem(text="CPR", state=state, word=f"word of {state.value}")
        bar = Bar(label="CPR", value=1, of=2, unit="h", state=state, word=item.word)  # type: ignore[arg-type]  # any number will do
        for element in body_of(draw(message(Checklist("", (item,)), Bars("", (bar,))))):
            assert item.word in element["text"]
            assert ("color" in element) is (state is ChecklistState.OVERDUE)


def test_a_remark_is_smaller_than_an_answer() -> None:
    answer, remark = body_of(draw(message(Paragraph("Yes."), Note("As of today."))))

    assert "size" not in answer
    assert (remark["size"], remark["isSubtle"]) == ("Small", True)


def test_a_long_label_is_cut_where_a_word_ends() -> None:
    label = "Continuing education in the licensing cycle that ends in June"
    [button] = bar_of(draw(message(actions=(Button(label, "why"),))))

    assert button["title"] == "Continuing education in the licensing..."


def test_a_card_is_measured_in_utf_16() -> None:
    assert units("a") == 3
    assert units("\U0001f600") == 4
    assert check_card({"type": "AdaptiveCard", "version": "1.5", "body": ["\U0001f600" * 8_000]}) != []


def test_what_is_made_fit_for_a_card_stays_fit() -> None:
    for text in WRITTEN_FOR_TEAMS[:-1]:
        assert markdown_in(unmarked(unmarked(text))) == markdown_in(unmarked(text))


def test_a_kind_without_more_only_counts_what_is_left() -> None:
    rows = tuple(Fact(f"Officer {number:04d}", "31.5 of 48 h") for number in range(900))
    said = replace(message(Facts(rows)), kind=MessageKind.UPLOAD_HELP)

    assert MessageKind.UPLOAD_HELP not in GOES_ON
    assert pressed(draw(said)) == []
    assert list(seen(body_of(draw(said))))[-1].endswith("had no room here.")
