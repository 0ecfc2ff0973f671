"""What do the two processes say to each other? A file one way, a reading the other, each as a frame with its length.

A reading is JSON that is checked field by field, so that a process that a file has taken over can answer nothing else.
"""

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from reading.certificates.model import CertificateReading, PaperKind
from reading.documents.limits import MAX_BYTES, MAX_PAGES
from reading.documents.model import FileRefusal
from reading.spills import Spill

_LENGTH = struct.Struct(">Q")
_PULSE = 0.1  # seconds after which whoever waits looks whether it still should
_PIECE = 256 * 1024
_MOST_WORDS = 16 * 1024 * 1024
_MOST_PREVIEW = 4 * 1024 * 1024


class LineError(Exception):
    """What came is nothing that we say."""


class HungUpError(Exception):
    """The other side is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAnswer:
    """A reading, and what it left behind. ``spent``: whoever answered wants to be replaced."""

    reading: CertificateReading
    resident: int = 0
    spent: bool = False


_ANSWERS = TypeAdapter(ChildAnswer)


def _has_known_codes(reading: CertificateReading) -> bool:
    """Whether everything that is acted on by its code is one of ours."""
    reasons = set(FileRefusal) if reading.kind is PaperKind.REFUSED else {reading.reason}
    return reading.reason in reasons and reading.spill in {"", *Spill}


class LineEnd:
    """One end of it. ``still`` is called again and again while something is awaited, and ends the wait by raising."""

    def __init__(self, end: socket.socket, still: Callable[[], None] | None = None) -> None:
        self._end = end
        self._still = still
        end.settimeout(None if still is None else _PULSE)

    def send_file(self, content: bytes) -> None:
        """A file to be read."""
        self._send(content)

    def receive_file(self) -> bytes:
        """The next file."""
        return self._receive(MAX_BYTES)

    def send_ready(self) -> None:
        """Everything is loaded: files may come."""
        self._send(b"")

    def receive_ready(self) -> None:
        """Wait until files may be sent."""
        self._receive(0)

    def send_answer(self, answer: ChildAnswer) -> None:
        """A reading; its previews follow as they are, because JSON has no bytes."""
        previews = answer.reading.previews
        self._send(_ANSWERS.dump_json(replace(answer, reading=replace(answer.reading, previews=()))))
        self._send(bytes([len(previews)]))
        for preview in previews:
            self._send(preview)

    def receive_answer(self) -> ChildAnswer:
        """What was read."""
        words, count = self._receive(_MOST_WORDS), self._receive(1)
        if len(count) != 1 or count[0] > MAX_PAGES:
            raise LineError
        previews = tuple(self._receive(_MOST_PREVIEW) for _ in range(count[0]))
        try:
            answer = _ANSWERS.validate_json(words, strict=False)
        except ValidationError as error:
            raise LineError from error
        if not _has_known_codes(answer.reading):
            raise LineError
        return replace(answer, reading=replace(answer.reading, previews=previews))

    def _send(self, frame: bytes) -> None:
        self._put(memoryview(_LENGTH.pack(len(frame))))
        self._put(memoryview(frame))

    def _put(self, rest: memoryview) -> None:
        while rest:
            self._look()
            try:
                rest = rest[self._end.send(rest[:_PIECE]) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise HungUpError from error

    def _receive(self, most: int) -> bytes:
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > most:
            raise LineError
        return self._take(length)

    def _take(self, length: int) -> bytes:
        taken = bytearray()
        while len(taken) < length:
            self._look()
            try:
                piece = self._end.recv(min(_PIECE, length - len(taken)))
            except TimeoutError:
                continue
            except OSError as error:
                raise HungUpError from error
            if not piece:
                raise HungUpError
            taken += piece
        return bytes(taken)

    def _look(self) -> None:
        if self._still is not None:
            self._still()
