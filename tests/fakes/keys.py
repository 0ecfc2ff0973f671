"""A key store of a test's own, in a folder that goes with it."""

import shutil
import tempfile
import weakref
from pathlib import Path

from bot.composition import keys_in
from db.keys.store import KeyStore
from tests.fakes.disk import never_waiting


def a_key_store() -> KeyStore:
    """Keys that nobody else has, gone with the last who uses them."""
    folder = tempfile.mkdtemp(prefix="rollcall-keys-")
    store = keys_in(Path(folder))
    never_waiting(store.engine)
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    return store
