"""What is a file by its content? The first bytes decide; its name never does."""

import codecs
from enum import StrEnum

# What is looked at: enough for every mark below, and nobody waits for a large file.
HEAD = 4096


class FileType(StrEnum):
    """What a file is; the catalogue holds ``file-type-<code>`` for each."""

    EMPTY = "empty"
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    WEBP = "webp"
    GIF = "gif"
    TIFF = "tiff"
    PROGRAM = "program"
    ARCHIVE = "archive"
    TEXT = "text"
    UNKNOWN = "unknown"


# What every browser draws by itself; the others need a program of their own.
SHOWN_BY_BROWSERS = frozenset({FileType.JPEG, FileType.PNG, FileType.GIF, FileType.WEBP})

_MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.HEIC: "image/heic",
    FileType.WEBP: "image/webp",
    FileType.GIF: "image/gif",
    FileType.TIFF: "image/tiff",
    FileType.TEXT: "text/plain",
}
# What nobody should open by itself: programs, archives, and whatever has no name.
_ANY_BYTES = "application/octet-stream"

_STARTS = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"II*\x00", FileType.TIFF),
    (b"MM\x00*", FileType.TIFF),
    (b"II+\x00", FileType.TIFF),  # the form for very large pictures
    (b"MM\x00+", FileType.TIFF),
    (b"PK\x03\x04", FileType.ARCHIVE),  # ZIP, and with it every newer Office document
    (b"PK\x05\x06", FileType.ARCHIVE),  # ZIP with nothing in it
    (b"PK\x07\x08", FileType.ARCHIVE),  # ZIP in parts
    (b"\x1f\x8b", FileType.ARCHIVE),  # gzip
    (b"7z\xbc\xaf'\x1c", FileType.ARCHIVE),
    (b"Rar!\x1a\x07", FileType.ARCHIVE),
    (b"\xfd7zXZ\x00", FileType.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", FileType.ARCHIVE),  # zstandard
    (b"MSCF\x00\x00\x00\x00", FileType.ARCHIVE),  # Windows cabinet
)
_BZIP = b"1AY&SY"
_TAR = (257, b"ustar")
_BOX = slice(4, 8)
_BRAND = slice(8, 12)
# Pictures in the container that telephones use; the same container also holds films, which are not accepted.
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_PLAIN_CONTROLS = frozenset("\t\n\r\f")


def sniff(content: bytes) -> FileType:
    """What the content says it is. Unknown is an answer; nothing is opened, unpacked or run."""
    if not content:
        return FileType.EMPTY
    head = content[:HEAD]
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF" and head[_BRAND] == b"WEBP":
        return FileType.WEBP
    if head[_BOX] == b"ftyp" and head[_BRAND] in _HEIC_BRANDS:
        return FileType.HEIC
    at, tar = _TAR
    if head[at : at + len(tar)] == tar or (head.startswith(b"BZh") and head[4:10] == _BZIP):
        return FileType.ARCHIVE
    if head.lstrip(_BLANK).startswith(b"%PDF-"):
        return FileType.PDF
    if _is_text(head, whole=len(content) <= HEAD):
        return FileType.TEXT
    # After the text: a note may begin with these two letters, and then it is no program.
    return FileType.PROGRAM if head.startswith(b"MZ") else FileType.UNKNOWN


def media_type(kind: FileType) -> str:
    """The name under which the rest of the world knows this kind of file."""
    return _MEDIA_TYPES.get(kind, _ANY_BYTES)


def _is_text(head: bytes, *, whole: bool) -> bool:
    """Letters and no control characters; the last letter may be cut where only the head was looked at."""
    coding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = codecs.getincrementaldecoder(coding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return all(
        character in _PLAIN_CONTROLS or not (character < " " or "\x7f" <= character <= "\x9f")
        for character in text
    )
