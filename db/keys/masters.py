"""Where does the master key come from? Given from outside by the settings, or a file that is made once."""

import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from db.keys.cipher import new_key
from db.keys.errors import NextMasterKeyMissingError

_OWNER_ONLY = 0o600
_FOLDER_MODE = 0o700


class Masters(Protocol):
    """The master keys at hand, the newest first; more than one only while a rotation is under way."""

    def held(self) -> tuple[bytes, ...]:
        """As they are now; none when none was ever made."""
        ...

    def first(self) -> bytes:
        """The first master key of an installation, made now where none is given."""
        ...

    def following(self, current: bytes) -> bytes:
        """The master key to rotate to, kept beside the current one before this returns."""
        ...

    def keep_only(self, current: bytes) -> None:
        """Let go of every other one."""
        ...


class GivenMasters:
    """Master keys from outside: during a rotation the new one stands before the one until now."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def held(self) -> tuple[bytes, ...]:
        """As they were given."""
        return self._keys

    def first(self) -> bytes:
        """The one given."""
        return self._keys[0]

    def following(self, current: bytes) -> bytes:
        """The one in front; NextMasterKeyMissingError while that is still the current one."""
        if self._keys[0] == current:
            raise NextMasterKeyMissingError
        return self._keys[0]

    def keep_only(self, current: bytes) -> None:
        """Whoever gave them takes the old one away."""


class MasterFile:
    """A file that only its owner may read, one key a line in base64."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def held(self) -> tuple[bytes, ...]:
        """The lines of the file; none when there is no file."""
        try:
            lines = self._path.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return ()
        return tuple(b64decode(line) for line in lines)

    def first(self) -> bytes:
        """The key of the file, which is made when it is not there; of two processes at once one makes it."""
        draft = self._draft([new_key()])
        with suppress(FileExistsError):
            # A link appears whole or not at all, and never in the place of another file.
            os.link(draft, self._path)
        draft.unlink()
        return self.held()[0]

    def following(self, current: bytes) -> bytes:
        """The key in front of the current one, which an interrupted rotation may have left there; else a new one."""
        front = self.held()[0]
        if front != current:
            return front
        made = new_key()
        self._draft([made, *self.held()]).replace(self._path)
        return made

    def keep_only(self, current: bytes) -> None:
        """The file with one line."""
        if self.held() != (current,):
            self._draft([current]).replace(self._path)

    def _draft(self, keys: Sequence[bytes]) -> Path:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
        draft = self._path.with_name(f"{self._path.name}.{token_hex(8)}")
        place = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(place, "wb") as file:
            file.write(b"".join(b64encode(key) + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        return draft
