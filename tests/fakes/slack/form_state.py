"""What did a person fill in? The state of inputs as Slack's client reports it; what it holds back fails the test."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack.world import Json, elements

CHOSEN = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
ONE_OPTION = ("static_select", "radio_buttons", "external_select", "overflow")
MANY_OPTIONS = ("checkboxes", "multi_static_select", "multi_external_select")
UNSET = object()


def options(element: Json) -> list[Json]:
    """Every option of a menu, those in groups too."""
    grouped = (each for group in element.get("option_groups", []) for each in group["options"])
    return [*element.get("options", []), *grouped]


def option(element: Json, value: str) -> Json:
    """The option with this value."""
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    for each in options(element):
        if each["value"] == value:
            return dict(each)
    raise AssertionError(f"{element['action_id']} offers no {value!r}")


def answered(element: Json, value: Any = UNSET) -> Json:
    """One input with what was chosen; without a value, as it first appears."""
    kind = element["type"]
    told: Json = {"type": kind}
    if kind in ONE_OPTION:
        first = element.get("initial_option")
        told["selected_option"] = first if value is UNSET else value and option(element, value)
    elif kind in MANY_OPTIONS:
        chosen = element.get("initial_options", [])
        told["selected_options"] = (
            chosen if value is UNSET else [option(element, each) for each in value or ()]
        )
    elif kind in CHOSEN:
        name = CHOSEN[kind]
        told[name] = element.get(name.replace("selected", "initial")) if value is UNSET else value
    elif kind == "file_input":
        told["files"] = [] if value is UNSET else [{"id": each} for each in value or ()]
    elif kind == "rich_text_input":
        told["rich_text_value"] = element.get("initial_value") if value is UNSET else value
    else:
        told["value"] = element.get("initial_value") if value is UNSET else value or None
    return told


def _is_empty(told: Json) -> bool:
    return all(not value for name, value in told.items() if name != "type")


def values(blocks: list[Json], given: Mapping[str, Any] | None = None, *, submitting: bool = False) -> Json:
    """The state of all inputs; ``given`` is by action id. A form that the client would hold back fails the test."""
    left = dict(given or {})
    state: Json = {}
    for block, element in elements(blocks):
        if element["type"] == "button" or element["type"] == "overflow":
            continue
        told = answered(element, left.pop(element["action_id"], UNSET))
        if submitting and block["type"] == "input":
            _let_through(block, element, told)
        state.setdefault(block["block_id"], {})[element["action_id"]] = told
    assert not left, f"no such input: {sorted(left)}"
    return state


def _let_through(block: Json, element: Json, told: Json) -> None:
    """Slack's client sends no required input empty, and no text outside its length."""
    assert block.get("optional") or not _is_empty(told), f"{element['action_id']} must be filled in"
    words = told.get("value")
    if isinstance(words, str):
        assert len(words) <= element.get("max_length", 3000), f"{element['action_id']} takes no such length"
        assert len(words) >= element.get("min_length", 0), f"{element['action_id']} takes no such length"
