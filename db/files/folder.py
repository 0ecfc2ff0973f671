"""How are files kept in a folder of this machine? Written under another name, made safe on the disk, then named."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes, token_hex

from db.files.errors import FileMissingError, FilesAwayError
from db.files.port import FileStore, StoreState, is_name, name_of, path_of

_FOLDER_MODE = 0o700
_OWNER_ONLY = 0o600
_PROBE_BYTES = 32


class Folder(FileStore):
    """Files under DATA_DIR. The folder is made with the first of them; nobody but its owner may enter it."""

    carried = True

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        with _away():
            self._make(path.parent)
            partial = path.with_name(f".{name}.{token_hex(8)}")
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            _settle(path.parent)

    def get(self, name: str) -> bytes:
        path = self._path(name)
        with _away():
            try:
                return path.read_bytes()
            except FileNotFoundError as error:
                if self.root.is_dir():
                    raise FileMissingError(name) from error
                raise

    def delete(self, name: str) -> None:
        path = self._path(name)
        with _away():
            if not path.parent.is_dir():
                return
            # A crash in the middle of writing leaves a part of it under another name.
            for each in (path, *path.parent.glob(f".{name}.*")):
                each.unlink(missing_ok=True)
            _settle(path.parent)

    def names(self) -> Iterator[str]:
        with _away():
            found = sorted(each.name for each in self.root.glob("??/*")) if self.root.is_dir() else []
        return (each for each in found if is_name(each))

    def look(self) -> StoreState:
        if not self.root.exists():
            return StoreState(place=str(self.root), begun=False)
        probe = token_bytes(_PROBE_BYTES)
        self.put(name_of(probe), probe)
        self.delete(name_of(probe))
        with _away():
            return StoreState(place=str(self.root), free=shutil.disk_usage(self.root).free)

    def _path(self, name: str) -> Path:
        return self.root / path_of(name)

    def _make(self, folder: Path) -> None:
        """The folder and those above it, each safe on the disk before anything is put into it."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        _settle(folder.parent)


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FilesAwayError(error.strerror or type(error).__name__) from error


def _settle(folder: Path) -> None:
    """A name is on the disk when its folder is. Windows opens no folders and sees to it by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
