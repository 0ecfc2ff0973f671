"""A file store of a test's own, in a folder that goes with it."""

import shutil
import tempfile
import weakref
from pathlib import Path

from db.files.folder import Folder


def a_file_store() -> Folder:
    """Files that nobody else has, gone with the last who uses them."""
    folder = tempfile.mkdtemp(prefix="rollcall-files-")
    store = Folder(Path(folder) / "files")
    weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
    return store
