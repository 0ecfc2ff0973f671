"""Does a form open in Slack as what it asks, and do its entries come back exactly, whatever form they come in?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.modal import entered, field_errors, render_modal
from messages.model import Choice, ChoiceField, DateField, Field, FileField, Form, NumberField, TextField
from messages.words import load
from reading.forms import read_day, read_hours
from tests.fakes.slack.blockkit import problems
from tests.unit.any_message import HOSTILE, MANY, forms, json_values
from tests.unit.form_cast import FORM

WORDS = load()


def form(*fields: Field, title: str = "A class") -> Form:
    return Form(title=title, route="what-if", submit="Try it", fields=fields)


def modal(shown: Form) -> dict[str, Any]:
    view = render_modal(shown, WORDS, callback="what-if", private_metadata="m-1")
    assert problems("modal", view) == []
    return view


def element(field: Field) -> dict[str, Any]:
    [block] = modal(form(field))["blocks"]
    return dict(block["element"])


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{number}", f"Choice {number}") for number in range(count))


def sent(block: Mapping[str, Any], value: object) -> dict[str, Any]:
    """The state of one field as Slack hands it back after somebody filled it in."""
    kind = block["element"]["type"]
    options = [
        *block["element"].get("options", ()),
        *(option for group in block["element"].get("option_groups", ()) for option in group["options"]),
    ]
    chosen = [
        option for option in options if option["value"] in (value if isinstance(value, tuple) else (value,))
    ]
    held: dict[str, dict[str, Any]] = {
        "plain_text_input": {"value": value},
        "datepicker": {"selected_date": value},
        "static_select": {"selected_option": chosen[0] if chosen else None},
        "radio_buttons": {"selected_option": chosen[0] if chosen else None},
        "checkboxes": {"selected_options": chosen},
        "multi_static_select": {"selected_options": chosen},
        "file_input": {"files": [{"id": each} for each in value] if isinstance(value, tuple) else []},
    }
    return {block["block_id"]: {block["element"]["action_id"]: {"type": kind, **held[kind]}}}


def test_a_form_opens_with_its_fields_in_order_and_what_they_hold() -> None:
    view = modal(FORM)

    assert [block["block_id"] for block in view["blocks"]] == ["title", "on", "hours", "topic", "file"]
    assert [block["element"]["type"] for block in view["blocks"]] == [
        "plain_text_input",
        "datepicker",
        "plain_text_input",
        "radio_buttons",
        "file_input",
    ]
    held = [block["element"] for block in view["blocks"]]
    assert held[0]["initial_value"] == "Autism Response"
    assert held[1]["initial_date"] == "2027-03-09"
    assert held[2]["initial_value"] == "4"
    assert held[3]["initial_option"]["text"]["text"] == "Autism"
    assert (view["callback_id"], view["private_metadata"]) == ("what-if", "m-1")


def test_what_is_wrong_stands_under_its_field_and_in_the_answer_to_sending() -> None:
    assert field_errors(FORM) == {"on": "That day has not come yet."}
    blocks = {block["block_id"]: block for block in modal(FORM)["blocks"]}
    assert set(field_errors(FORM)) <= set(blocks)
    assert blocks["on"]["hint"]["text"] == "That day has not come yet."


def test_a_number_that_could_not_be_read_is_still_in_its_field() -> None:
    assert element(NumberField(name="hours", label="Hours", entered="four"))["initial_value"] == "four"
    assert (
        element(NumberField(name="hours", label="Hours", value=Decimal("2.250")))["initial_value"] == "2.25"
    )


@pytest.mark.parametrize("typed", [*HOSTILE[:18], "4,25", "Two words\nand a line"])
def test_what_somebody_entered_before_is_in_the_field_letter_by_letter(typed: str) -> None:
    held = element(TextField(name="why", label="Why", value=typed, lines=3)).get("initial_value", "")

    unseen = {each for each in typed if each not in held}
    assert unseen <= {"\x00", "\x07", "\ud800"}
    assert "\u200b" not in held or "\u200b" in typed


@pytest.mark.parametrize(
    ("count", "many", "kind"),
    [
        (2, False, "radio_buttons"),
        (10, False, "radio_buttons"),
        (11, False, "static_select"),
        (100, False, "static_select"),
        (101, False, "static_select"),
        (2, True, "checkboxes"),
        (10, True, "checkboxes"),
        (11, True, "multi_static_select"),
        (450, True, "multi_static_select"),
    ],
)
def test_choices_are_all_seen_while_they_are_few_and_none_is_lost(count: int, many: bool, kind: str) -> None:
    last = f"c{count - 1}"
    field = ChoiceField(name="topic", label="Topic", choices=choices(count), value=(last,), many=many)
    [block] = modal(form(field))["blocks"]

    assert block["element"]["type"] == kind
    assert entered(sent(block, ("c0",) if many else last)) == {"topic": ("c0",) if many else (last,)}
    initial = block["element"]["initial_options"][0] if many else block["element"]["initial_option"]
    assert initial["value"] == last


def test_groups_of_many_choices_are_named_by_their_first_and_last() -> None:
    groups = element(ChoiceField(name="topic", label="Topic", choices=choices(150)))["option_groups"]

    assert [group["label"]["text"] for group in groups] == ["Choice 0 - Choice 99", "Choice 100 - Choice 149"]


def test_a_question_without_an_answer_is_said_and_not_asked() -> None:
    view = modal(
        form(ChoiceField(name="topic", label="Topic", choices=()), DateField(name="day", label="Day"))
    )

    assert view["blocks"][0]["text"]["text"] == "Topic\nThere is nothing to choose from yet."
    assert view["blocks"][1]["block_id"] == "day"


def test_one_file_or_several() -> None:
    assert element(FileField(name="file", label="Certificate"))["max_files"] == 1
    assert element(FileField(name="file", label="Certificate", many=True))["max_files"] == 10


def test_a_title_too_long_for_the_window_is_said_whole_inside_of_it() -> None:
    view = modal(form(DateField(name="day", label="Day"), title="A class that you would like to try"))

    assert view["title"]["text"] == "A class that you..."
    assert view["blocks"][0]["text"]["text"] == "A class that you would like to try"


@pytest.mark.parametrize(
    "change", [{"callback": "x" * 256}, {"private_metadata": "x" * 3_001}], ids=["callback", "metadata"]
)
def test_more_than_an_id_does_not_come_back_with_a_form(change: dict[str, str]) -> None:
    ids = {"callback": "what-if", "private_metadata": ""} | change
    with pytest.raises(ValueError, match="id"):
        render_modal(form(), WORDS, callback=ids["callback"], private_metadata=ids["private_metadata"])


def test_a_form_larger_than_a_window_is_our_mistake() -> None:
    many = tuple(DateField(name=f"day-{number}", label="Day") for number in range(100))
    with pytest.raises(ValueError, match="more than one"):
        modal(form(*many))
    assert len(modal(form(*many[:99]))["blocks"]) == 99


@pytest.mark.parametrize("name", [*HOSTILE, "x y " * 600])
def test_slack_takes_a_hostile_name_wherever_it_stands(name: str) -> None:
    said: dict[str, Any] = {"label": name, "hint": name, "error": name}
    shown = form(
        TextField(name="a", value=name, **said),
        DateField(name="b", entered=name, **said),
        NumberField(name="c", entered=name, **said),
        ChoiceField(name="d", choices=(Choice("x", name), Choice("y", name)), value=("y",), **said),
        ChoiceField(name="e", choices=tuple(Choice(str(n), name) for n in range(101)), many=True, **said),
        ChoiceField(name="f", choices=(), **said),
        FileField(name="g", **said),
        title=name,
    )

    assert len(modal(replace(shown, submit=name))["blocks"]) >= len(shown.fields)


@MANY
@given(forms())
def test_slack_takes_any_form_and_says_each_error_at_its_field(shown: Form) -> None:
    view = modal(shown)

    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    unasked = {each.name for each in shown.fields if isinstance(each, ChoiceField) and not each.choices}
    assert inputs == {each.name for each in shown.fields} - unasked
    assert set(field_errors(shown)) == {name for name, _ in shown.errors}


def test_entries_come_back_as_the_handlers_read_them() -> None:
    view = modal(FORM)
    said = ("Autism & more <b>", "2027-03-18", "2,25", "evoc", ("F1", "F2"))
    state: dict[str, Any] = {}
    for block, value in zip(view["blocks"], said, strict=True):
        state |= sent(block, value)

    found = entered(state)

    assert found == {
        "title": ("Autism & more <b>",),
        "on": ("2027-03-18",),
        "hours": ("2,25",),
        "topic": ("evoc",),
        "file": ("F1", "F2"),
    }
    assert read_hours(found["hours"], most=Decimal(24)).value == Decimal("2.25")
    assert read_day(found["on"], first=date(2020, 1, 1), last=date(2030, 1, 1)).value == date(2027, 3, 18)


def test_what_was_left_empty_comes_back_as_nothing() -> None:
    view = modal(FORM)
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        state |= sent(block, None)

    assert set(entered(state).values()) == {()}
    assert set(entered(state)) == {"title", "on", "hours", "topic", "file"}


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        "x",
        {"a": None},
        {"a": []},
        {"a": {"b": {"type": "plain_text_input", "value": "x"}}},
        {1: {1: {"type": "plain_text_input", "value": "x"}}},
    ],
)
def test_what_is_no_state_has_no_entries(values: object) -> None:
    assert entered(values) == {}


@pytest.mark.parametrize(
    "element",
    [
        None,
        "x",
        {},
        {"type": "plain_text_input"},
        {"type": "plain_text_input", "value": 7},
        {"type": "plain_text_input", "value": {"x": "y"}},
        {"type": "static_select", "selected_option": "x"},
        {"type": "static_select", "selected_option": {"value": ["x"]}},
        {"type": "checkboxes", "selected_options": "xy"},
        {"type": "checkboxes", "selected_options": [None, "x", {"value": None}]},
        {"type": "file_input", "files": {"id": "F1"}},
        {"type": "rich_text_input", "value": "x"},
        {"type": ["x"]},
    ],
)
def test_an_element_of_another_form_has_no_entries(element: object) -> None:
    assert entered({"a": {"a": element}}) == {"a": ()}


names = st.sampled_from(
    ("type", "value", "a", "selected_option", "selected_options", "files", "plain_text_input", "checkboxes")
)
states = st.dictionaries(names, st.dictionaries(names, st.dictionaries(names, json_values | names)))


@given(json_values | states)
def test_whatever_is_sent_as_a_state_is_read_as_texts_by_name(values: Any) -> None:
    for name, texts in entered(values).items():
        assert type(name) is str
        assert {type(each) for each in texts} <= {str}
        assert "" not in texts


def test_a_choice_that_could_not_come_back_is_our_mistake() -> None:
    for value in ("", "x" * 151):
        field = ChoiceField(name="topic", label="Topic", choices=(Choice(value, "Autism"),))
        with pytest.raises(ValueError, match="id"):
            modal(form(field))


def test_a_field_may_be_left_empty_only_when_it_is_optional() -> None:
    field = TextField(name="why", label="Why")
    blocks = modal(form(field, replace(field, name="more", required=False)))["blocks"]

    assert [block["optional"] for block in blocks] == [False, True]
