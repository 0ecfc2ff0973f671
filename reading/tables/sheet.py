"""Which reader can open this file? Chosen by content: delimited text or a packed workbook."""

from collections.abc import Mapping

from reading.tables.cells import MAX_BYTES, Sheet, SheetReader, Wanted
from reading.tables.codes import FileCode, FileQuestion, TableRefusal
from reading.tables.contents import ENCRYPTED, is_blank, sniff
from reading.tables.delimited import read_delimited
from reading.tables.xlsx.reader import read_packed

READERS: Mapping[str, SheetReader] = {"text": read_delimited, "packed": read_packed}


def read_sheet(data: bytes, wanted: Wanted) -> Sheet | TableRefusal | FileQuestion:
    """Open an untrusted file, or say why it is not opened, or ask which of its sheets is meant."""
    if len(data) > MAX_BYTES:
        return TableRefusal(FileCode.TOO_LARGE, (("limit", str(MAX_BYTES // (1024 * 1024))),))
    if is_blank(data):
        return TableRefusal(FileCode.EMPTY)
    looks_like = sniff(data)
    if looks_like == ENCRYPTED:
        return TableRefusal(FileCode.ENCRYPTED)
    reader = READERS.get(looks_like)
    if reader is None:
        return TableRefusal(FileCode.NOT_A_TABLE, (("looks_like", looks_like),))
    return reader(data, wanted)
