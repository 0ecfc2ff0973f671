"""Does the checker of Slack's limits say no to everything beyond them, and yes right at them?"""

from copy import deepcopy
from typing import Any

import pytest

from tests.fakes.slack.blockkit import Surface, problems


def plain(length: int = 1) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "a", "text": plain()} | changes


def buttons(count: int) -> list[dict[str, Any]]:
    return [button(action_id=f"a{number}") for number in range(count)]


def options(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [{"text": plain(), "value": f"v{number}"} | changes for number in range(count)]


def asked(element: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(), "element": {"action_id": "a"} | element} | changes


def select(kind: str, count: int) -> dict[str, Any]:
    return asked({"type": kind, "options": options(count)})


def table(rows: int, columns: int, length: int = 1) -> dict[str, Any]:
    cell = {"type": "raw_text", "text": "x" * length}
    return {"type": "table", "rows": [[cell] * columns] * rows}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


SECTION = {"type": "section", "text": plain()}
DIVIDER = {"type": "divider"}


def payload(surface: Surface, *blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body: dict[str, dict[str, Any]] = {
        "message": {"text": "x"},
        "home": {"type": "home"},
        "modal": {"type": "modal", "title": plain(24), "submit": plain(24)},
    }
    return deepcopy({**body[surface], "blocks": list(blocks), **changes})


@pytest.mark.parametrize(
    ("surface", "block"),
    [
        ("message", {"type": "section", "text": plain(3_000)}),
        ("message", {"type": "section", "fields": [plain(1_000)] * 10}),
        ("message", {"type": "section", "text": {"type": "mrkdwn", "text": "x", "verbatim": True}}),
        ("message", {"type": "header", "text": plain(150)}),
        ("message", {"type": "context", "elements": [plain()] * 10}),
        ("message", {"type": "actions", "elements": buttons(25)}),
        ("message", {"type": "actions", "elements": [button(text=plain(75), value="x" * 2_000)]}),
        ("message", {"type": "image", "image_url": "https://example.gov/p.png", "alt_text": "x" * 2_000}),
        ("message", table(100, 5)),
        ("message", table(2, 20)),
        ("message", {"type": "data_table", "caption": "x", "rows": table(101, 2)["rows"], "page_size": 100}),
        ("message", {"type": "markdown", "text": "x" * 12_000}),
        ("home", {"type": "actions", "elements": buttons(25)}),
        ("home", rich({"type": "text", "text": "x", "style": {"bold": True}})),
        ("modal", asked({"type": "plain_text_input", "max_length": 3_000, "initial_value": "x" * 3_000})),
        ("modal", asked({"type": "datepicker", "initial_date": "2027-03-02"}, hint=plain(2_000))),
        ("modal", asked({"type": "number_input", "is_decimal_allowed": True})),
        ("modal", asked({"type": "file_input", "max_files": 10})),
        ("modal", select("checkboxes", 10)),
        ("modal", select("radio_buttons", 10)),
        ("modal", select("static_select", 100)),
        (
            "modal",
            asked(
                {"type": "static_select", "option_groups": [{"label": plain(75), "options": options(100)}]}
            ),
        ),
    ],
)
def test_what_is_right_at_a_limit_is_taken(surface: Surface, block: dict[str, Any]) -> None:
    assert problems(surface, payload(surface, block)) == []


@pytest.mark.parametrize(
    ("surface", "block"),
    [
        ("message", {"type": "section", "text": plain(3_001)}),
        ("message", {"type": "section", "text": plain(0)}),
        ("message", {"type": "section", "text": {"type": "plain_text", "text": " \n"}}),
        ("message", {"type": "section", "text": "x"}),
        ("message", {"type": "section", "text": {"type": "plain_text", "text": "\ud800"}}),
        ("message", {"type": "section", "text": {"type": "plain_text", "text": "x", "verbatim": True}}),
        ("message", {"type": "section"}),
        ("message", {"type": "section", "fields": [plain()] * 11}),
        ("message", {"type": "section", "fields": [plain(2_001)]}),
        ("message", {"type": "section", "text": plain(), "footer": plain()}),
        ("message", {"type": "header", "text": plain(151)}),
        ("message", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
        ("message", {"type": "header", "text": {"type": "plain_text", "text": "\U0001f600" * 76}}),
        ("message", {"type": "context", "elements": [plain()] * 11}),
        ("message", {"type": "context", "elements": [button()]}),
        ("message", {"type": "actions", "elements": buttons(26)}),
        ("message", {"type": "actions", "elements": []}),
        ("message", {"type": "actions", "elements": [button(), button()]}),
        ("message", {"type": "actions", "elements": [button(text=plain(76))]}),
        ("message", {"type": "actions", "elements": [button(value="x" * 2_001)]}),
        ("message", {"type": "actions", "elements": [button(value="")]}),
        ("message", {"type": "actions", "elements": [button(action_id="x" * 256)]}),
        ("message", {"type": "actions", "elements": [button(url="javascript:alert(1)")]}),
        ("message", {"type": "actions", "elements": [button(url="https://x/" + "x" * 3_000)]}),
        ("message", {"type": "actions", "elements": [button(style="green")]}),
        ("message", {"type": "actions", "elements": [button(confirm={"title": plain(101)})]}),
        ("message", {"type": "actions", "elements": [{"type": "file_input", "action_id": "a"}]}),
        ("message", {"type": "image", "image_url": "https://example.gov/p.png"}),
        ("message", {"type": "image", "image_url": "https://example.gov/p.png", "alt_text": "x" * 2_001}),
        ("message", {"type": "image", "image_url": "/desk/files/1", "alt_text": "x"}),
        ("message", table(101, 1)),
        ("message", table(1, 21)),
        ("message", table(1, 1, 0)),
        ("message", table(100, 5, 21)),
        ("message", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], []]}),
        ("message", {"type": "table", "rows": [[{"type": "raw_number", "text": "1"}]]}),
        ("message", {"type": "data_table", "rows": table(2, 2)["rows"]}),
        ("message", {"type": "data_table", "caption": "x", "rows": table(1, 2)["rows"]}),
        ("message", {"type": "data_table", "caption": "x", "rows": table(102, 2)["rows"]}),
        ("message", {"type": "markdown", "text": "x" * 12_001}),
        ("message", {"type": "rich_text", "elements": []}),
        ("message", rich({"type": "broadcast", "range": "channel"})),
        ("message", rich({"type": "link", "url": "https://evil.example"})),
        ("message", rich({"type": "text", "text": ""})),
        ("message", rich({"type": "text", "text": "x", "style": {"loud": True}})),
        ("message", {"type": "marquee"}),
        ("message", {"type": "section", "text": plain(), "block_id": "x" * 256}),
        ("message", {"type": "alert", "text": plain()}),
        ("home", table(1, 1)),
        ("home", {"type": "markdown", "text": "x"}),
        ("home", asked({"type": "file_input"})),
        ("modal", table(1, 1)),
        ("modal", asked({"type": "button", "text": plain()})),
        ("modal", asked({"type": "datepicker", "initial_date": "3/2/2027"})),
        ("modal", asked({"type": "datepicker"}, label=plain(2_001))),
        ("modal", asked({"type": "datepicker"}, hint=plain(2_001))),
        ("modal", asked({"type": "datepicker", "placeholder": plain(151)})),
        ("modal", asked({"type": "plain_text_input", "max_length": 3_001})),
        ("modal", asked({"type": "plain_text_input", "initial_value": "x" * 3_001})),
        ("modal", asked({"type": "number_input"})),
        ("modal", asked({"type": "file_input", "max_files": 11})),
        ("modal", select("checkboxes", 11)),
        ("modal", select("radio_buttons", 11)),
        ("modal", select("static_select", 101)),
        ("modal", select("static_select", 0)),
        ("modal", asked({"type": "static_select", "options": options(1, value="x" * 151)})),
        ("modal", asked({"type": "static_select", "options": options(1, text=plain(76))})),
        ("modal", asked({"type": "static_select", "options": options(1), "initial_option": options(2)[1]})),
        ("modal", asked({"type": "checkboxes", "options": options(1), "initial_options": []})),
        ("modal", asked({"type": "static_select"})),
        (
            "modal",
            asked({"type": "static_select", "option_groups": [{"label": plain(76), "options": options(1)}]}),
        ),
    ],
)
def test_what_is_beyond_a_limit_is_named(surface: Surface, block: dict[str, Any]) -> None:
    assert problems(surface, payload(surface, block)) != []


