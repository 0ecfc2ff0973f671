"""A stand-in at one's own desk: who is in it, how it speaks, and lines until somebody stops it."""

import signal
import sys
import threading
from collections.abc import Callable

PEOPLE = (
    "dana.ruiz:Dana Ruiz",
    "kim.okafor:Kim Okafor",
    "ray.torres:Ray Torres",
    "priya.nair:Priya Nair",
    "sam.lee:Sam Lee",
)
"""The cast of chat: mail name and name."""
MAIL = "lakemont.example.org"


def write(line: str) -> None:
    """One line to the person at the desk."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def until_stopped(carry: Callable[[str], None]) -> None:
    """Every line that is typed, until a signal comes; the end of the input is not the end."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())

    def listen() -> None:
        for line in sys.stdin:
            if line.strip():
                carry(line)

    threading.Thread(target=listen, daemon=True).start()
    ended.wait()
