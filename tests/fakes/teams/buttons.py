"""What can be pressed and filled in in a card, and does Teams take it so? Actions and inputs, wherever they stand."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

EXECUTE, SUBMIT, OPEN = "Action.Execute", "Action.Submit", "Action.OpenUrl"
SHOW, TOGGLE = "Action.ShowCard", "Action.ToggleVisibility"
KNOWN = {EXECUTE, SUBMIT, OPEN, SHOW, TOGGLE}
MOST = 6
IN_TEAMS = {"task/fetch", "messageBack", "imBack", "invoke", "signin"}
HOLDS = ("body", "items", "columns", "rows", "cells")


def elements(card: Mapping[str, Any]) -> Iterator[Json]:
    """Every element of a card, those inside others too."""
    for name in HOLDS:
        found = card.get(name)
        for each in found if isinstance(found, list) else ():
            if isinstance(each, dict):
                yield each
                yield from elements(each)
    for action in _actions(card.get("actions")):
        if isinstance(action.get("card"), dict):
            yield from elements(action["card"])


def actions(card: Mapping[str, Any]) -> Iterator[Json]:
    """Every action of a card, those of sets, of opened cards and of what can be tapped too."""
    for each in (card, *elements(card)):
        for action in _actions(each.get("actions")):
            yield action
            if isinstance(action.get("card"), dict):
                yield from _actions(action["card"].get("actions"))
        if isinstance(each.get("selectAction"), dict):
            yield each["selectAction"]


def inputs(card: Mapping[str, Any]) -> Iterator[Json]:
    """Everything that can be filled in."""
    return (each for each in elements(card) if str(each.get("type", "")).startswith("Input."))


def _actions(given: Any) -> list[Json]:
    return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []


def opens_dialog(action: Mapping[str, Any]) -> bool:
    """Whether a press asks the app for a dialog."""
    return _in_teams(action).get("type") == "task/fetch"


def _in_teams(action: Mapping[str, Any]) -> Mapping[str, Any]:
    data = action.get("data")
    own = data.get("msteams") if isinstance(data, dict) else None
    return own if isinstance(own, dict) else {}


def problems(card: Mapping[str, Any], *, in_dialog: bool = False) -> list[str]:
    """What Teams would not take of the actions and inputs of a card, or what would fail when it is used."""
    found = [
        f"more than {MOST} actions"
        for each in (card, *elements(card))
        if len(_actions(each.get("actions"))) > MOST
    ]
    for action in actions(card):
        found += [f"{action.get('title', '')!r}: {each}" for each in _wrong(action, in_dialog)]
    names = [each.get("id") for each in inputs(card)]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
        found.append(f"inputs need ids of their own: {names}")
    if any(action["type"] == EXECUTE for action in actions(card) if "type" in action):
        major, _, minor = str(card.get("version", "")).partition(".")
        if (major, minor) != ("1", "5"):
            found.append(f"{EXECUTE} in a card of version {card.get('version')!r}")
    return found


def _wrong(action: Mapping[str, Any], in_dialog: bool) -> Iterator[str]:
    kind = action.get("type")
    if kind not in KNOWN:
        yield f"unknown action {kind!r}"
        return
    if not action.get("title") and not action.get("iconUrl"):
        yield "no title"
    if kind == OPEN and not str(action.get("url", "")).startswith(("https://", "http://127.0.0.1")):
        yield f"{OPEN} without an https address"
    if kind in (EXECUTE, SUBMIT) and not isinstance(action.get("data"), dict):
        yield "data is no object, so that no input could be added"
    if kind == SUBMIT and isinstance(action.get("data"), dict) and "msteams" in action["data"]:
        if _in_teams(action).get("type") not in IN_TEAMS:
            yield f"unknown data.msteams {action['data']['msteams']!r}"
        if in_dialog and opens_dialog(action):
            yield "a dialog opens no dialog"
    if kind == EXECUTE:
        yield from _wrong_execute(action, in_dialog)


def _wrong_execute(action: Mapping[str, Any], in_dialog: bool) -> Iterator[str]:
    if in_dialog:
        yield f"{EXECUTE} in a dialog"
    if not isinstance(action.get("verb"), str) or not action["verb"]:
        yield "no verb"
    fallback = action.get("fallback")
    if not isinstance(fallback, dict) or fallback.get("type") != SUBMIT:
        yield f"no {SUBMIT} for a fallback"
    elif (
        fallback.get("data") != action.get("data")
        # A line that is pressed as a whole shows no title; what is read of it is the outer one's.
        or fallback.get("title", action.get("title")) != action.get("title")
    ):
        yield "the fallback has another title or other data"
