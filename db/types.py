"""How is each kind of value kept, so that SQLite and PostgreSQL hand back the same? Nothing here loses
anything."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Numeric, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override


def canonical_json(value: object) -> str:
    """The one text of a value: sorted keys, no spaces, decimals, dates and bytes as text. Floats have no one
    text and are refused."""
    return json.dumps(_exact(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _exact(value: object) -> object:
    match value:
        case float():
            raise TypeError("a float has no exact text: use Decimal")
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Mapping():
            return {str(name): _exact(part) for name, part in value.items()}
        case list() | tuple():
            return [_exact(part) for part in value]
        case _:
            return value


def plain(number: Decimal) -> str:
    """The one text of a decimal: every digit, no exponent. PostgreSQL knows no negative zero, so nobody does."""
    if not number.is_finite():
        raise ValueError("only finite numbers are kept")
    return f"{number if number else abs(number):f}"


class ExactDecimal(TypeDecorator[Decimal]):
    """Hours and scores to the last digit: text on SQLite, whose numbers are floats, NUMERIC on PostgreSQL."""

    impl = Text
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric() if dialect.name == "postgresql" else Text())

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError("hours are Decimal")
        text = plain(value)
        return value if dialect.name == "postgresql" else text

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class UtcInstant(TypeDecorator[datetime]):
    """An instant: aware going in, aware UTC coming out. SQLite, which has no zones, keeps UTC text that
    sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class CanonicalJson(TypeDecorator[Any]):
    """Anything JSON can say, kept as its canonical text so that it can be hashed and compared."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class WordList(TypeDecorator[tuple[str, ...]]):
    """Words in the order they were given."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class HoursByTopic(TypeDecorator[Mapping[str, Decimal]]):
    """Topic to hours, each exact."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Mapping[str, Decimal] | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Decimal] | None:
        if value is None:
            return None
        return {topic: Decimal(hours) for topic, hours in json.loads(value).items()}
