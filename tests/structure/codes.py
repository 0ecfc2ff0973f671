"""Which codes can a part of a sentence's key be? Read from the types that mypy holds its callers to.

``f"review-{facts.code}"`` is closed where ``code`` is a Literal or a StrEnum, or one of values that are written out. A
plain ``str`` is open: a typo in it is found by whoever should have read the sentence.
"""

import ast
import importlib
import inspect
import types
import typing
from collections.abc import Callable, Iterator
from enum import Enum, StrEnum
from functools import cache, partial, reduce
from typing import Any, Literal, get_args, get_origin

Function = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp
Scope = Function | Loop | ast.ClassDef
SCOPES = typing.get_args(Scope)
ONE = (ast.Constant, ast.IfExp, ast.Name, ast.Attribute, ast.Call)
# Called on a collection, these give its members on.
SAME_MEMBERS = {"tuple", "list", "sorted", "set", "frozenset", "reversed", "fromkeys"}


class Open(Exception):  # noqa: N818  the answer to a question, and no fault
    """The values of this expression are not written down anywhere."""


def values(path: str, around: tuple[Scope, ...], written: ast.expr) -> frozenset[str] | None:
    """Every text that an expression can be, or None where its type leaves it open. No key ends on nothing."""
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    try:
        return frozenset(_texts(Place(vars(module), around).kind(written))) - {""}
    except (Open, RecursionError):
        return None


