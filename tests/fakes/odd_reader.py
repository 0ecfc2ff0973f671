"""A process that reads files and misbehaves on demand: what a file says after its first line is what happens.

Run as ``python -m tests.fakes.odd_reader``; an optional argument names a file in which it counts its starts.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event

from reading.certificates.model import CertificateReading, PaperKind
from reading.process.confinement import confine
from reading.process.line import ChildAnswer, HungUpError, LineEnd

MARK = b"%PDF-1.7\n"
COMMAND = (sys.executable, "-m", "tests.fakes.odd_reader")
MEGABYTE = 1024 * 1024


def file(order: str) -> bytes:
    """A file that passes for a PDF at the door and is an order to this process."""
    return MARK + order.encode()


def main() -> None:
    """Obey."""
    raw = socket.socket(fileno=os.dup(0))
    line = LineEnd(raw)
    starts = 0
    if len(sys.argv) > 1:
        book = Path(sys.argv[1])
        with book.open("a", encoding="ascii") as out:
            out.write(f"{os.getpid()}\n")
        starts = len(book.read_text(encoding="ascii").splitlines())
    confine()
    try:
        line.send_ready()
        while True:
            obey(line, raw, line.receive_file().removeprefix(MARK).decode(), starts)
    except HungUpError:
        return


def obey(line: LineEnd, raw: socket.socket, order: str, starts: int) -> None:
    """One order."""
    word, _, rest = order.partition(" ")
    match word:
        case "hang":
            Event().wait()
        case "hang-once" if starts == 1:
            Event().wait()
        case "signal":
            os.kill(os.getpid(), signal.Signals[rest.split()[0]])
        case "exit":
            os._exit(3)
        case "eat":
            eaten = bytearray(400 * MEGABYTE)
            eaten[:: os.sysconf("SC_PAGE_SIZE")] = b"x" * len(eaten[:: os.sysconf("SC_PAGE_SIZE")])
            Event().wait()
        case "nonsense":
            raw.sendall((9).to_bytes(8, "big") + b'{"a": 1}\n' + (1).to_bytes(8, "big") + b"\0")
        case "endless":
            raw.sendall((2**60).to_bytes(8, "big"))
        case "worn":
            line.send_answer(ChildAnswer(reading=reading_of(order), resident=2**40))
        case "names":
            line.send_answer(ChildAnswer(reading=reading_of(",".join(sorted(os.environ)))))
        case "try":
            line.send_answer(ChildAnswer(reading=reading_of(outcome(rest))))
        case _:
            line.send_answer(ChildAnswer(reading=reading_of(order)))


def outcome(deed: str) -> str:
    """What comes of something that no reader has to do."""
    try:
        match deed:
            case "connect":
                socket.create_connection(("127.0.0.1", 9), timeout=1)
            case "program":
                subprocess.run([sys.executable, "-V"], check=True)
            case path if path.startswith("/"):
                Path(path).write_bytes(b"x")
            case "memory":
                bytearray(5000 * MEGABYTE)
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"


def reading_of(order: str) -> CertificateReading:
    """A reading that says which process gave it."""
    return CertificateReading(
        kind=PaperKind.NOT_CERTIFICATE, reason=f"{order}:{os.getpid()}", previews=(b"picture",), pages=1
    )


if __name__ == "__main__":
    main()
