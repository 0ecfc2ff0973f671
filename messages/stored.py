"""How does a neutral message come back from what was kept of it? The same message, or nothing: never half of one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from messages.model import NAMED, Form, Message

_BY_NAME = {pair: kind for kind, pair in NAMED.items()}
_NAMES = ("part", "action", "field")
_PLAIN: Mapping[type, Callable[[Any], object]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    str: str,
    int: int,
    bool: bool,
}
# What a message has not that was kept by the release before this one.
_LATER: Mapping[type, Mapping[str, object]] = {Form: {"value": ""}}


def from_json(text: str) -> Message:
    """The message of this JSON. ValueError when it is none."""
    try:
        made: Message = _made(Message, json.loads(text))
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError("no message") from error
    return made


def _made(kind: type, given: Mapping[str, Any]) -> Any:
    given = {**_LATER.get(kind, {}), **given}
    return kind(**{name: _value(hint, given[name]) for name, hint in _hints(kind).items()})


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """What each field holds; worked out once, for every answer on its way out comes by here."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _value(hint: Any, given: Any) -> Any:
    if given is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(get_args(hint), given)
    if origin is tuple:
        inner = get_args(hint)
        kinds = [inner[0]] * len(given) if inner[-1] is ... else list(inner)
        return tuple(_value(kind, each) for kind, each in zip(kinds, given, strict=True))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(given)
    return _PLAIN[hint](given) if hint in _PLAIN else _made(hint, given)


def _one_of(kinds: tuple[Any, ...], given: Any) -> Any:
    """Parts, actions and fields say their name; anything else has one kind beside None."""
    if isinstance(given, Mapping):
        for name in _NAMES:
            if (name, given.get(name)) in _BY_NAME:
                return _made(_BY_NAME[name, given[name]], given)
    (kind,) = (each for each in kinds if each is not type(None))
    return _value(kind, given)
