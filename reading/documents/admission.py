"""May a file be opened at all? Its size and its first bytes say so; its name is never asked."""

import re

from reading.documents.limits import MAX_BYTES
from reading.documents.model import FileRefusal
from reading.files import FileType, sniff

PICTURES = frozenset({FileType.JPEG, FileType.PNG, FileType.HEIC, FileType.WEBP, FileType.GIF, FileType.TIFF})
_REFUSED = {FileType.EMPTY: FileRefusal.EMPTY, FileType.ARCHIVE: FileRefusal.ARCHIVE}
# Mail and scanners put lines of their own before a PDF, and every program opens it all the same.
_PDF_WITHIN = 1024
_PDF = re.compile(rb"%PDF-\d")


def admitted(content: bytes) -> FileType | FileRefusal:
    """What it will be opened as, or why it stays closed."""
    if len(content) > MAX_BYTES:
        return FileRefusal.TOO_LARGE
    kind = sniff(content)
    if kind in {FileType.TEXT, FileType.UNKNOWN} and _PDF.search(content[:_PDF_WITHIN]):
        kind = FileType.PDF
    if kind is FileType.PDF or kind in PICTURES:
        return kind
    return _REFUSED.get(kind, FileRefusal.WRONG_TYPE)
