"""What is in this packed file, and may it be opened? Only parts that are asked for are unpacked, within caps."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from reading.tables.codes import FileCode
from reading.tables.xlsx.refused import RefusedError

# A workbook of a hundred sheets with pictures and comments has some hundreds of parts.
MAX_PARTS = 2_000
# A quarter of a million rows of thirty columns unpack to some 250 MB; nobody's training list is larger.
MAX_UNPACKED = 300 * 1024 * 1024
# A sheet of one row repeated a quarter million times packs about forty to one. A bomb packs a thousand to one.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024  # a small part may pack as well as it likes
CHUNK = 64 * 1024
# So much without one mark or letter is no sheet: a comment, a name or a value without end.
MAX_SILENCE = 16 * CHUNK

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class PackagePart(ContentHandler):
    """Hears one part of a workbook. ``events`` counts what was heard, ``done`` ends the hearing early."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0
        self.done = False


class Package:
    """One packed file, its parts by name."""

    def __init__(self, data: bytes) -> None:
        # Counted before the list is made: a list of a million parts is a bomb of its own.
        parts = data.count(_ENTRY)
        if parts > MAX_PARTS:
            raise RefusedError(FileCode.TOO_MANY_PARTS, parts=str(parts), limit=str(MAX_PARTS))
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise RefusedError(FileCode.DAMAGED) from error
        self._parts = {info.filename.lstrip("/").casefold(): info for info in self._zip.infolist()}
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """Every part, in lower case."""
        return tuple(self._parts)

    @property
    def encrypted(self) -> bool:
        """Whether any part asks for a password."""
        return any(info.flag_bits & _ENCRYPTED for info in self._parts.values())

    def beginning(self, name: str, size: int) -> bytes:
        """The first bytes of a part."""
        info = self._allowed(name)
        try:
            with self._zip.open(info) as part:
                return part.read(size)
        except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise RefusedError(FileCode.DAMAGED) from error

    def hear(self, name: str, handler: PackagePart) -> None:
        """Let a handler hear a part from its beginning, until it has heard enough."""
        parser = DefusedExpatParser(forbid_dtd=True)
        parser.setContentHandler(handler)
        heard, silence = handler.events, 0
        try:
            for chunk in self._chunks(name):
                parser.feed(chunk)
                if handler.done:
                    return
                silence = silence + len(chunk) if handler.events == heard else 0
                heard = handler.events
                if silence > MAX_SILENCE:
                    raise RefusedError(FileCode.DAMAGED)
            parser.close()
        except (SAXException, DefusedXmlException, ValueError, LookupError) as error:
            raise RefusedError(FileCode.DAMAGED) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._allowed(name)
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise _bomb()
                    yield chunk
        except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise RefusedError(FileCode.DAMAGED) from error

    def _allowed(self, name: str) -> ZipInfo:
        info = self._parts.get(name.casefold())
        if info is None or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise RefusedError(FileCode.DAMAGED)
        large = info.file_size > RATIO_COUNTS_FROM
        if info.file_size > MAX_UNPACKED or (
            large and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        ):
            raise _bomb()
        return info


def _bomb() -> RefusedError:
    return RefusedError(FileCode.UNPACKS_TOO_LARGE, limit=str(MAX_UNPACKED // (1024 * 1024)))
