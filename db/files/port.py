"""What does Rollcall ask of a place that keeps files? Few things, so that a folder and a bucket are the same to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from db.files.errors import FileChangedError, FileMissingError, FilesAwayError

_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """How a place is. ``free``: bytes there is room for, None where nobody knows. ``begun``: it was made already."""

    place: str
    free: int | None = None
    begun: bool = True


class FileStore(Protocol):
    """Sealed bytes, each under the SHA-256 of themselves. FilesAwayError from any method when the place is not there.

    ``carried``: a backup of the record carries the objects along; where it does not, the place has its own backups.
    """

    carried: bool

    def put(self, name: str, sealed: bytes) -> None:
        """Keep the bytes under their name, whole and for good when this returns. Twice is once."""
        ...

    def get(self, name: str) -> bytes:
        """What is there under the name, unchecked. FileMissingError when nothing is."""
        ...

    def delete(self, name: str) -> None:
        """Nothing is there under the name any more, nor anything that was begun under it."""
        ...

    def names(self) -> Iterator[str]:
        """Every name there is something under."""
        ...

    def look(self) -> StoreState:
        """How the place is, after something was written and taken away again."""
        ...


class Nowhere(FileStore):
    """For an office that was given no place: nothing is kept, and nobody is made to believe that it was."""

    carried = True

    def put(self, name: str, sealed: bytes) -> None:  # noqa: ARG002  the port says it
        raise FilesAwayError("no place was named")

    def get(self, name: str) -> bytes:
        raise FileMissingError(name)

    def delete(self, name: str) -> None:
        """There is nothing."""

    def names(self) -> Iterator[str]:
        return iter(())

    def look(self) -> StoreState:
        raise FilesAwayError("no place was named")


def name_of(sealed: bytes) -> str:
    """The name of sealed bytes. Of the plain ones it would tell that two people sent the same file, and let whoever has
    a file find out that it was sent, after its disposal too."""
    return sha256(sealed).hexdigest()


def is_name(text: str) -> bool:
    """Whether anything of ours can have this name."""
    return _NAME.fullmatch(text) is not None


def path_of(name: str) -> str:
    """Where an object lies below its place, the same in a folder and in a bucket, so that one can be copied to the
    other. ValueError for what is no name: nothing that anybody wrote becomes a path."""
    if not is_name(name):
        raise ValueError("not a name of a kept file")
    return f"{name[:2]}/{name}"


def fetched(store: FileStore, name: str) -> bytes:
    """The object, proved to be what its name says. FileMissingError, FileChangedError, FilesAwayError."""
    if not is_name(name):
        # Only tampering puts such a name into a row, and whoever looks at all rows must come to the end.
        raise FileMissingError(name)
    sealed = store.get(name)
    if name_of(sealed) != name:
        raise FileChangedError(name)
    return sealed
