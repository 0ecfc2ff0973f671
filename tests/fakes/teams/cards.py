"""Would Teams show this card as we mean it, on a phone too? Written anew from its schema and not from our cards.

``check_card`` names every reason against it; an empty list is a yes. The properties and their values are those of
``schemas/1.5.0/adaptive-card.json`` in microsoft/AdaptiveCards (MIT), of the elements that every client shows; a
property it does not name is a problem, although clients pass over those. ``check_activity`` looks at a whole message.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE_BYTES = 28 * 1024
DIALOG_BYTES = 80 * 1024
ACTIONS = 6
COLUMNS = 2
BUTTON_TEXT = 40

Check = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_entry(value: Any) -> bool:
    return isinstance(value, str)


def _one_of(*values: str) -> Check:
    return lambda value: value in values


def _is_true_or_false(value: Any) -> bool:
    return isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping)


SPACING = {"spacing": _one_of("None", "Small", "Default", "Medium", "Large"), "separator": _is_true_or_false}
LOOK: dict[str, Check] = {
    "color": _one_of("Default", "Accent", "Good", "Warning", "Attention"),
    "isSubtle": _is_true_or_false,
    "size": _one_of("Default", "Small", "Medium", "Large"),
    "weight": _one_of("Default", "Bolder"),
}
INPUT: dict[str, Check] = {
    "id": _is_text,
    "label": _is_text,
    "isRequired": _is_true_or_false,
    "errorMessage": _is_text,
    **SPACING,
}
# Each element with what it has to have and what it may.
ELEMENTS: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "AdaptiveCard": (
        {"version": _one_of("1.5"), "body": _is_list},
        {
            "$schema": _one_of("http://adaptivecards.io/schemas/adaptive-card.json"),
            "actions": _is_list,
            "fallbackText": _is_text,
        },
    ),
    "TextBlock": (
        {"text": _is_text, "wrap": lambda value: value is True},
        {"style": _one_of("default", "heading"), **LOOK, **SPACING},
    ),
    "FactSet": ({"facts": _is_list}, SPACING),
    "Container": ({"items": _is_list}, {"selectAction": _is_object, **SPACING}),
    "ColumnSet": ({"columns": _is_list}, {"selectAction": _is_object, **SPACING}),
    "Column": ({"items": _is_list}, {"width": _one_of("auto", "stretch"), **SPACING}),
    "Input.Text": (
        {"id": _is_text, "label": _is_text},
        INPUT | {"isMultiline": _is_true_or_false, "maxLength": lambda value: type(value) is int, "value": _is_entry},
    ),
    "Input.Date": (
        {"id": _is_text, "label": _is_text},
        INPUT | {"value": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None},
    ),
    "Input.ChoiceSet": (
        {"id": _is_text, "label": _is_text, "choices": _is_list, "wrap": lambda value: value is True},
        INPUT
        | {"isMultiSelect": _is_true_or_false, "style": _one_of("compact", "expanded"), "value": _is_text},
    ),
    "Action.Execute": (
        {"verb": _is_text, "data": _is_object, "fallback": _is_object},
        {"title": _is_text},
    ),
    "Action.Submit": ({"data": _is_object}, {"title": _is_text}),
    "Action.OpenUrl": (
        {"url": lambda value: isinstance(value, str) and value.startswith("https://") and not re.search(r"\s", value)},
        {"title": _is_text},
    ),
}  # fmt: skip
IN_A_BODY = {"TextBlock", "FactSet", "Container", "ColumnSet", "Input.Text", "Input.Date", "Input.ChoiceSet"}
# What each may hold: the property and the kinds of what is in it.
INSIDE = {
    "AdaptiveCard": {"body": IN_A_BODY, "actions": {"Action.Execute", "Action.Submit", "Action.OpenUrl"}},
    "Container": {"items": IN_A_BODY - {"Container"}},
    "ColumnSet": {"columns": {"Column"}},
    "Column": {"items": {"TextBlock", "FactSet"}},
}
MARKDOWN = {
    "a link": re.compile(r"\[[^\]]*\]\(|\]\[|^\s*\[[^\]]*\]:"),
    "emphasis": re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~|`+)(?=\S)(?:.*\S)?\1(?!\w)|\*\S[^*]*\*"),
    "a list": re.compile(r"^\s*(?:[-+*]|\d+[.)])(?:\s|$)|[)\]\[](?:[-+*] |\d+\. )"),
    "a heading, a quotation or a rule": re.compile(r"^\s*(?:#{1,6}(?:\s|$)|>|-{3,}\s*$|={3,}\s*$)"),
    "an escape": re.compile(r"\\[!-/:-@\[-`{-~]"),
    "an element": re.compile(r"<[!/?A-Za-z@]"),
    "a named character": re.compile(r"&#?\w+;"),
    "a date to fill in": re.compile(r"\{\{"),
    "an address": re.compile(r"\w://|\bwww\.\w|\b(?:mailto|tel):[^\s\u200b]", re.IGNORECASE),
}


def check_card(content: object, *, is_dialog: bool = False) -> list[str]:
    """Everything that is wrong with the content of an attachment or, when ``is_dialog``, with the card of a dialog."""
    if not isinstance(content, Mapping) or content.get("type") != "AdaptiveCard":
        return ["no card"]
    found = [*_element(content, "card"), *_size(content, DIALOG_BYTES if is_dialog else MESSAGE_BYTES)]
    ids = [each["id"] for each in _all(content) if "id" in each]
    if len(ids) != len(set(ids)):
        found.append("two inputs of one id")
    if ids and not is_dialog:
        found.append("inputs in a message")
    return found


def check_activity(activity: Mapping[str, Any]) -> list[str]:
    """What is wrong with a whole message: its size, each of its cards, and that its toast says something."""
    found = _size(activity, MESSAGE_BYTES)
    attachments = activity.get("attachments") or []
    for each in attachments:
        if each.get("contentType") == CARD:
            found += check_card(each.get("content"))
            if not _is_text(activity.get("summary")):
                found.append("a card without a summary: its toast says Card")
    if not attachments and not _is_text(activity.get("text")):
        found.append("a message that says nothing")
    if "<at>" in str(activity.get("text", "")) and not activity.get("entities"):
        found.append("a mention of nobody")
    return found


def markdown_in(said: str) -> list[str]:
    """What a client would read as markup in a text."""
    return [name for name, pattern in MARKDOWN.items() if pattern.search(said)]


def _size(value: object, most: int) -> list[str]:
    try:
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))
    except (UnicodeEncodeError, TypeError, ValueError) as trouble:
        return [f"cannot be sent: {trouble}"]
    return [f"{size} bytes"] if size > most else []


def _element(element: Mapping[str, Any], where: str) -> Iterator[str]:
    kind = element.get("type")
    if not isinstance(kind, str) or kind not in ELEMENTS:
        yield f"{where}: {kind} is not for every client"
        return
    needed, allowed = ELEMENTS[kind]
    yield from (f"{where}: {kind} without {name}" for name in needed if name not in element)
    for name, value in element.items():
        check = ({"type": _is_text} | allowed | needed).get(name)
        if check is None or not check(value):
            yield f"{where}: {kind} with {name}={value!r}"
    if kind in PARTICULAR:
        yield from PARTICULAR[kind](element, where)
    for name, kinds in INSIDE.get(kind, {}).items():
        for at, each in enumerate(element.get(name) or ()):
            if not isinstance(each, Mapping) or each.get("type") not in kinds:
                yield f"{where}.{name}[{at}]: not in a {kind}"
            else:
                yield from _element(each, f"{where}.{name}[{at}]")
    if isinstance(element.get("selectAction"), Mapping):
        yield from _element(element["selectAction"], f"{where}.selectAction")


def _card(element: Mapping[str, Any], where: str) -> Iterator[str]:
    actions = element.get("actions") or []
    if len(actions) > ACTIONS:
        yield f"{where}: {len(actions)} actions"
    for each in actions:
        title = str(each.get("title", ""))
        if not title.strip() or "\n" in title or len(title) > BUTTON_TEXT:
            yield f"{where}: a button that is called {title!r}"


def _text_block(element: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where}: {each} in {element.get('text')!r}" for each in _marked(element, "text"))
    if "\n" in str(element.get("text")):
        yield f"{where}: a line that is two"


def _facts(element: Mapping[str, Any], where: str) -> Iterator[str]:
    for each in element.get("facts") or ():
        if set(each) != {"title", "value"} or not all(map(_is_text, each.values())):
            yield f"{where}: {each!r} is no fact"
        for name in ("title", "value"):
            yield from (f"{where}: {found} in {each.get(name)!r}" for found in _marked(each, name))


def _columns(element: Mapping[str, Any], where: str) -> Iterator[str]:
    if len(element.get("columns") or ()) > COLUMNS:
        yield f"{where}: more columns than a phone has room for"


def _input(element: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where}: {each} in its label" for each in _marked(element, "label"))
    if element.get("isRequired") and not element.get("errorMessage"):
        yield f"{where}: needed, and does not say so"


def _choices(element: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from _input(element, where)
    values = [each.get("value") for each in element.get("choices") or ()]
    for each in element.get("choices") or ():
        if set(each) != {"title", "value"} or not all(map(_is_text, each.values())):
            yield f"{where}: {each!r} is no choice"
        yield from (f"{where}: {found} in {each.get('title')!r}" for found in _marked(each, "title"))
    if len(values) != len(set(values)):
        yield f"{where}: two choices of one value"
    many = bool(element.get("isMultiSelect"))
    if many and any("," in str(each) for each in values):
        yield f"{where}: a value that is parted when it comes back"
    held = str(element.get("value", ""))
    if not set(held.split(",") if many else [held]) - {""} <= set(values):
        yield f"{where}: {held!r} cannot be chosen"


def _carried(action: Mapping[str, Any], where: str) -> Iterator[str]:
    """Only an id goes along: what a card carries can be read and changed by anybody who gets it."""
    data = action.get("data")
    if not isinstance(data, Mapping):
        return
    # The one answer of a question goes with the button of its form, where it could as well be chosen.
    others = {each for each in data if not each.startswith("field-")}
    if not others <= {"msteams", "rollcall", "value"} or not _is_text(data.get("rollcall")):
        yield f"{where}: carries {sorted(data)}"
    if "msteams" in data and (data["msteams"] != {"type": "task/fetch"} or action["type"] != "Action.Submit"):
        yield f"{where}: opens no dialog"


def _execute(action: Mapping[str, Any], where: str) -> Iterator[str]:
    older = action.get("fallback") or {}
    if older.get("type") != "Action.Submit" or older.get("data") != action.get("data"):
        yield f"{where}: an older client sends something else"
    yield from _carried(action, where)


def _marked(element: Mapping[str, Any], name: str) -> list[str]:
    return markdown_in(str(element.get(name, "")))


# What is asked of one kind besides its properties.
PARTICULAR: dict[str, Callable[[Mapping[str, Any], str], Iterator[str]]] = {
    "AdaptiveCard": _card,
    "TextBlock": _text_block,
    "FactSet": _facts,
    "ColumnSet": _columns,
    "Input.Text": _input,
    "Input.Date": _input,
    "Input.ChoiceSet": _choices,
    "Action.Execute": _execute,
    "Action.Submit": _carried,
}


def _all(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for each in value.values():
            yield from _all(each)
    elif isinstance(value, list):
        for each in value:
            yield from _all(each)
