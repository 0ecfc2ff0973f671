"""A key store of a test's own, in a folder that goes with it."""

import shutil
import tempfile
import weakref
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.composition import keys_in
from db.keys.store import KeyStore


def a_key_store() -> KeyStore:
    """Keys that nobody else has, gone with the last who uses them."""
    folder = tempfile.mkdtemp(prefix="rollcall-keys-")
    store = keys_in(Path(folder))
    event.listen(store.engine, "connect", _never_wait_for_the_disk)
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    return store


def _never_wait_for_the_disk(connection: DBAPIConnection, _entry: object) -> None:
    # None of these keys has to outlive a power cut.
    connection.cursor().execute("PRAGMA synchronous = OFF")