@pytest.mark.parametrize(
    ("surface", "most"),
    [("message", 50), ("home", 100), ("modal", 100)],
)
def test_the_blocks_of_each_surface_are_counted(surface: Surface, most: int) -> None:
    assert problems(surface, payload(surface, *[DIVIDER] * most)) == []
    assert problems(surface, payload(surface, *[DIVIDER] * (most + 1))) != []


@pytest.mark.parametrize(
    ("surface", "body"),
    [
        ("message", payload("message", {**SECTION, "block_id": "b"}, {**DIVIDER, "block_id": "b"})),
        ("message", payload("message", *[{"type": "section", "text": plain(2_900)}] * 5)),
        ("message", payload("message", *[{"type": "section", "text": plain(150)}] * 50)),
        ("message", payload("message", table(1, 1), table(1, 1))),
        ("message", payload("message", text="")),
        ("message", payload("message", text="x" * 4_000)),
        ("message", payload("message", text=None)),
        ("message", {"text": "x", "blocks": "[]"}),
        ("message", {"text": "x", "blocks": ["x"]}),
        ("home", payload("home", type="modal")),
        ("home", payload("home", title=plain())),
        ("home", {"type": "home"}),
        ("home", payload("home", *[{"type": "section", "text": plain(3_000)}] * 90)),
        ("modal", {"type": "modal", "blocks": []}),
        ("modal", payload("modal", title=plain(25))),
        ("modal", payload("modal", submit=plain(25))),
        ("modal", payload("modal", close=plain(25))),
        ("modal", {"type": "modal", "title": plain(), "blocks": [asked({"type": "datepicker"})]}),
        ("modal", payload("modal", private_metadata="x" * 3_001)),
        ("modal", payload("modal", callback_id="x" * 256)),
        ("modal", payload("modal", external_id="x" * 256)),
        ("modal", payload("modal", color="red")),
    ],
)
def test_what_is_wrong_with_the_whole_is_named(surface: Surface, body: dict[str, Any]) -> None:
    assert problems(surface, body) != []


def test_all_blocks_together_are_weighed() -> None:
    whole = [{"type": "section", "text": plain(2_900)}] * 4
    assert problems("message", payload("message", *whole, {"type": "section", "text": plain(1_150)})) == []
    assert problems("message", payload("message", *whole, {"type": "section", "text": plain(1_250)})) != []


def test_a_message_without_blocks_is_taken_with_its_text() -> None:
    assert problems("message", {"channel": "D1", "text": "NOT YET, Ruiz."}) == []
