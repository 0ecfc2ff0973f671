"""What is made once for all who share the tests, and copied by each: a migrated record, an agency, a server's files."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def made_once(own: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, which the first who asks for it fills; the others wait meanwhile.

    ``own`` is this process's folder for the run; those of its fellows lie beside it.
    """
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, draft = place / name, place / f"{name}.draft"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            # Where somebody failed half way, nothing of it is used.
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(made)
    return made