def _texts(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        for each in get_args(kind):
            if not isinstance(each, str):
                raise Open
            yield str(each)
    elif get_origin(kind) in (typing.Union, types.UnionType):
        for each in get_args(kind):
            if each is not types.NoneType:
                yield from _texts(each)
    elif inspect.isclass(kind) and issubclass(kind, StrEnum):
        yield from (each.value for each in kind)
    else:
        raise Open


class Place:
    """Where an expression stands: its module, and the functions, classes and loops around it, the outermost first."""

    def __init__(self, names: dict[str, Any], around: tuple[Scope, ...]) -> None:
        self._names = names
        self._around = around

    def kind(self, written: ast.expr) -> Any:
        """The type of an expression, as narrow as what is written out allows."""
        return self._of_one(written) if isinstance(written, ONE) else self._of_many(written)

    def _of_one(self, written: ast.expr) -> Any:
        match written:
            case ast.Constant(value=value):
                return _of_value(value)
            case ast.IfExp():
                return _either([self.kind(written.body), self.kind(written.orelse)])
            case ast.Name(id=name):
                return self._named(name)
            case ast.Attribute():
                return self._attribute(written)
            case ast.Call():
                return self._call(written)
            case _:
                raise Open

    def _of_many(self, written: ast.expr) -> Any:
        match written:
            case ast.BoolOp():
                return _either([self.kind(each) for each in written.values])
            case ast.Subscript():
                return _member(self.kind(written.value), 1)
            case ast.Tuple() | ast.List() | ast.Set():
                return _row([self._one_of(each) for each in written.elts])
            case ast.Dict():
                return _mapping(
                    [self._one_of(each) for each in written.keys if each is not None],
                    [self._one_of(each) for each in written.values],
                )
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
                return _many(Place(self._names, (*self._around, written)).kind(written.elt))
            case _:
                raise Open

    def _one_of(self, element: ast.expr) -> Any:
        """What one of several is; another of them may be known all the same."""
        try:
            return (
                _member(self.kind(element.value), 0)
                if isinstance(element, ast.Starred)
                else self.kind(element)
            )
        except Open:
            return object

    def _named(self, name: str) -> Any:
        for place in range(len(self._around) - 1, -1, -1):
            scope = self._around[place]
            if isinstance(scope, ast.ClassDef):
                continue
            within = Place(self._names, self._around[: place + 1])
            found = within._looped(scope, name) if isinstance(scope, Loop) else within._bound(scope, name)
            if kinds := list(found):
                return _either(kinds)
        if name in self._names:
            return _of_value(self._names[name])
        raise Open

    def _looped(self, loop: Loop, name: str) -> Iterator[Any]:
        for each in loop.generators:
            yield from self._given(each.target, name, self._each_of(each.iter))

    def _bound(self, function: Function, name: str) -> Iterator[Any]:
        """Every way in which a function gives a name its value."""
        arguments = function.args
        for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            if each.arg == name:
                yield self._argument(each)
        if arguments.vararg is not None and arguments.vararg.arg == name:
            yield _many(self._argument(arguments.vararg))
        for node in ast.walk(function):
            match node:
                case ast.AnnAssign(target=ast.Name(id=found)) if found == name:
                    yield self._annotated(node.annotation)
                case ast.NamedExpr(target=ast.Name(id=found)) if found == name:
                    yield self.kind(node.value)
                case ast.Assign():
                    for target in node.targets:
                        yield from self._given(target, name, partial(self.kind, node.value))
                case ast.For():
                    yield from self._given(node.target, name, self._each_of(node.iter))

    def _each_of(self, over: ast.expr) -> Callable[[], Any]:
        return lambda: _member(self.kind(over), 0)

    def _argument(self, argument: ast.arg) -> Any:
        if argument.annotation is not None:
            return self._annotated(argument.annotation)
        owners = [each for each in self._around if isinstance(each, ast.ClassDef)]
        if argument.arg == "self" and owners:
            return self._names[owners[-1].name]
        raise Open

    def _annotated(self, annotation: ast.expr) -> Any:
        return eval(ast.unparse(annotation), dict(self._names))  # noqa: S307  an annotation of our own

    def _given(self, target: ast.expr, name: str, kind: Callable[[], Any]) -> Iterator[Any]:
        match target:
            case ast.Name(id=found) if found == name:
                yield kind()
            case ast.Tuple(elts=elements):
                for place, each in enumerate(elements):
                    yield from self._given(each, name, partial(_place_of, kind, place, len(elements)))

    def _attribute(self, written: ast.Attribute) -> Any:
        if isinstance(written.value, ast.Name) and inspect.ismodule(self._names.get(written.value.id)):
            return _of_value(getattr(self._names[written.value.id], written.attr))
        return _attribute_of(self.kind(written.value), written.attr)

    def _call(self, written: ast.Call) -> Any:
        match written:
            case ast.Call(func=ast.Name(id="dashed"), args=[text]):
                return _changed(self.kind(text), lambda text: text.replace("_", "-"))
            case ast.Call(func=ast.Attribute(value=text, attr="lower")):
                return _changed(self.kind(text), str.lower)
            case ast.Call(func=ast.Attribute(value=text, attr="replace"), args=[old, new]):
                before, after = ast.literal_eval(old), ast.literal_eval(new)
                return _changed(self.kind(text), lambda text: text.replace(before, after))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if (
                name in SAME_MEMBERS
            ):
                return _many(_member(self.kind(first), 0))
            case ast.Call(func=ast.Name(id="enumerate"), args=[first, *_]):
                return _many(_row([int, _member(self.kind(first), 0)]))
            case ast.Call(func=ast.Name(id="zip"), args=[first, second]):
                return _many(_row([_member(self.kind(first), 0), _member(self.kind(second), 0)]))
            case ast.Call(func=ast.Attribute(value=mapping, attr="items" | "values" | "get" as name)):
                return _of_mapping(self.kind(mapping), name)
            case _:
                return _given_back(self._called(written.func))

    def _called(self, function: ast.expr) -> Any:
        match function:
            case ast.Name(id=name):
                return self._names.get(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if inspect.ismodule(
                self._names.get(owner)
            ):
                return getattr(self._names[owner], name)
            case ast.Attribute(value=value, attr=name):
                return getattr(self.kind(value), name, None)
            case _:
                raise Open


def _given_back(called: Any) -> Any:
    if inspect.isclass(called):
        return called
    if not callable(called):
        raise Open
    return _hints(called).get("return")


def _of_mapping(kind: Any, method: str) -> Any:
    value = _member(kind, 1)
    if method == "get":
        return value
    return _many(value if method == "values" else _row([_member(kind, 0), value]))


def _many(kind: Any) -> Any:
    return types.GenericAlias(tuple, (kind, ...))


def _row(kinds: list[Any]) -> Any:
    return types.GenericAlias(tuple, tuple(kinds))


def _mapping(keys: list[Any], found: list[Any]) -> Any:
    return types.GenericAlias(dict, (_either(keys), _either(found)))


def _either(kinds: list[Any]) -> Any:
    return reduce(lambda one, other: typing.Union[one, other], kinds)  # noqa: UP007  of types known now only


def _changed(kind: Any, change: Any) -> Any:
    return _of_texts(change(text) for text in _texts(kind))


def _of_texts(found: Any) -> Any:
    texts = tuple(found)
    if not texts:
        raise Open
    return Literal[texts]


def _of_value(value: object) -> Any:
    """The type of a value that is written out; a class stands for itself."""
    match value:
        case Enum():
            return Literal[value.value] if isinstance(value, str) else type(value)
        case str():
            return Literal[value]
        case bool() | int() | None:
            return type(value)
        case tuple() | list() | set() | frozenset() if value:
            return _row([_of_value(each) for each in value])
        case dict() if value:
            return _mapping([_of_value(each) for each in value], [_of_value(each) for each in value.values()])
        case type() | types.GenericAlias():
            return value
        case _ if hasattr(value, "__dataclass_fields__"):
            return type(value)
        case _:
            raise Open


def _member(kind: Any, of_pair: int) -> Any:
    """What a collection holds: its keys or members (0), or what it gives for a key or a place (1)."""
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return kind
    given = [each for each in get_args(kind) if each is not Ellipsis]
    if get_origin(kind) in (typing.Union, types.UnionType):
        return _either([_member(each, of_pair) for each in given if each is not types.NoneType])
    if not given or get_origin(kind) is Literal:
        raise Open
    origin = get_origin(kind)
    if inspect.isclass(origin) and issubclass(origin, tuple):
        return _either(given)
    return given[-1] if of_pair else given[0]


def _place_of(kind: Callable[[], Any], place: int, of: int) -> Any:
    return _at(kind(), place, of)


def _at(kind: Any, place: int, of: int) -> Any:
    """One place of what is taken apart."""
    if get_origin(kind) in (typing.Union, types.UnionType):
        return _either([_at(each, place, of) for each in get_args(kind)])
    given = get_args(kind)
    if len(given) == of and Ellipsis not in given:
        return given[place]
    return _member(kind, 0)


def _attribute_of(kind: Any, name: str) -> Any:
    if get_origin(kind) in (typing.Union, types.UnionType):
        with_it = [each for each in get_args(kind) if _has(each, name)]
        if not with_it:
            raise Open
        return _either([_attribute_of(each, name) for each in with_it])
    if inspect.isclass(kind) and issubclass(kind, Enum):
        if name == "value":
            return _either([_of_value(each.value) for each in kind])
        if name == "name":
            return _of_texts(each.name for each in kind)
        if name in kind.__members__:
            return _of_value(kind[name])
    if get_origin(kind) is Literal and name == "value":
        return kind
    kind = get_origin(kind) or kind
    if not inspect.isclass(kind):
        raise Open
    found = inspect.getattr_static(kind, name, None)
    if isinstance(found, property) and found.fget is not None:
        return _hints(found.fget).get("return")
    hints = _hints(kind)
    if name not in hints:
        raise Open
    return hints[name]


def _has(kind: Any, name: str) -> bool:
    if not inspect.isclass(kind):
        return False
    return issubclass(kind, Enum) or name in _hints(kind) or hasattr(kind, name)


def _written_hints(of: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(of)
    except NameError:
        raise Open from None


_hints: Callable[[Any], dict[str, Any]] = cache(_written_hints)
