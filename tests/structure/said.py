"""Which keys of the catalogue does a module say? Each as it is written, and every text that its parts can be."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from tests.structure.codes import SCOPES, Scope, values


@dataclass(frozen=True, slots=True)
class Said:
    """One place where a key is said: as it is written, and of each part every text that it can be, if that is known."""

    place: str
    written: str
    parts: tuple[tuple[str, frozenset[str] | None], ...]
    is_asked: bool  # whether the catalogue is asked first, and something else said where it has no such key

    @property
    def path(self) -> str:
        return self.place.partition(":")[0]

    @property
    def open_parts(self) -> tuple[str, ...]:
        return tuple(part for part, known in self.parts if known is None)

    def keys(self, more: Mapping[str, Iterable[str]]) -> frozenset[str]:
        """Every key that it can be, where ``more`` tells what an open part can be."""
        known = [more[part] if found is None else found for part, found in self.parts]
        return frozenset("".join(each) for each in product(*known))

    @property
    def pattern(self) -> str:
        """What its keys look like; an open part matches any word."""
        return "".join(
            "[a-z0-9-]+" if known is None else f"(?:{'|'.join(sorted(map(re.escape, known)))})"
            for _, known in self.parts
        )


def said(path: str, tree: ast.Module) -> Iterator[Said]:
    """Every key that a module says."""
    yield from _said_in(path, tree, ())


def _said_in(path: str, node: ast.AST, around: tuple[Scope, ...]) -> Iterator[Said]:
    if isinstance(node, SCOPES):
        around = (*around, node)
    match node:
        case ast.Call(func=ast.Attribute(attr="say" | "say_many"), args=[first, *_]):
            for key in alternatives(first):
                yield _key(path, key, around)
        case _:
            pass
    for inner in ast.iter_child_nodes(node):
        yield from _said_in(path, inner, around)


def _key(path: str, key: ast.expr, around: tuple[Scope, ...]) -> Said:
    place = f"{path}:{key.lineno}"
    if isinstance(key, ast.Constant):  # most are, and need no look at anything else
        return Said(place, str(key.value), ((str(key.value), frozenset({str(key.value)})),), is_asked=False)
    written = ast.unparse(key)
    is_asked = any(f"{written} in words" in ast.unparse(each) for each in around[-1:])
    return Said(place, written, tuple(_parts(path, key, around)), is_asked)


def alternatives(node: ast.expr) -> Iterator[ast.expr]:
    """Both of what is chosen between."""
    if isinstance(node, ast.IfExp):
        yield from alternatives(node.body)
        yield from alternatives(node.orelse)
    else:
        yield node


def _parts(
    path: str, key: ast.expr, around: tuple[Scope, ...]
) -> Iterator[tuple[str, frozenset[str] | None]]:
    for part in key.values if isinstance(key, ast.JoinedStr) else [key]:
        written = part.value if isinstance(part, ast.FormattedValue) else part
        yield ast.unparse(written), values(path, around, written)
