"""The process that opens files: ``python -m reading.process.child``, with a line to whoever started it on its input."""

import os
import socket
import sys
from dataclasses import replace
from time import perf_counter

from reading.certificates.fields import read_fields
from reading.certificates.model import CertificateReading, refused
from reading.documents import sight
from reading.documents.model import FileRefusal
from reading.documents.opening import open_document
from reading.process.confinement import begin_file, confine, resident
from reading.process.line import ChildAnswer, HungUpError, LineEnd
from reading.process.model import ReaderTrouble, given_up
from reading.spills import found_in


def main() -> int:
    """Read file after file until nobody asks any more."""
    line = LineEnd(_line_of(sys.stdin.fileno()))
    confine()
    sight.warm()
    try:
        line.send_ready()
        while True:
            content = line.receive_file()
            begin_file()
            line.send_answer(_answer(content))
    except HungUpError:
        return 0


def _line_of(number: int) -> socket.socket:
    """The line under a number of its own; nothing that a library prints or reads gets onto it."""
    line = socket.socket(fileno=os.dup(number))
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123  it is the number that counts
        for standard in (0, 1, 2):
            os.dup2(nothing.fileno(), standard)
    return line


def _answer(content: bytes) -> ChildAnswer:
    began = perf_counter()
    spent = False
    try:
        reading = read(content)
    except MemoryError:
        reading, spent = given_up(ReaderTrouble.TOO_HEAVY), True
    except Exception:  # noqa: BLE001  native libraries end in many ways, and the next file must not pay for one
        reading, spent = given_up(ReaderTrouble.FAILED), True
    return ChildAnswer(
        reading=replace(reading, seconds=round(perf_counter() - began, 3)), resident=resident(), spent=spent
    )


def read(content: bytes) -> CertificateReading:
    """One file to what was read from it."""
    document = open_document(content)
    if isinstance(document, FileRefusal):
        return refused(document)
    spill = found_in("\n".join(line.text for page in document.pages for line in page.lines))
    return replace(
        read_fields(document),
        spill="" if spill is None else spill.value,
        flags=document.flags,
        pages=len(document.pages),
        previews=document.previews,
        looks=document.looks,
    )


if __name__ == "__main__":
    sys.exit(main())
