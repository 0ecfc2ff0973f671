"""``rollcall demo`` as a process of its own that begins with everything imported: reading the modules costs two seconds
of a processor, and every test has a desk of its own. ``test_demo_command`` starts it as people do."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.cli import main

# One process that has imported these is forked for each desk.
_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["bot.commands.demo", __name__])
_PATIENCE = 30  # seconds until a desk that was told to stop has stopped


def _run(out: Connection, words: list[str]) -> None:
    os.dup2(out.fileno(), sys.stdout.fileno())
    out.close()
    sys.exit(main(words))


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The first line that the demo of this folder says; stopped as a person stops it."""
    reader, writer = _FORKED.Pipe(duplex=False)
    words = ["demo", "--port", "0", "--folder", str(folder)]
    process = _FORKED.Process(target=_run, args=(writer, words))
    process.start()
    writer.close()
    try:
        with open(reader.fileno(), encoding="utf-8", closefd=False) as said:
            yield said.readline()
    finally:
        process.terminate()
        process.join(_PATIENCE)
        ended = process.exitcode
        process.kill()
        process.join()
        process.close()
        reader.close()
    assert ended == 0
