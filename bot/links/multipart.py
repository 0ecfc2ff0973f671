"""What did a browser send with the form? Read as it comes, and no further than what one message may hold."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from handlers.routing import SentFile

# What a certificate may weigh, and how many go with one message, as the product promises it.
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_FILES = 10
# As much as a chat tool takes in one message.
MOST_CHARACTERS = 4_000
# Names of parts and files, and what stands between parts.
_AROUND = 64 * 1024
MOST_BODY = MOST_FILES * MOST_BYTES + _AROUND
# What all who send at this moment may have in memory together.
MOST_AT_ONCE = 2 * MOST_BODY
# A phone at the edge of its network may take minutes; nobody holds a place for longer.
PATIENCE = timedelta(minutes=5)
NAME_ROOM = 120
FormTrouble = Literal["busy", "slow", "too-large", "too-many", "unreadable"]
FILES, WORDS = "files", "words"
_MOST_PARTS = MOST_FILES + 4
_MOST_TEXT_BYTES = 4 * MOST_CHARACTERS


class UnreadableFormError(Exception):
    """What came is no form of ours, as a code."""

    def __init__(self, code: FormTrouble) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SentForm:
    """What was chosen and written; a file that was not chosen is not there."""

    files: tuple[SentFile, ...]
    text: str


@dataclass(slots=True)
class _Part:
    name: str = ""
    file_name: str | None = None
    content: bytearray = field(default_factory=bytearray)


class FormReader:
    """Reads forms of one process; it knows how much is in memory."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE, patience: timedelta = PATIENCE) -> None:
        self._most_at_once = most_at_once
        self._patience = patience.total_seconds()
        self._held = 0

    async def read(self, content_type: str, chunks: AsyncIterator[bytes]) -> SentForm:
        """The form. UnreadableFormError for what cannot be one, of which nothing is kept.

        The rest of what is refused is let pass unread: a browser shows no answer that comes while it still sends.
        """
        read = held = 0
        refused: UnreadableFormError | None = None
        parts: _Parts | None = None
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in chunks:
                    read += len(chunk)
                    if read > MOST_BODY:
                        raise UnreadableFormError("too-large")
                    if refused is not None:
                        continue
                    held += len(chunk)
                    self._held += len(chunk)
                    try:
                        parts = parts or _Parts(_boundary(content_type))
                        self._mind_the_room()
                        parts.take(chunk)
                    except UnreadableFormError as error:
                        refused, parts = error, None
        except TimeoutError as error:
            raise UnreadableFormError("slow") from error
        finally:
            self._held -= held
        if refused is not None or parts is None:
            raise refused or UnreadableFormError("unreadable")
        return parts.whole()

    def _mind_the_room(self) -> None:
        if self._held > self._most_at_once:
            raise UnreadableFormError("busy")


class _Parts:
    """The parts of one form, in the order in which they came; the library finds where each begins and ends."""

    def __init__(self, boundary: bytes) -> None:
        try:
            # The library bounds headers and the boundary by itself.
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_part_data": self._data,
                    "on_part_end": self._end,
                    "on_end": self._finish,
                },
            )
        except FormParserError as error:
            raise UnreadableFormError("unreadable") from error
        self._files: list[SentFile] = []
        self._text = ""
        self._count = 0
        self._part = _Part()
        self._header, self._value = bytearray(), bytearray()
        self._is_whole = False

    def take(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise UnreadableFormError("unreadable") from error

    def whole(self) -> SentForm:
        if not self._is_whole:
            # It broke off: half a file is no file.
            raise UnreadableFormError("unreadable")
        return SentForm(tuple(self._files), self._text)

    def _begin(self) -> None:
        self._count += 1
        if self._count > _MOST_PARTS:
            raise UnreadableFormError("too-many")
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            self._part.name = _decoded(options.get(b"name", b""))
            if b"filename" in options:
                self._part.file_name = _decoded(options[b"filename"])[:NAME_ROOM]
        self._header.clear()
        self._value.clear()

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        if part.name == FILES and part.file_name is not None:
            room = MOST_BYTES
        elif part.name == WORDS and part.file_name is None:
            room = _MOST_TEXT_BYTES
        else:
            return  # nothing that was asked for
        if len(part.content) + end - start > room:
            raise UnreadableFormError("too-large" if room == MOST_BYTES else "unreadable")
        part.content += data[start:end]

    def _end(self) -> None:
        part, self._part = self._part, _Part()
        if part.name == FILES and part.file_name is not None:
            # A browser sends a file without name and content where nothing was chosen.
            if part.file_name or part.content:
                if len(self._files) == MOST_FILES:
                    raise UnreadableFormError("too-many")
                self._files.append(SentFile(name=part.file_name, content=bytes(part.content)))
        elif part.name == WORDS and part.file_name is None:
            self._text = _decoded(bytes(part.content)).strip()[:MOST_CHARACTERS]

    def _finish(self) -> None:
        self._is_whole = True


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise UnreadableFormError("unreadable")
    return boundary


def _decoded(written: bytes) -> str:
    return written.decode("utf-8", "replace")
