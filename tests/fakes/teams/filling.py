"""What did a person fill in? The values of inputs as Teams' client sends them; what it holds back fails the test."""

import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.teams import buttons

Json = dict[str, Any]

EMPTY_WHEN_LEFT = ("Input.Text", "Input.Date")
"""The client sends these as empty text; a choice that nobody made is not sent."""
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def filled(card: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """All inputs of a card by id. A form that the client would hold back fails the test."""
    left, told = dict(given), {}
    for each in buttons.inputs(card):
        value = left.pop(each["id"], None)
        if value is None:
            value = str(each.get("value", ""))
        assert value or not each.get("isRequired"), f"{each['id']} must be filled in"
        if value:
            _let_through(each, value)
        if value or each["type"] in EMPTY_WHEN_LEFT:
            told[each["id"]] = value
    assert not left, f"no such input: {sorted(left)}"
    return told


def _let_through(each: Mapping[str, Any], value: str) -> None:
    name, kind = each["id"], each["type"]
    match kind:
        case "Input.Text":
            assert len(value) <= each.get("maxLength", len(value)), f"{name} takes no such length"
            assert re.fullmatch(each.get("regex", "(?s:.*)"), value), f"{name} is not of the form it wants"
        case "Input.Date":
            assert DATE.fullmatch(value), f"{name} is no date"
            assert each.get("min", value) <= value <= each.get("max", value), f"{name} is out of bounds"
        case "Input.ChoiceSet":
            offered = {choice["value"] for choice in each.get("choices", [])}
            chosen = value.split(",") if each.get("isMultiSelect") else [value]
            assert offered.issuperset(chosen), f"{name} offers no {value!r}; there is {sorted(offered)}"
        case _:
            raise AssertionError(f"nobody can fill in {kind}")
