"""Which packages are pinned, and to which version?"""

import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINS = ("runtime", "dev", "mutants")
# Of an environment of their own, beside ours.
APART = ("benchmarks",)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def pins(text: str) -> dict[str, tuple[str, int]]:
    """Package to version and number of hashes, from a file of pins."""
    found: dict[str, tuple[str, int]] = {}
    for entry in text.replace("\\\n", " ").splitlines():
        line = entry.partition(" #")[0].strip()
        if line and not line.startswith("#"):
            pin = Requirement(HASH.sub("", line).strip())
            [exactly] = pin.specifier
            assert exactly.operator == "==", f"{line} is not a pin"
            found[canonicalize_name(pin.name)] = (exactly.version, len(HASH.findall(line)))
    return found
