"""Which reader can open this file? Chosen by content; a workbook reader joins ``READERS`` under ``xlsx``."""

from collections.abc import Mapping

from reading.tables.cells import MAX_BYTES, HeaderScore, Sheet, SheetReader
from reading.tables.codes import FileCode, Refusal
from reading.tables.contents import is_blank, sniff
from reading.tables.delimited import read_delimited

READERS: Mapping[str, SheetReader] = {"text": read_delimited}


def read_sheet(data: bytes, score: HeaderScore) -> Sheet | Refusal:
    """Open an untrusted file, or say why it is not opened."""
    if len(data) > MAX_BYTES:
        return Refusal(FileCode.TOO_LARGE, (("bytes", str(len(data))), ("limit", str(MAX_BYTES))))
    if is_blank(data):
        return Refusal(FileCode.EMPTY)
    looks_like = sniff(data)
    reader = READERS.get(looks_like)
    if reader is None:
        return Refusal(FileCode.NOT_A_TABLE, (("looks_like", looks_like),))
    return reader(data, score)
