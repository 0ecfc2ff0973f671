"""Would Slack take this message or view? Its documented limits, written down anew from its reference and not from ours.

``problems`` names every reason for which the server would answer ``invalid_blocks``, ``invalid_arguments`` or
``msg_blocks_too_long``; an empty list is a yes. A property it does not know is a problem: Slack refuses those too.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

Surface = Literal["message", "home", "modal"]

BLOCKS_BY_SURFACE = {
    "message": {
        "actions",
        "context",
        "data_table",
        "divider",
        "header",
        "image",
        "input",
        "markdown",
        "rich_text",
        "section",
        "table",
    },
    "home": {"actions", "context", "divider", "header", "image", "input", "rich_text", "section"},
    "modal": {"actions", "alert", "context", "divider", "header", "image", "input", "rich_text", "section"},
}
IN_ACTIONS = {"button", "checkboxes", "datepicker", "overflow", "radio_buttons", "static_select"}
IN_SECTION = IN_ACTIONS | {"image", "multi_static_select"}
IN_INPUT = {
    "checkboxes",
    "datepicker",
    "file_input",
    "multi_static_select",
    "number_input",
    "plain_text_input",
    "radio_buttons",
    "static_select",
}
PROPERTIES = {
    "actions": {"elements"},
    "alert": {"text", "level"},
    "context": {"elements"},
    "data_table": {"rows", "caption", "page_size", "row_header_column_index"},
    "divider": set[str](),
    "header": {"text"},
    "image": {"image_url", "slack_file", "alt_text", "title"},
    "input": {"label", "element", "dispatch_action", "hint", "optional"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "section": {"text", "fields", "accessory", "expand"},
    "table": {"rows", "column_settings"},
    "button": {"text", "action_id", "url", "value", "style", "confirm", "accessibility_label"},
    "checkboxes": {"action_id", "options", "initial_options", "confirm", "focus_on_load"},
    "datepicker": {"action_id", "initial_date", "confirm", "focus_on_load", "placeholder"},
    "file_input": {"action_id", "filetypes", "max_files"},
    "multi_static_select": {
        "action_id",
        "options",
        "option_groups",
        "initial_options",
        "confirm",
        "max_selected_items",
        "focus_on_load",
        "placeholder",
    },
    "number_input": {
        "action_id",
        "is_decimal_allowed",
        "initial_value",
        "min_value",
        "max_value",
        "focus_on_load",
        "placeholder",
    },
    "overflow": {"action_id", "options", "confirm"},
    "plain_text_input": {
        "action_id",
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "focus_on_load",
        "placeholder",
    },
    "radio_buttons": {"action_id", "options", "initial_option", "confirm", "focus_on_load"},
    "static_select": {
        "action_id",
        "options",
        "option_groups",
        "initial_option",
        "confirm",
        "focus_on_load",
        "placeholder",
    },
}
VIEW_PROPERTIES = {
    "home": {"type", "blocks", "private_metadata", "callback_id", "external_id"},
    "modal": {
        "type",
        "blocks",
        "private_metadata",
        "callback_id",
        "external_id",
        "title",
        "submit",
        "close",
        "clear_on_close",
        "notify_on_close",
        "submit_disabled",
    },
}


def problems(surface: Surface, payload: Mapping[str, Any]) -> list[str]:
    """Everything Slack would refuse about a message (``text`` and ``blocks``) or a view; nothing when it is fine."""
    found = _Findings(surface)
    if surface == "message":
        found.message(payload)
    else:
        found.view(payload)
    return found.said


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _characters(value: Any) -> int:
    """All texts inside of something."""
    match value:
        case str():
            return _length(value)
        case dict():
            return sum(_characters(each) for name, each in value.items() if name != "type")
        case list():
            return sum(_characters(each) for each in value)
        case _:
            return 0


class _Findings:
    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self.said: list[str] = []

    def _must(self, holds: bool, where: str, what: str) -> bool:
        if not holds:
            self.said.append(f"{where}: {what}")
        return holds

    def message(self, payload: Mapping[str, Any]) -> None:
        text, blocks = payload.get("text", ""), payload.get("blocks")
        self._must(isinstance(text, str), "text", "is no text")
        if isinstance(text, str):
            self._must(bool(text.strip()), "text", "is needed beside the blocks")
            self._must(_length(text) < 4_000, "text", "is 4000 characters or more")
            self._sendable(text, "text")
        if blocks is None or not self._must(isinstance(blocks, list), "blocks", "are no list"):
            return
        self._blocks(blocks, 50)
        known = [block for block in blocks if isinstance(block, dict)]
        # One block of 13,297 characters was taken, and 13,172 with a divider: 125 for each block besides its text.
        size = sum(125 + _characters(block) for block in known)
        self._must(size <= 13_297 + 125, "blocks", f"weigh {size} together")
        types = Counter(block.get("type") for block in known)
        self._must(types["table"] <= 1, "blocks", "hold more than one table")
        cells = [
            cell
            for block in known
            if block.get("type") in {"table", "data_table"}
            for row in block.get("rows", [])
            for cell in row
        ]
        read = sum(_length(str(cell.get("text", ""))) for cell in cells if isinstance(cell, dict))
        self._must(read <= 10_000, "blocks", f"hold {read} characters in cells")
        markdown = sum(_length(str(block.get("text"))) for block in known if block.get("type") == "markdown")
        self._must(markdown <= 12_000, "blocks", "hold more than 12000 characters of markdown")

    def view(self, view: Mapping[str, Any]) -> None:
        self._must(view.get("type") == self._surface, "view", f"is no {self._surface}")
        unknown = set(view) - VIEW_PROPERTIES[self._surface]
        self._must(not unknown, "view", f"has {sorted(unknown)}")
        self._text_within(view.get("private_metadata"), 3_000, "private_metadata")
        for name in ("callback_id", "external_id"):
            self._text_within(view.get(name), 255, name)
        size = len(json.dumps(view, ensure_ascii=False).encode())
        self._must(size <= 250_000, "view", f"is {size} bytes")
        blocks = view.get("blocks")
        if self._must(isinstance(blocks, list), "blocks", "are missing"):
            assert isinstance(blocks, list)
            self._blocks(blocks, 100)
            if self._surface == "modal":
                asks = any(block.get("type") == "input" for block in blocks if isinstance(block, dict))
                self._must("submit" in view or not asks, "submit", "is missing")
        if self._surface == "modal":
            self._must("title" in view, "title", "is missing")
            for name in ("title", "submit", "close"):
                if name in view:
                    self._text(view[name], 24, name, plain_only=True)

    def _blocks(self, blocks: list[Any], most: int) -> None:
        self._must(len(blocks) <= most, "blocks", f"are {len(blocks)}, not {most} at most")
        ids = [block.get("block_id") for block in blocks if isinstance(block, dict) and "block_id" in block]
        twice = sorted(str(each) for each, n in Counter(ids).items() if n > 1)
        self._must(not twice, "blocks", f"share the ids {twice}")
        for at, block in enumerate(blocks):
            self._block(block, f"blocks[{at}]")

    def _block(self, block: Any, where: str) -> None:
        if not self._must(isinstance(block, dict), where, "is no object"):
            return
        kind = block.get("type")
        if not self._must(
            kind in BLOCKS_BY_SURFACE[self._surface], where, f"is {kind!r} in a {self._surface}"
        ):
            return
        where = f"{where} {kind}"
        self._known(block, {"type", "block_id"}, where)
        if "block_id" in block:
            self._identifier(block["block_id"], f"{where} block_id")
        checks: dict[str, Callable[[dict[str, Any], str], None]] = {
            "actions": self._actions,
            "alert": lambda each, at: self._text(each.get("text"), 200, at),
            "context": self._context,
            "data_table": self._data_table,
            "header": lambda each, at: self._text(each.get("text"), 150, at, plain_only=True),
            "image": self._image,
            "input": self._input,
            "markdown": lambda each, at: self._text_within(each.get("text"), 12_000, at),
            "rich_text": self._rich_text,
            "section": self._section,
            "table": self._table,
        }
        if kind in checks:  # a divider is nothing but itself
            checks[kind](block, where)

    def _known(self, item: Mapping[str, Any], besides: set[str], where: str) -> None:
        unknown = set(item) - PROPERTIES[item["type"]] - besides
        self._must(not unknown, where, f"has {sorted(unknown)}")

    def _actions(self, block: dict[str, Any], where: str) -> None:
        elements = self._list(block.get("elements"), 1, 25, where)
        for at, element in enumerate(elements):
            self._element(element, IN_ACTIONS, f"{where}[{at}]")
        self._apart([each.get("action_id") for each in elements if isinstance(each, dict)], where)

    def _context(self, block: dict[str, Any], where: str) -> None:
        for at, element in enumerate(self._list(block.get("elements"), 1, 10, where)):
            if isinstance(element, dict) and element.get("type") == "image":
                self._image(element, f"{where}[{at}]")
            else:
                self._text(element, 3_000, f"{where}[{at}]")

    def _image(self, block: dict[str, Any], where: str) -> None:
        has = [name for name in ("image_url", "slack_file") if name in block]
        self._must(len(has) == 1, where, "needs one source")
        if "image_url" in block:
            self._address(block["image_url"], where)
        self._must(bool(block.get("alt_text")), where, "has no alternative text")
        self._text_within(block.get("alt_text"), 2_000, f"{where} alt_text")
        if "title" in block:
            self._text(block["title"], 2_000, f"{where} title", plain_only=True)

    def _input(self, block: dict[str, Any], where: str) -> None:
        self._text(block.get("label"), 2_000, f"{where} label", plain_only=True)
        if "hint" in block:
            self._text(block["hint"], 2_000, f"{where} hint", plain_only=True)
        self._must(isinstance(block.get("optional", False), bool), where, "is optional by something else")
        allowed = IN_INPUT if self._surface == "modal" else IN_INPUT - {"file_input"}
        self._element(block.get("element"), allowed, f"{where} element")

    def _section(self, block: dict[str, Any], where: str) -> None:
        self._must("text" in block or "fields" in block, where, "says nothing")
        if "text" in block:
            self._text(block["text"], 3_000, where)
        if "fields" in block:
            for at, field in enumerate(self._list(block["fields"], 1, 10, where)):
                self._text(field, 2_000, f"{where} fields[{at}]")
        if "accessory" in block:
            self._element(block["accessory"], IN_SECTION, f"{where} accessory")

    def _rich_text(self, block: dict[str, Any], where: str) -> None:
        for at, element in enumerate(self._list(block.get("elements"), 1, 1_000, where)):
            self._rich_element(element, f"{where}[{at}]")

    def _rich_element(self, element: Any, where: str) -> None:
        kind = element.get("type") if isinstance(element, dict) else None
        allowed = {
            "rich_text_section": {"type", "elements"},
            "rich_text_list": {"type", "elements", "style", "indent", "offset", "border"},
        }
        if not self._must(kind in allowed, where, f"is {kind!r}"):
            return
        self._must(not set(element) - allowed[str(kind)], where, "has more properties than it may")
        inside = self._list(element.get("elements"), 1, 1_000, where)
        if kind == "rich_text_section":
            for at, each in enumerate(inside):
                self._rich_text_text(each, f"{where}[{at}]")
            return
        self._must(element.get("style") in {"bullet", "ordered"}, where, "is a list of no style")
        self._must(0 <= element.get("indent", 0) <= 8, where, "is indented too far")
        for at, each in enumerate(inside):
            self._must(
                isinstance(each, dict) and each.get("type") == "rich_text_section",
                f"{where}[{at}]",
                "is no line",
            )
            self._rich_element(each, f"{where}[{at}]")

    def _rich_text_text(self, element: Any, where: str) -> None:
        """Texts only: a mention, a link or an emoji in rich text is never ours."""
        if self._must(isinstance(element, dict) and element.get("type") == "text", where, f"is {element!r}"):
            self._must(not set(element) - {"type", "text", "style"}, where, "has more properties than it may")
            self._text_within(element.get("text"), 13_200, where, least=1)
            styles = element.get("style", {"bold": True})
            self._must(
                bool(styles) and set(styles) <= {"bold", "italic", "strike", "code"}, where, "has no style"
            )

    def _table(self, block: dict[str, Any], where: str) -> None:
        rows = self._list(block.get("rows"), 1, 100, where)
        for at, row in enumerate(rows):
            for cell in self._list(row, 1, 20, f"{where} row {at}"):
                self._cell(cell, {"raw_text"}, f"{where} row {at}")
        self._even(rows, where)
        for setting in self._list(block.get("column_settings", []), 0, 20, where):
            known = setting is None or set(setting) <= {"align", "is_wrapped"}
            self._must(known, where, f"has a column set to {setting!r}")

    def _data_table(self, block: dict[str, Any], where: str) -> None:
        self._text_within(block.get("caption"), 13_200, f"{where} caption", least=1)
        self._must(1 <= block.get("page_size", 5) <= 100, where, "has no such page size")
        rows = self._list(block.get("rows"), 2, 101, where)
        for at, row in enumerate(rows):
            for cell in self._list(row, 1, 20, f"{where} row {at}"):
                self._cell(cell, {"raw_text", "raw_number"} if at else {"raw_text"}, f"{where} row {at}")
        self._even(rows, where)

    def _cell(self, cell: Any, kinds: set[str], where: str) -> None:
        if self._must(isinstance(cell, dict) and cell.get("type") in kinds, where, f"has the cell {cell!r}"):
            self._text_within(cell.get("text"), 10_000, where, least=1)

    def _even(self, rows: list[Any], where: str) -> None:
        widths = {len(row) for row in rows if isinstance(row, list)}
        self._must(len(widths) <= 1, where, f"has rows of {sorted(widths)} cells")

    def _element(self, element: Any, allowed: set[str], where: str) -> None:
        kind = element.get("type") if isinstance(element, dict) else None
        if not self._must(kind in allowed, where, f"is {kind!r}"):
            return
        where = f"{where} {kind}"
        if kind == "image":
            self._image(element, where)
            return
        self._known(element, {"type"}, where)
        self._identifier(element.get("action_id"), f"{where} action_id")
        if "placeholder" in element:
            self._text(element["placeholder"], 150, f"{where} placeholder", plain_only=True)
        if kind == "button":
            self._button(element, where)
        elif kind in {"checkboxes", "radio_buttons", "static_select", "multi_static_select", "overflow"}:
            self._options(element, str(kind), where)
        elif kind == "datepicker":
            day = element.get("initial_date")
            self._must(
                day is None or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)), where, f"starts on {day!r}"
            )
        elif kind == "file_input":
            self._must(1 <= element.get("max_files", 10) <= 10, where, "takes too many files")
        else:
            self._typed(element, where)

    def _button(self, element: dict[str, Any], where: str) -> None:
        self._text(element.get("text"), 75, f"{where} text", plain_only=True)
        if "value" in element:
            self._text_within(element["value"], 2_000, f"{where} value", least=1)
        if "url" in element:
            self._address(element["url"], where)
        self._text_within(element.get("accessibility_label"), 75, f"{where} accessibility_label")
        self._must(element.get("style", "primary") in {"primary", "danger"}, where, "has no such style")
        if "confirm" in element:
            self._confirm(element["confirm"], f"{where} confirm")

    def _confirm(self, confirm: Any, where: str) -> None:
        if self._must(isinstance(confirm, dict), where, "is no object"):
            for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
                self._text(confirm.get(name), most, f"{where} {name}", plain_only=name != "text")

    def _typed(self, element: dict[str, Any], where: str) -> None:
        most = element.get("max_length", 3_000)
        self._must(0 < most <= 3_000, where, "takes no such length")
        self._must(element.get("min_length", 0) <= most, where, "asks for more than it takes")
        self._text_within(element.get("initial_value"), most, f"{where} initial_value")
        if element["type"] == "number_input":
            self._must(
                isinstance(element.get("is_decimal_allowed"), bool), where, "does not say about decimals"
            )

    def _options(self, element: dict[str, Any], kind: str, where: str) -> None:
        most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(kind, 100)
        self._must(("options" in element) != ("option_groups" in element), where, "needs one list of options")
        if "option_groups" in element:
            options = []
            for at, group in enumerate(self._list(element["option_groups"], 1, 100, where)):
                self._text(group.get("label"), 75, f"{where} group {at}", plain_only=True)
                options += self._list(group.get("options"), 1, 100, f"{where} group {at}")
        else:
            options = self._list(element.get("options"), 1, most, where)
        for at, option in enumerate(options):
            self._must(
                set(option) <= {"text", "value", "description", "url"}, f"{where} option {at}", "has more"
            )
            plain_only = kind not in {"checkboxes", "radio_buttons"}
            self._text(option.get("text"), 75, f"{where} option {at}", plain_only=plain_only)
            self._text_within(option.get("value"), 150, f"{where} option {at} value", least=1)
            if "description" in option:
                self._text(
                    option["description"], 75, f"{where} option {at} description", plain_only=plain_only
                )
        initial = element.get(
            "initial_options", [element["initial_option"]] if "initial_option" in element else []
        )
        self._must("initial_options" not in element or bool(initial), where, "starts with an empty choice")
        self._must(all(each in options for each in initial), where, "starts with what is not offered")

    def _text(self, text: Any, most: int, where: str, *, plain_only: bool = False) -> None:
        kinds = {"plain_text"} if plain_only else {"plain_text", "mrkdwn"}
        if not self._must(
            isinstance(text, dict) and text.get("type") in kinds, where, f"has the text {text!r}"
        ):
            return
        extra = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}[text["type"]]
        self._must(not set(text) - {"type", "text"} - extra, where, f"has a text with {sorted(text)}")
        self._text_within(text.get("text"), most, where, least=1)

    def _text_within(self, text: Any, most: int, where: str, *, least: int = 0) -> None:
        if text is None and not least:
            return
        if self._must(isinstance(text, str), where, f"is {text!r}"):
            self._must(_length(text) <= most, where, f"is {_length(text)} characters, not {most} at most")
            self._must(_length(text.strip()) >= least or text == "\n", where, "is empty")
            self._sendable(text, where)

    def _sendable(self, text: str, where: str) -> None:
        self._must(not any("\ud800" <= character <= "\udfff" for character in text), where, "is no Unicode")

    def _identifier(self, name: Any, where: str) -> None:
        self._must(isinstance(name, str) and 0 < _length(name) <= 255, where, f"is {name!r}")

    def _address(self, url: Any, where: str) -> None:
        whole = isinstance(url, str) and url.startswith(("https://", "http://")) and _length(url) <= 3_000
        self._must(whole, where, f"leads to {url!r}")

    def _apart(self, names: Iterable[Any], where: str) -> None:
        twice = sorted(str(name) for name, n in Counter(names).items() if n > 1)
        self._must(not twice, where, f"has {twice} twice")

    def _list(self, value: Any, least: int, most: int, where: str) -> list[Any]:
        if not self._must(isinstance(value, list), where, f"is no list but {type(value).__name__}"):
            return []
        self._must(least <= len(value) <= most, where, f"has {len(value)}, not {least} to {most}")
        return list(value)
