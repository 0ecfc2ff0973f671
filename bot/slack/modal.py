"""How is a form filled in in Slack? In a window with one field after the other, whose entries come back as texts.

The name of a field is the id of its block and of its element: that is where a sentence about it goes, and where what
was entered is found again.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.drawing import seen
from bot.slack import limits
from bot.slack.blocks import Block, heading, plain, section
from messages import wording
from messages.model import Choice, ChoiceField, DateField, Field, FileField, Form, NumberField, TextField
from messages.words import Words

# Beside a title that had no room above.
MOST_FIELDS = limits.BLOCKS_OF_A_VIEW - 1


def render_modal(form: Form, words: Words, *, callback: str, private_metadata: str) -> Block:
    """The view to open or to update. A field that needs another try says so under itself.

    ``callback`` and ``private_metadata`` are ids that come back with it; nothing may rest on them.
    """
    if len(callback) > limits.CALLBACK_ID or len(private_metadata) > limits.PRIVATE_METADATA:
        raise ValueError("what comes back with a form is an id, not a text")
    if len(form.fields) > MOST_FIELDS:
        raise ValueError(f"{form.route}: a form of {len(form.fields)} fields is more than one")
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": private_metadata,
        "title": plain(seen.line(form.title), limits.VIEW_TITLE),
        "submit": plain(seen.line(form.submit), limits.VIEW_SUBMIT),
        "blocks": [*_whole_title(form), *(_block(field, words) for field in form.fields)],
    }


def field_errors(form: Form) -> dict[str, str]:
    """What is wrong with each field, as Slack takes it while the window stays open."""
    return {name: seen.shown(error) or seen.NOTHING for name, error in form.errors}


def entered(values: object) -> Mapping[str, tuple[str, ...]]:
    """What was entered, by the name of its field, from the values of a view's state; a file is said by its id.

    What comes from outside is of any form: whatever is not as Slack sends it is left out.
    """
    if not isinstance(values, Mapping):
        return {}
    return {
        name: _texts(elements.get(name))
        for name, elements in list(values.items())[: limits.BLOCKS_OF_A_VIEW]
        if isinstance(name, str) and isinstance(elements, Mapping) and name in elements
    }


def _whole_title(form: Form) -> list[Block]:
    """A title that is too long for the window is said whole inside of it."""
    title = seen.line(form.title)
    if seen.length(title) <= limits.VIEW_TITLE:
        return []
    return [next(heading(title)).block]


def _block(field: Field, words: Words) -> Block:
    if isinstance(field, ChoiceField) and not field.choices:
        # There is no window for a question without an answer; it stays to be read.
        said = (field.label, field.error, words.say("form-no-choices"))
        return section("\n".join(filter(None, (seen.line(each) for each in said))))
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(seen.line(field.label), limits.INPUT_LABEL),
        "optional": not field.required,
        "element": {"action_id": field.name} | _element(field),
    }
    hint = seen.line(" ".join(filter(None, (field.error, field.hint))))
    return block | ({"hint": plain(hint, limits.INPUT_HINT)} if hint else {})


def _element(field: Field) -> Block:
    match field:
        case TextField():
            return _text(field.value, is_long=field.lines > 1)
        case DateField():
            return {"type": "datepicker"} | (
                {} if field.value is None else {"initial_date": field.value.isoformat()}
            )
        case NumberField():
            return _text(_number(field.value, field.entered), is_long=False)
        case ChoiceField():
            return _choice(field)
        case FileField():
            return {"type": "file_input", "max_files": limits.FILES_OF_AN_INPUT if field.many else 1}


def _text(value: str, *, is_long: bool) -> Block:
    written = seen.entry(value)[: limits.INPUT_TEXT]
    element: Block = {"type": "plain_text_input", "multiline": is_long, "max_length": limits.INPUT_TEXT}
    return element | ({"initial_value": written} if written else {})


def _number(value: Decimal | None, written: str) -> str:
    """A number is a text here: ours is exact, takes a comma for the point, and says itself what is wrong with it."""
    return written if value is None else wording.number(value)


def _choice(field: ChoiceField) -> Block:
    options = [_option(choice) for choice in field.choices]
    chosen = [option for option in options if option["value"] in field.value]
    if field.many:
        element = (
            {"type": "checkboxes"} if len(options) <= limits.FEW_CHOICES else {"type": "multi_static_select"}
        )
        initial: Block = {"initial_options": chosen} if chosen else {}
    else:
        element = (
            {"type": "radio_buttons"} if len(options) <= limits.FEW_CHOICES else {"type": "static_select"}
        )
        initial = {"initial_option": chosen[0]} if chosen else {}
    if len(options) <= limits.SELECT_OPTIONS:
        return element | {"options": options} | initial
    return element | {"option_groups": _groups(options)} | initial


def _option(choice: Choice) -> Block:
    if not choice.value or seen.length(choice.value) > limits.OPTION_VALUE:
        raise ValueError("a choice goes back as an id, not as a text")
    return {"text": plain(seen.line(choice.label), limits.OPTION_TEXT), "value": choice.value}


def _groups(options: Sequence[Block]) -> list[Block]:
    """More options than one list takes, in groups called after their first and last."""
    size = limits.SELECT_OPTIONS
    groups = [options[at : at + size] for at in range(0, len(options), size)]
    if len(groups) > limits.SELECT_GROUPS:
        raise ValueError(f"{len(options)} choices are more than anyone can look through")
    half = (limits.OPTION_TEXT - 3) // 2
    return [
        {
            "label": plain(" - ".join(_name(group[at], half) for at in (0, -1)), limits.OPTION_TEXT),
            "options": list(group),
        }
        for group in groups
    ]


def _name(option: Block, room: int) -> str:
    return seen.cut(option["text"]["text"], room)


def _texts(element: Any) -> tuple[str, ...]:
    """The entries of one element, whichever of Slack's kinds it is."""
    if not isinstance(element, Mapping):
        return ()
    match element.get("type"):
        case "plain_text_input":
            found = [element.get("value")]
        case "datepicker":
            found = [element.get("selected_date")]
        case "radio_buttons" | "static_select":
            found = [_inside(element.get("selected_option"), "value")]
        case "checkboxes" | "multi_static_select":
            found = [_inside(each, "value") for each in _list(element.get("selected_options"))]
        case "file_input":
            found = [_inside(each, "id") for each in _list(element.get("files"))]
        case _:
            found = []
    return tuple(each for each in found if isinstance(each, str) and each)


def _inside(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
