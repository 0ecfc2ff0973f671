"""``rollcall demo`` as a process of its own that begins with everything imported: every test has a desk of its own.
``test_demo_command`` starts it as people do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from tests.fakes.forked import Forked, command
from tests.integration.service_process import until

_PATIENCE = 30  # seconds until a desk that was told to stop has stopped


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The first line that the demo of this folder says; stopped as a person stops it."""
    words = ["demo", "--port", "0", "--folder", str(folder)]
    with NamedTemporaryFile() as file:
        said = Path(file.name)
        process = Forked(command, words, said, 1, folder, os.environ)
        try:
            until(lambda: b"\n" in said.read_bytes() or process.poll() is not None, "it opens")
            yield said.read_text(encoding="utf-8").partition("\n")[0]
            process.terminate()
            assert process.wait(_PATIENCE) == 0
        finally:
            process.kill()
            process.wait()
