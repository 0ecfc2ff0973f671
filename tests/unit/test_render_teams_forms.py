"""Does a form open in Teams as what it asks, and do its entries come back exactly, whatever form they come in?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.dialogs import entered, render_dialog, saying
from bot.teams.presses import press
from messages.model import Choice, ChoiceField, DateField, Field, FileField, Form, NumberField, TextField
from reading.forms import read_day, read_hours
from tests.fakes.teams.cards import check_card
from tests.unit.any_message import HOSTILE, MANY, forms, json_values
from tests.unit.form_cast import FORM
from tests.unit.teams_cast import WORDS, letters, seen

# What somebody writes who knows what a card reads in a text.
WRITTEN = "[x](javascript:alert(1)) **y** {{DATE(2027-03-02T06:00:00Z)}}"
INPUTS = ("Input.Text", "Input.Date", "Input.ChoiceSet")


def form(*fields: Field, title: str = "A class") -> Form:
    return Form(title=title, route="what-if", submit="Try it", fields=fields)


def card_of(shown: Form) -> dict[str, Any]:
    dialog = render_dialog(shown, WORDS)
    assert dialog["type"] == "continue"
    card = dialog["value"]["card"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert check_card(card["content"], is_dialog=True) == []
    return dict(card["content"])


def inputs_of(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        each for box in card["body"] for each in box.get("items", ()) if each.get("type") in INPUTS
    ]  # in the order in which they stand


def asked(field: Field) -> dict[str, Any]:
    [found] = inputs_of(card_of(form(field)))
    return found


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{number}", f"Choice {number}") for number in range(count))


def sent(card: Mapping[str, Any], filled: Mapping[str, object]) -> dict[str, Any]:
    """What Teams hands back: what goes along with the button, and under each id what is in the input."""
    [button] = card["actions"]
    held = {each["id"]: each.get("value", "") for each in inputs_of(card)}
    names = {each.partition("-")[2]: each for each in held}
    return {**button["data"], **held, **{names[name]: value for name, value in filled.items()}}


def test_a_form_opens_with_its_fields_in_order_and_what_they_hold() -> None:
    card = card_of(replace(FORM, value="7"))

    assert [(each["type"], each["label"], each.get("value")) for each in inputs_of(card)] == [
        ("Input.Text", "Title", "Autism Response"),
        ("Input.Date", "Date", "2027-03-09"),
        ("Input.Text", "Hours", "4"),
        ("Input.ChoiceSet", "Topic", "autism"),
    ]
    [send] = card["actions"]
    assert (send["type"], send["title"]) == ("Action.Submit", "Send")
    assert press(sent(card, {})) == ("record", "7")


def test_what_is_wrong_stands_above_and_at_its_field() -> None:
    card = card_of(FORM)

    assert (
        card["body"][0]["text"]
        == "1 field needs another look. Nothing was written. Correct it and send again."
    )
    [box] = [each for each in card["body"] if "That day has not come yet." in str(each)]
    [date_input, error] = box["items"]
    assert (date_input["id"], error["text"], error["color"]) == (
        "field-on",
        "That day has not come yet.",
        "Attention",
    )


def test_a_file_is_sent_another_way_and_it_is_said_how() -> None:
    card = card_of(form(FileField(name="file", label="Certificate", hint="PDF or photo.")))

    assert inputs_of(card) == []
    label, how, hint = seen(card["body"])
    assert (label, hint) == ("Certificate", "PDF or photo.")
    assert "UPLOAD" in how


def test_a_question_without_an_answer_is_said_and_not_asked() -> None:
    card = card_of(
        form(ChoiceField(name="topic", label="Topic", choices=()), DateField(name="day", label="Day"))
    )

    assert [each["id"] for each in inputs_of(card)] == ["field-day"]
    assert list(seen(card["body"]))[:2] == ["Topic", "There is nothing to choose from yet."]


def test_a_number_that_could_not_be_read_is_still_in_its_field() -> None:
    assert asked(NumberField(name="hours", label="Hours", entered="four"))["value"] == "four"
    assert asked(NumberField(name="hours", label="Hours", value=Decimal("2.250")))["value"] == "2.25"


@pytest.mark.parametrize("typed", [*HOSTILE[:18], "4,25", "Two words\nand a line", "**x** [y](z)"])
def test_what_somebody_entered_before_is_in_the_field_letter_by_letter(typed: str) -> None:
    held = asked(TextField(name="why", label="Why", value=typed, lines=3)).get("value", "")

    assert {each for each in typed if each not in held} <= {"\x00", "\x07", "\ud800"}
    assert "\u200b" not in held or "\u200b" in typed


@pytest.mark.parametrize(
    ("count", "style"), [(1, "expanded"), (6, "expanded"), (7, "compact"), (450, "compact")]
)
@pytest.mark.parametrize("many", [False, True])
def test_choices_are_all_seen_while_they_are_few_and_none_is_lost(
    count: int, style: str, *, many: bool
) -> None:
    held = ("c0", f"c{count - 1}") if many else (f"c{count - 1}",)
    # One that has to be answered, and has one answer that is given, is not asked at all.
    field = ChoiceField(
        name="topic", label="Topic", choices=choices(count), value=held, many=many, required=count > 1
    )
    card = card_of(form(field))

    [found] = inputs_of(card)
    assert (found["style"], found.get("isMultiSelect", False), len(found["choices"])) == (style, many, count)
    assert set(entered(sent(card, {}))["topic"]) == set(held)


@pytest.mark.parametrize(("title", "is_told"), [("Request R-1042", False), ("Who was there", True)])
def test_what_is_settled_is_told_once_and_goes_back_with_the_button(title: str, *, is_told: bool) -> None:
    settled = ChoiceField(
        name="request", label="Request", choices=(Choice("1042/2", "R-1042"),), value=("1042/2",)
    )
    card = card_of(form(settled, TextField(name="why", label="Why"), title=title))
    assert [each["id"] for each in inputs_of(card)] == ["field-why"]
    assert ("Request: R-1042" in str(card)) is is_told
    assert entered(sent(card, {"why": "x"}))["request"] == ("1042/2",)
    wrong = replace(settled, error="It was withdrawn.")
    assert len(inputs_of(card_of(form(wrong)))) == 1


def test_a_field_may_be_left_empty_only_when_it_is_optional() -> None:
    needed = TextField(name="why", label="Why")
    choice = ChoiceField(name="topic", label="Topic", choices=choices(2))
    found = inputs_of(card_of(form(needed, choice, replace(needed, name="more", required=False))))

    assert [(each.get("isRequired"), each.get("errorMessage")) for each in found] == [
        (True, "This is still empty."),
        (True, "Choose one from the list."),
        (None, None),
    ]


def test_a_title_too_long_for_the_window_is_said_whole_inside_of_it() -> None:
    title = "A class that you would like to try, with all that follows from it for your own hours"
    dialog = render_dialog(form(DateField(name="day", label="Day"), title=title), WORDS)

    assert dialog["value"]["title"] == "A class that you would like to try, with all that follows..."
    assert dialog["value"]["card"]["content"]["body"][0]["text"] == title


@pytest.mark.parametrize("value", ["", "x" * 501, "a,b"])
def test_a_choice_that_could_not_come_back_is_our_mistake(value: str) -> None:
    field = ChoiceField(name="topic", label="Topic", choices=(Choice(value, "Autism"),), many=True)
    with pytest.raises(ValueError, match="id"):
        render_dialog(form(field), WORDS)


def test_a_form_larger_than_a_window_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="look through"):
        render_dialog(form(ChoiceField(name="topic", label="Topic", choices=choices(3_000))), WORDS)


@pytest.mark.parametrize("name", [*HOSTILE, "x y " * 600, WRITTEN])
def test_teams_takes_a_hostile_name_wherever_it_stands(name: str) -> None:
    said: dict[str, Any] = {"label": name, "hint": name, "error": name}
    shown = form(
        TextField(name="a", value=name, **said),
        DateField(name="b", entered=name, **said),
        NumberField(name="c", entered=name, **said),
        ChoiceField(name="d", choices=(Choice("x", name), Choice("y", name)), value=("y",), **said),
        ChoiceField(name="e", choices=(), **said),
        FileField(name="f", **said),
        title=name,
    )

    assert len(inputs_of(card_of(replace(shown, submit=name)))) == 4


@MANY
@given(forms())
def test_teams_takes_any_form_and_says_each_error_at_its_field(shown: Form) -> None:
    card = card_of(shown)

    unasked = (FileField, ChoiceField)
    left = {
        each.name for each in shown.fields if isinstance(each, unasked) and not getattr(each, "choices", ())
    }
    assert [each["id"].partition("-")[2] for each in inputs_of(card)] == [
        each.name for each in shown.fields if each.name not in left
    ]
    said = letters("".join(seen(card["body"])))
    assert [error for _, error in shown.errors if letters(error)[:200] not in said] == []


def test_entries_come_back_as_the_handlers_read_them() -> None:
    filled = {"title": "Autism & more <b>", "on": "2027-03-18", "hours": "2,25", "topic": "evoc"}
    found = entered(sent(card_of(FORM), filled))

    assert found == {name: (value,) for name, value in filled.items()}
    assert read_hours(found["hours"], most=Decimal(24)).value == Decimal("2.25")
    assert read_day(found["on"], first=date(2020, 1, 1), last=date(2030, 1, 1)).value == date(2027, 3, 18)


def test_what_was_left_empty_comes_back_as_nothing() -> None:
    found = entered(sent(card_of(FORM), dict.fromkeys(("title", "on", "hours", "topic"), "")))

    assert found == {"title": (), "on": (), "hours": (), "topic": ()}


def test_several_answers_come_back_one_by_one_and_a_comma_in_a_text_stays() -> None:
    assert entered({"fields-topics": "a,b", "field-why": "a, b"}) == {"topics": ("a", "b"), "why": ("a, b",)}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (None, {}),
        ([], {}),
        ("x", {}),
        ({"rollcall": "x", "value": "y", "msteams": {}}, {}),
        ({1: "x"}, {}),
        ({"field-a": None}, {"a": ()}),
        ({"field-a": ["x"]}, {"a": ()}),
        ({"field-a": True}, {"a": ()}),
        ({"field-a": 4.25}, {"a": ("4.25",)}),
        ({"field-a": 4}, {"a": ("4",)}),
    ],
)
def test_what_is_no_entry_is_none(data: object, found: object) -> None:
    assert entered(data) == found


@given(
    json_values | st.dictionaries(st.sampled_from(("field-a", "fields-b", "field-", "value")), json_values)
)
def test_whatever_is_sent_is_read_as_texts_by_name(data: Any) -> None:
    for name, texts in entered(data).items():
        assert type(name) is str
        assert {type(each) for each in texts} <= {str}
        assert "" not in texts


def test_a_dialog_can_only_say_something() -> None:
    value = saying("One moment", "I am still working on it.\nThe answer comes in our chat.", WORDS)["value"]

    assert value["title"] == "One moment"
    assert list(seen(value["card"]["content"]["body"])) == [
        "I am still working on it.",
        "The answer comes in our chat.",
    ]


@pytest.mark.parametrize("said", [*HOSTILE, "word " * 9_000])
def test_whatever_a_dialog_says_teams_takes_it_and_nothing_is_lost_silently(said: str) -> None:
    value = saying(said, said, WORDS)["value"]

    assert check_card(value["card"]["content"], is_dialog=True) == []
    shown = "".join(seen(value["card"]["content"]["body"]))
    assert letters(said) in letters(shown) or "had no room here." in shown
