"""Statements compiled once for all tests: every test has an engine of its own, and each would compile all anew."""

from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

_ROOM = 5_000
_compiled: LRUCache[Any, Any] = LRUCache(_ROOM)
_dialects: dict[str, Dialect] = {}


def compiled_once(engine: Engine) -> Engine:
    """The same engine, which finds what another of its kind has compiled."""
    kind = engine.dialect.name
    if kind not in _dialects:
        # A dialect learns from its first connection what its server can do.
        engine.connect().close()
        _dialects[kind] = engine.dialect
    # What is compiled is kept by the very dialect it was compiled for. Whoever listens for an engine's errors listens
    # to its dialect: an engine that is listened to so (a service's) is not one of these.
    engine.dialect = _dialects[kind]
    engine.update_execution_options(compiled_cache=_compiled)
    return engine
