"""A strict reader of pack files: every value keeps its file and line; what was not asked for is not accepted."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

from rules.errors import PackError

# Written out, so that neither 1e1 nor 2020-W27-3 slips through.
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")

# As many keys of a mapping as say which it is.
KEYS_SHOWN = 4

Word = TypeVar("Word", bound=StrEnum)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Value:
    """One node of a file."""

    file: str
    node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def refuse(self, expected: str, found: str | None = None) -> NoReturn:
        """Say what may stand here and what does."""
        raise PackError(self.file, self.line, expected, found if found is not None else self.shown())

    def shown(self) -> str:
        """What stands here, short enough for one line."""
        if isinstance(self.node, yaml.ScalarNode):
            return repr(self.node.value) if self.node.value else "nothing"
        if isinstance(self.node, yaml.SequenceNode):
            return "a list"
        keys = [str(key.value) for key, _ in self.node.value if isinstance(key, yaml.ScalarNode)]
        return f"a mapping with {', '.join(keys[:KEYS_SHOWN])}" if keys else "a mapping"

    def text(self) -> str:
        """A non-empty text; numbers and dates are read as they are written."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.refuse("a text")
        return str(self.node.value).strip()

    def one_of(self, words: type[Word]) -> Word:
        text = self.text()
        try:
            return words(text)
        except ValueError:
            self.refuse("one of " + ", ".join(words))

    def day(self) -> date:
        """A date written as 2027-06-30."""
        text = self.text()
        if DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        return self.refuse("a date like 2027-06-30")

    def number(self) -> Decimal:
        """An exact number that is not negative."""
        text = self.text()
        if not NUMBER.fullmatch(text):
            self.refuse("a number that is not negative")
        return Decimal(text)

    def whole(self) -> int:
        number = self.number()
        if number != int(number):
            self.refuse("a whole number")
        return int(number)

    def flag(self) -> bool:
        text = self.text()
        if text not in {"true", "false"}:
            self.refuse("true or false")
        return text == "true"

    def each(self) -> Iterator["Value"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("a list")
        return (Value(self.file, node) for node in self.node.value)

    def some(self) -> list["Value"]:
        """A list that is not empty."""
        values = list(self.each())
        if not values:
            self.refuse("a list with at least one entry", "an empty list")
        return values

    def texts(self) -> tuple[str, ...]:
        return tuple(value.text() for value in self.some())

    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def mapping(self, required: Sequence[str] = (), optional: Sequence[str] | None = ()) -> "Mapping":
        """A mapping with exactly these keys; ``optional`` None lets any key stand."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("a mapping")
        values: dict[str, Value] = {}
        for key_node, value_node in self.node.value:
            key = Value(self.file, key_node)
            name = key.text()
            if name in values:
                key.refuse("each key once", f"{name!r} a second time")
            if optional is not None and name not in required and name not in optional:
                key.refuse("one of " + ", ".join((*required, *optional)), repr(name))
            values[name] = Value(self.file, value_node)
        for name in required:
            if name not in values:
                self.refuse(f"the key {name!r}", "no such key")
        return Mapping(self, values)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A read mapping; ``get`` is None for an optional key that is not there."""

    value: Value
    values: dict[str, Value]

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def get(self, name: str) -> Value | None:
        return self.values.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def items(self) -> Iterator[tuple[str, Value]]:
        return iter(self.values.items())

    def read(self, name: str, reader: Callable[[Value], Made], default: Made) -> Made:
        value = self.values.get(name)
        return default if value is None else reader(value)


def read_document(path: Path, shown_as: str) -> Value:
    """The one document of a file. ``shown_as`` is the path a person reads in an error."""
    try:
        with path.open("rb") as stream:
            node = yaml.compose(stream, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        problem = str(error.problem).removeprefix("but ").removeprefix("found ")
        raise PackError(shown_as, line, "readable YAML", f"a mistake ({problem})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(shown_as, 1, "readable YAML", "a character that cannot be read") from error
    if node is None:
        raise PackError(shown_as, 1, "a mapping", "an empty file")
    _refuse_aliases(node, shown_as, set())
    return Value(shown_as, node)


def _refuse_aliases(node: yaml.Node, shown_as: str, seen: set[int]) -> None:
    """An alias shares a value between rules, so that changing one would silently change another."""
    if id(node) in seen:
        raise PackError(shown_as, int(node.start_mark.line) + 1, "every value written out", "a YAML alias")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _refuse_aliases(key, shown_as, seen)
            _refuse_aliases(value, shown_as, seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_aliases(value, shown_as, seen)
